// The planner's own formula on the page's places: pure functions of typed arrays, no document.
// Each follows its namesake in Python step by step (siting/model/scoring.py, zones.py,
// siting/study/weights.py); what is compared is rounded as there.

/** @import { Live, Weights } from "./payload.js" */
/** @import { Bench, Found, Geography, Setting, Zones } from "./model.js" */
import { bytesOf } from "./bytes.js";

/** @typedef {ArrayLike<number>} Numbers */

export const DIGITS = 1e12; // what is nearer than its inverse is equal

/**
 * @template Kind
 * @param {string} text base64
 * @param {new (buffer: ArrayBuffer) => Kind} Kind
 */
export function decoded(text, Kind) {
  return new Kind(bytesOf(text).buffer); // little-endian, like every machine that runs a browser
}

/**
 * The places as columns; row k of a table of the payload becomes a view of its own.
 * @param {Live} live
 * @returns {Bench}
 */
export function openBench(live) {
  const { bench } = live;
  const count = live.places.site_id.length;
  /**
   * @template {{ subarray(from: number, to: number): Kind }} Kind
   * @param {Kind} whole
   * @param {string[]} keys
   */
  const columns = (whole, keys) =>
    Object.fromEntries(keys.map((key, k) => [key, whole.subarray(k * count, (k + 1) * count)]));
  const criteria = live.criteria.map(({ key }) => key);
  const bits = decoded(bench.imputed, Uint8Array);
  const places = {
    count,
    lat: decoded(bench.lat, Float64Array),
    lon: decoded(bench.lon, Float64Array),
    country: live.places.country,
  };
  const estate = decoded(bench.estate, Uint8Array);
  const { earth_km: earth } = live.constants;
  return {
    ...places,
    ...live.constants,
    criteria,
    estate,
    // the estates that each place lies near
    known: neighbours(places, live.constants.scouted_km, earth).map((near) =>
      near.filter((i) => estate[i]),
    ),
    crowd: decoded(bench.crowd, Int32Array),
    weight: decoded(bench.weight, Float64Array), // how many candidates a place stands for
    pays_from: decoded(bench.pays_from, Float32Array),
    values: columns(decoded(bench.values, Float64Array), criteria),
    raw: columns(decoded(bench.raw, Float32Array), criteria),
    imputed: (at, i) => Boolean((bits[(at * count + i) >> 3] >> (7 - ((at * count + i) & 7))) & 1),
    near: neighbours(places, live.constants.extent_km / 2, earth),
  };
}

/** @param {number[]} numbers */
export const sumOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

// ---- the score ----

/**
 * Criterion -> weight, its own times its pillar's, scaled to `total`; nothing at zero.
 * @param {Weights} tree
 * @param {number} total
 */
export function leafWeights(tree, total) {
  /** @type {Record<string, number>} */
  const leaves = {};
  for (const { weight, criteria } of Object.values(tree)) {
    for (const [key, own] of Object.entries(criteria))
      if (weight * own > 0) leaves[key] = weight * own;
  }
  const whole = sumOf(Object.values(leaves));
  for (const key of Object.keys(leaves)) leaves[key] = (total * leaves[key]) / whole;
  return leaves;
}

/**
 * U: the weighted sum, criteria in the order of their names; an unknown is refused, as there.
 * @param {Record<string, Numbers>} values
 * @param {Record<string, number>} weights
 * @param {number} count
 */
export function utility(values, weights, count) {
  const sum = new Float64Array(count);
  for (const key of Object.keys(weights).sort()) {
    const weight = weights[key];
    const value = values[key];
    for (let i = 0; i < count; i += 1) sum[i] += value[i] * weight;
  }
  if (!sum.every(Number.isFinite))
    throw new RangeError("values must be finite; impute what is unknown first");
  return sum;
}

/**
 * P of each place, `weight` times over where it stands for several; they sum to 1.
 * @param {Numbers} scores
 * @param {number} odds
 * @param {Numbers} [weight]
 */
