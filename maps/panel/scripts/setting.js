// A setting: the lens that it starts from, and what weighs how much. Plain data in the study's own
// words, so that `siting plan STUDY --from-setting` reads what is saved here.

/** @import { View, Weights } from "./payload.js" */
/** @import { Changes, Setting } from "./model.js" */
import { live } from "./data.js";
import { leafWeights, sumOf } from "./engine.js";
import { tr } from "./language.js";

export const VIEWS = live ? live.views : []; // the study's own first, then lenses and stakeholders
const ROUND = 1e6; // weights are kept to six decimals, so that ratios survive a long drag
/** @param {Setting} setting @returns {Setting} */
export const copied = ({ lens, weights }) => JSON.parse(JSON.stringify({ lens, weights }));
/** @param {Setting} one @param {Setting} other */
export const same = (one, other) => JSON.stringify(copied(one)) === JSON.stringify(copied(other));
/** @param {Setting} setting */
export const isOwn = (setting) => same(setting, VIEWS[0]);
/** A lens or a stakeholder brings weights and nothing else of a study. @param {View} view */
export const titleOf = ({ kind, name }) =>
  kind === "study" ? tr("The study's own weights") : tr("Weights: {name}", { name: tr(name) });
/** @param {string} key */
const lensView = (key) => VIEWS.find((view) => view.kind === "lens" && view.lens === key);
/** @param {string} pillar @param {string} key */
export const pathOf = (pillar, key) => (pillar ? `${pillar}.${key}` : key);

/**
 * Weights that share one whole: all pillars (""), or the criteria of one. A pillar counts with what
 * its criteria weigh together.
 * @param {Setting} setting
 * @param {string} pillar
 * @returns {Record<string, number>}
 */
export function weightsIn({ weights }, pillar) {
  if (pillar) return weights[pillar].criteria;
  return Object.fromEntries(
    Object.entries(weights).map(([key, { weight, criteria }]) => [
      key,
      weight * sumOf(Object.values(criteria)),
    ]),
  );
}

/** @param {Setting} setting @param {string} pillar */
export function sharesIn(setting, pillar) {
  const weights = weightsIn(setting, pillar);
  const whole = sumOf(Object.values(weights));
  return Object.fromEntries(
    Object.entries(weights).map(([key, w]) => [key, whole > 0 ? w / whole : 0]),
  );
}

/**
 * One share is set; those not locked give or take what is needed, in proportion.
 * @param {number[]} shares
 * @param {number} at
 * @param {number} wanted
 * @param {boolean[]} locked
 * @param {number[]} before
 */
function shareOut(shares, at, wanted, locked, before) {
  const free = shares.map((_, k) => k !== at && !locked[k]);
  if (!free.some(Boolean)) return shares;
  const rest = 1 - sumOf(shares.filter((_, k) => k !== at && locked[k]));
  const own = Math.min(Math.max(wanted, 0), Math.max(rest, 0));
  const scales = [shares, before, shares.map(() => 1)].map((by) =>
    by.map((w, k) => (free[k] ? w : 0)),
  );
  const by = scales.find((scale) => sumOf(scale) > 0) ?? scales[2];
  return shares.map((share, k) =>
    k === at ? own : free[k] ? ((rest - own) * by[k]) / sumOf(by) : share,
  );
}

/** @param {number} w */
const kept6 = (w) => Math.round(w * ROUND) / ROUND;

/**
 * The setting with one share turned; `locks` holds the paths that stay. Criteria that all weigh
 * nothing weigh 1 each once their pillar is turned up, and a pillar of none is woken by a criterion.
 * @param {Setting} setting
 * @param {string} pillar
 * @param {string} key
 * @param {number} share
 * @param {Set<string>} locks
 */
export function turned(setting, pillar, key, share, locks) {
  const next = copied(setting);
  const weights = weightsIn(next, pillar);
  const keys = Object.keys(weights);
  const whole = sumOf(Object.values(weights));
  /** @param {Setting} one */
  const inPillar = (one) => Object.values(sharesIn(one, pillar));
  const made =
    whole > 0
      ? shareOut(
          inPillar(setting),
          keys.indexOf(key),
          share,
          keys.map((one) => locks.has(pathOf(pillar, one))),
          inPillar(VIEWS[0]),
        )
      : keys.map((one) => (one === key ? share : 0));
  keys.forEach((one, k) => {
    const w = made[k] * (whole || 1);
    if (pillar) {
      weights[one] = kept6(w);
      return;
    }
    const { criteria } = next.weights[one];
    if (w > 0 && !sumOf(Object.values(criteria)))
      for (const own of Object.keys(criteria)) criteria[own] = 1;
    const inside = sumOf(Object.values(criteria));
    if (inside > 0) next.weights[one].weight = kept6(w / inside);
  });
  if (pillar && share > 0 && !next.weights[pillar].weight) next.weights[pillar].weight = 1;
  return next;
}

