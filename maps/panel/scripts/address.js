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
  if (live) parts.push(...linkParts(turn.setting));
  return `#${parts.map((part) => part.map(encodeURIComponent).join("=")).join("&")}`;
}

export function remember() {
  try {
    window.history.replaceState(null, "", mark());
  } catch {
    // not allowed in a frame
  }
}
