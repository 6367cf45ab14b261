// A run as it goes: its stages with seconds, a bar, Cancel; what went wrong where it failed.

/** @import { Run } from "./types.js" */
import { add, button, el } from "../../panel/scripts/dom.js";
import { ask, part, sentences } from "./api.js";
import { watch } from "./folder.js";
import { progress } from "./rail.js";
import { moment, say, seconds, wordOr } from "./say.js";
import { noted } from "./state.js";

/** @param {Run} run */
async function cancel(run) {
  try {
    watch(await ask("DELETE", `/runs/${part(run.id)}`));
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** @param {Run} run */
export function runWords({ command, study, other, grid }) {
  const words = say("run.of", { command: say(`command.${command}`), study });
  return [words, other, grid].filter(Boolean).join(" \u00B7 ");
}

/** @param {Run} run */
export function runView(run) {
  const node = el("section", `runview ${run.state}`);
  const going = run.state === "running";
  const head = add(el("header"), el("h3", "", runWords(run)));
  const how = `${say(`state.${run.state}`)} \u00B7 ${seconds(run.seconds)} \u00B7 ${moment(run.started)}`;
  add(head, el("p", "meta", how));
  if (going)
    add(
      head,
      button("button cancel writes", say("cancel"), () => cancel(run)),
    );
  add(node, head);
  if (going) {
    const bar = el("progress");
    bar.value = progress(run);
    bar.setAttribute("aria-label", runWords(run));
    add(node, bar);
  }
  if (run.faults.length) {
    const list = add(el("ul", "wrong"), ...run.faults.map((words) => el("li", "", words)));
    list.setAttribute("role", "alert");
    add(node, list);
  }
  if (run.stages.length && (going || run.state !== "done")) add(node, stages(run));
  return node;
}

/** @param {Run} run */
function stages(run) {
  const list = el("ol", "stages");
  for (const { name, done, total, seconds: took } of run.stages) {
    const item = el("li", took === null ? "now" : "");
    add(
      item,
      el("span", "", wordOr(`stage.${name}`, name.charAt(0).toUpperCase() + name.slice(1))),
    );
    const many = total ? say("done.of", { done: done ?? 0, total }) : say("at.work");
    add(
      item,
      el("span", "n", took === null ? (run.state === "running" ? many : "") : seconds(took)),
    );
    add(list, item);
  }
  return list;
}
