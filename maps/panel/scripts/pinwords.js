// What is said of pinned places: the same figures and sentences on the sheet and in its picture.

/** @import { Site } from "./model.js" */
import { data, live } from "./data.js";
import { aheadOf } from "./draws.js";
import { shareAt } from "./engine.js";
import { joined, tr } from "./language.js";
import { total } from "./odds.js";
import { tonneOf } from "./pays.js";
import { bench, turn } from "./rank.js";
import {
  CHANCE,
  known,
  lowered,
  measured,
  number,
  oddsText,
  percent,
  place,
  raised,
  sentences,
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
  [tr("Rank"), (site) => String(place(site))],
  [raised(CHANCE), (site) => percent(site.share)],
  [tr("Among the first ten"), (site) => (known(site.p_top10) ? percent(site.p_top10) : "")],
  [tr("First in the runs"), (site) => (known(site.p_first) ? percent(site.p_first) : "")],
  [tr("Chance that it pays"), (site) => (known(site.pays) ? percent(site.pays) : "")],
  [tr("Pays from, USD/t before tax"), (site) => fromText(site.pays_from)],
  [tr("Margin today, USD/t"), (site) => (known(site.margin) ? signedText(site.margin) : "")],
  [tr("Customers pay, USD/t"), (site) => paidText(site)],
  [tr("Delivered cost, USD/t"), (site) => (site.costs.length ? number(usdOf(site)) : "")],
  [tr("Power price"), (site) => measuredOf(site, "Power price")],
  [tr("Odds of the median place"), (site) => oddsText(total(site))],
];

/** @param {Site} site */
function paidText(site) {
  const sum = site.costs.length ? tonneOf(site) : null;
  return sum ? number(sum.paid) : "";
}

/** @param {number | null} usd */
const fromText = (usd) => (known(usd) ? (usd > 0 ? number(usd) : tr("any price")) : "");

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
export function runsText(share) {
  const all = share > 0.975 || share < 0.025 ? 100 : 10;
  return tr("{count} of {all}", { count: number(all * share), all });
}

/** @param {Site} a @param {Site} b @param {1 | -1} sign */
const strongest = (a, b, sign) =>
  joined(
    data.pillars
      .map(({ name }, k) => ({ name: lowered(tr(name)), ln: a.odds[k] - b.odds[k] }))
      .filter(({ ln }) => sign * ln > FELT)
      .sort((x, y) => Math.abs(y.ln) - Math.abs(x.ln))
      .slice(0, NAMED)
      .map(({ name, ln }) => tr("{name} ({times})", { name, times: timesText(Math.abs(ln)) })),
  );

/** @param {Site} a @param {Site} b */
function moneyBetween(a, b) {
  const parts = [];
  if (a.costs.length && b.costs.length) {
    const gap = usdOf(a) - usdOf(b);
    const usd = number(Math.abs(gap));
    parts.push(
      gap <= 0
        ? tr("a tonne delivered costs {usd} USD less", { usd })
        : tr("a tonne delivered costs {usd} USD more", { usd }),
    );
  }
  if (known(a.pays_from) && known(b.pays_from)) {
    const from = { one: fromText(a.pays_from), other: fromText(b.pays_from) };
    parts.push(tr("it pays from {one} and not {other} USD/t", from));
  }
  if (!parts.length) return "";
  return parts.length === 1
    ? tr("Of the money, {clause}.", { clause: parts[0] })
    : tr("Of the money, {clause}, and {other}.", { clause: parts[0], other: parts[1] });
}

/** What one place has before another, in a sentence or three. @param {Site} a @param {Site} b */
export function between(a, b) {
  const share = aheadIn(a, b);
  const runs =
    share === null
      ? ""
      : tr("It is ahead in {runs} runs of the weights only.", { runs: runsText(share) });
  const lead = strongest(a, b, 1) || tr("nothing much");
  const lag = strongest(a, b, -1);
  const places = { name: a.name, other: b.name, lead, lag };
  const odds = lag
    ? tr("{name} leads {other} by {lead}, and lags by {lag}.", places)
    : tr("{name} leads {other} by {lead}.", places);
  return sentences(odds, runs, moneyBetween(a, b));
}

/** A sentence for each site after the first. @param {Site[]} sites */
export const sentencesOf = ([first, ...others]) => others.map((other) => between(first, other));

/** What the odds of one against another are drawn from. */
export const DRAWN = tr(
  "These runs vary the weights only, not plants, costs or prices: the order is less sure than they " +
    "say.",
);
