// A payload out of what it changes of the first, see maps/changes.py.

/** @import { Changed, Payload } from "./payload.js" */
import { bytesOf, textOf } from "./bytes.js";

const NEW = -1; // row of a place that the first does not rank

/**
 * Columns of numbers, each against what the first has of the same place.
 * @param {string} text
 * @param {string} base
 * @param {number[]} rows
 * @param {number} wide bytes of a number
 */
function against(text, base, rows, wide) {
  const own = bytesOf(text);
  const there = bytesOf(base);
  const columns = own.length / (rows.length * wide);
  const height = there.length / columns;
  for (let column = 0; column < columns; column += 1) {
    rows.forEach((row, i) => {
      if (row === NEW) return;
      const to = (column * rows.length + i) * wide;
      for (let k = 0; k < wide; k += 1) own[to + k] ^= there[column * height + row * wide + k];
    });
  }
  return textOf(own);
}

/**
 * @param {Payload} first
 * @param {Changed} changed
 * @returns {Payload}
 */
export function laidOver(first, { rows, widths, changes }) {
  /** @type {Record<string, (value: any, base: any, path: string[]) => unknown>} */
  const readings = {
    whole: (value) => value,
    words: (value, base) =>
      value.map((/** @type {string | number} */ one) =>
        typeof one === "number" ? base[one] : one,
      ),
    same: (value, base) =>
      value.map((/** @type {unknown} */ one, /** @type {number} */ i) => one ?? base[rows[i]]),
    bytes: (value, base, path) => against(value, base, rows, widths[path.join("/")]),
  };
  /** @type {any} */
  const whole = { ...first };
  for (const [path, value, reading] of changes) {
    const last = path[path.length - 1];
    let node = whole;
    for (const step of path.slice(0, -1)) {
      node[step] = { ...node[step] }; // the first stays as it is
      node = node[step];
    }
    node[last] = readings[reading](value, node[last], path);
  }
  return whole;
}