/**
 * Every number of a setting with its path, as it stands in a link.
 * @param {Setting} setting
 * @returns {[string, number][]}
 */
const partsOf = ({ weights }) =>
  Object.entries(weights).flatMap(
    ([pillar, { weight, criteria }]) =>
      /** @type {[string, number][]} */ ([
        [pillar, weight],
        ...Object.entries(criteria).map(([key, w]) => [`${pillar}.${key}`, w]),
      ]),
  );

/**
 * What differs from the study's own, or from a lens that is not the study's, as pairs for the address.
 * @param {Setting} setting
 * @returns {[string, string][]}
 */
export function linkParts(setting) {
  const ours = setting.lens === VIEWS[0].lens;
  const from = (ours ? null : lensView(setting.lens)) ?? VIEWS[0];
  const before = new Map(partsOf(from));
  /** @type {[string, string][]} */
  const parts = partsOf(setting)
    .filter(([path, w]) => before.get(path) !== w)
    .map(([path, w]) => [path, String(w)]);
  return ours ? parts : [["lens", setting.lens], ...parts];
}

const MOST_WEIGHT = live ? live.constants.most_weight : 0; // as in a study
const NO_WEIGHT = `no number from 0 to ${MOST_WEIGHT}`;
/** @param {unknown} w @returns {w is number} */
const isWeight = (w) => typeof w === "number" && w >= 0 && w <= MOST_WEIGHT;

/**
 * Lay changes over a setting; a lens starts anew. `faults` gathers the words for what cannot be laid.
 * @param {Setting} setting
 * @param {Changes} changes
 * @param {string[]} faults
 */
export function laidOver(setting, changes, faults) {
  const lens = changes.lens === undefined ? null : lensView(changes.lens);
  const next = copied(lens || setting);
  if (changes.lens !== undefined && !lens) faults.push("lens: unknown");
  for (const [pillar, change] of Object.entries(changes.weights || {})) {
    if (Object.hasOwn(next.weights, pillar)) layPillar(next.weights, pillar, change, faults);
    else faults.push(`${pillar}: unknown`);
  }
  if (!Object.keys(leafWeights(next.weights, 1)).length) faults.push("weights: all are zero");
  return next;
}

/**
 * Lay a change over a pillar: its weight, or its weight and those of criteria.
 * @param {Weights} weights
 * @param {string} pillar
 * @param {unknown} change
 * @param {string[]} faults
 */
function layPillar(weights, pillar, change, faults) {
  const to = weights[pillar];
  /** @type {{ weight?: unknown, criteria?: Record<string, unknown> }} */
  const wanted = isWeight(change) ? { weight: change } : change || {};
  const { weight, criteria } = wanted;
  if (isWeight(weight)) to.weight = weight;
  else if (weight !== undefined && weight !== null) faults.push(`${pillar}: ${NO_WEIGHT}`);
  for (const [key, w] of Object.entries(criteria || {})) {
    const path = pathOf(pillar, key);
    if (!Object.hasOwn(to.criteria, key)) faults.push(`${path}: unknown`);
    else if (isWeight(w)) to.criteria[key] = w;
    else faults.push(`${path}: ${NO_WEIGHT}`);
  }
}

/**
 * The changes that an address holds; parts that are no number become NaN and so are faults.
 * @param {URLSearchParams} parameters
 */
export function changesIn(parameters) {
  const bare = () => Object.create(null); // an address may name __proto__
  /** @type {{ lens?: string, weights: Record<string, { weight?: number, criteria: Record<string, number> }> }} */
  const changes = { weights: bare() };
  parameters.forEach((text, path) => {
    const [pillar, ...rest] = path.split(".");
    const w = text.trim() === "" ? NaN : Number(text);
    if (["site", "at", "pin", "price"].includes(path)) return;
    if (path === "lens") {
      changes.lens = text;
      return;
    }
    changes.weights[pillar] ||= { criteria: bare() };
    const to = changes.weights[pillar];
    if (rest.length) to.criteria[rest.join(".")] = w;
    else to.weight = w;
  });
  return changes;
}

/**
 * What a file holds: every weight in force, so that it gives the same over any study, and the price
 * outside China where it was turned.
 * @param {Setting} setting
 * @param {number | null} price
 */
export const fileOf = (setting, price) =>
  `${JSON.stringify({ ...copied(setting), ...(price ? { price_usd_per_t: price } : {}) }, null, 2)}\n`;
