// What would make a place first: each change alone, all else as it is, in closed form. To pass, its
// odds must grow by as much as the first zone's share exceeds its own; a criterion moves by itself,
// as if nothing followed from it, up to the best of the page's places.

/** @import { Weighed } from "./payload.js" */
/** @import { Site } from "./model.js" */
import { board, country, data, live } from "./data.js";
import { add, button, el, section, table } from "./dom.js";
import { DIGITS, shareAt } from "./engine.js";
import { flipText, nearestFlip, turnPast } from "./flip.js";
import { tr } from "./language.js";
import { bench, inPlay, rawOf, siteAt, sites, turn } from "./rank.js";
import { pick } from "./state.js";
import {
  CHANCE,
  DASH,
  lowered,
  measured,
  number,
  percent,
  raised,
  sentences,
  timesText,
} from "./words.js";

const TONNE = "delivered_cost";
const POWER = "power_price";
// What an owner or a government can change: always with a number. Others only where they would do.
const LAWS = new Set(["openness", "targeted_aid", "duty_free_reach"]);
const LEVERS = new Set([TONNE, POWER, "tie", ...LAWS]);
const FREE_POWER = 15; // USD/MWh; nowhere does industry pay less for long
const HALVINGS = 30;
const SHOWN_CHANGES = 5;
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

/** The value of what is measured, between two places. @param {string} key @param {number} raw */
function valueAt(key, raw) {
  const scale = scaleOf(key);
  const falls = Number(scale.at(-1)?.raw) < Number(scale[0]?.raw);
  /** @param {Point} point */
  const past = (point) => (falls ? point.raw <= raw : point.raw >= raw);
  const k = scale.findIndex(past);
  if (k <= 0) return scale.at(k)?.value ?? 0;
  const [low, high] = [scale[k - 1], scale[k]];
  return low.value + ((high.value - low.value) * (raw - low.raw)) / (high.raw - low.raw || 1);
}

/** @typedef {{ key: string, gain: number, enough: boolean, needed: string, most: string }} Change */

/**
 * A criterion moved by itself: the value that alone would do, and what its best would give.
 * @param {Weighed} criterion
 * @param {number} i
 * @param {number} lacking
 * @returns {Change}
 */
function alone({ key, name, unit }, i, lacking) {
  const weight = bench.odds * turn.found.leaves[key];
  const now = bench.values[key][i];
  const best = bestOf(key);
  const wanted = now + lacking / weight;
  const raw = rawOf(key, i);
  /** @param {number} value */
  const words = (value) => {
    const to = rawAt(key, value);
    const change = { name: lowered(tr(name)), to: measured(to, unit), now: measured(raw, unit) };
    if (LAWS.has(key)) return tr("{name} of {to} instead of {now} (by law)", change);
    if (key !== TONNE || raw === null || raw <= to)
      return tr("{name} of {to} instead of {now}", change);
    const less = number(raw - to);
    return tr("{name} of {to} instead of {now} ({less} less)", { ...change, less });
  };
  return {
    key,
    gain: weight * (best - now),
    enough: wanted <= best,
    needed: wanted <= best ? words(wanted) : "",
    most: words(best),
  };
}

/**
 * Cheaper power makes the tonne cheaper too, where that weighs.
 * @param {Weighed} criterion
 * @param {number} i
 * @param {number} lacking
 * @returns {Change}
 */
function powerChange(criterion, i, lacking) {
  const now = rawOf(POWER, i);
  const delivered = rawOf(TONNE, i);
  const mwh = data.dossiers?.powerMwh ?? 0;
  if (now === null || delivered === null || !mwh || !(turn.found.leaves[TONNE] > 0)) {
    return alone(criterion, i, lacking);
  }
  const { leaves } = turn.found;
  /** @param {number} price */
  const gain = (price) =>
    bench.odds *
    (leaves[POWER] * (valueAt(POWER, price) - bench.values[POWER][i]) +
      leaves[TONNE] * (valueAt(TONNE, delivered - mwh * (now - price)) - bench.values[TONNE][i]));
  const free = Math.min(FREE_POWER, now);
  const enough = gain(free) >= lacking;
  let [near, far] = [now, free];
  for (let k = 0; enough && k < HALVINGS; k += 1) {
    const middle = (near + far) / 2;
    if (gain(middle) >= lacking) far = middle;
    else near = middle;
  }
  /** @param {number} price */
  const words = (price) =>
    tr("{name} of {to} instead of {now} (the tonne {usd} USD less)", {
      name: lowered(tr(criterion.name)),
      to: measured(price, criterion.unit),
      now: measured(now, criterion.unit),
      usd: number(mwh * (now - price)),
    });
  const most = words(free);
  return { key: POWER, gain: gain(free), enough, needed: enough ? words(far) : "", most };
}

