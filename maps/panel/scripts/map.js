// The map: the one script that knows Leaflet. It speaks to the others in layers, marks, places and
// boxes; a layer is a thing to them that they can only hand back.

/** @import * as Leaflet from "leaflet" */
/** @import { Drawn } from "./kinds.js" */
/** @import { Box, Look, Pixel, Place, Row } from "./model.js" */
import { el, phone } from "./dom.js";
import { bent, inked, kindOf, marked, undrawn } from "./kinds.js";
import { tr } from "./language.js";
import { crestOf } from "./outlines.js";
import { feature } from "./shapes.js";
import { DOT } from "./words.js";

/** @typedef {object} Layer */
/** @typedef {Layer & { draw(): void }} Sketch */
/** @typedef {() => HTMLElement} Tip */
/** @type {typeof Leaflet} */
const L = Reflect.get(window, "L");
/** Made by Folium, which names it, see maps/offline.py. @type {Leaflet.Map} */
const map = Reflect.get(window, "map_atlas");

// ---- the map itself ----

map
  .setMinZoom(phone.matches ? 0.5 : 1.5) // so that a small map holds the world too
  .setMaxZoom(9)
  .setMaxBounds(L.latLngBounds([-65, -200], [86, 200]));

/** Controls, credits and what a screen reader is told. @param {string[]} attributions */
export function dressMap(attributions) {
  const control = map.attributionControl.setPrefix(false);
  const credits = /** @type {HTMLElement} */ (control.getContainer());
  for (const line of attributions) {
    // Leaflet would parse an attribution as markup, so each is a node of our own
    credits.append(el("bdi", "", (credits.childNodes.length ? ` ${DOT} ` : "") + line));
  }
  Reflect.set(control, "_update", () => {});
  L.control.scale({ imperial: false, maxWidth: 110, position: "bottomright" }).addTo(map);
  L.control
    .zoom({
      position: "bottomright",
      zoomInTitle: tr("Zoom in"),
      zoomOutTitle: tr("Zoom out"),
    })
    .addTo(map);
  new ResizeObserver(() => resized()).observe(mapBox()); // words over it grow
  mapBox().setAttribute("role", "region");
  mapBox().setAttribute("aria-label", tr("Map; the list beside it holds the same sites"));
  // the list is the keyboard's path
  map.getPane("markerPane")?.setAttribute("aria-hidden", "true");
}

export const mapBox = () => map.getContainer();
/** @param {string} events @param {() => void} act */
export const onMap = (events, act) => {
  map.on(events, () => act());
};

// ---- the view ----

export const zoomLevel = () => map.getZoom();
/** @returns {Place} */
export const centre = () => [map.getCenter().lat, map.getCenter().lng];
/** @param {Place} place @param {number} zoom */
export const lookAt = (place, zoom) => void map.setView(place, zoom, { animate: false });

/**
 * @param {Box} box
 * @param {{ topLeft: [number, number], bottomRight: [number, number], most?: number }} room
 */
export function fit(box, { topLeft, bottomRight, most }) {
  map.fitBounds(box, {
    paddingTopLeft: topLeft,
    paddingBottomRight: bottomRight,
    animate: false,
    ...(most ? { maxZoom: most } : {}),
  });
}

/** @param {{ pan?: boolean }} [how] */
export const resized = (how = {}) => {
  map.invalidateSize({ animate: false, ...how });
};
/** Draw as finely as paper wants it. */
export const sharpen = () => {
  Reflect.set(L.Browser, "retina", true);
};

/** @param {Leaflet.LatLngBounds} bounds @returns {Box} */
const boxFrom = (bounds) => [
  [bounds.getSouth(), bounds.getWest()],
  [bounds.getNorth(), bounds.getEast()],
];
export const seen = () => boxFrom(map.getBounds());
/** Around places, wider by a share of itself; null around none. @param {Place[]} places @param {number} share */
export function boxAround(places, share) {
  const bounds = L.latLngBounds(places);
  return bounds.isValid() ? boxFrom(bounds.pad(share)) : null;
}
/** @param {Box} box @param {Place} place */
export const holds = (box, place) => L.latLngBounds(box).contains(place);

/** @param {Place} a @param {Place} b */
export const kmBetween = (a, b) => map.distance(a, b) / 1000;

