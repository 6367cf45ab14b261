// The legend's scale of the land: words for the score, units for a measured figure.

import { data } from "./data.js";
import { add, el } from "./dom.js";
import { closedBox, keys, ramp } from "./keys.js";
import { CLOSED, land, measureOf, SCORE } from "./land.js";
import { rampOf } from "./landlayer.js";
import { tr } from "./language.js";
import { number, perCent, percent, rounded, sentences } from "./words.js";

/** @typedef {import("./keys.js").Tick} Tick */

const SHARES = "0-1"; // unit of a figure that is a share

/** A figure of the land in words, without its unit. @param {number} value @param {string} unit */
export const figureText = (value, unit) => (unit === SHARES ? percent(value) : rounded(value));
/** @param {string} unit */
export const unitText = (unit) => (unit === SHARES ? "" : tr(unit));

function scoreKey() {
  /** @type {Tick[]} */
  const ticks = [
    [0, tr("lower half"), "start"],
    [3.5, tr("best tenth"), "middle"],
    [6, tr("best {share}", { share: perCent(1) }), "end"],
  ];
  return ramp(rampOf(SCORE), ticks, "", 33);
}

/** @param {string} key */
function figureKey(key) {
  const figure = data.land?.figures.find((one) => one.key === key);
  if (!figure) return null;
  const { breaks, unit, lowIsGood } = figure;
  const fills = rampOf(key);
  /** @type {Tick[]} */
  const ticks = breaks.map((one, k) => [k + 1, figureText(one, unit), "middle"]);
  return ramp(lowIsGood ? [...fills].reverse() : fills, ticks, unitText(unit), 34);
}

/** @param {string} key */
function wordsOf(key) {
  const best = tr("A hexagon shows the best place in it.");
  const { lowIsGood } = measureOf(key);
  if (key !== SCORE)
    return sentences(
      lowIsGood ? tr("Low figures stand out.") : tr("High figures stand out."),
      best,
    );
  const steps = tr(
    "Steps: lower half, upper half, best quarter, tenth, {five} and {one} of all {n} places, " +
      "under the weights in force.",
    { five: perCent(5), one: perCent(1), n: number(data.land?.count) },
  );
  return sentences(steps, best);
}

/** @param {string} key */
export function landKey(key) {
  const box = el("div");
  const scale = key === SCORE ? scoreKey() : figureKey(key);
  if (scale) add(box, scale);
  const shut = CLOSED.length > 0 || (land?.excluded.x.length ?? 0) > 0;
  add(box, el("span", "", wordsOf(key)));
  if (shut) add(box, keys([[closedBox, tr("closed to this investor, or by a rule")]]));
  return box;
}
