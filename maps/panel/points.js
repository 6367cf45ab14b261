// Plants, clusters, zones, barred places: one layer a theme, one tooltip function a layer.
const zoomFactor = () => Math.max(0.4, Math.min(1.4, 0.42 + 0.195 * (map.getZoom() - 2)));

// A mark on the shared canvas: its own outline, a white casing under it, a radius that follows zoom.
const OUTLINES = {
  disc: (pen, p, r) => pen.arc(p.x, p.y, r, 0, 2 * Math.PI),
  square: (pen, p, r) => pen.rect(p.x - r, p.y - r, 2 * r, 2 * r),
  diamond(pen, p, r) {
    const a = 1.35 * r;
    pen.moveTo(p.x, p.y - a); pen.lineTo(p.x + a, p.y); pen.lineTo(p.x, p.y + a); pen.lineTo(p.x - a, p.y);
    pen.closePath();
  },
  cross(pen, p, r) {
    pen.moveTo(p.x - r, p.y - r); pen.lineTo(p.x + r, p.y + r);
    pen.moveTo(p.x + r, p.y - r); pen.lineTo(p.x - r, p.y + r);
  },
};
const Mark = L.CircleMarker.extend({
  _updatePath() {
    const canvas = this._renderer;
    if (!canvas._drawing || this._empty()) return;
    const pen = canvas._ctx, outline = OUTLINES[this.options.shape];
    if (this.options.casing) {
      pen.beginPath();
      outline(pen, this._point, this._radius + (this.options.shape === "cross" ? 0 : 2));
      pen.globalAlpha = 0.9;
      if (this.options.shape === "cross") {
        Object.assign(pen, { lineWidth: 4.5, strokeStyle: "#fff" });
        pen.stroke();
      } else {
        pen.fillStyle = "#fff";
        pen.fill();
      }
      pen.globalAlpha = 1;
    }
    pen.beginPath();
    outline(pen, this._point, this._radius);
    canvas._fillStroke(pen, this);
  },
});

function pointLayer(rows, style, details) {
  return L.geoJSON(rows.map((row) => feature("Point", [row.lon, row.lat], row)), {
    pointToLayer(point, place) {
      const look = style(point.properties);
      return new Mark(place, {
        pane: "points", renderer: onPoints, shape: "disc", fill: true, fillOpacity: 0.95,
        ...look, base: look.radius, radius: look.radius * zoomFactor(),
      });
    },
  }).bindTooltip((mark) => tip(mark.feature.properties.name, details(mark.feature.properties)),
    { sticky: true, opacity: 1 });
}

// ---- gigafactories: area = GWh, fill = status, outline = home of the owner ----
const { status: STATUS, homes: HOMES, cars: CARS } = data.palette;
const statusOf = (row) => (Object.hasOwn(STATUS, row.status) ? STATUS[row.status] : [row.status, null]);
const homeOf = (row) => HOMES[Object.hasOwn(HOMES, row.owner_hq_country) ? row.owner_hq_country : ""];
const radiusOf = (gwh) => Math.max(2.6, 1.75 * Math.sqrt(gwh || 0));
const owned = (row) => `Owner: ${row.owner}${row.owner_hq_country ? ` (${row.owner_hq_country})` : ""}`;
const gigafactories = rowsOf(tables.gigafactories).sort((a, b) => (b.gwh_2030 || 0) - (a.gwh_2030 || 0));
const gigafactoryLayer = pointLayer(gigafactories, (row) => {
  const fill = statusOf(row)[1];
  return fill
    ? { radius: radiusOf(row.gwh_2030), fillColor: fill, color: homeOf(row)[1], weight: 1.7, casing: true }
    : { radius: radiusOf(row.gwh_2030), fillColor: "#fff", fillOpacity: 0.25, color: colours.grey, weight: 1.1, dashArray: "2 2.5" };
}, (row) => [
  `Gigafactory in ${countryName(row.country)}, ${statusOf(row)[0].toLowerCase()}`,
  row.gwh_2030 === null ? "Capacity unknown" : `${rounded(row.gwh_2030)} GWh a year`,
  row.anode_kt ? `Counts as ${number(row.anode_kt, 1)} kt of anode a year` : null,
  owned(row),
  row.chemistry ? `Chemistry: ${row.chemistry}` : null,
]);

const carLayer = pointLayer(rowsOf(tables.automakers), (row) => {
  const look = Object.hasOwn(CARS, row.ev_status) ? CARS[row.ev_status] : CARS.ice;
  return { shape: "square", radius: 2.7, fillColor: look[1], color: CARS.ev[1], weight: 1 };
}, (row) => [
  `Car plant in ${countryName(row.country)}: ${(Object.hasOwn(CARS, row.ev_status) ? CARS[row.ev_status] : CARS.ice)[0]}`,
  row.vehicles === null ? null : `${number(row.vehicles)} cars a year`,
  row.owner_group,
]);

