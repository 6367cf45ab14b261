// What lies over the map.

/** @import { Rectangle } from "./model.js" */
import { $, phone } from "./dom.js";
import { mapBox, mapSize } from "./map.js";
import { state } from "./state.js";

const OVER =
  ".over:not([hidden]):not(.tools), .tools > *, .leaflet-bar, .leaflet-control-scale, " +
  ".leaflet-control-attribution";

/** What covers the map at its left and right, in pixels. */
export function covered() {
  const free = phone.matches || state.printing;
  const left = !free && !$("legend").classList.contains("shut") ? $("legend").offsetWidth : 0;
  const right = !free && !$("dossier").hidden ? $("dossier").offsetWidth : 0;
  return { left, right };
}

const AIR = 10; // pixels between a mark and what lies over the map
const DOT = 6; // of the mark of a site
export const PRINTED_LEGEND = 496; // pixels that the legend takes on paper, see print.css

/** The strips along the edges of the map where a panel or a button may hide a mark. */
export function edges() {
  const at = mapBox().getBoundingClientRect();
  const { left, right } = covered();
  /** @param {string} panel @param {(box: DOMRect) => number} depth */
  const strip = (panel, depth) => {
    const boxes = [...document.querySelectorAll(panel)].map((node) => node.getBoundingClientRect());
    return Math.max(DOT, ...boxes.filter(({ width }) => width).map((box) => depth(box) + AIR));
  };
  return {
    top: strip(".tools > *", (box) => box.bottom - at.top),
    left: Math.max(left, DOT),
    right: Math.max(
      right,
      strip(".leaflet-bar", (box) => at.right - box.left),
    ),
    bottom: strip(".leaflet-control-attribution, .leaflet-control-scale, .legend.shut", (box) =>
      phone.matches && box.height > at.height / 2 ? 0 : at.bottom - box.top,
    ),
  };
}

/**
 * What lies over the map, as boxes of it, so that no name is read in half. On paper the legend and
 * the card stand where the page does not show them yet.
 * @returns {Rectangle[]}
 */
export function overlays() {
  if (state.printing) {
    const { x, y } = mapSize();
    return [
      [0, 0, PRINTED_LEGEND, y],
      ...(state.site ? [/** @type {Rectangle} */ ([x - 390, 0, x, y])] : []),
    ];
  }
  const at = mapBox().getBoundingClientRect();
  return [...document.querySelectorAll(OVER)]
    .map((node) => node.getBoundingClientRect())
    .filter((box) => box.width)
    .map((box) => [box.left - at.left, box.top - at.top, box.right - at.left, box.bottom - at.top]);
}
