// A group of buttons that is one stop of the Tab key; arrows, Home and End go from one to the next.

/** @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** @param {HTMLElement} node */
const seen = (node) => node.offsetParent !== null;

/**
 * Make one stop of the buttons in a box, which may be drawn anew before this is called again.
 * @param {HTMLElement} box
 * @param {string} which a selector
 * @param {string} [first] where Tab comes to, which is always seen; the first of them
 */
export function rove(box, which, first = which) {
  const all = () => /** @type {HTMLElement[]} */ ([...box.querySelectorAll(which)]);
  const home = () => box.querySelector(first);
  /** @param {EventTarget | null} stop */
  const stopAt = (stop) => {
    for (const node of all()) node.tabIndex = node === stop ? 0 : -1;
  };
  stopAt(home());
  if (box.dataset.roving) return; // it listens already
  box.dataset.roving = which;
  box.addEventListener("focusin", ({ target }) => {
    if (all().some((node) => node === target)) stopAt(target);
  });
  box.addEventListener("focusout", () => stopAt(home())); // what had it may be hidden later
  box.addEventListener("keydown", (event) => {
    const shown = all().filter(seen);
    const at = shown.indexOf(/** @type {HTMLElement} */ (event.target));
    if (at < 0 || !Object.hasOwn(STEPS, event.key)) return;
    const wanted = shown[STEPS[event.key](at, shown.length - 1)];
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    wanted.focus();
  });
}
