// Pinned places side by side: figures, chances, costs and contributions each on one axis, customers
// and laws.

/** @import { Site } from "./model.js" */
import { COSTS, country, data, live, PILLAR } from "./data.js";
import { add, button, el, section, segment, swatch } from "./dom.js";
import { ngettext, tr } from "./language.js";
import { ENDS } from "./odds.js";
import { aheadIn, DRAWN, figuresOf, runsText, sentencesOf } from "./pinwords.js";
import { pick } from "./state.js";
import { DASH, known, number, oddsText, sentences, signedText } from "./words.js";

const CUSTOMERS = 3;
const LAWS = 12;

/** A table whose rows have a name and a cell for each site. @param {Site[]} sites @param {[string | Node, (Node | string)[]][]} rows @param {string} cls */
function tableOf(sites, rows, cls) {
  const heads = add(el("tr"), el("td"), ...sites.map((site) => headOf(site)));
  const body = rows.map(([name, cells]) => {
    const head = add(el("th"), name);
    head.scope = "row";
    return add(el("tr"), head, ...cells.map((cell) => add(el("td"), cell)));
  });
  return add(el("table", `pins ${cls}`), add(el("thead"), heads), add(el("tbody"), ...body));
}

/** @param {Site} site */
function headOf(site) {
  const node = add(el("th"), el("span", "wide", site.name));
  node.scope = "col";
  return node;
}

/** Names with what to do with them. @param {Site[]} sites @param {(site: Site) => void} unpin */
function namesOf(sites, unpin) {
  const items = sites.map((site) => {
    const off = button("unpin", "\u00D7", () => unpin(site));
    off.setAttribute("aria-label", tr("Unpin {name}", { name: site.name }));
    const go = button("go", site.name, () => pick(site));
    return add(
      el("li"),
      el("span", "code", site.country),
      go,
      el("span", "sub", country(site)),
      off,
    );
  });
  return add(el("ul", "pinnames"), ...items);
}

/** @param {Site[]} sites */
function chancesOf(sites) {
  if (!live) return null;
  const rows = sites.map((a) => {
    const cells = sites.map((b) => (a === b ? DASH : runsText(Number(aheadIn(a, b)))));
    return /** @type {[string, string[]]} */ ([a.name, cells]);
  });
  const part = section(tr("Which is ahead, in what-if runs"), tr("row ahead of column"));
  return add(part, tableOf(sites, rows, "ahead"), el("p", "sub", DRAWN));
}

// ---- bars on one axis ----

/** @param {Site[]} sites */
function costsOf(sites) {
  const priced = sites.filter((site) => site.costs.length);
  if (!priced.length) return null;
  /** @param {Site} site */
  const paid = (site) => site.costs.filter((row) => row.usd_per_t > 0);
  /** @param {Site["costs"]} rows */
  const sum = (rows) => rows.reduce((all, row) => all + row.usd_per_t, 0);
  const end = Math.max(...priced.map((site) => sum(paid(site))), 1);
  const lines = sites.map((site) => {
    const name = el("span", "wide", site.name);
    if (!site.costs.length)
      return add(el("div", "axis"), name, el("span", "sub", tr("not known here")));
    const bar = el("span", "stack");
    bar.setAttribute("aria-hidden", "true");
    for (const row of paid(site)) {
      const piece = segment((100 * row.usd_per_t) / end, COSTS[row.group]);
      const places = { part: tr(row.part), usd: number(row.usd_per_t) };
      piece.title = tr("{part}: {usd} USD/t", places);
      add(bar, piece);
    }
    const less = sum(site.costs) - sum(paid(site));
    const cost = number(sum(site.costs));
    const words = less < 0 ? tr("{cost} (aid {aid})", { cost, aid: number(less) }) : cost;
    return add(el("div", "axis"), name, bar, el("span", "n", words));
  });
  const part = section(tr("A tonne delivered"), tr("USD/t, one axis from zero"));
  return add(part, ...lines, legendOf(priced), partsTable(sites));
}

/** @param {Site[]} sites */
function legendOf(sites) {
  const groups = new Set(sites.flatMap((site) => site.costs.map((row) => row.group)));
  const keys = [...groups].map((group) => add(el("span"), swatch(COSTS[group]), tr(group)));
  return add(el("div", "pillars"), ...keys);
}

