// A3 landscape, one page: the box is set in millimetres before the map is drawn for it.

import { PRINTED_LEGEND } from "./cover.js";
/** @import { Place } from "./model.js" */
import { $ } from "./dom.js";
import { reachOf } from "./flows.js";
import { themeNow } from "./inks.js";
import { drawLegend } from "./legend.js";
import {
  boxAround,
  centre,
  fit,
  lookAt,
  mapBox,
  resized,
  seen,
  sharpen,
  zoomLevel,
} from "./map.js";
import { catchUp } from "./paint.js";
import { state, themed } from "./state.js";

const MARGIN = 24; // pixels round what is fitted, so that its marks are whole
const PAPER = { width: "272mm", height: "204mm" };
/** @type {{ at: Place, zoom: number } | null} */
let before = null;

function preparePrint() {
  catchUp();
  const theme = themeNow();
  state.printing = true;
  const screen = seen();
  before = { at: centre(), zoom: zoomLevel() };
  sharpen();
  for (const [side, size] of Object.entries(PAPER)) {
    mapBox().style.setProperty(side, size, "important");
  }
  resized({ pan: false });
  const reach = state.site && boxAround(reachOf(state.site), 0.15);
  fit(reach || state.home || screen, {
    topLeft: [PRINTED_LEGEND + MARGIN, MARGIN],
    bottomRight: [MARGIN, MARGIN],
    most: 6,
  });
  drawLegend();
  if (themeNow() !== theme) themed.tell(); // paper is light
}

function restoreScreen() {
  state.printing = false;
  if (themeNow() !== "light") themed.tell();
  for (const side of Object.keys(PAPER)) mapBox().style.removeProperty(side);
  resized({ pan: false });
  if (before) lookAt(before.at, before.zoom);
}

export function buildPrint() {
  window.addEventListener("beforeprint", preparePrint);
  window.addEventListener("afterprint", restoreScreen);
  $("print").addEventListener("click", () => window.print());
}
