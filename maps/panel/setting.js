// A setting: which strategy ranks, how likely each is, what weighs how much. Plain data in the
// study's own words, so that `siting plan STUDY --from-setting` reads what is saved here.
const VIEWS = live ? live.views : []; // the study's own first, then presets and stakeholders
const ROUND = 1e6; // weights are kept to six decimals, so that ratios survive a long drag
const copied = ({ strategy, prior, weights }) => JSON.parse(JSON.stringify({ strategy, prior, weights }));
const same = (one, other) => JSON.stringify(copied(one)) === JSON.stringify(copied(other));
const isOwn = (setting) => same(setting, VIEWS[0]);

// Weights that share one whole: "prior", the pillars of "strategy", the criteria of "strategy.pillar".
function groupAt(setting, id) {
  const [strategy, pillar] = id.split("."), tree = setting.weights[strategy];
  if (id === "prior") {
    const keys = Object.keys(setting.weights);
    return { keys, weights: keys.map((key) => setting.prior[key] || 0), write: (key, w) => { setting.prior[key] = w; } };
  }
  if (pillar) {
    const { criteria } = tree[pillar];
    return { keys: Object.keys(criteria), weights: Object.values(criteria), write: (key, w) => { criteria[key] = w; } };
  }
  const dead = (key) => !sumOf(Object.values(tree[key].criteria));
  return {
    keys: Object.keys(tree),
    weights: Object.keys(tree).map((key) => (dead(key) ? 0 : tree[key].weight)),
    write(key, w) {
      tree[key].weight = w;
      if (w > 0 && dead(key)) Object.keys(tree[key].criteria).forEach((one) => { tree[key].criteria[one] = 1; });
    },
  };
}

function sharesIn(setting, id) {
  const { keys, weights } = groupAt(setting, id), whole = sumOf(weights);
  return Object.fromEntries(keys.map((key, k) => [key, whole > 0 ? weights[k] / whole : 0]));
}

// One share is set; those not locked give or take what is needed, in proportion.
function shareOut(shares, at, wanted, locked, before) {
  const free = shares.map((_, k) => k !== at && !locked[k]);
  if (!free.some(Boolean)) return shares;
  const rest = 1 - sumOf(shares.filter((_, k) => k !== at && locked[k]));
  const own = Math.min(Math.max(wanted, 0), Math.max(rest, 0));
  const scales = [shares, before, shares.map(() => 1)].map((by) => by.map((w, k) => (free[k] ? w : 0)));
  const by = scales.find((scale) => sumOf(scale) > 0);
  return shares.map((share, k) => {
    const turned = k === at ? own : free[k] ? ((rest - own) * by[k]) / sumOf(by) : share;
    return Math.round(turned * ROUND) / ROUND;
  });
}

// The setting with one share turned; `locks` holds the paths ("prior.x", "x.pillar") that stay.
function turned(setting, id, key, share, locks) {
  const next = copied(setting), { keys, write } = groupAt(next, id);
  const in_ = (one) => Object.values(sharesIn(one, id));
  const locked = keys.map((one) => locks.has(`${id}.${one}`));
  shareOut(in_(setting), keys.indexOf(key), share, locked, in_(VIEWS[0]))
    .forEach((w, k) => write(keys[k], w));
  return next;
}

// Every number of a setting with its path, as it stands in a link.
function partsOf(setting) {
  const parts = Object.keys(setting.weights).map((key) => [`prior.${key}`, setting.prior[key] || 0]);
  Object.entries(setting.weights).forEach(([strategy, tree]) =>
    Object.entries(tree).forEach(([pillar, { weight, criteria }]) => {
      parts.push([`${strategy}.${pillar}`, weight]);
      Object.entries(criteria).forEach(([key, w]) => parts.push([`${strategy}.${pillar}.${key}`, w]));
    }));
  return parts;
}

// What differs from the study's own, as pairs for the address; a prior is written whole.
function linkParts(setting) {
  const before = new Map(partsOf(VIEWS[0])), all = partsOf(setting);
  const differs = ([path, w]) => before.get(path) !== w;
  const prior = all.filter(([path]) => path.startsWith("prior."));
  const rest = all.filter(([path]) => !path.startsWith("prior.")).filter(differs);
  return [
    ...(setting.strategy === VIEWS[0].strategy ? [] : [["strategy", setting.strategy]]),
    ...(prior.some(differs) ? prior : []), ...rest,
  ].map(([path, w]) => [path, String(w)]);
}

const isWeight = (w) => typeof w === "number" && Number.isFinite(w) && w >= 0;

// Lay changes over a setting; `faults` gathers the words for what cannot be laid.
function laidOver(setting, changes, faults) {
  const next = copied(setting), wrong = (path, why) => faults.push(`${path}: ${why}`);
  const own = (object, key) => Object.hasOwn(object, key);
  const held = (path, value, most, write) => {
    if (isWeight(value) && value <= most) write(value); else wrong(path, `no number from 0 to ${most}`);
  };
  if (changes.strategy !== undefined) {
    if (changes.strategy === MIXTURE || own(next.weights, changes.strategy)) next.strategy = changes.strategy;
    else wrong("strategy", "unknown");
  }
  Object.entries(changes.prior || {}).forEach(([key, w]) => {
    if (!own(next.weights, key)) wrong(`prior.${key}`, "unknown");
    else held(`prior.${key}`, w, 1, (value) => { next.prior[key] = value; });
  });
  Object.entries(changes.weights || {}).forEach(([strategy, tree]) => {
    if (!own(next.weights, strategy)) { wrong(strategy, "unknown"); return; }
    Object.entries(tree || {}).forEach(([pillar, change]) => {
      const path = `${strategy}.${pillar}`;
      if (!own(next.weights[strategy], pillar)) { wrong(path, "unknown"); return; }
      const to = next.weights[strategy][pillar], said = isWeight(change) ? { weight: change } : change || {};
      if (said.weight !== undefined && said.weight !== null) {
        held(path, said.weight, Number.MAX_VALUE, (value) => { to.weight = value; });
      }
      Object.entries(said.criteria || {}).forEach(([key, w]) => {
        if (!own(to.criteria, key)) wrong(`${path}.${key}`, "unknown");
        else held(`${path}.${key}`, w, Number.MAX_VALUE, (value) => { to.criteria[key] = value; });
      });
    });
  });
  Object.entries(next.weights).forEach(([name, tree]) => {
    if (!Object.keys(leafWeights(tree)).length) wrong(name, "all weights are zero");
  });
  if (!sumOf(Object.values(next.prior))) wrong("prior", "all shares are zero");
  return next;
}

// The changes that an address holds; parts that are no number become NaN and are told as faults.
function changesIn(parameters) {
  const bare = () => Object.create(null); // an address may name __proto__
  const changes = { prior: bare(), weights: bare() };
  parameters.forEach((text, path) => {
    const [first, pillar, criterion] = path.split("."), w = text.trim() === "" ? NaN : Number(text);
    if (path === "site" || path === "at") return;
    if (path === "strategy") changes.strategy = text;
    else if (first === "prior") changes.prior[pillar] = w;
    else {
      const tree = (changes.weights[first] ||= bare()), to = (tree[pillar] ||= { criteria: bare() });
      if (criterion === undefined) to.weight = w; else to.criteria[criterion] = w;
    }
  });
  return changes;
}

// What a file holds: every weight in force, so that it says the same over any study.
function fileOf(setting) {
  return `${JSON.stringify(copied(setting), null, 2)}\n`;
}
