// The payloads of the page: one JSON a moment, each compressed in a block of its own; the first is
// whole, the others say what they change of it, and a language what it says in its own words.

/** @import { Changed, Payload, Spoken } from "./payload.js" */
import { bytesOf } from "./bytes.js";
import { laidOver } from "./changes.js";
import { speak } from "./language.js";
import { blockOf as languageBlock } from "./reader.js";

/** @type {Map<number, Payload>} */
const unpacked = new Map();
/** @type {Map<number, Payload>} */
const inLanguage = new Map();
/** @type {Spoken | null} */
let spoken = null;

/** What the address says behind the #. */
export const address = () => new URLSearchParams(window.location.hash.slice(1));

/** @param {number} at */
const blockOf = (at) => document.getElementById(at ? `atlas-${at}` : "atlas");

/** The moment that the address names, or the study's own, which is the first. */
export function momentAsked() {
  const wanted = address().get("at") ?? "0";
  return /^\d{1,4}$/.test(wanted) && blockOf(Number(wanted)) ? Number(wanted) : 0;
}

/** @param {HTMLElement | null} block @returns {Promise<any>} */
async function read(block) {
  const packed = bytesOf(block?.textContent ?? "");
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(text).json();
}

/** Unpack the study's own moment, the one that is asked for, and a language. @param {string} language */
export async function unpack(language) {
  const asked = momentAsked();
  const [first, changed, words] = await Promise.all([
    read(blockOf(0)),
    asked ? read(blockOf(asked)) : null,
    language === "en" ? null : read(languageBlock(language)),
  ]);
  spoken = /** @type {Spoken | null} */ (words);
  speak(spoken?.words ?? {});
  unpacked.set(0, first);
  if (changed) unpacked.set(asked, laidOver(first, /** @type {Changed} */ (changed)));
}

/** Of a moment that is perhaps not unpacked yet. @param {number} at */
export async function fetchPayload(at) {
  if (!unpacked.has(at)) unpacked.set(at, laidOver(english(0), await read(blockOf(at))));
  return payload(at);
}

/** @param {number} at */
function english(at) {
  const one = unpacked.get(at);
  if (!one) throw new RangeError(`no moment ${at}`);
  return one;
}

/** @param {number} at */
export function payload(at) {
  if (!spoken) return english(at);
  const own = inLanguage.get(at) ?? { ...english(at), ...spoken.sentences[at] };
  if (!at && spoken.moments.length) {
    const dated = english(at).moments ?? [];
    own.moments = spoken.moments.map((one, k) => ({ ...one, dated: dated[k]?.label }));
  }
  inLanguage.set(at, own);
  return own;
}
