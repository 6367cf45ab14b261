// The land coloured by its places: hexagons on a canvas, each showing the best place in it. From
// afar they are of one size on the screen; near, each place is the hexagon of its own size.

/** @import { Scored } from "./land.js" */
/** @import { LandPlaces, Pixel } from "./model.js" */
import { data } from "./data.js";
import { filtering } from "./filter.js";
import { hatchedLand, paleHatch } from "./ground.js";
import { ink } from "./inks.js";
import { CLOSED, classifier, land, measureNow, measureOf, passes, SCORE, swiped } from "./land.js";
import { groupOf, isShown, mapSize, screenPixel, sketch, zoomLevel } from "./map.js";
import { state } from "./state.js";

const RADIUS = 4.5; // pixels of a hexagon on the screen
const PAD = 0.25; // of the view, drawn beyond its edges
const EARTH_KM = 40075.017;
const SEAM = 1.03; // so that no line shows between two
const FADED = 0.16;
const WIDE = Math.sqrt(3);
const COLUMNS = 2 ** 20; // more than there are in a row

/**
 * @typedef {object} Cells hexagons in the view, and whose they are
 * @property {Float32Array} corners six a hexagon, x and y
 * @property {Int32Array} first of its places in `own`, and the end of the last
 * @property {Int32Array} own
 */

/** The view's north-west corner on the map of the whole world. @param {number} world its pixels */
function originOf(world) {
  const { x, y } = screenPixel([0, 0]);
  return { x: world / 2 - x, y: world / 2 - y };
}

/** Places in the view, with their pixels. @param {{ x: Float32Array, y: Float32Array }} spots */
function inView({ x, y }) {
  const world = 256 * 2 ** zoomLevel();
  const { x: left, y: top } = originOf(world);
  const size = mapSize();
  const [wide, high] = [size.x * PAD + 2 * RADIUS, size.y * PAD + 2 * RADIUS];
  /** @type {number[]} */
  const rows = [];
  const px = new Float32Array(x.length);
  const py = new Float32Array(x.length);
  for (let i = 0; i < x.length; i += 1) {
    px[i] = x[i] * world - left;
    py[i] = y[i] * world - top;
    const inside = px[i] > -wide && px[i] < size.x + wide && py[i] > -high && py[i] < size.y + high;
    if (inside) rows.push(i);
  }
  return { rows, px, py };
}

/** Gather places by the hexagon of the screen that they lie in. @param {{ x: Float32Array, y: Float32Array }} spots @returns {Cells} */
function binned(spots) {
  const { rows, px, py } = inView(spots);
  const { x: left, y: top } = originOf(256 * 2 ** zoomLevel());
  const dx = RADIUS * WIDE;
  const dy = RADIUS * 1.5;
  /** @type {Map<number, number>} */
  const known = new Map();
  const of = new Int32Array(rows.length);
  /** @type {number[]} */
  const centres = [];
  rows.forEach((i, k) => {
    const [column, row] = hexagonAt((px[i] + left) / dx, (py[i] + top) / dy);
    const key = row * COLUMNS + 2 * column;
    let at = known.get(key);
    if (at === undefined) {
      at = known.size;
      known.set(key, at);
      centres.push(column * dx - left, row * dy - top);
    }
    of[k] = at;
  });
  const first = new Int32Array(known.size + 1);
  for (const at of of) first[at + 1] += 1;
  for (let at = 0; at < known.size; at += 1) first[at + 1] += first[at];
  const next = first.slice();
  const own = new Int32Array(rows.length);
  rows.forEach((i, k) => {
    own[next[of[k]]] = i;
    next[of[k]] += 1;
  });
  return {
    corners: cornersOf(
      centres,
      () => RADIUS,
      () => Math.PI / 6,
    ),
    first,
    own,
  };
}

/** Column and row of the nearest centre of a grid whose odd rows are half a step aside. @param {number} x @param {number} y @returns {[number, number]} */
function hexagonAt(x, y) {
  const row = Math.round(y);
  const aside = (row & 1) / 2;
  const column = Math.round(x - aside);
  const down = y - row;
  if (Math.abs(down) * 3 <= 1) return [column + aside, row];
  const other = row + Math.sign(down);
  const shift = (other & 1) / 2;
  const beside = Math.round(x - shift);
  /** @param {number} c @param {number} r */
  const far = (c, r) => ((x - c) * WIDE) ** 2 + ((y - r) * 1.5) ** 2;
  return far(column + aside, row) <= far(beside + shift, other)
    ? [column + aside, row]
    : [beside + shift, other];
}

