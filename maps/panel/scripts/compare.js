// Side by side: the first five under every lens, and two settings with what moves between them.

/** @import { View } from "./payload.js" */
/** @import { Found, Setting } from "./model.js" */
import { $, add, button, el, option, section, table } from "./dom.js";
import { landed } from "./land.js";
import { pgettext, tr } from "./language.js";
import { bench, foundBy, siteAt, turn } from "./rank.js";
import { copied, same, titleOf, VIEWS } from "./setting.js";
import { askedSwipe, pick, state, unpick } from "./state.js";
import { CHANCE, DASH, DOWN, number, percent, sentences, UP } from "./words.js";

/** @typedef {{ i: number, a: number | null, b: number | null, by: number | null }} Move */

const LEADERS = 5;
export const MOVERS = 10;
/** @type {{ a: string, b: string, kept: Setting | null }} */
const compared = { a: "own", b: "here", kept: null };

/** Whose lists can be set beside each other. @returns {[string, string, Setting][]} */
export function choices() {
  return [
    ["own", titleOf(VIEWS[0]), VIEWS[0]],
    ["here", tr("As turned here"), turn.setting],
    ...(compared.kept
      ? [/** @type {[string, string, Setting]} */ (["kept", tr("Kept"), compared.kept])]
      : []),
    ...VIEWS.slice(1).map(
      (view, at) => /** @type {[string, string, Setting]} */ ([`view${at}`, titleOf(view), view]),
    ),
  ];
}

/** @param {string} key */
const chosenOf = (key) => choices().find(([one]) => one === key) || choices()[0];
/** @param {Setting} setting */
export const evaluated = (setting) =>
  [turn.found, turn.own].find((found) => same(found.setting, setting)) || foundBy(copied(setting));

/**
 * Ranks of the zones under two settings: those among the first so many in either, in the order of
 * the second, then of the first. A site that stands for no zone of a list has the rank of the zone
 * that holds it there, and null where none does.
 * @param {Found} a
 * @param {Found} b
 * @param {number} [most]
 * @returns {Move[]}
 */
export function moversOf(a, b, most = MOVERS) {
  const heads = [...b.heads.slice(0, most), ...a.heads.slice(0, most)];
  /** @param {number} i */
  const order = (i) => b.zone[i] || bench.count + a.zone[i];
  return [...new Set(heads)]
    .sort((i, j) => order(i) - order(j))
    .map((i) => {
      const by = a.zone[i] && b.zone[i] ? a.zone[i] - b.zone[i] : null;
      return { i, a: a.zone[i] || null, b: b.zone[i] || null, by };
    });
}

/** @param {View} view */
function leadersUnder(view) {
  const found = evaluated(view);
  const head = el("h4", "", tr(view.name));
  head.title = tr(view.reasoning);
  const items = found.heads.slice(0, LEADERS).map((i, k) => {
    const site = siteAt(i);
    const go = button("", undefined, () => pick(site));
    add(go, el("span", "code", site.country), el("span", "wide", site.name));
    return add(el("li"), go, el("span", "n", percent(found.share[k])));
  });
  return add(el("div", "leaders"), head, add(el("ol"), ...items));
}

/** @param {"a" | "b"} side */
function chooser(side) {
  const select = el("select");
  select.id = `compare-${side}`;
  add(select, ...choices().map(([key, name]) => option(key, name)));
  select.value = chosenOf(compared[side])[0];
  select.addEventListener("change", () => {
    compared[side] = select.value;
    drawCompare();
    $(select.id).focus();
  });
  return add(el("label", "", `${side.toUpperCase()} `), select);
}

/** @param {Move} move */
function shiftCell({ a, b, by }) {
  const change = by ?? 0;
  const cell = el("span", change > 0 || a === null ? "up" : change < 0 || b === null ? "down" : "");
  const moved = change ? `${change > 0 ? UP : DOWN}${number(Math.abs(change))}` : "=";
  cell.textContent =
    a === null ? pgettext("in a list", "new") : b === null ? pgettext("in a list", "out") : moved;
  return cell;
}

function moversTable() {
  const [, nameA, settingA] = chosenOf(compared.a);
  const [, nameB, settingB] = chosenOf(compared.b);
  const a = evaluated(settingA);
  const b = evaluated(settingB);
  const moves = moversOf(a, b);
  /** @param {number | null} rank */
  const among = (rank) => rank !== null && rank <= MOVERS;
  const both = moves.filter((move) => among(move.a) && among(move.b)).length;
  const [one, other] = [a, b].map(({ heads }) => (heads.length ? siteAt(heads[0]).name : DASH));
  const rows = moves.map((move) => {
    const site = siteAt(move.i);
    const go = button("go", site.name, () => pick(site));
    const cell = add(el("span"), el("span", "code", site.country), go);
    return [cell, move.a ?? DASH, move.b ?? DASH, shiftCell(move)];
  });
  const list = table([tr("Site"), "A", "B", tr("moved")], rows);
  list.className = "movers";
  add(list, el("caption", "hidden", tr("Ranks under {a} and under {b}", { a: nameA, b: nameB })));
  const lead =
    one === other
      ? tr("{name} has rank 1 in both", { name: one })
      : tr("Rank 1: {one} in A, {other} in B", { one, other });
  const few = Math.min(a.heads.length, b.heads.length) <= MOVERS;
  const first = few
    ? tr("{lead}.", { lead })
    : tr("{lead}; {count} of the ten likeliest are in both.", { lead, count: both });
  const words = sentences(first, tr("Ranks are those of the zone that holds a site."));
  return add(el("div"), el("p", "sub", words), list);
}

function keepThis() {
  compared.kept = copied(turn.setting);
  compared.a = "kept";
  drawCompare();
  $("compare-a").focus();
}

export function drawCompare() {
  const card = $("compare");
  if (card.hidden) return;
  const top = card.scrollTop;
  const title = el("h2", "", tr("Side by side"));
  title.id = "comparetitle";
  const close = button("close", "\u00D7", closeCompare);
  close.setAttribute("aria-label", tr("Close the comparison"));
  const lenses = VIEWS.filter(({ kind }) => kind === "lens").map(leadersUnder);
  const keep = button("button", tr("Keep this one"), keepThis);
  keep.title = tr("Keep the weights as they are now as A, and turn further");
  const swipe = button("button", tr("Swipe on the map"), () =>
    askedSwipe.tell(compared.a, compared.b),
  );
  swipe.title = tr("The land by A left of a line across the map, by B right of it");
  card.replaceChildren(
    add(el("header"), title, close),
    add(
      section(tr("The five likeliest under each lens"), CHANCE),
      add(el("div", "columns"), ...lenses),
    ),
    add(
      section(tr("Two settings")),
      add(el("div", "choosers"), chooser("a"), chooser("b"), keep, landed ? swipe : null),
      moversTable(),
    ),
  );
  card.scrollTop = top;
}

export function openCompare() {
  if (state.site) unpick();
  $("compare").hidden = false;
  document.body.classList.add("comparing");
  $("comparing").setAttribute("aria-expanded", "true");
  drawCompare();
  $("compare").focus({ preventScroll: true });
}

export function closeCompare() {
  if ($("compare").hidden) return;
  $("compare").hidden = true;
  document.body.classList.remove("comparing");
  $("comparing").setAttribute("aria-expanded", "false");
  $("comparing").focus();
}
