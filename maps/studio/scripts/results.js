// What the last plan wrote: its pages in a frame that reaches nothing, its files, and publishing.

/** @import { Run, View } from "./types.js" */
import { $, add, button, el, field } from "../../panel/scripts/dom.js";
import { ask, sentences } from "./api.js";
import { labelled, put } from "./dialog.js";
import { learn } from "./doc.js";
import { cardOf, runs } from "./folder.js";
import { runView } from "./runview.js";
import { moment, say, size } from "./say.js";
import { changed, foldered, noted, opened, ran, state, theDoc, turned } from "./state.js";

const PAGES = /** @type {const} */ (["map.html", "brief.html", "atlas.html"]);
const SANDBOX = "allow-scripts allow-popups allow-downloads allow-modals";
/** What is shown: folder, and when it was made. */
let shown = "";
/** @type {View | null} */
let view = null;
let page = "map.html";
let setting = "";

/** @returns {Run | undefined} the last plan of the study that is open */
const lastPlan = () =>
  runs().find((run) => run.command === "plan" && run.study === state.doc?.name);

function drawRun() {
  const run = lastPlan();
  const told = run && run.state !== "done" ? [runView(run)] : [];
  $("planrun").replaceChildren(...told);
}

async function draw() {
  const { doc } = state;
  if (!doc || state.tab !== "results") return;
  drawRun();
  const result = cardOf(doc.name)?.result;
  $("noresults").hidden = Boolean(result) || lastPlan()?.state === "running";
  $("resultshown").hidden = !result;
  $("staleline").hidden = !result?.stale;
  if (!result) return;
  const spot = `${doc.name} ${result.folder} ${result.made}`;
  if (spot === shown) return;
  shown = spot;
  try {
    view = await ask("POST", "/view", { folder: result.folder });
  } catch (error) {
    shown = "";
    for (const words of sentences(error)) noted.tell(words);
    return;
  }
  $("made").textContent = say("made", { at: moment(result.made * 1000) });
  showPage(page);
}

/** @param {string} next */
function showPage(next) {
  page = next;
  setting = "";
  $("settingbar").hidden = true;
  for (const node of $("pages").querySelectorAll("button")) {
    node.setAttribute("aria-pressed", String(node.dataset.page === page));
  }
  const there = view?.files.some(({ name }) => name === page);
  $("files").hidden = page !== "files";
  $("frame").replaceChildren(...(there ? [framed(`${view?.base}${page}`, page)] : []));
  $("frame").hidden = page === "files";
  if (page === "files" && view) $("files").replaceChildren(...fileList(view));
}

/** A page of results in a frame. @param {string} address @param {string} title */
export function framed(address, title) {
  const frame = el("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.title = say("page.of", { page: title });
  frame.src = address;
  return frame;
}

/** Links to each file, and to all. @param {View} of */
export function fileList({ base, files }) {
  const list = el("ul", "files");
  const all = el("a", "", say("all.files"));
  all.href = `${base}all.zip`;
  for (const { name, bytes } of files) {
    const link = el("a", "", name);
    link.href = base + name.split("/").map(encodeURIComponent).join("/");
    link.download = name.split("/").pop() ?? name;
    add(list, add(el("li"), link, el("span", "n", size(bytes))));
  }
  return [add(el("p"), all), list];
}

async function publish() {
  const result = cardOf(theDoc().name)?.result;
  if (!result) return;
  const to = el("input");
  to.value = result.folder.replace(/^out\//, "published/");
  const buttons = [{ key: "publish", words: say("publish"), main: true }];
  const parts = [el("p", "", say("publish.about")), labelled(say("publish.to"), to)];
  await put(say("publish"), parts, buttons, {
    check: async () => {
      try {
        const made = await ask("POST", "/publish", { folder: result.folder, to: to.value.trim() });
        noted.tell(say("published", { n: made.files.length, folder: made.folder }));
      } catch (error) {
        return sentences(error);
      }
      return [];
    },
  });
}

async function keepSetting() {
  const { name, text } = theDoc();
  try {
    learn(await ask("POST", "/setting", { name, text, setting }));
    $("settingbar").hidden = true;
    noted.tell(say("setting.kept"));
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** The map says what was set on it; only the frame that is shown is heard. @param {MessageEvent} event */
function hear({ source, data }) {
  const frame = $("frame").querySelector("iframe");
  if (!frame || source !== frame.contentWindow) return;
  if (data?.siting !== "setting" || typeof data.link !== "string") return;
  setting = data.link;
  $("settingbar").hidden =
    state.readOnly || !/[=]/.test(setting.replace(/(site|at|pin)=[^&]*/g, ""));
}

export function buildResults() {
  for (const name of [...PAGES, "files"]) {
    const words = say(/** @type {"page.map.html"} */ (`page.${name}`));
    const node = button("", words, () => showPage(name));
    node.dataset.page = name;
    add($("pages"), node);
  }
  $("publish").addEventListener("click", publish);
  $("keepsetting").addEventListener("click", keepSetting);
  window.addEventListener("message", hear);
  for (const signal of [foldered, turned, opened, changed]) signal.follow(() => void draw());
  ran.follow((run) => {
    if (run.command === "plan" && run.study === state.doc?.name) void draw();
  });
  field("pdf").checked = false;
}
