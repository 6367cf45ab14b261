// Sentences of the table of words, numbers and dates in the language of the page.
import { ngettext, tr } from "../../panel/scripts/language.js";
import { tag as language } from "./choice.js";
import { WORDS } from "./words.js";

const wholes = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const shown = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 });
const shares = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const kilobyte = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });

/** @typedef {keyof typeof WORDS} Key */

/** @param {string} key @returns {key is Key} */
const isKey = (key) => Object.hasOwn(WORDS, key);

/**
 * A sentence with its places filled; `n` chooses the plural form.
 * @param {Key} key
 * @param {Record<string, string | number>} [parts]
 * @returns {string}
 */
export function say(key, parts = {}) {
  /** @type {string | { one: string, other: string }} */
  const entry = WORDS[key];
  const places = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      typeof part === "number" ? number(part) : part,
    ]),
  );
  if (typeof entry === "string") return tr(entry, places);
  return ngettext(entry.one, entry.other, Number(parts.n), places);
}

/** The word of a key that data names, or what data has. @param {string} key @param {string} otherwise */
export const wordOr = (key, otherwise) => (isKey(key) ? say(key) : otherwise);

/** @param {number} value */
export const number = (value) => (Number.isInteger(value) ? wholes : shown).format(value);
/** @param {number} value */
export const whole = (value) => wholes.format(value);
/** Of a share of one. @param {number} share */
export const percent = (share) => shares.format(share);
/** @param {number | string} when */
export const time = (when) => clock.format(new Date(when));
/** @param {number | string} when */
export const moment = (when) => day.format(new Date(when));
/** @param {number} bytes */
export const size = (bytes) =>
  bytes < 1e6
    ? say("size.kb", { size: kilobyte.format(Math.max(0.1, bytes / 1e3)) })
    : say("size.mb", { size: kilobyte.format(bytes / 1e6) });
/** @param {number} seconds */
export const seconds = (seconds) =>
  seconds < 90
    ? say("seconds", { s: kilobyte.format(seconds) })
    : say("minutes", { m: Math.floor(seconds / 60), s: wholes.format(seconds % 60) });
