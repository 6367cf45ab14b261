// Plants, clusters, zones, barred places: one layer a theme, one tooltip function a layer.

/** @import { AutomakerRow, ClusterRow, GigafactoryRow, Key, RivalRow } from "./payload.js" */
/** @import { Look, ZoneShape } from "./model.js" */
import {
  barred,
  CARS,
  colours,
  country,
  countryName,
  HOMES,
  rowsOf,
  STATUS,
  tables,
  where,
} from "./data.js";
import { tip } from "./dom.js";
import { ngettext, tr } from "./language.js";
import {
  circle,
  fillGroup,
  groupOf,
  isShown,
  outline,
  pointLayer,
  sink,
  unseenArea,
  unseenCircle,
} from "./map.js";
import { nameZoneLabels } from "./names.js";
import { sites } from "./rank.js";
import { CHANCE, facts, number, percent, rounded } from "./words.js";

// ---- gigafactories: area = GWh, fill = status, outline = home of the owner ----

/** @param {Record<string, Key>} keys @param {string} key @param {Key} other */
function keyOf(keys, key, other) {
  const [words, colour] = Object.hasOwn(keys, key) ? keys[key] : other;
  return /** @type {Key} */ ([tr(words), colour]);
}
/** @param {{ status: string }} row */
export const statusOf = (row) => keyOf(STATUS, row.status, [row.status, null]);
/** @param {GigafactoryRow} row */
const homeOf = (row) => keyOf(HOMES, row.owner_hq_country, HOMES[""]);
/** @param {number | null} gwh */
export const radiusOf = (gwh) => Math.max(2.6, 1.75 * Math.sqrt(gwh || 0));
/** @param {{ owner: string, owner_hq_country: string }} row */
const owned = ({ owner, owner_hq_country: home }) =>
  home
    ? tr("Owner: {owner} ({country})", { owner, country: home })
    : tr("Owner: {owner}", { owner });
/** A colour of the palette; only a status has none. @param {string | null} colour */
const solid = (colour) => colour ?? colours.panel;

/** @param {GigafactoryRow} row @returns {Look} */
function gigafactoryLook(row) {
  const fill = statusOf(row)[1];
  const radius = radiusOf(row.capacity_gwh);
  if (fill)
    return { radius, fillColor: fill, color: solid(homeOf(row)[1]), weight: 1.7, casing: true };
  const hollow = { fillColor: colours.panel, fillOpacity: 0.25, dashArray: "2 2.5" };
  return { radius, ...hollow, color: colours.grey, weight: 1.1 };
}
/** @param {GigafactoryRow} row */
const gigafactoryTip = (row) =>
  tip(row.name, [
    tr("Gigafactory in {country}, {status}", {
      country: countryName(row.country),
      status: statusOf(row)[0].toLowerCase(),
    }),
    row.capacity_gwh === null
      ? tr("Capacity unknown")
      : tr("{gwh} GWh a year", { gwh: rounded(row.capacity_gwh) }),
    row.anode_kt ? tr("Counts as {kt} kt of anode a year", { kt: number(row.anode_kt, 1) }) : null,
    owned(row),
    row.chemistry ? tr("Chemistry: {chemistry}", { chemistry: tr(row.chemistry) }) : null,
  ]);
// the largest first, so that the small are drawn over them
export const gigafactories = rowsOf(tables.gigafactories).sort(
  (a, b) => (b.capacity_gwh || 0) - (a.capacity_gwh || 0),
);
export const gigafactoryLayer = pointLayer(gigafactories, gigafactoryLook, gigafactoryTip);

// ---- car plants, rivals, barred places ----

/** @param {AutomakerRow} row */
export const carOf = (row) => keyOf(CARS, row.ev_status, CARS.ice);
/** @param {AutomakerRow} row @returns {Look} */
const carLook = (row) => ({
  shape: "square",
  radius: 2.7,
  fillColor: solid(carOf(row)[1]),
  color: solid(CARS.ev[1]),
  weight: 1,
});
/** @param {AutomakerRow} row */
export const carsText = ({ vehicles }) =>
  vehicles === null ? null : tr("{count} cars a year", { count: number(vehicles) });
/** @param {AutomakerRow} row */
const carTip = (row) =>
  tip(row.name, [
    tr("Car plant in {country}: {builds}", {
      country: countryName(row.country),
      builds: carOf(row)[0],
    }),
    carsText(row),
    row.owner_group,
  ]);
export const automakers = rowsOf(tables.automakers);
export const carLayer = pointLayer(automakers, carLook, carTip);

