// Odds against the median place as bars: what helps to the right of the centre, what costs to its
// left. The ends only grow, so that bars stay comparable.

/** @import { Site } from "./model.js" */
export const ENDS = { left: 1, right: 4 };

/** @param {Site} site */
const helps = (site) => site.odds.reduce((sum, one) => sum + Math.max(one, 0), 0);
/** @param {Site} site */
const costs = (site) => site.odds.reduce((sum, one) => sum + Math.max(-one, 0), 0);
/** @param {Site} site */
export const total = (site) => site.odds.reduce((sum, one) => sum + one, 0);

/** @param {Site[]} sites */
export function widen(sites) {
  ENDS.left = Math.max(ENDS.left, ...sites.map(costs));
  ENDS.right = Math.max(ENDS.right, ...sites.map(helps));
}
