// Countries and towns by all their names, see maps/gazetteer.py.

/** @import { Row } from "./model.js" */
import { called, data, opening } from "./data.js";
import { tr } from "./language.js";
import { decode } from "./shapes.js";

/** @typedef {Row & { names: string[], country: string }} Named */

const BETWEEN = "|";
const labels = new Map(
  data.ground.labels
    .filter(([, , , , kind]) => !kind)
    .map(([name, lon, lat]) => [name, { lat, lon }]),
);

/** Where a country without a label lies: the middle of its first outline. @param {string} code @returns {Row | null} */
function middle(code) {
  const outline = data.ground.countries[code]?.[0]?.[0];
  if (!outline) return null;
  const corners = decode(outline);
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  /** @param {number[]} all */
  const half = (all) => (Math.min(...all) + Math.max(...all)) / 2;
  return { lat: half(lats), lon: half(lons) };
}

/** @param {string} code */
export const ownName = (code) => {
  const { countries } = opening.names;
  return Object.hasOwn(countries, code) ? countries[code].split(BETWEEN)[0] : code;
};

/** In the language of the page. @param {string} code */
export const shownLand = (code) => called(code, ownName(code));

/** Own name of a country -> its code. */
const codes = new Map(Object.keys(opening.names.countries).map((code) => [ownName(code), code]));
/** What stands on the map, in the language of the page: a country by its own name, or a sea. @param {string} name */
export const shownName = (name) => {
  const code = codes.get(name);
  return code === undefined ? tr(name) : called(code, name);
};

/** Every country that is drawn. @returns {Named[]} */
export const lands = () =>
  Object.entries(opening.names.countries).flatMap(([country, joined]) => {
    const names = joined.split(BETWEEN);
    const at = labels.get(names[0]) ?? middle(country);
    return at ? [{ ...at, country, names }] : [];
  });

/** The larger towns, the largest first. @returns {Named[]} */
export function towns() {
  const { names, country, places } = opening.names.towns;
  return decode(places).map(([lon, lat], at) => ({
    lat,
    lon,
    country: country[at],
    names: names[at].split(BETWEEN),
  }));
}
