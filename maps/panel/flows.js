// Freight from the chosen site: curves that say who is served and how much, not by which way.
const FLOWS = 8;
const flowLayer = L.layerGroup();
const flowWidth = (kt) => Math.min(14, 1.4 + 0.42 * (kt || 0));

// Three points and one quadratic curve; many short pieces would wobble on whole pixels.
const Curve = L.Polyline.extend({
  _updatePath() {
    const canvas = this._renderer, bend = this._rings && this._rings[0];
    if (!canvas._drawing || !bend || bend.length < 3) return;
    const pen = canvas._ctx;
    pen.beginPath();
    pen.moveTo(bend[0].x, bend[0].y);
    pen.quadraticCurveTo(bend[1].x, bend[1].y, bend[2].x, bend[2].y);
    canvas._fillStroke(pen, this);
  },
});

function curve(from, to) {
  const a = map.project(from, 5), b = map.project(to, 5);
  const lift = b.x < a.x ? -0.16 : 0.16;
  const crest = L.point((a.x + b.x) / 2 - (b.y - a.y) * lift, (a.y + b.y) / 2 + (b.x - a.x) * lift);
  return [from, map.unproject(crest, 5), to];
}

function drawFlows(site) {
  flowLayer.clearLayers();
  if (!site) return;
  const common = { pane: "flow", renderer: onFlow, interactive: false };
  site.customers.slice(0, FLOWS).forEach((customer) => {
    const way = curve(where(site), where(customer)), weight = flowWidth(customer.kt);
    const line = { ...common, fill: false, noClip: true };
    flowLayer.addLayer(new Curve(way, { ...line, color: "#fff", weight: weight + 2.4, opacity: 0.8 }));
    flowLayer.addLayer(new Curve(way, { ...line, color: colours.navy, weight, opacity: 0.85 }));
    flowLayer.addLayer(L.circleMarker(where(customer), {
      ...common, radius: weight / 2 + 2.2, color: "#fff", weight: 1, fill: true,
      fillColor: colours.navy, fillOpacity: 1,
    }));
  });
}
