// What a console or a test may do with the weights; docs/map.md describes it.
function asked(changes) {
  const faults = [], next = laidOver(turn.setting, changes, faults);
  if (faults.length) throw new RangeError(faults.join("; "));
  return next;
}

// A setting by its name, or changes to the study's own.
function settingFrom(said) {
  if (typeof said !== "string") {
    const faults = [], next = laidOver(VIEWS[0], said || {}, faults);
    if (faults.length) throw new RangeError(faults.join("; "));
    return next;
  }
  const held = [VIEWS[0], ...VIEWS.slice(1)].find((view) => view.name === said);
  if (!held) throw new RangeError(`no setting of the name ${said}`);
  return copied(held);
}

function everyPlace() {
  const { order, score, zone } = turn.found, { site_id: ids, name, country: code } = live.places;
  return Array.from(order, (i, at) => ({
    place: at + 1, site_id: ids[i], name: name[i], country: code[i], score: 100 * score[i], zone: zone[i],
  }));
}

const turning = {
  setting: () => copied(turn.setting),
  settings: () => VIEWS.map(({ name }) => name),
  setWeights(weights) { rerank(asked({ weights })); return copied(turn.setting); },
  setPrior(prior) { rerank(asked({ prior })); return copied(turn.setting); },
  setStrategy(strategy) { rerank(asked({ strategy })); return copied(turn.setting); },
  wear(name) { wear(settingFrom(name)); return copied(turn.setting); },
  reset() { wear(VIEWS[0]); return copied(turn.setting); },
  link: () => mark(),
  compare: (a, b, most = MOVERS) => moversOf(evaluated(settingFrom(a)), evaluated(settingFrom(b)), most)
    .map(({ i, a: before, b: after, by }) => ({
      site_id: live.places.site_id[i], name: live.places.name[i], rank_a: before, rank_b: after, change: by,
    })),
};
