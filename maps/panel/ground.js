// The ground: land, surface or policy as its colour, coasts, borders, names.
map.setMinZoom(1.5).setMaxZoom(9).setMaxBounds([[-65, -200], [86, 200]]);
map.attributionControl.setPrefix(false);
data.attributions.forEach((line) => {
  // Leaflet would parse an attribution as markup, so each is a node of our own
  map.attributionControl.getContainer().append(
    el("bdi", "", (map.attributionControl.getContainer().childNodes.length ? ` ${DOT} ` : "") + line));
});
map.attributionControl._update = () => {};
L.control.scale({ imperial: false, maxWidth: 110, position: "bottomright" }).addTo(map);
L.control.zoom({ position: "bottomright" }).addTo(map);
map.getContainer().setAttribute("role", "region");
map.getContainer().setAttribute("aria-label", "Map; the list beside it holds the same sites");

function pane(name, z) {
  const node = map.createPane(name);
  node.style.zIndex = z;
  node.style.pointerEvents = "none";
  return L.canvas({ pane: name, padding: 0.25 });
}
const onLand = pane("land", 200), onFill = pane("fill", 210), onLine = pane("line", 220);
const onFlow = pane("flow", 250);
Object.assign(map.createPane("names").style, { zIndex: 260, pointerEvents: "none" });
Object.assign(map.createPane("leads").style, { zIndex: 590, pointerEvents: "none" });
// all that can be pointed at shares one canvas: an upper one would swallow the mouse
map.createPane("points").style.zIndex = 400;
const onPoints = L.canvas({ pane: "points", padding: 0.25, tolerance: 3 });

function fixed(shape, renderer, style) {
  return L.geoJSON(shape, {
    pane: renderer.options.pane, renderer, interactive: false, smoothFactor: 0.6, style,
  });
}
const filled = (fillColor) => ({ stroke: false, fill: true, fillColor, fillOpacity: 1 });
const scored = new Set(data.ground.scored);
const land = { true: [], false: [] };
Object.entries(data.ground.countries).forEach(([code, polygons]) => {
  land[scored.has(code)].push(...polygons);
});
const borders = lines(data.ground.borders);
const groundLayer = L.layerGroup([
  fixed(areas(land.true), onLand, filled(colours.land)),
  fixed(areas(land.false), onLand, filled(colours.unscored)),
  fixed(lines(data.ground.coast), onLine, { color: colours.coast, weight: 0.7 }),
  fixed(borders, onLine, { color: "#fff", weight: 2, opacity: 0.75 }),
  fixed(borders, onLine, { color: colours.border, weight: 0.7 }),
]);

const surfaceLayer = L.layerGroup(
  data.surface.map((polygons, k) => fixed(areas(polygons), onFill, filled(SURFACE[k]))));

// ---- screened cells: a picture for afar, a finer one for near ----
const cellPictures = data.cells.map(({ png, bounds: [south, west, north, east], from }) => (
  { from, image: L.imageOverlay(png, [[south, west], [north, east]], { pane: "fill", className: "cells", alt: "" }) }));
const cellLayer = L.layerGroup();
function chooseCells() {
  const chosen = cellPictures.filter(({ from }) => from <= map.getZoom()).pop();
  cellPictures.forEach((one) => (one === chosen ? cellLayer.addLayer(one.image) : cellLayer.removeLayer(one.image)));
}
map.on("zoomend", chooseCells);
if (data.cells.length) chooseCells();

// ---- policy of each country: colour below, an undrawn shape above to point at ----
const hatch = (() => {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = colours.unscored;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colours.grey;
  pen.lineWidth = 1;
  [-4, 4, 12].forEach((x) => { pen.moveTo(x - 6, 10); pen.lineTo(x + 6, -2); });
  pen.stroke();
  return pen.createPattern(tile, "repeat");
})();
const Unseen = L.Polygon.extend({ _updatePath() {} });
const policyClass = (hint) => data.palette.policyBreaks.filter((least) => hint >= least).length - 1;
const policyRows = rowsOf(tables.policy_countries)
  .filter((row) => row.country in data.ground.countries);
const policyFill = (row) =>
  (row.bars ? hatch : row.score_hint === null ? colours.land : POLICY[policyClass(row.score_hint)]);
const countryNames = new Map(rowsOf(tables.sites).concat(rowsOf(tables.barred))
  .map((row) => [row.country, country(row)]));