export function chance(scores, odds, weight) {
  let most = -Infinity;
  let whole = 0;
  for (let i = 0; i < scores.length; i += 1) if (scores[i] > most) most = scores[i];
  const p = new Float64Array(scores.length);
  for (let i = 0; i < p.length; i += 1) {
    p[i] = Math.exp(odds * (scores[i] - most)) * (weight ? weight[i] : 1);
    whole += p[i];
  }
  for (let i = 0; i < p.length; i += 1) p[i] /= whole;
  return p;
}

/** Halves to the even neighbour, as numpy rounds. @param {number} number */
function evenRound(number) {
  const low = Math.floor(number);
  const rest = number - low;
  return rest === 0.5 ? low + Math.abs(low % 2) : Math.round(number);
}
/** @param {number} number */
export const rounded12 = (number) => evenRound(number * DIGITS) / DIGITS;

/**
 * Positions from best to worst; equal scores in the order of the places, which Python sorted.
 * @param {Numbers} scores
 */
export function rankOrder(scores) {
  const key = Float64Array.from(scores, rounded12);
  return Uint32Array.from(key.keys()).sort((a, b) => key[b] - key[a] || a - b);
}

// ---- zones ----

/**
 * For each place those of its country within reach, itself too, ascending: rows of a sparse matrix.
 * @param {Geography} places
 * @param {number} km
 * @param {number} earth
 */
