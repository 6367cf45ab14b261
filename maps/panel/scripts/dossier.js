// The card of one site. It scrolls and prints, which a Leaflet popup does not.

/** @import { Fact, Site } from "./model.js" */
import { caseOf, countryOf } from "./case.js";
import { country, data, live, moment, PILLAR, pillarAt } from "./data.js";
import { $, add, button, el, section, swatch, table } from "./dom.js";
import { factsOf } from "./further.js";
import { joined, ngettext, tr } from "./language.js";
import { costsOf, customersOf } from "./money.js";
import { ENDS, total } from "./odds.js";
import { afterPaint } from "./paint.js";
import { pinButton } from "./pins.js";
import { siteAt, tell, turn } from "./rank.js";
import { rove } from "./rove.js";
import { askSource, rowsOfSources } from "./sources.js";
import { pick, state, unpick } from "./state.js";
import {
  CHANCE,
  DOT,
  facts,
  known,
  lowered,
  measured,
  number,
  oddsText,
  percent,
  percentileText,
  place,
  sentences,
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
  close.setAttribute("aria-label", tr("Close the dossier"));
  const full = site.full_name !== site.name ? site.full_name : "";
  const at = facts(full, site.region_name, country(site));
  const kind = site.kind && site.kind !== "own" ? tr(site.kind) : tr("own candidate");
  const kinds = [at, kind, site.scouted ? "" : tr("unscouted zone"), archetypeText(site.archetype)];
  const acts = add(el("div", "acts"), pinButton(site), close);
  return add(el("header"), name, acts, el("p", "", kinds.filter(Boolean).join(` ${DOT} `)));
}

/** What leads the archetype is named after its criteria, where the archetype has no name. @param {string} archetype */
function archetypeText(archetype) {
  const [, ahead] = archetype.match(/^ahead on (.+)$/) ?? [];
  if (!ahead) return tr(archetype);
  /** @type {Map<string, string>} */
  const names = new Map(
    (live?.criteria ?? []).map(({ name }) => [lowered(name), lowered(tr(name))]),
  );
  const criteria = ahead.split(" and ").map((name) => names.get(name) ?? name);
  return tr("ahead on {criteria}", { criteria: joined(criteria) });
}

/** What the chance of a site is a chance of. @param {Site} site */
function standsFor(site) {
  if (live && !site.zone) return tr("it and what lies around");
  const { zone_name: zone } = site;
  return zone && zone !== site.name ? tr("its zone, area of {zone}", { zone }) : tr("its zone");
}

const whichPrice = () =>
  live && turn.priced
    ? tr("{price} USD a tonne", { price: number(turn.money.price) })
    : tr("the price of the day");

