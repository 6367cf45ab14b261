// Which part of the world is seen.

/** @import { Box, Row, Site } from "./model.js" */
import { covered, edges } from "./cover.js";
import { BADGES, FIRST, where } from "./data.js";
import { $, add, button, phone } from "./dom.js";
import { reachOf } from "./flows.js";
import { tr } from "./language.js";
import { boxAround, fit, holds, lookAt, onMap, zoomLevel } from "./map.js";
import { badgedSites, sites, zonesNow } from "./rank.js";
import { rove } from "./rove.js";
import { pick, state } from "./state.js";

/** @typedef {{ key: string, name: string, bounds: Box }} Region */
/** @type {Region[]} */
const PARTS = [
  {
    key: "europe",
    name: tr("Europe"),
    bounds: [
      [33.2, -12],
      [66.8, 37],
    ],
  },
  {
    key: "gulf",
    name: tr("Gulf"),
    bounds: [
      [11, 32],
      [34, 63],
    ],
  },
  {
    key: "asia",
    name: tr("South-East Asia"),
    bounds: [
      [-11, 92],
      [24, 142],
    ],
  },
  {
    key: "america",
    name: tr("North America"),
    bounds: [
      [14, -127],
      [56, -58],
    ],
  },
];
/** @type {Region} */
const ALL = {
  key: "all",
  name: tr("All"),
  bounds: [
    [-36, -122],
    [66, 145],
  ],
};

const NEAREST_ZOOM = 8;

/** @type {Region | null} */
let pressed = null;
let fitting = false;

/** @param {string} key @param {Box} bounds @param {ReturnType<typeof edges>} room */
function view(key, bounds, room) {
  fitting = true;
  markRegion(key); // before the view moves, which then answers for this part
  fit(bounds, {
    topLeft: [room.left, room.top],
    bottomRight: [room.right, room.bottom],
    most: NEAREST_ZOOM,
  });
  fitting = false;
  state.home = bounds;
}

/** A part of the world is wider than its sites: there a panel may lie over its edge. */
function ofPart() {
  const { left, right } = covered();
  return { top: 46, left, right, bottom: phone.matches ? 40 : 0 };
}

/** All ranked sites with their zones, none under a panel. */
function viewAll() {
  const ranks = new Set(sites.slice(0, BADGES).map(({ rank }) => rank));
  const zones = zonesNow().filter(({ rank }) => ranks.has(rank));
  const places = [...badgedSites().map(where), ...zones.flatMap(({ hull }) => hull)];
  view("all", boxAround(places, 0) ?? ALL.bounds, edges());
}

/** The part of the world that is pressed, if any; not all of it. */
export const partPressed = () => pressed;

/** Which region is pressed, if any. @param {string | null} key */
export function markRegion(key) {
  pressed = PARTS.find((part) => part.key === key) ?? null;
  for (const node of document.querySelectorAll("#regions button")) {
    const { dataset } = /** @type {HTMLElement} */ (node);
    node.setAttribute("aria-pressed", String(dataset.key === key));
  }
}

/** The region that holds most of the first ten. */
function busiest() {
  const first = sites.slice(0, FIRST);
  const counts = PARTS.map(
    ({ bounds }) => first.filter((site) => holds(bounds, where(site))).length,
  );
  return PARTS[counts.indexOf(Math.max(...counts))];
}

/** A page opens on all ranked sites: what lies close is one pill, so that none is out of sight. */
export const viewStart = viewAll;

/** Look at some sites; where they are seen as near as can be, at the first. @param {Site[]} chosen */
export function viewSites(chosen) {
  const before = zoomLevel();
  const box = boxAround(chosen.map(where), 0.25);
  if (!box) return;
  const { left, right } = covered();
  fit(box, { topLeft: [left + 20, 60], bottomRight: [right + 20, 50], most: NEAREST_ZOOM });
  markRegion(null);
  if (zoomLevel() <= before) pick(chosen[0]);
}

/** Look at a place as a reader who asked for it. @param {Row} row @param {number} zoom */
export function fly(row, zoom) {
  lookAt(where(row), zoom);
  markRegion(null);
}

/** Look at the chosen site and whom it serves. @param {Site} site */
export function viewReach(site) {
  const { top, left, right, bottom } = edges();
  const box = boxAround(reachOf(site), 0.05);
  if (box) fit(box, { topLeft: [left + 20, top], bottomRight: [right + 20, bottom], most: 6 });
  markRegion(null);
}

export function buildRegions() {
  const start = busiest(); // a phone has room for this one and for all
  for (const region of [...PARTS, ALL]) {
    const node = button(region === start || region === ALL ? "" : "wide", region.name, () =>
      region === ALL ? viewAll() : view(region.key, region.bounds, ofPart()),
    );
    node.dataset.key = region.key;
    node.setAttribute("aria-pressed", "false");
    add($("regions"), node);
  }
  rove($("regions"), "button", "[data-key=all]"); // a narrow view hides others
  onMap("dragstart zoomstart", () => {
    if (!fitting) markRegion(null);
  });
}
