// The money of a dossier: what a tonne costs, and what is left of it at each customer.

/** @import { CostRow, CustomerRow } from "./payload.js" */
/** @import { Site } from "./model.js" */
import { COSTS, data } from "./data.js";
import { add, el, section, segment, swatch, table } from "./dom.js";
import { tr } from "./language.js";
import { tonneOf } from "./pays.js";
import { chineseAt, paidAt } from "./price.js";
import { ledger, turn } from "./rank.js";
import { askRow, askSource } from "./sources.js";
import { DASH, known, number, signedText } from "./words.js";

/** @param {CostRow[]} rows */
const usdOf = (rows) => rows.reduce((sum, row) => sum + row.usd_per_t, 0);

/** @param {string} cls @param {HTMLElement} mark @param {string} words @param {string} amount */
const moneyLine = (cls, mark, words, amount) =>
  add(el("div", `money ${cls}`), mark, el("span", "words", words), el("span", "n", amount));

/** @param {HTMLElement} node @param {number} low @param {number} high @param {number} end */
function placed(node, low, high, end) {
  node.style.left = `${(100 * Math.max(0, low)) / end}%`;
  node.style.width = `${(100 * Math.max(0, high - Math.max(0, low))) / end}%`;
  return node;
}

/** @param {Site} site @returns {(row: CostRow) => HTMLElement} */
const partLineOf = (site) => (row) => {
  const mark = row.usd_per_t < 0 ? el("span", "swatch lost") : swatch(COSTS[row.group]);
  const line = moneyLine("", mark, tr(row.part), number(row.usd_per_t));
  return add(line, askSource(site.site_id, `cost:${row.part}`, tr(row.part)));
};

/** @param {Site} site */
export function costsOf(site) {
  if (!site.costs.length) return null;
  /** @param {CostRow} row */
  const later = (row) => data.beyondTheGate.includes(row.group);
  const made = site.costs.filter((row) => !later(row));
  const way = site.costs.filter(later);
  const paid = made.filter((row) => row.usd_per_t > 0);
  const gross = usdOf(paid);
  const net = usdOf(made);
  const range = known(site.low) && known(site.high) ? [site.low, site.high] : null;
  const end = Math.max(gross, range ? range[1] : 0, 1);
  const stack = el("div", "stack costs");
  stack.setAttribute("aria-hidden", "true");
  add(stack, ...paid.map((row) => segment((100 * row.usd_per_t) / end, COSTS[row.group])));
  if (net < gross) add(stack, placed(el("span", "aid"), net, gross, end));
  if (range) add(stack, placed(el("span", "range"), range[0], range[1], end));
  const partLine = partLineOf(site);
  const part = section(tr("A tonne at the gate"), tr("USD/t, 2025 money"));
  add(part, stack, add(el("div", "parts"), ...made.map(partLine)));
  add(part, moneyLine("total", el("span"), tr("At the gate"), number(net)));
  if (range)
    add(
      part,
      moneyLine("", el("span"), tr("Low to high"), range.map((end) => number(end)).join(DASH)),
    );
  if (way.length) add(part, add(el("div", "parts way"), ...way.map(partLine)));
  const delivered = number(net + usdOf(way));
  add(part, moneyLine("total", el("span"), tr("Delivered, on average"), delivered));
  return add(part, ...broughtBy(site));
}

/** What the customers pay for it on average, and what is left. @param {Site} site */
function broughtBy(site) {
  const sum = tonneOf(site);
  if (!sum) return [];
  const words = tr("Its customers pay, on average");
  const paid = moneyLine("", el("span"), words, number(sum.paid));
  const left = moneyLine("total", el("span"), tr("Margin before tax"), signedText(sum.left));
  const { site_id: id } = site;
  return [
    add(paid, askSource(id, "price", words)),
    add(left, askSource(id, "margin", tr("the margin"))),
  ];
}

/**
 * The margin at a customer at the price in force; unknown where the Chinese tonne is cheaper with it.
 * @param {CustomerRow} row
 */
function marginNow({ margin, parity }) {
  if (!turn.priced || !known(margin) || !known(parity)) return margin;
  const { price } = turn.money;
  if (chineseAt(ledger, price) !== ledger.chinese) return null;
  const paid = [ledger.today, price].map((one) => Math.max(paidAt(ledger, one), parity));
  return margin + paid[1] - paid[0];
}

/** @param {CustomerRow} row */
function marginOf(row) {
  const margin = marginNow(row);
  const cls = !known(margin) ? "est" : margin < 0 ? "loss" : "gain";
  const cell = el("b", cls, known(margin) ? signedText(margin) : tr("unknown"));
  cell.title = tr("What is left of the price that it pays after cost, freight and duty, USD/t");
  return cell;
}

/** @type {Record<string, string>} */
const MODES = { road: tr("road"), rail: tr("rail"), sea: tr("sea"), transfer: tr("transfer") };

/** The legs of a way, as the plan writes them: "road 10 km, sea 1,055 km". @param {string} modes */
const wayText = (modes) =>
  modes.replace(/(\w+) ([\d,]+) km(, )?/g, (_, mode, km, next) => {
    const leg = tr("{mode} {km} km", { mode: MODES[mode] ?? mode, km });
    return next ? `${leg}${tr(", ")}` : leg;
  });

/** @param {CustomerRow} row @param {boolean} judged whether a margin is known of some */
function customerCells(row, judged) {
  const name = add(el("span"), `${row.name}, ${row.country}`, askRow(row.source, row.name));
  if (known(row.duty) || known(row.parity)) {
    const words = tr("duty {duty}, landed Chinese tonne {parity}", {
      duty: number(row.duty),
      parity: number(row.parity),
    });
    add(name, el("span", "sub", words));
  }
  const way = wayText(row.modes);
  const words = judged ? tr("{km} km: {way}", { km: number(row.km), way }) : way;
  add(name, el("span", "sub", words));
  const last = judged ? marginOf(row) : number(row.km);
  return [name, number(row.kt, 1), number(row.usd_per_t), last];
}

/** @param {Site} site */
export function customersOf(site) {
  if (!site.planned) return null;
  const part = section(tr("Customers"), tr("USD/t, in the order it serves them"));
  if (!site.customers.length) {
    return add(part, el("p", "sub", tr("No customer is in reach by road or sea.")));
  }
  const judged = site.customers.some((row) => known(row.margin));
  const heads = [tr("Gigafactory"), tr("kt/yr"), tr("freight"), judged ? tr("margin") : tr("km")];
  const list = table(
    heads,
    site.customers.map((row) => customerCells(row, judged)),
  );
  list.className = "customers";
  return add(part, list);
}
