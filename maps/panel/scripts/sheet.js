// The sheet that holds list, weights and legend on a phone: its tabs and its size.
import { $, part } from "./dom.js";
import { tr } from "./language.js";
import { resized } from "./map.js";
import { DOWN, UP } from "./words.js";

const tabs = () =>
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tabs [data-tab]"));

/** @param {string | undefined} key */
export function showTab(key) {
  part(".side").dataset.tab = key;
  for (const tab of tabs()) tab.setAttribute("aria-selected", String(tab.dataset.tab === key));
}

export function growSheet() {
  const full = document.body.classList.toggle("full");
  $("grow").setAttribute("aria-expanded", String(full));
  $("grow").setAttribute("aria-label", full ? tr("Shrink the sheet") : tr("Enlarge the sheet"));
  $("grow").textContent = full ? DOWN : UP;
  resized();
}

export function buildSheet() {
  for (const tab of tabs()) tab.addEventListener("click", () => showTab(tab.dataset.tab));
  $("grow").addEventListener("click", growSheet);
}
