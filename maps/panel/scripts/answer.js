// The answer, before any map: where, whether it pays, how sure, why, and what would change it; each
// a headline with a number, and a sentence or a picture under it. It follows every turn.

/** @import { Site, Unscouted } from "./model.js" */
import { data, live } from "./data.js";
import { $, add, el, part, phone, write } from "./dom.js";
import { nearestFlip } from "./flip.js";
import { joined, tr } from "./language.js";
import { resized } from "./map.js";
import { paysHead, paysText } from "./pays.js";
import { drawPrice } from "./pricing.js";
import { answerNow, countriesNow, sites, turn, unscoutedNow } from "./rank.js";
import {
  CHANCE,
  chanceText,
  known,
  lowered,
  number,
  percent,
  raised,
  runs,
  sentences,
  short,
  timesText,
} from "./words.js";

const FELT = 0.05; // ln of odds; what is smaller is not worth a word
const COUNTRIES = 6; // with a bar

// ---- where ----

function whereHead() {
  const [first, second] = countriesNow();
  if (!first) return "";
  const lead = { country: first.name, chance: chanceText(first.share) };
  if (!second) return tr("{country}, {chance}", lead);
  const next = { next: second.name, after: chanceText(second.share) };
  return tr("{country}, {chance}, then {next}, {after}", { ...lead, ...next });
}

function leadText() {
  const [first] = sites;
  if (!first) return "";
  const places = { name: short(first.name), share: percent(first.share) };
  return tr("Rank 1: zone of {name}, {share}.", places);
}

/** Rows are made once; each re-rank gives them their countries. */
const bars = Array.from({ length: COUNTRIES }, () => {
  const row = { item: el("div"), who: el("span", "who"), bar: el("i"), share: el("b") };
  add(row.item, row.who, add(el("span", "bar"), row.bar), row.share);
  return row;
});

/** A bar a country, with its chance of the next plant. */
function drawCountries() {
  const shown = countriesNow().slice(0, COUNTRIES);
  const most = Math.max(...shown.map(({ share }) => share), 1e-9);
  bars.forEach(({ item, who, bar, share }, at) => {
    const one = shown[at];
    item.hidden = !one;
    if (!one) return;
    write(who, one.name);
    write(share, percent(one.share));
    bar.style.width = `${(100 * one.share) / most}%`;
  });
}

// ---- how sure ----

/** The word for a probability. @param {number} p */
function wordFor(p) {
  const word = data.certainty.find(([least]) => p >= least)?.[1];
  return word ? tr(word) : "";
}

function sureHead() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  if (turn.chance)
    return turn.moved ? tr("Not known for these weights") : tr("Not known for this plan");
  const certainty = raised(wordFor(first.p_first));
  return tr("{certainty}: first in {runs} what-if runs", { certainty, runs: runs(first.p_first) });
}

function sureText() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  if (turn.chance) return sentences(drawnText(first, first.p_first), largerText());
  const ten = known(first.p_top10)
    ? tr("Rank 1 is among the first ten in {runs} ({certainty}).", {
        runs: runs(first.p_top10),
        certainty: wordFor(first.p_top10),
      })
    : "";
  const band = known(first.share_low)
    ? tr("In nine of ten runs its chance lies between {low} and {high}.", {
        low: percent(first.share_low),
        high: percent(first.share_high),
      })
    : "";
  return sentences(othersText(), ten, band, largerText());
}

/**
 * The runs of a page hold less uncertain than those of a plan: turning a weight must not look like
 * learning something.
 * @param {Site} first
 * @param {number} share
 */
const drawnText = (first, share) =>
  tr(
    "A plan's runs vary weights, plants, costs, power and wages together; this page can vary the " +
      "weights only, which looks surer than it is: {name} is first in {runs} such runs. Save the " +
      "setting and plan it to know.",
    { name: short(first.name), runs: runs(share) },
  );

const OTHERS = 3; // winners that are named
const RARE = 0.005; // of the runs; less is not worth a name

/** Who is first in the runs in which rank 1 is not. */
function othersText() {
  const others = sites
    .slice(1)
    .filter(({ p_first: p }) => Number(p) >= RARE)
    .sort((a, b) => Number(b.p_first) - Number(a.p_first))
    .slice(0, OTHERS)
    .map(({ name, p_first: p }) =>
      tr("{name} in {count}", { name: short(name), count: number(100 * Number(p)) }),
    );
  if (!others.length) return "";
  return tr("Most often first else: {others}.", { others: others.join(tr(", ")) });
}

