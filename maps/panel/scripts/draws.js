// How sure the order is when the weights are: drawn anew around the chosen ones, always from the
// same random numbers, so that no chance flickers while a slider moves. Pure, like the engine.

/** @import { Bench, Chances, Found } from "./model.js" */
const DRAWS = 300;
const REST = 60; // places that stand for all outside the zones
const LOW = 0.05;
const HIGH = 0.95; // ends of the band
const SEED = 20261122;

/** mulberry32 (T. Ettinger, public domain). @param {number} seed */
function randomFrom(seed) {
  let s = seed;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One standard normal number and the logarithm of a uniform one for every draw and weight. @param {number} size */
function randomNumbers(size) {
  const random = randomFrom(SEED);
  const normal = new Float64Array(size);
  const log = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    normal[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    log[k] = Math.log(1 - random());
  }
  return { normal, log };
}

/**
 * A gamma variable as a smooth function of its shape: Wilson and Hilferty (1931) for shape + 1,
 * then U^(1/shape), which brings it down to the shape exactly (Stuart 1962).
 * @param {number} shape
 * @param {number} normal
 * @param {number} log
 */
function gamma(shape, normal, log) {
  const a = shape + 1;
  const root = Math.max(1 - 1 / (9 * a) + normal / (3 * Math.sqrt(a)), 1e-9);
  return a * root * root * root * Math.exp(log / shape);
}

/**
 * Places in no zone at equal steps of cumulated probability; one may stand for several steps.
 * @param {Found} found
 */
function restOf(found) {
  const outside = Array.from(found.order).filter((i) => !found.zone[i]);
  const whole = outside.reduce((sum, i) => sum + found.p[i], 0);
  /** @type {number[]} */
  const chosen = [];
  let passed = 0;
  outside.forEach((i) => {
    passed += found.p[i];
    while (chosen.length < REST && passed * REST >= (chosen.length + 0.5) * whole) chosen.push(i);
  });
  return { places: chosen, share: chosen.length ? whole / chosen.length : 0 };
}

/** As numpy: linear between neighbours. @param {Float64Array} sorted @param {number} q */
const quantile = (sorted, q) => {
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const next = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[next] - sorted[low]);
};

/**
 * Weights of zones and rest in a draw, scaled to the largest; returns their sum.
 * @param {Float64Array} sum
 * @param {Float64Array} start
 * @param {{ value: Float64Array }[]} leaves
 * @param {Float64Array} drawn
 */
function weighed(sum, start, leaves, drawn) {
  const whole = drawn.reduce((all, one) => all + one, 0);
  const { length } = sum;
  let most = -Infinity;
  let all = 0;
  sum.set(start);
  for (let k = 0; k < leaves.length; k += 1) {
    const { value } = leaves[k];
    const weight = drawn[k] / whole;
    for (let h = 0; h < length; h += 1) sum[h] += weight * value[h];
  }
  for (let h = 0; h < length; h += 1) if (sum[h] > most) most = sum[h];
  for (let h = 0; h < length; h += 1) {
    const one = Math.exp(sum[h] - most);
    sum[h] = one;
    all += one;
  }
  return all;
}

/**
 * The first few of n into `best`, by insertion: scouted zones first, then by weight; equal ones stay
 * in the order of the zones.
 * @param {Float64Array} sum
 * @param {boolean[]} scouted
 * @param {Int32Array} best
 */
function firstFew(sum, scouted, best) {
  /** @param {number} h */
  const at = (h) => sum[h] + (scouted[h] ? 2 : 0);
  const n = scouted.length; // weights are at most 1
  let count = 0;
  for (let h = 0; h < n; h += 1) {
    const own = at(h);
    if (count === best.length && own <= at(best[count - 1])) continue;
    if (count < best.length) count += 1;
    let k = count - 1;
    for (; k > 0 && own > at(best[k - 1]); k -= 1) best[k] = best[k - 1];
    best[k] = h;
  }
}

