// Places ranked anew under the setting in force: what list, badges, zones and dossier then show.
const bench = live ? openBench(live) : null;
const turn = { setting: null, found: null, own: null, chance: null, moved: false };
const told = new Map(sites.map((site) => [site.site_id, site])); // heads of the plan's own zones
const planChance = sites.some((site) => known(site.p_top10));
const siteOf = [];

// The site of a place: the plan's where it has told more of it, else what the page knows.
function siteAt(i) {
  if (!siteOf[i]) {
    const place = Object.fromEntries(Object.entries(live.places).map(([key, column]) => [key, column[i]]));
    siteOf[i] = told.get(place.site_id) || {
      ...place, full_name: place.name, archetype: "", lat: bench.lat[i], lon: bench.lon[i], told: false,
      costs: [], customers: [], policies: [], runners_up: [],
    };
    siteOf[i].index = i;
    siteOf[i].planNext = siteOf[i].runners_up;
    siteOf[i].levels = new Map((siteOf[i].criteria || []).map((row) => [row.criterion, row.level]));
  }
  return siteOf[i];
}

const indexOf = live ? new Map(live.places.site_id.map((id, i) => [id, i])) : new Map();

// Criteria that weigh something in a strategy in play, in the order of the study.
function inPlay(found) {
  const used = new Set(Object.entries(found.strategies)
    .filter(([name]) => found.prior[name] > 0).flatMap(([, { leaves }]) => Object.keys(leaves)));
  return live.criteria.filter(({ key }) => used.has(key));
}

// Fill in what the setting says of a place; `at` is its position in the list, null outside it.
function dress(site, at) {
  const { found, own, chance } = turn, i = site.index, { criteria, losses } = split(bench, found, i);
  const points = data.pillars.map(({ key }) => 100 * sumOf(live.criteria
    .filter((one) => one.pillar === key).map((one) => criteria[one.key] || 0)));
  const head = found.heads.indexOf(i), drawn = chance ? chance.heads.indexOf(i) : -1;
  Object.assign(site, {
    at, rank: head < 0 ? null : head + 1, place: found.rank[i], zone: found.zone[i],
    before: own.zone[i], score: 100 * found.score[i], points,
    taken: data.lossKeys.map((key) => 100 * (losses[key] || 0)),
    strategies: live.ways.map(({ key }) => 100 * found.strategies[key].score[i]),
  });
  if (site.plan === undefined) site.plan = { first: site.p_first, ten: site.p_top10 };
  const sure = chance ? { first: chance.first[drawn], ten: chance.ten[drawn] } : site.plan;
  site.p_first = drawn < 0 && chance ? null : sure.first;
  site.p_top10 = drawn < 0 && chance ? null : sure.ten;
  return site;
}

// What only a dossier asks for: criteria with their values, and the next best of the zone.
function tell(site) {
  const { found, moved } = turn, i = site.index, used = inPlay(found), { criteria } = split(bench, found, i);
  const place = (key) => bench.criteria.indexOf(key);
  site.criteria = used.map(({ key, name, unit, pillar }) => ({
    criterion: name, pillar, unit, raw: Number.isFinite(bench.raw[key][i]) ? bench.raw[key][i] : null,
    value: bench.values[key][i], points: 100 * (criteria[key] || 0),
    imputed: bench.imputed(place(key), i), level: site.levels.get(name) || "",
  }));
  site.total = used.length;
  site.known = site.criteria.filter((row) => !row.imputed).length;
  site.runners_up = moved || !site.told ? nextBest(site) : site.planNext;
  return site;
}

function nextBest(site) {
  if (!site.zone) return [];
  return Array.from(turn.found.order).filter((i) => i !== site.index && turn.found.zone[i] === site.zone)
    .slice(0, 5).map((i) => {
      const km = map.distance(where(site), [bench.lat[i], bench.lon[i]]) / 1000;
      return { ...siteAt(i), score: 100 * turn.found.score[i], km_away: km };
    });
}

// Outline of the places of a zone, a little wider, as Python draws the plan's own.
const HULL_MARGIN = 0.12, CORNERS = 16;
function hull(points) { // Andrew (1979), over latitude and longitude
  if (points.length < 3) return points;
  const half = (list) => list.reduce((kept, p) => {
    const left = ([ay, ax], [by, bx]) => (bx - ax) * (p[0] - ay) - (by - ay) * (p[1] - ax) > 0;
    while (kept.length > 1 && !left(kept[kept.length - 2], kept[kept.length - 1])) kept.pop();
    kept.push(p);
    return kept;
  }, []);
  const sorted = points.slice().sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)];
}
function outlineOf(members) {
  return hull(hull(members.map((i) => [bench.lat[i], bench.lon[i]])).flatMap(([lat, lon]) =>
    Array.from({ length: CORNERS }, (_, k) => {
      const angle = (2 * Math.PI * k) / CORNERS;
      return [lat + HULL_MARGIN * Math.sin(angle), lon + HULL_MARGIN * Math.cos(angle)];
    })));
}

function zonesNow() {
  if (!turn.moved) return planZones;
  const members = sites.map(() => []);
  turn.found.zone.forEach((zone, i) => { if (zone && zone <= members.length) members[zone - 1].push(i); });
  return sites.map((site, at) => ({
    name: site.name, rank: site.rank, sites: members[at].length, hull: outlineOf(members[at]),
  }));
}

function answerNow() {
  if (!turn.moved) return data.answer;
  if (!sites.length) return "";
  const [first, ...rest] = sites.slice(0, 3), named = (site) => `${site.name}, ${country(site)}`;
  const next = rest.length ? ` Next: ${rest.map(named).join("; ")}.` : "";
  return `With the weights as turned here, first: ${named(first)} (score ${number(first.score, 1)} of 100).${next}`;
}

// Rank by a setting. Everything that shows a rank follows before this returns.
function rankBy(setting) {
  turn.setting = setting;
  turn.found = evaluate(bench, setting);
  turn.own ||= turn.found;
  turn.moved = !isOwn(setting);
  turn.chance = turn.moved || !planChance ? chances(bench, turn.found) : null;
  sites = turn.found.heads.slice(0, SHOWN).map((i, at) => dress(siteAt(i), at));
  if (state.site && !sites.includes(state.site)) dress(state.site, null);
  SCALE = Math.max(SCALE, tens());
}

// Whether the weights are the study's, and the chances drawn here, for the style sheet.
function showWhose() {
  document.body.classList.toggle("moved", turn.moved);
  document.body.classList.toggle("drawn", Boolean(turn.chance));
}

// Rank and draw again. The document first, then what measures it, so that it is laid out once.
// `glides`: rows glide to their places; not under a moving slider, which would start them over.
function rerank(setting, glides = false) {
  rankBy(setting);
  showWhose();
  write($("answer"), answerNow());
  drawShort();
  drawList(glides);
  drawWeights();
  if (state.site) showDossier(state.site, true);
  drawCompare();
  drawZones(zonesNow());
  fillFurther();
  fillBadges(false);
  settleSoon();
}
