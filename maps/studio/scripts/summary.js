// What a command printed as JSON, as tables: a list of objects is one, an object is two columns.

/** @import { Json } from "./types.js" */
import { add, el } from "../../panel/scripts/dom.js";
import { number, say } from "./say.js";
import { labelOf } from "./schema.js";

const MOST_ROWS = 200;
const DEEPEST = 4;

/** @param {Json | undefined} value @returns {value is { [key: string]: Json }} */
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {Json | undefined} value */
const isPlain = (value) => value === null || value === undefined || typeof value !== "object";

/** @param {Json | undefined} value */
function plain(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  return typeof value === "number" ? number(value) : String(value);
}

/** @param {Json | undefined} value @param {number} depth @returns {Node} */
function shown(value, depth) {
  if (isPlain(value)) return el("span", "", plain(value));
  if (Array.isArray(value) && value.every(isPlain))
    return el("span", "", value.map(plain).join(", "));
  if (depth >= DEEPEST) return el("code", "", JSON.stringify(value));
  return Array.isArray(value) ? rows(value, depth) : pairs(/** @type {any} */ (value), depth);
}

/** @param {Json[]} list @param {number} depth */
function rows(list, depth) {
  const keys = [...new Set(list.flatMap((one) => (isObject(one) ? Object.keys(one) : [])))];
  const head = el("tr");
  for (const key of keys) {
    const cell = el("th", "", labelOf(key));
    cell.scope = "col";
    add(head, cell);
  }
  const body = el("tbody");
  for (const one of list.slice(0, MOST_ROWS)) {
    const line = el("tr");
    if (!isObject(one)) add(line, add(el("td"), shown(one, depth + 1)));
    else {
      for (const key of keys) {
        const cell = el("td", typeof one[key] === "number" ? "n" : "");
        add(line, add(cell, shown(one[key], depth + 1)));
      }
    }
    add(body, line);
  }
  const table = add(el("table"), ...(keys.length ? [add(el("thead"), head)] : []), body);
  if (list.length <= MOST_ROWS) return table;
  return add(el("div"), table, el("p", "help", say("rows.left", { n: list.length - MOST_ROWS })));
}

/** @param {{ [key: string]: Json }} object @param {number} depth */
function pairs(object, depth) {
  const body = el("tbody");
  for (const [key, value] of Object.entries(object)) {
    const name = el("th", "", labelOf(key));
    name.scope = "row";
    add(body, add(el("tr"), name, add(el("td"), shown(value, depth + 1))));
  }
  return add(el("table", "pairs"), body);
}

/** @param {{ [key: string]: Json }} answer */
export function summary(answer) {
  const told = Object.entries(answer).filter(([key]) => key !== "schema_version"); // for programs
  const single = told.filter(([, value]) => isPlain(value));
  const whole = told.filter(([, value]) => !isPlain(value));
  const parts = whole.map(([key, value], k) => {
    const box = el("details", "summary");
    box.open = k < 3;
    const inside = add(el("div", "scroll"), shown(value, 1));
    inside.tabIndex = 0; // so that the keyboard scrolls it
    inside.setAttribute("role", "region");
    inside.setAttribute("aria-label", labelOf(key));
    return add(box, el("summary", "", labelOf(key)), inside);
  });
  return add(
    el("div", "answer"),
    ...(single.length ? [pairs(Object.fromEntries(single), 1)] : []),
    ...parts,
  );
}
