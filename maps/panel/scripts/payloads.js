// The payloads of the page: one JSON a moment, each compressed in a block of its own; the first is
// whole, the others say what they change of it.

/** @import { Changed, Payload } from "./payload.js" */
import { bytesOf } from "./bytes.js";
import { laidOver } from "./changes.js";

/** @type {Map<number, Payload>} */
const unpacked = new Map();

/** What the address says behind the #. */
export const address = () => new URLSearchParams(window.location.hash.slice(1));

/** @param {number} at */
const blockOf = (at) => document.getElementById(at ? `atlas-${at}` : "atlas");

/** The moment that the address names, or the study's own, which is the first. */
export function momentAsked() {
  const wanted = address().get("at") ?? "0";
  return /^\d{1,4}$/.test(wanted) && blockOf(Number(wanted)) ? Number(wanted) : 0;
}

/** @param {number} at @returns {Promise<any>} */
async function read(at) {
  const packed = bytesOf(blockOf(at)?.textContent ?? "");
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(text).json();
}

/** Unpack the study's own moment and the one that is asked for. */
export async function unpack() {
  const asked = momentAsked();
  const [first, changed] = await Promise.all([read(0), asked ? read(asked) : null]);
  unpacked.set(0, first);
  if (changed) unpacked.set(asked, laidOver(first, /** @type {Changed} */ (changed)));
}

/** Of a moment that is perhaps not unpacked yet. @param {number} at */
export async function fetchPayload(at) {
  if (!unpacked.has(at)) unpacked.set(at, laidOver(payload(0), await read(at)));
  return payload(at);
}

/** @param {number} at */
export function payload(at) {
  const one = unpacked.get(at);
  if (!one) throw new RangeError(`no moment ${at}`);
  return one;
}
