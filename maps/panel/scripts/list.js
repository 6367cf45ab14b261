// The ranked list: the keyboard's and the screen reader's way to every site.

/** @import { Site } from "./model.js" */
import { BADGES, colours, country, data, FIRST, PILLAR, SHOWN } from "./data.js";
import { $, add, button, el, phone, still, swatch, write } from "./dom.js";
import { sumOf } from "./engine.js";
import { passesSite } from "./land.js";
import { ngettext, pgettext, tr } from "./language.js";
import { ENDS, total } from "./odds.js";
import { fromPrice } from "./pays.js";
import { rowPin } from "./pins.js";
import { sites, turn } from "./rank.js";
import { pick, state } from "./state.js";
import {
  BEFORE_TAX,
  CHANCE,
  DOWN,
  facts,
  known,
  number,
  perCent,
  percent,
  sentences,
  sureOf,
  timesText,
  UNSCOUTED,
  UP,
} from "./words.js";

const DRAWN_THERE = tr("Weights, plants and costs vary from run to run.");
const DRAWN_HERE = tr(
  "This page varies the weights only; a plan varies plants and costs too, and is less sure.",
);

/** Rows are made once; each re-rank gives them their sites. @type {ReturnType<typeof makeSlot>[]} */
const slots = [];

function makeSlot() {
  const slot = {
    site: /** @type {Site | null} */ (null),
    label: "",
    paint: "", // of its bar
    item: el("li"),
    row: button("row", undefined, () => {
      if (slot.site) pick(slot.site);
    }),
    rank: el("span", "rank"),
    shift: el("span", "shift"),
    name: el("span", "name"),
    code: el("span", "code"),
    country: el("span", "country"),
    unscouted: el("span", "unscouted", tr("unscouted")),
    sure: el("span", "sure"),
    bar: el("span", "bar"),
    band: el("span", "band"),
    score: el("span", "score"),
    from: el("span", "from"),
  };
  const who = el("span");
  const meta = el("span", "meta");
  who.style.minWidth = "0";
  slot.unscouted.title = UNSCOUTED;
  add(meta, slot.code, slot.country, slot.unscouted, slot.sure);
  add(who, slot.name, meta);
  add(
    slot.row,
    add(el("span", "place"), slot.rank, slot.shift),
    who,
    add(el("span", "worth"), slot.bar, slot.band),
    add(el("span", "sums"), slot.score, slot.from),
  );
  slot.row.setAttribute("aria-pressed", "false");
  slot.row.tabIndex = -1;
  slot.row.addEventListener("focus", () => stopAt(slots.indexOf(slot)));
  add(
    slot.item,
    slot.row,
    rowPin(() => slot.site),
  );
  return slot;
}

/** @param {Site | null} site */
const slotOf = (site) => slots.find((slot) => slot.site === site && !slot.item.hidden) ?? null;

/**
 * Ranks since the moment just left, else since the study's own weights, with a sign; nothing where
 * nothing was turned.
 * @param {Site} site
 */
function shiftOf(site) {
  const { since } = state;
  if (!since && !turn.moved) return ["", "", ""];
  const before = since ? since.ranks.get(site.site_id) : site.before;
  /** @param {string} words */
  const than = (words) =>
    since ? tr("{shift} since {moment}", { shift: words, moment: since.label }) : words;
  if (!before) return [pgettext("in a list", "new"), "up", than(tr("new in the list"))];
  const by = before - Number(site.rank);
  if (!by) return ["", "", ""];
  return by > 0
    ? [`${UP}${by}`, "up", than(tr("up {ranks}", { ranks: by }))]
    : [`${DOWN}${-by}`, "down", than(tr("down {ranks}", { ranks: -by }))];
}

// ---- the bar of odds ----

/** @typedef {[size: number, colour: string]} Part */

/**
 * The bar is a background, so that a new one costs paint and no layout. It has a half for what
 * costs and one for what helps; each ends where its picture does, because a transparent end prints
 * as a black line.
 * @param {Part[]} parts
 * @param {number} towards degrees
 * @param {number} from
 * @param {number} wide
 */
function half(parts, towards, from, wide) {
  const whole = sumOf(parts.map(([size]) => size));
  if (!whole || !wide) return null;
  let end = 0;
  const stops = parts.flatMap(([size, colour]) => {
    const start = end;
    end += (100 * size) / whole;
    return [`${colour} ${start}% calc(${end}% - 1px)`, `var(--panel) calc(${end}% - 1px) ${end}%`];
  });
  const at = wide >= 100 ? 0 : (100 * from) / (100 - wide);
  return `linear-gradient(${towards}deg,${stops.join(",")}) ${at}% 0/${wide}% 100% no-repeat`;
}