// ---- pixels ----

/** @returns {Pixel} */
export const mapSize = () => map.getSize();
/** On the map's own ground, which moves with it. @param {Place} place @returns {Pixel} */
export const groundPixel = (place) => map.latLngToLayerPoint(place);
/** @param {Place} place @returns {Pixel} */
export const screenPixel = (place) => map.latLngToContainerPoint(place);
/** From the ground to the screen. @param {number} x @param {number} y @returns {Pixel} */
export const onScreen = (x, y) => map.layerPointToContainerPoint([x, y]);

// ---- panes, from the ground up ----

/** @param {string} name @param {number} z @param {boolean} [pointed] */
function pane(name, z, pointed = false) {
  const { style } = map.createPane(name);
  style.zIndex = String(z);
  if (!pointed) style.pointerEvents = "none";
  return name;
}
const Inked = inked(L.Canvas);
/** @param {string} name @param {number} z @param {Leaflet.RendererOptions & { pointed?: boolean }} [how] */
const canvasOf = (name, z, { pointed = false, ...how } = {}) =>
  new Inked({ pane: pane(name, z, pointed), padding: 0.25, ...how });
const land = canvasOf("land", 200);
pane("fill", 210); // of pictures; areas lie on the canvas of the land, for each canvas costs every frame
const canvases = {
  land,
  fill: land,
  line: canvasOf("line", 220),
  flow: canvasOf("flow", 250),
};
pane("nearby", 255);
pane("names", 260);
pane("leads", 590);
// all that can be pointed at shares one canvas: an upper one would swallow the mouse
const points = {
  pane: "points",
  renderer: canvasOf("points", 400, { pointed: true, tolerance: 3 }),
};
const flow = { pane: "flow", renderer: canvases.flow, interactive: false };
const UNDRAWN = { ...points, stroke: false, fill: true };
const TIP_GAP = 6; // pixels between a tooltip and what it keeps clear of
const STICKY = { sticky: true, opacity: 1 };

// ---- layers ----

/** @param {Layer} layer */
const leaf = (layer) => /** @type {Leaflet.Layer} */ (layer);
/** @param {Layer} layer */
const groupIn = (layer) => /** @type {Leaflet.LayerGroup} */ (layer);

/** @param {Layer[]} [layers] @returns {Layer} */
export const groupOf = (layers = []) => L.layerGroup(layers.map(leaf));
/** @param {Layer} layer */
export const isShown = (layer) => map.hasLayer(leaf(layer));
/** @param {Layer} layer */
export const showLayer = (layer) => {
  leaf(layer).addTo(map);
};
/** @param {Layer} layer */
export const hideLayer = (layer) => {
  leaf(layer).remove();
};
/** @param {Layer} group @param {Layer} layer @param {boolean} inside */
export function setIn(group, layer, inside) {
  if (inside) groupIn(group).addLayer(leaf(layer));
  else groupIn(group).removeLayer(leaf(layer));
}
/** @param {Layer} group @param {Layer[]} layers */
export function fillGroup(group, layers) {
  groupIn(group).clearLayers();
  for (const layer of layers) groupIn(group).addLayer(leaf(layer));
}

/** Put layers over all that was drawn before, the last on top. @param {Layer[]} layers */
export function raise(layers) {
  for (const layer of layers) {
    if ("eachLayer" in layer) groupIn(layer).eachLayer((one) => raise([one]));
    else if ("bringToFront" in layer && isShown(layer)) {
      /** @type {Leaflet.Path} */ (layer).bringToFront();
    }
  }
}
/** Put the shapes of a group under all that is drawn. @param {Layer} group */
export function sink(group) {
  groupIn(group).eachLayer((shape) => /** @type {Leaflet.Path} */ (shape).bringToBack());
}

/**
 * Areas and lines that nobody points at.
 * @param {object} shape GeoJSON
 * @param {keyof typeof canvases} on
 * @param {Leaflet.PathOptions} style
 * @returns {Layer}
 */
export function ground(shape, on, style) {
  return L.geoJSON(
    /** @type {any} */ (shape),
    /** @type {Leaflet.GeoJSONOptions} */ ({
      pane: on,
      renderer: canvases[on],
      interactive: false,
      smoothFactor: 0.6,
      style: /** @type {any} */ (style),
    }),
  );
}

