// What a console or a test may do with the weights; docs/map.md describes it.
function asked(changes) {
  const faults = [], next = laidOver(turn.setting, changes, faults);
  if (faults.length) throw new RangeError(faults.join("; "));
  return next;
}

// A setting by its name, or changes to the study's own.
function settingFrom(wanted) {
  if (typeof wanted !== "string") {
    const faults = [], next = laidOver(VIEWS[0], wanted || {}, faults);
    if (faults.length) throw new RangeError(faults.join("; "));
    return next;
  }
  const held = VIEWS.find((view) => view.name === wanted);
  if (!held) throw new RangeError(`no setting of the name ${wanted}`);
  return copied(held);
}

function everyPlace() {
  const { order, score, p, zone } = turn.found, { site_id: ids, name, country: code } = live.places;
  return Array.from(order, (i, at) => ({
    place: at + 1, site_id: ids[i], name: name[i], country: code[i], utility: score[i], chance: p[i], weight: bench.weight[i], zone: zone[i],
  }));
}

const turning = {
  setting: () => copied(turn.setting),
  settings: () => VIEWS.map(({ name }) => name),
  setWeights(weights) { rerank(asked({ weights })); return copied(turn.setting); },
  setLens(lens) { wear(asked({ lens })); return copied(turn.setting); },
  wear(name) { wear(settingFrom(name)); return copied(turn.setting); },
  reset() { wear(VIEWS[0]); return copied(turn.setting); },
  link: () => mark(),
  compare: (a, b, most = MOVERS) => moversOf(evaluated(settingFrom(a)), evaluated(settingFrom(b)), most)
    .map(({ i, a: before, b: after, by }) => ({
      site_id: live.places.site_id[i], name: live.places.name[i], rank_a: before, rank_b: after, change: by,
    })),
};