/** @param {Site} site */
function painted(site) {
  const span = ENDS.left + ENDS.right;
  const centre = (100 * ENDS.left) / span;
  /** @param {1 | -1} sign @returns {Part[]} */
  const side = (sign) =>
    site.odds
      .map((one, k) => /** @type {Part} */ ([sign * one, PILLAR[k]]))
      .filter(([size]) => size > 0.02);
  /** @param {Part[]} parts */
  const wide = (parts) => (100 * sumOf(parts.map(([size]) => size))) / span;
  const right = side(1);
  const left = side(-1);
  const ink = colours.ink2;
  return [
    `linear-gradient(${ink},${ink}) ${centre}% 0/1px 100% no-repeat`,
    half(right, 90, centre, wide(right)),
    half(left, 270, centre - wide(left), wide(left)),
  ].filter(known);
}

// ---- rows ----

/** Only a bar that differs is painted: what the style sheet parses is long. @param {ReturnType<typeof makeSlot>} slot @param {Site} site */
function paintBar(slot, site) {
  const paint = painted(site).join(",");
  if (paint === slot.paint) return;
  slot.paint = paint;
  slot.bar.style.background = paint;
}

/** @param {ReturnType<typeof makeSlot>} slot @param {Site} site */
function dressSure(slot, site) {
  const sure = sureOf(site);
  slot.sure.hidden = !sure;
  slot.band.hidden = !sure;
  if (!sure) return;
  write(slot.sure, `${turn.chance ? tr("weights only") : sure.brief} ${percent(sure.part)}`);
  slot.sure.title = sentences(
    tr("Share of the what-if runs in which the zone is {first}.", { first: sure.words }),
    turn.chance ? DRAWN_HERE : DRAWN_THERE,
  );
  slot.band.style.setProperty("--p", `${100 * sure.part}%`);
}

/** What a screen reader says of a row. @param {Site} site @param {string} shift */
function labelOf(site, shift) {
  const sure = sureOf(site);
  const price = known(site.pays_from) ? { from: fromPrice(site.pays_from) } : null;
  return facts(
    tr("Rank {rank}", { rank: Number(site.rank) }),
    shift,
    site.name,
    country(site),
    `${CHANCE} ${percent(site.share)}`,
    site.scouted ? "" : tr("unscouted"),
    price ? tr("pays {from}, USD a tonne", price) : "",
    sure
      ? tr("{first} in {share} of the what-if runs", {
          first: sure.words,
          share: percent(sure.part),
        })
      : "",
  );
}

/** What does not pass the filter of the land is faded. @param {ReturnType<typeof makeSlot>} slot */
function fade({ site, row, label }) {
  if (!site) return;
  const out = !passesSite(site);
  row.classList.toggle("faded", out);
  row.setAttribute("aria-label", out ? facts(label, tr("outside the filter")) : label);
}

/** @param {ReturnType<typeof makeSlot>} slot @param {number} at */
function dressSlot(slot, at) {
  const site = sites[at] ?? null;
  slot.site = site;
  slot.item.hidden = !site || (at >= BADGES && !state.beyond);
  slot.item.classList.toggle("beyond", at >= BADGES);
  slot.row.setAttribute("aria-pressed", String(site !== null && site === state.site));
  if (!site) return;
  const [mark, direction, shift] = shiftOf(site);
  write(slot.rank, String(site.rank));
  write(slot.shift, mark);
  slot.shift.className = `shift ${direction}`;
  slot.shift.title = shift;
  write(slot.name, site.name);
  slot.name.title = site.name;
  write(slot.code, site.country);
  write(slot.country, ` ${country(site)}`);
  dressSure(slot, site);
  slot.unscouted.hidden = site.scouted;
  paintBar(slot, site);
  slot.bar.title = tr("{times} the odds of the median place", {
    times: timesText(total(site)),
  });
  write(slot.score, percent(site.share));
  const from = known(site.pays_from) ? site.pays_from : null;
  write(slot.from, from === null ? "" : from > 0 ? number(from) : pgettext("price", "any"));
  slot.from.classList.toggle("gain", Number(site.margin) >= 0);
  slot.label = labelOf(site, shift);
  fade(slot);
}

/** A row that has moved glides to its new place. @param {HTMLElement} item @param {number | undefined} top */
function glide(item, top) {
  const by = top === undefined ? 0 : top - item.offsetTop;
  if (!by || Math.abs(by) > 900) return;
  const steps = [{ transform: `translateY(${by}px)` }, { transform: "none" }];
  item.animate(steps, { duration: 220, easing: "ease-out" });
}

