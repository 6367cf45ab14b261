// A3 landscape, one page: the box is set in millimetres before the map is drawn for it.
const PAPER = { width: "286mm", height: "240mm" };
let before = null;

function preparePrint() {
  state.printing = true;
  const box = map.getContainer(), seen = map.getBounds();
  before = { centre: map.getCenter(), zoom: map.getZoom() };
  L.Browser.retina = true;
  Object.entries(PAPER).forEach(([side, size]) => box.style.setProperty(side, size, "important"));
  map.invalidateSize({ animate: false, pan: false });
  const bounds = state.site ? reachOf(state.site).pad(0.15) : state.home ? L.latLngBounds(state.home.bounds) : seen;
  map.fitBounds(bounds, {
    animate: false, maxZoom: 6, paddingTopLeft: [296, 0], paddingBottomRight: [state.site ? 390 : 0, 0],
  });
  drawLegend();
}

function restoreScreen() {
  state.printing = false;
  const box = map.getContainer();
  Object.keys(PAPER).forEach((side) => box.style.removeProperty(side));
  map.invalidateSize({ animate: false, pan: false });
  if (before) map.setView(before.centre, before.zoom, { animate: false });
}

window.addEventListener("beforeprint", preparePrint);
window.addEventListener("afterprint", restoreScreen);
$("print").addEventListener("click", () => window.print());
