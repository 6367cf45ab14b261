// A setting: the lens that it starts from, and what weighs how much. Plain data in the study's own
// words, so that `siting plan STUDY --from-setting` reads what is saved here.
const VIEWS = live ? live.views : []; // the study's own first, then lenses and stakeholders
const ROUND = 1e6; // weights are kept to six decimals, so that ratios survive a long drag
const copied = ({ lens, weights }) => JSON.parse(JSON.stringify({ lens, weights }));
const same = (one, other) => JSON.stringify(copied(one)) === JSON.stringify(copied(other));
const isOwn = (setting) => same(setting, VIEWS[0]);
const lensView = (key) => VIEWS.find((view) => view.kind === "lens" && view.lens === key);
const pathOf = (pillar, key) => (pillar ? `${pillar}.${key}` : key);

// Weights that share one whole: all pillars (""), or the criteria of one. A pillar counts with what
// its criteria weigh together.
function weightsIn({ weights }, pillar) {
  if (pillar) return weights[pillar].criteria;
  return Object.fromEntries(Object.entries(weights).map(([key, { weight, criteria }]) => [key, weight * sumOf(Object.values(criteria))]));
}

function sharesIn(setting, pillar) {
  const weights = weightsIn(setting, pillar), whole = sumOf(Object.values(weights));
  return Object.fromEntries(Object.entries(weights).map(([key, w]) => [key, whole > 0 ? w / whole : 0]));
}

// One share is set; those not locked give or take what is needed, in proportion.
function shareOut(shares, at, wanted, locked, before) {
  const free = shares.map((_, k) => k !== at && !locked[k]);
  if (!free.some(Boolean)) return shares;
  const rest = 1 - sumOf(shares.filter((_, k) => k !== at && locked[k]));
  const own = Math.min(Math.max(wanted, 0), Math.max(rest, 0));
  const scales = [shares, before, shares.map(() => 1)].map((by) => by.map((w, k) => (free[k] ? w : 0)));
  const by = scales.find((scale) => sumOf(scale) > 0);
  return shares.map((share, k) => (k === at ? own : free[k] ? ((rest - own) * by[k]) / sumOf(by) : share));
}

const kept6 = (w) => Math.round(w * ROUND) / ROUND;

// The setting with one share turned; `locks` holds the paths that stay. Criteria that all weigh
// nothing weigh 1 each once their pillar is turned up, and a pillar of none is woken by a criterion.
function turned(setting, pillar, key, share, locks) {
  const next = copied(setting), weights = weightsIn(next, pillar), keys = Object.keys(weights), whole = sumOf(Object.values(weights));
  const in_ = (one) => Object.values(sharesIn(one, pillar));
  const made = whole > 0
    ? shareOut(in_(setting), keys.indexOf(key), share, keys.map((one) => locks.has(pathOf(pillar, one))), in_(VIEWS[0]))
    : keys.map((one) => (one === key ? share : 0));
  keys.forEach((one, k) => {
    const w = made[k] * (whole || 1);
    if (pillar) { weights[one] = kept6(w); return; }
    const { criteria } = next.weights[one];
    if (w > 0 && !sumOf(Object.values(criteria))) Object.keys(criteria).forEach((own) => { criteria[own] = 1; });
    const inside = sumOf(Object.values(criteria));
    if (inside > 0) next.weights[one].weight = kept6(w / inside);
  });
  if (pillar && share > 0 && !next.weights[pillar].weight) next.weights[pillar].weight = 1;
  return next;
}

// Every number of a setting with its path, as it stands in a link.
const partsOf = ({ weights }) => Object.entries(weights).flatMap(([pillar, { weight, criteria }]) =>
  [[pillar, weight], ...Object.entries(criteria).map(([key, w]) => [`${pillar}.${key}`, w])]);

// What differs from the study's own, or from a lens that is not the study's, as pairs for the address.
function linkParts(setting) {
  const ours = setting.lens === VIEWS[0].lens, before = new Map(partsOf(ours ? VIEWS[0] : lensView(setting.lens)));
  const parts = partsOf(setting).filter(([path, w]) => before.get(path) !== w).map(([path, w]) => [path, String(w)]);
  return ours ? parts : [["lens", setting.lens], ...parts];
}

const MOST_WEIGHT = live ? live.constants.most_weight : 0; // as in a study
const isWeight = (w) => typeof w === "number" && w >= 0 && w <= MOST_WEIGHT;

// Lay changes over a setting; a lens starts anew. `faults` gathers the words for what cannot be laid.
function laidOver(setting, changes, faults) {
  const lens = changes.lens === undefined ? null : lensView(changes.lens), next = copied(lens || setting);
  const own = (object, key) => Object.hasOwn(object, key), wrong = (path, why) => faults.push(`${path}: ${why}`);
  const held = (path, value, write) => { if (isWeight(value)) write(value); else wrong(path, `no number from 0 to ${MOST_WEIGHT}`); };
  if (changes.lens !== undefined && !lens) wrong("lens", "unknown");
  Object.entries(changes.weights || {}).forEach(([pillar, change]) => {
    if (!own(next.weights, pillar)) { wrong(pillar, "unknown"); return; }
    const to = next.weights[pillar], wanted = isWeight(change) ? { weight: change } : change || {};
    if (wanted.weight !== undefined && wanted.weight !== null) held(pillar, wanted.weight, (value) => { to.weight = value; });
    Object.entries(wanted.criteria || {}).forEach(([key, w]) => {
      if (!own(to.criteria, key)) wrong(`${pillar}.${key}`, "unknown");
      else held(`${pillar}.${key}`, w, (value) => { to.criteria[key] = value; });
    });
  });
  if (!Object.keys(leafWeights(next.weights, 1)).length) wrong("weights", "all are zero");
  return next;
}

// The changes that an address holds; parts that are no number become NaN and so are faults.
function changesIn(parameters) {
  const bare = () => Object.create(null); // an address may name __proto__
  const changes = { weights: bare() };
  parameters.forEach((text, path) => {
    const [pillar, ...rest] = path.split("."), w = text.trim() === "" ? NaN : Number(text);
    if (path === "site" || path === "at") return;
    if (path === "lens") { changes.lens = text; return; }
    const to = (changes.weights[pillar] ||= { criteria: bare() });
    if (rest.length) to.criteria[rest.join(".")] = w; else to.weight = w;
  });
  return changes;
}

// What a file holds: every weight in force, so that it gives the same over any study.
const fileOf = (setting) => `${JSON.stringify(copied(setting), null, 2)}\n`;
