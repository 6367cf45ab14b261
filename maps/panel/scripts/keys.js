// Pictures of the legend: what a mark, a line and a colour mean.

/** @import { Key } from "./payload.js" */
import { BADGES, CARS, colours, data, FIRST, HOMES, POLICY, STATUS, SURFACE } from "./data.js";
import { add, el, svg } from "./dom.js";
import { flowWidth } from "./flows.js";
import { someBar } from "./ground.js";
import { tr } from "./language.js";
import { zoomFactor } from "./map.js";
import { radiusOf } from "./points.js";
import { sites } from "./rank.js";
import { state } from "./state.js";
import { number, perCent, rounded } from "./words.js";

/** @typedef {(picture: SVGElement, y: number) => void} Draw draws a mark at a height */
/** @typedef {Record<string, unknown>} Look */

/** Marks below each other, each with its words. @param {[Draw, string][]} list @param {number} [width] */
export function keys(list, width = 224) {
  const height = list.length * 17 + 2;
  const picture = svg("svg", { width, height, "aria-hidden": "true" });
  list.forEach(([draw, words], k) => {
    draw(picture, 9 + 17 * k);
    add(picture, svg("text", { x: 26, y: 13 + 17 * k }, words));
  });
  return picture;
}

/** @param {string} tag @param {(y: number) => Look} look @returns {Draw} */
const draws = (tag, look) => (picture, y) => {
  add(picture, svg(tag, look(y)));
};
/** @param {Look} look */
const disc = (look) => draws("circle", (y) => ({ cx: 9, cy: y, r: 5.5, ...look }));
/** @param {string} fill */
const diamond = (fill) =>
  draws("path", (y) => {
    return { d: `M9 ${y - 6}l6 6-6 6-6-6z`, fill, stroke: colours.ink, "stroke-width": 1.4 };
  });
/** @param {string | null} fill */
const square = (fill) =>
  draws("rect", (y) => ({ x: 5, y: y - 4, width: 8, height: 8, fill, stroke: CARS.ev[1] }));
/** @param {number} weight */
const stroke = (weight) =>
  draws("line", (y) => {
    return { x1: 0, x2: 20, y1: y, y2: y, stroke: colours.navy, "stroke-width": weight };
  });
/** @param {Look} look */
const box = (look) => draws("rect", (y) => ({ x: 0, y: y - 6, width: 20, height: 12, ...look }));

/** @param {Look} look */
const pill = (look) =>
  draws("rect", (y) => ({ x: 0, y: y - 5, width: 20, height: 10, rx: 5, ...look }));

/** @param {number} first @param {number} last */
const rankText = (first, last) => tr("rank {first} to {last}", { first, last });

export function siteKey() {
  const pale = { fill: colours.panel, stroke: colours.navy };
  /** @type {[Draw, string][]} */
  const list = [
    [disc({ fill: colours.navy, stroke: colours.halo }), rankText(1, FIRST)],
    [disc({ ...pale, "stroke-width": 1.5 }), rankText(FIRST + 1, BADGES)],
    [disc({ r: 3.2, fill: colours.navy, stroke: colours.halo }), tr("true place")],
    [pill({ fill: colours.navy }), tr("several of a country: zoom in")],
    [
      pill({ fill: colours.panel, stroke: colours.barred, "stroke-dasharray": "3 2" }),
      tr("the law lets few or none in"),
    ],
  ];
  const further = rankText(BADGES + 1, sites.length);
  if (sites.length > BADGES) list.push([disc({ r: 3, ...pale }), further]);
  return keys(list, 240);
}

/** What is drawn of the ground from near. */
export function nearbyKey() {
  const dark = { fill: colours.ink2 };
  const path = (/** @type {string} */ d, /** @type {Look} */ look) =>
    draws("path", (y) => ({ d, transform: `translate(9 ${y})`, ...look }));
  return keys([
    [disc({ r: 3, fill: colours.panel, stroke: colours.ink2, "stroke-width": 1.3 }), tr("town")],
    [path("M-4 3h8l-4-7z", { fill: colours.seaname }), tr("seaport")],
    [path("M1-5l-4 6h3l-1 4 4-6H0z", dark), tr("power station")],
    [path("M-4-2.4h8v4.8h-8z", dark), tr("rail terminal")],
    [
      path("M-3-3h6v6h-6z", { fill: colours.panel, stroke: colours.navy, "stroke-width": 1.3 }),
      tr("estate"),
    ],
  ]);
}

export function flowKey() {
  if (!state.site) return el("span", "", tr("Choose a site to see whom it serves."));
  /** @type {[Draw, string][]} */
  const list = [2, 20].map((kt) => [stroke(flowWidth(kt)), tr("{kt} kt a year", { kt })]);
  return add(el("div"), keys(list), el("span", "", tr("Curves say who is served, not the route.")));
}

export const zoneKey = () =>
  keys([
    [
      box({
        rx: 5,
        fill: colours.navy,
        "fill-opacity": 0.06,
        stroke: colours.navy,
        "stroke-width": 1.5,
        "stroke-dasharray": "5 3",
      }),
      tr("places that are one choice"),
    ],
  ]);

export const barredKey = () =>
  keys([
    [
      draws("path", (y) => {
        return { d: `M5 ${y - 4}l8 8m0-8l-8 8`, stroke: colours.barred, "stroke-width": 1.8 };
      }),
      tr("excluded by a rule, not ranked"),
    ],
  ]);

