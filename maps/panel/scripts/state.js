// What is chosen and how the page stands, and the three deeds that much follows from. Who does a
// deed need not know what follows: follow.js says that, in order, so that no script needs another
// that needs it.

/** @import { Box, Setting, Site } from "./model.js" */
import { Signal } from "./signal.js";

/**
 * `since`: ranks at the moment that the reader has just left, by the places of each zone.
 * @type {{ site: Site | null, pins: Site[], printing: boolean, home: Box | null, beyond: boolean,
 *   since: { label: string, ranks: Map<string, number> } | null }}
 */
export const state = {
  site: null,
  pins: [],
  printing: false,
  home: null,
  beyond: false,
  since: null,
};

/** @type {Signal<[site: Site, focus: boolean]>} */
export const picked = new Signal();
/** @type {Signal<[]>} */
export const unpicked = new Signal();
/** Other places pass the filter of the land. @type {Signal<[]>} */
export const sifted = new Signal();
/** Other colours are in force. @type {Signal<[]>} */
export const themed = new Signal();
/** @type {Signal<[setting: Setting, glides: boolean]>} */
export const reranked = new Signal();

/** Two settings over the map, by their keys. @type {Signal<[left: string, right: string]>} */
export const askedSwipe = new Signal();
/** A country that is asked about, by its code. @type {Signal<[code: string]>} */
export const askedLand = new Signal();

/**
 * Choose a site.
 * @param {Site} site
 * @param {boolean} [focus] whether its card takes the focus
 */
export const pick = (site, focus = true) => picked.tell(site, focus);
export const unpick = () => unpicked.tell();
/**
 * Rank by a setting and draw again.
 * @param {Setting} setting
 * @param {boolean} [glides] whether rows glide to their places
 */
export const rerank = (setting, glides = false) => reranked.tell(setting, glides);
