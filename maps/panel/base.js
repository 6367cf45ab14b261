// What every other file uses. Text from data enters the page as text nodes only: no file here
// assigns markup, and Leaflet is handed elements, never strings.
const $ = (id) => document.getElementById(id);
// One file may hold several moments; the address says which, the first is the study's own.
const opening = JSON.parse($("atlas").textContent);
const moments = opening.moments.map((label, at) => ({ at, label }));
const moment = Math.max(0, moments.findIndex(({ at }) => String(at) === new URLSearchParams(window.location.hash.slice(1)).get("at")));
const data = moment ? JSON.parse($(`atlas-${moment}`).textContent) : opening;
data.ground = { ...opening.ground, ...data.ground };
// folium writes the map first; the reader who tabs wants the list before it
document.querySelector(".side").after(map.getContainer());
const BADGES = 25;
const FIRST = 10;
const { colours, pillars: PILLAR, surface: SURFACE, policy: POLICY, costs: COSTS } = data.palette;
const phone = window.matchMedia("screen and (max-width:900px)");
const still = window.matchMedia("(prefers-reduced-motion:reduce)").matches;
const state = { site: null, printing: false, home: null };

function el(tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

function svg(tag, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  if (text !== undefined) node.textContent = text;
  return node;
}

function add(parent, ...children) {
  children.forEach((child) => { if (child !== null) parent.append(child); });
  return parent;
}

function button(cls, text, act) {
  const node = el("button", cls, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

function swatch(colour) {
  const node = el("span", "swatch");
  node.style.background = colour;
  return node;
}

function segment(share, colour) {
  const node = el("i");
  node.style.width = `${share}%`;
  node.style.background = colour;
  return node;
}

// ---- numbers: thin no-break space, true minus, "unknown" for a blank ----
const THIN = "\u202F", MINUS = "\u2212", DASH = "\u2013", DOT = "\u00B7";
function number(value, decimals = 0) {
  if (value === null || value === undefined) return "unknown";
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, THIN) + (rest ? `.${rest}` : "");
  return (value < 0 && Number(text.replace(/[^\d.]/g, "")) !== 0 ? MINUS : "") + text;
}

function signedText(value, decimals = 0) {
  return value > 0 ? `+${number(value, decimals)}` : number(value, decimals);
}

function percent(share) {
  return `${number(100 * share)}\u00A0%`;
}

function rounded(value) {
  const size = Math.abs(value);
  return number(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

const SHOWN_AS = {
  "year": (raw) => String(Math.round(raw)),
  "0-1": (raw) => number(raw, 2),
  "%": (raw) => `${rounded(raw)}\u00A0%`,
  "share of capex": (raw) => `${rounded(100 * raw)}\u00A0% of capex`,
};
function measured(raw, unit) {
  if (raw === null) return "unknown";
  return unit in SHOWN_AS ? SHOWN_AS[unit](raw) : `${rounded(raw)} ${unit}`.trim();
}

const known = (value) => value !== null && value !== undefined;
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many || `${one}s`}`;

// ---- tables come column by column ----
function rowsOf(table) {
  const names = Object.keys(table);
  return table[names[0]].map((_, at) =>
    Object.fromEntries(names.map((name) => [name, table[name][at]])));
}

const tables = data.tables;
const live = data.live; // null where the page cannot rank by itself
let sites = rowsOf(tables.sites).map((site, at) => ({
  ...site,
  at,
  told: true, // the plan tells its cost, customers and laws
  points: data.points[at],
  taken: data.taken[at],
  strategies: data.strategyScores[at],
  criteria: [], costs: [], customers: [], policies: [], runners_up: [],
}));
["criteria", "costs", "customers", "policies", "runners_up"].forEach((name) => {
  rowsOf(tables[name]).forEach((row) => sites[row.site][name].push(row));
});
const where = (site) => [site.lat, site.lon];
const country = (row) => row.country_name || row.country;
const SHOWN = sites.length;
const tens = () => 10 * Math.ceil(Math.max(0, ...sites.map((site) => site.score)) / 10);
let SCALE = Math.max(10, tens()); // it only grows, so that bars stay comparable

// The parts of a score that remain after what is taken away: they add up to the score.
function shares(site) {
  const gross = site.points.reduce((sum, part) => sum + part, 0);
  return site.points.map((part) => (gross > 0 ? (part * site.score) / gross : 0));
}

// ---- delta-coded lines, three decimals; see geodata.geometry.basemap ----
function decode(code) {
  const line = [];
  let x = 0, y = 0, isX = true, value = 0, shift = 0;
  for (let i = 0; i < code.length; i += 1) {
    const bits = code.charCodeAt(i) - 63;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      const step = value & 1 ? ~(value >> 1) : value >> 1;
      if (isX) x += step; else { y += step; line.push([x / 1000, y / 1000]); }
      isX = !isX; value = 0; shift = 0;
    }
  }
  return line;
}

const feature = (type, coordinates, properties = {}) =>
  ({ type: "Feature", properties, geometry: { type, coordinates } });
const areas = (polygons, properties) =>
  feature("MultiPolygon", polygons.map((rings) => rings.map(decode)), properties);
const lines = (codes) => feature("MultiLineString", codes.map(decode));

function tip(head, details) {
  const box = el("div");
  add(box, el("b", "", head), ...details.filter(Boolean).map((line) => el("span", "", line)));
  return box;
}
