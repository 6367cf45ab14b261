// The answer, before any map: where, whether it pays, how sure, why, and what would change it; each
// a headline with a number, and a sentence or a picture under it. It follows every turn.

/** @import { Unscouted } from "./model.js" */
import { data, live } from "./data.js";
import { $, add, el, part, phone, write } from "./dom.js";
import { nearestFlip } from "./flip.js";
import { resized } from "./map.js";
import { paysHead, paysText } from "./pays.js";
import { drawPrice } from "./pricing.js";
import { answerNow, countriesNow, sites, turn, unscoutedNow } from "./rank.js";
import { known, oddsText, percent, runs, short } from "./words.js";

const FELT = 0.05; // ln of odds; what is smaller is not worth a word
const COUNTRIES = 6; // with a bar

// ---- where ----

function whereHead() {
  const [first, second] = countriesNow();
  if (!first) return "";
  return second ? `${first.name}, then ${second.name}` : first.name;
}

function leadText() {
  const [first, second] = sites;
  if (!first) return "";
  const then = second ? `; then ${short(second.name)}, ${percent(second.share)}` : "";
  return `First: ${short(first.name)}, ${percent(first.share)}${then}.`;
}

/** Rows are made once; each re-rank gives them their countries. */
const bars = Array.from({ length: COUNTRIES }, () => {
  const row = { item: el("div"), who: el("span", "who"), bar: el("i"), share: el("b") };
  add(row.item, row.who, add(el("span", "bar"), row.bar), row.share);
  return row;
});

/** A bar a country, with its share of the chances. */
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

/** The word for a probability; none for what the page drew, which knows less than a plan. @param {number} p */
function wordFor(p) {
  if (turn.chance) return "";
  return data.certainty.find(([least]) => p >= least)?.[1] ?? "";
}

function sureHead() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  const word = wordFor(first.p_first);
  const often = `first in ${runs(first.p_first)} what-if runs`;
  return word ? `${word[0].toUpperCase()}${word.slice(1)}: ${often}` : `F${often.slice(1)}`;
}

function sureText() {
  const [first] = sites;
  if (!first || !known(first.p_first) || !known(first.p_top10)) return "";
  const word = wordFor(first.p_top10);
  const ten = `${short(first.name)} is among the first ten in ${runs(first.p_top10)}${word ? ` (${word})` : ""}.`;
  const band = known(first.share_low)
    ? ` In nine of ten its share lies between ${percent(first.share_low)} and ${percent(first.share_high)}.`
    : "";
  const drawn = turn.chance ? " Here only the weights vary: a plan is less sure." : "";
  return `${ten}${band}${largerText()}${drawn}`;
}

/** A zone that nobody can visit may catch more than the first that one can. */
function largerText() {
  /** @type {Unscouted[]} */
  const unscouted = [...unscoutedNow(), ...sites.filter(({ scouted }) => !scouted)];
  const [larger] = unscouted.sort((a, b) => b.share - a.share);
  if (!larger || larger.share <= sites[0].share) return "";
  return ` ${larger.zone_name || larger.name}, where no estate is known, catches more (${percent(larger.share)}).`;
}

// ---- why ----

/** The pillars that multiply the odds most, of a list of their logarithms. @param {number[]} odds @param {1 | -1} sign */
const strongest = (odds, sign) =>
  data.pillars
    .map(({ name }, k) => ({ name, ln: odds[k] }))
    .filter(({ ln }) => sign * ln > FELT)
    .sort((a, b) => Math.abs(b.ln) - Math.abs(a.ln))
    .slice(0, 2);

/** @param {{ name: string, ln: number }[]} pillars */
const named = (pillars) => pillars.map(({ name, ln }) => `${name} ${oddsText(ln)}`).join(" and ");

function whyHead() {
  const [first] = sites;
  const gains = first ? strongest(first.odds, 1) : [];
  const names = gains.map(({ name }, k) => (k ? name.toLowerCase() : name));
  return names.join(" and ");
}

/** What one site has before another. @param {number[]} gaps */
function leadOf(gaps) {
  const ahead = named(strongest(gaps, 1));
  const behind = named(strongest(gaps, -1));
  if (ahead) return `it is ahead by ${ahead}${behind ? `, behind by ${behind}` : ""}`;
  return `${behind ? `it is behind by ${behind}, and ` : ""}its lead is the number of places around it`;
}

function whyText() {
  const [first, second] = sites;
  if (!first) return "";
  const gains = named(strongest(first.odds, 1)) || "nothing";
  const made = `Against a middling place ${short(first.name)} gains most by ${gains}.`;
  if (!second) return made;
  const lead = leadOf(first.odds.map((ln, k) => ln - second.odds[k]));
  return `${made} Against ${short(second.name)} ${lead}.`;
}

// ---- what would change it ----

/** A price is in no weight of the lenses, but a reader may give it one. */
const priceText = () =>
  turn.found.leaves.margin > 0 ? "" : " The price changes what pays, not the order.";

/** When the hand rests, for it is dear. */
export function drawChange() {
  const flip = nearestFlip();
  write($("changehead"), flip.head);
  write($("change"), `${flip.text}${priceText()}`);
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
