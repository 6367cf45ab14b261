// Which part of the world is seen.

/** @import { Box, Row, Site } from "./model.js" */
import { covered } from "./cover.js";
import { FIRST, where } from "./data.js";
import { $, add, button, phone } from "./dom.js";
import { reachOf } from "./flows.js";
import { boxAround, fit, holds, lookAt, onMap } from "./map.js";
import { badgedSites, sites } from "./rank.js";
import { state } from "./state.js";

/** @typedef {{ key: string, name: string, bounds: Box }} Region */
/** @type {Region[]} */
const PARTS = [
  {
    key: "europe",
    name: "Europe",
    bounds: [
      [33.2, -12],
      [66.8, 37],
    ],
  },
  {
    key: "gulf",
    name: "Gulf",
    bounds: [
      [11, 32],
      [34, 63],
    ],
  },
  {
    key: "asia",
    name: "South-East Asia",
    bounds: [
      [-11, 92],
      [24, 142],
    ],
  },
  {
    key: "america",
    name: "North America",
    bounds: [
      [14, -127],
      [56, -58],
    ],
  },
];
/** @type {Region} */
const ALL = {
  key: "all",
  name: "All",
  bounds: [
    [-36, -122],
    [66, 145],
  ],
};

/** @param {string} key @param {Box} bounds */
function view(key, bounds) {
  const { left, right } = covered();
  fit(bounds, {
    topLeft: phone.matches ? [0, 46] : [left, 0],
    bottomRight: phone.matches ? [0, 40] : [right, 0],
  });
  state.home = bounds;
  markRegion(key);
}

const viewAll = () => view("all", boxAround(badgedSites().map(where), 0.12) ?? ALL.bounds);

/** Which region is pressed, if any. @param {string | null} key */
export function markRegion(key) {
  for (const node of document.querySelectorAll("#regions button")) {
    const { dataset } = /** @type {HTMLElement} */ (node);
    node.setAttribute("aria-pressed", String(dataset.key === key));
  }
}

/** The region that holds most of the first ten, and whether it holds six of them and the first. */
function busiest() {
  const first = sites.slice(0, FIRST);
  /** @param {Region} region @param {Site} site */
  const inside = ({ bounds }, site) => holds(bounds, where(site));
  const counts = PARTS.map((region) => first.filter((site) => inside(region, site)).length);
  const count = Math.max(...counts);
  const region = PARTS[counts.indexOf(count)];
  const most = first.length > 0 && inside(region, first[0]) && count >= Math.min(6, first.length);
  return { region, most };
}

/** A page opens where the answer lies; where it lies apart, with all sites in sight. */
export function viewStart() {
  const { region, most } = busiest();
  if (most) view(region.key, region.bounds);
  else viewAll();
}

/** Look at a place as a reader who asked for it. @param {Row} row @param {number} zoom */
export function fly(row, zoom) {
  lookAt(where(row), zoom);
  markRegion(null);
}

/** Look at the chosen site and whom it serves. @param {Site} site */
export function viewReach(site) {
  const { left, right } = covered();
  const box = boxAround(reachOf(site), 0.12);
  if (box) fit(box, { topLeft: [left + 20, 50], bottomRight: [right + 20, 30], most: 6 });
  markRegion(null);
}

export function buildRegions() {
  const start = busiest().region; // a phone has room for this one and for all
  for (const region of [...PARTS, ALL]) {
    const node = button(region === start || region === ALL ? "" : "wide", region.name, () =>
      region === ALL ? viewAll() : view(region.key, region.bounds),
    );
    node.dataset.key = region.key;
    node.setAttribute("aria-pressed", "false");
    add($("regions"), node);
  }
  onMap("dragstart zoomstart", () => markRegion(null));
  $("outside").addEventListener("click", viewAll);
}
