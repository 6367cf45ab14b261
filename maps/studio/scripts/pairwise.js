// Pairs on Saaty's scale as a matrix: what is above the diagonal is judged, below it is the
// reciprocal. How consistent the judgements are, and the triple that contradicts itself most.

/** @import { Judged } from "./types.js" */
import { add, button, el, option } from "../../panel/scripts/dom.js";
import { number, say } from "./say.js";

const STEPS = [9, 8, 7, 6, 5, 4, 3, 2, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9];

/** @typedef {{ key: string, words: string, share: number }} Item */

/** @param {string} left @param {string} right */
const pair = (left, right) => `${left} : ${right}`;

/** @param {number} ratio */
const ratioText = (ratio) => (ratio >= 1 ? number(ratio) : `1/${number(Math.round(1 / ratio))}`);

/** The step of the scale that is nearest to a ratio. @param {number} ratio */
function nearest(ratio) {
  const far = STEPS.map((step) => Math.abs(Math.log(step / ratio)));
  return STEPS[far.indexOf(Math.min(...far))];
}

/** What is judged of a pair, else what the weights in force say. @param {Item} one @param {Item} other @param {Record<string, number>} kept */
const ratioOf = (one, other, kept) =>
  kept[pair(one.key, other.key)] ?? nearest(one.share / other.share);

/** @param {Item[]} items @param {Record<string, number>} kept */
export const readPairs = (items, kept) =>
  items.flatMap((one, k) =>
    items
      .slice(k + 1)
      .map((other) => ({ left: one.key, right: other.key, ratio: ratioOf(one, other, kept) })),
  );

/**
 * @param {Item[]} items
 * @param {Record<string, number>} kept
 * @param {(key: string, ratio: number) => void} judge
 */
export function pairs(items, kept, judge) {
  const head = add(el("tr"), el("td"));
  for (const { words } of items) {
    const cell = el("th", "", words);
    cell.scope = "col";
    add(head, cell);
  }
  const body = el("tbody");
  for (const [k, one] of items.entries()) {
    const name = el("th", "", one.words);
    name.scope = "row";
    const line = add(el("tr"), name);
    for (const [j, other] of items.entries()) {
      const cell = el("td", j === k ? "same" : "");
      if (j === k) add(cell, "1");
      else if (j > k) add(cell, chooser(one, other, ratioOf(one, other, kept), judge));
      else add(cell, reciprocal(other, one, ratioOf(other, one, kept)));
      add(line, cell);
    }
    add(body, line);
  }
  const box = add(el("div", "matrix"), add(el("table"), add(el("thead"), head), body));
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", say("matrix"));
  return [el("p", "help", say("pairs.about")), box];
}

/** @param {Item} one @param {Item} other @param {number} ratio */
function reciprocal(one, other, ratio) {
  const node = el("span", "reciprocal", ratioText(1 / ratio));
  node.dataset.below = pair(one.key, other.key);
  return node;
}

/** @param {Item} one @param {Item} other @param {number} ratio @param {(key: string, ratio: number) => void} judge */
function chooser(one, other, ratio, judge) {
  const select = el("select");
  const key = pair(one.key, other.key);
  select.dataset.pair = key;
  select.setAttribute("aria-label", say("pair", { left: one.words, right: other.words }));
  for (const step of STEPS) add(select, option(step, ratioText(step)));
  select.value = String(ratio);
  select.addEventListener("change", () => {
    judge(key, Number(select.value));
    const below = select.closest("table")?.querySelectorAll("[data-below]") ?? [];
    for (const node of below) {
      if (/** @type {HTMLElement} */ (node).dataset.below !== key) continue;
      node.textContent = ratioText(1 / Number(select.value));
    }
  });
  return select;
}

/** @param {string} left @param {string} right */
function goTo(left, right) {
  const wanted = [pair(left, right), pair(right, left)];
  for (const node of document.querySelectorAll("#judging [data-pair]")) {
    const select = /** @type {HTMLElement} */ (node);
    if (wanted.includes(select.dataset.pair ?? "")) select.focus();
  }
}

/**
 * @param {NonNullable<Judged["groups"][number]["comparison"]>} comparison
 * @param {Item[]} items
 */
export function consistency({ consistency_ratio: ratio, consistent, worst }, items) {
  const parts = { ratio: number(Number((ratio ?? 0).toFixed(3))) };
  const words = el(
    "p",
    consistent ? "" : "wrong",
    say(consistent ? "consistent" : "inconsistent", parts),
  );
  if (!worst) return [words];
  /** @param {string} key */
  const named = (key) => items.find((item) => item.key === key)?.words ?? key;
  const { left, middle, right, judged, implied } = worst;
  const triple = el(
    "p",
    "",
    say("worst", {
      left: named(left),
      middle: named(middle),
      right: named(right),
      judged: ratioText(judged),
      implied:
        implied >= 1
          ? number(Number(implied.toPrecision(2)))
          : `1/${number(Number((1 / implied).toPrecision(2)))}`,
    }),
  );
  const go = button("button", say("to.pair", { left: named(left), right: named(right) }), () =>
    goTo(left, right),
  );
  return [words, triple, go];
}
