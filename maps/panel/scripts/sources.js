// Where a figure is from, one click away: a button beside it opens its rows under it.

/** @import { Source } from "./model.js" */
import { add, button, el } from "./dom.js";
import { rowsBehind, sourceAt } from "./further.js";
import { tr } from "./language.js";
import { DOT, known, number } from "./words.js";

const SHOWN = 8;
const HOST = "tr, .money, .figures > div, details.law, .facts, h3";
/** @type {Record<string, string>} */
const GRADES = { A: tr("first-hand"), B: tr("reported"), C: tr("to be checked") };

/** @param {Source} row */
function sourceItem(row) {
  const grade = el("span", "tag", row.confidence);
  grade.title = GRADES[row.confidence] ?? "";
  const of =
    row.period && row.period !== row.as_of
      ? tr("of {period}, read {day}", { period: row.period, day: row.as_of })
      : row.as_of;
  const head = add(el("span"), el("b", "", row.what), row.value ? `: ${row.value} ` : " ", grade);
  const from = [
    of || tr("undated"),
    tr("grade {grade}", { grade: row.confidence || tr("unknown") }),
    row.source,
  ];
  return add(el("li"), head, el("span", "sub", from.filter(Boolean).join(` ${DOT} `)));
}

/** @param {number[]} rows */
export function rowsOfSources(rows) {
  const words = tr(
    "Measured between places, reckoned or set by the study: no row of a table stands behind it.",
  );
  if (!rows.length) return el("p", "sub", words);
  const items = rows.slice(0, SHOWN).map((n) => sourceItem(sourceAt(n)));
  const more = rows.length - SHOWN;
  const list = add(el("ul", "sourcelist"), ...items);
  if (more > 0) add(list, el("li", "sub", tr("and {n} rows that carry less", { n: number(more) })));
  return list;
}

/** Open or shut the rows under what a button stands in. @param {HTMLElement} asked @param {number[]} rows */
function toggle(asked, rows) {
  const host = /** @type {HTMLElement} */ (asked.closest(HOST));
  const open = asked.getAttribute("aria-expanded") === "true";
  asked.setAttribute("aria-expanded", String(!open));
  if (open) {
    host.nextElementSibling?.remove();
    return;
  }
  if (host.tagName !== "TR") {
    host.after(add(el("div", "sources"), rowsOfSources(rows)));
    return;
  }
  const cell = el("td", "sources");
  cell.colSpan = host.children.length;
  host.after(add(el("tr"), add(cell, rowsOfSources(rows))));
}

/**
 * @param {string} name of the figure, for a screen reader
 * @param {number[] | null} rows
 */
function asking(name, rows) {
  if (rows === null) return null;
  const node = button("ask", "i", () => toggle(node, rows));
  node.setAttribute("aria-expanded", "false");
  node.setAttribute("aria-label", tr("Source of {figure}", { figure: name }));
  node.title = tr("Source, date and grade");
  return node;
}

/**
 * A button for what is shown of a place; null where the page does not know.
 * @param {string} id
 * @param {string} key
 * @param {string} name
 */
export const askSource = (id, key, name) => asking(name, rowsBehind(id, key));

/** The same for one row. @param {number | null | undefined} source @param {string} name */
export const askRow = (source, name) => (known(source) ? asking(name, [source]) : null);