const rivals = rowsOf(tables.rivals).filter((row) => row.status !== "cancelled");
const rivalLayer = pointLayer(rivals, (row) => ({
  shape: "diamond", radius: 4, color: colours.ink, weight: 1.4, casing: true,
  fillColor: row.status === "operating" ? colours.ink : "#fff", fillOpacity: 1,
}), (row) => [
  `Rival anode plant in ${countryName(row.country)}, ${statusOf(row)[0].toLowerCase()}`,
  `${row.product ? `${row.product}, ` : ""}${row.ktpa === null ? "capacity unknown" : `${rounded(row.ktpa)} kt a year`}`,
  owned(row),
]);

const unscouted = rowsOf(tables.unscouted);
const barred = rowsOf(tables.barred);
const barredLayer = pointLayer(barred, () => ({
  shape: "cross", radius: 4, fill: false, color: colours.barred, weight: 1.8, casing: true,
}), (row) => [country(row), `Excluded: ${row.rule}`]);

// ---- what lies under the points: drawn on the flow canvas, pointed at by an undrawn shape ----
const LEAST_CLUSTER_KM = 40;
const clusters = rowsOf(tables.clusters);
function clusterTip(row) {
  return tip(row.name, [
    `Demand cluster: ${number(row.kt, row.kt < 10 ? 1 : 0)} kt of anode a year`,
    `${plural(row.plants, "gigafactory", "gigafactories")}, ${number(row.gwh)} GWh a year`,
  ]);
}
const UnseenCircle = L.Circle.extend({ _updatePath() {} });
const clusterHits = L.layerGroup();
const clusterLayer = L.layerGroup([clusterHits]);
clusters.forEach((row) => {
  const radius = 1000 * Math.max(LEAST_CLUSTER_KM, row.radius_km + 15);
  clusterLayer.addLayer(L.circle(where(row), {
    pane: "flow", renderer: onFlow, interactive: false, radius, color: colours.cluster,
    weight: 1.3, fill: true, fillColor: "#E08A00", fillOpacity: 0.1,
  }));
  clusterHits.addLayer(new UnseenCircle(where(row), {
    pane: "points", renderer: onPoints, radius, stroke: false, fill: true,
  }).bindTooltip(() => clusterTip(row), { sticky: true, opacity: 1 }));
});

const planZones = rowsOf(tables.zones).filter((zone) => zone.hull.length)
  .map((zone) => ({ ...zone, hull: decode(zone.hull).map(([x, y]) => [y, x]) }));
const zoneShapes = L.layerGroup(), zoneHits = L.layerGroup();
const zoneLayer = L.layerGroup([zoneShapes, zoneHits]);
const ofZones = (label) => label.kind === "zone";

// The outlines, at once with every turn of a weight.
function drawZones(zones) {
  zoneShapes.clearLayers();
  zones.forEach((zone) => zoneShapes.addLayer(L.polygon(zone.hull, {
    pane: "flow", renderer: onFlow, interactive: false, color: colours.navy, weight: 1.6,
    dashArray: "6 4", fill: true, fillColor: colours.navy, fillOpacity: 0.05,
  })));
}

// Their names and what can be pointed at: all points are drawn anew for it, so when the hand rests.
function nameZones(zones) {
  zoneHits.clearLayers();
  labels.splice(0, labels.filter(ofZones).length);
  zones.forEach((zone) => {
    const top = zone.hull.reduce((a, b) => (b[0] > a[0] ? b : a));
    labels.unshift({ name: zone.name, lat: top[0] + 0.1, lon: top[1], zoom: 6, kind: "zone" });
    zoneHits.addLayer(new Unseen(zone.hull, { pane: "points", renderer: onPoints, stroke: false, fill: true })
      .bindTooltip(() => tip(zone.name, [
        `Siting zone ${number(zone.rank)}: ${plural(zone.sites, "place")}, ${percent((sites[zone.rank - 1] || {}).share)} of the chances`,
      ]), { sticky: true, opacity: 1 }));
  });
  // below the points again, or the new shapes would swallow the mouse
  if (map.hasLayer(zoneHits)) zoneHits.eachLayer((shape) => shape.bringToBack());
}

map.on("zoomend", () => {
  const factor = zoomFactor();
  [gigafactoryLayer, carLayer, rivalLayer, barredLayer, furtherLayer].forEach((layer) =>
    layer.eachLayer((mark) => mark.setRadius(mark.options.base * factor)));
});

// A layer switched on again would lie on top: put all back in one order, the smaller marks last.
function sortMarks() {
  const raise = (mark) => {
    if (mark.eachLayer) mark.eachLayer(raise); else if (mark.bringToFront && map.hasLayer(mark)) mark.bringToFront();
  };
  [policyHits, clusterLayer, zoneLayer, flowLayer, carLayer, gigafactoryLayer, rivalLayer, barredLayer,
    furtherLayer].forEach(raise);
}
