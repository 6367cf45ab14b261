// The payloads of the page: one JSON a moment, each compressed in a block of its own.

/** @import { Payload } from "./payload.js" */
import { bytesOf } from "./bytes.js";

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

/** @param {number} at */
async function read(at) {
  const packed = bytesOf(blockOf(at)?.textContent ?? "");
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  unpacked.set(at, await new Response(text).json());
}

/** Unpack the study's own moment and the one that is asked for. */
export const unpack = async () => {
  await Promise.all([...new Set([0, momentAsked()])].map(read));
};

/** Of a moment that is perhaps not unpacked yet. @param {number} at */
export async function fetchPayload(at) {
  if (!unpacked.has(at)) await read(at);
  return payload(at);
}

/** @param {number} at */
export function payload(at) {
  const one = unpacked.get(at);
  if (!one) throw new RangeError(`no moment ${at}`);
  return one;
}
