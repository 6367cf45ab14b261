// The card of one site. It scrolls and prints, which a Leaflet popup does not.

/** @import { Fact, Site } from "./model.js" */
import { caseOf, countryOf } from "./case.js";
import { country, data, live, moment, PILLAR, pillarAt } from "./data.js";
import { $, add, button, el, section, swatch, table } from "./dom.js";
import { factsOf } from "./further.js";
import { costsOf, customersOf } from "./money.js";
import { ENDS, total } from "./odds.js";
import { afterPaint } from "./paint.js";
import { pinButton } from "./pins.js";
import { siteAt, tell, turn } from "./rank.js";
import { rove } from "./rove.js";
import { askSource, rowsOfSources } from "./sources.js";
import { pick, state, unpick } from "./state.js";
import {
  BEFORE_TAX,
  CHANCE,
  DOT,
  known,
  measured,
  number,
  oddsText,
  percent,
  percentileText,
  place,
  plural,
  signedText,
  sureOf,
  UNSCOUTED,
} from "./words.js";

/** @param {Site} site */
function headOf(site) {
  const name = el("h2");
  name.id = "dossiertitle";
  add(name, el("span", "pill", place(site)), site.name);
  const close = button("close", "\u00D7", unpick);
  close.setAttribute("aria-label", "Close the dossier");
  const full = site.full_name !== site.name ? site.full_name : "";
  const at = [full, site.region_name, country(site)].filter(Boolean).join(", ");
  const kind = site.kind && site.kind !== "own" ? site.kind : "own candidate";
  const kinds = [at, kind, site.scouted ? "" : "unscouted zone", site.archetype];
  const acts = add(el("div", "acts"), pinButton(site), close);
  return add(el("header"), name, acts, el("p", "", kinds.filter(Boolean).join(` ${DOT} `)));
}

/** What the chance of a site is a chance of. @param {Site} site */
function standsFor(site) {
  if (live && !site.zone) return "it and what lies around";
  const { zone_name: zone } = site;
  return zone && zone !== site.name ? `its zone, area of ${zone}` : "its zone";
}

const whichPrice = () =>
  live && turn.priced ? `${number(turn.money.price)} USD a tonne` : "the price of the day";

/** @param {Site} site */
function figuresOf(site) {
  const turned = live && turn.moved ? " as turned here" : "";
  const drawn = turn.chance ? "of runs of the weights only" : "of the what-if runs";
  /** @type {[string, string, string?][]} */
  const figures = [
    [percent(site.share), `${CHANCE}${turned}: ${standsFor(site)}`],
    [percent(site.country_share), `${CHANCE}: ${country(site)}`],
    [percentileText(site.percentile), "of the places compared rank lower"],
    [oddsText(total(site)), "the odds of the median place"],
  ];
  const sure = sureOf(site);
  if (sure) figures.push([percent(sure.part), `${drawn}: ${sure.words}`]);
  if (known(site.pays_from)) {
    const words = `USD/t: the price outside China from which it pays, ${BEFORE_TAX}`;
    figures.push([site.pays_from > 0 ? number(site.pays_from) : "any", words, "margin"]);
  }
  if (known(site.margin)) {
    figures.push([signedText(site.margin), `USD/t: margin at ${whichPrice()}`, "price"]);
  }
  if (known(site.pays)) {
    const words = `chance that it pays at ${whichPrice()} (no part of the rank)`;
    figures.push([percent(site.pays), words, "cost"]);
  }
  const boxes = figures.map(([value, words, key]) => {
    const head = add(el("b", "", value), key ? askSource(site.site_id, key, words) : null);
    return add(el("div"), head, el("small", "", words));
  });
  return add(el("div", "figures"), ...boxes);
}

// ---- what makes its odds ----

/** @param {{ level: string }} row */
const levelOf = (row) => (row.level ? ` (${row.level.replace(/_/g, " ")})` : "");