/** @param {string} png @param {[number, number, number, number]} bounds @returns {Layer} */
export function picture(png, [south, west, north, east]) {
  const corners = /** @type {Box} */ ([
    [south, west],
    [north, east],
  ]);
  return L.imageOverlay(png, corners, { pane: "fill", className: "cells", alt: "" });
}

/** @param {Place[]} ring @param {Leaflet.PathOptions} look @returns {Layer} */
export const outline = (ring, look) => L.polygon(ring, { ...flow, fill: true, ...look });
/** @param {Place} place @param {number} radius metres @param {Leaflet.PathOptions} look @returns {Layer} */
export const circle = (place, radius, look) =>
  L.circle(place, { ...flow, fill: true, radius, ...look });

/**
 * A tooltip lies on the map and beside the search, so that its head is never cut off.
 * @param {HTMLElement} box
 */
function keepInside(box) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  const area = map.getContainer().getBoundingClientRect();
  const tools = document.querySelector(".tools")?.getBoundingClientRect();
  const under = tools && left < tools.right && right > tools.left ? tools.bottom : area.top;
  const by = Math.max(0, under + TIP_GAP - top) || Math.min(0, area.bottom - TIP_GAP - bottom);
  if (!by) return;
  const at = L.DomUtil.getPosition(box);
  L.DomUtil.setPosition(box, L.point(at.x, Math.round(at.y + by)));
}
const stand = Reflect.get(L.Tooltip.prototype, "_setPosition"); // Leaflet has no public door to it
L.Tooltip.include({
  /** @param {Leaflet.Point} at */
  _setPosition(at) {
    stand.call(this, at);
    keepInside(/** @type {HTMLElement} */ (this.getElement()));
  },
});

const UnseenArea = kindOf(L.Polygon, undrawn);
const UnseenCircle = kindOf(L.Circle, undrawn);
/** @param {Place[] | Place[][][]} rings @param {Tip} tip @param {object} [how] @returns {Layer} */
export const unseenArea = (rings, tip, how = {}) =>
  new UnseenArea(rings, { ...UNDRAWN, ...how }).bindTooltip(tip, STICKY);
/** @param {Place} place @param {number} radius metres @param {Tip} tip @returns {Layer} */
export const unseenCircle = (place, radius, tip) =>
  new UnseenCircle(place, { ...UNDRAWN, radius }).bindTooltip(tip, STICKY);

/** @type {Sketch[]} */
const sketches = [];
/**
 * A canvas of our own, painted when the view settles, and `pad` of it beyond its edges.
 * @param {"fill" | "nearby" | "names" | "leads"} name
 * @param {(pen: CanvasRenderingContext2D, size: Pixel) => void} paint
 * @returns {Sketch}
 */
export function sketch(name, paint, { pad = 0, least = 2 } = {}) {
  const canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const draw = () => {
    const size = map.getSize();
    const beyond = size.multiplyBy(pad).round();
    const whole = size.add(beyond).add(beyond);
    const sharp = Math.max(least, window.devicePixelRatio || 1);
    const pixels = whole.multiplyBy(sharp).round();
    if (canvas.width !== pixels.x || canvas.height !== pixels.y) {
      Object.assign(canvas, { width: pixels.x, height: pixels.y });
      Object.assign(canvas.style, { width: `${whole.x}px`, height: `${whole.y}px` });
    }
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint(beyond.multiplyBy(-1)));
    pen.setTransform(sharp, 0, 0, sharp, sharp * beyond.x, sharp * beyond.y);
    pen.clearRect(-beyond.x, -beyond.y, whole.x, whole.y);
    paint(pen, size);
  };
  const onAdd = () => {
    map.getPane(name)?.append(canvas);
    draw();
  };
  const Own = kindOf(L.Layer, { onAdd, onRemove: () => canvas.remove() });
  const made = Object.assign(new Own(), { draw });
  sketches.push(made);
  return made;
}

/** Draw all canvases again where they are, because the colours are others. */
export function repaint() {
  for (const renderer of [...Object.values(canvases), points.renderer]) {
    if (map.hasLayer(renderer)) Reflect.get(renderer, "_redraw").call(renderer);
  }
  for (const one of sketches) if (isShown(one)) one.draw();
}

