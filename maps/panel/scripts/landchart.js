// Two small charts of the places: how many have which figure, and one figure against another. What
// passes the filter is strong, the rest pale; a stroke across a chart sets the filter.

/** @import { Measure } from "./land.js" */
/** @import { Pixel } from "./model.js" */
import { colours } from "./data.js";
import { el } from "./dom.js";
import { ink, partsOf } from "./inks.js";
import { passes } from "./land.js";

export const BARS = 48;
const EDGE = 0.025; // a hand that is so near an end means it
const GRAIN = 2; // pixels of a dot of the scatter

/** Where a value lies on the axis of its measure, from 0 to 1. @param {Measure} measure @param {number} value */
export const along = ({ ends: [low, high] }, value) =>
  Math.min(1, Math.max(0, (value - low) / (high - low || 1)));

/** @param {number} wide @param {number} high */
export function chartCanvas(wide, high) {
  const canvas = el("canvas", "chart");
  canvas.setAttribute("role", "img");
  Object.assign(canvas, { width: 2 * wide, height: 2 * high });
  Object.assign(canvas.style, { width: `${wide}px`, height: `${high}px` });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(2, 2);
  return { canvas, pen, wide, high };
}
/** @typedef {ReturnType<typeof chartCanvas>} Chart */

/** How many places have which figure: all, and those that pass. @param {Measure} measure */
function counted(measure) {
  const all = new Uint32Array(BARS);
  const kept = new Uint32Array(BARS);
  const { values } = measure;
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) continue;
    const bar = Math.min(BARS - 1, Math.floor(along(measure, values[i]) * BARS));
    all[bar] += 1;
    kept[bar] += passes[i];
  }
  return { all, kept };
}

/** @param {Chart} chart @param {Measure} measure */
export function drawBars({ pen, wide, high }, measure) {
  const { all, kept } = counted(measure);
  const most = Math.max(...all, 1);
  pen.clearRect(0, 0, wide, high);
  for (const [counts, fill] of /** @type {const} */ ([
    [all, colours.edge],
    [kept, colours.navy],
  ])) {
    pen.fillStyle = ink(fill);
    counts.forEach((count, k) => {
      const tall = count ? Math.max(1, (count / most) * (high - 1)) : 0;
      pen.fillRect((k * wide) / BARS, high - tall, wide / BARS - 0.75, tall);
    });
  }
}

/**
 * Dots, stronger the more places there are.
 * @param {Chart} chart
 * @param {Measure} across
 * @param {Measure} up
 * @param {Pixel[]} marked places of the list, from 0 to 1 of either axis
 */
export function drawScatter({ pen, wide, high }, across, up, marked) {
  const columns = Math.ceil(wide / GRAIN);
  const rows = Math.ceil(high / GRAIN);
  const all = new Uint16Array(columns * rows);
  const kept = new Uint16Array(columns * rows);
  for (let i = 0; i < passes.length; i += 1) {
    if (Number.isNaN(across.values[i]) || Number.isNaN(up.values[i])) continue;
    const column = Math.min(columns - 1, Math.floor(along(across, across.values[i]) * columns));
    const row = Math.min(rows - 1, Math.floor((1 - along(up, up.values[i])) * rows));
    all[row * columns + column] += 1;
    kept[row * columns + column] += passes[i];
  }
  const picture = new ImageData(2 * GRAIN * columns, 2 * GRAIN * rows);
  const [pale, strong] = [partsOf(colours.pale), partsOf(colours.navy)];
  all.forEach((count, at) => {
    if (!count) return;
    const depth = kept[at]
      ? 90 + 165 * Math.min(1, Math.log1p(kept[at]) / 4)
      : 130 + 30 * Math.min(4, count);
    const colour = [...(kept[at] ? strong : pale), depth];
    paintDot(picture, at % columns, Math.floor(at / columns), colour);
  });
  pen.clearRect(0, 0, wide, high);
  pen.putImageData(picture, 0, 0);
  pen.lineWidth = 1.5;
  for (const { x, y } of marked) {
    pen.beginPath();
    pen.arc(x * wide, (1 - y) * high, 2.6, 0, 2 * Math.PI);
    pen.fillStyle = ink(colours.panel);
    pen.strokeStyle = ink(colours.parity);
    pen.fill();
    pen.stroke();
  }
}

/** @param {ImageData} picture @param {number} column @param {number} row @param {number[]} colour with its depth */
function paintDot(picture, column, row, colour) {
  const side = 2 * GRAIN;
  for (let y = row * side; y < (row + 1) * side; y += 1) {
    for (let x = column * side; x < (column + 1) * side; x += 1) {
      picture.data.set(colour, 4 * (y * picture.width + x));
    }
  }
}

/**
 * A stroke over a chart: where it began and ended, each from 0 to 1 from the lower left; a click
 * gives nothing.
 * @param {Chart} chart
 * @param {(from: Pixel, to: Pixel) => void} act while it is drawn
 * @param {() => void} clear after a click
 */
export function onStroke({ canvas }, act, clear) {
  /** @type {Pixel | null} */
  let from = null;
  let moved = false;
  /** @param {PointerEvent} event */
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    /** @param {number} share */
    const kept = (share) => (share < EDGE ? 0 : share > 1 - EDGE ? 1 : share);
    return {
      x: kept((event.clientX - box.left) / box.width),
      y: kept(1 - (event.clientY - box.top) / box.height),
    };
  };
  canvas.addEventListener("pointerdown", (event) => {
    from = at(event);
    moved = false;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    moved ||= Math.abs(to.x - from.x) > 0.02 || Math.abs(to.y - from.y) > 0.02;
    if (moved) act(from, to);
  });
  canvas.addEventListener("pointerup", () => {
    if (from && !moved) clear();
    from = null;
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
  });
}