/** A zone that nobody can visit may catch more than the first that one can. */
function largerText() {
  /** @type {Unscouted[]} */
  const unscouted = [...unscoutedNow(), ...sites.filter(({ scouted }) => !scouted)];
  const [larger] = unscouted.sort((a, b) => b.share - a.share);
  if (!larger || larger.share <= sites[0].share) return "";
  return tr("{zone}, where no estate is known, has a larger {chance} ({share}).", {
    zone: larger.zone_name || larger.name,
    chance: CHANCE,
    share: percent(larger.share),
  });
}

// ---- why ----

/** The pillars that multiply the odds most, of a list of their logarithms. @param {number[]} odds @param {1 | -1} sign */
const strongest = (odds, sign) =>
  data.pillars
    .map(({ name }, k) => ({ name: tr(name), ln: odds[k] }))
    .filter(({ ln }) => sign * ln > FELT)
    .sort((a, b) => Math.abs(b.ln) - Math.abs(a.ln))
    .slice(0, 2);

/** @param {{ name: string, ln: number }[]} pillars */
const named = (pillars) =>
  joined(
    pillars.map(({ name, ln }) =>
      tr("{name} {times}", { name: lowered(name), times: timesText(ln) }),
    ),
  );

function whyHead() {
  const [first] = sites;
  const gains = first ? strongest(first.odds, 1) : [];
  const names = gains.map(({ name }, k) => (k ? lowered(name) : name));
  return joined(names);
}

/** What one site has before another. @param {number[]} gaps */
function leadOf(gaps) {
  const ahead = named(strongest(gaps, 1));
  const behind = named(strongest(gaps, -1));
  if (ahead) return behind ? tr("{ahead}; against it {behind}", { ahead, behind }) : ahead;
  if (!behind) return tr("its lead is the number of places around it");
  return tr("against it {behind}; its lead is the number of places around it", { behind });
}

function whyText() {
  const [first, second] = sites;
  if (!first) return "";
  const gains = named(strongest(first.odds, 1)) || tr("nothing more");
  const made = tr("Odds of rank 1 against the median place: {gains}.", { gains });
  if (!second) return made;
  const lead = leadOf(first.odds.map((ln, k) => ln - second.odds[k]));
  return sentences(made, tr("Against rank 2: {lead}.", { lead }));
}

// ---- what would change it ----

/** A price is in no weight of the lenses, but a reader may give it one. */
const priceText = () =>
  turn.found.leaves.margin > 0 ? "" : tr("Another price changes which zones pay, not their order.");

/** When the hand rests, for it is dear. */
export function drawChange() {
  const flip = nearestFlip();
  write($("changehead"), flip.head);
  write($("change"), sentences(flip.text, priceText()));
  return flip.text;
}

// ---- the panel ----

/** @param {string} id @param {boolean} hidden */
export const hidePart = (id, hidden) => {
  /** @type {HTMLElement} */ ($(id).closest(".cell")).hidden = hidden;
};

export function drawAnswer() {
  write($("answer"), answerNow());
  for (const [id, head, text] of [
    ["pays", paysHead(), paysText()],
    ["sure", sureHead(), sureText()],
    ["why", whyHead(), whyText()],
  ]) {
    write($(`${id}head`), head);
    write($(id), text);
    hidePart(id, !text);
  }
  write($("wherehead"), whereHead());
  write($("lead"), leadText());
  drawCountries();
  drawPrice();
}

/** @param {boolean} shut */
export function foldAnswer(shut) {
  $("short").classList.toggle("shut", shut);
  $("shorten").setAttribute("aria-expanded", String(!shut));
  resized();
}

/** On a phone it heads the list, because there the map needs the room. */
function dockAnswer() {
  const heads = [part(".listhead"), $("pillars")];
  if (phone.matches) $("scroll").prepend($("short"), ...heads);
  else {
    part(".top").after($("short"));
    $("scroll").before(...heads);
  }
  resized();
}

export function buildAnswer() {
  write($("laws"), data.laws);
  add($("countries"), ...bars.map(({ item }) => item));
  hidePart("change", !live);
  $("shorten").addEventListener("click", () => foldAnswer(!$("short").classList.contains("shut")));
  $("ask").addEventListener("click", () => $("query").focus());
  phone.addEventListener("change", dockAnswer);
  dockAnswer();
  drawAnswer();
}
