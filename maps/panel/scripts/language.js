// The language of the page: the scripts hold English, a catalogue the words of another.

/** @typedef {Record<string, string | string[]>} Words */
/** @typedef {Record<string, string | number>} Places */

/** @type {Words} */
let words = {};

/** Let every message from now on be of a catalogue; an empty one is English. @param {Words} catalogue */
export function speak(catalogue) {
  words = catalogue;
}

/** A message in the language of the page, its named places filled. @param {string} message @param {Places} [places] */
export const tr = (message, places) => filled(one(words[message], message), places);

/** A message that means different things: the context says which. @param {string} context @param {string} message @param {Places} [places] */
export const pgettext = (context, message, places) =>
  filled(one(words[`${context}\u0004${message}`], message), places);

/**
 * The plural form that `n` asks for; Chinese, Korean and Japanese have one.
 * @param {string} single
 * @param {string} many
 * @param {number} n
 * @param {Places} [places]
 */
export const ngettext = (single, many, n, places) =>
  filled(one(words[single], n === 1 ? single : many), places);

/** "a, b and c" @param {string[]} parts */
export function joined(parts) {
  if (parts.length < 2) return parts.join("");
  const comma = tr(", ");
  return tr("{first} and {last}", {
    first: parts.slice(0, -1).join(comma),
    last: parts[parts.length - 1],
  });
}

/** @param {string | string[] | undefined} entry @param {string} message */
const one = (entry, message) => (Array.isArray(entry) ? entry[0] : entry) ?? message;

/** @param {string} text @param {Places} [places] */
const filled = (text, places) =>
  places ? text.replace(/\{(\w+)\}/g, (whole, name) => String(places[name] ?? whole)) : text;
