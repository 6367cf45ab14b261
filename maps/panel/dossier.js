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
  const kinds = [at.filter(Boolean).join(", "), kind, site.archetype].filter(Boolean);
  add(head, name, close, el("p", "", kinds.join(` ${DOT} `)));
  return head;
}

function figuresOf(site) {
  const box = el("div", "figures");
  const unlisted = live && site.rank === null;
  const behind = unlisted ? number(site.place) : site.at ? number(sites[0].score - site.score, 1)
    : sites.length > 1 ? `+${number(site.score - sites[1].score, 1)}` : DASH;
  [
    [number(site.score, 1), live && turn.moved ? "score of 100, as turned here" : "score of 100"],
    [behind, unlisted ? `of ${number(bench.count)} places ranked here` : site.at ? "points behind the first" : "points ahead of the second"],
    [`${number(site.known)}/${number(site.total)}`, "criteria known for the place"],
    ...(known(site.p_top10) ? [[percent(site.p_top10), turn.chance ? "of drawn weights put it in the first ten" : "of the draws among the first ten"]] : []),
  ].forEach(([value, words]) => add(box, add(el("div"), el("b", "", value), el("small", "", words))));
  return box;
}

const levelOf = (row) => (row.level ? ` (${row.level.replace(/_/g, " ")})` : "");

function criterionRow(row) {
  const name = el("span");
  add(name, row.criterion, el("span", "sub", row.imputed
    ? `taken from a wider place${levelOf(row)}` : ""));
  const raw = el("span", row.imputed ? "est" : "", measured(row.raw, row.unit));
  const worth = track(row.value || 0);
  worth.style.width = "44px";
  worth.style.marginTop = "6px";
  worth.title = `worth ${number(row.value, 2)} of 1`;
  return [name, raw, worth, number(row.points, 1)];
}

function scoreOf(site) {
  const part = section("What makes the score", "points of 100");
  const gross = Math.max(site.points.reduce((sum, p) => sum + p, 0), site.score, 1e-9);
  const scale = Math.max(SCALE, gross);
  const stack = el("div", "stack");
  stack.setAttribute("aria-hidden", "true");
  shares(site).forEach((share, k) => add(stack, segment((100 * share) / scale, PILLAR[k])));
  const lost = gross - site.score;
  if (lost > 0.05) {
    const cut = el("i", "lost");
    cut.style.width = `${(100 * lost) / scale}%`;
    add(stack, cut);
  }
  add(part, stack);
  data.pillars.forEach((pillar, k) => {
    const own = site.criteria.filter((row) => row.pillar === pillar.key);
    if (live && !own.length) return; // the setting does not weigh it
    const box = el("details", "pillar"), head = el("summary");
    const turn = el("span", "turn", "\u25B6");
    turn.setAttribute("aria-hidden", "true");
    add(head, turn, swatch(PILLAR[k]), el("span", "", pillar.name), track(site.points[k] / scale),
      el("span", "n", number(site.points[k], 1)));
    const rows = table(["Criterion", "value", "worth", "points"], own.map(criterionRow));
    rows.className = "criteria";
    add(part, add(box, head, rows));
  });
  data.losses.forEach((name, k) => {
    if (Math.abs(site.taken[k]) < 0.05) return;
    const line = el("div", "sum");
    add(line, el("span"), el("span", "swatch lost"), el("span", "", name), el("span", "n", number(site.taken[k], 1)));
    add(part, line);
  });
  const total = el("div", "sum total");
  add(total, el("span"), el("span"), el("span", "", "Score"), el("span", "n", number(site.score, 1)));
  return add(part, total);
}

function strategiesOf(site) {
  const names = live ? live.ways.map(({ name }) => name) : data.strategies;
  if (names.length < 2) return null;
  const part = section("Score under each strategy", "of 100");
  add(part, table(null, names.map((name, k) => {
    const bar = track(site.strategies[k] / Math.max(SCALE, ...site.strategies));
    bar.style.width = "74px";
    bar.style.marginTop = "6px";
    return [name, bar, number(site.strategies[k], 1)];
  })));
  return part;
}

// ---- money: what a tonne costs, and what is left of it at each customer ----
const total = (rows) => rows.reduce((sum, row) => sum + row.usd_per_t, 0);

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
  const paid = made.filter((row) => row.usd_per_t > 0), gross = total(paid), net = total(made);
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
  return add(part, moneyLine("total", el("span"), "Delivered, on average", number(net + total(way))));
}

// Legs come as words, with commas between thousands.
const spaced = (words) => words.replace(/(\d),(?=\d{3}\b)/g, `$1${THIN}`);

function marginOf(row) {
  const cell = el("b", !known(row.margin) ? "est" : row.margin < 0 ? "loss" : "gain",
    known(row.margin) ? signedText(row.margin) : "unknown");
  cell.title = "What is left of the price of the landed Chinese tonne after cost, freight and duty, USD/t";
  return cell;
}

// What the page cannot work out by itself.
function untoldOf(site) {
  if (site.told) return null;
  const part = section("Cost, customers and laws");
  return add(part, el("p", "sub", "The plan did not have this place in its list, so the page knows its values only. Save "
    + "the setting and plan with it (siting plan STUDY --from-setting FILE): the new map tells the rest."));
}

function customersOf(site) {
  if (!site.told) return null;
  const part = section("Nearest customers", "USD/t, cheapest freight first");
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
  if (!site.told) return null;
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

function runnersUpOf(site) {
  if (!site.runners_up.length) return null;
  const part = section("Next best in this zone", "one decision on the ground");
  const above = site.runners_up.some((row) => row.score > site.score);
  return add(part, table(["Place", "km away", "score"], site.runners_up.map((row) =>
    [`${row.name}, ${row.country}`, number(row.km_away), number(row.score, 1)])),
  above ? el("p", "sub", "A named site stands for its zone, even where a town beside it scores higher.") : null);
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
  const parts = [headOf, figuresOf, caseOf, scoreOf, strategiesOf, costsOf, untoldOf, customersOf, policiesOf, runnersUpOf, countryOf, completenessOf];
  card.replaceChildren(...parts.map((make) => make(site)).filter(Boolean));
  card.querySelectorAll("details").forEach((part) => { part.open = open.has(nameOf(part)); });
  card.hidden = false;
  card.scrollTop = top;
}

const nameOf = (part) => part.querySelector("summary > span:not(.turn):not(.swatch)").textContent;
