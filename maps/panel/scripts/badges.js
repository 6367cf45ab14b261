// Every listed site is a dot at its true place. The first 25 are numbered; numbers that would not fit
// are one pill a country. Badges are made once; each re-rank gives them their sites. One more marks a
// chosen site beyond them, and some more the best of a view that has none.

/** @import { Layer } from "./map.js" */
/** @import { Item, Stand } from "./marks.js" */
/** @import { Box, Pixel, Rectangle, Row, Site } from "./model.js" */
import { covered, overlays } from "./cover.js";
import { BADGES, colours, country, FIRST, where } from "./data.js";
import { $, add, el, tip, write } from "./dom.js";
import { ink } from "./inks.js";
import { bestIn, GHOSTS, viewLine } from "./inview.js";
import { passesSite } from "./land.js";
import { tr } from "./language.js";
import {
  badgeMarker,
  discsOf,
  groundPixel,
  groupOf,
  holds,
  isShown,
  mapSize,
  moveMarker,
  onPoint,
  onScreen,
  pointLayer,
  seen,
  setIn,
  setPoints,
  sketch,
  stackMarker,
  zoomLevel,
} from "./map.js";
import { boxOf, gathered, laid } from "./marks.js";
import { keepClearOf, nameFirst, nameLayer } from "./names.js";
import { total } from "./odds.js";
import { whenThrough } from "./paint.js";
import { dressCountry, dressShut, pillLayer, pillsFor, shutIn, standPill } from "./pills.js";
import { gigafactoryLayer, rivalLayer } from "./points.js";
import { badgedSites, sites } from "./rank.js";
import { pick, state } from "./state.js";
import { partPressed } from "./views.js";
import { CHANCE, DOT, percent, place, raised, sureOf, timesText, UNSCOUTED } from "./words.js";

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
  const sure = sureOf(site);
  return tip(`${place(site)}  ${site.name}`, [
    `${country(site)} ${DOT} ${CHANCE} ${percent(site.share)}`,
    site.scouted ? null : UNSCOUTED,
    tr("{times} the odds of the median place", { times: timesText(total(site)) }),
    sure &&
      tr("{first} in {share} of the what-if runs", {
        first: sure.words,
        share: percent(sure.part),
      }),
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
const ghosts = Array.from({ length: GHOSTS }, makeBadge);
/** Those that have a site. @type {Badge[]} */
let badged = [];
/** Those that mark the best of a view without a listed site. @type {Badge[]} */
let haunted = [];

export const furtherLayer = pointLayer(
  /** @type {Site[]} */ ([]),
  () => ({ radius: 3, color: colours.navy, weight: 1.3, fillColor: colours.panel, casing: true }),
  (site) =>
    tip(site.name, [
      tr("Rank {rank}, {country}", { rank: place(site), country: country(site) }),
      `${raised(CHANCE)} ${percent(site.share)}`,
    ]),
);
onPoint(furtherLayer, pick);
export const fillFurther = () => setPoints(furtherLayer, sites.slice(BADGES));

// ---- true places, and lines from them to marks that stand beside ----

/** @type {Pixel[]} */
let dots = [];
/** @type {[Pixel, Pixel][]} */
let leads = [];
// they lie under all badges, so that no line crosses another's number
const leadLayer = sketch("leads", (pen) => {
  const navy = ink(colours.navy);
  Object.assign(pen, { strokeStyle: navy, fillStyle: navy, lineWidth: 1.2 });
  for (const [from, to] of leads) {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
  }
  Object.assign(pen, { strokeStyle: ink(colours.halo), lineWidth: 3 });
  for (const { x, y } of dots) {
    pen.beginPath();
    pen.arc(x, y, 3.2, 0, 2 * Math.PI);
    pen.stroke();
    pen.fill();
  }
});
export const siteLayer = groupOf([furtherLayer, leadLayer, badgeLayer, pillLayer]);

// ---- where marks stand ----

const NEAR = 20; // pixels between two of a country that a pill holds
const NEAR_AFAR = 100; // the same where the view is of the world
const AFAR = 3.5;
const DISC = 29;
const CLEAR = 9; // pixels around a dot that no name covers
const LETTER = 7; // pixels, of the chosen site's name
const PILL_GAP = 12; // pixels from which a line is worth drawing

/** @typedef {Item & { site: Row & Partial<Site>, stands: (stand: Stand | null) => void, land: string }} Mark */
/** What lies over the map, as it was when the hand last rested. @type {Rectangle[]} */
let over = [];

/** @param {Row} row @returns {Pixel} */
function spotOf(row) {
  const { x, y } = groundPixel(where(row));
  return onScreen(x, y);
}
/** @param {Pixel} at */
const onMapArea = ({ x, y }) => x >= 0 && y >= 0 && x <= mapSize().x && y <= mapSize().y;

/** @param {Badge} badge @returns {Mark} */
function badgeMark({ box, disc, site }) {
  return {
    ...spotOf(site),
    site,
    land: "",
    over: true,
    forms: [[DISC, DISC]],
    stands(stand) {
      box.classList.toggle("away", !stand);
      disc.style.left = `${(stand?.dx ?? 0).toFixed(1)}px`;
      disc.style.top = `${(stand?.dy ?? 0).toFixed(1)}px`;
    },
  };
}

/** Badges in groups: a number each, or what a pill holds. @returns {Badge[][]} */
function groupsOf() {
  const spots = badged.map(({ site }) => {
    return { ...spotOf(site), land: site.country, alone: site === state.site };
  });
  const groups = gathered(spots, zoomLevel() < AFAR ? NEAR_AFAR : NEAR);
  return groups.map((own) => own.map((at) => badged[at]));
}

/** All marks of the view, the first to be placed first. @returns {Mark[]} */
function marksOf() {
  const groups = groupsOf();
  const alone = groups.filter((own) => own.length === 1).map(([badge]) => badge);
  const crowds = groups.filter((own) => own.length > 1);
  for (const { box } of crowds.flat()) box.classList.add("away");
  const shut = shutIn((row) => onMapArea(spotOf(row)), zoomLevel());
  const pills = pillsFor(crowds.length + shut.length);
  const ofCountries = crowds.map((own, at) => {
    const all = badged.filter(({ site }) => site.country === own[0].site.country).length;
    const inSight = own.find(({ site }) => onMapArea(spotOf(site))) ?? own[0];
    const mark = { site: inSight.site, land: own.length === all ? own[0].site.country : "" };
    const forms = dressCountry(
      pills[at],
      own.map(({ site }) => site),
      all,
      inSight.site,
    );
    return pillMark(pills[at], mark, forms, false);
  });
  const ofShut = shut.map((row, at) => {
    const pill = pills[crowds.length + at];
    return pillMark(pill, { site: row, land: row.country }, dressShut(pill, row), true);
  });
  const ranked = [...alone.map(badgeMark), ...ofCountries].sort((a, b) => rankOf(a) - rankOf(b));
  return [...ranked, ...haunted.map(badgeMark), ...ofShut];
}

/** The chosen site first, then by rank. @param {Mark} mark */
const rankOf = ({ site }) => (site === state.site ? 0 : (site.rank ?? BADGES + 1));

/**
 * @param {import("./pills.js").Pill} pill
 * @param {{ site: Row, land: string }} mark
 * @param {[number, number][]} forms
 * @param {boolean} overPlace
 * @returns {Mark}
 */
const pillMark = (pill, mark, forms, overPlace) => ({
  ...mark,
  ...spotOf(mark.site),
  over: overPlace,
  forms,
  stands: (stand) => standPill(pill, stand),
});

/** Put each mark where there is room for it; returns what they cover. */
function spreadMarks() {
  const marks = marksOf();
  const inView = marks.filter(onMapArea);
  for (const mark of marks) if (!inView.includes(mark)) mark.stands(mark.over ? NOWHERE : null);
  const placed = [...badged, ...haunted].map(({ site }) => spotOf(site));
  const stands = laid(inView, mapSize(), over, placed);
  /** @type {Rectangle[]} */
  const taken = [];
  /** @type {Set<string>} */
  const named = new Set();
  dots = placed;
  leads = [];
  inView.forEach((mark, at) => {
    const stand = stands[at];
    mark.stands(stand);
    if (!stand) return;
    const middle = { x: mark.x + stand.dx, y: mark.y + stand.dy };
    const box = boxOf(middle, ...mark.forms[stand.form]);
    taken.push(box);
    if (mark.land) named.add(mark.land);
    lead(mark, box);
  });
  if (state.site) {
    const { x, y } = spotOf(state.site);
    taken.push([x, y - 10, x + 30 + LETTER * state.site.name.length, y + 10]);
  }
  nameCountries(named);
  return isShown(siteLayer) ? taken : [];
}
const NOWHERE = { dx: 0, dy: 0, form: 0 };

/** A line from a place to the nearest point of its mark, where they lie apart. @param {Mark} mark @param {Rectangle} box */
function lead({ x, y }, [left, top, right, bottom]) {
  const end = { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
  const off = Math.hypot(end.x - x, end.y - y);
  if (off > 0 && off < PILL_GAP * 4) leads.push([{ x, y }, end]);
}

/** Countries that hold marks are named before all others, unless a pill does. @param {Set<string>} named */
function nameCountries(named) {
  /** @type {Map<string, Pixel[]>} */
  const spots = new Map();
  for (const { site } of [...badged, ...haunted]) {
    spots.set(site.country, [...(spots.get(site.country) ?? []), spotOf(site)]);
  }
  nameFirst(spots, named);
}

let withNames = false;

/** @param {boolean} [names] whether the names make way at once, or once the hand rests (it is the dearest part) */
export function placeBadges(names = true) {
  withNames ||= names;
  whenThrough("badges", () => {
    placeNow(withNames);
    withNames = false;
  });
}

/** @param {boolean} names */
function placeNow(names) {
  if (names) {
    over = overlays();
    lookAround();
  }
  const taken = spreadMarks();
  /** @type {Rectangle[]} */
  const specks = [];
  if (names) taken.push(...over);
  for (const layer of [gigafactoryLayer, rivalLayer].filter(isShown)) {
    for (const disc of discsOf(layer)) {
      const large = disc.r > 5 && layer === gigafactoryLayer;
      (large ? taken : specks).push(boxOf(disc, 2 * disc.r, 2 * disc.r));
    }
  }
  taken.push(...dots.map((at) => boxOf(at, CLEAR, CLEAR)));
  keepClearOf(taken, specks);
  for (const layer of [...(names ? [nameLayer] : []), leadLayer]) if (isShown(layer)) layer.draw();
}

// ---- what they show ----

/** @param {Badge[]} from @param {Site[]} wanted @returns {Badge[]} */
function give(from, wanted) {
  from.forEach((badge, at) => {
    if (at < wanted.length) {
      badge.site = wanted[at];
      write(badge.rank, place(badge.site));
      write(badge.label, badge.site.name);
      moveMarker(badge.marker, where(badge.site));
    }
    setIn(badgeLayer, badge.marker, at < wanted.length);
  });
  return from.slice(0, wanted.length);
}

/** Give the badges their sites: the first 25, and the chosen one where it is not among them. */
export function fillBadges(names = true) {
  badged = give(badges, badgedSites());
  dressBadges();
  placeBadges(names);
}

/** What a filter leaves out fades. */
export function dressBadges() {
  for (const { site, box, marker } of badged) {
    const chosen = site === state.site;
    const lower = site.at === null || site.at >= FIRST;
    const faded = passesSite(site) ? "" : " faded";
    box.className = `badge${lower ? " lower" : ""}${chosen ? " chosen" : ""}${faded}`;
    stackMarker(marker, chosen ? 5000 : 1000 - 10 * (site.rank || BADGES + 1));
  }
}

// ---- what the view has to offer ----

/** The part of the map that nothing covers, as a box of degrees: longitude grows evenly. @returns {Box} */
function clearView() {
  const [[south, west], [north, east]] = seen();
  const { left, right } = covered();
  const degree = (east - west) / mapSize().x;
  return [
    [south, west + left * degree],
    [north, east - right * degree],
  ];
}

/** @param {Box} a @param {Box} b @returns {Box} */
const shared = ([[south, west], [north, east]], [[s, w], [n, e]]) => [
  [Math.max(south, s), Math.max(west, w)],
  [Math.min(north, n), Math.min(east, e)],
];

/** @type {Site | null} */
let best = null;
/** Say what is best in this view, and mark it where no listed site lies in it. */
function lookAround() {
  const part = partPressed();
  const box = part ? shared(part.bounds, clearView()) : clearView();
  const view = bestIn(box);
  best = view.best;
  const chosen = view.ghosts.filter((site) => site !== state.site);
  haunted = give(ghosts, chosen);
  haunted.forEach(({ box: node }, at) => {
    node.className = `badge lower ghost${at ? "" : " best"}`; // three names would run into each other
  });
  const all = best?.rank === 1 && !view.beyond;
  $("outside").hidden = all || (state.site !== null && holds(box, where(state.site)));
  write($("outside"), viewLine(view, part ? part.name : tr("this view")));
}

export function buildOutside() {
  $("outside").addEventListener("click", () => {
    if (best) pick(best);
  });
}