/** @param {Site[]} sites */
function partsTable(sites) {
  const names = [...new Set(sites.flatMap((site) => site.costs.map((row) => row.part)))];
  const rows = names.map((name) => {
    const cells = sites.map((site) => {
      const row = site.costs.find((one) => one.part === name);
      return row ? number(row.usd_per_t) : DASH;
    });
    return /** @type {[string, string[]]} */ ([tr(name), cells]);
  });
  const more = add(el("details"), el("summary", "", tr("Part by part")));
  return add(more, tableOf(sites, rows, "money"));
}

/** Where ln odds stand on an axis that all share. @param {number} ln */
const across = (ln) => (100 * (ln + ENDS.left)) / (ENDS.left + ENDS.right);

/** @param {Site[]} sites */
function oddsOf(sites) {
  const part = section(tr("What makes their odds"), tr("against the median place (the line)"));
  data.pillars.forEach((pillar, k) => {
    if (sites.every((site) => Math.abs(site.odds[k] ?? 0) < 1e-9)) return;
    const lines = sites.map((site) => {
      const ln = site.odds[k];
      const bar = el("i");
      const [from, to] = [Math.min(0, ln), Math.max(0, ln)].map(across);
      Object.assign(bar.style, { left: `${from}%`, width: `${to - from}%`, background: PILLAR[k] });
      const axis = add(el("span", "oddsaxis"), bar);
      axis.style.setProperty("--zero", `${across(0)}%`);
      axis.setAttribute("aria-hidden", "true");
      return add(
        el("div", "axis"),
        el("span", "wide", site.name),
        axis,
        el("span", "n", oddsText(ln)),
      );
    });
    add(part, add(el("h4"), swatch(PILLAR[k]), tr(pillar.name)), ...lines);
  });
  return part;
}

// ---- customers and laws ----

/** @param {Site} site */
function customersCell(site) {
  const items = site.customers.slice(0, CUSTOMERS).map((row) => {
    const freight = number(row.usd_per_t);
    const words = known(row.margin)
      ? tr("freight {freight}, margin {margin}", { freight, margin: signedText(row.margin) })
      : tr("freight {freight}", { freight });
    return add(el("li", "", row.name), el("span", "sub", words));
  });
  return items.length ? add(el("ul"), ...items) : el("span", "sub", tr("none known here"));
}

/** @param {Site[]} sites */
const customersOf = (sites) =>
  add(
    section(tr("First customers"), tr("USD/t")),
    tableOf(sites, [["", sites.map(customersCell)]], "served"),
  );

/** @param {Site[]} sites */
function lawsOf(sites) {
  const of = sites.map((site) => new Set(site.policies.map((row) => row.instrument)));
  const names = [...new Set(of.flatMap((one) => [...one]))];
  if (!names.length) return null;
  const apart = names.filter((name) => !of.every((one) => one.has(name)));
  const rows = apart.slice(0, LAWS).map((name) => {
    const cells = of.map((one) => (one.has(name) ? tr("yes") : DASH));
    return /** @type {[string, string[]]} */ ([name, cells]);
  });
  const common = names.length - apart.length;
  const more = Math.max(0, apart.length - LAWS);
  const shared = common
    ? ngettext("{n} law applies to all of them.", "{n} laws apply to all of them.", common, {
        n: number(common),
      })
    : "";
  const further = more
    ? ngettext(
        "{n} further law differs; the dossiers have them.",
        "{n} further laws differ; the dossiers have them.",
        more,
        { n: number(more) },
      )
    : "";
  const part = section(tr("Laws that differ"), tr("in force for this investor"));
  if (rows.length) add(part, tableOf(sites, rows, "laws"));
  return add(part, el("p", "sub", sentences(shared, further)));
}

/**
 * @param {Site[]} sites
 * @param {(site: Site) => void} unpin
 */
export function sheetOf(sites, unpin) {
  const words = sentencesOf(sites).map((text) => el("p", "", text));
  return [
    add(section(tr("In words")), namesOf(sites, unpin), ...words),
    add(section(tr("Figures")), tableOf(sites, figuresOf(sites), "figs")),
    chancesOf(sites),
    costsOf(sites),
    oddsOf(sites),
    customersOf(sites),
    lawsOf(sites),
  ].filter(known);
}
