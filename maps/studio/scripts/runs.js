// Two studies compared, many scenarios, several plants: started here, watched, and read.

/** @import { Run, View } from "./types.js" */
import { $, add, button, el, field, option } from "../../panel/scripts/dom.js";
import { ask, part, sentences } from "./api.js";
import { dirty, settle } from "./doc.js";
import { runs, watch } from "./folder.js";
import { saveNow } from "./head.js";
import { fileList, framed } from "./results.js";
import { runView, runWords } from "./runview.js";
import { say } from "./say.js";
import { foldered, noted, opened, ran, state, theDoc, turned } from "./state.js";
import { summary } from "./summary.js";

const COMMANDS = /** @type {const} */ (["compare", "sweep", "portfolio"]);
/** The page that a command writes. @type {Record<string, string>} */
const PAGE = {
  plan: "map.html",
  portfolio: "portfolio.html",
  compare: "comparison.html",
  sweep: "",
};
/** The run that is read. */
let chosen = "";
let shown = "";

/** @param {string} id */
const amount = (id) => {
  const text = field(id).value.trim();
  return text ? { [id]: Number.isFinite(Number(text)) ? Number(text) : text } : {};
};

async function start() {
  await settle();
  if (dirty() && !(await saveNow())) return;
  const command = field("command").value;
  /** @type {Record<string, object>} */
  const own = {
    compare: { other: field("other").value },
    sweep: { grid: field("grid").value },
    portfolio: {
      ...amount("price"),
      ...amount("plants"),
      investor: field("who").value.trim(),
    },
  };
  try {
    const run = await ask("POST", "/runs", { command, study: theDoc().name, ...own[command] });
    chosen = run.id;
    watch(run);
    draw();
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

function drawStart() {
  const names = (state.folder?.studies ?? []).map(({ name }) => name);
  const others = names.filter((name) => name !== state.doc?.name);
  for (const id of ["other", "grid"]) {
    const was = field(id).value;
    field(id).replaceChildren(...others.map((name) => option(name, name)));
    if (others.includes(was)) field(id).value = was;
  }
  for (const command of COMMANDS) $(`${command}fields`).hidden = command !== field("command").value;
  const needs = field("command").value !== "portfolio" && !others.length;
  field("startrun").disabled = needs;
  $("noother").hidden = !needs;
}

const own = () =>
  runs().filter(({ study, other }) => [study, other].includes(state.doc?.name ?? ""));

function drawList() {
  const items = own().map((run) => {
    const node = button("card run", undefined, () => {
      chosen = run.id;
      draw();
    });
    node.setAttribute("aria-pressed", String(run.id === chosen));
    add(
      node,
      el("b", "", runWords(run)),
      el("span", `meta ${run.state}`, say(`state.${run.state}`)),
    );
    return add(el("li"), node);
  });
  $("runlist").replaceChildren(...items);
  $("noruns").hidden = items.length > 0;
}

/** @param {Run} run */
async function result(run) {
  const parts = [runView(run)];
  // the list of runs leaves out what they printed
  const { summary: printed } =
    run.state === "done" ? await ask("GET", `/runs/${part(run.id)}`) : run;
  if (printed) parts.push(summary(printed));
  if (run.state !== "done" || !run.folder) return parts;
  /** @type {View} */
  const view = await ask("POST", "/view", { folder: run.folder });
  const page = PAGE[run.command];
  if (view.files.some(({ name }) => name === page)) {
    const box = add(el("div", "frame"), framed(view.base + page, page));
    parts.splice(1, 0, /** @type {any} */ (box));
  }
  const files = add(
    el("details", "summary"),
    el("summary", "", say("page.files")),
    ...fileList(view),
  );
  return [...parts, files];
}

async function drawChosen() {
  const run = own().find(({ id }) => id === chosen) ?? own()[0];
  const spot = run ? `${run.id} ${run.state} ${run.state === "running" ? run.seconds : ""}` : "";
  if (spot === shown) return;
  shown = spot;
  chosen = run?.id ?? "";
  try {
    const parts = run ? await result(run) : [];
    if (shown === spot) $("runresult").replaceChildren(...parts);
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

function draw() {
  if (!state.doc || state.tab !== "runs") return;
  drawStart();
  drawChosen();
  drawList();
}

export function buildRuns() {
  for (const command of COMMANDS) add($("command"), option(command, say(`command.${command}`)));
  $("command").addEventListener("change", drawStart);
  $("startrun").addEventListener("click", start);
  for (const signal of [foldered, turned, opened]) signal.follow(draw);
  ran.follow(draw);
}
