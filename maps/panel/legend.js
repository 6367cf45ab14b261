// Legend and layer switch in one: a key is shown only while its layer is drawn.
function keys(list, width = 224) {
  const picture = svg("svg", { width, height: list.length * 17 + 2, "aria-hidden": "true" });
  list.forEach(([mark, words], k) => {
    mark(picture, 9 + 17 * k);
    add(picture, svg("text", { x: 26, y: 13 + 17 * k }, words));
  });
  return picture;
}
const draws = (tag, look) => (picture, y) => add(picture, svg(tag, look(y)));
const disc = (look) => draws("circle", (y) => ({ cx: 9, cy: y, r: 5.5, ...look }));
const diamond = (fill) => draws("path", (y) =>
  ({ d: `M9 ${y - 6}l6 6-6 6-6-6z`, fill, stroke: colours.ink, "stroke-width": 1.4 }));
const square = (fill) => draws("rect", (y) =>
  ({ x: 5, y: y - 4, width: 8, height: 8, fill, stroke: CARS.ev[1] }));
const stroke = (weight) => draws("line", (y) =>
  ({ x1: 0, x2: 20, y1: y, y2: y, stroke: colours.navy, "stroke-width": weight }));

function siteKey() {
  const list = [
    [disc({ fill: colours.navy, stroke: "#fff" }), `rank 1 to ${FIRST}`],
    [disc({ fill: "#fff", stroke: colours.navy, "stroke-width": 1.5 }), `rank ${FIRST + 1} to ${BADGES} (numbered when closer)`],
    [(picture, y) => add(picture, svg("line", { x1: 3, x2: 16, y1: y, y2: y, stroke: colours.navy }),
      svg("circle", { cx: 3, cy: y, r: 2.5, fill: colours.navy })), "line to the true place"],
  ];
  if (sites.length > BADGES) {
    list.push([disc({ r: 3, fill: "#fff", stroke: colours.navy }), `rank ${BADGES + 1} to ${sites.length}`]);
  }
  return keys(list, 240);
}

function flowKey() {
  if (!state.site) return el("span", "", "Choose a site to see whom it serves.");
  const box = el("div");
  return add(box, keys([[stroke(flowWidth(2)), "2 kt a year"], [stroke(flowWidth(20)), "20 kt a year"]]),
    el("span", "", "Curves say who is served, not the route."));
}

function gigafactoryKey() {
  const box = el("div"), factor = zoomFactor(), tall = radiusOf(100) * factor;
  const sizes = svg("svg", { width: 232, height: Math.max(22, 2 * tall + 4), "aria-hidden": "true" });
  let x = 1;
  [10, 40, 100].forEach((gwh) => {
    const r = radiusOf(gwh) * factor;
    add(sizes, svg("circle", { cx: x + r, cy: Math.max(11, tall + 2), r, fill: "none", stroke: colours.ink2, "stroke-width": 1.2 }));
    add(sizes, svg("text", { x: x + 2 * r + 4, y: Math.max(15, tall + 6) }, gwh === 100 ? "100 GWh a year" : gwh));
    x += 2 * r + 26;
  });
  const two = svg("svg", { width: 240, height: 88, "aria-hidden": "true" });
  add(two, svg("text", { x: 2, y: 11 }, "Fill: status"), svg("text", { x: 138, y: 11 }, "Outline: owner"));
  const fills = Object.values(STATUS).filter(([, fill]) => fill).concat([["Paused or cancelled", null]]);
  fills.forEach(([words, fill], k) => {
    add(two, svg("circle", {
      cx: 8, cy: 26 + 17 * k, r: 5.5, fill: fill || "#fff", stroke: fill ? colours.ink : colours.grey,
      "stroke-width": 1.2, "stroke-dasharray": fill ? "none" : "2 2",
    }), svg("text", { x: 20, y: 30 + 17 * k }, words));
  });
  Object.values(HOMES).forEach(([words, colour], k) => {
    add(two, svg("circle", { cx: 144, cy: 26 + 17 * k, r: 5.5, fill: "#fff", stroke: colour, "stroke-width": 2.4 }),
      svg("text", { x: 156, y: 30 + 17 * k }, words));
  });
  return add(box, sizes, two);
}

