// The filter of the land: charts to stroke, ranges for the keyboard, a country, estates.

/** @import { Measure } from "./land.js" */
/** @import { Pixel } from "./model.js" */
import { countryName } from "./data.js";
import { add, button, el, option, write } from "./dom.js";
import { clearFilter, filter, filtering } from "./filter.js";
import {
  land,
  landed,
  measureNow,
  measureOf,
  passes,
  passesSite,
  SCORE,
  siftLand,
  someZone,
} from "./land.js";
import { along, chartCanvas, drawBars, drawScatter, onStroke } from "./landchart.js";
import { figureText, unitText } from "./landkey.js";
import { ngettext, pgettext, tr } from "./language.js";
import { sites } from "./rank.js";
import { sifted } from "./state.js";
import { DASH, facts, number, oddsText } from "./words.js";

const WIDE = 236;
const STEPS = 200; // of a range
const AGAINST = ["delivered_cost", "pays_from"];

const panel = el("details", "sift");
const summary = el("summary");
const bars = chartCanvas(WIDE, 52);
const scatter = chartCanvas(WIDE, 120);
const barsEnds = el("div", "ends");
const acrossEnds = el("div", "ends");
const across = el("select");
const ranges = el("div", "ranges");
const status = el("p", "status");
const country = el("select");
const estate = el("select");
const zone = el("input");
const zoneLabel = el("label", "box");
const reset = button("button", tr("Clear the filter"), () => {
  clearFilter();
  for (const one of [country, estate]) one.value = "";
  zone.checked = false;
  buildRanges();
  siftSoon();
});
/** @type {Map<string, { low: HTMLInputElement, high: HTMLInputElement, output: HTMLOutputElement }>} */
const pairs = new Map();
let waiting = 0;

/** @param {Measure} measure @param {number} value */
const textOf = ({ key, unit }, value) =>
  key === SCORE ? oddsText(value) : figureText(value, unit);
/** @param {Measure} measure @param {number} share */
const valueAt = ({ ends: [low, high] }, share) => low + share * (high - low);

/** One sift a frame, however fast the hand. */
function siftSoon() {
  if (waiting) return;
  waiting = requestAnimationFrame(() => {
    waiting = 0;
    siftLand();
    sifted.tell();
  });
}

/** @param {string} key @param {number} from @param {number} to from 0 to 1 of its axis */
function setRange(key, from, to) {
  const measure = measureOf(key);
  const [low, high] = [from, to].sort((a, b) => a - b);
  if (low <= 0 && high >= 1) filter.ranges.delete(key);
  else filter.ranges.set(key, [valueAt(measure, low), valueAt(measure, high)]);
  dressPair(key);
  siftSoon();
}

/** @param {string} key */
function dressPair(key) {
  const pair = pairs.get(key);
  if (!pair) return;
  const measure = measureOf(key);
  const range = filter.ranges.get(key) ?? measure.ends;
  [pair.low, pair.high].forEach((input, k) => {
    input.value = String(Math.round(STEPS * along(measure, range[k])));
    input.setAttribute("aria-valuetext", textOf(measure, range[k]));
  });
  const words = range.map((one) => textOf(measure, one)).join(` ${DASH} `);
  write(
    pair.output,
    filter.ranges.has(key) ? `${words} ${unitText(measure.unit)}` : pgettext("range", "any"),
  );
}

/** @param {string} key */
function pairOf(key) {
  const measure = measureOf(key);
  const box = el("fieldset");
  const output = el("output");
  const title = key === SCORE ? tr("Odds against the median place") : tr(measure.name);
  /** @param {string} label @param {number} start */
  const input = (label, start) => {
    const node = el("input");
    Object.assign(node, { type: "range", min: 0, max: STEPS, step: 1, value: start });
    node.setAttribute("aria-label", label);
    node.addEventListener("input", () => {
      const { low, high } = /** @type {NonNullable<ReturnType<typeof pairs.get>>} */ (
        pairs.get(key)
      );
      const other = node === low ? high : low;
      const stop = node === low ? Math.min : Math.max; // the ends do not cross
      node.value = String(stop(Number(node.value), Number(other.value)));
      setRange(key, Number(low.value) / STEPS, Number(high.value) / STEPS);
    });
    return node;
  };
  const pair = {
    low: input(tr("Least: {figure}", { figure: title }), 0),
    high: input(tr("Most: {figure}", { figure: title }), STEPS),
    output,
  };
  pairs.set(key, pair);
  add(box, add(el("legend"), title, " ", output), pair.low, pair.high);
  return box;
}

/** A pair of ranges for each figure that a chart shows, or that holds something back. */
function buildRanges() {
  pairs.clear();
  const keys = new Set([measureNow.key, across.value, SCORE, ...filter.ranges.keys()]);
  ranges.replaceChildren(...[...keys].map(pairOf));
  for (const key of keys) dressPair(key);
}

