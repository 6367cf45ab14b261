// Names on the map: one canvas, greedy, never over a badge or a large circle.

/** @import { Pixel, Rectangle } from "./model.js" */
import { colours, data } from "./data.js";
import { ownName, shownLand, shownName } from "./gazetteer.js";
import { ink } from "./inks.js";
import { screenPixel, sketch, zoomLevel } from "./map.js";

/**
 * @typedef {object} Label
 * @property {string} name
 * @property {string} [words] what stands there, where it is not the name
 * @property {number} lat
 * @property {number} lon
 * @property {number} zoom from which it is shown
 * @property {"zone" | "sea" | "country" | "first" | "nearby"} kind
 * @property {Pixel[]} [beside] places of its sites on the screen
 */

const LETTERS = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
const HALO = 0.9; // of a name, which the ground shines through
const LAND = { ink: colours.countryname, halo: colours.landhalo };
const HAND = {
  zone: { font: "600 11.5px", ink: colours.navy, halo: colours.landhalo },
  sea: { font: "italic 11.5px", ink: colours.seaname, halo: colours.sea },
  country: { font: "11px", ...LAND },
  large: { font: "12px", ...LAND },
  nearby: { font: "11px", ink: colours.ink2, halo: colours.halo },
  first: { font: "650 12.5px", ink: colours.ink, halo: colours.halo },
};
/** @type {Label[]} */
const ground = data.ground.labels.map(([name, lon, lat, zoom, kind]) => {
  return { name, words: shownName(name), lon, lat, zoom, kind: kind ? "sea" : "country" };
});
/** @type {Label[]} */
let zones = [];
let zonesShown = () => true;
/** Towns, ports and the like near the listed sites. @type {Label[]} */
let nearby = [];
let nearbyShown = () => false;
/** Countries that hold ranked sites. @type {Label[]} */
let firsts = [];
/** Names that are said elsewhere. @type {Set<string>} */
let elsewhere = new Set();
/** @type {Rectangle[]} */
let taken = [];
/** @type {Rectangle[]} */
let specks = [];

/** Names of zones come before all others. @param {Label[]} labels @param {() => boolean} shown */
export function nameZoneLabels(labels, shown) {
  zones = labels;
  zonesShown = shown;
}

/** @param {Label[]} labels @param {() => boolean} shown */
export function nameNearby(labels, shown) {
  nearby = labels;
  nearbyShown = shown;
}

/**
 * Countries that hold ranked sites are named before all others, at every zoom.
 * @param {Map<string, Pixel[]>} spots their sites on the screen, by country
 * @param {Set<string>} named countries that a pill names
 */
export function nameFirst(spots, named) {
  const first = [...spots].filter(([code]) => !named.has(code));
  firsts = first.map(([code, beside]) => {
    const name = ownName(code);
    const at = ground.find((label) => label.name === name) ?? { lat: 0, lon: 0 };
    return {
      ...at,
      name,
      words: shownLand(code),
      zoom: 0,
      kind: /** @type {const} */ ("first"),
      beside,
    };
  });
  elsewhere = new Set([...spots.keys(), ...named].map(ownName));
}

/**
 * @param {Rectangle[]} boxes that a name must not cover
 * @param {Rectangle[]} small marks that it would rather not
 */
export function keepClearOf(boxes, small) {
  taken = boxes;
  specks = small;
}

/** Shifts of a name from its place, the nearest first. @type {Record<string, [number, number][]>} */
const SHIFTS = {
  zone: [[0, 0]],
  beside: [0, 1].flatMap((far) => {
    const y = 24 + 14 * far;
    return /** @type {[number, number][]} */ ([
      [0, y],
      [0, -y],
      [0.5, y],
      [-0.5, y],
      [0.5, -y],
      [-0.5, -y],
    ]);
  }),
  nearby: [
    [0, -12],
    [0, 12],
    [0.55, 0],
    [-0.55, 0],
  ],
  near: [0, -13, 13, -26, 26].map((y) => [0, y]),
};