/** @param {Site} site @returns {(row: Site["criteria"][number]) => Node[] | (Node | string)[]} */
const criterionRowOf = (site) => (row) => {
  const wider = row.imputed ? `taken from a wider place${levelOf(row)}` : "";
  const ask = askSource(site.site_id, `criterion:${row.criterion}`, row.criterion);
  const name = add(el("span"), row.criterion, ask, el("span", "sub", wider));
  const raw = el("span", row.imputed ? "est" : "", measured(row.raw, row.unit));
  const pull = lean(row.odds, PILLAR[pillarAt(row.pillar)]);
  pull.title = `value ${number(row.value, 2)}`;
  return [name, raw, pull, oddsText(row.odds)];
};

/**
 * A bar from the centre, the median place: to the right what helps, to the left what costs.
 * @param {number} ln
 * @param {string} colour
 */
function lean(ln, colour) {
  const bar = el("i");
  const most = Math.max(ENDS.left, ENDS.right / 2);
  const wide = Math.min(50, (50 * Math.abs(ln)) / most);
  const left = `${ln < 0 ? 50 - wide : 50}%`;
  Object.assign(bar.style, { background: colour, width: `${wide}%`, left });
  return add(el("span", "lean"), bar);
}

/** @param {Site} site */
function scoreOf(site) {
  const part = section("What makes its odds", "against the median place");
  data.pillars.forEach((pillar, k) => {
    const own = site.criteria.filter((row) => row.pillar === pillar.key);
    if (live && !own.length) return; // the setting does not weigh it
    const turner = el("span", "turn", "\u25B6");
    turner.setAttribute("aria-hidden", "true");
    const head = add(
      el("summary"),
      turner,
      swatch(PILLAR[k]),
      el("span", "", pillar.name),
      lean(site.odds[k], PILLAR[k]),
      el("span", "n", oddsText(site.odds[k])),
    );
    const rows = table(["Criterion", "measured", "", "odds"], own.map(criterionRowOf(site)));
    rows.className = "criteria";
    add(part, add(el("details", "pillar"), head, rows));
  });
  const sum = el("div", "sum total");
  add(sum, el("span"), el("span"), el("span", "", "All together"));
  add(sum, el("span", "n", oddsText(total(site))));
  const unscouted = site.scouted ? "" : `This zone is ${UNSCOUTED}.`;
  const words = `Right of the middle helps, left costs; factors multiply. ${unscouted}`;
  return add(part, sum, el("p", "sub", words));
}

// ---- what the plan knows, and what it does not ----

/** What the page cannot work out by itself. @param {Site} site */
function unplannedOf(site) {
  if (site.planned) return null;
  const where = moment
    ? "Where the study is asked otherwise, cost, customers and laws are known for the listed zones"
    : "Cost, customers and laws are known in this page for every zone of the list, the best place " +
      "of each country and your own places";
  const words =
    `${where}; of this one it knows what makes its odds. The commands siting explain and, where ` +
    "weights are turned, siting plan STUDY --from-setting FILE say the rest.";
  return add(section("Cost, customers and laws"), el("p", "sub", words));
}

/** A law opens with its source. @param {Site["policies"][number]} row */
function lawSource({ source }) {
  return known(source) ? rowsOfSources([source]) : null;
}

/** @param {Site["policies"][number]} row */
function lawOf(row) {
  const status = el("span", row.status === "in force" ? "tag on" : "tag", row.status);
  const head = add(el("summary"), el("span", "", row.instrument), status);
  const words = [row.effect.replace(/_/g, " "), row.summary].filter(Boolean).join(": ");
  return add(el("details", "law"), head, el("span", "sub", words), lawSource(row));
}

/** @param {Site} site */
function policiesOf(site) {
  if (!site.planned) return null;
  const part = section("Policy that applies", `on ${data.as_of}`);
  if (site.policies.length) return add(part, ...site.policies.map(lawOf));
  return add(part, el("p", "sub", "No instrument of the catalogue applies here."));
}

/** What is known of the ground itself, and what the user's own file adds. @param {Site} site */
function groundOf(site) {
  const facts = factsOf(site.site_id);
  if (!facts.length) return null;
  /** @param {Fact} fact */
  const line = ({ name, text }) => add(el("div"), el("dt", "", name), el("dd", "", text));
  /** @param {Fact[]} some */
  const listed = (some) => add(el("dl", "facts"), ...some.map(line));
  const ours = facts.filter(({ own }) => !own);
  const theirs = facts.filter(({ own }) => own);
  const part = section("The site", theirs.length ? "from your file" : "");
  const ask = theirs.length ? null : askSource(site.site_id, "estate", "the facts of the site");
  if (ask) add(/** @type {HTMLElement} */ (part.querySelector("h3")), ask);
  return add(part, listed([...ours, ...theirs]));
}

