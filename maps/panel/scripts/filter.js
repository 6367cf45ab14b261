// Which places the reader wants to see: ranges of figures, a country, estates. What does not pass
// fades, on the map and in the list.

/** @typedef {[low: number, high: number]} Range beyond an end of the axis nothing is left out */

/** @type {{ ranges: Map<string, Range>, country: string, estate: string, zone: boolean }} */
export const filter = { ranges: new Map(), country: "", estate: "", zone: false };

export const filtering = () =>
  filter.ranges.size > 0 || filter.country !== "" || filter.estate !== "" || filter.zone;

export function clearFilter() {
  filter.ranges.clear();
  Object.assign(filter, { country: "", estate: "", zone: false });
}
