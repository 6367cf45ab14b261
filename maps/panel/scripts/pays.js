// Whether it pays, in words: over the zones of the list and those behind it, at the price in force.

/** @import { Site } from "./model.js" */
import { live } from "./data.js";
import { bench, rawOf, siteAt, sites, turn } from "./rank.js";
import { BEFORE_TAX, known, number, percent, plural, short } from "./words.js";

/**
 * The zones with their money, in the order of the list.
 * @typedef {{ rank: number, name: string, country: string, share: number, from: number, pays: boolean, first: boolean }} Zone
 */

/** @returns {Zone[]} */
export function zonesWithMoney() {
  if (!live) {
    return sites
      .filter((site) => known(site.pays_from))
      .map((site, at) => ({
        rank: at + 1,
        name: site.name,
        country: site.country,
        share: site.share,
        from: Number(site.pays_from),
        pays: Number(site.margin) >= 0,
        first: at < 10,
      }));
  }
  const { heads, share } = turn.found;
  return heads.map((i, at) => ({
    rank: at + 1,
    name: siteAt(i).name,
    country: bench.country[i],
    share: share[at],
    from: bench.pays_from[i],
    pays: turn.money.margin[i] >= 0,
    first: at < 10,
  }));
}

/** "from 3,173 before tax" or "at any price". @param {number} price */
export const fromPrice = (price) =>
  price > 0 ? `from ${number(price)} ${BEFORE_TAX}` : "at any price";

/** Zones that none beats in both share and the price from which they pay. @param {Zone[]} zones */
export function front(zones) {
  let least = Infinity;
  return [...zones]
    .sort((a, b) => b.share - a.share || a.from - b.from)
    .filter(({ from }) => {
      const better = from < least;
      least = Math.min(least, from);
      return better;
    });
}

/** @param {Zone[]} zones */
const cheapestOf = (zones) => zones.reduce((best, one) => (one.from < best.from ? one : best));

export function paysHead() {
  const zones = zonesWithMoney();
  if (!zones.length) return "";
  const paying = zones.filter((zone) => zone.pays).length;
  const when = live ? ` at ${number(turn.money.price)} USD a tonne` : " at the price of the day";
  if (!paying) return `Not${when}: the cheapest zone pays ${fromPrice(cheapestOf(zones).from)}`;
  if (paying === zones.length) return `Yes${when}: all ${number(paying)} zones cover their cost`;
  return `In ${number(paying)} of ${plural(zones.length, "zone")}${when}`;
}

/** What a site's tonne costs, brings and leaves, so that a reader can add it up. @param {Site} site */
function sumText(site) {
  const margin = Number(site.margin);
  const left = `${margin >= 0 ? "earns" : "loses"} ${number(Math.abs(margin))}`;
  const chance = known(site.pays) ? ` (chance that it pays: ${percent(site.pays)})` : "";
  const sum = tonneOf(site);
  if (!sum) return `Rank 1 ${left} USD a tonne${chance}.`;
  return (
    `Rank 1: a tonne costs ${number(sum.cost)} USD delivered, its customers pay ` +
    `${number(sum.paid)} on average, so it ${left}${chance}.`
  );
}

/** The delivered cost of a tonne in whole dollars, its parts added up. @param {Site} site */
function costOf({ costs, index }) {
  if (costs.length) return costs.reduce((sum, row) => sum + row.usd_per_t, 0);
  const cost = live ? rawOf("delivered_cost", index) : null;
  return known(cost) ? Math.round(cost) : null;
}

/**
 * The delivered cost of a tonne, what its customers pay and what is left of that, in whole dollars
 * that add up; null where the cost is not known.
 * @param {Site} site
 */
export function tonneOf(site) {
  const cost = costOf(site);
  if (cost === null || !known(site.margin)) return null;
  const left = Math.round(site.margin);
  return { cost, paid: cost + left, left };
}

/** What its customers must pay where tax and ramp-up count. @param {Site} site */
const afterTax = ({ pays_after_tax_from: from }) =>
  known(from) ? `; after tax its customers must pay ${number(from)}` : "";

export function paysText() {
  const zones = zonesWithMoney();
  const [first] = sites;
  if (!zones.length || !first || !known(first.margin)) return "";
  const own = `${sumText(first)} It pays ${fromPrice(zones[0].from)}${afterTax(first)}.`;
  const cheapest = cheapestOf(zones);
  if (cheapest.rank === 1) return `${own} None pays at less.`;
  return `${own} The cheapest, ${short(cheapest.name)} (rank ${cheapest.rank}), pays ${fromPrice(cheapest.from)}.`;
}
