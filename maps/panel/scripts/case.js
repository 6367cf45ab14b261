// What would make a place first: each change alone, all else as it is, in closed form. To pass, its
// odds must grow by as much as the first zone's share exceeds its own; a criterion moves by itself,
// as if nothing followed from it, up to the best of the page's places.

/** @import { Site } from "./model.js" */
import { board, country, live } from "./data.js";
import { add, button, el, section, table } from "./dom.js";
import { DIGITS, shareAt } from "./engine.js";
import { flipText, nearestFlip, turnPast } from "./flip.js";
import { bench, inPlay, rawOf, siteAt, sites, turn } from "./rank.js";
import { pick } from "./state.js";
import { DASH, lowered, measured, number, oddsText, percent, raised } from "./words.js";

const SHOWN_CHANGES = 4;
const ALMOST = 0.01; // of ln odds: less is no help

/** @typedef {{ value: number, raw: number }} Point */

/** @type {Map<string, Point[]>} */
const scales = new Map();

/** What a criterion measures at a value: read off the places, worst first. @param {string} key */
function scaleOf(key) {
  const known = scales.get(key);
  if (known) return known;
  const scale = Array.from(bench.values[key], (value, i) => ({ value, raw: bench.raw[key][i] }))
    .filter(({ raw }) => Number.isFinite(raw))
    .sort((a, b) => a.value - b.value);
  scales.set(key, scale);
  return scale;
}
/** @param {string} key */
const bestOf = (key) => scaleOf(key).at(-1)?.value ?? 0;

/** What is measured at a value, between two places. @param {string} key @param {number} value */
function rawAt(key, value) {
  const scale = scaleOf(key);
  const k = scale.findIndex((point) => point.value >= value - 1 / DIGITS);
  if (k <= 0) return /** @type {Point} */ (scale.at(k)).raw;
  const low = scale[k - 1];
  const high = scale[k];
  const part = (value - low.value) / (high.value - low.value || 1);
  return low.raw + Math.min(1, part) * (high.raw - low.raw);
}

/**
 * Each criterion with the value that alone would do, and by what its best would multiply the odds.
 * @param {number} i
 * @param {number} lacking
 */
function changesOf(i, lacking) {
  return inPlay(turn.found)
    .map(({ key, name, unit }) => {
      const weight = bench.odds * turn.found.leaves[key];
      const now = bench.values[key][i];
      const best = bestOf(key);
      const needed = now + lacking / weight;
      /** @param {number} value */
      const words = (value) =>
        `${lowered(name)} of ${measured(rawAt(key, value), unit)} instead of ` +
        `${measured(rawOf(key, i), unit)}`;
      return { best, gain: weight * (best - now), needed, enough: needed <= best, words };
    })
    .filter(({ gain }) => gain > ALMOST)
    .sort((a, b) => b.gain - a.gain);
}

/** @param {number} i */
function caseFor(i) {
  const { found } = turn;
  const lacking = Math.log(found.share[0] / Math.max(shareAt(bench, found, i), 1e-300));
  const changes = changesOf(i, lacking);
  const slider = turnPast(found.heads[0], i);
  const enough = changes.filter((one) => one.enough).map(({ needed, words }) => words(needed));
  const short = changes
    .filter((one) => !one.enough)
    .slice(0, 2)
    .map(({ best, gain, words }) => `${words(best)}: ${oddsText(gain)} its odds`);
  const all = [...(slider ? [flipText(slider)] : []), ...enough];
  return { lacking, short, enough: all.slice(0, SHOWN_CHANGES) };
}

/** @param {Site} site */
export function caseOf(site) {
  if (!live || !sites.length) return null;
  const [first] = sites;
  if (site === first) {
    return add(section("What would put another first"), el("p", "", nearestFlip().text));
  }
  const part = section("What would make it first", "each alone, all else as it is");
  if (site.zone === 1) {
    const words = `It lies in the siting zone that is first; ${first.name} stands for that zone.`;
    return add(part, el("p", "", words));
  }
  const { lacking, enough, short } = caseFor(site.index);
  if (lacking <= 0) {
    const words =
      `Its zone has a larger share than ${first.name}, but no estate is known in it, so that it ` +
      "is listed after those that have one.";
    return add(part, el("p", "", words));
  }
  const outlook = enough.length
    ? " Any of these would do:"
    : " No single change would do; the strongest:";
  const words = `Its odds would have to grow ${oddsText(lacking)} to pass ${first.name}.${outlook}`;
  const items = (enough.length ? enough : short).map((line) => el("li", "", raised(line)));
  return add(part, el("p", "sub", words), add(el("ul", "case"), ...items));
}

// ---- countries: their best places, by the weights in force ----

const OTHERS = 5;

/** Sites of zones first, the larger share before, then the likeliest places. @param {string} code @param {number} [most] */
export function bestIn(code, most = OTHERS) {
  const { heads, order, share } = turn.found;
  /** @param {number} i */
  const here = (i) => board.places.country[i] === code;
  const zones = heads
    .map((i, k) => ({ i, share: share[k] }))
    .filter(({ i }) => here(i))
    .sort((a, b) => bench.estate[b.i] - bench.estate[a.i] || b.share - a.share)
    .map(({ i }) => i);
  const likeliest = Array.from(order).filter(here).slice(0, most);
  return [...new Set([...zones, ...likeliest])].slice(0, most);
}

/** @param {Site} site */
export function countryOf(site) {
  if (!live) return null;
  const { found } = turn;
  /** @param {number} i */
  const other = (i) => i !== site.index && (!site.zone || found.zone[i] !== site.zone);
  const others = bestIn(site.country, OTHERS + 1)
    .filter(other)
    .slice(0, OTHERS);
  if (!others.length) return null;
  const rows = others.map((i) => {
    const go = button("go", board.places.name[i], () => pick(siteAt(i)));
    const rank = found.heads.indexOf(i) + 1;
    return [go, rank ? number(rank) : DASH, percent(shareAt(bench, found, i))];
  });
  const list = table(["Place", "rank", "share"], rows);
  list.className = "others";
  const head = section(`Other places in ${country(site)}`, "share of what each stands for");
  return add(head, list);
}
