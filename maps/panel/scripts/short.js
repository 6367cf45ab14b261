// The answer in short, under the question: how sure it is, why the first site leads, and what would
// change that. The panel folds away; it follows every turn of a weight.

/** @import { Unscouted } from "./model.js" */
import { data, live } from "./data.js";
import { $, field, part, phone, write } from "./dom.js";
import { resized } from "./map.js";
import { sites, turn, unscoutedNow } from "./rank.js";
import { known, oddsText, percent } from "./words.js";

const NOTHING = 0.05;

/** A probability with the word for it. @param {number | null} p */
function sure(p) {
  const [, word] = data.certainty.find(([least]) => Number(p) >= least) ?? [0, ""];
  return `${word} (${percent(p)})`;
}

function sureNow() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  const band = known(first.share_low)
    ? ` Its share lies between ${percent(first.share_low)} and ${percent(first.share_high)} in nine of ten.`
    : "";
  /** @type {Unscouted[]} */
  const unscouted = [...unscoutedNow(), ...sites.filter(({ scouted }) => !scouted)];
  const [larger] = unscouted.sort((a, b) => b.share - a.share);
  const rest =
    larger && larger.share > first.share
      ? ` ${larger.zone_name || larger.name}, where no estate is known, catches more (${percent(larger.share)}).`
      : "";
  const drawn = turn.chance ? "weights" : "weights, plants and costs";
  return (
    `In draws of ${drawn}, that ${first.name} is first is ${sure(first.p_first)}, ` +
    `and that it is among the first ten is ${sure(first.p_top10)}.${band}${rest}`
  );
}

/** The pillars that multiply the odds most, of a list of their logarithms. @param {number[]} odds @param {1 | -1} sign */
const strongest = (odds, sign) =>
  data.pillars
    .map(({ name }, k) => ({ name, ln: odds[k] }))
    .filter(({ ln }) => sign * ln > NOTHING)
    .sort((a, b) => Math.abs(b.ln) - Math.abs(a.ln))
    .slice(0, 2)
    .map(({ name, ln }) => `${name} (${oddsText(ln)})`)
    .join(" and ");

/** What one site has before another. @param {number[]} gaps */
function leadOf(gaps) {
  const ahead = strongest(gaps, 1);
  const behind = strongest(gaps, -1);
  if (ahead) return `it is ahead by ${ahead}${behind ? `, behind by ${behind}` : ""}`;
  return `${behind ? `it is behind by ${behind}, and ` : ""}its lead is the number of places around it`;
}

function whyNow() {
  const [first, second] = sites;
  if (!first) return "";
  const gains = strongest(first.odds, 1) || "nothing";
  const made = `Against the median place ${first.name} gains most by ${gains}.`;
  if (!second) return made;
  const lead = leadOf(first.odds.map((ln, k) => ln - second.odds[k]));
  return `${made} Against ${second.name} ${lead}.`;
}

/** @param {string} id @param {boolean} hidden */
export const hidePart = (id, hidden) => {
  /** @type {HTMLElement} */ ($(id).parentNode).hidden = hidden;
};

export function drawShort() {
  for (const [id, text] of [
    ["sure", sureNow()],
    ["why", whyNow()],
  ]) {
    write($(id), text);
    hidePart(id, !text);
  }
}

/** @param {boolean} shut */
export function foldShort(shut) {
  $("short").classList.toggle("shut", shut);
  $("shorten").setAttribute("aria-expanded", String(!shut));
  resized();
}

/** On a phone it heads the list, because there the map needs the room. */
function dockShort() {
  if (phone.matches) $("scroll").prepend($("short"));
  else part(".top").after($("short"));
  resized();
}

export function buildShort() {
  hidePart("change", !live);
  $("shorten").addEventListener("click", () => foldShort(!$("short").classList.contains("shut")));
  $("ask").addEventListener("click", () => {
    $("query").focus();
    field("query").placeholder = "Type a country, for instance Morocco";
  });
  phone.addEventListener("change", dockShort);
  dockShort();
  drawShort();
}
