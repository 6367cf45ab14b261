// The price outside China: a slider under the picture of the zones, whose axis it is. A place is
// likelier by no price; whether it pays is another question, and both orders are in the picture.

/** @import { Zone } from "./pays.js" */
import { remember } from "./address.js";
import { colours, live } from "./data.js";
import { $, field, svg, write } from "./dom.js";
import { tr } from "./language.js";
import { front, zonesWithMoney } from "./pays.js";
import { ledger, priceAt, turn } from "./rank.js";
import { rerank } from "./state.js";
import { number } from "./words.js";

const STEP = 10; // USD/t
const LEAST = ledger ? ledger.least : 2500;
const MOST = Math.max(7000, ledger ? 1.5 * ledger.today : 7000);
const WIDE = 320;
const HIGH = 92;
const EDGE = 8; // half a thumb of the slider, so that its middle is the line
const FOOT = 14;
const NAMED = 5; // countries with a name in the picture

/** @param {number} price */
const xOf = (price) =>
  EDGE + ((WIDE - 2 * EDGE) * (Math.min(MOST, Math.max(LEAST, price)) - LEAST)) / (MOST - LEAST);

/** The price outside China at which so much is paid. @param {number} paid */
const priceFor = (paid) => (ledger ? (paid - ledger.other) / ledger.graphite : paid);

/** A scale of logarithms: shares differ a hundredfold. @param {Zone[]} zones */
function heightOf(zones) {
  const shares = zones.map(({ share }) => Math.max(share, 1e-6));
  const low = Math.log(Math.min(...shares));
  const span = Math.max(Math.log(Math.max(...shares)) - low, 1e-9);
  /** @param {number} share */
  return (share) =>
    HIGH - FOOT - 6 - ((HIGH - FOOT - 20) * (Math.log(Math.max(share, 1e-6)) - low)) / span;
}

/** The likeliest zone of each country that has one, as many as can be named. @param {Zone[]} zones */
function toName(zones) {
  /** @type {Map<string, Zone>} */
  const best = new Map();
  for (const zone of zones) if (!best.has(zone.country)) best.set(zone.country, zone);
  return [...best.values()].slice(0, NAMED);
}

const [LETTERS, TALL] = [14, 8]; // pixels of a country's code
/** Where a code may stand beside its dot: right, left, above, below. */
const BESIDE = [
  [6, 3.5],
  [-20, 3.5],
  [-7, -6],
  [-7, 13],
];

/**
 * Codes of countries beside their likeliest zone, where there is room: on no other code, and on no
 * dot, or it would name that one.
 * @param {Zone[]} zones
 * @param {(share: number) => number} y
 */
function names(zones, y) {
  /** @type {{ x: number, y: number }[]} */
  const taken = [];
  const dots = zones.map((zone) => ({ x: xOf(priceFor(zone.from)), y: y(zone.share) }));
  return toName(zones).flatMap((zone) => {
    const own = dots[zones.indexOf(zone)];
    const at = BESIDE.map(([dx, dy]) => ({ x: own.x + dx, y: own.y + dy })).find(
      (spot) =>
        spot.y > TALL &&
        taken.every((one) => Math.abs(one.x - spot.x) > 16 || Math.abs(one.y - spot.y) > 9) &&
        dots.every((dot) => dot === own || !covers(spot, dot)),
    );
    if (!at) return [];
    taken.push(at);
    return [svg("text", { class: "who", ...at }, zone.country)];
  });
}

/**
 * Whether a code at a spot lies on a dot, or so near that it would name it.
 * @param {{ x: number, y: number }} spot its left and its foot
 * @param {{ x: number, y: number }} dot
 */
const covers = (spot, dot) =>
  dot.x > spot.x - 5 &&
  dot.x < spot.x + LETTERS + 5 &&
  dot.y > spot.y - TALL - 4 &&
  dot.y < spot.y + 4;

