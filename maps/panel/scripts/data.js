// What the page was given: the payload of the moment that the address names, its tables by rows.

/** @import { Live, Table } from "./payload.js" */
/** @import { Place, Row, Site } from "./model.js" */
import { momentAsked, payload } from "./payloads.js";

// One file may hold several moments; the first is the study's own.
export const opening = payload(0);
export const moments = (opening.moments ?? []).map((one, at) => ({ at, ...one }));
export const moment = momentAsked();
export const data = payload(moment);

export const BADGES = 25;
export const FIRST = 10;
export const {
  colours,
  pillars: PILLAR,
  surface: SURFACE,
  policy: POLICY,
  costs: COSTS,
  status: STATUS,
  homes: HOMES,
  cars: CARS,
} = data.palette;

/** Null where the page cannot rank by itself. */
export const live = data.live;
/** The same, for what is called only where it is known to be there. */
export const board = /** @type {Live} */ (live);

/**
 * @template {object} Row
 * @param {Table<Row>} table
 * @returns {Row[]}
 */
export function rowsOf(table) {
  const columns = /** @type {[string, unknown[]][]} */ (Object.entries(table));
  return columns[0][1].map(
    (_, at) =>
      /** @type {Row} */ (Object.fromEntries(columns.map(([name, values]) => [name, values[at]]))),
  );
}

export const tables = data.tables;
export const planSites = rowsOf(tables.sites).map(
  (row, at) =>
    /** @type {Site} */ (
      /** @type {unknown} */ ({
        ...row,
        at,
        planned: true,
        odds: data.odds[at],
        criteria: [],
        costs: [],
        customers: [],
        policies: [],
        runners_up: [],
      })
    ),
);
for (const row of rowsOf(tables.criteria)) planSites[row.site].criteria.push(row);
for (const row of rowsOf(tables.costs)) planSites[row.site].costs.push(row);
for (const row of rowsOf(tables.customers)) planSites[row.site].customers.push(row);
for (const row of rowsOf(tables.policies)) planSites[row.site].policies.push(row);
for (const row of rowsOf(tables.runners_up)) planSites[row.site].runners_up.push(row);
/** How many sites the list has. */
export const SHOWN = planSites.length;
export const barred = rowsOf(tables.barred);

/** @param {Row} row @returns {Place} */
export const where = (row) => [row.lat, row.lon];
const tag = document.documentElement.lang;
/** A country in the language of the page, by its code where that is not English. @param {string} code @param {string} english */
export const called = (code, english) => (tag === "en" ? english : countryName(code));
/** @param {{ country: string, country_name?: string }} row */
export const country = (row) => called(row.country, row.country_name || row.country);
/** @param {string} key */
export const pillarAt = (key) => data.pillars.findIndex((one) => one.key === key);

const countryNames = new Map(
  tag === "en" ? [...planSites, ...barred].map((row) => [row.country, country(row)]) : [],
);
const regionNames = (() => {
  try {
    return new Intl.DisplayNames([tag], { type: "region" });
  } catch {
    return null;
  }
})();

/** @param {string} code @returns {string} */
export function countryName(code) {
  const own = countryNames.get(code);
  if (own !== undefined) return own;
  try {
    return regionNames?.of(code) || code;
  } catch {
    return code;
  }
}
