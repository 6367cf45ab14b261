// Pills: one for the sites of a country that lie too close for numbers, and one for a country that
// the law closes, because a board asks for it first.

/** @import { Layer } from "./map.js" */
/** @import { Row, Site } from "./model.js" */
import { FIRST, rowsOf, tables, where } from "./data.js";
import { add, el, tip, write } from "./dom.js";
import { lands, shownLand } from "./gazetteer.js";
import { ngettext, tr } from "./language.js";
import { badgeMarker, groupOf, moveMarker, setIn, stackMarker } from "./map.js";
import { gigafactories } from "./points.js";
import { sites } from "./rank.js";
import { askedLand } from "./state.js";
import { viewSites } from "./views.js";
import { DOT, number, percent, place } from "./words.js";

/**
 * @typedef {object} Pill
 * @property {HTMLElement} box
 * @property {HTMLElement} head
 * @property {HTMLElement} line
 * @property {Layer} marker
 * @property {() => HTMLElement} tip
 * @property {() => void} act
 * @property {[string, string][]} words of each form
 */

const FONT = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
const PAD = 18;
const TOLD = 6; // sites that a tooltip names
export const pillLayer = groupOf();
const pen = /** @type {CanvasRenderingContext2D} */ (
  document.createElement("canvas").getContext("2d")
);

/** @param {string} text @param {string} font */
function widthOf(text, font) {
  pen.font = `${font} ${FONT}`;
  return pen.measureText(text).width;
}

/** What a form measures: one line or two. @param {[string, string]} words @returns {[number, number]} */
const sizeOf = ([head, line]) => [
  Math.max(widthOf(head, "650 12px"), widthOf(line, "11px")) + PAD,
  line ? 34 : 22,
];

/** @returns {Pill} */
function makePill() {
  const box = el("div", "pill-mark");
  const head = el("b");
  const line = el("span");
  add(box, head, " ", line);
  const marker = badgeMarker(
    add(el("div", "stand"), box),
    () => pill.tip(),
    () => pill.act(),
  );
  /** @type {Pill} */
  const pill = { box, head, line, marker, tip: () => el("div"), act: () => {}, words: [] };
  return pill;
}

/** @type {Pill[]} */
const pool = [];

/** As many pills as are wanted; the others leave the map. @param {number} count */
export function pillsFor(count) {
  while (pool.length < count) pool.push(makePill());
  pool.forEach((pill, at) => {
    setIn(pillLayer, pill.marker, at < count);
  });
  return pool.slice(0, count);
}

/** @param {Pill} pill @param {Row} at @param {string} look @param {number} z */
function dress(pill, at, look, z) {
  moveMarker(pill.marker, where(at));
  stackMarker(pill.marker, z);
  pill.box.className = `pill-mark${look}`;
}

/**
 * "Indonesia 6 zones, best rank 1"; of how many, where some lie apart.
 * @param {Pill} pill
 * @param {Site[]} own by rank
 * @param {number} all of the country
 * @param {Site} at where it stands
 */
export function dressCountry(pill, own, all, at) {
  const [best] = own;
  const name = shownLand(best.country);
  const n = own.length;
  const many =
    n < all
      ? tr("{n} of {all} zones", { n, all })
      : ngettext("{n} zone", "{n} zones", n, { n: number(n) });
  pill.words = [
    [name, tr("{zones}, best rank {rank}", { zones: many, rank: place(best) })],
    [`${name} ${DOT} ${n}`, ""],
    [`${best.country} ${DOT} ${n}`, ""],
  ];
  pill.tip = () =>
    tip(tr("{country}: {zones}", { country: name, zones: many }), [
      ...own.slice(0, TOLD).map((site) =>
        tr("{rank}  {name}, {share}", {
          rank: place(site),
          name: site.name,
          share: percent(site.share),
        }),
      ),
      n > TOLD ? tr("and {n} more", { n: number(n - TOLD) }) : null,
    ]);
  pill.act = () => viewSites(own);
  dress(pill, at, Number(best.at) >= FIRST ? " lower" : "", 900 - Number(best.rank));
  return pill.words.map(sizeOf);
}

// ---- countries that the law closes, or all but closes ----

const LEAST_ENTRY = 0.1;
const SHUT_ZOOM = 6; // from which they would only be in the way
const MOST_SHUT = 4;
/** @typedef {Row & { country: string, entry: number, demand: number }} Shut */

/** Where this investor hardly gets in, the largest demand first. @type {Shut[]} */
const shut = (() => {
  /** @type {Map<string, number>} */
  const demand = new Map();
  for (const { country: code, anode_kt: kt } of gigafactories) {
    demand.set(code, (demand.get(code) ?? 0) + (kt ?? 0));
  }
  const at = new Map(lands().map((land) => [land.country, land]));
  return rowsOf(tables.policy_countries)
    .flatMap(({ country: code, entry }) => {
      const land = at.get(code);
      if (!land || entry === null || entry > LEAST_ENTRY) return [];
      return [{ ...land, entry, demand: demand.get(code) ?? 0 }];
    })
    .sort((a, b) => b.demand - a.demand);
})();

/** Those of a view that hold no ranked site, few of them. @param {(row: Row) => boolean} inView @param {number} zoom */
export function shutIn(inView, zoom) {
  if (zoom >= SHUT_ZOOM) return [];
  const listed = new Set(sites.map((site) => site.country));
  return shut.filter((row) => !listed.has(row.country) && inView(row)).slice(0, MOST_SHUT);
}

/** @param {Pill} pill @param {Shut} row */
export function dressShut(pill, row) {
  const words = row.entry
    ? tr("law: {share} chance of entry", { share: percent(row.entry) })
    : tr("closed by law");
  const name = shownLand(row.country);
  pill.words = [[name, words]];
  pill.tip = () => tip(name, [tr("{law} for this investor", { law: words })]);
  pill.act = () => askedLand.tell(row.country);
  dress(pill, row, " shut", 100);
  return pill.words.map(sizeOf);
}

/** Put a pill beside its place in one of its forms. @param {Pill} pill @param {{ dx: number, dy: number, form: number } | null} stand */
export function standPill(pill, stand) {
  pill.box.hidden = !stand;
  if (!stand) return;
  const [head, line] = pill.words[stand.form];
  write(pill.head, head);
  write(pill.line, line);
  pill.box.style.left = `${stand.dx.toFixed(1)}px`;
  pill.box.style.top = `${stand.dy.toFixed(1)}px`;
}
