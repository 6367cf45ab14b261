// The nearest flip in closed form. A leads B by the sum of weight x difference of values, and by a
// head start: what its zone weighs against its site. When one weight is turned and the others keep
// their ratios the lead is a straight line of its share t, so that it is zero at one t.

// Criteria by their share of the whole, and the ratio of shares within what is turned.
const RIVALS = 25;
function turnable(setting) { // what a slider moves: pillars, each with the ratios of its criteria
  const { leaves } = turn.found, whole = sumOf(Object.values(leaves));
  return Object.entries(sharesIn(setting, "")).filter(([, share]) => share > 0).map(([key, share]) => ({
    key, share, parts: live.criteria.filter(({ pillar, key: one }) => pillar === key && leaves[one] > 0).map(({ key: one }) => [one, leaves[one] / whole / share]),
  }));
}

const valueIn = (parts, i) => sumOf(parts.map(([key, part]) => part * bench.values[key][i]));
const startOf = (i) => Math.log(Math.max(shareAt(bench, turn.found, i), 1e-300)) / bench.odds - turn.found.score[i];

// The share of one slider at which B draws level with A; null where none does.
function levelAt(sliders, at, a, b) {
  const gain = sliders.map(({ parts }) => valueIn(parts, a) - valueIn(parts, b)), { share } = sliders[at];
  const rest = sumOf(sliders.map((one, k) => (k === at ? 0 : one.share * gain[k]))) / (1 - share);
  const level = -(rest + (startOf(a) - startOf(b)) / bench.total) / (gain[at] - rest);
  return share < 1 && Number.isFinite(level) && level >= 0 && level <= 1 ? level : null;
}

// The smallest turn of one slider that brings B past A.
function turnPast(a, b) {
  const sliders = turnable(turn.setting);
  return sliders.map(({ key, share }, at) => ({ key, share, at: levelAt(sliders, at, a, b) }))
    .filter(({ at }) => at !== null).sort((x, y) => Math.abs(x.at - x.share) - Math.abs(y.at - y.share))[0] || null;
}

const flipText = ({ key, share, at }) => `${partOf("", key).name} counts about ${shareText(at)} instead of ${shareText(share)}`;

// Only a zone with a known estate can be first where there is one.
function nearestFlip() {
  const { found } = turn, [first, ...rest] = found.heads.filter((_, k) => found.scouted[k] === found.scouted[0]).slice(0, RIVALS);
  if (!rest.length) return "";
  const best = rest.map((i) => ({ i, turn: turnPast(first, i) })).filter((one) => one.turn)
    .sort((x, y) => Math.abs(x.turn.at - x.turn.share) - Math.abs(y.turn.at - y.turn.share))[0];
  if (!best) return `No single weight puts another site before ${siteAt(first).name}.`;
  return `Closest call: if ${flipText(best.turn)}, ${siteAt(best.i).name} comes first.`;
}
