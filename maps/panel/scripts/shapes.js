// Delta-coded lines, three decimals, see geodata.geometry.basemap; and GeoJSON of them.

/** @import { Polygons } from "./payload.js" */

/** @param {string} code @returns {[number, number][]} longitude, latitude */
export function decode(code) {
  /** @type {[number, number][]} */
  const line = [];
  let x = 0;
  let y = 0;
  let isX = true;
  let value = 0;
  let shift = 0;
  for (let i = 0; i < code.length; i += 1) {
    const bits = code.charCodeAt(i) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      const step = value & 1 ? ~(value >> 1) : value >> 1;
      if (isX) x += step;
      else {
        y += step;
        line.push([x / 1000, y / 1000]);
      }
      isX = !isX;
      value = 0;
      shift = 0;
    }
  }
  return line;
}

/**
 * @param {string} type
 * @param {unknown} coordinates
 * @param {object} [properties]
 */
export const feature = (type, coordinates, properties = {}) => ({
  type: "Feature",
  properties,
  geometry: { type, coordinates },
});
/** @param {Polygons} polygons */
export const areas = (polygons) =>
  feature(
    "MultiPolygon",
    polygons.map((rings) => rings.map(decode)),
  );
/** @param {string[]} codes */
export const lines = (codes) => feature("MultiLineString", codes.map(decode));
