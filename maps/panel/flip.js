// The nearest flip: the smallest turn of one slider that puts another site first. Only the first
// places are looked at, by steps and then by halving; within a step two turns may cancel out.
const RIVALS = 25, STEP = 0.02, HALVES = 12;

// A bench of a few places, so that a setting costs microseconds.
function fewOf(places) {
  const pickFrom = (columns) => Object.fromEntries(Object.entries(columns)
    .map(([key, column]) => [key, Float64Array.from(places, (i) => column[i])]));
  return { ...bench, count: places.length, values: pickFrom(bench.values), gates: pickFrom(bench.gates),
    entry: Float64Array.from(places, (i) => bench.entry[i]) };
}

function firstOf(few, setting) {
  const strategies = {}, names = setting.strategy === MIXTURE ? Object.keys(setting.weights) : [setting.strategy];
  names.forEach((name) => {
    strategies[name] = scoreStrategy(few, leafWeights(setting.weights[name]), few.gates[name]);
  });
  const prior = setting.strategy === MIXTURE ? setting.prior : { [setting.strategy]: 1 };
  return rankOrder(mix(strategies, prior, few.sharpness, few.count).score)[0];
}

// The smallest step from `share` in one direction at which another is first; null where none is.
function crossing(lost, share, way) {
  const end = way > 0 ? 1 : 0, steps = Math.ceil(Math.abs(end - share) / STEP);
  for (let k = 1; k <= steps; k += 1) {
    const at = (n) => (n >= steps ? end : share + way * n * STEP);
    if (!lost(at(k))) continue;
    let inside = at(k), outside = at(k - 1);
    for (let h = 0; h < HALVES; h += 1) {
      const middle = (inside + outside) / 2;
      if (lost(middle)) inside = middle; else outside = middle;
    }
    return inside;
  }
  return null;
}

function nearestFlip() {
  const { setting, found } = turn, places = found.heads.slice(0, RIVALS), few = fewOf(places);
  const id = setting.strategy === MIXTURE ? "prior" : setting.strategy, shares = sharesIn(setting, id);
  if (places.length < 2 || Object.keys(shares).length < 2) return "";
  let best = null;
  Object.entries(shares).forEach(([key, share]) => {
    const to = (wanted) => firstOf(few, turned(setting, id, key, wanted, locks));
    [1, -1].forEach((way) => {
      const at = crossing((wanted) => to(wanted) !== 0, share, way);
      if (at !== null && (!best || Math.abs(at - share) < best.by)) {
        best = { by: Math.abs(at - share), key, share, at, first: siteAt(places[to(at)]) };
      }
    });
  });
  if (!best) return `No single weight puts another site before ${siteAt(places[0]).name}.`;
  return `Closest call: if ${partOf(id, best.key).name} counts ${shareText(best.at)} instead of ${shareText(best.share)}, ${best.first.name} comes first.`;
}
