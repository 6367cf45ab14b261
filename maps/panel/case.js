// What would make a place first: each change alone, found on the engine's own formula with all else
// as it is. A criterion moves by itself, as if nothing followed from it, up to the best of the page's
// places; the cost of a tonne is spoken of through the gate of the price, which it opens.
const HALVINGS = 30, TOLD = 4;
const COST = "delivered_cost";

// The score of place `i` when some of what it is made of is another.
function scoreIf(i, { values = {}, gate = (g) => g, entry = bench.entry[i] }) {
  const { found } = turn, strategies = {};
  Object.entries(found.strategies).forEach(([name, { leaves }]) => {
    const gross = sumOf(Object.entries(leaves).map(([key, w]) => w * (key in values ? values[key] : bench.values[key][i])));
    strategies[name] = { score: [gross * gate(bench.gates[name][i]) * entry] };
  });
  return mix(strategies, found.prior, bench.sharpness, 1).score[0];
}

// What a criterion measures at a value: read off the places, worst first, and between two of them.
const scales = new Map();
function scaleOf(key) {
  if (!scales.has(key)) {
    scales.set(key, Array.from(bench.values[key], (value, i) => ({ value, raw: bench.raw[key][i] }))
      .filter(({ raw }) => Number.isFinite(raw)).sort((a, b) => a.value - b.value));
  }
  return scales.get(key);
}
const bestOf = (key) => (scaleOf(key).length ? scaleOf(key).at(-1).value : 0);
function rawAt(key, value) {
  const scale = scaleOf(key), k = scale.findIndex((point) => point.value >= value);
  if (k <= 0) return scale.at(k).raw;
  const low = scale[k - 1], high = scale[k], part = (value - low.value) / (high.value - low.value || 1);
  return low.raw + part * (high.raw - low.raw);
}

// Each change: what it is at a share from 0 (as it is) to 1 (the best there is), and its words.
function changesOf(i) {
  const open = [{ at: (s) => ({ gate: (g) => g + s * (1 - g) }), words: () => "a tonne that earns its cost at the price of the day" }];
  const entry = bench.entry[i] < 1
    ? [{ at: (s) => ({ entry: bench.entry[i] + s * (1 - bench.entry[i]) }), words: (s) => `entry as good as granted to this investor (${percent(bench.entry[i] + s * (1 - bench.entry[i]))} instead of ${percent(bench.entry[i])})` }] : [];
  const better = inPlay(turn.found).filter(({ key }) => bench.values[key][i] < bestOf(key) && key !== COST).map(({ key, name, unit }) => {
    const now = bench.values[key][i], value = (s) => now + s * (bestOf(key) - now);
    return {
      at: (s) => ({ values: { [key]: value(s) } }),
      words: (s) => `${name.charAt(0).toLowerCase()}${name.slice(1)} at ${measured(rawAt(key, value(s)), unit)} instead of ${measured(Number.isFinite(bench.raw[key][i]) ? bench.raw[key][i] : null, unit)}`,
    };
  });
  return [...open, ...entry, ...better];
}

// The least share of a change that is enough; null where its best is not.
function leastOf(enough) {
  if (!enough(1)) return null;
  let short = 0, far = 1;
  for (let h = 0; h < HALVINGS; h += 1) {
    const middle = (short + far) / 2;
    if (enough(middle)) far = middle; else short = middle;
  }
  return far;
}

// The one slider whose smallest turn puts place `i` first.
function turnFor(i) {
  const { setting, found } = turn, places = [...found.heads.slice(0, RIVALS).filter((head) => head !== i), i], few = fewOf(places);
  const id = setting.strategy === MIXTURE ? "prior" : setting.strategy, held = sharesIn(setting, id);
  let best = null;
  Object.entries(held).forEach(([key, share]) => [1, -1].forEach((way) => {
    const at = crossing((wanted) => firstOf(few, turned(setting, id, key, wanted, locks)) === places.length - 1, share, way);
    if (at !== null && (!best || Math.abs(at - share) < Math.abs(best.at - best.share))) best = { key, share, at };
  }));
  return best && `${partOf(id, best.key).name} counting ${shareText(best.at)} instead of ${shareText(best.share)}`;
}

function caseFor(i) {
  const { found } = turn, aim = found.score[found.heads[0]] + 1 / DIGITS, changes = changesOf(i);
  const whole = changes.map((one) => ({ ...one, score: scoreIf(i, one.at(1)), least: leastOf((s) => scoreIf(i, one.at(s)) >= aim) }))
    .sort((a, b) => b.score - a.score);
  const enough = whole.filter(({ least }) => least !== null).map(({ least, words }) => words(least));
  const slider = Object.keys(found.strategies).length ? turnFor(i) : null;
  const short = whole.filter(({ least, score }) => least === null && score > found.score[i] + 1e-4).slice(0, 2).map(({ words, score }) =>
    `${words(1)}: place ${number(1 + found.heads.filter((head) => head !== i && found.score[head] > score).length)}, ${number(100 * score, 1)} points`);
  return { gap: 100 * (found.score[found.heads[0]] - found.score[i]), enough: [...(slider ? [slider] : []), ...enough].slice(0, TOLD), short };
}

function caseOf(site) {
  if (!live || !sites.length) return null;
  const [first] = sites;
  if (site === first) return add(section("What would put another first"), el("p", "", nearestFlip()));
  const part = section("What would make it first", "each alone, all else as it is");
  if (site.zone === 1) return add(part, el("p", "", `It lies in the siting zone that is first; ${first.name} stands for that zone.`));
  const { gap, enough, short } = caseFor(site.index), list = el("ul", "case");
  add(part, el("p", "sub", `It lacks ${number(gap, 1)} points on ${first.name}.${enough.length ? "" : " No single change would do; the strongest:"}`));
  return add(part, add(list, ...(enough.length ? enough : short).map((line) => el("li", "", line.charAt(0).toUpperCase() + line.slice(1)))));
}

// ---- countries: their best places, by the weights in force ----
const bestIn = (code, most = 5) => Array.from(turn.found.order).filter((i) => live.places.country[i] === code).slice(0, most);

function countryOf(site) {
  if (!live) return null;
  const others = bestIn(site.country).filter((i) => i !== site.index);
  if (!others.length) return null;
  const list = table(["Place", "place of all", "score"], others.map((i) => {
    const go = button("go", live.places.name[i], () => pick(siteAt(i)));
    return [go, number(turn.found.rank[i]), number(100 * turn.found.score[i], 1)];
  }));
  list.className = "others";
  return add(section(`Other places in ${country(site)}`), list);
}
