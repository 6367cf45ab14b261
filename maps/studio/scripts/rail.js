// The rail: the studies of the folder as cards, a new one, and the runs at work.

/** @import { Card, Run } from "./types.js" */
import { $, add, button, el, option } from "../../panel/scripts/dom.js";
import { ask, sentences } from "./api.js";
import { labelled, put } from "./dialog.js";
import { open, settle, take } from "./doc.js";
import { readFolder, runs } from "./folder.js";
import { percent, say, seconds, wordOr } from "./say.js";
import { foldered, noted, opened, ran, state, turn } from "./state.js";

/** @param {string} name */
export async function openStudy(name) {
  document.body.classList.remove("railed");
  try {
    await open(name);
    history.replaceState(null, "", `?study=${encodeURIComponent(name)}`);
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** @param {Card} card */
function studyCard(card) {
  const node = button("card", undefined, () => openStudy(card.name));
  const current = state.doc?.name === card.name;
  node.setAttribute("aria-current", String(current));
  const head = add(el("span", "cardhead"), el("b", "", card.name));
  const faults = state.faults[card.name] ?? 0;
  if (faults) add(head, el("span", "badge bad", say("faults", { n: faults })));
  if (card.draft) add(head, el("span", "badge", say("draft")));
  add(node, head);
  if (card.question) add(node, el("span", "question", card.question));
  const lens = wordOr(`value.${card.lens || "evidence"}`, card.lens);
  const about = [lens, card.investor || say("investor.default"), card.as_of];
  add(node, el("span", "meta", about.filter(Boolean).join(" \u00B7 ")));
  const first = card.result?.first;
  if (card.result) {
    const parts = { name: first?.name ?? "", share: percent(first?.share ?? 0) };
    add(node, el("span", "first", first ? say("first.site", parts) : say("planned")));
    if (card.result.stale) add(node, el("span", "stale", say("stale")));
  }
  return add(el("li"), node);
}

/** How far a run is, from 0 to 1; stages count alike. @param {Run} run */
export function progress({ stages, state: now }) {
  if (now !== "running") return 1;
  const STAGES = 12; // about as many as a plan has
  const done = stages.filter((stage) => stage.seconds !== null).length;
  const last = stages.find((stage) => stage.seconds === null);
  const inside = last?.total ? (last.done ?? 0) / last.total : 0;
  return Math.min(0.98, (done + inside) / Math.max(STAGES, stages.length + 1));
}

/** @param {Run} run */
function runCard(run) {
  const node = button("card run", undefined, async () => {
    if (run.study && state.doc?.name !== run.study) await openStudy(run.study);
    if (state.doc) turn(run.command === "plan" ? "results" : "runs");
  });
  const words = say("run.of", { command: say(`command.${run.command}`), study: run.study });
  const bar = el("progress");
  bar.value = progress(run);
  bar.setAttribute("aria-label", words);
  add(node, el("b", "", words));
  if (run.state === "running") add(node, bar, el("span", "meta", seconds(run.seconds)));
  else add(node, el("span", `meta ${run.state}`, say(`state.${run.state}`)));
  return add(el("li"), node);
}

/**
 * Put cards into a list and leave those that stay as they are: a click that has begun, and what has
 * the focus, outlive what is read anew.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} nodes
 */
function renew(list, nodes) {
  const before = [...list.children];
  for (const [k, node] of nodes.entries()) {
    const old = before[k];
    const focused = old?.contains(document.activeElement);
    if (!old) add(list, node);
    else if (!old.isEqualNode(node)) old.replaceWith(node);
    if (focused) node.querySelector("button")?.focus();
  }
  for (const old of before.slice(nodes.length)) old.remove();
}

function drawRuns() {
  const shown = runs();
  const busy = shown.filter((run) => run.state === "running");
  const rest = shown.filter((run) => run.state !== "running").slice(0, 3);
  renew($("railruns"), [...busy, ...rest].map(runCard));
  $("railrunshead").hidden = !shown.length;
}

function draw() {
  const studies = state.folder?.studies ?? [];
  renew($("cards"), studies.map(studyCard));
  $("nostudies").hidden = studies.length > 0;
  drawRuns();
}

async function makeStudy() {
  const name = el("input");
  name.value = say("new.name");
  const from = el("select");
  const presets = el("optgroup");
  presets.label = say("presets");
  for (const preset of state.folder?.presets ?? []) {
    const words = wordOr(`value.${preset.name}`, preset.name);
    add(presets, option(preset.name, preset.question ? `${words}: ${preset.question}` : words));
  }
  const own = el("optgroup");
  own.label = say("studies");
  add(own, ...(state.folder?.studies ?? []).map((card) => option(card.name, card.name)));
  const removed = el("optgroup");
  removed.label = say("removed");
  add(removed, ...(state.folder?.removed ?? []).map((one) => option(one, one)));
  add(from, presets, ...[own, removed].filter((group) => group.childElementCount));
  from.value = state.folder?.presets.some((one) => one.name === "balanced") ? "balanced" : "";
  const parts = [labelled(say("name"), name), labelled(say("start.from"), from)];
  const buttons = [{ key: "make", words: say("make"), main: true }];
  await put(say("new.study"), parts, buttons, {
    check: async () => {
      const named = /\.ya?ml$/.test(name.value.trim())
        ? name.value.trim()
        : `${name.value.trim()}.yaml`;
      try {
        await settle();
        take(await ask("POST", "/studies", { name: named, from: from.value }), false);
      } catch (error) {
        const said = sentences(error);
        return said.length ? said : [say("gone")];
      }
      await readFolder();
      turn("question");
      return [];
    },
  });
}

/** Ask, then take the study that is open out of the folder. */
export async function removeStudy() {
  const { doc } = state;
  if (!doc) return;
  const buttons = [{ key: "remove", words: say("remove"), main: true }];
  const title = say("remove.what", { what: doc.name });
  await put(title, [el("p", "", say("remove.study"))], buttons, {
    check: async () => {
      try {
        await ask("DELETE", `/studies/${encodeURIComponent(doc.name)}`, { etag: doc.etag });
      } catch (error) {
        return sentences(error);
      }
      state.doc = null;
      opened.tell();
      history.replaceState(null, "", location.pathname);
      await readFolder();
      return [];
    },
  });
}

export function buildRail() {
  $("new").addEventListener("click", makeStudy);
  $("new2").addEventListener("click", makeStudy);
  $("railbutton").addEventListener("click", () => {
    const open = document.body.classList.toggle("railed");
    $("railbutton").setAttribute("aria-expanded", String(open));
  });
  $("folder").textContent = state.folderName;
  $("folder").title = say("version", { version: state.version });
  foldered.follow(draw);
  opened.follow(draw);
  ran.follow(drawRuns);
}