/**
 * Share of the same draws in which what a place stands for has the larger share than what another
 * stands for; a draw in which they are level counts half.
 * @param {Bench} bench
 * @param {Found} found
 * @param {{ i: number, share: number }} a
 * @param {{ i: number, share: number }} b
 */
export function aheadOf(bench, found, a, b) {
  const width = bench.criteria.length;
  if (!bench.random) bench.random = randomNumbers(DRAWS * width);
  const { normal, log } = bench.random;
  const { odds, total, concentration } = bench;
  /** @param {{ i: number, share: number }} one */
  const startOf = ({ i, share }) => Math.log(Math.max(share, 1e-300)) - odds * found.score[i];
  const start = startOf(a) - startOf(b);
  const leaves = Object.entries(found.leaves).map(([key, weight]) => ({
    shape: (concentration * weight) / total,
    slot: bench.criteria.indexOf(key),
    lead: odds * total * (bench.values[key][a.i] - bench.values[key][b.i]),
  }));
  let ahead = 0;
  for (let d = 0; d < DRAWS; d += 1) {
    let whole = 0;
    let lead = 0;
    for (const { shape, slot, lead: own } of leaves) {
      const weight = gamma(shape, normal[d * width + slot], log[d * width + slot]);
      whole += weight;
      lead += weight * own;
    }
    const gap = start + (whole > 0 ? lead / whole : 0);
    ahead += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
  }
  return ahead / DRAWS;
}

/**
 * Share of the draws in which each zone is first, and among the first ten, and of so many the band
 * of the share. A zone moves as what stands for it: exp(k U) of that, times what the zone weighs
 * against it. Weights: Dirichlet(concentration x chosen), as siting/confidence draws them.
 * @param {Bench} bench
 * @param {Found} found
 * @param {number} banded
 * @param {number} [first]
 * @returns {Chances}
 */
export function chances(bench, found, banded, first = 10) {
  const rest = restOf(found);
  const n = found.heads.length;
  const places = [...found.heads, ...rest.places];
  const width = bench.criteria.length;
  if (!bench.random) bench.random = randomNumbers(DRAWS * width);
  const { normal, log } = bench.random;
  const { odds, total, concentration } = bench;
  const start = Float64Array.from(
    places,
    (i, h) =>
      Math.log(Math.max(h < n ? found.share[h] : rest.share, 1e-300)) - odds * found.score[i],
  );
  const leaves = Object.entries(found.leaves).map(([key, weight]) => ({
    shape: (concentration * weight) / total,
    slot: bench.criteria.indexOf(key),
    value: Float64Array.from(places, (i) => odds * total * bench.values[key][i]),
  }));
  const once = new Float64Array(n);
  const ten = new Float64Array(n);
  const sum = new Float64Array(places.length);
  const drawn = new Float64Array(leaves.length);
  const share = Array.from({ length: Math.min(n, banded) }, () => new Float64Array(DRAWS));
  const best = new Int32Array(Math.min(first, n));
  for (let d = 0; d < DRAWS; d += 1) {
    leaves.forEach(({ shape, slot }, k) => {
      drawn[k] = gamma(shape, normal[d * width + slot], log[d * width + slot]);
    });
    const all = weighed(sum, start, leaves, drawn);
    for (let h = 0; h < share.length; h += 1) share[h][d] = sum[h] / all;
    firstFew(sum, found.scouted, best);
    best.forEach((h) => {
      ten[h] += 1 / DRAWS;
    });
    if (n) once[best[0]] += 1 / DRAWS;
  }
  const bands = share.map((one) => {
    const sorted = one.sort();
    return [quantile(sorted, LOW), quantile(sorted, HIGH)];
  });
  return {
    heads: found.heads,
    first: once,
    ten,
    low: bands.map(([low]) => low),
    high: bands.map(([, high]) => high),
  };
}