/** @param {RivalRow} row @returns {Look} */
const rivalLook = (row) => ({
  shape: "diamond",
  radius: 4,
  color: colours.ink,
  weight: 1.4,
  casing: true,
  fillColor: row.status === "operating" ? colours.ink : colours.panel,
  fillOpacity: 1,
});
/** @param {RivalRow} row */
export const capacityOf = (row) =>
  row.ktpa === null ? tr("capacity unknown") : tr("{kt} kt a year", { kt: rounded(row.ktpa) });
/** @param {RivalRow} row */
function rivalTip(row) {
  const capacity = capacityOf(row);
  return tip(row.name, [
    tr("Rival anode plant in {country}, {status}", {
      country: countryName(row.country),
      status: statusOf(row)[0].toLowerCase(),
    }),
    facts(tr(row.product), capacity),
    owned(row),
  ]);
}
export const rivals = rowsOf(tables.rivals).filter((row) => row.status !== "cancelled");
export const rivalLayer = pointLayer(rivals, rivalLook, rivalTip);

/** @returns {Look} */
const barredLook = () => ({
  shape: "cross",
  radius: 4,
  fill: false,
  color: colours.barred,
  weight: 1.8,
  casing: true,
});
export const barredLayer = pointLayer(barred, barredLook, (row) =>
  tip(row.name, [country(row), tr("Excluded: {rule}", { rule: tr(row.rule) })]),
);

// ---- what lies under the points: drawn on the flow canvas, pointed at by an undrawn shape ----

const LEAST_CLUSTER_KM = 40;
/** @param {ClusterRow} row */
const clusterTip = (row) =>
  tip(row.name, [
    tr("Demand cluster: {kt} kt of anode a year", {
      kt: number(row.kt, row.kt < 10 ? 1 : 0),
    }),
    ngettext(
      "{n} gigafactory, {gwh} GWh a year",
      "{n} gigafactories, {gwh} GWh a year",
      row.plants,
      { n: number(row.plants), gwh: number(row.gwh) },
    ),
  ]);
/** @param {ClusterRow} row metres */
const clusterRadius = (row) => 1000 * Math.max(LEAST_CLUSTER_KM, row.radius_km + 15);
const AMBER = {
  color: colours.cluster,
  weight: 1.3,
  fillColor: solid(STATUS.operating[1]),
  fillOpacity: 0.1,
};
const clusters = rowsOf(tables.clusters);
export const clusterLayer = groupOf([
  groupOf(
    clusters.map((row) => unseenCircle(where(row), clusterRadius(row), () => clusterTip(row))),
  ),
  ...clusters.map((row) => circle(where(row), clusterRadius(row), AMBER)),
]);

// ---- siting zones ----

const zoneShapes = groupOf();
const zoneHits = groupOf();
export const zoneLayer = groupOf([zoneShapes, zoneHits]);
const DASHED = {
  color: colours.navy,
  weight: 1.6,
  dashArray: "6 4",
  fillColor: colours.navy,
  fillOpacity: 0.05,
};

/** The outlines, at once with every turn of a weight. @param {ZoneShape[]} zones */
export function drawZones(zones) {
  fillGroup(
    zoneShapes,
    zones.map((zone) => outline(zone.hull, DASHED)),
  );
}

/** @param {ZoneShape} zone */
function zoneTip(zone) {
  const share = percent(sites[zone.rank - 1]?.share);
  const words = ngettext(
    "Zone {rank}: {n} place, {chance} {share}",
    "Zone {rank}: {n} places, {chance} {share}",
    zone.sites,
    { rank: number(zone.rank), n: number(zone.sites), chance: CHANCE, share },
  );
  return tip(zone.name, [words]);
}

/**
 * Their names and what can be pointed at: all points are drawn anew for it, so when the hand rests.
 * @param {ZoneShape[]} zones
 */
export function nameZones(zones) {
  const labels = zones.map((zone) => {
    const [lat, lon] = zone.hull.reduce((a, b) => (b[0] > a[0] ? b : a));
    return { name: zone.name, lat: lat + 0.1, lon, zoom: 6, kind: /** @type {const} */ ("zone") };
  });
  nameZoneLabels(labels.reverse(), () => isShown(zoneLayer));
  fillGroup(
    zoneHits,
    zones.map((zone) => unseenArea(zone.hull, () => zoneTip(zone))),
  );
  // below the points again, or the new shapes would swallow the mouse
  if (isShown(zoneHits)) sink(zoneHits);
}
