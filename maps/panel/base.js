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

const known = (value) => value !== null && value !== undefined;

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

// A share of a whole with as many digits as it bears.
function percent(share) {
  if (!known(share)) return "unknown";
  if (share > 0 && share < 0.0005) return "<\u00A00.1\u00A0%";
  return `${number(100 * share, share >= 0.1 || share === 0 ? 0 : 1)}\u00A0%`;
}

// "above 99.6 % of the places": never rounded up to all of them.
function percentileText(share) {
  const digits = share > 0.999 ? 2 : share > 0.99 ? 1 : 0, scale = 10 ** digits;
  return `${number(Math.floor(100 * share * scale + 1e-9) / scale, share === 1 ? 0 : digits)}\u00A0%`;
}

// Odds as a factor, of their logarithm: "\u00D72.1" or "/3.0".
function oddsText(ln) {
  const factor = Math.exp(Math.abs(ln)), sign = ln < 0 && factor >= 1.05 ? "/" : "\u00D7";
  if (factor >= 1e6) return `${sign}10${String(Math.round(Math.log10(factor))).replace(/\d/g, (d) => "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079"[d])}`;
  const digits = factor >= 1000 ? 10 ** (Math.floor(Math.log10(factor)) - 1) : 1;
  return sign + number(Math.round(factor / digits) * digits === 0 ? factor : factor < 10 ? factor : Math.round(factor / digits) * digits, factor < 10 ? 1 : 0);
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
  planned: true, // the plan holds its cost, customers and laws
  odds: data.odds[at], // ln, of each pillar, against the median place
  criteria: [], costs: [], customers: [], policies: [], runners_up: [],
}));
["criteria", "costs", "customers", "policies", "runners_up"].forEach((name) => {
  rowsOf(tables[name]).forEach((row) => sites[row.site][name].push(row));
});
const where = (site) => [site.lat, site.lon];
const country = (row) => row.country_name || row.country;
const SHOWN = sites.length;
// Odds against the median place as bars: what helps to the right of the centre, what costs to its
// left. The ends only grow, so that bars stay comparable.
const ENDS = { left: 1, right: 4 };
const helps = (site) => site.odds.reduce((sum, one) => sum + Math.max(one, 0), 0);
const costs = (site) => site.odds.reduce((sum, one) => sum + Math.max(-one, 0), 0);
const total = (site) => site.odds.reduce((sum, one) => sum + one, 0);
function widen() {
  ENDS.left = Math.max(ENDS.left, ...sites.map(costs));
  ENDS.right = Math.max(ENDS.right, ...sites.map(helps));
}
widen();

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
