// Take a setting away: a link to copy, a file to plan with.

/** @import { Setting } from "./model.js" */
import { mark, remember } from "./address.js";
import { closeCompare, openCompare } from "./compare.js";
import { data, live } from "./data.js";
import { $, el, field } from "./dom.js";
import { ngettext, tr } from "./language.js";
import { turn } from "./rank.js";
import { changesIn, copied, fileOf, laidOver, VIEWS } from "./setting.js";
import { number } from "./words.js";

async function copyLink() {
  remember();
  const link = window.location.href.replace(/#.*$/, "") + mark();
  try {
    await navigator.clipboard.writeText(link);
    $("said").textContent = flash($("copy"), tr("Copied"));
  } catch {
    // not allowed here: show it, chosen, to be copied by hand
    $("link").hidden = false;
    field("link").value = link;
    field("link").select();
  }
}

function saveSetting() {
  const file = new Blob([fileOf(turn.setting, turn.priced ? turn.money.price : null)], {
    type: "application/json",
  });
  const link = el("a");
  link.href = URL.createObjectURL(file);
  link.download = `${data.study.replace(/[^\w-]+/g, "-") || "study"}-setting.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  flash($("save"), tr("Saved"));
}

/** @param {HTMLElement} node @param {string} words */
function flash(node, words) {
  const before = node.dataset.words || node.textContent || "";
  node.dataset.words = before;
  node.textContent = words;
  setTimeout(() => {
    node.textContent = before;
  }, 1500);
  return words;
}

/**
 * The setting of an address, over the study's own; parts that cannot be read are named and left.
 * @param {URLSearchParams} parameters
 * @returns {Setting}
 */
export function settingIn(parameters) {
  /** @type {string[]} */
  const faults = [];
  const next = laidOver(VIEWS[0], changesIn(parameters), faults);
  if (!faults.length) return next;
  const words = ngettext(
    "The link holds {n} part that cannot be read; the study's own weights are shown.",
    "The link holds {n} parts that cannot be read; the study's own weights are shown.",
    faults.length,
    { n: number(faults.length) },
  );
  $("said").textContent = words;
  $("happened").textContent = words;
  return copied(VIEWS[0]);
}

export function buildKeep() {
  if (!live) return;
  $("copy").addEventListener("click", copyLink);
  $("save").addEventListener("click", saveSetting);
  $("comparing").addEventListener("click", () =>
    $("compare").hidden ? openCompare() : closeCompare(),
  );
  $("link").addEventListener("blur", () => {
    $("link").hidden = true;
  });
}