/**
 * Where there is room for a name near its place: its middle, or null.
 * @param {Pixel} at
 * @param {[number, number][]} shifts in widths of the name, and in pixels
 * @param {number} half of its width
 * @param {Rectangle[]} used
 */
function roomFor(at, shifts, half, used) {
  /** @param {Pixel} middle @param {Rectangle[]} boxes */
  const free = ({ x, y }, boxes) =>
    boxes.every((u) => x - half >= u[2] || x + half <= u[0] || y - 8 >= u[3] || y + 8 <= u[1]);
  const rows = shifts
    .map(([x, y]) => ({ x: at.x + 2 * half * x, y: at.y + y }))
    .filter((middle) => free(middle, used));
  return rows.find((middle) => free(middle, specks)) ?? rows[0] ?? null;
}

/** @param {Pixel} at @param {Pixel} size @param {number} beyond */
const seenAt = ({ x, y }, size, beyond) =>
  x >= -beyond && y >= -beyond && x <= size.x + beyond && y <= size.y + beyond;

const FAR = 1 / 3; // of the view: a country's name that far from its site says nothing of it

/** Beside its sites, or where the country's name stands if that is near. @param {Label} label @param {Pixel} size @param {number} half @param {Rectangle[]} used */
function besideSites({ lat, lon, beside = [] }, size, half, used) {
  const own = screenPixel([lat, lon]);
  const sites = beside.filter((at) => seenAt(at, size, 0));
  const reach = sites.length ? FAR * Math.max(size.x, size.y) : Number.POSITIVE_INFINITY;
  const [site] = sites.length ? sites : [own];
  const near = Math.hypot(own.x - site.x, own.y - site.y) < reach && seenAt(own, size, -half);
  const there = near ? roomFor(own, SHIFTS.near, half, used) : null;
  return there ?? sites.map((at) => roomFor(at, SHIFTS.beside, half, used)).find(Boolean) ?? null;
}

/** The middle of a name, or null where it has no room. @param {Label} label @param {Pixel} size @param {number} half @param {Rectangle[]} used */
function middleOf(label, size, half, used) {
  if (label.kind === "first") return besideSites(label, size, half, used);
  const own = screenPixel([label.lat, label.lon]);
  if (!seenAt(own, size, label.kind === "nearby" ? -half : 20)) return null;
  return roomFor(own, SHIFTS[label.kind] ?? SHIFTS.near, half, used);
}

/** What is named, the first first. */
function everyLabel() {
  const rest = ground.filter((label) => label.kind === "sea" || !elsewhere.has(label.name));
  return [...(zonesShown() ? zones : []), ...firsts, ...(nearbyShown() ? nearby : []), ...rest];
}

/** @param {CanvasRenderingContext2D} pen @param {Pixel} size */
function paintNames(pen, size) {
  const zoom = zoomLevel();
  const look = { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 };
  Object.assign(pen, look);
  const used = taken.slice();
  for (const label of everyLabel()) {
    if (zoom < label.zoom - 0.5) continue;
    const large = label.kind === "country" && label.zoom <= zoom - 1;
    const hand = HAND[large ? "large" : label.kind];
    pen.font = `${hand.font} ${LETTERS}`;
    const words = label.words ?? label.name;
    const half = pen.measureText(words).width / 2 + 3;
    const middle = middleOf(label, size, half, used);
    if (!middle) continue;
    const { x, y } = middle;
    used.push([x - half, y - 8, x + half, y + 8]);
    pen.strokeStyle = ink(hand.halo);
    pen.globalAlpha = HALO;
    pen.strokeText(words, x, y);
    pen.globalAlpha = 1;
    pen.fillStyle = ink(hand.ink);
    pen.fillText(words, x, y);
  }
}

export const nameLayer = sketch("names", paintNames);
