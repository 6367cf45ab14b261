// Places ranked anew under the setting in force: what list, badges, zones and dossier then show.
const bench = live ? openBench(live) : null;
const turn = { setting: null, found: null, own: null, chance: null, moved: false };
const planned = new Map(sites.map((site) => [site.site_id, site])); // heads of the plan's own zones
const planChance = sites.some((site) => known(site.p_top10));
const PLANNED = ["share", "share_low", "share_high", "country_share", "percentile", "p_first", "p_top10", "zone_name"];
const siteOf = [];

// The site of a place: the plan's where it has more of it, else what the page knows.
function siteAt(i) {
  if (!siteOf[i]) {
    const place = Object.fromEntries(Object.entries(live.places).map(([key, column]) => [key, column[i]]));
    siteOf[i] = planned.get(place.site_id) || {
      ...place, full_name: place.name, archetype: "", lat: bench.lat[i], lon: bench.lon[i], planned: false,
      costs: [], customers: [], policies: [],
    };
    const site = siteOf[i];
    site.index = i;
    site.plan = site.planned ? Object.fromEntries(PLANNED.map((key) => [key, site[key]])) : null;
    site.levels = new Map((site.criteria || []).map((row) => [row.criterion, row.level]));
  }
  return siteOf[i];
}

const indexOf = live ? new Map(live.places.site_id.map((id, i) => [id, i])) : new Map();

// Under the study's own weights the zones are the plan's, which knew every candidate.
function ownFound() {
  const { head, share, scouted } = live.own;
  return { ...evaluate(bench, VIEWS[0]), zone: decoded(live.bench.zone, Int32Array), heads: head, share, scouted };
}

// Criteria that weigh something, in the order of the registry.
const inPlay = (found) => live.criteria.filter(({ key }) => found.leaves[key] > 0);

// By what a criterion multiplies the odds of a place against the median place, as ln.
const advantage = (found, { key, median }, i) => bench.odds * (found.leaves[key] || 0) * (bench.values[key][i] - median);

// Fill in what the setting says of a place; `at` is its position in the list, null outside it.
function dress(site, at) {
  const { found, own, chance, moved } = turn, i = site.index, zone = found.zone[i];
  const head = found.heads.indexOf(i), drawn = chance ? chance.heads.indexOf(i) : -1;
  Object.assign(site, {
    at, rank: head < 0 ? null : head + 1, place: found.rank[i], zone, before: own.zone[i],
    scouted: zone ? found.scouted[zone - 1] : bench.estate[i] > 0, pays: bench.pays[i], pays_from: bench.pays_from[i],
    odds: data.pillars.map(({ key }) => sumOf(live.criteria.filter(({ pillar }) => pillar === key).map((one) => advantage(found, one, i)))),
    share: shareAt(bench, found, i), country_share: found.countries.get(bench.country[i]), percentile: found.percentile[i],
    zone_name: live.places.area[zone ? found.heads[zone - 1] : i],
    p_first: null, p_top10: null, share_low: null, share_high: null,
  });
  if (!moved && site.plan) Object.assign(site, site.plan);
  if (drawn >= 0) {
    Object.assign(site, { p_first: chance.first[drawn], p_top10: chance.ten[drawn], share_low: chance.low[drawn], share_high: chance.high[drawn] });
  }
  return site;
}

// What only a dossier asks for: criteria with their values, and the estates of the zone.
function tell(site) {
  const { found } = turn, i = site.index;
  site.criteria = inPlay(found).map((one) => ({
    criterion: one.name, pillar: one.pillar, unit: one.unit, raw: rawOf(one.key, i), value: bench.values[one.key][i],
    odds: advantage(found, one, i), imputed: bench.imputed(bench.criteria.indexOf(one.key), i), level: site.levels.get(one.name) || "",
  }));
  site.total = site.criteria.length;
  site.known = site.criteria.filter((row) => !row.imputed).length;
  site.runners_up = estatesBy(site);
  return site;
}

const rawOf = (key, i) => (Number.isFinite(bench.raw[key][i]) ? bench.raw[key][i] : null);

// Estates of the zone of a place, or near it where it is in none, by name.
function estatesBy({ index: i, zone }) {
  const own = (j) => bench.estate[j] && (zone ? turn.found.zone[j] === zone : bench.near[i].includes(j));
  return Array.from(live.places.site_id.keys()).filter(own).map((j) => ({
    index: j, name: live.places.name[j], kind: live.places.kind[j], facts: live.places.facts[j], km_away: distanceKm(bench, i, j),
  })).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index));
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
  return sites.map((site, at) => {
    const { own } = turn.found.zones[at];
    return { name: site.zone_name, rank: site.rank, sites: Math.round(own.reduce((sum, i) => sum + bench.weight[i], 0)), hull: outlineOf(Array.from(own)) };
  });
}

// Zones without a known estate that are in no list, largest share first.
function unscoutedNow() {
  if (!turn.moved) return unscouted;
  return turn.found.heads.slice(SHOWN).map((i, k) => ({ i, share: turn.found.share[k + SHOWN], scouted: turn.found.scouted[k + SHOWN] }))
    .filter(({ scouted }) => !scouted)
    .map(({ i, share }) => ({ ...siteAt(i), name: live.places.area[i], share }));
}

const COUNTRIES = 5; // named in the answer
function answerNow() {
  if (!turn.moved) return data.answer;
  if (!sites.length) return "";
  const [first, ...rest] = sites.slice(0, 3), area = first.zone_name && first.zone_name !== first.name ? ` (area of ${first.zone_name})` : "";
  const then = rest.map((site) => `; ${site === rest[0] ? "then " : ""}${site.name}, ${country(site)} (${percent(site.share)})`).join("");
  const nameOfCode = new Map(live.places.country.map((code, i) => [code, live.places.country_name[i] || code]));
  const lands = [...turn.found.countries].sort((a, b) => b[1] - a[1]).slice(0, COUNTRIES).map(([code, p]) => `${nameOfCode.get(code)} ${percent(p)}`);
  return `With the weights as turned here, likeliest: ${first.name}${area}, ${country(first)}: ${percent(first.share)} of the chances${then}. By country: ${lands.join(", ")}.`;
}

// Rank by a setting. Everything that shows a rank follows before this returns.
function rankBy(setting) {
  turn.own ||= ownFound();
  turn.setting = setting;
  turn.moved = !isOwn(setting);
  turn.found = turn.moved ? evaluate(bench, setting) : turn.own;
  turn.chance = turn.moved || !planChance ? chances(bench, turn.found, SHOWN) : null;
  sites = turn.found.heads.slice(0, SHOWN).map((i, at) => dress(siteAt(i), at));
  if (state.site && !sites.includes(state.site)) dress(state.site, null);
  widen();
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
  drawUnscouted();
  drawWeights();
  if (state.site) showDossier(state.site, true);
  drawCompare();
  drawZones(zonesNow());
  fillFurther();
  fillBadges(false);
  settleSoon();
}
