// The tabs of a study: one stop of the Tab key, arrows go from one to the next.
import { $, button } from "../../panel/scripts/dom.js";
import { rove } from "../../panel/scripts/rove.js";
import { say } from "./say.js";
import { state, turn, turned } from "./state.js";

const TABS = /** @type {const} */ ([
  "question",
  "sites",
  "weights",
  "laws",
  "yaml",
  "results",
  "versions",
  "runs",
]);

function draw() {
  for (const tab of TABS) {
    $(`tab-${tab}`).setAttribute("aria-selected", String(tab === state.tab));
    $(`panel-${tab}`).hidden = tab !== state.tab;
  }
  $("main").dataset.tab = state.tab;
  rove($("tabs"), "[role=tab]", "[aria-selected=true]");
}

export function buildTabs() {
  for (const tab of TABS) {
    const node = button("tab", say(`tab.${tab}`), () => turn(tab));
    node.id = `tab-${tab}`;
    node.setAttribute("role", "tab");
    node.setAttribute("aria-controls", `panel-${tab}`);
    $(`panel-${tab}`).setAttribute("aria-labelledby", node.id);
    $("tabs").append(node);
  }
  turned.follow(draw);
  draw();
}
