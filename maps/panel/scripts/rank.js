// Places ranked anew under the setting in force: what list, badges, zones and dossier then show.

/** @import { ViewCut, Weighed } from "./payload.js" */
/** @import { Bench, Found, Ledger, Money, Place, Setting, Site, Turn, Unscouted, ZoneShape } from "./model.js" */
import { BADGES, board, country, data, live, planSites, rowsOf, SHOWN, tables } from "./data.js";
import { chances } from "./draws.js";
import { decoded, distanceKm, evaluate, leafWeights, openBench, shareAt, sumOf } from "./engine.js";
import { furtherOf } from "./further.js";
import { outlineOf } from "./hull.js";
import { tr } from "./language.js";
import { widen } from "./odds.js";
import { moneyAt, openLedger, worthOf, worthOfServed } from "./price.js";
import { isOwn, same, VIEWS } from "./setting.js";
import { decode } from "./shapes.js";
import { state } from "./state.js";
import { CHANCE, facts, known, percent, sentences } from "./words.js";

/** The sites of the list. */
export let sites = planSites;
widen(sites);
/** Null, like what `turn` holds of it, where the page cannot rank: who uses it asks `live` first. */
export const bench = /** @type {Bench} */ (live && openBench(live));
export const ledger = /** @type {Ledger} */ (live && openLedger(live.prices));
export const turn = /** @type {Turn} */ (
  /** @type {unknown} */ ({
    setting: null,
    found: null,
    own: null,
    chance: null,
    moved: false,
    money: live && moneyAt(ledger, ledger.today),
    priced: false,
  })
);
/**
 * The criteria that a price moves.
 * @type {[key: string, of: (money: Money) => Float64Array, worth: typeof worthOf][]}
 */
const PRICED = [
  ["margin", ({ margin }) => margin, worthOf],
  ["served_demand", ({ served }) => served, worthOfServed],
];
const asPlanned = new Map(
  live ? PRICED.map(([key]) => [key, { values: bench.values[key], raw: bench.raw[key] }]) : [],
);
const planned = new Map(planSites.map((site) => [site.site_id, site])); // heads of the plan's zones
const planChance = planSites.some((site) => known(site.p_first));
const PLANNED = /** @type {const} */ ([
  "share",
  "share_low",
  "share_high",
  "country_share",
  "percentile",
  "p_first",
  "p_top10",
  "zone_name",
]);
const AT_TODAYS_PRICE = /** @type {const} */ (["pays", "margin"]);

// ---- sites of places ----

/** @type {Site[]} */
const siteOf = [];
const indexOf = new Map((live?.places.site_id ?? []).map((id, i) => [id, i]));

/** What the page knows of a place that the plan did not list. @param {number} i */
function unplannedSite(i) {
  const columns = Object.entries(board.places);
  const place = Object.fromEntries(columns.map(([key, column]) => [key, column[i]]));
  const unknown = { archetype: "", planned: false, costs: [], customers: [], policies: [] };
  const at = { full_name: place.name, lat: bench.lat[i], lon: bench.lon[i] };
  const more = furtherOf(place.site_id) ?? {};
  return /** @type {Site} */ (/** @type {unknown} */ ({ ...place, ...at, ...unknown, ...more }));
}

/** What the plan says of a site, where it does. @param {Site} site @param {readonly (keyof Site)[]} keys */
const saidOf = (site, keys) =>
  Object.fromEntries(keys.filter((key) => known(site[key])).map((key) => [key, site[key]]));

/** The site of a place: the plan's where it has more of it, else what the page knows. @param {number} i */
export function siteAt(i) {
  if (!siteOf[i]) {
    const site = planned.get(board.places.site_id[i]) ?? unplannedSite(i);
    siteOf[i] = site;
    site.index = i;
    site.plan = site.planned ? saidOf(site, PLANNED) : null;
    site.today = site.planned ? saidOf(site, AT_TODAYS_PRICE) : null;
    site.levels = new Map((site.criteria || []).map((row) => [row.criterion, row.level]));
  }
  return siteOf[i];
}

/** @param {string | null} id */
export function siteNamed(id) {
  const i = id === null ? undefined : indexOf.get(id);
  if (i !== undefined) return siteAt(i);
  return sites.find((site) => site.site_id === id) || null;
}

// ---- what a setting says ----

/**
 * Under the weights of a lens or stakeholder the first zones are those of all candidates, and so is
 * what each country has of the chances; further zones are the page's own.
 * @param {Found} found
 * @param {ViewCut} cut
 * @returns {Found}
 */
function seenFound(found, cut) {
  const zone = decoded(cut.zone, Int32Array);
  const first = cut.head.map((head, at) => ({
    own: Int32Array.from(zone.keys()).filter((i) => zone[i] === at + 1),
    head,
    share: cut.share[at],
    scouted: cut.scouted[at],
  }));
  const further = found.zones.filter(({ head }) => !zone[head]);
  const zones = [...first, ...further.slice(0, bench.zones - first.length)];
  zones.slice(first.length).forEach(({ own }, at) => {
    for (const i of own) zone[i] ||= first.length + at + 1;
  });
  return {
    ...found,
    zone,
    zones,
    heads: zones.map(({ head }) => head),
    share: zones.map(({ share }) => share),
    scouted: zones.map(({ scouted }) => scouted),
    countries: new Map(Object.entries(cut.countries)),
  };
}

