// What a part of the world has to offer: its best place, its rank, and what it lacks.

/** @import { Box, Row, Site } from "./model.js" */
import { BADGES, country, data, live } from "./data.js";
import { ngettext, tr } from "./language.js";
import { bench, dressAgain, siteAt, sites, turn } from "./rank.js";
import { facts, known, lowered, number, timesText } from "./words.js";

export const GHOSTS = 3;
const LACKS = 0.1; // of ln odds: less is no lack worth a word

/** @param {Box} box @param {number} lat @param {number} lon */
const holds = ([[south, west], [north, east]], lat, lon) =>
  lat >= south && lat <= north && lon >= west && lon <= east;

/** @param {Box} box @param {Row} row */
const inside = (box, row) => holds(box, row.lat, row.lon);

/** The best of a view that are in no list: what stands for a zone, or else the likeliest places. @param {Box} box */
function furtherIn(box) {
  if (!live) return [];
  /** @param {number} i */
  const here = (i) => holds(box, bench.lat[i], bench.lon[i]);
  const { heads, order } = turn.found;
  const zones = heads.filter(here).slice(0, GHOSTS);
  const best = zones.length ? zones : ofEachCountry(Array.from(order).filter(here));
  return best.map((i) => dressAgain(siteAt(i)));
}

/** The first of each country. @param {number[]} places */
const ofEachCountry = (places) =>
  places
    .filter((i, at) => at === places.findIndex((j) => bench.country[j] === bench.country[i]))
    .slice(0, GHOSTS);

/**
 * The best of a view: listed sites before all others, and what else is worth a mark there.
 * @param {Box} box
 * @returns {{ best: Site | null, ghosts: Site[], beyond: number }} beyond: badged sites elsewhere
 */
export function bestIn(box) {
  const badged = sites.slice(0, BADGES);
  const here = sites.filter((site) => inside(box, site));
  const beyond = badged.filter((site) => !inside(box, site)).length;
  if (here.length) return { best: here[0], ghosts: [], beyond };
  const ghosts = furtherIn(box);
  return { best: ghosts[0] ?? null, ghosts, beyond };
}

/** In which pillar a site is furthest behind the first, as words. @param {Site} site */
function lackOf(site) {
  const [first] = sites;
  if (!first || site === first) return "";
  const behind = site.odds.map((own, k) => own - first.odds[k]);
  const least = Math.min(...behind);
  if (least > -LACKS) return "";
  const { name } = data.pillars[behind.indexOf(least)];
  return tr("behind rank 1 in {pillar} ({times} the odds)", {
    pillar: lowered(tr(name)),
    times: timesText(least),
  });
}

/** @param {Site} site */
function priceOf({ pays_from: from }) {
  if (!known(from)) return "";
  return from > 0
    ? tr("pays from {price} USD/t before tax", { price: number(from) })
    : tr("pays at any price");
}

/** @param {Site} site */
const rankText = ({ rank }) =>
  rank === null ? tr("not in the list") : tr("rank {rank}", { rank: number(rank) });

/** @param {number} n */
const elsewhere = (n) =>
  ngettext("{n} ranked site elsewhere", "{n} ranked sites elsewhere", n, { n: number(n) });

/**
 * "Best in Europe: Kokkola, Finland, rank 16, pays from 5,778 USD/t; behind rank 1 in cost (0.2 times the odds)".
 * @param {ReturnType<typeof bestIn>} view
 * @param {string} part what the view is called
 */
export function viewLine({ best, beyond }, part) {
  if (!best) return tr("No place that was compared lies in {part}", { part });
  const who = facts(best.name, country(best), rankText(best), priceOf(best));
  const lack = lackOf(best) || (beyond ? elsewhere(beyond) : "");
  return lack
    ? tr("Best in {part}: {who}; {lack}", { part, who, lack })
    : tr("Best in {part}: {who}", { part, who });
}
