// The planner's own formula on the page's places: pure functions of typed arrays, no document.
// Each follows its namesake in Python step by step (siting/model/scoring.py, clusters.py,
// siting/study/weights.py); scores are rounded as there before they are ordered.
const LOSS_KEYS = ["price_gate", "entry_gate", "mixture"];
const MIXTURE = "mixture";
const DIGITS = 1e12; // scores nearer than its inverse are equal

function decoded(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Kind(bytes.buffer); // little-endian, like every machine that runs a browser
}

// The places as columns; row k of a table of the payload becomes a view of its own.
function openBench(live) {
  const { bench } = live, count = live.places.site_id.length;
  const columns = (text, keys, Kind) => {
    const whole = decoded(text, Kind);
    return Object.fromEntries(keys.map((key, k) => [key, whole.subarray(k * count, (k + 1) * count)]));
  };
  const criteria = live.criteria.map(({ key }) => key), bits = decoded(bench.imputed, Uint8Array);
  const lat = decoded(bench.lat, Float64Array), lon = decoded(bench.lon, Float64Array);
  const turn = Math.PI / 180;
  return {
    count, criteria, lat, lon,
    x: lat.map((a, i) => Math.cos(a * turn) * Math.cos(lon[i] * turn)),
    y: lat.map((a, i) => Math.cos(a * turn) * Math.sin(lon[i] * turn)),
    z: lat.map((a) => Math.sin(a * turn)),
    stands: decoded(bench.stands, Uint8Array),
    values: columns(bench.values, criteria, Float64Array),
    raw: columns(bench.raw, criteria, Float32Array),
    imputed: (at, i) => Boolean((bits[(at * count + i) >> 3] >> (7 - ((at * count + i) & 7))) & 1),
    gates: columns(bench.gates, live.ways.map(({ key }) => key), Float64Array),
    entry: decoded(bench.entry, Float64Array),
    sharpness: live.sharpness, zones: live.zones, near: live.near,
    concentration: live.concentration,
  };
}

const sumOf = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

// Tree -> {criterion: weight over the whole tree}; a pillar whose criteria weigh nothing is out.
function leafWeights(tree) {
  const alive = Object.values(tree)
    .filter(({ weight, criteria }) => weight > 0 && sumOf(Object.values(criteria)) > 0);
  const whole = sumOf(alive.map(({ weight }) => weight)), leaves = {};
  alive.forEach(({ weight, criteria }) => {
    const own = sumOf(Object.values(criteria));
    Object.entries(criteria).forEach(([key, w]) => {
      if (w > 0) leaves[key] = ((weight / whole) * w) / own;
    });
  });
  return leaves;
}

// Weighted sum (`gross`), and what the gates leave of it; criteria in the order of their names.
function scoreStrategy(bench, leaves, gate) {
  const gross = new Float64Array(bench.count), score = new Float64Array(bench.count);
  Object.keys(leaves).sort().forEach((key) => {
    const weight = leaves[key], value = bench.values[key];
    for (let i = 0; i < bench.count; i += 1) gross[i] += value[i] * weight;
  });
  for (let i = 0; i < bench.count; i += 1) score[i] = gross[i] * gate[i] * bench.entry[i];
  return { leaves, gross, score };
}

// Smooth maximum of the strategies and the share of each in it.
function mix(strategies, prior, sharpness, count) {
  const names = Object.keys(strategies).filter((name) => prior[name] > 0).sort();
  const whole = sumOf(names.map((name) => prior[name]));
  const offset = names.map((name) => Math.log(prior[name] / whole));
  const score = new Float64Array(count), shares = {};
  Object.keys(strategies).forEach((name) => { shares[name] = new Float64Array(count); });
  const exponent = new Float64Array(names.length);
  for (let i = 0; i < count; i += 1) {
    let most = -Infinity, sum = 0;
    for (let s = 0; s < names.length; s += 1) {
      exponent[s] = sharpness * strategies[names[s]].score[i] + offset[s];
      if (exponent[s] > most) most = exponent[s];
    }
    for (let s = 0; s < names.length; s += 1) sum += Math.exp(exponent[s] - most);
    const log = most + Math.log(sum);
    for (let s = 0; s < names.length; s += 1) shares[names[s]][i] = Math.exp(exponent[s] - log);
    score[i] = Math.min(1, Math.max(0, log / sharpness));
  }
  return { score, shares };
}