function neighbours({ count, lat, lon, country }, km, earth) {
  const turn = Math.PI / 180;
  const chord = 2 * Math.sin(Math.min(km / earth, Math.PI) / 2);
  /** @type {Map<string, number[]>} */
  const own = new Map();
  const x = lat.map((a, i) => Math.cos(a * turn) * Math.cos(lon[i] * turn));
  const y = lat.map((a, i) => Math.cos(a * turn) * Math.sin(lon[i] * turn));
  const z = lat.map((a) => Math.sin(a * turn));
  country.forEach((code, i) => {
    own
      .set(code, own.get(code) ?? [])
      .get(code)
      ?.push(i);
  });
  return Array.from({ length: count }, (_, i) =>
    Int32Array.from(
      (own.get(country[i]) ?? []).filter(
        (j) =>
          j === i || (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 + (z[i] - z[j]) ** 2 <= chord ** 2,
      ),
    ),
  );
}

/**
 * @param {Pick<Bench, "lat" | "lon" | "earth_km">} places
 * @param {number} i
 * @param {number} j
 */
export function distanceKm({ lat, lon, earth_km: earth }, i, j) {
  const turn = Math.PI / 180;
  const [a, b] = [lat[i] * turn, lat[j] * turn];
  const across = Math.cos(a) * Math.cos(b) * Math.sin(((lon[j] - lon[i]) * turn) / 2) ** 2;
  return 2 * earth * Math.asin(Math.sqrt(Math.min(1, Math.sin((b - a) / 2) ** 2 + across)));
}

/**
 * How much each place has around it.
 * @param {Int32Array[]} near
 * @param {Float64Array} weight
 */
function surroundings(near, weight) {
  return Float64Array.from(near, (own) => {
    let sum = 0;
    for (let k = 0; k < own.length; k += 1) sum += weight[own[k]];
    return sum;
  });
}

/** The first of the largest, compared as rounded. @param {Float64Array} sums */
function heaviest(sums) {
  let centre = 0;
  let most = -Infinity;
  for (let i = 0; i < sums.length; i += 1) {
    if (sums[i] <= most) continue; // a sum no larger rounds to no more
    const one = rounded12(sums[i]);
    if (one > most) {
      most = one;
      centre = i;
    }
  }
  return centre;
}

/**
 * Take the place whose free surroundings weigh most, with all of them; again and again.
 * @param {Bench} bench
 * @param {Float64Array} weight
 */
function greedy({ count, near, zones }, weight) {
  const left = weight.slice();
  const caught = surroundings(near, left);
  const lost = new Float64Array(count);
  /** @type {{ centre: number, own: Int32Array }[]} */
  const members = [];
  while (members.length < zones && left.some((one) => one !== 0)) {
    const centre = heaviest(caught);
    const taken = near[centre].filter((j) => left[j] > 0);
    if (!taken.length) break;
    members.push({ centre, own: taken });
    for (const j of taken) {
      const own = near[j];
      for (let k = 0; k < own.length; k += 1) lost[own[k]] += left[j];
    }
    for (let i = 0; i < count; i += 1) caught[i] -= lost[i];
    lost.fill(0);
    for (const j of taken) left[j] = 0;
  }
  return members;
}

/**
 * What stands for each zone, and their order: scouted first, then by share. A zone is scouted where
 * an estate lies near its centre or its likeliest place, be it of the zone next to it. A zone that is
 * one place has the share of that place, not of those that it stands for.
 * @param {Bench} bench
 * @param {Numbers} scores
 * @param {Numbers} p
 * @returns {Zones}
 */
export function sitingZones(bench, scores, p) {
  const { count, weight, crowd, odds } = bench;
  const key = Float64Array.from(scores, rounded12);
  /** @param {Int32Array | number[]} some */
  const best = (some) => {
    let first = some[0];
    for (const i of some) if (key[i] > key[first]) first = i;
    return first;
  };
  /** @param {Int32Array} some */
  const sum = (some) => some.reduce((whole, i) => whole + p[i], 0);
  let top = -Infinity;
  for (let i = 0; i < scores.length; i += 1) top = Math.max(top, scores[i]);
  const members =
    bench.extent_km > 0
      ? greedy(
          bench,
          Float64Array.from(
            scores,
            (one, i) => (weight[i] * Math.exp(odds * (one - top))) / crowd[i],
          ),
        )
      : Array.from(rankOrder(scores))
          .sort((a, b) => bench.estate[b] - bench.estate[a])
          .slice(0, bench.zones)
          .map((i) => ({ centre: i, own: Int32Array.of(i) }));
  const inside = new Int32Array(count);
  members.forEach(({ own }, at) => {
    for (const i of own) inside[i] = at + 1;
  });
  const zones = members.map(({ centre, own }, at) => {
    const likeliest = best(own);
    const known = [...bench.known[centre], ...bench.known[likeliest]];
    const near = known.filter((i) => inside[i] === at + 1).sort((a, b) => a - b);
    return {
      own,
      head: near.length ? best(near) : likeliest,
      scouted: known.length > 0,
      share: bench.extent_km > 0 ? sum(own) : p[centre] / (weight ? weight[centre] : 1),
    };
  });
  zones.sort(
    (a, b) =>
      Number(b.scouted) - Number(a.scouted) ||
      rounded12(b.share) - rounded12(a.share) ||
      a.head - b.head,
  );
  const zone = new Int32Array(count);
  zones.forEach(({ own }, at) => {
    for (const i of own) zone[i] = at + 1;
  });
  return {
    zone,
    zones,
    heads: zones.map(({ head }) => head),
    share: zones.map(({ share }) => share),
    scouted: zones.map(({ scouted }) => scouted),
  };
}

/**
 * Everything that a setting says of the places.
 * @param {Bench} bench
 * @param {Setting} setting
 * @returns {Found}
 */
export function evaluate(bench, setting) {
  const leaves = leafWeights(setting.weights, bench.total);
  const score = utility(bench.values, leaves, bench.count);
  const p = chance(score, bench.odds, bench.weight);
  const order = rankOrder(score);
  const rank = new Uint32Array(bench.count);
  const below = new Float64Array(bench.count);
  /** @type {Map<string, number>} */
  const countries = new Map();
  let passed = 0;
  order.forEach((i, at) => {
    rank[i] = at + 1;
  });
  Array.from(order)
    .reverse()
    .forEach((i) => {
      below[i] = passed;
      passed += bench.weight[i];
    });
  bench.country.forEach((code, i) => {
    countries.set(code, (countries.get(code) || 0) + p[i]);
  });
  const percentile = below.map((one) => Math.min(1, one / Math.max(passed - 1, 1)));
  return {
    setting,
    leaves,
    score,
    p,
    order,
    rank,
    percentile,
    countries,
    ...sitingZones(bench, score, p),
  };
}

/**
 * P of what a place stands for: its zone, or where it is in none, the free places around it.
 * @param {Bench} bench
 * @param {Found} found
 * @param {number} i
 */
export function shareAt(bench, found, i) {
  if (found.zone[i]) return found.share[found.zone[i] - 1];
  return bench.near[i].reduce((sum, j) => sum + (found.zone[j] ? 0 : found.p[j]), 0);
}
