// `node build.js` writes bundle.js of each page, its one script; with --check it writes nothing and
// fails where a bundle is not what the scripts give.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Folder beside this one, and the script that it starts with. */
const PAGES = [
  { page: "panel", entry: "scripts/open.js" },
  { page: "studio", entry: "scripts/open.js" },
];

/** Of all scripts in the order of their names; tests/maps/test_offline.py reckons it without Node. */
function digest(scripts) {
  const hash = createHash("sha256");
  const names = readdirSync(scripts).filter((name) => name.endsWith(".js"));
  for (const name of names.sort()) hash.update(readFileSync(new URL(name, scripts)));
  return hash.digest("hex");
}

async function bundled({ entry }, here) {
  const result = await build({
    absWorkingDir: fileURLToPath(here),
    entryPoints: [entry],
    bundle: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    banner: {
      js: `// Made by \`make page\` of scripts/*.js, sha256 ${digest(new URL("scripts/", here))}`,
    },
    write: false,
  });
  return result.outputFiles[0].text;
}

for (const one of PAGES) {
  const here = new URL(`../${one.page}/`, import.meta.url);
  const bundle = new URL("bundle.js", here);
  const text = await bundled(one, here);
  if (!process.argv.includes("--check")) writeFileSync(bundle, text);
  else if (readFileSync(bundle, "utf8") !== text) {
    console.error(`maps/${one.page}/bundle.js is not what its scripts give: run \`make page\``);
    process.exitCode = 1;
  }
}
