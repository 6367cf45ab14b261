// Search over countries, sites, towns and plants by all their names.

/** @import { Named } from "./gazetteer.js" */
/** @import { Row, Site } from "./model.js" */
import { countryCard, showAutomaker, showGigafactory, showRival, townCard } from "./card.js";
import { bestIn } from "./case.js";
import {
  barred,
  board,
  called,
  country,
  countryName,
  live,
  rowsOf,
  SHOWN,
  tables,
} from "./data.js";
import { $, add, el, field } from "./dom.js";
import { lands, towns } from "./gazetteer.js";
import { tr } from "./language.js";
import { showLayerOf } from "./legend.js";
import { EXACT, everyWord, fit, folded, INSIDE, NONE, WORD } from "./match.js";
import { automakers, gigafactories, rivals } from "./points.js";
import { siteAt, sites, turn } from "./rank.js";
import { pick } from "./state.js";
import { fly } from "./views.js";
import { CHANCE, facts, percent } from "./words.js";

/**
 * @typedef {object} Entry
 * @property {string[]} names the first is shown
 * @property {string} country in words
 * @property {string | (() => string)} kind
 * @property {() => void} go
 * @property {number} order of those that fit alike
 * @property {Site} [site]
 * @property {string} [code] of a country that has places
 */
/** @typedef {Entry & { keys: string[], whole: string }} Indexed */
/** @typedef {{ entry: Indexed, level: number, at: number, as: string }} Hit */

const HITS = 8;
const CROSS = 4; // pixels that a browser keeps beside the words of a search field
const SHORT = 3; // letters from which a word is searched for inside others
const [COUNTRY, LISTED, TOWN, PLANT, PLACE, BARRED] = [0, 1, 2, 3, 4, 5];
const PLACEHOLDERS = [
  tr("Search country, town, site or plant"),
  tr("Country, town, site or plant"),
  tr("Country, site, plant"),
  tr("Search"),
];

// ---- what can be found ----

/** @param {Site} site */
function standingOf(site) {
  const rank = live ? turn.found.heads.indexOf(site.index) + 1 : site.rank;
  const standing = rank && rank <= SHOWN ? tr("Rank {rank}", { rank }) : tr("Not in the list");
  return facts(standing, country(site));
}

/** @param {string} code */
function standingIn(code) {
  const [i] = bestIn(code, 1);
  const head = turn.found.heads.indexOf(i) + 1;
  const share = percent(turn.found.countries.get(code));
  const standing = { chance: CHANCE, share, name: board.places.name[i] };
  if (!head || head > SHOWN) return tr("Country, {chance} {share}: {name} is its best", standing);
  return tr("Country, {chance} {share}: {name} is its best, rank {rank}", {
    ...standing,
    rank: head,
  });
}

/** @param {Row} row */
function flyBarred(row, zoom = 7) {
  showLayerOf("barred", true);
  fly(row, zoom);
}

const reasons = new Map(rowsOf(tables.unranked).map((row) => [row.country, row.why]));
/** Why nothing of a country is in the ranking. @param {string} what @param {string} code */
function unrankedText(what, code) {
  const why = reasons.get(code);
  return why
    ? tr("{what}: none of its places is ranked. {why}", { what, why: tr(why) })
    : tr("{what}: none of its places is ranked", { what });
}
/** @param {string} code */
const isRanked = (code) =>
  live ? board.places.country.includes(code) : sites.some((site) => site.country === code);

/** A country opens the card of its best place, which says what would bring it to rank 1. @param {Named} land @returns {Entry} */
function landEntry(land) {
  const { country: code, names } = land;
  const own = called(code, names[0]);
  const shown = own === names[0] ? names : [own, ...names];
  const common = { names: shown, country: names[0], order: COUNTRY };
  if (live && board.places.country.includes(code)) {
    const go = () => pick(siteAt(bestIn(code, 1)[0]));
    return { ...common, kind: () => standingIn(code), go, code };
  }
  const listed = sites.find((site) => site.country === code);
  if (listed)
    return {
      ...common,
      kind: tr("Country: {name} is its best", { name: listed.name }),
      go: () => pick(listed),
    };
  return { ...common, kind: unrankedText(tr("Country"), code), go: () => countryCard(land) };
}

/** @param {Site} site @returns {Entry} */
const siteEntry = (site) => ({
  names: [site.name],
  country: country(site),
  kind: () => standingOf(site),
  go: () => pick(site),
  order: sites.includes(site) ? LISTED : PLACE,
  site,
});

/** @param {string} what @param {Row & { name: string, country: string }} row @param {() => void} go @returns {Entry} */
const plantEntry = (what, row, go) => ({
  names: [row.name],
  country: countryName(row.country),
  kind: facts(what, countryName(row.country)),
  go,
  order: PLANT,
});

/** A town that is a place of the page is found as that place. @param {Map<string, Entry>} places @returns {Entry[]} */
const townEntries = (places) =>
  towns().flatMap((town) => {
    const same = places.get(`${town.country} ${town.names[0]}`);
    const what = facts(tr("Town"), countryName(town.country));
    const entry = {
      names: town.names,
      country: countryName(town.country),
      kind: isRanked(town.country) ? what : unrankedText(what, town.country),
      go: () => townCard(town),
      order: TOWN,
    };
    if (!same) return [entry];
    Object.assign(same, { names: town.names, order: Math.min(same.order, TOWN) });
    return [];
  });