/** Each place as its own hexagon. @param {LandPlaces} places @returns {Cells} */
function single({ x, y, edge, turn }) {
  const { rows, px, py } = inView({ x, y });
  const world = 256 * 2 ** zoomLevel();
  /** @param {number} at */
  const radius = (at) => (edge[rows[at]] * world * secant(y[rows[at]])) / EARTH_KM;
  return {
    corners: cornersOf(
      rows.flatMap((i) => [px[i], py[i]]),
      radius,
      (at) => turn[rows[at]],
    ),
    first: Int32Array.from({ length: rows.length + 1 }, (_, at) => at),
    own: Int32Array.from(rows),
  };
}

/**
 * @param {number[]} centres x and y of each
 * @param {(at: number) => number} radius
 * @param {(at: number) => number} turn
 */
function cornersOf(centres, radius, turn) {
  const corners = new Float32Array(6 * centres.length);
  for (let at = 0; at < centres.length / 2; at += 1) {
    const r = radius(at) * SEAM;
    for (let k = 0; k < 6; k += 1) {
      const angle = turn(at) + (k * Math.PI) / 3;
      corners[12 * at + 2 * k] = centres[2 * at] + r * Math.cos(angle);
      corners[12 * at + 2 * k + 1] = centres[2 * at + 1] + r * Math.sin(angle);
    }
  }
  return corners;
}

/** Of the latitude, as Mercator has it. @param {number} y of the unit square */
const secant = (y) => Math.cosh((0.5 - y) * 2 * Math.PI);

/** @typedef {{ cells: Cells, excluded: Cells }} Laid */

/** What lies in the view, of this moment's places and of those beside it. @type {Map<LandPlaces, Laid>} */
const laid = new Map();

/** @param {LandPlaces} places @returns {Laid} */
function laidOut(places) {
  const world = 256 * 2 ** zoomLevel();
  const middle = (originOf(world).y + mapSize().y / 2) / world;
  const least = places.edge.reduce((low, one) => Math.min(low, one), Infinity);
  const near = (least * world * secant(middle)) / EARTH_KM >= RADIUS;
  return { cells: near ? single(places) : binned(places), excluded: binned(places.excluded) };
}

function layOut() {
  laid.clear();
  const sides = (swiped.sides ?? []).map(({ places }) => places);
  for (const places of new Set([land, ...sides])) {
    if (places) laid.set(places, laidOut(places));
  }
}

/** @param {CanvasRenderingContext2D} pen @param {Cells} of @param {number} at */
function hexagon(pen, { corners }, at) {
  pen.moveTo(corners[12 * at], corners[12 * at + 1]);
  for (let k = 12 * at + 2; k < 12 * at + 12; k += 2) pen.lineTo(corners[k], corners[k + 1]);
}

/** Colours of a measure from the worst class to the best. @param {string} key */
export function rampOf(key) {
  if (key === SCORE) return data.palette.land;
  const all = data.palette.figure;
  const many = (data.land?.figures.find((one) => one.key === key)?.breaks.length ?? 0) + 1;
  const last = Math.max(many - 1, 1);
  return Array.from({ length: many }, (_, k) => all[Math.round((k * (all.length - 1)) / last)]);
}

/**
 * What colours the places: their values, which of them pass (null: all do), and the class of a value.
 * @typedef {object} Paint
 * @property {Float32Array} values
 * @property {1 | -1} sign
 * @property {Uint8Array | null} passes
 * @property {(value: number) => number} classOf
 * @property {string[]} ramp
 */

/** @returns {Paint} */
function paintNow() {
  const measure = measureOf(measureNow.key);
  const ramp = rampOf(measure.key);
  const { values, lowIsGood } = measure;
  const classOf = classifier(measure, ramp.length);
  return { values, sign: lowIsGood ? -1 : 1, passes, classOf, ramp };
}

/** @param {Scored} side @returns {Paint} */
function paintOf({ places, odds, steps }) {
  const ramp = rampOf(SCORE);
  const classOf = classifier(measureOf(SCORE), ramp.length, steps);
  return { values: odds, sign: 1, passes: places === land ? passes : null, classOf, ramp };
}

/**
 * The class of the best place in each hexagon, of those that pass or of those that do not; -1 where
 * there is none.
 * @param {Cells} of
 * @param {0 | 1} passing
 * @param {Paint} by
 */
