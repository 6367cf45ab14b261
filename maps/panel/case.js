// What would make a place first: each change alone, all else as it is, in closed form. To pass, its
// odds must grow by as much as the first zone's share exceeds its own; a criterion moves by itself,
// as if nothing followed from it, up to the best of the page's places.
const SHOWN_CHANGES = 4, ALMOST = 0.01; // of ln odds: less is no help

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
  const scale = scaleOf(key), k = scale.findIndex((point) => point.value >= value - 1 / DIGITS);
  if (k <= 0) return scale.at(k).raw;
  const low = scale[k - 1], high = scale[k], part = (value - low.value) / (high.value - low.value || 1);
  return low.raw + Math.min(1, part) * (high.raw - low.raw);
}

const lowered = (text) => text.charAt(0).toLowerCase() + text.slice(1);

// Each criterion with the value that alone would do, and by what its best would multiply the odds.
function changesOf(i, lacking) {
  return inPlay(turn.found).map(({ key, name, unit }) => {
    const weight = bench.odds * turn.found.leaves[key], now = bench.values[key][i], best = bestOf(key);
    const change = { key, name, gain: weight * (best - now), needed: now + lacking / weight };
    const words = (value) => `${lowered(name)} of ${measured(rawAt(key, value), unit)} instead of ${measured(rawOf(key, i), unit)}`;
    return { ...change, enough: change.needed <= best, words };
  }).filter(({ gain }) => gain > ALMOST).sort((a, b) => b.gain - a.gain);
}

function caseFor(i) {
  const { found } = turn, lacking = Math.log(found.share[0] / Math.max(shareAt(bench, found, i), 1e-300));
  const changes = changesOf(i, lacking), slider = turnPast(found.heads[0], i);
  const enough = changes.filter((one) => one.enough).map(({ needed, words }) => words(needed));
  const short = changes.filter((one) => !one.enough).slice(0, 2).map(({ key, gain, words }) => `${words(bestOf(key))}: ${oddsText(gain)} its odds`);
  return { lacking, short, enough: [...(slider ? [flipText(slider)] : []), ...enough].slice(0, SHOWN_CHANGES) };
}

function caseOf(site) {
  if (!live || !sites.length) return null;
  const [first] = sites;
  if (site === first) return add(section("What would put another first"), el("p", "", nearestFlip()));
  const part = section("What would make it first", "each alone, all else as it is");
  if (site.zone === 1) return add(part, el("p", "", `It lies in the siting zone that is first; ${first.name} stands for that zone.`));
  const { lacking, enough, short } = caseFor(site.index), list = el("ul", "case");
  if (lacking <= 0) return add(part, el("p", "", `Its zone has a larger share than ${first.name}, but no estate is known in it, so that it is listed after those that have one.`));
  add(part, el("p", "sub", `Its odds would have to grow ${oddsText(lacking)} to pass ${first.name}.${enough.length ? " Any of these would do:" : " No single change would do; the strongest:"}`));
  return add(part, add(list, ...(enough.length ? enough : short).map((line) => el("li", "", line.charAt(0).toUpperCase() + line.slice(1)))));
}

// ---- countries: their best places, by the weights in force ----
const OTHERS = 5;
// Sites of zones first, the larger share before, then the likeliest places.
function bestIn(code, most = OTHERS) {
  const { heads, order, share } = turn.found, here = (i) => live.places.country[i] === code;
  const zones = heads.map((i, k) => [i, share[k]]).filter(([i]) => here(i)).sort((a, b) => bench.estate[b[0]] - bench.estate[a[0]] || b[1] - a[1]).map(([i]) => i);
  return [...new Set([...zones, ...Array.from(order).filter(here).slice(0, most)])].slice(0, most);
}

function countryOf(site) {
  if (!live) return null;
  const { found } = turn, others = bestIn(site.country, OTHERS + 1).filter((i) => i !== site.index && (!site.zone || found.zone[i] !== site.zone)).slice(0, OTHERS);
  if (!others.length) return null;
  const list = table(["Place", "rank", "share"], others.map((i) => {
    const go = button("go", live.places.name[i], () => pick(siteAt(i))), head = found.heads.indexOf(i) + 1;
    return [go, head ? number(head) : DASH, percent(shareAt(bench, found, i))];
  }));
  list.className = "others";
  return add(section(`Other places in ${country(site)}`, "share of what each stands for"), list);
}
