// All places of the study: what each scores under the weights in force, which figure colours the
// land, and which of them pass the filter. No document here.

/** @import { Live } from "./payload.js" */
/** @import { LandPlaces, Site } from "./model.js" */
import { landScores, openLand, quantiles } from "./block.js";
import { board, data } from "./data.js";
import { filter, filtering } from "./filter.js";
import { tr } from "./language.js";
import { turn } from "./rank.js";

/**
 * @typedef {object} Measure what can colour the land
 * @property {string} key
 * @property {string} name
 * @property {string} unit
 * @property {boolean} lowIsGood
 * @property {[number, number]} ends of its axis
 * @property {Float32Array} values
 */

/**
 * @typedef {object} Scored places and what they score under a setting
 * @property {LandPlaces} places
 * @property {Float32Array} odds
 * @property {number[]} steps at which the classes begin
 */

const NEAR = 1; // flags of a place, see maps/land.py
const ZONE = 2;
const FAR = Math.log(1e4); // odds at the ends of their axis
export const SCORE = "score";
/** Whether the land can be coloured by its places. */
export const landed = data.land !== null;
/** What the legend offers, known before the block is open. */
export const FIGURES = landed && data.land ? data.land.figures : [];
export const CLOSED = landed && data.land ? data.land.closed : [];

/** Null until the block is open. @type {LandPlaces | null} */
export let land = null;
/** Logarithm of the odds against the median place. */
let odds = new Float32Array(0);
/** Those of the scores at which the classes begin. @type {number[]} */
export let steps = [];
/** 1 where a place passes the filter. */
export let passes = new Uint8Array(0);
export const measureNow = { key: SCORE };
/** Two settings over the map: what the land shows left and right of a line across it. @type {{ sides: [Scored, Scored] | null, at: number }} */
export const swiped = { sides: null, at: 0.5 };

export async function fetchLand() {
  if (!landed || !data.land) return;
  land = await openLand(data.land);
  odds = new Float32Array(land.count);
  passes = new Uint8Array(land.count);
  scoreLand();
}

/** @param {string} key @returns {Measure} */
export function measureOf(key) {
  const figure = land?.figures.find((one) => one.key === key);
  if (figure) return figure;
  const own = { key: SCORE, name: tr("Score"), unit: "", lowIsGood: false };
  return { ...own, ends: [-FAR, FAR], values: odds };
}

/**
 * What places score by weights; the median place is that of the list.
 * @param {LandPlaces} places
 * @param {Live} by
 * @param {Record<string, number>} leaves
 * @param {Float32Array} [sum] to be filled
 * @returns {Scored}
 */
export function scored(places, by, leaves, sum = new Float32Array(places.count)) {
  const { odds: scale } = by.constants;
  const scaled = Object.fromEntries(Object.entries(leaves).map(([key, w]) => [key, w * scale]));
  landScores(places, scaled, sum);
  const middle = by.criteria.reduce((all, one) => all + (scaled[one.key] || 0) * one.median, 0);
  for (let i = 0; i < sum.length; i += 1) sum[i] -= middle;
  return { places, odds: sum, steps: quantiles(sum, data.palette.landShares.slice(1)) };
}

/** Score all places anew. */
export function scoreLand() {
  if (!land) return;
  ({ steps } = scored(land, board, turn.found.leaves, odds));
  siftLand();
}

/** Keep what lies within the range of a measure. @param {string} key @param {[number, number]} range */
function siftBy(key, [low, high]) {
  const { values, ends } = measureOf(key);
  const [least, most] = [low <= ends[0] ? -Infinity : low, high >= ends[1] ? Infinity : high];
  for (let i = 0; i < passes.length; i += 1) {
    if (!(values[i] >= least && values[i] <= most)) passes[i] = 0;
  }
}

/** Say of each place whether it passes. */
export function siftLand() {
  if (!land) return;
  const { area, country, countries, flags } = land;
  passes.fill(1);
  if (!filtering()) return;
  for (const [key, range] of filter.ranges) siftBy(key, range);
  const wanted = countries.indexOf(filter.country);
  for (let i = 0; i < passes.length; i += 1) {
    const near = (flags[i] & NEAR) > 0;
    const out =
      (filter.country && country[area[i]] !== wanted) ||
      (filter.estate && near !== (filter.estate === "known")) ||
      (filter.zone && !(flags[i] & ZONE));
    if (out) passes[i] = 0;
  }
}

/** Whether a site passes; what is not among the places does. @param {Site} site */
export function passesSite(site) {
  const row = land && filtering() ? (land.listed[site.index] ?? -1) : -1;
  return row < 0 || passes[row] === 1;
}

/** The share of the places with lower odds. @param {number} one */
export const shareBelow = (one) =>
  odds.reduce((sum, other) => sum + Number(other < one), 0) / Math.max(odds.length, 1);

/** Whether some place is in a free zone, so that it can be asked for. */
export const someZone = () => land?.flags.some((flag) => flag & ZONE) ?? false;

/** The class of each number, from the worst: -1 where it is unknown. @param {Measure} measure @param {number} classes */
export function classifier({ key, lowIsGood }, classes, own = steps) {
  const breaks = key === SCORE ? own : (FIGURES.find((one) => one.key === key)?.breaks ?? []);
  /** @param {number} value */
  return (value) => {
    if (Number.isNaN(value)) return -1;
    let at = 0;
    while (at < breaks.length && value >= breaks[at]) at += 1;
    return lowIsGood ? classes - 1 - at : classes - 1 - breaks.length + at;
  };
}
