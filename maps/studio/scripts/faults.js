// Everything that is wrong with the study, above its tabs: each leads to its field or its line.

/** @import { Fault } from "./types.js" */
import { $, add, button, el } from "../../panel/scripts/dom.js";
import { fieldOf, tabOf } from "./form.js";
import { say } from "./say.js";
import { changed, opened, state, turn } from "./state.js";
import { goToLine } from "./yaml.js";

/** @param {Fault} fault */
function toField(fault) {
  turn(tabOf(fault));
  const field = fieldOf(fault);
  if (!field) return;
  for (let box = field.node.closest("details"); box; ) {
    box.open = true;
    box = box.parentElement?.closest("details") ?? null;
  }
  field.target().focus();
  field.target().scrollIntoView({ block: "center" });
}

/** @param {Fault} fault */
function toLine(fault) {
  turn("yaml");
  goToLine(fault.row ?? 1);
}

function draw() {
  const faults = state.doc?.faults ?? [];
  $("faults").hidden = !faults.length;
  $("faulthead").textContent = say("faults", { n: faults.length });
  const items = faults.map((fault) => {
    const item = add(el("li"), el("span", "", fault.sentence));
    if (fieldOf(fault))
      add(
        item,
        button("link", say("to.field"), () => toField(fault)),
      );
    if (fault.row !== null) {
      add(
        item,
        button("link", say("to.line", { n: fault.row }), () => toLine(fault)),
      );
    }
    return item;
  });
  $("faultlist").replaceChildren(...items);
}

opened.follow(draw);
changed.follow(draw);