// ---- marks: the radius of one follows the zoom ----

const Mark = kindOf(L.CircleMarker, marked);
export const zoomFactor = () => Math.max(0.4, Math.min(1.4, 0.42 + 0.195 * (map.getZoom() - 2)));

/** @param {Row} row */
const pointOf = (row) => /** @type {any} */ (feature("Point", [row.lon, row.lat], row));
/** @param {Leaflet.Layer} mark */
const rowOf = (mark) => /** @type {any} */ (mark).feature.properties;

/**
 * A mark for each row, with a tooltip.
 * @template {Row} Of
 * @param {Of[]} rows
 * @param {(row: Of) => Look} lookOf
 * @param {(row: Of) => HTMLElement} tipOf
 * @returns {Layer}
 */
export function pointLayer(rows, lookOf, tipOf) {
  return L.geoJSON(rows.map(pointOf), {
    pointToLayer(point, place) {
      const look = lookOf(point.properties);
      const radius = look.radius * zoomFactor();
      const own = { base: look.radius, radius };
      const common = { ...points, shape: "disc", fill: true, fillOpacity: 0.95 };
      return new Mark(place, { ...common, ...look, ...own });
    },
  }).bindTooltip((mark) => tipOf(rowOf(mark)), STICKY);
}
/** @param {Layer} layer @param {Row[]} rows */
export function setPoints(layer, rows) {
  const made = /** @type {Leaflet.GeoJSON} */ (layer);
  made.clearLayers();
  made.addData(/** @type {any} */ (rows.map(pointOf)));
}
/** @param {Layer} layer @param {(row: any) => void} act */
export function onPoint(layer, act) {
  leaf(layer).on("click", (event) => act(rowOf(event.propagatedFrom)));
}
/** Marks grow and shrink with the zoom. @param {Layer[]} layers */
export function scalePoints(layers) {
  for (const layer of layers) {
    groupIn(layer).eachLayer((one) => {
      const mark = /** @type {Leaflet.CircleMarker} */ (one);
      mark.setRadius(Reflect.get(mark.options, "base") * zoomFactor());
    });
  }
}
/** Where the marks of a layer lie on the screen, and their radius. @param {Layer} layer */
export function discsOf(layer) {
  /** @type {(Pixel & { r: number })[]} */
  const discs = [];
  groupIn(layer).eachLayer((one) => {
    const { _point, _radius } = /** @type {Drawn} */ (/** @type {unknown} */ (one));
    if (_point) discs.push({ ...onScreen(_point.x, _point.y), r: _radius });
  });
  return discs;
}

// ---- curves ----

const Curve = kindOf(L.Polyline, bent);

/** @param {Place} from @param {Place} to @param {Leaflet.PathOptions} look @returns {Layer} */
export function curve(from, to, look) {
  const crest = crestOf(map.project(from, 5), map.project(to, 5));
  const bend = [from, map.unproject(L.point(crest.x, crest.y), 5), to];
  return new Curve(bend, { ...flow, fill: false, noClip: true, ...look });
}
/** @param {Place} place @param {number} radius pixels @param {Leaflet.PathOptions} look @returns {Layer} */
export const dot = (place, radius, look) =>
  L.circleMarker(place, { ...flow, fill: true, radius, ...look });

// ---- badges: elements that stand at a place ----

/**
 * @param {HTMLElement} box
 * @param {Tip} tip
 * @param {() => void} act
 * @returns {Layer}
 */
export function badgeMarker(box, tip, act) {
  const icon = L.divIcon({ className: "", html: box, iconSize: [0, 0] });
  return L.marker([0, 0], { icon, keyboard: false, riseOnHover: true })
    .on("click", act)
    .bindTooltip(tip, { opacity: 1, offset: [12, 0], direction: "auto" });
}
/** @param {Layer} marker @param {Place} place */
export const moveMarker = (marker, place) => {
  /** @type {Leaflet.Marker} */ (marker).setLatLng(place);
};
/** @param {Layer} marker @param {number} z */
export const stackMarker = (marker, z) => {
  /** @type {Leaflet.Marker} */ (marker).setZIndexOffset(z);
};
