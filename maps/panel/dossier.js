// The card of one site. It scrolls and prints, which a Leaflet popup does not.
function section(title, small) {
  const part = el("section"), head = el("h3", "", title);
  if (small) add(head, el("small", "", small));
  return add(part, head);
}

function track(share) {
  const node = el("span", "track");
  add(node, segment(Math.max(0, Math.min(100, 100 * share)), colours.bar));
  return node;
}

function table(heads, rows) {
  const node = el("table");
  if (heads) {
    const line = el("tr");
    heads.forEach((head, k) => {
      const cell = el("th", k ? "n" : "", head);
      cell.scope = "col";
      add(line, cell);
    });
    add(node, add(el("thead"), line));
  }
  const body = el("tbody");
  rows.forEach((cells) => {
    const line = el("tr");
    cells.forEach((cell, k) => {
      const box = el("td", k ? "n" : "wide");
      add(line, add(box, cell));
    });
    add(body, line);
  });
  return add(node, body);
}

function headOf(site) {
  const head = el("header"), name = el("h2");
  name.id = "dossiertitle";
  add(name, el("span", "pill", place(site)), site.name);
  const close = button("close", "\u00D7", unpick);
  close.setAttribute("aria-label", "Close the dossier");
  const at = [site.full_name !== site.name ? site.full_name : "", site.region_name, country(site)];
  const kind = site.kind && site.kind !== "own" ? site.kind : "own candidate";
  const kinds = [at.filter(Boolean).join(", "), kind, site.scouted ? "" : "unscouted zone", site.archetype].filter(Boolean);
  add(head, name, close, el("p", "", kinds.join(` ${DOT} `)));
  return head;
}

function figuresOf(site) {
  const box = el("div", "figures"), area = site.zone_name && site.zone_name !== site.name ? `its zone, area of ${site.zone_name}` : "its zone";
  const what = live && !site.zone ? "it and what lies around" : area;
  [
    [percent(site.share), `of the chances${live && turn.moved ? " as turned here" : ""}: ${what}`],
    [percent(site.country_share), `of the chances: ${country(site)}`],
    [percentileText(site.percentile), "of the places compared rank lower"],
    [oddsText(total(site)), "the odds of the median place"],
    ...(known(site.p_top10) ? [[percent(site.p_top10), turn.chance ? "of drawn weights: among the first ten" : "of the draws: among the first ten"]] : []),
    ...(known(site.pays_from) ? [[number(site.pays_from), "USD/t: the price outside China from which it pays"]] : []),
    ...(known(site.margin) ? [[signedText(site.margin), "USD/t: margin at the price of the day"]] : []),
    ...(known(site.pays) ? [[percent(site.pays), "chance that it pays at the price of the day (no part of the share)"]] : []),
  ].forEach(([value, words]) => add(box, add(el("div"), el("b", "", value), el("small", "", words))));
  return box;
}

const levelOf = (row) => (row.level ? ` (${row.level.replace(/_/g, " ")})` : "");

function criterionRow(row) {
  const name = el("span");
  add(name, row.criterion, el("span", "sub", row.imputed
    ? `taken from a wider place${levelOf(row)}` : ""));
  const raw = el("span", row.imputed ? "est" : "", measured(row.raw, row.unit)), pull = lean(row.odds, PILLAR[pillarAt(row.pillar)]);
  pull.title = `value ${number(row.value, 2)}`;
  return [name, raw, pull, oddsText(row.odds)];
}

const pillarAt = (key) => data.pillars.findIndex((one) => one.key === key);

// A bar from the centre, the median place: to the right what helps, to the left what costs.
function lean(ln, colour) {
  const node = el("span", "lean"), bar = el("i"), most = Math.max(ENDS.left, ENDS.right / 2), wide = Math.min(50, (50 * Math.abs(ln)) / most);
  Object.assign(bar.style, { background: colour, width: `${wide}%`, left: `${ln < 0 ? 50 - wide : 50}%` });
  return add(node, bar);
}