/** Whether a setting weighs what the price moves, and the price is another. @param {Setting} setting */
function movedByPrice(setting) {
  if (!turn.priced) return false;
  const leaves = leafWeights(setting.weights, bench.total);
  return PRICED.some(([key]) => leaves[key] > 0);
}

/** Everything that a setting says, of all candidates where that is known. @param {Setting} setting */
export function foundBy(setting) {
  const found = evaluate(bench, setting);
  const view = VIEWS.find((one) => one.cut && same(one, setting));
  return view?.cut && !movedByPrice(setting) ? seenFound(found, view.cut) : found;
}

/** Under the study's own weights the zones are the plan's, which knew every candidate. @returns {Found} */
function ownFound() {
  const { head, share, scouted } = board.own;
  const zone = decoded(board.bench.zone, Int32Array);
  return { ...evaluate(bench, VIEWS[0]), zone, heads: head, share, scouted };
}

/** Criteria that weigh something, in the order of the registry. @param {Found} found */
export const inPlay = (found) => board.criteria.filter(({ key }) => found.leaves[key] > 0);

/**
 * By what a criterion multiplies the odds of a place against the median place, as ln.
 * @param {Found} found
 * @param {Weighed} criterion
 * @param {number} i
 */
const advantage = (found, { key, median }, i) =>
  bench.odds * (found.leaves[key] || 0) * (bench.values[key][i] - median);

/** @param {string} key @param {number} i */
export const rawOf = (key, i) => (Number.isFinite(bench.raw[key][i]) ? bench.raw[key][i] : null);

/**
 * Fill in what the setting says of a place.
 * @param {Site} site
 * @param {number | null} at its position in the list, null outside it
 */
export function dress(site, at) {
  const { found, own, chance, moved, money, priced } = turn;
  const i = site.index;
  const zone = found.zone[i];
  const head = found.heads.indexOf(i);
  const drawn = chance ? chance.heads.indexOf(i) : -1;
  /** @param {{ key: string }} pillar */
  const oddsOf = ({ key }) =>
    sumOf(
      board.criteria
        .filter(({ pillar }) => pillar === key)
        .map((criterion) => advantage(found, criterion, i)),
    );
  Object.assign(site, {
    at,
    rank: head < 0 ? null : head + 1,
    zone,
    before: own.zone[i],
    scouted: zone ? found.scouted[zone - 1] : bench.estate[i] > 0,
    pays: money.pays[i],
    margin: money.margin[i],
    pays_from: bench.pays_from[i],
    odds: data.pillars.map(oddsOf),
    share: shareAt(bench, found, i),
    country_share: found.countries.get(bench.country[i]),
    percentile: found.percentile[i],
    zone_name: board.places.area[zone ? found.heads[zone - 1] : i],
    p_first: null,
    p_top10: null,
    share_low: null,
    share_high: null,
  });
  if (!moved && site.plan) Object.assign(site, site.plan);
  if (!priced && site.today) Object.assign(site, site.today);
  if (chance && drawn >= 0) {
    site.p_first = chance.first[drawn];
    site.p_top10 = chance.ten[drawn];
    site.share_low = chance.low[drawn];
    site.share_high = chance.high[drawn];
  }
  if (found.heads.length < bench.of_ten) site.p_top10 = null; // most are among them, always
  if (found.heads.length < 2) site.p_first = null;
  return site;
}

/** Fill in again what the setting says of a site of the page, wherever it stands. @param {Site} site */
export const dressAgain = (site) => dress(site, sites.includes(site) ? sites.indexOf(site) : null);

/** What only a dossier asks for: criteria with their values, and the estates of the zone. @param {Site} site */
export function tell(site) {
  const { found } = turn;
  const i = site.index;
  site.criteria = inPlay(found).map((one) => ({
    criterion: one.name,
    pillar: one.pillar,
    unit: one.unit,
    raw: rawOf(one.key, i),
    value: bench.values[one.key][i],
    odds: advantage(found, one, i),
    imputed: bench.imputed(bench.criteria.indexOf(one.key), i),
    level: site.levels.get(one.name) || "",
  }));
  site.total = site.criteria.length;
  site.known = site.criteria.filter((row) => !row.imputed).length;
  site.runners_up = estatesBy(site);
}