/** Each criterion that helps, the strongest first. @param {number} i @param {number} lacking */
const changesOf = (i, lacking) =>
  inPlay(turn.found)
    .map((one) => (one.key === POWER ? powerChange(one, i, lacking) : alone(one, i, lacking)))
    .filter(({ gain }) => gain > ALMOST)
    .sort((a, b) => b.gain - a.gain);

/**
 * The fewest of the strongest changes that do it together, each at its best; none where not even
 * all of them do.
 * @param {Change[]} changes
 * @param {number} lacking
 */
function together(changes, lacking) {
  let gained = 0;
  const apart = changes.filter(({ key }) => key !== POWER || !changes.some((c) => c.key === TONNE));
  for (const [k, { gain }] of apart.entries()) {
    gained += gain;
    if (gained >= lacking) return apart.slice(0, k + 1);
  }
  return [];
}

/** @param {number} i */
function caseFor(i) {
  const { found } = turn;
  const lacking = Math.log(found.share[0] / Math.max(shareAt(bench, found, i), 1e-300));
  const changes = changesOf(i, lacking);
  const slider = turnPast(found.heads[0], i);
  /** @param {Change} one */
  const lever = ({ key }) => LEVERS.has(key);
  const able = changes.filter(({ enough }) => enough);
  const enough = [...able.filter(lever), ...able.filter((one) => !lever(one))];
  const unable = changes.filter((one) => !one.enough);
  const short = unable.filter((one, k) => lever(one) || (!enough.length && k < 2));
  return {
    lacking,
    enough: [...(slider ? [flipText(slider)] : []), ...enough.map((one) => one.needed)].slice(
      0,
      SHOWN_CHANGES,
    ),
    short: short.map(({ most, gain }) =>
      tr("{change}: {times} its odds", { change: most, times: timesText(gain) }),
    ),
    several: enough.length || slider ? [] : together(changes, lacking).map(({ most }) => most),
  };
}

/** @param {string[]} lines @param {string} cls */
const listed = (lines, cls) =>
  add(el("ul", cls), ...lines.map((line) => el("li", "", raised(line))));

/** @param {Site} site */
export function caseOf(site) {
  if (!live || !sites.length) return null;
  const [first] = sites;
  if (site === first) {
    return add(section(tr("What would bring another to rank 1")), el("p", "", nearestFlip().text));
  }
  const part = section(tr("What would bring it to rank 1"), tr("each alone, all else as it is"));
  if (site.zone === 1) {
    const words = tr("It lies in the zone of rank 1; {name} stands for that zone.", {
      name: first.name,
    });
    return add(part, el("p", "", words));
  }
  const { lacking, enough, short, several } = caseFor(site.index);
  if (lacking <= 0) {
    const words = tr(
      "Its zone has a larger {chance} than {name}, but no estate is known in it, so that it is " +
        "listed after those that have one.",
      { chance: CHANCE, name: first.name },
    );
    return add(part, el("p", "", words));
  }
  const outlook = enough.length
    ? tr("Any of these would do:")
    : tr("No single change would do; the strongest:");
  const words = tr("Its odds would have to grow {times} to pass {name}.", {
    times: timesText(lacking),
    name: first.name,
  });
  add(part, el("p", "sub", sentences(words, outlook)));
  if (enough.length) add(part, listed(enough, "case"));
  if (enough.length && short.length)
    add(part, el("p", "sub", tr("Not enough alone, at their best:")));
  if (short.length) add(part, listed(short, enough.length ? "lacks" : "case"));
  if (!several.length) return part;
  const changes = several.join(tr("; "));
  const all =
    several.length === 1
      ? tr("{changes}.", { changes })
      : tr("It would take {count} at once: {changes}.", {
          count: number(several.length),
          changes,
        });
  return add(part, el("p", "sub", all));
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
  const list = table([tr("Place"), tr("rank"), tr("chance")], rows);
  list.className = "others";
  const head = section(
    tr("Other places in {country}", { country: country(site) }),
    tr("{chance}, of what each stands for", { chance: CHANCE }),
  );
  return add(head, list);
}
