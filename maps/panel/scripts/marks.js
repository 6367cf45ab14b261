// Where marks stand: what is too close for numbers becomes one pill a country, and every mark stands
// at its place or within a short line of it. It imports nothing, so that a test can ask it alone.

/** @typedef {{ x: number, y: number }} Pixel */
/** @typedef {[number, number, number, number]} Rectangle left, top, right, bottom */
/** @typedef {Pixel & { land: string, alone?: boolean }} Spot the place of a site on the screen */
/**
 * What is to be put beside a place: sizes of its forms, the fullest first.
 * @typedef {Pixel & { forms: [number, number][], over: boolean }} Item
 * `over`: whether it may stand on its place, as a number does and a pill does not
 */
/** @typedef {{ dx: number, dy: number, form: number }} Stand from its place to its middle */

const STEPS = [12, 20]; // pixels that a number may be off its place
const GAPS = [7, 18, 32]; // pixels between a place and its pill
const MARGIN = 4; // between what is put down, and to the edge of the view
const COVERED = 6; // what it costs a pill to cover another place, in pixels of distance
const DIRECTIONS = Array.from({ length: 8 }, (_, k) => {
  const turn = (k * Math.PI) / 4;
  return { x: Math.cos(turn), y: Math.sin(turn) };
});
/** Shifts of a number, the nearest first. */
const OFF = [
  { x: 0, y: 0, cost: 0 },
  ...STEPS.flatMap((step) =>
    DIRECTIONS.map(({ x, y }) => ({ x: step * x, y: step * y, cost: step })),
  ),
];
/** Sides of a place: which way, and by what gap; level with it before above and below. */
const SIDES = GAPS.flatMap((gap) =>
  DIRECTIONS.map(({ x, y }) => {
    const [aside, above] = [Math.round(x * 1.4), Math.round(y * 1.4)];
    return { aside, above, gap, cost: gap + Math.abs(above) + (aside ? 0 : 1) };
  }),
);

/**
 * Spots of one country that lie so close together, one by the next, that their numbers would not fit.
 * @param {Spot[]} spots
 * @param {number} near pixels
 * @returns {number[][]} which spots, each group in their order
 */
export function gathered(spots, near) {
  const group = spots.map((_, at) => at);
  /** @param {number} at @returns {number} */
  const root = (at) => (group[at] === at ? at : root(group[at]));
  for (let a = 0; a < spots.length; a += 1) {
    for (let b = a + 1; b < spots.length; b += 1) {
      const [one, other] = [spots[a], spots[b]];
      const joins = one.land === other.land && !one.alone && !other.alone;
      const far = Math.hypot(one.x - other.x, one.y - other.y);
      if (joins && far < near) group[Math.max(root(a), root(b))] = Math.min(root(a), root(b));
    }
  }
  /** @type {Map<number, number[]>} */
  const groups = new Map();
  for (let at = 0; at < spots.length; at += 1) {
    groups.set(root(at), [...(groups.get(root(at)) ?? []), at]);
  }
  return [...groups.values()];
}

/** Whether two boxes overlap. @param {Rectangle} a @param {Rectangle} b */
export const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** @param {Pixel} middle @param {number} w @param {number} h @returns {Rectangle} */
export const boxOf = ({ x, y }, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];

/** Where an item of a size may stand, the dearer the further. @param {Item} item @param {number} w @param {number} h */
function offers({ over }, w, h) {
  if (over) return OFF;
  return SIDES.map(({ aside, above, gap, cost }) => {
    // beside its place its middle is level with it; above or below, one end may be
    const x = aside * (above ? w / 2 - 8 : w / 2 + gap);
    return { x, y: above * (h / 2 + gap), cost };
  });
}

/**
 * Put items beside their places, the first first; null where there is no room in any form.
 * @param {Item[]} items
 * @param {Pixel} size of the view
 * @param {Rectangle[]} taken what must not be covered
 * @param {Pixel[]} places that would rather be seen
 * @returns {(Stand | null)[]}
 */
export function laid(items, size, taken, places) {
  const used = taken.slice();
  return items.map((item) => {
    for (let form = 0; form < item.forms.length; form += 1) {
      const [w, h] = item.forms[form];
      const best = bestOffer(item, [w, h], size, used, places);
      if (!best) continue;
      const middle = { x: item.x + best.x, y: item.y + best.y };
      used.push(boxOf(middle, w + MARGIN, h + MARGIN));
      return { dx: best.x, dy: best.y, form };
    }
    return null;
  });
}

/**
 * @param {Item} item
 * @param {[number, number]} form
 * @param {Pixel} size
 * @param {Rectangle[]} used
 * @param {Pixel[]} places
 */
function bestOffer(item, [w, h], size, used, places) {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const offer of offers(item, w, h)) {
    if (offer.cost >= least) continue;
    const box = boxOf({ x: item.x + offer.x, y: item.y + offer.y }, w, h);
    const inside = box[0] >= 0 && box[1] >= 0 && box[2] <= size.x && box[3] <= size.y;
    if (!inside || used.some((other) => meet(box, other))) continue;
    const covers = item.over
      ? 0
      : places.filter(({ x, y }) => x > box[0] && x < box[2] && y > box[1] && y < box[3]).length;
    const cost = offer.cost + COVERED * covers;
    if (cost < least) [best, least] = [offer, cost];
  }
  return best;
}