/** Estates of the zone of a place, or near it where it is in none, by name. @param {Site} site */
function estatesBy({ index: i, zone }) {
  /** @param {number} j */
  const own = (j) =>
    bench.estate[j] && (zone ? turn.found.zone[j] === zone : bench.near[i].includes(j));
  const { name, kind, facts } = board.places;
  return Array.from(name.keys())
    .filter(own)
    .map((j) => ({
      index: j,
      name: name[j],
      kind: kind[j],
      facts: facts[j],
      km_away: distanceKm(bench, i, j),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index));
}

/** Reckon with another price outside China; who is ranked by it follows when ranked anew. @param {number} price */
export function priceAt(price) {
  turn.money = moneyAt(ledger, price);
  turn.priced = price !== ledger.today;
  for (const [key, of, worth] of PRICED) {
    const raw = of(turn.money);
    const own = /** @type {{ values: Float64Array, raw: Float32Array }} */ (asPlanned.get(key));
    bench.values[key] = turn.priced ? raw.map((one) => worth(ledger, one)) : own.values;
    bench.raw[key] = turn.priced ? Float32Array.from(raw) : own.raw;
  }
}

/** Rank by a setting; what shows a rank follows when it is told of. @param {Setting} setting */
export function rankBy(setting) {
  turn.own ||= ownFound();
  turn.setting = setting;
  turn.moved = !isOwn(setting) || movedByPrice(setting);
  turn.found = turn.moved ? foundBy(setting) : turn.own;
  turn.chance = turn.moved || !planChance ? chances(bench, turn.found, SHOWN) : null;
  sites = turn.found.heads.slice(0, SHOWN).map((i, at) => dress(siteAt(i), at));
  if (state.site && !sites.includes(state.site)) dress(state.site, null);
  widen(sites);
}

// ---- zones and words ----

/** @type {ZoneShape[]} */
const planZones = rowsOf(tables.zones)
  .filter((zone) => zone.hull.length)
  .map((zone) => ({
    ...zone,
    hull: decode(zone.hull).map(([x, y]) => /** @type {Place} */ ([y, x])),
  }));
const planUnscouted = rowsOf(tables.unscouted);

/** @returns {ZoneShape[]} */
export function zonesNow() {
  if (!turn.moved) return planZones;
  return sites.map((site, at) => {
    const own = Array.from(turn.found.zones[at].own);
    return {
      name: site.zone_name,
      rank: at + 1,
      sites: Math.round(own.reduce((sum, i) => sum + bench.weight[i], 0)),
      hull: outlineOf(
        own.map((i) => [bench.lat[i], bench.lon[i]]),
        bench.outline_km / bench.earth_km,
      ),
    };
  });
}

/** Zones without a known estate that are in no list, largest share first. @returns {Unscouted[]} */
export function unscoutedNow() {
  if (!turn.moved) return planUnscouted;
  const { heads, share, scouted } = turn.found;
  return heads
    .slice(SHOWN)
    .map((i, k) => ({ i, share: share[k + SHOWN], scouted: scouted[k + SHOWN] }))
    .filter((zone) => !zone.scouted)
    .map((zone) => ({ ...siteAt(zone.i), name: board.places.area[zone.i], share: zone.share }));
}

const COUNTRIES = 5; // named in the answer

const planCountries = rowsOf(tables.countries).map((row) => ({
  code: row.country,
  name: country(row),
  share: row.share,
}));

/** Countries by their chance of the next plant, largest first. @returns {{ code: string, name: string, share: number }[]} */
export function countriesNow() {
  if (!turn.moved) return planCountries;
  const { country: codes, country_name: names } = board.places;
  const nameOf = new Map(
    codes.map((code, i) => [code, country({ country: code, country_name: names[i] })]),
  );
  return [...turn.found.countries]
    .filter(([code]) => code)
    .sort((a, b) => b[1] - a[1])
    .map(([code, share]) => ({ code, name: nameOf.get(code) ?? code, share }));
}

export function answerNow() {
  if (!turn.moved) return data.answer;
  if (!sites.length) return "";
  const [first, ...rest] = sites.slice(0, 3);
  const { name, zone_name: zone } = first;
  const area = zone && zone !== name ? tr("{name} (area of {zone})", { name, zone }) : name;
  const next = rest.map((site) =>
    tr("{place} ({share})", {
      place: facts(site.name, country(site)),
      share: percent(site.share),
    }),
  );
  const lands = countriesNow()
    .slice(0, COUNTRIES)
    .map(({ name: land, share }) => `${land} ${percent(share)}`);
  const places = {
    likeliest: facts(area, country(first)),
    share: percent(first.share),
    chance: CHANCE,
    next: next.join(tr("; ")),
  };
  return sentences(
    next.length
      ? tr(
          "With the weights as turned here, rank 1: {likeliest}: a {share} {chance}; then {next}.",
          places,
        )
      : tr("With the weights as turned here, rank 1: {likeliest}: a {share} {chance}.", places),
    tr("By country: {countries}.", { countries: lands.join(tr(", ")) }),
  );
}

/** The sites that have a badge. */
export const badgedSites = () => {
  const wanted = sites.slice(0, BADGES);
  if (state.site && !wanted.includes(state.site)) wanted.push(state.site);
  return wanted;
};
