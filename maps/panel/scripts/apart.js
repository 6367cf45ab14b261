// What stands apart from the list: zones without a known estate, and estates that a rule excludes.

/** @import { BarredRow } from "./payload.js" */
/** @import { Unscouted } from "./model.js" */
import { BADGES, barred } from "./data.js";
import { $, add, button, el, write } from "./dom.js";
import { sumOf } from "./engine.js";
import { ngettext, tr } from "./language.js";
import { showLayerOf } from "./legend.js";
import { siteNamed, unscoutedNow } from "./rank.js";
import { pick } from "./state.js";
import { fly } from "./views.js";
import { CHANCE, number, percent } from "./words.js";

/** Zones without a known estate, after the list and never in it before the others. */
export function drawUnscouted() {
  const rows = unscoutedNow();
  const box = /** @type {HTMLDetailsElement} */ ($("unscouted"));
  const share = percent(sumOf(rows.map((row) => row.share)));
  const words = ngettext(
    "{n} further zone without a known estate, {chance} {share}",
    "{n} further zones without a known estate, {chance} {share}",
    rows.length,
    { n: number(rows.length), chance: CHANCE, share },
  );
  box.hidden = !rows.length;
  write($("unscoutedsum"), words);
  if (box.open) fillUnscouted(rows);
}

/** @param {Unscouted} row */
function unscoutedItem(row) {
  const go = button("", undefined, () => {
    const site = siteNamed(row.site_id);
    if (site) pick(site);
    else fly(row, 6);
  });
  const share = el("span", "n", percent(row.share));
  add(go, el("span", "code", row.country), el("span", "wide", row.name), share);
  return add(el("li"), go);
}

/** @param {Unscouted[]} rows */
function fillUnscouted(rows) {
  const words = tr(
    "Unscouted: likely by what is measured, but the catalogue knows no estate near. " +
      "Sites there have yet to be found.",
  );
  $("unscoutedlist").replaceChildren(
    el("p", "small", words),
    add(el("ul"), ...rows.slice(0, BADGES).map(unscoutedItem)),
    rows.length > BADGES
      ? el("p", "small", tr("and {n} smaller ones", { n: number(rows.length - BADGES) }))
      : "",
  );
}

/** @param {BarredRow} row */
function barredItem(row) {
  const go = button("", undefined, () => {
    showLayerOf("barred", true);
    fly(row, 6);
  });
  return add(el("li"), add(go, el("span", "code", row.country), el("span", "", row.name)));
}

/** "13 places are excluded": grouped by the rule, the largest group first. */
export function buildApart() {
  if (!barred.length) return;
  /** @type {Map<string, BarredRow[]>} */
  const byRule = new Map();
  for (const row of barred) byRule.set(row.rule, [...(byRule.get(row.rule) ?? []), row]);
  const groups = [...byRule].sort((a, b) => b[1].length - a[1].length);
  $("apart").hidden = false;
  $("apartsum").textContent = ngettext(
    "{n} estate is excluded by a rule",
    "{n} estates are excluded by a rule",
    barred.length,
    { n: number(barred.length) },
  );
  for (const [rule, rows] of groups) {
    const head = el("h3", "", tr("{rule} ({n})", { rule: tr(rule), n: number(rows.length) }));
    add($("apartlist"), head, add(el("ul"), ...rows.map(barredItem)));
  }
}
