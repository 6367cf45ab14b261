// Outline of the places of a zone, a little wider, as Python draws the plan's own.

/** @import { Place } from "./model.js" */
const CORNERS = 16;

/** Andrew (1979), over latitude and longitude. @param {Place[]} points */
function hull(points) {
  if (points.length < 3) return points;
  /** @param {Place[]} list */
  const half = (list) => {
    /** @type {Place[]} */
    const kept = [];
    for (const p of list) {
      /** @param {Place} a @param {Place} b */
      const left = ([ay, ax], [by, bx]) => (bx - ax) * (p[0] - ay) - (by - ay) * (p[1] - ax) > 0;
      while (kept.length > 1 && !left(kept[kept.length - 2], kept[kept.length - 1])) kept.pop();
      kept.push(p);
    }
    return kept;
  };
  const sorted = points.slice().sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)];
}

/**
 * The places as circles of the margin, as wide in the north as at the equator; a zone that crosses
 * 180 degrees goes on beyond them.
 * @param {Place[]} places
 * @param {number} margin In radii of the earth.
 * @returns {Place[]}
 */
export function outlineOf(places, margin) {
  const middle = places[0][1];
  const degrees = (margin * 180) / Math.PI;
  const near = places.map(
    ([lat, lon]) => /** @type {Place} */ ([lat, middle + ((lon - middle + 540) % 360) - 180]),
  );
  const around = hull(near).flatMap(([lat, lon]) =>
    Array.from({ length: CORNERS }, (_, k) => {
      const angle = (2 * Math.PI * k) / CORNERS;
      return /** @type {Place} */ ([
        lat + degrees * Math.sin(angle),
        lon + (degrees * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180),
      ]);
    }),
  );
  return hull(around);
}