const cut = el("li", "cut");
function cutLine() {
  const firm = sites.filter((site) => Number(site.p_top10) >= 0.8).length;
  const many = { n: number(firm), share: perCent(80) };
  const text =
    !turn.chance && sites.some((site) => known(site.p_top10))
      ? firm
        ? ngettext(
            "{n} site is among them in {share} of the what-if runs.",
            "{n} sites are among them in {share} of the what-if runs.",
            firm,
            many,
          )
        : tr("No site is among them in {share} of the what-if runs.", many)
      : "";
  const [sure] = sites.map(sureOf).filter(known);
  $("surekey").hidden = !sure;
  if (sure) {
    const here = facts(sure.brief, tr("weights only"));
    const there = tr("{first} in the what-if runs", { first: sure.words });
    write($("surewords"), turn.chance ? here : there);
  }
  cut.hidden = sites.length <= FIRST;
  write(cut, sentences(tr("Ranks 1 to {last}.", { last: number(FIRST) }), text));
}

let stop = 0; // the row that Tab comes to: the list is one stop

/** @param {number} at */
function stopAt(at) {
  slots[stop].row.tabIndex = -1;
  stop = Math.max(0, at);
  slots[stop].row.tabIndex = 0;
}

export function drawList(glides = false) {
  const from = new Map(
    still || !glides
      ? []
      : slots.filter(({ site }) => site).map(({ site, item }) => [site, item.offsetTop]),
  );
  slots.forEach(dressSlot);
  if (slots[stop]?.item.hidden) stopAt(0);
  cutLine();
  if (from.size) for (const { site, item } of slots) glide(item, from.get(site));
  const shown = state.beyond ? sites.length : Math.min(BADGES, sites.length);
  const title = ngettext("{n} zone, likeliest on top", "{n} zones, likeliest on top", shown, {
    n: number(shown),
  });
  const scale = tr("chance; pays from, USD/t {tax}", { tax: BEFORE_TAX });
  write($("listtitle"), sites.length ? title : tr("No site may be built"));
  write($("listscale"), sites.length ? scale : "");
  $("listscale").title = tr(
    "Bars: odds against the median place (the line), by pillar; right helps, left costs",
  );
  if ($("more")) $("more").hidden = state.beyond || sites.length <= BADGES;
}

/** Arrows, Home and End go from row to row. @param {KeyboardEvent} event */
function stepRows(event) {
  const rows = /** @type {HTMLElement[]} */ ([
    ...$("list").querySelectorAll("li:not([hidden]) .row"),
  ]);
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const row = Object.hasOwn(steps, event.key) ? rows[steps[event.key]] : undefined;
  if (!row) return;
  event.preventDefault();
  row.focus();
}

export function buildList() {
  slots.push(...Array.from({ length: SHOWN }, makeSlot));
  const items = slots.map(({ item }) => item);
  add($("list"), ...items.slice(0, FIRST), cut, ...items.slice(FIRST));
  if (slots.length) stopAt(0);
  const key = data.pillars.map((pillar, k) => add(el("span"), swatch(PILLAR[k]), tr(pillar.name)));
  add($("pillars"), ...key);
  const sure = el("span");
  const words = el("span");
  [sure.id, words.id] = ["surekey", "surewords"];
  add($("pillars"), add(sure, el("i", "band key"), words));
  drawList();
  if (SHOWN > BADGES) {
    const all = button("button more", tr("Show all {n} zones", { n: number(SHOWN) }), () => {
      showBeyond();
      slots[BADGES].row.focus();
    });
    all.id = "more";
    $("list").after(all);
  }
  $("list").addEventListener("keydown", stepRows);
}

export function showBeyond() {
  state.beyond = true;
  drawList();
}

/** Another filter of the land is in force. */
export const fadeRows = () => slots.forEach(fade);

/** @param {Site | null} chosen */
export function markRow(chosen) {
  if (chosen && Number(chosen.at) >= BADGES && !state.beyond) showBeyond();
  for (const { site, row } of slots) {
    row.setAttribute("aria-pressed", String(site !== null && site === chosen));
  }
  if (chosen && !phone.matches) slotOf(chosen)?.item.scrollIntoView({ block: "nearest" });
}

/** Give the focus to the row of a site, or to the list. @param {Site} site */
export const focusRow = (site) => (slotOf(site)?.row ?? $("list")).focus();
