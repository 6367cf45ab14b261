// The chosen site and the weights as turned stand in the address, so that a link or a reload
// brings them back.
import { live, moment } from "./data.js";
import { turn } from "./rank.js";
import { linkParts } from "./setting.js";
import { state } from "./state.js";

/** The part of the address after #. @param {number} [at] a moment */
export function mark(at = moment) {
  /** @type {[string, string][]} */
  const parts = [];
  if (at) parts.push(["at", String(at)]);
  if (state.site) parts.push(["site", state.site.site_id]);
  for (const { site_id: id } of state.pins) parts.push(["pin", id]);
  if (live) parts.push(...linkParts(turn.setting));
  if (turn.priced) parts.push(["price", String(turn.money.price)]);
  return `#${parts.map((part) => part.map(encodeURIComponent).join("=")).join("&")}`;
}

let leaving = false;

/** Open the page anew at a moment; what is kept waits there in the history. @param {number} at @param {object} kept */
export function reopen(at, kept) {
  leaving = true;
  window.history.replaceState({ kept }, "", mark(at));
  window.location.reload();
}

/** Tell the page around this one what is set here: the studio offers to keep it in the study. */
function tellFrame() {
  if (window.parent === window) return;
  window.parent.postMessage({ siting: "setting", link: mark() }, "*");
}

export function remember() {
  if (leaving) return; // a hand that comes to rest now would write over what is kept
  tellFrame();
  try {
    window.history.replaceState(null, "", mark());
  } catch {
    // not allowed in a frame
  }
}