export const clusterKey = () =>
  keys([
    [
      disc({
        r: 6.5,
        fill: STATUS.operating[1],
        "fill-opacity": 0.12,
        stroke: colours.cluster,
        "stroke-width": 1.3,
      }),
      tr("gigafactories within a day's drive"),
    ],
  ]);

export const carKey = () =>
  keys(Object.values(CARS).map(([words, fill]) => [square(fill), tr(words)]));

export const rivalKey = () =>
  keys([
    [diamond(colours.ink), tr("operating")],
    [diamond(colours.panel), tr("planned, being built or paused")],
  ]);

// ---- gigafactories: sizes, fills, outlines ----

function sizeKey() {
  const factor = zoomFactor();
  const tall = radiusOf(100) * factor;
  const height = Math.max(22, 2 * tall + 4);
  const picture = svg("svg", { width: 232, height, "aria-hidden": "true" });
  let x = 1;
  for (const gwh of [10, 40, 100]) {
    const r = radiusOf(gwh) * factor;
    const place = { cx: x + r, cy: Math.max(11, tall + 2), r };
    const text = { x: x + 2 * r + 4, y: Math.max(15, tall + 6) };
    add(
      picture,
      svg("circle", { ...place, fill: "none", stroke: colours.ink2, "stroke-width": 1.2 }),
      svg("text", text, gwh === 100 ? tr("{gwh} GWh a year", { gwh }) : gwh),
    );
    x += 2 * r + 26;
  }
  return picture;
}

export function gigafactoryKey() {
  const two = svg("svg", { width: 240, height: 88, "aria-hidden": "true" });
  add(
    two,
    svg("text", { x: 2, y: 11 }, tr("Fill: status")),
    svg("text", { x: 138, y: 11 }, tr("Outline: owner")),
  );
  /** @type {Key[]} */
  const fills = Object.values(STATUS).filter(([, fill]) => fill);
  [...fills, /** @type {Key} */ ([tr("Paused or cancelled"), null])].forEach(([words, fill], k) => {
    const look = {
      fill: fill || colours.panel,
      stroke: fill ? colours.ink : colours.grey,
      "stroke-width": 1.2,
      "stroke-dasharray": fill ? "none" : "2 2",
    };
    const circle = svg("circle", { cx: 8, cy: 26 + 17 * k, r: 5.5, ...look });
    add(two, circle, svg("text", { x: 20, y: 30 + 17 * k }, tr(words)));
  });
  Object.values(HOMES).forEach(([words, colour], k) => {
    const look = { fill: colours.panel, stroke: colour, "stroke-width": 2.4 };
    const circle = svg("circle", { cx: 144, cy: 26 + 17 * k, r: 5.5, ...look });
    add(two, circle, svg("text", { x: 156, y: 30 + 17 * k }, tr(words)));
  });
  return add(el("div"), sizeKey(), two);
}

// ---- colours of the land ----

/** @typedef {[at: number, words: string, anchor: "start" | "middle" | "end"]} Tick */

/** @param {string[]} fills @param {Tick[]} ticks @param {string} unit @param {number} [step] pixels */
export function ramp(fills, ticks, unit, step = 38) {
  const picture = svg("svg", {
    width: step * fills.length + 46,
    height: 30,
    "aria-hidden": "true",
  });
  fills.forEach((fill, k) => {
    add(picture, svg("rect", { x: step * k, y: 2, width: step - 1, height: 11, fill }));
  });
  for (const [k, words, anchor] of ticks) {
    add(picture, svg("text", { x: step * k, y: 26, "text-anchor": anchor }, words));
  }
  return add(picture, svg("text", { x: step * fills.length + 4, y: 12 }, unit));
}

export function surfaceKey() {
  /** @type {Tick[]} */
  const ticks = data.breaks.map((least, k) => [k, rounded(least), k ? "middle" : "start"]);
  const words = tr(
    "Anode demand within freight reach: each customer counts less the dearer its freight. " +
      "Hexagons of about {area} km\u00B2.",
    { area: number(12000) },
  );
  return add(el("div"), ramp(SURFACE, ticks, tr("kt/yr")), el("span", "", words));
}

export function cellKey() {
  const shares = data.palette.cellShares.slice(0, -1);
  /** @type {Tick[]} */
  const ticks = shares.map((share, k) => [k + 1, perCent(100 * share), "middle"]);
  const picture = ramp(
    data.palette.cells,
    [[0, tr("best"), "start"], ...ticks, [5, tr("rest"), "end"]],
    "",
  );
  const words = tr(
    "Every hexagon of the land by its rank; seen from afar, the best that lies below. " +
      "What no plant could use is left blank.",
  );
  return add(el("div"), picture, el("span", "", words));
}

/** @type {Draw} */
export function closedBox(picture, y) {
  const strokes = [3, 9, 15].map((x) => ({ x1: x, y1: y + 6, x2: x + 5, y2: y - 6 }));
  box({ fill: colours.unscored, stroke: colours.coast })(picture, y);
  add(picture, ...strokes.map((at) => svg("line", { ...at, stroke: colours.grey })));
}

export function policyKey() {
  /** @type {[Draw, string][]} */
  const list = someBar ? [[closedBox, tr("closed to this investor")]] : [];
  list.push([box({ fill: colours.land, stroke: colours.coast }), tr("no rule in the catalogue")]);
  /** @type {Tick[]} */
  const ticks = [
    [0, tr("shut"), "start"],
    [5, tr("open, with aid"), "end"],
  ];
  return add(el("div"), ramp(POLICY, ticks, ""), keys(list));
}

export const unscoredKey = () =>
  keys([
    [box({ fill: colours.unscored, stroke: colours.coast }), tr("no candidate in this study")],
  ]);