function classed({ first, own }, passing, { values, sign, passes: pass, classOf }) {
  const by = new Int8Array(first.length - 1).fill(-1);
  for (let at = 0; at < by.length; at += 1) {
    let best = -Infinity;
    for (let k = first[at]; k < first[at + 1]; k += 1) {
      const one = sign * values[own[k]];
      if ((pass ? pass[own[k]] : 1) === passing && one > best) best = one;
    }
    if (best > -Infinity) by[at] = classOf(sign * best);
  }
  return by;
}

/** @param {CanvasRenderingContext2D} pen @param {Cells} of @param {Int8Array} by @param {string[]} ramp */
function paintClasses(pen, of, by, ramp) {
  ramp.forEach((colour, wanted) => {
    pen.beginPath();
    for (let at = 0; at < by.length; at += 1) if (by[at] === wanted) hexagon(pen, of, at);
    pen.fillStyle = ink(colour);
    pen.fill();
  });
}

/** @param {CanvasRenderingContext2D} pen @param {Laid | undefined} of @param {Paint} by */
function paintPlaces(pen, of, by) {
  if (!of) return;
  const { cells, excluded } = of;
  pen.beginPath();
  for (let at = 0; at < excluded.first.length - 1; at += 1) hexagon(pen, excluded, at);
  pen.fillStyle = paleHatch();
  pen.fill();
  const bright = classed(cells, 1, by);
  if (filtering()) {
    const faded = classed(cells, 0, by).map((own, at) => (bright[at] < 0 ? own : -1));
    pen.globalAlpha = FADED;
    paintClasses(pen, cells, faded, by.ramp);
    pen.globalAlpha = 1;
  }
  paintClasses(pen, cells, bright, by.ramp);
}

/** All places, or what they score under one setting left of a line and another right of it. @param {CanvasRenderingContext2D} pen @param {Pixel} size */
function paintLand(pen, size) {
  if (!land) return;
  if (!swiped.sides || state.printing) {
    paintPlaces(pen, laid.get(land), paintNow());
    return;
  }
  const line = size.x * swiped.at;
  swiped.sides.forEach((side, right) => {
    pen.save();
    pen.beginPath();
    pen.rect(right ? line : -size.x, -size.y, right ? 2 * size.x : size.x + line, 3 * size.y);
    pen.clip();
    paintPlaces(pen, laid.get(side.places), paintOf(side));
    pen.restore();
  });
}

/** The best place of the hexagon at a pixel of the map, of those that pass; -1 where there is none. @param {number} x @param {number} y */
export function placeAt(x, y) {
  const cells = land && laid.get(land)?.cells;
  if (!cells || swiped.sides || !isShown(canvas)) return -1;
  const { corners, first, own } = cells;
  let nearest = -1;
  let least = Infinity;
  for (let at = 0; at < first.length - 1; at += 1) {
    const [dx, dy] = [x, y].map(
      (one, k) => one - (corners[12 * at + k] + corners[12 * at + 6 + k]) / 2,
    );
    const radius =
      Math.hypot(
        corners[12 * at] - corners[12 * at + 6],
        corners[12 * at + 1] - corners[12 * at + 7],
      ) / 2;
    const far = Math.hypot(dx, dy);
    if (far <= radius && far < least) [nearest, least] = [at, far];
  }
  if (nearest < 0) return -1;
  const { values, lowIsGood } = measureOf(measureNow.key);
  const sign = lowIsGood ? -1 : 1;
  let best = -1;
  for (const i of own.subarray(first[nearest], first[nearest + 1])) {
    if (passes[i] && (best < 0 || sign * values[i] > sign * values[best])) best = i;
  }
  return best;
}

const canvas = sketch("fill", paintLand, { pad: PAD, least: 1 });
/** Countries that let this investor build nowhere are hatched. */
const shut = hatchedLand(CLOSED.filter((code) => !data.ground.scored.includes(code)));

/** The layer of a measure: all share one canvas, of which one is on the map at a time. */
export const landLayerOf = () => groupOf([shut, canvas]);

/** Paint again: what is in the view is the same. */
export function paintAgain() {
  if (isShown(canvas)) canvas.draw();
}

/** The view has moved. */
export function landMoved() {
  if (!isShown(canvas)) return;
  layOut();
  canvas.draw();
}

/** A measure colours the land from now on. @param {string} key */
export function colourBy(key) {
  measureNow.key = key;
  landMoved();
}