function scoreOf(site) {
  const part = section("What makes its odds", "against the median place");
  data.pillars.forEach((pillar, k) => {
    const own = site.criteria.filter((row) => row.pillar === pillar.key);
    if (live && !own.length) return; // the setting does not weigh it
    const box = el("details", "pillar"), head = el("summary"), turn = el("span", "turn", "\u25B6");
    turn.setAttribute("aria-hidden", "true");
    add(head, turn, swatch(PILLAR[k]), el("span", "", pillar.name), lean(site.odds[k], PILLAR[k]), el("span", "n", oddsText(site.odds[k])));
    const rows = table(["Criterion", "measured", "", "odds"], own.map(criterionRow));
    rows.className = "criteria";
    add(part, add(box, head, rows));
  });
  const sum = el("div", "sum total");
  add(sum, el("span"), el("span"), el("span", "", "All together"), el("span", "n", oddsText(total(site))));
  return add(part, sum, el("p", "sub", `Right of the middle helps, left costs; factors multiply. ${site.scouted ? "" : `This zone is ${UNSCOUTED}.`}`));
}

// ---- money: what a tonne costs, and what is left of it at each customer ----
const usdOf = (rows) => rows.reduce((sum, row) => sum + row.usd_per_t, 0);

function moneyLine(cls, mark, words, amount) {
  const line = el("div", `money ${cls}`);
  return add(line, mark, el("span", "words", words), el("span", "n", amount));
}

function placed(node, low, high, end) {
  node.style.left = `${(100 * Math.max(0, low)) / end}%`;
  node.style.width = `${(100 * Math.max(0, high - Math.max(0, low))) / end}%`;
  return node;
}

function partLine(row) {
  const mark = row.usd_per_t < 0 ? el("span", "swatch lost") : swatch(COSTS[row.group]);
  return moneyLine("", mark, row.part, number(row.usd_per_t));
}

function costsOf(site) {
  if (!site.costs.length) return null;
  const later = (row) => data.beyondTheGate.includes(row.group);
  const made = site.costs.filter((row) => !later(row)), way = site.costs.filter(later);
  const paid = made.filter((row) => row.usd_per_t > 0), gross = usdOf(paid), net = usdOf(made);
  const ranged = known(site.low) && known(site.high);
  const end = Math.max(gross, ranged ? site.high : 0, 1);
  const part = section("A tonne at the gate", "USD/t, 2025 money");
  const stack = el("div", "stack costs");
  stack.setAttribute("aria-hidden", "true");
  paid.forEach((row) => add(stack, segment((100 * row.usd_per_t) / end, COSTS[row.group])));
  if (net < gross) add(stack, placed(el("span", "aid"), net, gross, end));
  if (ranged) add(stack, placed(el("span", "range"), site.low, site.high, end));
  add(part, stack, add(el("div", "parts"), ...made.map(partLine)));
  add(part, moneyLine("total", el("span"), "At the gate", number(net)));
  const range = `${number(site.low)}${DASH}${number(site.high)}`;
  if (ranged) add(part, moneyLine("", el("span"), "Low to high", range));
  if (!way.length) return part;
  add(part, add(el("div", "parts way"), ...way.map(partLine)));
  return add(part, moneyLine("total", el("span"), "Delivered, on average", number(net + usdOf(way))));
}

// Legs come as words, with commas between thousands.
const spaced = (words) => words.replace(/(\d),(?=\d{3}\b)/g, `$1${THIN}`);

function marginOf(row) {
  const cell = el("b", !known(row.margin) ? "est" : row.margin < 0 ? "loss" : "gain",
    known(row.margin) ? signedText(row.margin) : "unknown");
  cell.title = "What is left of the price that it pays after cost, freight and duty, USD/t";
  return cell;
}

// What the page cannot work out by itself.
function unplannedOf(site) {
  if (site.planned) return null;
  const part = section("Cost, customers and laws");
  return add(part, el("p", "sub", "The plan did not have this place in its list, so the page knows its values only. Save "
    + "the setting and plan with it (siting plan STUDY --from-setting FILE): the new map has the rest."));
}

