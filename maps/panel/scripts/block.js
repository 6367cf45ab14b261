// The places of the land out of their block, and what they score: pure functions, no document. The
// block is written by maps/land.py: deflated, whole numbers as differences from place to place.

/** @import { Land as LandPayload, LandFigure } from "./payload.js" */
/** @import { LandPlaces, Measured } from "./model.js" */
import { bytesOf } from "./bytes.js";

const UNKNOWN = 255; // of the steps of a number

/** @param {string} text base64 @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function inflated(text) {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Sums of differences, each cut to its bytes. @param {Uint8Array} bytes @param {number} count @param {number} wide */
function summed(bytes, count, wide) {
  const own = wide === 1 ? new Uint8Array(count) : new Uint16Array(count);
  let last = 0;
  for (let i = 0; i < count; i += 1) {
    last += bytes[i] + (wide === 1 ? 0 : 256 * bytes[count + i]);
    own[i] = last; // wraps as the writer's did
  }
  return own;
}

/**
 * @param {LandPayload} payload
 * @returns {Promise<Record<string, Uint8Array | Uint16Array | Float32Array>>}
 */
async function partsOf({ parts, block }) {
  const bytes = await inflated(block);
  /** @type {Record<string, Uint8Array | Uint16Array | Float32Array>} */
  const made = {};
  let at = 0;
  for (const [name, kind, count] of parts) {
    const wide = Number(kind.slice(1));
    const own = bytes.slice(at, at + wide * count);
    made[name] = kind === "f4" ? new Float32Array(own.buffer) : summed(own, count, wide);
    at += wide * count;
  }
  return made;
}

/**
 * What a figure is at each place: a line of a criterion's worth, or a column of its own.
 * @param {LandFigure} figure
 * @param {LandPlaces} land
 * @returns {Measured}
 */
function measured({ line, ...figure }, land) {
  const [base, slope] = line ?? [0, 1];
  const values = new Float32Array(land.count);
  const key = line ? figure.key : `raw:${figure.key}`;
  addUp(land, key, slope, values);
  if (base) for (let i = 0; i < values.length; i += 1) values[i] += base;
  return { ...figure, values };
}

/**
 * @param {LandPayload} payload
 * @returns {Promise<LandPlaces>}
 */
export async function openLand(payload) {
  const parts = await partsOf(payload);
  const scale = 2 ** -14; // maps/land.py: PLACE_BITS
  /** @param {string} name */
  const spots = (name) => Float32Array.from(parts[name], (whole) => (whole + 0.5) * scale);
  const areas = parts.country.length;
  const once = Object.fromEntries(
    payload.once.map((key, k) => [
      key,
      /** @type {Float32Array} */ (parts.once).subarray(k * areas, (k + 1) * areas),
    ]),
  );
  const fine = Object.fromEntries(
    Object.entries(payload.fine).map(([key, [low, step]]) => {
      const codes = /** @type {Uint8Array} */ (parts[`fine:${key}`]);
      return [key, { low, step, codes }];
    }),
  );
  /** @type {LandPlaces} */
  const land = {
    count: payload.count,
    countries: payload.countries,
    x: spots("x"),
    y: spots("y"),
    area: /** @type {Uint16Array} */ (parts.area),
    country: /** @type {Uint16Array} */ (parts.country),
    flags: /** @type {Uint8Array} */ (parts.flags),
    edge: Float32Array.from(parts.edge, (steps) => steps * payload.edge),
    turn: Float32Array.from(parts.turn, (steps) => ((steps / payload.turns) * Math.PI) / 3),
    listed: Int32Array.from(parts.listed, (row) => row - 1),
    excluded: { x: spots("barredX"), y: spots("barredY") },
    once,
    fine,
    figures: [],
  };
  land.figures = payload.figures.map((figure) => measured(figure, land));
  return land;
}

/**
 * Add a column to a sum, times a weight.
 * @param {LandPlaces} land
 * @param {string} key
 * @param {number} weight
 * @param {Float32Array} sum
 */
function addUp({ area, once, fine }, key, weight, sum) {
  const own = fine[key];
  const table = own ? new Float32Array(256) : once[key].map((worth) => worth * weight);
  if (own) {
    for (let code = 0; code < UNKNOWN; code += 1)
      table[code] = weight * (own.low + own.step * code);
    table[UNKNOWN] = NaN;
  }
  const codes = own ? own.codes : area;
  for (let i = 0; i < sum.length; i += 1) sum[i] += table[codes[i]];
}

/**
 * U of each place, as near as the steps of its numbers allow: the weighted sum of engine.js.
 * @param {LandPlaces} land
 * @param {Record<string, number>} leaves
 * @param {Float32Array} [sum] to be filled
 */
export function landScores(land, leaves, sum = new Float32Array(land.count)) {
  sum.fill(0);
  for (const [key, weight] of Object.entries(leaves)) addUp(land, key, weight, sum);
  return sum;
}

const BINS = 4096;

/**
 * The number below which each share of the numbers lies, to 1/4096 of their range.
 * @param {Float32Array} numbers
 * @param {number[]} shares ascending
 */
export function quantiles(numbers, shares) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < numbers.length; i += 1) {
    if (numbers[i] < low) low = numbers[i];
    if (numbers[i] > high) high = numbers[i];
  }
  const step = (high - low) / BINS || 1;
  const counts = new Uint32Array(BINS + 1);
  for (let i = 0; i < numbers.length; i += 1) counts[((numbers[i] - low) / step) | 0] += 1;
  let at = 0;
  let below = 0;
  return shares.map((share) => {
    while (at < BINS && below + counts[at] <= share * numbers.length) {
      below += counts[at];
      at += 1;
    }
    return low + at * step;
  });
}