/** @returns {Entry[]} */
function entries() {
  const places = (live ? live.places.site_id.map((_, i) => siteAt(i)) : sites).map(siteEntry);
  const named = new Map(places.map((entry) => [`${entry.site?.country} ${entry.names[0]}`, entry]));
  return [
    ...lands().map(landEntry),
    ...townEntries(named),
    ...places,
    ...gigafactories.map((row) => plantEntry(tr("Gigafactory"), row, () => showGigafactory(row))),
    ...rivals.map((row) => plantEntry(tr("Rival anode plant"), row, () => showRival(row))),
    ...automakers.map((row) => plantEntry(tr("Car plant"), row, () => showAutomaker(row))),
    ...barred.map((row) => ({
      names: [row.name],
      country: country(row),
      kind: facts(tr("Excluded by a rule"), country(row)),
      go: () => flyBarred(row),
      order: BARRED,
    })),
  ];
}

/** Made when a reader first searches. @type {Indexed[]} */
let made = [];
function index() {
  if (!made.length) {
    made = entries().map((entry) => {
      const keys = entry.names.map(folded);
      return { ...entry, keys, whole: `${keys[0]} ${folded(entry.country)}` };
    });
  }
  return made;
}

/** @param {Indexed} entry */
const rankOf = ({ site }) => (site && live ? turn.found.rank[site.index] : 0);

/** @param {string} text @returns {Hit[] | null} */
function matches(text) {
  const wanted = folded(text);
  const latin = /^[a-z0-9 ]*$/.test(wanted);
  if (!wanted || (latin && wanted.length < 2)) return null;
  const worst = latin && wanted.length < SHORT ? INSIDE : NONE;
  const hits = index()
    .map((entry) => {
      const { level, at } = fit(entry.keys, wanted);
      return { entry, level, at, as: entry.names[at] };
    })
    .filter(({ level }) => level < worst);
  if (!hits.length) hits.push(...wordByWord(wanted));
  hits.sort(
    (a, b) =>
      a.level - b.level ||
      a.entry.order - b.entry.order ||
      a.at - b.at || // a code stands before names: BI is Burundi, not Belgium in Vietnamese
      rankOf(a.entry) - rankOf(b.entry),
  );
  const [first] = hits;
  const there = first && first.level < WORD ? sitesIn(first.entry) : [];
  const exact = hits.filter(({ level }) => level === EXACT);
  const all = there.length ? [...exact, ...there, ...hits] : hits;
  return all
    .filter(({ entry }, k) => all.findIndex((one) => one.entry === entry) === k)
    .slice(0, HITS);
}

/** What is meant by a name with its country, or by some words of it. @param {string} wanted @returns {Hit[]} */
const wordByWord = (wanted) =>
  index()
    .filter(({ whole }) => everyWord(whole, wanted))
    .map((entry) => ({ entry, level: NONE, at: 0, as: entry.names[0] }));

const MOST_THERE = 4;
/** The best places of what is a country and has some. @param {Indexed} land @returns {Hit[]} */
function sitesIn({ code }) {
  if (!code || !live) return [];
  const best = bestIn(code, MOST_THERE).map(siteAt);
  return best.flatMap((site) => {
    const entry = index().find((one) => one.site === site);
    return entry ? [{ entry, level: NONE, at: 0, as: entry.names[0] }] : [];
  });
}

// ---- the list under the field ----

/** @type {Hit[]} */
let hits = [];
let at = -1;

export function closeHits() {
  $("hits").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
  $("query").removeAttribute("aria-activedescendant");
  at = -1;
}

/** Its name, and the one it was found by; codes and names in small letters are for search alone. @param {Hit} hit */
function titleOf({ entry, as }) {
  const [own] = entry.names;
  return as === own || /^[a-z ]+$/.test(as) ? own : `${own} (${as})`;
}

/** @param {Hit} hit @param {number} k */
function hitItem(hit, k) {
  const item = el("li", "", titleOf(hit));
  item.id = `hit-${k}`;
  item.setAttribute("role", "option");
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => go(hit));
  const { kind } = hit.entry;
  return add(item, el("small", "", typeof kind === "function" ? kind() : kind));
}

function showHits() {
  const list = matches(field("query").value);
  closeHits();
  hits = list || [];
  if (!list) return;
  $("hits").replaceChildren(...hits.map(hitItem));
  if (!hits.length) add($("hits"), el("li", "none", tr("Nothing found")));
  $("hits").hidden = false;
  $("query").setAttribute("aria-expanded", "true");
}

/** @param {Hit} hit */
function go({ entry }) {
  closeHits();
  field("query").value = "";
  entry.go();
}

/** @param {1 | -1 | 0} by */
function step(by) {
  if ($("hits").hidden || !hits.length) return;
  at = (at + by + hits.length) % hits.length;
  const items = [...$("hits").children];
  items.forEach((item, k) => {
    item.setAttribute("aria-selected", String(k === at));
  });
  items[at].scrollIntoView({ block: "nearest" });
  $("query").setAttribute("aria-activedescendant", `hit-${at}`);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.isComposing) return; // Enter ends a word of Chinese, Japanese or Korean first
  const steps = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (steps) step(event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1);
  else if (event.key === "Enter" && hits.length) go(hits[Math.max(0, at)]);
  else return;
  event.preventDefault();
}

/** The longest words that the field has room for. */
function fitPlaceholder() {
  const query = field("query");
  const { fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(query);
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return;
  pen.font = `${fontSize} ${fontFamily}`; // the shorthand is blank where digits are tabular
  const room =
    query.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - CROSS;
  const words = PLACEHOLDERS.find((line) => pen.measureText(line).width <= room);
  query.placeholder = words ?? "";
}

export function buildSearch() {
  const query = field("query");
  query.addEventListener("input", showHits);
  query.addEventListener("focus", () => {
    if (query.value) showHits();
  });
  query.addEventListener("blur", closeHits);
  query.addEventListener("keydown", onKey);
  new ResizeObserver(fitPlaceholder).observe(query);
  fitPlaceholder();
}
