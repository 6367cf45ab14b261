// Freight from the chosen site: curves that say who is served and how much, not by which way.

/** @import { Place, Site } from "./model.js" */
import { colours, where } from "./data.js";
import { curve, dot, fillGroup, groupOf } from "./map.js";

const FLOWS = 8;
export const flowLayer = groupOf();
/** @param {number | null} kt */
export const flowWidth = (kt) => Math.min(14, 1.4 + 0.42 * (kt || 0));

/** The site and whom it is drawn to serve. @param {Site} site @returns {Place[]} */
export const reachOf = (site) => [site, ...site.customers.slice(0, FLOWS)].map(where);

/** @param {Site | null} site */
export function drawFlows(site) {
  const customers = site ? site.customers.slice(0, FLOWS) : [];
  fillGroup(
    flowLayer,
    customers.flatMap((customer) => {
      const [from, to] = [where(/** @type {Site} */ (site)), where(customer)];
      const weight = flowWidth(customer.kt);
      return [
        curve(from, to, { color: colours.halo, weight: weight + 2.4, opacity: 0.8 }),
        curve(from, to, { color: colours.navy, weight, opacity: 0.85 }),
        dot(to, weight / 2 + 2.2, {
          color: colours.halo,
          weight: 1,
          fillColor: colours.navy,
          fillOpacity: 1,
        }),
      ];
    }),
  );
}
