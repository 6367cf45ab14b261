// Search over sites, plants and countries; accents and case do not matter.

/** @import { Row, Site } from "./model.js" */
import { bestIn } from "./case.js";
import { barred, board, country, countryName, data, live, SHOWN } from "./data.js";
import { $, add, el, field } from "./dom.js";
import { showLayerOf } from "./legend.js";
import { automakers, gigafactories, rivals } from "./points.js";
import { siteAt, sites, turn } from "./rank.js";
import { pick } from "./state.js";
import { fly } from "./views.js";
import { percent } from "./words.js";

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {string | (() => string)} kind
 * @property {() => void} go
 * @property {Site} [site]
 */

const HITS = 8;
/** @param {string} text */
const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();

// ---- what can be found ----

/** @param {Site} site */
function standingOf(site) {
  const rank = live ? turn.found.heads.indexOf(site.index) + 1 : site.rank;
  return `${rank && rank <= SHOWN ? `Rank ${rank}` : "Not in the list"}, ${country(site)}`;
}

/** @param {string} code */
function standingIn(code) {
  const [i] = bestIn(code, 1);
  const head = turn.found.heads.indexOf(i) + 1;
  const all = percent(turn.found.countries.get(code));
  const rank = head && head <= SHOWN ? `, rank ${head}` : "";
  return `Country, ${all} of the chances: ${board.places.name[i]} is its best${rank}`;
}

const codes = new Map(
  (live?.places.country ?? []).map((code, i) => [
    folded(board.places.country_name[i] || code),
    code,
  ]),
);
const shut = new Map(barred.map((row) => [folded(country(row)), row]));

/** @param {Row} row */
function flyBarred(row, zoom = 7) {
  showLayerOf("barred", true);
  fly(row, zoom);
}

/**
 * A country opens the card of its best place, which says what would make it first.
 * @param {string} name
 * @param {Row} at
 * @returns {Entry}
 */
function landOf(name, at) {
  const code = codes.get(folded(name));
  const row = shut.get(folded(name));
  if (code) {
    return { name, kind: () => standingIn(code), go: () => pick(siteAt(bestIn(code, 1)[0])) };
  }
  if (row) {
    const kind = `Country: excluded by a rule. ${row.rule}`;
    return { name, kind, go: () => flyBarred(at, 5) };
  }
  const kind = live ? "Country: no place of it is ranked here" : "Country";
  return { name, kind, go: () => fly(at, 5) };
}

/** @param {Site} site @returns {Entry} */
const siteEntry = (site) => ({
  name: site.name,
  kind: () => standingOf(site),
  go: () => pick(site),
  site,
});
/** @param {string} what @param {Row & { name: string, country: string }} row @returns {Entry} */
const plantEntry = (what, row) => ({
  name: row.name,
  kind: `${what}, ${countryName(row.country)}`,
  go: () => fly(row, 8),
});

/** @returns {Entry[]} */
const entries = () => [
  ...(live ? live.places.site_id.map((_, i) => siteAt(i)) : sites).map(siteEntry),
  ...data.ground.labels
    .filter(([, , , , kind]) => !kind)
    .map(([name, lon, lat]) => landOf(name, { lat, lon })),
  ...gigafactories.map((row) => plantEntry("Gigafactory", row)),
  ...rivals.map((row) => plantEntry("Rival anode plant", row)),
  ...automakers.map((row) => ({
    ...plantEntry("Car plant", row),
    go() {
      showLayerOf("cars", true);
      fly(row, 8);
    },
  })),
  ...barred.map((row) => ({
    name: row.name,
    kind: `Excluded by a rule, ${country(row)}`,
    go: () => flyBarred(row),
  })),
];
const index = entries().map((entry) => ({ ...entry, key: folded(entry.name) }));

/** Sites of the list first, places that are in none last. @param {Entry} entry */
const later = ({ site }) => (!site ? 1 : sites.includes(site) ? 0 : 2);

/** @param {string} text @returns {Entry[] | null} */
function matches(text) {
  const wanted = folded(text.trim());
  if (wanted.length < 2) return null;
  const named = index
    .map((entry) => ({ at: entry.key.indexOf(wanted), entry }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => Number(a.at > 0) - Number(b.at > 0) || later(a.entry) - later(b.entry))
    .slice(0, HITS)
    .map(({ entry }) => entry);
  /** @param {Entry} entry */
  const rank = ({ site }) => (site ? turn.found.rank[site.index] : 0);
  const there = live
    ? index
        .filter(({ site }) => site && folded(country(site)).startsWith(wanted))
        .sort((a, b) => rank(a) - rank(b))
    : [];
  return [...new Set([...named, ...there])].slice(0, HITS);
}

// ---- the list under the field ----

/** @type {Entry[]} */
let hits = [];
let at = -1;

export function closeHits() {
  $("hits").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
  $("query").removeAttribute("aria-activedescendant");
  at = -1;
}

/** @param {Entry} entry @param {number} k */
function hitItem(entry, k) {
  const item = el("li", "", entry.name);
  item.id = `hit-${k}`;
  item.setAttribute("role", "option");
  item.addEventListener("mousedown", (event) => event.preventDefault());
  item.addEventListener("click", () => go(entry));
  const kind = typeof entry.kind === "function" ? entry.kind() : entry.kind;
  return add(item, el("small", "", kind));
}

function showHits() {
  const list = matches(field("query").value);
  closeHits();
  hits = list || [];
  if (!list) return;
  $("hits").replaceChildren(...hits.map(hitItem));
  if (!hits.length) add($("hits"), el("li", "none", "Nothing found"));
  $("hits").hidden = false;
  $("query").setAttribute("aria-expanded", "true");
}

/** @param {Entry} entry */
function go(entry) {
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
  const steps = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (steps) step(event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1);
  else if (event.key === "Enter" && hits.length) go(hits[Math.max(0, at)]);
  else return;
  event.preventDefault();
}

export function buildSearch() {
  const query = field("query");
  query.addEventListener("input", showHits);
  query.addEventListener("focus", () => {
    if (query.value) showHits();
  });
  query.addEventListener("blur", closeHits);
  query.addEventListener("keydown", onKey);
}
