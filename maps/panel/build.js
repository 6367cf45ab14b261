// `node build.js` writes bundle.js, the one script of the page; with --check it writes nothing and
// fails where the bundle is not what the scripts give.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);
const bundle = new URL("bundle.js", here);

/** Of all scripts in the order of their names; tests/maps/test_offline.py reckons it without Node. */
function digest() {
  const hash = createHash("sha256");
  const names = readdirSync(new URL("scripts/", here)).filter((name) => name.endsWith(".js"));
  for (const name of names.sort()) hash.update(readFileSync(new URL(`scripts/${name}`, here)));
  return hash.digest("hex");
}

async function bundled() {
  const result = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: ["scripts/open.js"],
    bundle: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    banner: { js: `// Made by \`make page\` of scripts/*.js, sha256 ${digest()}` },
    write: false,
  });
  return result.outputFiles[0].text;
}

const text = await bundled();
if (!process.argv.includes("--check")) writeFileSync(bundle, text);
else if (readFileSync(bundle, "utf8") !== text) {
  console.error("maps/panel/bundle.js is not what maps/panel/scripts give: run `make page`");
  process.exit(1);
}
