// The nearest flip in closed form. A leads B by the sum of weight x difference of values, and by a
// head start: what its zone weighs against its site. When one weight is turned and the others keep
// their ratios the lead is a straight line of its share t, so that it is zero at one t.

/** @import { Setting } from "./model.js" */
import { board } from "./data.js";
import { shareAt, sumOf } from "./engine.js";
import { tr } from "./language.js";
import { partOf } from "./parts.js";
import { bench, siteAt, turn } from "./rank.js";
import { sharesIn } from "./setting.js";
import { lowered, shareText } from "./words.js";

/** @typedef {{ key: string, share: number, parts: [string, number][] }} Slider */
/** @typedef {{ key: string, share: number, at: number }} Flip */

const RIVALS = 25;

/**
 * What a slider moves: pillars by their share of the whole, each with the ratios of its criteria.
 * @param {Setting} setting
 * @returns {Slider[]}
 */
function turnable(setting) {
  const { leaves } = turn.found;
  const whole = sumOf(Object.values(leaves));
  return Object.entries(sharesIn(setting, ""))
    .filter(([, share]) => share > 0)
    .map(([key, share]) => {
      const own = board.criteria.filter((one) => one.pillar === key && leaves[one.key] > 0);
      return { key, share, parts: own.map((one) => [one.key, leaves[one.key] / whole / share]) };
    });
}

/** @param {[string, number][]} parts @param {number} i */
const valueIn = (parts, i) => sumOf(parts.map(([key, part]) => part * bench.values[key][i]));
/** @param {number} i */
const startOf = (i) =>
  Math.log(Math.max(shareAt(bench, turn.found, i), 1e-300)) / bench.odds - turn.found.score[i];

/**
 * The share of one slider at which B draws level with A; null where none does.
 * @param {Slider[]} sliders
 * @param {number} at
 * @param {number} a
 * @param {number} b
 */
function levelAt(sliders, at, a, b) {
  const gain = sliders.map(({ parts }) => valueIn(parts, a) - valueIn(parts, b));
  const { share } = sliders[at];
  const others = sliders.map((one, k) => (k === at ? 0 : one.share * gain[k]));
  const rest = sumOf(others) / (1 - share);
  const level = -(rest + (startOf(a) - startOf(b)) / bench.total) / (gain[at] - rest);
  return share < 1 && Number.isFinite(level) && level >= 0 && level <= 1 ? level : null;
}

/** The smallest turn of one slider that brings B past A. @param {number} a @param {number} b */
export function turnPast(a, b) {
  const sliders = turnable(turn.setting);
  /** @type {Flip[]} */
  const flips = [];
  sliders.forEach(({ key, share }, k) => {
    const at = levelAt(sliders, k, a, b);
    if (at !== null) flips.push({ key, share, at });
  });
  return smallest(flips, (flip) => flip);
}

/**
 * @template Of
 * @param {Of[]} list
 * @param {(one: Of) => Flip} flipOf
 */
function smallest(list, flipOf) {
  /** @param {Of} one */
  const size = (one) => Math.abs(flipOf(one).at - flipOf(one).share);
  return list.sort((x, y) => size(x) - size(y))[0] ?? null;
}

/** @param {Flip} flip */
export const flipText = ({ key, share, at }) =>
  tr("{pillar} counts {share} of the weight instead of {now}", {
    pillar: nameOf(key),
    share: shareText(at),
    now: shareText(share),
  });

/** @param {string} key */
const nameOf = (key) => lowered(tr(partOf("", key).name));

/**
 * What lies nearest to bringing another zone to rank 1: a headline and a sentence. Only a zone with
 * a known estate can stand there where there is one.
 */
export function nearestFlip() {
  const { heads, scouted } = turn.found;
  const [first, ...rest] = heads.filter((_, k) => scouted[k] === scouted[0]).slice(0, RIVALS);
  if (!rest.length) return { head: "", text: "" };
  const flips = rest.flatMap((i) => {
    const flip = turnPast(first, i);
    return flip ? [{ i, flip }] : [];
  });
  const best = smallest(flips, ({ flip }) => flip);
  if (!best) {
    const text = tr("No single weight brings another site to rank 1 before {name}.", {
      name: siteAt(first).name,
    });
    return { head: tr("No single weight"), text };
  }
  const { key, share, at } = best.flip;
  const pillar = nameOf(key);
  return {
    head:
      at > share
        ? tr("If {pillar} counted more", { pillar })
        : tr("If {pillar} counted less", { pillar }),
    text: tr("Closest call: if {flip}, {name} takes rank 1.", {
      flip: flipText(best.flip),
      name: siteAt(best.i).name,
    }),
  };
}
