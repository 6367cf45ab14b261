// Whether it pays, in words: over the zones of the list and those behind it, at the price in force.

import { live } from "./data.js";
import { bench, siteAt, sites, turn } from "./rank.js";
import { known, number, percent, plural, short } from "./words.js";

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

/** "from 3 173" or "at any price". @param {number} price */
export const fromPrice = (price) => (price > 0 ? `from ${number(price)}` : "at any price");

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
  if (!paying) return `Not${when}: the first zone pays ${fromPrice(cheapestOf(zones).from)}`;
  if (paying === zones.length) return `Yes${when}: all ${number(paying)} zones cover their cost`;
  return `In ${number(paying)} of ${plural(zones.length, "zone")}${when}`;
}

export function paysText() {
  const zones = zonesWithMoney();
  const [first] = sites;
  if (!zones.length || !first || !known(first.margin)) return "";
  const does = first.margin >= 0 ? "earns" : "loses";
  const chance = known(first.pays) ? ` (chance that it pays: ${percent(first.pays)})` : "";
  const own = `The likeliest, ${short(first.name)}, ${does} ${number(Math.abs(first.margin))} USD a tonne${chance}: it pays ${fromPrice(zones[0].from)}.`;
  const cheapest = cheapestOf(zones);
  if (cheapest.rank === 1) return `${own} None pays at less.`;
  return `${own} The cheapest, ${short(cheapest.name)} (rank ${cheapest.rank}), pays ${fromPrice(cheapest.from)}.`;
}