/** @param {Site} site */
function figuresOf(site) {
  const places = { chance: CHANCE, zone: standsFor(site) };
  const own =
    live && turn.moved
      ? tr("{chance} as turned here: {zone}", places)
      : tr("{chance}: {zone}", places);
  /** @type {[string, string, string?][]} */
  const figures = [
    [percent(site.share), own],
    [percent(site.country_share), tr("{chance}: {zone}", { chance: CHANCE, zone: country(site) })],
    [percentileText(site.percentile), tr("of the places compared rank lower")],
    [oddsText(total(site)), tr("the odds of the median place")],
  ];
  const sure = sureOf(site);
  if (sure) {
    const words = turn.chance
      ? tr("of runs of the weights only: {first}", { first: sure.words })
      : tr("of the what-if runs: {first}", { first: sure.words });
    figures.push([percent(sure.part), words]);
  }
  if (known(site.pays_from)) {
    const words = tr("USD/t: the price outside China from which it pays, before tax");
    figures.push([site.pays_from > 0 ? number(site.pays_from) : tr("any"), words, "margin"]);
  }
  if (known(site.margin)) {
    const words = tr("USD/t: margin at {price}", { price: whichPrice() });
    figures.push([signedText(site.margin), words, "price"]);
  }
  if (known(site.pays)) {
    const words = tr("chance that it pays at {price} (no part of the rank)", {
      price: whichPrice(),
    });
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
const levelOf = ({ level }) => (level ? tr(level.replace(/_/g, " ")) : "");
/** @param {{ level: string }} row */
function widerText(row) {
  const level = levelOf(row);
  return level
    ? tr("taken from a wider place ({level})", { level })
    : tr("taken from a wider place");
}

/** @param {Site} site @returns {(row: Site["criteria"][number]) => Node[] | (Node | string)[]} */
const criterionRowOf = (site) => (row) => {
  const wider = row.imputed ? widerText(row) : "";
  const words = tr(row.criterion);
  const ask = askSource(site.site_id, `criterion:${row.criterion}`, words);
  const name = add(el("span"), words, ask, el("span", "sub", wider));
  const raw = el("span", row.imputed ? "est" : "", measured(row.raw, row.unit));
  const pull = lean(row.odds, PILLAR[pillarAt(row.pillar)]);
  pull.title = tr("value {value}", { value: number(row.value, 2) });
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
  const part = section(tr("What makes its odds"), tr("against the median place"));
  data.pillars.forEach((pillar, k) => {
    const own = site.criteria.filter((row) => row.pillar === pillar.key);
    if (live && !own.length) return; // the setting does not weigh it
    const turner = el("span", "turn", "\u25B6");
    turner.setAttribute("aria-hidden", "true");
    const head = add(
      el("summary"),
      turner,
      swatch(PILLAR[k]),
      el("span", "", tr(pillar.name)),
      lean(site.odds[k], PILLAR[k]),
      el("span", "n", oddsText(site.odds[k])),
    );
    const heads = [tr("Criterion"), tr("measured"), "", tr("odds")];
    const rows = table(heads, own.map(criterionRowOf(site)));
    rows.className = "criteria";
    add(part, add(el("details", "pillar"), head, rows));
  });
  const sum = el("div", "sum total");
  add(sum, el("span"), el("span"), el("span", "", tr("All together")));
  add(sum, el("span", "n", oddsText(total(site))));
  const words = sentences(
    tr("Right of the middle helps, left costs; factors multiply."),
    site.scouted ? "" : tr("This zone is {unscouted}.", { unscouted: UNSCOUTED }),
  );
  return add(part, sum, el("p", "sub", words));
}

// ---- what the plan knows, and what it does not ----

/** What the page cannot work out by itself. @param {Site} site */
function unplannedOf(site) {
  if (site.planned) return null;
  const where = moment
    ? tr(
        "Where the study is asked otherwise, cost, customers and laws are known for the listed " +
          "zones; of this one it knows what makes its odds.",
      )
    : tr(
        "Cost, customers and laws are known in this page for every zone of the list, the best " +
          "place of each country and your own places; of this one it knows what makes its odds.",
      );
  const rest = tr(
    "The commands siting explain and, where weights are turned, siting plan STUDY --from-setting " +
      "FILE say the rest.",
  );
  return add(section(tr("Cost, customers and laws")), el("p", "sub", sentences(where, rest)));
}

/** A law opens with its source. @param {Site["policies"][number]} row */
function lawSource({ source }) {
  return known(source) ? rowsOfSources([source]) : null;
}

/** @param {Site["policies"][number]} row */
function lawOf(row) {
  const status = el("span", row.status === "in force" ? "tag on" : "tag", tr(row.status));
  const head = add(el("summary"), el("span", "", row.instrument), status);
  const effect = tr(row.effect.replace(/_/g, " "));
  const words = row.summary ? tr("{effect}: {law}", { effect, law: row.summary }) : effect;
  return add(el("details", "law"), head, el("span", "sub", words), lawSource(row));
}

/** @param {Site} site */
function policiesOf(site) {
  if (!site.planned) return null;
  const part = section(tr("Policy that applies"), tr("on {day}", { day: data.as_of }));
  if (site.policies.length) return add(part, ...site.policies.map(lawOf));
  return add(part, el("p", "sub", tr("No instrument of the catalogue applies here.")));
}

/** What is known of the ground itself, and what the user's own file adds. @param {Site} site */
function groundOf(site) {
  const facts = factsOf(site.site_id);
  if (!facts.length) return null;
  /** @param {Fact} fact */
  const line = ({ name, text, own }) => {
    const [head, says] = own ? [name, text] : [tr(name), tr(text)];
    return add(el("div"), el("dt", "", head), el("dd", "", says));
  };
  /** @param {Fact[]} some */
  const listed = (some) => add(el("dl", "facts"), ...some.map(line));
  const ours = facts.filter(({ own }) => !own);
  const theirs = facts.filter(({ own }) => own);
  const part = section(tr("The site"), theirs.length ? tr("from your file") : "");
  const ask = theirs.length ? null : askSource(site.site_id, "estate", tr("the facts of the site"));
  if (ask) add(/** @type {HTMLElement} */ (part.querySelector("h3")), ask);
  return add(part, listed([...ours, ...theirs]));
}

const ESTATES_SHOWN = 12;

/** A fact of an estate, as the plan writes it: "70 ha available". @param {string} fact */
function factText(fact) {
  const [, ha] = fact.match(/^(\S+) ha available$/) ?? [];
  if (ha) return tr("{ha} ha available", { ha });
  const [, mw] = fact.match(/^(\S+) MW of grid available$/) ?? [];
  if (mw) return tr("{mw} MW of grid available", { mw });
  const [, port] = fact.match(/^port (?!industrial$)(.+)$/) ?? [];
  if (port) return tr("port {name}", { name: port });
  const [, tenants] = fact.match(/^tenants: (.+)$/) ?? [];
  return tenants ? tr("tenants: {names}", { names: tenants }) : tr(fact);
}

/** @param {Site} site @param {Site["runners_up"][number]} row */
function estateItem(site, { index, name, km_away: km, facts }) {
  const other = live && index !== undefined && index !== site.index;
  const head = other ? button("go", name, () => pick(siteAt(index))) : el("b", "", name);
  const away = km >= 0.5 ? tr("{km} km away", { km: number(km) }) : tr("stands for the zone");
  const words = [away, ...facts.split(` ${DOT} `).map(factText)].filter(Boolean).join(` ${DOT} `);
  return add(el("li"), head, el("span", "sub", words));
}

/** @param {Site} site */
function estatesOf(site) {
  const rows = site.runners_up;
  if (!rows.length) return null;
  const more = rows.length - ESTATES_SHOWN;
  const words = tr(
    "By name: their order means nothing. Between estates of one country no public data beats " +
      "chance, so choose by facts.",
  );
  const items = rows.slice(0, ESTATES_SHOWN).map((row) => estateItem(site, row));
  return add(
    section(
      tr("Estates to visit"),
      ngettext("{n} estate", "{n} estates", rows.length, { n: number(rows.length) }),
    ),
    el("p", "sub", words),
    add(el("ul", "estates"), ...items),
    more > 0 ? el("p", "sub", tr("and {n} more", { n: number(more) })) : null,
  );
}

/** @param {Site} site */
function completenessOf(site) {
  const count = tr("{count} of {all} known", {
    count: number(site.known),
    all: number(site.total),
  });
  const cells = el("div", "cells");
  cells.setAttribute("aria-hidden", "true");
  for (let k = 0; k < Math.min(site.total, 60); k += 1) {
    add(cells, el("i", k < site.known ? "" : "not"));
  }
  const wider = site.criteria
    .filter((row) => row.imputed)
    .map((row) => {
      const [criterion, level] = [tr(row.criterion), levelOf(row)];
      return level ? tr("{criterion} ({level})", { criterion, level }) : criterion;
    });
  const words = wider.length
    ? tr("Taken from a wider place: {criteria}.", { criteria: wider.join(tr(", ")) })
    : tr("Nothing had to be taken from a wider place.");
  return add(section(tr("How complete the facts are"), count), cells, el("p", "sub", words));
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
