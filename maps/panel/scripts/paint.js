// Work that may wait: until the page has been painted, so that what was asked for is seen at once, or
// until the script that asks for it is through, so that it is done once.
import { state } from "./state.js";

/** @type {Map<string, () => void>} */
const waiting = new Map();

/**
 * Do something when the next picture has been painted; the same thing asked for again replaces it.
 * On paper nothing waits.
 * @param {string} key
 * @param {() => void} act
 */
export function afterPaint(key, act) {
  if (state.printing) {
    act();
    return;
  }
  waiting.set(key, act);
  requestAnimationFrame(() => setTimeout(() => doNow(key), 0));
}

/** @param {string} key */
function doNow(key) {
  const act = waiting.get(key);
  waiting.delete(key);
  act?.();
}

/** Everything that waits, now. */
export function catchUp() {
  for (const key of [...waiting.keys()]) doNow(key);
}

/** @type {Map<string, () => void>} */
const once = new Map();

/**
 * Do something when the running script is through and before the page is painted, once however often
 * it was asked for. On paper nothing waits.
 * @param {string} key
 * @param {() => void} act
 */
export function whenThrough(key, act) {
  if (state.printing) {
    act();
    return;
  }
  if (!once.size) queueMicrotask(doOnce);
  once.set(key, act);
}

function doOnce() {
  const acts = [...once.values()];
  once.clear();
  for (const act of acts) act();
}