/** @param {Element} node @param {Measure} measure */
function dressEnds(node, measure) {
  const words =
    measure.key === SCORE
      ? [tr("worse"), tr("median place"), tr("better")]
      : measure.ends.map((one) => figureText(one, measure.unit));
  if (words.length === 2) words.splice(1, 0, unitText(measure.unit));
  node.replaceChildren(...words.map((word) => el("span", "", word)));
}

function drawCharts() {
  const measure = measureOf(measureNow.key);
  const [x, y] = [measureOf(across.value), measureOf(SCORE)];
  dressEnds(barsEnds, measure);
  dressEnds(acrossEnds, x);
  drawBars(bars, measure);
  drawScatter(scatter, x, y, listedDots(x, y));
  const name = measure.key === SCORE ? tr("odds against the median place") : tr(measure.name);
  bars.canvas.setAttribute(
    "aria-label",
    tr("Places by {figure}; {status}", { figure: name, status: status.textContent ?? "" }),
  );
  scatter.canvas.setAttribute(
    "aria-label",
    tr("Odds against the median place, upwards, by {figure}; circles are zones of the list", {
      figure: tr(x.name),
    }),
  );
}

/** Zones of the list that pass, on the axes of the scatter. @param {Measure} x @param {Measure} y */
function listedDots(x, y) {
  /** @type {Pixel[]} */
  const dots = [];
  for (const site of sites.slice(0, 25)) {
    const row = land?.listed[site.index] ?? -1;
    if (row < 0 || !passesSite(site)) continue;
    dots.push({ x: along(x, x.values[row]), y: along(y, y.values[row]) });
  }
  return dots;
}

/** Say and draw what passes. */
export function drawSift() {
  if (!land) return;
  const kept = passes.reduce((sum, one) => sum + one, 0);
  const zones = sites.filter(passesSite).length;
  const places = { n: number(land.count), kept: number(kept) };
  const words = filtering()
    ? facts(
        ngettext("{kept} of {n} place", "{kept} of {n} places", land.count, places),
        ngettext("{kept} of {n} zone", "{kept} of {n} zones", sites.length, {
          kept: number(zones),
          n: number(sites.length),
        }),
      )
    : ngettext("all {n} place", "all {n} places", land.count, places);
  write(summary, tr("Filter: {words}", { words }));
  write(status, filtering() ? tr("{words} pass; the others are faded.", { words }) : "");
  reset.disabled = !filtering();
  if (panel.open) drawCharts();
}

/** The land has another colour: other charts. */
export function rebuildSift() {
  if (!land) return;
  buildRanges();
  drawSift();
}

function fillChoices() {
  if (!land) return;
  const named = land.countries
    .map((code) => /** @type {const} */ ([code, countryName(code)]))
    .sort((a, b) => (a[1] < b[1] ? -1 : 1));
  add(country, option("", tr("Every country")), ...named.map(([code, name]) => option(code, name)));
  add(
    estate,
    option("", tr("With or without an estate")),
    option("known", tr("An estate is known within 50 km")),
    option("none", tr("No estate is known near")),
  );
  for (const key of AGAINST) {
    add(across, option(key, tr("Odds by {figure}", { figure: tr(measureOf(key).name) })));
  }
  country.setAttribute("aria-label", tr("Country"));
  estate.setAttribute("aria-label", tr("Estates"));
  across.setAttribute("aria-label", tr("What the odds are drawn against"));
}

function listen() {
  country.addEventListener("change", () => {
    filter.country = country.value;
    siftSoon();
  });
  estate.addEventListener("change", () => {
    filter.estate = estate.value;
    siftSoon();
  });
  zone.addEventListener("change", () => {
    filter.zone = zone.checked;
    siftSoon();
  });
  across.addEventListener("change", rebuildSift);
  panel.addEventListener("toggle", drawSift);
  /** @param {string} key */
  const cleared = (key) => setRange(key, 0, 1);
  onStroke(
    bars,
    (from, to) => setRange(measureNow.key, from.x, to.x),
    () => cleared(measureNow.key),
  );
  onStroke(
    scatter,
    (from, to) => {
      setRange(across.value, from.x, to.x);
      setRange(SCORE, from.y, to.y);
    },
    () => {
      cleared(across.value);
      cleared(SCORE);
    },
  );
}

/** Once the places are there. */
export function buildSift() {
  fillChoices();
  listen();
  zone.type = "checkbox";
  add(zoneLabel, zone, tr("In or near a free or special economic zone"));
  zoneLabel.hidden = !someZone();
  status.setAttribute("aria-live", "polite");
  add(panel, summary, el("p", "hint", tr("Draw across a chart to keep what lies there.")));
  add(panel, bars.canvas, barsEnds, across, scatter.canvas, acrossEnds);
  add(panel, el("p", "hint", tr("Upwards: better odds. Circles: the zones of the list.")), ranges);
  add(panel, country, estate, zoneLabel, add(el("div", "last"), status, reset));
  rebuildSift();
}

/** Stands in the legend under the colours of the land. */
export const siftPanel = () => (landed && land ? panel : null);
