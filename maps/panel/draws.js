// How sure the order is when the weights are: drawn anew around the chosen ones, always from the
// same random numbers, so that no chance flickers while a slider moves. Pure, like the engine.
const DRAWS = 300;
const DRAWN = 80; // places compared
const SEED = 20261122;

function randomFrom(seed) { // mulberry32 (T. Ettinger, public domain)
  let s = seed;
  return () => {
    s = (s + 0x6D2B79F5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// One standard normal number and the logarithm of a uniform one for every draw and weight.
function randomNumbers(size) {
  const random = randomFrom(SEED), normal = new Float64Array(size), log = new Float64Array(size);
  for (let k = 0; k < size; k += 1) {
    normal[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    log[k] = Math.log(1 - random());
  }
  return { normal, log };
}

// A gamma variable as a smooth function of its shape: Wilson and Hilferty (1931) for shape + 1,
// then U^(1/shape), which brings it down to the shape exactly (Stuart 1962).
function gamma(shape, normal, log) {
  const a = shape + 1, root = Math.max(1 - 1 / (9 * a) + normal / (3 * Math.sqrt(a)), 1e-9);
  return a * root * root * root * Math.exp(log / shape);
}

// Share of the draws in which each of the first places is first, and among the first ten.
// Weights: Dirichlet(concentration x chosen), as siting/confidence draws them.
function chances(bench, found, first = 10) {
  const heads = found.heads.slice(0, DRAWN), n = heads.length;
  const names = Object.keys(found.strategies).filter((name) => found.prior[name] > 0).sort();
  const ways = Object.keys(bench.gates), width = bench.criteria.length + 1, slots = ways.length * width;
  if (!bench.random) bench.random = randomNumbers(DRAWS * slots);
  const { normal, log } = bench.random, whole = sumOf(names.map((name) => found.prior[name]));
  const parts = names.map((name) => {
    const keys = Object.keys(found.strategies[name].leaves);
    const gate = heads.map((i) => bench.gates[name][i] * bench.entry[i]);
    return {
      prior: found.prior[name] / whole, slot: width * ways.indexOf(name),
      leaves: keys.map((key) => ({
        weight: found.strategies[name].leaves[key], slot: 1 + bench.criteria.indexOf(key),
        value: Float64Array.from(heads, (i, h) => bench.values[key][i] * gate[h]),
      })),
    };
  });
  const once = new Float64Array(n), ten = new Float64Array(n), total = new Float64Array(n);
  const score = new Float64Array(n), best = new Int32Array(Math.min(first, n));
  for (let d = 0; d < DRAWS; d += 1) {
    const at = d * slots;
    total.fill(0);
    parts.forEach((part) => {
      const draw = ({ weight, slot }) => gamma(bench.concentration * weight,
        normal[at + part.slot + slot], log[at + part.slot + slot]);
      const drawn = part.leaves.map(draw), sum = sumOf(drawn);
      score.fill(0);
      part.leaves.forEach(({ value }, k) => {
        const weight = drawn[k] / sum;
        for (let h = 0; h < n; h += 1) score[h] += weight * value[h];
      });
      const held = parts.length > 1 ? draw({ weight: part.prior, slot: 0 }) : 1;
      for (let h = 0; h < n; h += 1) total[h] += held * Math.exp(bench.sharpness * score[h]);
    });
    let kept = 0; // the first few by insertion; equal ones stay in the order of the places
    for (let h = 0; h < n; h += 1) {
      let k = kept;
      while (k > 0 && total[h] > total[best[k - 1]]) k -= 1;
      if (k >= best.length) continue;
      kept = Math.min(kept + 1, best.length);
      best.copyWithin(k + 1, k, kept - 1);
      best[k] = h;
    }
    for (let k = 0; k < kept; k += 1) ten[best[k]] += 1 / DRAWS;
    if (kept) once[best[0]] += 1 / DRAWS;
  }
  return { heads, first: once, ten };
}
