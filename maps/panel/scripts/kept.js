// What the browser keeps for its reader, of no study; it may forbid a page to keep anything.

/** @template Of @param {() => Of} act */
function allowed(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

/** @param {string} key */
export const kept = (key) => allowed(() => localStorage.getItem(key));

/** An empty value is forgotten. @param {string} key @param {string} value */
export const keep = (key, value) =>
  allowed(() => (value ? localStorage.setItem(key, value) : localStorage.removeItem(key)));