const regionNames = (() => {
  try { return new Intl.DisplayNames(["en"], { type: "region" }); } catch (error) { return null; }
})();
function countryName(code) {
  if (countryNames.has(code)) return countryNames.get(code);
  try { return (regionNames && regionNames.of(code)) || code; } catch (error) { return code; }
}
function policyTip(row) {
  const verdict = row.bars ? "closed to this investor"
    : row.score_hint === null ? "not judged"
      : `${number(100 * row.score_hint)} of 100, open and with aid being 100`;
  const rest = row.in_force - row.instruments.length;
  return tip(countryName(row.country), [
    `Policy for this investor: ${verdict}`,
    ...row.instruments.map((line) => `${DASH} ${line}`),
    rest > 0 ? `and ${number(rest)} more in force` : null,
  ]);
}
const policyHits = L.layerGroup(policyRows.map((row) => new Unseen(
  data.ground.countries[row.country].map((rings) => rings.map((ring) =>
    decode(ring).map(([x, y]) => [y, x]))),
  { pane: "points", renderer: onPoints, stroke: false, fill: true, smoothFactor: 2 },
).bindTooltip(() => policyTip(row), { sticky: true, opacity: 1 })));
const policyLayer = L.layerGroup([
  ...policyRows.map((row) =>
    fixed(areas(data.ground.countries[row.country]), onFill, filled(policyFill(row)))),
  policyHits,
]);

// ---- a canvas of our own in a pane, painted anew when the view settles ----
const Sketch = L.Layer.extend({
  initialize(name, paint) { this.paneName = name; this.paint = paint; },
  onAdd(m) {
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", m.getPane(this.paneName));
    this.draw();
  },
  onRemove() { this.canvas.remove(); },
  draw() {
    const size = map.getSize(), sharp = Math.max(2, window.devicePixelRatio || 1);
    const pen = this.canvas.getContext("2d"), wide = Math.round(size.x * sharp), high = Math.round(size.y * sharp);
    if (this.canvas.width !== wide || this.canvas.height !== high) { // a new size costs a new canvas
      Object.assign(this.canvas, { width: wide, height: high });
      Object.assign(this.canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    }
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, size.x, size.y);
    this.paint(pen, size);
  },
});

// ---- names: one canvas, greedy, never over a badge or a large circle ----
let taken = [], specks = []; // boxes that a name must not cover; small marks that it would rather not
const labels = data.ground.labels.map(([name, lon, lat, zoom, kind]) =>
  ({ name, lon, lat, zoom, kind: kind ? "sea" : "country" }));
const LETTERS = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
const HAND = {
  zone: { font: "600 11.5px", ink: colours.navy, halo: "rgba(240,243,242,.9)" },
  sea: { font: "italic 11.5px", ink: colours.seaname, halo: "rgba(245,249,251,.9)" },
  country: { font: "11px", ink: colours.countryname, halo: "rgba(240,243,242,.85)" },
  large: { font: "12px", ink: colours.countryname, halo: "rgba(240,243,242,.85)" },
};
function paintNames(pen, size) {
  const zoom = map.getZoom();
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 });
  const used = taken.slice();
  labels.forEach((label) => {
    if (zoom < label.zoom - 0.5) return;
    if (label.kind === "zone" && !map.hasLayer(zoneLayer)) return;
    const p = map.latLngToContainerPoint([label.lat, label.lon]);
    if (p.x < -20 || p.y < -20 || p.x > size.x + 20 || p.y > size.y + 20) return;
    const large = label.kind === "country" && label.zoom <= zoom - 1;
    const hand = HAND[large ? "large" : label.kind];
    pen.font = `${hand.font} ${LETTERS}`;
    const half = pen.measureText(label.name).width / 2 + 3;
    const free = (y, boxes) => boxes.every((u) =>
      p.x - half >= u[2] || p.x + half <= u[0] || y - 8 >= u[3] || y + 8 <= u[1]);
    const rows = [0, -13, 13, -26, 26].map((by) => p.y + by).filter((y) => free(y, used));
    if (!rows.length || (label.kind === "zone" && rows[0] !== p.y)) return;
    const row = rows.find((y) => free(y, specks)) || rows[0];
    used.push([p.x - half, row - 8, p.x + half, row + 8]);
    pen.strokeStyle = hand.halo;
    pen.strokeText(label.name, p.x, row);
    pen.fillStyle = hand.ink;
    pen.fillText(label.name, p.x, row);
  });
}
const nameLayer = new Sketch("names", paintNames);
