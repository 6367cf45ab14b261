// Dossiers of places beyond the list, and facts and sources of all: packed, and read when asked for.

/** @import { Dossiers, Packed } from "./payload.js" */
/** @import { Fact, Site, Source } from "./model.js" */
import { data, planSites } from "./data.js";
import { known } from "./words.js";

const packed = /** @type {Dossiers} */ (data.dossiers);
/** Number of the dossier of each place that has one: those of the list first. @type {Map<string, number>} */
const numberOf = new Map(
  data.dossiers
    ? [...planSites.map((site) => site.site_id), ...packed.places.site_id].map((id, k) => [id, k])
    : [],
);

/** @param {Packed} column @param {number} k */
const textAt = ({ words, at }, k) => words[at[k]];

/** @param {number} k */
function costsAt(k) {
  return packed.parts
    .map(([part, group], n) => ({ site: k, part, group, usd_per_t: packed.costs[n][k] }))
    .filter((row) => row.usd_per_t !== 0);
}

/** @param {number} k */
function customersAt(k) {
  const { customers: served, plants } = packed;
  return served.place.flatMap((place, row) => {
    if (place !== k) return [];
    const at = served.plant[row];
    return {
      site: k,
      name: plants.name[at],
      country: plants.country[at],
      lat: plants.lat[at],
      lon: plants.lon[at],
      kt: plants.kt[at],
      parity: plants.parity[at],
      source: plants.source[at],
      usd_per_t: served.usd_per_t[row],
      km: served.km[row],
      modes: served.modes[row],
      duty: served.duty[row],
      margin: served.margin[row],
    };
  });
}

/** @param {number} k */
const lawsAt = (k) =>
  packed.bundles[packed.under[k]].map((n) => ({
    site: k,
    instrument: packed.laws.instrument[n],
    effect: packed.laws.effect[n],
    status: packed.laws.status[n],
    summary: packed.laws.summary[n],
    source: packed.laws.source[n],
  }));

/**
 * What the plan says of a place beyond the list, null where it says nothing.
 * @param {string} id
 * @returns {Partial<Site> | null}
 */
export function furtherOf(id) {
  const number = numberOf.get(id);
  const k = Number(number) - planSites.length;
  if (number === undefined || k < 0) return null;
  const { archetype, site_id: _, ...figures } = packed.places;
  const plan = Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, one[k]]));
  return {
    ...plan,
    archetype: textAt(archetype, k),
    planned: true,
    costs: costsAt(k),
    customers: customersAt(k),
    policies: lawsAt(k),
  };
}

/** @param {string} id @returns {Fact[]} */
export function factsOf(id) {
  const number = numberOf.get(id);
  if (number === undefined) return [];
  const { place, fact, text, own } = packed.facts;
  return place.flatMap((one, row) =>
    one === number ? [{ name: textAt(fact, row), text: textAt(text, row), own: own[row] }] : [],
  );
}

/** @param {number} n @returns {Source} */
export function sourceAt(n) {
  const { what, value, as_of: asOf, period, confidence, source } = packed.sources.rows;
  return {
    what: textAt(what, n),
    value: textAt(value, n),
    as_of: textAt(asOf, n),
    period: textAt(period, n),
    confidence: textAt(confidence, n),
    source: textAt(source, n),
  };
}

/**
 * Numbers of the rows that what is shown of a place is read from, null where nobody knows.
 * @param {string} id
 * @param {string} key of `uses` in maps/sources.py
 */
export function rowsBehind(id, key) {
  const number = numberOf.get(id);
  if (number === undefined) return null;
  const { figures, uses } = packed.sources;
  const lists = (uses[key] ?? []).map((name) => figures[name]).filter(known);
  return [...new Set(lists.flatMap(({ lists: own, at }) => own[at[number]]))];
}