function evenRound(number) { // halves to the even neighbour, as numpy rounds
  const low = Math.floor(number), rest = number - low;
  return rest === 0.5 ? low + (low % 2) : Math.round(number);
}

// Positions from best to worst; equal scores in the order of the places, which Python sorted.
function rankOrder(score) {
  const key = score.map((one) => evenRound(one * DIGITS) / DIGITS);
  return Uint32Array.from(score.keys()).sort((a, b) => key[b] - key[a] || a - b);
}

// Leader clustering from the best place on; a named place near the leader stands for its zone.
// Positions are ranks; `free` holds those in no zone yet, best first.
function sitingZones(bench, order) {
  const n = order.length, { near, zones } = bench, led = new Int32Array(n).fill(-1), heads = [];
  const x = new Float64Array(n), y = new Float64Array(n), z = new Float64Array(n), free = new Int32Array(n);
  for (let k = 0; k < n; k += 1) {
    const i = order[k];
    x[k] = bench.x[i]; y[k] = bench.y[i]; z[k] = bench.z[i]; free[k] = k;
  }
  let left = n, best = []; // best: the first so many heads in order, to see when no better can come
  while (left && !(best.length >= zones && best[zones - 1] < free[0])) {
    const leader = free[0];
    let head = leader;
    for (let f = 0; f < left; f += 1) {
      const k = free[f];
      if (bench.stands[order[k]] && x[k] * x[leader] + y[k] * y[leader] + z[k] * z[leader] >= near) {
        head = k;
        break;
      }
    }
    let kept = 0;
    for (let f = 0; f < left; f += 1) {
      const k = free[f];
      if (k === leader || x[k] * x[head] + y[k] * y[head] + z[k] * z[head] >= near) led[k] = heads.length;
      else { free[kept] = k; kept += 1; }
    }
    left = kept;
    heads.push(head);
    best = best.concat(head).sort((a, b) => a - b).slice(0, zones);
  }
  const chosen = [...heads.keys()].sort((a, b) => heads[a] - heads[b]).slice(0, zones);
  const numberOf = new Int32Array(heads.length), zone = new Int32Array(n);
  chosen.forEach((k, at) => { numberOf[k] = at + 1; });
  for (let k = 0; k < n; k += 1) if (led[k] >= 0) zone[order[k]] = numberOf[led[k]];
  return { zone, heads: chosen.map((k) => order[heads[k]]) };
}

// Everything that a setting says of the places.
function evaluate(bench, setting) {
  const strategies = {};
  Object.entries(setting.weights).forEach(([name, tree]) => {
    strategies[name] = scoreStrategy(bench, leafWeights(tree), bench.gates[name]);
  });
  const prior = setting.strategy === MIXTURE ? setting.prior : { [setting.strategy]: 1 };
  const { score, shares } = mix(strategies, prior, bench.sharpness, bench.count);
  const order = rankOrder(score), rank = new Uint32Array(bench.count);
  order.forEach((i, at) => { rank[i] = at + 1; });
  return { setting, prior, strategies, shares, score, order, rank, ...sitingZones(bench, order) };
}

// The score of one place in parts that sum to it: criteria (>= 0), then losses (<= 0).
function split(bench, found, i) {
  const criteria = {}, losses = { price_gate: 0, entry_gate: 0, mixture: 0 };
  Object.entries(found.strategies).forEach(([name, { leaves, gross }]) => {
    const share = found.shares[name][i], viable = gross[i] * bench.gates[name][i];
    if (!share) return;
    Object.entries(leaves).forEach(([key, weight]) => {
      criteria[key] = (criteria[key] || 0) + share * weight * bench.values[key][i];
    });
    losses.price_gate -= share * (gross[i] - viable);
    losses.entry_gate -= share * viable * (1 - bench.entry[i]);
  });
  losses.mixture = found.score[i] - sumOf(Object.values(criteria)) - losses.price_gate - losses.entry_gate;
  return { criteria, losses };
}