function ramp(fills, marks, unit) {
  const picture = svg("svg", { width: 236, height: 30, "aria-hidden": "true" });
  fills.forEach((fill, k) => add(picture, svg("rect", { x: 38 * k, y: 2, width: 37, height: 11, fill })));
  marks.forEach(([k, words, anchor]) => add(picture, svg("text", { x: 38 * k, y: 26, "text-anchor": anchor || "middle" }, words)));
  return add(picture, svg("text", { x: 38 * fills.length + 4, y: 12 }, unit));
}

function surfaceKey() {
  const box = el("div");
  return add(box, ramp(SURFACE, data.breaks.map((least, k) => [k, rounded(least), k ? "middle" : "start"]), "kt/yr"),
    el("span", "", "Anode demand within freight reach: each customer counts less the dearer its freight. "
      + `Hexagons of about 12${THIN}000 km\u00B2.`));
}

function cellKey() {
  const marks = data.palette.cellShares.slice(0, -1).map((share, k) => [k + 1, `${100 * share}${THIN}%`]);
  return add(el("div"), ramp(data.palette.cells, [[0, "best", "start"], ...marks, [5, "rest", "end"]], ""),
    el("span", "", "Every hexagon of the land by its rank; seen from afar, the best that lies below. "
      + "What no plant could use is left blank."));
}

function policyKey() {
  const box = el("div"), list = [];
  if (policyRows.some((row) => row.bars)) {
    list.push([(picture, y) => add(picture,
      svg("rect", { x: 0, y: y - 6, width: 20, height: 12, fill: colours.unscored, stroke: colours.coast }),
      ...[3, 9, 15].map((x) => svg("line", { x1: x, y1: y + 6, x2: x + 5, y2: y - 6, stroke: colours.grey }))),
    "closed to this investor"]);
  }
  list.push([draws("rect", (y) => ({ x: 0, y: y - 6, width: 20, height: 12, fill: colours.land, stroke: colours.coast })), "no rule in the catalogue"]);
  return add(box, ramp(POLICY, [[0, "shut", "start"], [5, "open, with aid", "end"]], ""), keys(list));
}

const blank = () => null;
const LAYERS = [
  ["Our choice", [
    { key: "sites", name: "Ranked sites", layer: siteLayer, on: true, draw: siteKey },
    { key: "freight", name: "Freight from the chosen site", layer: flowLayer, on: true, draw: flowKey },
    { key: "zones", name: "Siting zones", layer: zoneLayer, on: true, draw: () => keys([[draws("rect", (y) => ({
      x: 0, y: y - 6, width: 20, height: 12, rx: 5, fill: colours.navy, "fill-opacity": 0.06,
      stroke: colours.navy, "stroke-width": 1.5, "stroke-dasharray": "5 3" })), "places that are one choice"]]) },
    { key: "barred", name: "Excluded estates", layer: barredLayer, on: false, none: !barred.length,
      draw: () => keys([[draws("path", (y) => ({ d: `M5 ${y - 4}l8 8m0-8l-8 8`, stroke: colours.barred, "stroke-width": 1.8 })), "excluded by a rule, not ranked"]]) },
  ]],
  ["Customers", [
    { key: "gigafactories", name: "Gigafactories", layer: gigafactoryLayer, on: true, draw: gigafactoryKey },
    { key: "clusters", name: "Demand clusters", layer: clusterLayer, on: false, draw: () => keys([[draws("circle", (y) => ({
      cx: 9, cy: y, r: 6.5, fill: "#E08A00", "fill-opacity": 0.12, stroke: colours.cluster, "stroke-width": 1.3 })), "gigafactories within a day's drive"]]) },
    { key: "cars", name: "Car plants", layer: carLayer, on: false, draw: () => keys(Object.values(CARS).map(([words, fill]) => [square(fill), words])) },
  ]],
  ["Competition", [
    { key: "rivals", name: "Rival anode plants", layer: rivalLayer, on: true, draw: () => keys([
      [diamond(colours.ink), "operating"], [diamond("#fff"), "planned, being built or paused"]]) },
  ]],
  ["Colour of the land", [
    { key: "cells", name: "Screened land", layer: cellLayer, on: data.cells.length > 0, none: !data.cells.length, ground: true, draw: cellKey },
    { key: "demand", name: "Demand within freight reach", layer: surfaceLayer, on: !data.cells.length, ground: true, draw: surfaceKey },
    { key: "policy", name: "Policy for this investor", layer: policyLayer, on: false, ground: true, draw: policyKey },
    { key: "plain", name: "Plain", layer: L.layerGroup(), on: false, ground: true, draw: blank },
  ]],
  ["Names", [
    { key: "names", name: "Country and sea names", layer: nameLayer, on: true, draw: blank },
  ]],
].map(([name, layers]) => [name, layers.filter((layer) => !layer.none)]);
const allLayers = LAYERS.flatMap(([, layers]) => layers);

