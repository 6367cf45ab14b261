// The first 25 sites are badges, pushed apart in pixels and tied to the true place by a line. Badges
// are made once; each re-rank gives them their sites. One more marks a chosen site beyond them.

/** @import { Layer } from "./map.js" */
/** @import { Pixel, Rectangle, Site } from "./model.js" */
import { covered, overlays } from "./cover.js";
import { BADGES, colours, country, FIRST, where } from "./data.js";
import { $, add, el, phone, tip, write } from "./dom.js";
import { passesSite } from "./land.js";
import {
  badgeMarker,
  discsOf,
  groundPixel,
  groupOf,
  isShown,
  mapBox,
  mapSize,
  moveMarker,
  onPoint,
  onScreen,
  pointLayer,
  screenPixel,
  setIn,
  setPoints,
  sketch,
  stackMarker,
  zoomLevel,
} from "./map.js";
import { keepClearOf, nameLayer } from "./names.js";
import { total } from "./odds.js";
import { gigafactoryLayer, rivalLayer } from "./points.js";
import { badgedSites, sites } from "./rank.js";
import { pick, state } from "./state.js";
import { DOT, known, oddsText, percent, place, UNSCOUTED } from "./words.js";

/**
 * @typedef {object} Badge
 * @property {HTMLElement} box
 * @property {HTMLElement} disc
 * @property {HTMLElement} rank
 * @property {HTMLElement} label
 * @property {Layer} marker
 * @property {Site} site
 */

/** @param {Site} site */
function siteTip(site) {
  const sure = known(site.p_top10)
    ? `among the first ten in ${percent(site.p_top10)} of the draws`
    : null;
  return tip(`${place(site)}  ${site.name}`, [
    `${country(site)} ${DOT} ${percent(site.share)} of the chances`,
    site.scouted ? null : UNSCOUTED,
    `${oddsText(total(site))} the odds of the median place`,
    sure,
  ]);
}

/** @returns {Badge} */
function makeBadge() {
  const box = el("div", "badge");
  const disc = el("div", "disc");
  const rank = el("b");
  const label = el("span", "label");
  add(box, add(disc, rank, label));
  const marker = badgeMarker(
    box,
    () => siteTip(badge.site),
    () => pick(badge.site),
  );
  // it is on the map only while it has a site
  const badge = { box, disc, rank, label, marker, site: /** @type {Site} */ ({}) };
  return badge;
}

const badgeLayer = groupOf();
const badges = Array.from({ length: BADGES + 1 }, makeBadge);
/** Those that have a site. @type {Badge[]} */
let badged = [];

export const furtherLayer = pointLayer(
  /** @type {Site[]} */ ([]),
  () => ({ radius: 3, color: colours.navy, weight: 1.3, fillColor: "#fff", casing: true }),
  (site) =>
    tip(site.name, [
      `Rank ${site.rank}, ${country(site)}`,
      `${percent(site.share)} of the chances`,
    ]),
);
onPoint(furtherLayer, pick);
export const fillFurther = () => setPoints(furtherLayer, sites.slice(BADGES));

// lines and dots lie under all badges, so that none crosses another's number
/** @type {[Pixel, Pixel][]} */
let leads = [];
const leadLayer = sketch("leads", (pen) => {
  Object.assign(pen, { strokeStyle: colours.navy, fillStyle: colours.navy, lineWidth: 1.2 });
  for (const [from, to] of leads) {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    pen.beginPath();
    pen.arc(from.x, from.y, 2.5, 0, 2 * Math.PI);
    pen.fill();
  }
});
export const siteLayer = groupOf([furtherLayer, leadLayer, badgeLayer]);

/** @param {Site} site */
const lower = (site) => site.at === null || site.at >= FIRST;

/** @param {Site} site @param {boolean} far */
function badgeRadius(site, far) {
  if (!far) return 14.5;
  return lower(site) && site !== state.site ? 6.5 : 11.5;
}

/** @typedef {Pixel & { x0: number, y0: number, r: number }} Spot where it is pushed to, and from */

/**
 * Push two spots apart where they overlap.
 * @param {Spot} a
 * @param {Spot} b
 * @returns {boolean} whether they did
 */
function apart(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const need = a.r + b.r;
  if (Math.abs(dx) >= need || Math.abs(dy) >= need) return false;
  const gap = Math.hypot(dx, dy) || 0.01;
  const push = (need - gap) / 2 / gap;
  if (gap >= need) return false;
  a.x -= dx * push;
  a.y -= dy * push;
  b.x += dx * push;
  b.y += dy * push;
  return true;
}

