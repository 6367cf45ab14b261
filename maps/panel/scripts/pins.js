// Two to four places pinned: a tray over the map, buttons that pin, and a sheet that sets them side
// by side. They stand in the address.

/** @import { Site } from "./model.js" */
import { remember } from "./address.js";
import { live } from "./data.js";
import { $, add, button, el } from "./dom.js";
import { ngettext, tr } from "./language.js";
import { copyPicture } from "./pinpicture.js";
import { sheetOf } from "./pinsheet.js";
import { dressAgain, siteNamed, tell } from "./rank.js";
import { rove } from "./rove.js";
import { pick, state, unpick } from "./state.js";
import { number } from "./words.js";

export const MOST = 4;

/** @param {Site} site */
const isPinned = (site) => state.pins.includes(site);

/** @param {Site} site */
function toggle(site) {
  const full = !isPinned(site) && state.pins.length >= MOST;
  if (full) {
    $("said").textContent = tr("{n} places are pinned; unpin one first", { n: MOST });
    return;
  }
  state.pins = isPinned(site) ? state.pins.filter((one) => one !== site) : [...state.pins, site];
  const { name } = site;
  $("said").textContent = isPinned(site)
    ? tr("{name} pinned", { name })
    : tr("{name} unpinned", { name });
  drawPins();
  remember();
}

/** Pin these and no others. @param {string[]} ids */
export function pinAll(ids) {
  const named = [...new Set(ids.map(siteNamed))].filter((site) => site !== null);
  state.pins = named.slice(0, MOST);
  if (state.pins.length < 2) closePins();
  drawPins();
  remember();
  return state.pins.map((site) => site.site_id);
}

// ---- buttons ----

/** @param {Site | null} site @param {boolean} on */
function pinText(site, on) {
  const places = { name: site?.name ?? "" };
  return on ? tr("Unpin {name}", places) : tr("Pin {name}", places);
}

/** @param {HTMLElement} node @param {Site | null} site */
function dress(node, site) {
  const on = site !== null && isPinned(site);
  node.setAttribute("aria-pressed", String(on));
  node.setAttribute("aria-label", pinText(site, on));
}

/** The button of a dossier. @param {Site} site */
export function pinButton(site) {
  const node = button("button pinning", tr("Pin"), () => toggle(site));
  node.title = tr("Pin to compare with up to three others");
  dress(node, site);
  return node;
}

/** @type {[HTMLElement, () => Site | null][]} */
const rowPins = [];

/** The button of a row of the list; the keyboard has P on the row. @param {() => Site | null} siteOf */
export function rowPin(siteOf) {
  const act = () => {
    const site = siteOf();
    if (site) toggle(site);
  };
  const node = button("rowpin", tr("Pin"), act);
  node.tabIndex = -1;
  node.addEventListener("mouseenter", () => dress(node, siteOf()));
  rowPins.push([node, siteOf]);
  return node;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const row = /** @type {HTMLElement} */ (document.activeElement);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key.toLowerCase() !== "p" || !plain || !row?.matches("#list .row")) return;
  /** @type {HTMLElement | null} */ (row.nextElementSibling)?.click();
}

// ---- tray and sheet ----

/** @param {Site} site */
function chip(site) {
  const go = button("go", site.name, () => pick(site));
  go.title = site.name;
  const off = button("unpin", "\u00D7", () => {
    toggle(site);
    /** @type {HTMLElement | null} */ ($("tray").querySelector("li button"))?.focus();
  });
  off.setAttribute("aria-label", pinText(site, true));
  return add(el("li"), go, off);
}

function drawTray() {
  const { pins } = state;
  $("tray").hidden = !pins.length || !$("pinned").hidden;
  const enough = pins.length > 1;
  const n = pins.length;
  const words = enough
    ? ngettext("Compare {n} site", "Compare {n} sites", n, { n: number(n) })
    : tr("Pin another to compare");
  const open = button("button", words, openPins);
  open.disabled = !enough;
  $("tray").replaceChildren(add(el("ul"), ...pins.map(chip)), open);
  rove($("tray"), "li button");
}

export function drawPins() {
  if (live) for (const site of state.pins) tell(dressAgain(site));
  drawTray();
  for (const [node, siteOf] of rowPins) dress(node, siteOf());
  const own = /** @type {HTMLElement | null} */ (document.querySelector("#dossier .pinning"));
  if (own && state.site) dress(own, state.site);
  if (!$("pinned").hidden) drawSheet();
}

function drawSheet() {
  const card = $("pinned");
  if (state.pins.length < 2) {
    closePins();
    return;
  }
  const top = card.scrollTop;
  const n = state.pins.length;
  const words = ngettext("{n} site side by side", "{n} sites side by side", n, { n: number(n) });
  const title = el("h2", "", words);
  title.id = "pinnedtitle";
  const close = button("close", "\u00D7", closePins);
  close.setAttribute("aria-label", tr("Close the comparison of sites"));
  const copy = button("button", tr("Copy picture"), () => copyPicture(state.pins, copy));
  const head = add(el("header"), title, add(el("div", "acts"), copy, close));
  card.replaceChildren(head, ...sheetOf(state.pins, toggle));
  card.scrollTop = top;
}

function openPins() {
  if (state.site) unpick();
  $("pinned").hidden = false;
  document.body.classList.add("comparing");
  drawTray();
  drawSheet();
  $("pinned").focus({ preventScroll: true });
}

export function closePins() {
  if ($("pinned").hidden) return;
  $("pinned").hidden = true;
  document.body.classList.remove("comparing");
  drawTray();
  /** @type {HTMLElement | null} */ (document.querySelector("#tray > .button"))?.focus();
}

/** @param {string[]} ids of the address */
export function buildPins(ids) {
  document.addEventListener("keydown", onKey);
  state.pins = [...new Set(ids.map(siteNamed))].filter((site) => site !== null).slice(0, MOST);
  drawPins();
}
