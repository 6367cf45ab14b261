// What a console or a test may do with the page; docs/map.md describes it.

/** @import { Changes, Setting, Site } from "./model.js" */
import { mark } from "./address.js";
import { evaluated, MOVERS, moversOf } from "./compare.js";
import { board, live, moment, moments } from "./data.js";
import { land, measureNow, passes } from "./land.js";
import { showLayerOf, switches } from "./legend.js";
import { pinAll } from "./pins.js";
import { takePrice } from "./pricing.js";
import { bench, ledger, siteNamed, sites, turn } from "./rank.js";
import { copied, laidOver, VIEWS } from "./setting.js";
import { pick, rerank, state, unpick } from "./state.js";
import { wear } from "./weights.js";

/** Changes to a setting; what cannot be laid over it is thrown. @param {Setting} setting @param {Changes} changes */
function changed(setting, changes) {
  /** @type {string[]} */
  const faults = [];
  const next = laidOver(setting, changes, faults);
  if (faults.length) throw new RangeError(faults.join("; "));
  return next;
}

/** A setting by its name, or changes to the study's own. @param {string | Changes} wanted */
function settingFrom(wanted) {
  if (typeof wanted !== "string") return changed(VIEWS[0], wanted || {});
  const named = VIEWS.find((view) => view.name === wanted);
  if (!named) throw new RangeError(`no setting of the name ${wanted}`);
  return copied(named);
}

function everyPlace() {
  const { order, score, p, zone } = turn.found;
  const { site_id: ids, name, country } = board.places;
  return Array.from(order, (i, at) => ({
    place: at + 1,
    site_id: ids[i],
    name: name[i],
    country: country[i],
    utility: score[i],
    chance: p[i],
    weight: bench.weight[i],
    zone: zone[i],
    margin: turn.money.margin[i],
    pays: turn.money.pays[i],
  }));
}

/** @param {Site} site */
const row = ({ rank, site_id, name, country, share, scouted, lat, lon, ...site }) => {
  const { pays_from, margin, pays } = site;
  return { rank, site_id, name, country, share, scouted, lat, lon, pays_from, margin, pays };
};

const page = {
  /** @param {string} [all] */
  ranking: (all) => (live && all === "places" ? everyPlace() : sites.map(row)),
  /** @param {string | null} id */
  pick(id) {
    const site = siteNamed(id);
    if (site) pick(site);
    else if (id === null) unpick();
    return state.site?.site_id ?? null;
  },
  /** @param {string[]} [ids] */
  pins: (ids) => (ids ? pinAll(ids) : state.pins.map((site) => site.site_id)),
  /** @param {Record<string, boolean>} [wanted] */
  layers(wanted = {}) {
    for (const [key, on] of Object.entries(wanted)) showLayerOf(key, Boolean(on));
    return Object.fromEntries(switches.map((layer) => [layer.key, layer.on]));
  },
  /** Null until the places are there. */
  land() {
    if (!land) return null;
    const passing = passes.reduce((sum, one) => sum + one, 0);
    return { colour: measureNow.key, places: land.count, passing };
  },
  moments: () => moments.map((one) => ({ ...one, shown: one.at === moment })),
};

/** Only where the page can rank by itself. */
const turning = {
  setting: () => copied(turn.setting),
  settings: () => VIEWS.map(({ name }) => name),
  /** @param {Changes["weights"]} weights */
  setWeights(weights) {
    rerank(changed(turn.setting, { weights }));
    return copied(turn.setting);
  },
  /** @param {string} lens */
  setLens(lens) {
    wear(changed(turn.setting, { lens }));
    return copied(turn.setting);
  },
  /** @param {string | Changes} wanted */
  wear(wanted) {
    wear(settingFrom(wanted));
    return copied(turn.setting);
  },
  price: () => turn.money.price,
  /** @param {number} price outside China, USD/t */
  setPrice(price) {
    if (!takePrice(price)) throw new RangeError("no price");
    rerank(turn.setting);
    return turn.money.price;
  },
  reset() {
    takePrice(ledger.today);
    wear(VIEWS[0]);
    return copied(turn.setting);
  },
  link: () => mark(),
  /** @param {string | Changes} a @param {string | Changes} b @param {number} [most] */
  compare(a, b, most = MOVERS) {
    const moves = moversOf(evaluated(settingFrom(a)), evaluated(settingFrom(b)), most);
    const { site_id: ids, name } = board.places;
    return moves.map((move) => ({
      site_id: ids[move.i],
      name: name[move.i],
      rank_a: move.a,
      rank_b: move.b,
      change: move.by,
    }));
  },
};

export const offerConsole = () => {
  Reflect.set(window, "siting", Object.freeze({ ...page, ...(live ? turning : {}) }));
};
