// Whether it pays, in words: over the zones of the list and those behind it, at the price in force.

/** @import { Site } from "./model.js" */
import { live } from "./data.js";
import { ngettext, tr } from "./language.js";
import { bench, rawOf, siteAt, sites, turn } from "./rank.js";
import { known, number, percent, sentences, short } from "./words.js";

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
  price > 0 ? tr("from {price} before tax", { price: number(price) }) : tr("at any price");

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
  const when = live
    ? tr("at {price} USD a tonne", { price: number(turn.money.price) })
    : tr("at the price of the day");
  if (!paying)
    return tr("Not {when}: the cheapest zone pays {from}", {
      when,
      from: fromPrice(cheapestOf(zones).from),
    });
  const count = number(paying);
  if (paying === zones.length)
    return tr("Yes {when}: all {count} zones cover their cost", { when, count });
  return ngettext("In {count} of {n} zone {when}", "In {count} of {n} zones {when}", zones.length, {
    count,
    n: number(zones.length),
    when,
  });
}

/** What a site's tonne costs, brings and leaves, so that a reader can add it up. @param {Site} site */
function sumText(site) {
  const margin = Number(site.margin);
  const usd = number(Math.abs(margin));
  const chance = known(site.pays)
    ? tr(" (chance that it pays: {share})", { share: percent(site.pays) })
    : "";
  const sum = tonneOf(site);
  if (!sum)
    return margin >= 0
      ? tr("Rank 1 earns {usd} USD a tonne{chance}.", { usd, chance })
      : tr("Rank 1 loses {usd} USD a tonne{chance}.", { usd, chance });
  const places = { cost: number(sum.cost), paid: number(sum.paid), usd, chance };
  return margin >= 0
    ? tr(
        "Rank 1: a tonne costs {cost} USD delivered, its customers pay {paid} on average, so it " +
          "earns {usd}{chance}.",
        places,
      )
    : tr(
        "Rank 1: a tonne costs {cost} USD delivered, its customers pay {paid} on average, so it " +
          "loses {usd}{chance}.",
        places,
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

/** From which price it pays, and what its customers must pay where tax and ramp-up count. @param {Site} site @param {number} price */
function fromText({ pays_after_tax_from: after }, price) {
  const from = fromPrice(price);
  if (!known(after)) return tr("It pays {from}.", { from });
  return tr("It pays {from}; after tax its customers must pay {usd}.", {
    from,
    usd: number(after),
  });
}

export function paysText() {
  const zones = zonesWithMoney();
  const [first] = sites;
  if (!zones.length || !first || !known(first.margin)) return "";
  const own = sentences(sumText(first), fromText(first, zones[0].from));
  const cheapest = cheapestOf(zones);
  if (cheapest.rank === 1) return sentences(own, tr("None pays at less."));
  const { rank, name, from } = cheapest;
  const places = { name: short(name), rank, from: fromPrice(from) };
  return sentences(own, tr("The cheapest, {name} (rank {rank}), pays {from}.", places));
}