// Switch a layer; of the colours of the land one is on at a time.
function show(key, on) {
  const chosen = allLayers.find((layer) => layer.key === key);
  if (!chosen || chosen.on === on || (chosen.ground && !on)) return;
  if (chosen.ground) allLayers.filter((layer) => layer.ground && layer.on).forEach(drop);
  chosen.on = on;
  if (on) chosen.layer.addTo(map); else chosen.layer.remove();
  sortMarks();
  placeBadges();
  drawLegend();
}

function drop(layer) {
  layer.on = false;
  layer.layer.remove();
}

function layerSwitch(layer) {
  const box = el("div", `layer${layer.on ? "" : " off"}`), label = el("label"), input = el("input");
  input.type = layer.ground ? "radio" : "checkbox";
  if (layer.ground) input.name = "ground";
  input.checked = layer.on;
  input.id = `layer-${layer.key}`;
  input.addEventListener("change", () => { show(layer.key, input.checked); $(input.id).focus(); });
  add(box, add(label, input, layer.name));
  box.classList.toggle("idle", layer.key === "freight" && !state.site); // nothing of it on paper
  const key = layer.on ? layer.draw() : null;
  if (key) add(box, add(el("div", "key"), key));
  return box;
}

function drawLegend() {
  const body = $("legendbody"), at = body.scrollTop;
  const groups = LAYERS.map(([name, layers]) => {
    const group = el("fieldset", `group${layers.some((layer) => layer.on) ? "" : " off"}`);
    return add(group, el("legend", "", name), ...layers.map(layerSwitch));
  });
  const foot = el("div", "key foot");
  add(foot, keys([[draws("rect", (y) => ({ x: 0, y: y - 6, width: 20, height: 12, fill: colours.unscored, stroke: colours.coast })), "no candidate in this study"]]),
    el("span", "", `As known on ${data.as_of}. Web Mercator: the scale holds at the middle of the map.`));
  body.replaceChildren(...groups, foot);
  body.scrollTop = at;
}

function foldLegend(shut) {
  $("legend").classList.toggle("shut", shut);
  $("legendtoggle").setAttribute("aria-expanded", String(!shut));
  $("legendarrow").textContent = shut ? "\u25B8" : "\u25BE";
  if (map.hasLayer(nameLayer)) placeBadges(); // names keep clear of it
}

// On a phone the legend is a tab of the sheet.
function dockLegend() {
  const legend = $("legend");
  if (phone.matches) {
    document.querySelector(".side").append(legend);
    legend.classList.remove("over");
  } else {
    $("outside").before(legend);
    legend.classList.add("over");
  }
  map.invalidateSize({ animate: false });
}

function showTab(key) {
  document.querySelector(".side").dataset.tab = key;
  document.querySelectorAll(".tabs [data-tab]").forEach((tab) =>
    tab.setAttribute("aria-selected", String(tab.dataset.tab === key)));
}

function buildSheet() {
  $("legendtoggle").addEventListener("click", () => foldLegend(!$("legend").classList.contains("shut")));
  document.querySelectorAll(".tabs [data-tab]").forEach((tab) => tab.addEventListener("click", () => showTab(tab.dataset.tab)));
  $("grow").addEventListener("click", () => {
    const full = document.body.classList.toggle("full");
    $("grow").setAttribute("aria-expanded", String(full));
    $("grow").setAttribute("aria-label", full ? "Shrink the sheet" : "Enlarge the sheet");
    $("grow").textContent = full ? "\u25BC" : "\u25B2";
    map.invalidateSize({ animate: false });
  });
  phone.addEventListener("change", dockLegend);
  map.on("zoomend", drawLegend);
}