/**
 * A dot a zone, the first ten larger, what pays filled: one path a look, because a path of many dots
 * costs no more than a dot.
 * @param {Zone[]} zones
 * @param {(share: number) => number} y
 */
function dots(zones, y) {
  return [false, true].flatMap((first) =>
    [false, true].map((pays) => {
      const own = zones.filter((zone) => zone.first === first && zone.pays === pays);
      const r = first ? 3.6 : 2.2;
      const ring = `a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
      const at = own.map((zone) => `M${xOf(priceFor(zone.from)) - r} ${y(zone.share)}${ring}`);
      return svg("path", {
        d: at.join(""),
        fill: pays ? colours.navy : colours.panel,
        stroke: colours.navy,
        "stroke-width": first ? 1.4 : 0.9,
      });
    }),
  );
}

/** @param {Zone[]} zones */
function picture(zones) {
  const y = heightOf(zones);
  const line = front(zones);
  const at = xOf(turn.money?.price ?? LEAST);
  const ticks = [3000, 4000, 5000, 6000, 7000].filter((price) => price >= LEAST && price <= MOST);
  return [
    svg("rect", { x: 0, y: 0, width: at, height: HIGH - FOOT, fill: colours.chosen }),
    svg("text", { x: WIDE, y: 8, "text-anchor": "end" }, tr("up: likelier zones; right: dearer")),
    ...ticks.flatMap((price) => [
      svg("line", {
        x1: xOf(price),
        x2: xOf(price),
        y1: 0,
        y2: HIGH - FOOT,
        stroke: colours.line2,
      }),
      svg("text", { x: xOf(price), y: HIGH - 2, "text-anchor": "middle" }, number(price)),
    ]),
    svg("polyline", {
      points: line.map((zone) => `${xOf(priceFor(zone.from))},${y(zone.share)}`).join(" "),
      fill: "none",
      stroke: colours.grey,
      "stroke-dasharray": "3 2",
    }),
    ...dots(zones, y),
    ...names(zones, y),
    svg("line", {
      class: "today",
      x1: at,
      x2: at,
      y1: 0,
      y2: HIGH - FOOT,
      stroke: colours.parity,
      "stroke-width": 1.5,
    }),
  ];
}

/** The picture and the slider under it, as the setting in force has them. */
export function drawPrice() {
  const zones = zonesWithMoney();
  const chart = $("paychart");
  chart.replaceChildren();
  if (!zones.length) return;
  const frame = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true" });
  frame.append(...picture(zones));
  chart.append(frame);
  if (!live) return;
  const { price } = turn.money;
  field("price").value = String(price);
  field("price").setAttribute(
    "aria-valuetext",
    tr("{price} USD a tonne", { price: number(price) }),
  );
  write($("priceout"), `${number(price)} ${tr("USD/t")}`);
  field("today").hidden = !turn.priced;
}

let waiting = 0;

/** One redraw a frame, however fast the slider is dragged. @param {number} price */
function slide(price) {
  priceAt(price);
  if (waiting) return;
  waiting = requestAnimationFrame(() => {
    waiting = 0;
    rerank(turn.setting);
  });
}

/** The price of an address or of a script; of what is none, nothing. @param {unknown} price */
export function takePrice(price) {
  const wanted = Number(price);
  if (!live || !Number.isFinite(wanted) || wanted <= 0) return false;
  priceAt(Math.min(MOST, Math.max(LEAST, wanted)));
  return true;
}

export function buildPricing() {
  $("pricing").hidden = !live;
  $("pricenow").hidden = !live;
  if (!live) return;
  Object.assign(field("price"), { min: LEAST, max: MOST, step: STEP });
  write($("today"), tr("Back to {price}", { price: number(ledger.today) }));
  field("price").addEventListener("input", () => slide(Number(field("price").value)));
  field("price").addEventListener("change", remember);
  $("today").addEventListener("click", () => {
    slide(ledger.today);
    field("price").focus();
  });
}
