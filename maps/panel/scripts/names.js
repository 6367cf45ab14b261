// Names on the map: one canvas, greedy, never over a badge or a large circle.

/** @import { Pixel, Rectangle } from "./model.js" */
import { colours, data } from "./data.js";
import { screenPixel, sketch, zoomLevel } from "./map.js";

/**
 * @typedef {object} Label
 * @property {string} name
 * @property {number} lat
 * @property {number} lon
 * @property {number} zoom from which it is shown
 * @property {"zone" | "sea" | "country"} kind
 */

const LETTERS = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
const LAND = { ink: colours.countryname, halo: "rgba(240,243,242,.85)" };
const HAND = {
  zone: { font: "600 11.5px", ink: colours.navy, halo: "rgba(240,243,242,.9)" },
  sea: { font: "italic 11.5px", ink: colours.seaname, halo: "rgba(245,249,251,.9)" },
  country: { font: "11px", ...LAND },
  large: { font: "12px", ...LAND },
};
/** @type {Label[]} */
const ground = data.ground.labels.map(([name, lon, lat, zoom, kind]) => {
  return { name, lon, lat, zoom, kind: kind ? "sea" : "country" };
});
/** @type {Label[]} */
let zones = [];
let zonesShown = () => true;
/** @type {Rectangle[]} */
let taken = [];
/** @type {Rectangle[]} */
let specks = [];

/** Names of zones come before all others. @param {Label[]} labels @param {() => boolean} shown */
export function nameZoneLabels(labels, shown) {
  zones = labels;
  zonesShown = shown;
}

/**
 * @param {Rectangle[]} boxes that a name must not cover
 * @param {Rectangle[]} small marks that it would rather not
 */
export function keepClearOf(boxes, small) {
  taken = boxes;
  specks = small;
}

/**
 * Where there is room for a name near its place: the box, or null.
 * @param {Label} label
 * @param {Pixel} place
 * @param {number} half of its width
 * @param {Rectangle[]} used
 */
function roomFor(label, place, half, used) {
  /** @param {number} y @param {Rectangle[]} boxes */
  const free = (y, boxes) =>
    boxes.every(
      (u) => place.x - half >= u[2] || place.x + half <= u[0] || y - 8 >= u[3] || y + 8 <= u[1],
    );
  const steps = label.kind === "zone" ? [0] : [0, -13, 13, -26, 26];
  const rows = steps.map((by) => place.y + by).filter((y) => free(y, used));
  return rows.find((y) => free(y, specks)) ?? rows[0] ?? null;
}

/** @param {CanvasRenderingContext2D} pen @param {Pixel} size */
function paintNames(pen, size) {
  const zoom = zoomLevel();
  const look = { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 };
  Object.assign(pen, look);
  const used = taken.slice();
  for (const label of zonesShown() ? [...zones, ...ground] : ground) {
    if (zoom < label.zoom - 0.5) continue;
    const p = screenPixel([label.lat, label.lon]);
    if (p.x < -20 || p.y < -20 || p.x > size.x + 20 || p.y > size.y + 20) continue;
    const large = label.kind === "country" && label.zoom <= zoom - 1;
    const hand = HAND[large ? "large" : label.kind];
    pen.font = `${hand.font} ${LETTERS}`;
    const half = pen.measureText(label.name).width / 2 + 3;
    const row = roomFor(label, p, half, used);
    if (row === null) continue;
    used.push([p.x - half, row - 8, p.x + half, row + 8]);
    pen.strokeStyle = hand.halo;
    pen.strokeText(label.name, p.x, row);
    pen.fillStyle = hand.ink;
    pen.fillText(label.name, p.x, row);
  }
}

export const nameLayer = sketch("names", paintNames);
