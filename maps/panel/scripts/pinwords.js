// What is said of pinned places: the same figures and sentences on the sheet and in its picture.

/** @import { Site } from "./model.js" */
import { data, live } from "./data.js";
import { aheadOf } from "./draws.js";
import { shareAt } from "./engine.js";
import { total } from "./odds.js";
import { tonneOf } from "./pays.js";
import { bench, turn } from "./rank.js";
import {
  BEFORE_TAX,
  CHANCE,
  known,
  lowered,
  measured,
  number,
  oddsText,
  percent,
  place,
  raised,
  signedText,
  timesText,
} from "./words.js";

const FELT = Math.log(1.1);
const NAMED = 2;

/** @param {Site} site */
const usdOf = (site) => site.costs.reduce((sum, row) => sum + row.usd_per_t, 0);
/** @param {Site} site @param {string} name */
const rawOf = (site, name) => site.criteria.find((row) => row.criterion === name) ?? null;

/** Label and text of each site. @type {[string, (site: Site) => string][]} */
const FIGURES = [
  ["Rank", (site) => String(place(site))],
  [raised(CHANCE), (site) => percent(site.share)],
  ["Among the first ten", (site) => (known(site.p_top10) ? percent(site.p_top10) : "")],
  ["First in the runs", (site) => (known(site.p_first) ? percent(site.p_first) : "")],
  ["Chance that it pays", (site) => (known(site.pays) ? percent(site.pays) : "")],
  [`Pays from, USD/t ${BEFORE_TAX}`, (site) => fromText(site.pays_from)],
  ["Margin today, USD/t", (site) => (known(site.margin) ? signedText(site.margin) : "")],
  ["Customers pay, USD/t", (site) => paidText(site)],
  ["Delivered cost, USD/t", (site) => (site.costs.length ? number(usdOf(site)) : "")],
  ["Power price", (site) => measuredOf(site, "Power price")],
  ["Odds of the median place", (site) => oddsText(total(site))],
];

/** @param {Site} site */
function paidText(site) {
  const sum = site.costs.length ? tonneOf(site) : null;
  return sum ? number(sum.paid) : "";
}

/** @param {number | null} usd */
const fromText = (usd) => (known(usd) ? (usd > 0 ? number(usd) : "any price") : "");

/** @param {Site} site @param {string} name */
function measuredOf(site, name) {
  const row = rawOf(site, name);
  return row ? measured(row.raw, row.unit) : "";
}

/** Rows that some site has something for. @param {Site[]} sites @returns {[string, string[]][]} */
export const figuresOf = (sites) =>
  FIGURES.map(
    ([name, text]) => /** @type {[string, string[]]} */ ([name, sites.map((one) => text(one))]),
  ).filter(([, texts]) => texts.some(Boolean));

/** In how many of ten runs the first is ahead of the second; null where the page draws nothing. @param {Site} a @param {Site} b */
export function aheadIn(a, b) {
  if (!live) return null;
  /** @param {Site} site */
  const of = ({ index: i }) => ({ i, share: shareAt(bench, turn.found, i) });
  return aheadOf(bench, turn.found, of(a), of(b));
}

/** @param {number} share of the runs */
export const runsText = (share) =>
  share > 0.975 || share < 0.025 ? `${number(100 * share)} of 100` : `${number(10 * share)} of 10`;

/** @param {Site} a @param {Site} b @param {1 | -1} sign */
const strongest = (a, b, sign) =>
  data.pillars
    .map(({ name }, k) => ({ name, ln: a.odds[k] - b.odds[k] }))
    .filter(({ ln }) => sign * ln > FELT)
    .sort((x, y) => Math.abs(y.ln) - Math.abs(x.ln))
    .slice(0, NAMED)
    .map(({ name, ln }) => `${lowered(name)} (${timesText(Math.abs(ln))})`)
    .join(" and ");

/** @param {Site} a @param {Site} b */
function moneyBetween(a, b) {
  const parts = [];
  if (a.costs.length && b.costs.length) {
    const gap = usdOf(a) - usdOf(b);
    const words = gap <= 0 ? "less" : "more";
    parts.push(`a tonne delivered costs ${number(Math.abs(gap))} USD ${words}`);
  }
  if (known(a.pays_from) && known(b.pays_from)) {
    parts.push(`it pays from ${fromText(a.pays_from)} and not ${fromText(b.pays_from)} USD/t`);
  }
  return parts.join(", and ");
}

/** What one place has before another, in a sentence or three. @param {Site} a @param {Site} b */
export function between(a, b) {
  const share = aheadIn(a, b);
  const runs = share === null ? "" : ` It is ahead in ${runsText(share)} runs of the weights only.`;
  const pro = strongest(a, b, 1);
  const contra = strongest(a, b, -1);
  const lead = pro
    ? `${a.name} leads ${b.name} by ${pro}`
    : `${a.name} leads ${b.name} by nothing much`;
  const lag = contra ? `, and lags by ${contra}` : "";
  const money = moneyBetween(a, b);
  return `${lead}${lag}.${runs}${money ? ` Of the money, ${money}.` : ""}`;
}

/** A sentence for each site after the first. @param {Site[]} sites */
export const sentencesOf = ([first, ...others]) => others.map((other) => between(first, other));

/** What the odds of one against another are drawn from. */
export const DRAWN =
  "These runs vary the weights only, not plants, costs or prices: the order is less sure than they say.";
