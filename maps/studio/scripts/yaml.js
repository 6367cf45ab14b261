// The text of the study: lines with numbers, what is wrong marked beside them.
import { $, el } from "../../panel/scripts/dom.js";
import { setText } from "./doc.js";
import { changed, opened, state, theDoc, turned } from "./state.js";

const area = () => /** @type {HTMLTextAreaElement} */ ($("yaml"));
let shown = "";

function draw() {
  const { doc } = state;
  if (!doc) return;
  if (area().value !== doc.text) area().value = doc.text;
  area().readOnly = state.readOnly;
  const bad = new Map(doc.faults.map((fault) => [fault.row, fault.sentence]));
  const count = doc.text.split("\n").length;
  const next = `${count} ${[...bad.keys()].join()}`;
  if (next === shown) return;
  shown = next;
  const lines = Array.from({ length: count }, (_, k) => {
    const line = el("span", bad.has(k + 1) ? "bad" : "", k + 1);
    line.title = bad.get(k + 1) ?? "";
    return line;
  });
  $("numbers").replaceChildren(...lines);
}

/** Select a line and show it. @param {number} line from 1 */
export function goToLine(line) {
  const lines = area().value.split("\n");
  const at = Math.min(Math.max(line, 1), lines.length) - 1;
  const start = lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0);
  area().focus();
  area().setSelectionRange(start, start + lines[at].length);
  const height = area().scrollHeight / lines.length;
  area().scrollTop = Math.max(0, at * height - area().clientHeight / 2);
}

export function buildYaml() {
  area().addEventListener("input", () => {
    if (theDoc().text !== area().value) setText(area().value);
  });
  area().addEventListener("scroll", () => {
    $("numbers").scrollTop = area().scrollTop;
  });
  opened.follow(() => {
    shown = "";
    draw();
    area().scrollTop = 0;
  });
  changed.follow(draw);
  turned.follow(draw);
}