/** Push overlapping badges apart and draw each back to its place a little. @param {Spot[]} spots */
function settle(spots) {
  for (let round = 0; round < 140; round += 1) {
    let pushed = false;
    for (let i = 0; i < spots.length; i += 1) {
      for (let j = i + 1; j < spots.length; j += 1) pushed = apart(spots[i], spots[j]) || pushed;
    }
    if (!pushed && round > 100) return;
    if (round >= 100) continue;
    for (const spot of spots) {
      spot.x += (spot.x0 - spot.x) * 0.02;
      spot.y += (spot.y0 - spot.y) * 0.02;
    }
  }
}

/** @param {Pixel} centre @param {number} r @returns {Rectangle} */
const around = ({ x, y }, r) => [x - r, y - r, x + r, y + r];

/** Put each badge where there is room for it; returns what they cover. */
function spreadBadges() {
  const far = zoomLevel() < 3.25;
  mapBox().classList.toggle("far", far);
  const spots = badged.map(({ site, disc }, at) => {
    const { x, y } = groundPixel(where(site));
    const aside = { x: x + (at % 2 ? 0.5 : -0.5), y: y - 0.3 * (at % 3) };
    return { site, disc, x0: x, y0: y, r: badgeRadius(site, far), ...aside };
  });
  settle(spots);
  /** @type {Rectangle[]} */
  const taken = [];
  leads = [];
  for (const { site, disc, x, y, x0, y0, r } of spots) {
    const near = Math.hypot(x - x0, y - y0) < 4;
    const dx = near ? 0 : x - x0;
    const dy = near ? 0 : y - y0;
    disc.style.left = `${dx.toFixed(1)}px`;
    disc.style.top = `${dy.toFixed(1)}px`;
    const c = onScreen(x0 + dx, y0 + dy);
    leads.push([onScreen(x0, y0), c]);
    if (isShown(siteLayer)) taken.push(around(c, r));
    if (site === state.site) {
      taken.push([c.x, c.y - 10, c.x + 30 + 7 * site.name.length, c.y + 10]);
    }
  }
  return taken;
}

/** @param {boolean} [names] whether the names make way at once, or once the hand rests (it is the dearest part) */
export function placeBadges(names = true) {
  const taken = spreadBadges();
  /** @type {Rectangle[]} */
  const specks = [];
  if (names) taken.push(...overlays());
  for (const layer of [gigafactoryLayer, rivalLayer].filter(isShown)) {
    for (const disc of discsOf(layer)) {
      const large = disc.r > 5 && layer === gigafactoryLayer;
      (large ? taken : specks).push(around(disc, disc.r));
    }
  }
  keepClearOf(taken, specks);
  for (const layer of [...(names ? [nameLayer] : []), leadLayer]) if (isShown(layer)) layer.draw();
  countOutside();
}

/** Give the badges their sites: the first 25, and the chosen one where it is not among them. */
export function fillBadges(names = true) {
  const wanted = badgedSites();
  badges.forEach((badge, at) => {
    if (at < wanted.length) {
      badge.site = wanted[at];
      write(badge.rank, place(badge.site));
      write(badge.label, badge.site.name);
      moveMarker(badge.marker, where(badge.site));
    }
    setIn(badgeLayer, badge.marker, at < wanted.length);
  });
  badged = badges.slice(0, wanted.length);
  dressBadges();
  placeBadges(names);
}

export function dressBadges() {
  for (const { site, box, marker } of badged) {
    const chosen = site === state.site;
    const faded = passesSite(site) ? "" : " faded";
    box.className = `badge${lower(site) ? " lower" : ""}${chosen ? " chosen" : ""}${faded}`;
    stackMarker(marker, chosen ? 5000 : 1000 - 10 * (site.rank || BADGES + 1));
  }
}

function countOutside() {
  const { left, right } = covered();
  const size = mapSize();
  const ends = [left, size.x - right];
  const ranked = badged.filter(({ site }) => site.at !== null);
  const out = ranked.filter(({ site }) => {
    const { x, y } = screenPixel(where(site));
    return x < Math.min(...ends) || x > Math.max(...ends) || y < 0 || y > size.y;
  }).length;
  $("outside").hidden = !out;
  const verb = out === 1 ? "lies" : "lie";
  $("outside").textContent = phone.matches
    ? `${out} outside view`
    : `${out} of ${ranked.length} ranked sites ${verb} outside this view`;
}