function customersOf(site) {
  if (!site.planned) return null;
  const part = section("Customers", "USD/t, in the order it serves them");
  if (!site.customers.length) return add(part, el("p", "sub", "No customer is in reach by road or sea."));
  const judged = site.customers.some((row) => known(row.margin));
  const heads = ["Gigafactory", "kt/yr", "freight", judged ? "margin" : "km"];
  const list = table(heads, site.customers.map((row) => {
    const name = el("span");
    add(name, `${row.name}, ${row.country}`);
    if (known(row.duty) || known(row.parity)) {
      add(name, el("span", "sub", `duty ${number(row.duty)}, landed Chinese tonne ${number(row.parity)}`));
    }
    add(name, el("span", "sub", judged ? `${number(row.km)} km: ${spaced(row.modes)}` : spaced(row.modes)));
    return [name, number(row.kt, 1), number(row.usd_per_t), judged ? marginOf(row) : number(row.km)];
  }));
  list.className = "customers";
  return add(part, list);
}

function policiesOf(site) {
  if (!site.planned) return null;
  const part = section("Policy that applies", `on ${data.as_of}`);
  if (!site.policies.length) return add(part, el("p", "sub", "No instrument of the catalogue applies here."));
  site.policies.forEach((row) => {
    const law = el("details", "law"), head = el("summary");
    add(head, el("span", "", row.instrument), el("span", row.status === "in force" ? "tag on" : "tag", row.status));
    add(law, head, el("span", "sub", [row.effect.replace(/_/g, " "), row.summary].filter(Boolean).join(": ")));
    add(part, law);
  });
  return part;
}

const ESTATES_SHOWN = 12;
function estatesOf(site) {
  const rows = site.runners_up;
  if (!rows.length) return null;
  const part = section("Estates to visit", plural(rows.length, "estate")), list = el("ul", "estates");
  rows.slice(0, ESTATES_SHOWN).forEach((row) => {
    const name = live && row.index !== site.index ? button("go", row.name, () => pick(siteAt(row.index))) : el("b", "", row.name);
    const away = row.km_away >= 0.5 ? `${number(row.km_away)} km away` : "stands for the zone";
    add(list, add(el("li"), name, el("span", "sub", [away, row.facts].filter(Boolean).join(` ${DOT} `))));
  });
  const more = rows.length - ESTATES_SHOWN;
  return add(part, el("p", "sub", "By name: their order means nothing. Between estates of one country no public data beats chance, so choose by facts."),
    list, more > 0 ? el("p", "sub", `and ${number(more)} more`) : null);
}

function completenessOf(site) {
  const part = section("How complete the facts are", `${number(site.known)} of ${number(site.total)} known`);
  const cells = el("div", "cells");
  cells.setAttribute("aria-hidden", "true");
  for (let k = 0; k < Math.min(site.total, 60); k += 1) add(cells, el("i", k < site.known ? "" : "not"));
  const takenOver = site.criteria.filter((row) => row.imputed)
    .map((row) => row.criterion + levelOf(row));
  return add(part, cells, el("p", "sub", takenOver.length
    ? `Taken from a wider place: ${takenOver.join(", ")}.`
    : "Nothing had to be taken from a wider place."));
}

// The card of a site; one that is drawn anew keeps what was open and where it was read.
function showDossier(site, again = false) {
  const card = $("dossier"), top = again ? card.scrollTop : 0;
  const open = new Set(again ? [...card.querySelectorAll("details[open]")].map(nameOf) : []);
  if (live) tell(site);
  const parts = [headOf, figuresOf, caseOf, scoreOf, estatesOf, costsOf, unplannedOf, customersOf, policiesOf, countryOf, completenessOf];
  card.replaceChildren(...parts.map((make) => make(site)).filter(Boolean));
  card.querySelectorAll("details").forEach((part) => { part.open = open.has(nameOf(part)); });
  card.hidden = false;
  card.scrollTop = top;
}

const nameOf = (part) => part.querySelector("summary > span:not(.turn):not(.swatch)").textContent;