const ESTATES_SHOWN = 12;

/** @param {Site} site @param {Site["runners_up"][number]} row */
function estateItem(site, { index, name, km_away: km, facts }) {
  const other = live && index !== undefined && index !== site.index;
  const head = other ? button("go", name, () => pick(siteAt(index))) : el("b", "", name);
  const away = km >= 0.5 ? `${number(km)} km away` : "stands for the zone";
  const words = [away, facts].filter(Boolean).join(` ${DOT} `);
  return add(el("li"), head, el("span", "sub", words));
}

/** @param {Site} site */
function estatesOf(site) {
  const rows = site.runners_up;
  if (!rows.length) return null;
  const more = rows.length - ESTATES_SHOWN;
  const words =
    "By name: their order means nothing. Between estates of one country no public data beats " +
    "chance, so choose by facts.";
  const items = rows.slice(0, ESTATES_SHOWN).map((row) => estateItem(site, row));
  return add(
    section("Estates to visit", plural(rows.length, "estate")),
    el("p", "sub", words),
    add(el("ul", "estates"), ...items),
    more > 0 ? el("p", "sub", `and ${number(more)} more`) : null,
  );
}

/** @param {Site} site */
function completenessOf(site) {
  const count = `${number(site.known)} of ${number(site.total)} known`;
  const cells = el("div", "cells");
  cells.setAttribute("aria-hidden", "true");
  for (let k = 0; k < Math.min(site.total, 60); k += 1) {
    add(cells, el("i", k < site.known ? "" : "not"));
  }
  const wider = site.criteria
    .filter((row) => row.imputed)
    .map((row) => row.criterion + levelOf(row));
  const words = wider.length
    ? `Taken from a wider place: ${wider.join(", ")}.`
    : "Nothing had to be taken from a wider place.";
  return add(section("How complete the facts are", count), cells, el("p", "sub", words));
}

// ---- the card ----

// What is read first is drawn first; the rest follows when that has been painted.
const FIRST = [headOf, figuresOf, caseOf, groundOf];
const REST = [
  scoreOf,
  estatesOf,
  costsOf,
  unplannedOf,
  customersOf,
  policiesOf,
  countryOf,
  completenessOf,
];

/** @param {Element} part */
const nameOf = (part) =>
  part.querySelector("summary > span:not(.turn):not(.swatch)")?.textContent ?? "";

/** @param {((site: Site) => HTMLElement | null)[]} sections @param {Site} site */
const made = (sections, site) => sections.map((make) => make(site)).filter(known);

/** Sources of the lines of a table: as one stop each they would be half of the card's. */
const ASKED = [".money .ask", ".customers .ask"];

/** Draw one half of the card; what was open in it stays open. @param {Element} half @param {HTMLElement[]} parts */
function fill(half, parts) {
  const open = new Set([...half.querySelectorAll("details[open]")].map(nameOf));
  half.replaceChildren(...parts);
  for (const one of half.querySelectorAll("details")) one.open = open.has(nameOf(one));
  for (const part of parts) {
    for (const asked of ASKED) if (part.querySelector(asked)) rove(part, asked);
  }
}

/**
 * The card of a site; one that is drawn anew keeps what was open and where it was read.
 * @param {Site} site
 * @param {boolean} [again]
 */
export function showDossier(site, again = false) {
  const card = $("dossier");
  const top = again ? card.scrollTop : 0;
  if (!again || !card.firstElementChild) card.replaceChildren(el("div"), el("div"));
  const [first, rest] = card.children;
  if (live) tell(site);
  fill(first, made(FIRST, site));
  card.hidden = false;
  card.scrollTop = top;
  afterPaint("dossier", () => {
    if (state.site !== site) return;
    fill(rest, made(REST, site));
    if (again) card.scrollTop = top;
  });
}
