// Edits of the form that the text does not hold yet, because the server has not answered: kept in
// this browser too, and laid over what the study says so that its fields show them.

/** @import { Json, Path, Values } from "./types.js" */

/** @typedef {{ path: Path, value: Json }} Edit */

/** @param {string} spot where the study is kept */
const shelf = (spot) => `${spot} edits`;

/** @param {string} spot @returns {Edit[]} */
export const shelved = (spot) => JSON.parse(localStorage.getItem(shelf(spot)) ?? "[]");

/** @param {string} spot @param {Edit[]} edits */
export function shelve(spot, edits) {
  if (edits.length) localStorage.setItem(shelf(spot), JSON.stringify(edits));
  else localStorage.removeItem(shelf(spot));
}

/**
 * What a study says with edits laid over it; one whose path leads nowhere is left to the server.
 * @param {Values} values
 * @param {Edit[]} edits
 * @returns {Values}
 */
export function laidOver(values, edits) {
  const next = structuredClone(values);
  for (const { path, value } of edits) lay(next, path, value);
  return next;
}

/** @param {Values} values @param {Path} path @param {Json} value */
function lay(values, path, value) {
  /** @type {any} */
  let above = values;
  for (const [k, step] of path.slice(0, -1).entries()) {
    above[step] ??= typeof path[k + 1] === "number" ? [] : {};
    above = above[step];
    if (typeof above !== "object") return;
  }
  const last = path[path.length - 1];
  if (value !== null) above[last] = value;
  else if (Array.isArray(above)) above.splice(Number(last), 1);
  else delete above[last];
}
