// Two settings, or two moments, over the map: the land by the one left of a line, by the other right
// of it. The line is dragged, or moved by the arrow keys.

/** @import { Scored } from "./land.js" */
import { openLand } from "./block.js";
import { choices, closeCompare } from "./compare.js";
import { board, data, moment, moments } from "./data.js";
import { $, add, button, el, option, write } from "./dom.js";
import { leafWeights } from "./engine.js";
import { land, SCORE, scored, swiped } from "./land.js";
import { landMoved, paintAgain } from "./landlayer.js";
import { pgettext, tr } from "./language.js";
import { showLayerOf } from "./legend.js";
import { mapBox, onMap } from "./map.js";
import { fetchPayload } from "./payloads.js";

const STEP = 0.02;
const LEAP = 0.1;
const MOMENT = "moment"; // key of a choice that is another moment, with its number
/** @type {[string, string]} */
const chosen = ["own", "here"];
/** What other moments score by their own weights, once opened. @type {Map<number, Promise<Scored | null>>} */
const opened = new Map();

const box = el("section", "over swipe");
const line = el("div", "swipeline");
const bar = el("div", "swipebar");
const status = el("p", "hidden");

/** Settings that can be swiped, then other moments: key and name. @returns {[string, string][]} */
function swipes() {
  const settings = choices().map(([key, name]) => /** @type {[string, string]} */ ([key, name]));
  const others = moments.filter(({ at }) => at !== moment);
  return [
    ...settings,
    ...others.map(
      ({ at, label, what_if: name }) =>
        /** @type {[string, string]} */ ([`${MOMENT}${at}`, name || label || tr("As planned")]),
    ),
  ];
}

/** @param {string} key */
const nameOf = (key) => (swipes().find(([one]) => one === key) ?? swipes()[0])[1];

/** @param {number} at @returns {Promise<Scored | null>} */
async function scoredAt(at) {
  const other = await fetchPayload(at);
  if (!other.land || !other.live) return null;
  const { views, constants } = other.live;
  const leaves = leafWeights(views[0].weights, constants.total);
  return scored(await openLand(other.land), other.live, leaves);
}

/** @param {string} key @returns {Promise<Scored | null>} */
async function scoredBy(key) {
  if (!land) return null;
  if (key.startsWith(MOMENT)) {
    const at = Number(key.slice(MOMENT.length));
    if (!opened.has(at)) opened.set(at, scoredAt(at));
    return opened.get(at) ?? null;
  }
  const [, , setting] = choices().find(([one]) => one === key) ?? choices()[0];
  return scored(land, board, leafWeights(setting.weights, board.constants.total));
}

let asked = 0;

/** Score both sides anew; the last that is asked for is shown. */
export async function scoreSwipe() {
  if (box.hidden) return;
  asked += 1;
  const own = asked;
  const [left, right] = await Promise.all(chosen.map(scoredBy));
  if (own !== asked || box.hidden) return;
  swiped.sides = left && right ? [left, right] : null;
  write(status, swiped.sides ? said() : tr("One of the two has no land to colour."));
  landMoved();
}

function said() {
  const [left, right] = chosen.map(nameOf);
  return tr("Left of the line {left}, right of it {right}", { left, right });
}

/** @param {number} at share of the map's width */
function move(at) {
  swiped.at = Math.max(0, Math.min(1, at));
  const percent = Math.round(100 * swiped.at);
  line.style.left = `${100 * swiped.at}%`;
  line.setAttribute("aria-valuenow", String(percent));
  const [left, right] = chosen.map(nameOf);
  const share = pgettext("per cent in speech", "{number} %", { number: percent });
  line.setAttribute(
    "aria-valuetext",
    tr("{share} {left}, the rest {right}", { share, left, right }),
  );
  paintAgain();
}

/** @param {PointerEvent} event */
function drag({ clientX }) {
  const { left, width } = mapBox().getBoundingClientRect();
  move((clientX - left) / width);
}

/** @type {Record<string, (at: number) => number>} */
const KEYS = {
  ArrowLeft: (at) => at - STEP,
  ArrowDown: (at) => at - STEP,
  ArrowRight: (at) => at + STEP,
  ArrowUp: (at) => at + STEP,
  PageDown: (at) => at - LEAP,
  PageUp: (at) => at + LEAP,
  Home: () => 0,
  End: () => 1,
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  move(KEYS[event.key](swiped.at));
}

/** @param {0 | 1} side @param {string} label */
function chooser(side, label) {
  const select = el("select");
  select.setAttribute("aria-label", label);
  add(select, ...swipes().map(([key, name]) => option(key, name)));
  select.value = chosen[side];
  select.addEventListener("change", () => {
    chosen[side] = select.value;
    move(swiped.at);
    scoreSwipe();
  });
  return select;
}

function drawBar() {
  const close = button("close", "\u00D7", closeSwipe);
  close.setAttribute("aria-label", tr("End the swipe"));
  const [left, right] = [chooser(0, tr("Left of the line")), chooser(1, tr("Right of the line"))];
  const arrows = [el("span", "", "\u25C0"), el("span", "", "\u25B6")];
  for (const one of arrows) one.setAttribute("aria-hidden", "true");
  bar.replaceChildren(arrows[0], left, right, arrows[1], close);
}

/** @param {string} left @param {string} right keys of settings */
export function openSwipe(left, right) {
  if (!land || !data.land) return;
  closeCompare();
  [chosen[0], chosen[1]] = [left, right];
  showLayerOf(SCORE, true);
  box.hidden = false;
  place();
  drawBar();
  move(0.5);
  scoreSwipe();
  line.focus({ preventScroll: true });
}

export function closeSwipe() {
  if (box.hidden) return;
  box.hidden = true;
  swiped.sides = null;
  landMoved();
  $("comparing").focus();
}

/** Lie where the map lies. */
function place() {
  if (box.hidden) return;
  const { left, top, width, height } = mapBox().getBoundingClientRect();
  for (const [side, size] of Object.entries({ left, top, width, height })) {
    box.style.setProperty(side, `${size}px`);
  }
}

export function buildSwipe() {
  box.id = "swipe";
  box.hidden = true;
  box.setAttribute("aria-label", tr("Two settings over the map"));
  status.setAttribute("aria-live", "polite");
  const whole = { tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": 100 };
  for (const [name, value] of Object.entries(whole)) line.setAttribute(name, String(value));
  line.setAttribute("aria-label", tr("Line between the two settings"));
  line.setAttribute("aria-orientation", "horizontal");
  line.addEventListener("keydown", onKey);
  line.addEventListener("pointerdown", (event) => {
    line.setPointerCapture(event.pointerId);
    event.preventDefault();
    line.focus({ preventScroll: true });
  });
  line.addEventListener("pointermove", (event) => {
    if (line.hasPointerCapture(event.pointerId)) drag(event);
  });
  add(box, line, bar, status);
  $("story").before(box);
  onMap("resize", place);
}
