// A light map to click on: the outlines of countries and the places of a list. Leaflet comes with
// the first look at it.

/** @import * as Leaflet from "leaflet" */
/** @import { Listed } from "./types.js" */
import { $ } from "../../panel/scripts/dom.js";
import { ask } from "./api.js";
import { say } from "./say.js";

/** @type {{ map: Leaflet.Map, places: Leaflet.LayerGroup, l: typeof Leaflet } | null} */
let drawn = null;
/** @type {Promise<void> | null} */
let drawing = null;
/** @type {Listed["points"]} */
let points = [];
let fitted = false;

const MANY = 300; // places, drawn smaller

/** @param {string} source */
function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

/** @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);

/** @param {(lat: number, lon: number) => void} click */
async function draw(click) {
  const [land] = await Promise.all([ask("GET", "/land"), load("/leaflet.js")]);
  /** @type {typeof Leaflet} */
  const l = /** @type {any} */ (window).L;
  const map = l.map($("clickmap"), {
    attributionControl: false,
    preferCanvas: true,
    worldCopyJump: true,
    minZoom: 1,
    zoomSnap: 0.5,
    keyboard: true,
    zoomControl: false,
  });
  const titles = { zoomInTitle: say("zoom.in"), zoomOutTitle: say("zoom.out") };
  l.control.zoom(titles).addTo(map);
  map.setView([30, 20], 1.5);
  /** @type {{ rings: [number, number][][] }} */
  const { rings } = land;
  const shapes = rings.map((ring) =>
    l.polygon(
      ring.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon])),
      { interactive: false },
    ),
  );
  const ground = l.layerGroup(shapes).addTo(map);
  const paint = () => {
    const style = {
      weight: 0.7,
      color: colour("coast"),
      fillColor: colour("land"),
      fillOpacity: 1,
    };
    ground.eachLayer((one) => /** @type {Leaflet.Path} */ (one).setStyle(style));
    drawPoints();
  };
  const places = l.layerGroup().addTo(map);
  drawn = { map, places, l };
  map.on("click", ({ latlng }) => click(latlng.wrap().lat, latlng.wrap().lng));
  matchMedia("(prefers-color-scheme:dark)").addEventListener("change", paint);
  paint();
}

function drawPoints() {
  if (!drawn) return;
  const { places, l } = drawn;
  places.clearLayers();
  for (const { name, lat, lon } of points) {
    const look = {
      radius: points.length > MANY ? 2.5 : 5,
      weight: 1.5,
      color: colour("halo"),
      fillColor: colour("navy"),
      fillOpacity: 1,
    };
    l.circleMarker([lat, lon], look).bindTooltip(named(name)).addTo(places);
  }
}

/** Show every place; a map on a hidden tab has no size and waits. */
function fit() {
  if (!drawn || fitted || !points.length || !drawn.map.getSize().x) return;
  const all = points.map(({ lat, lon }) => /** @type {[number, number]} */ ([lat, lon]));
  const { map, l } = drawn;
  map.fitBounds(l.latLngBounds(all), { maxZoom: 6, padding: [24, 24], animate: false });
  fitted = true;
}

/** A tooltip is an element, never a string, which Leaflet would read as markup. @param {string} name */
function named(name) {
  const node = document.createElement("span");
  node.textContent = name;
  return node;
}

/** Show the map with places. @param {Listed["points"]} next @param {(lat: number, lon: number) => void} click */
export async function showMap(next, click) {
  const other = JSON.stringify(next) !== JSON.stringify(points);
  points = next;
  drawing ??= draw(click);
  await drawing;
  drawn?.map.invalidateSize();
  if (other) {
    fitted = false;
    drawPoints();
  }
  fit();
}

/** Look at a place. @param {number} lat @param {number} lon */
export function lookAt(lat, lon) {
  drawn?.map.setView([lat, lon], Math.max(drawn.map.getZoom(), 5), { animate: false });
}
