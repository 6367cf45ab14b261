// The ground: land, coasts and borders; demand, screened cells or policy as its colour.

/** @import { PolicyCountryRow, Polygons } from "./payload.js" */
/** @import { Place } from "./model.js" */
import { colours, countryName, data, POLICY, rowsOf, SURFACE, tables } from "./data.js";
import { el, tip } from "./dom.js";
import { ink, themeNow } from "./inks.js";
import { tr } from "./language.js";
import { ground, groupOf, picture, setIn, unseenArea, zoomLevel } from "./map.js";
import { areas, decode, lines } from "./shapes.js";
import { DASH, number } from "./words.js";

/** @param {string | (() => CanvasPattern)} fillColor */
const filled = (fillColor) => ({
  stroke: false,
  fill: true,
  fillColor: /** @type {string} */ (fillColor), // map.js takes a pattern as well
  fillOpacity: 1,
});

const { countries } = data.ground;
const scored = new Set(data.ground.scored);
/** @param {boolean} candidates */
const landOf = (candidates) =>
  areas(
    Object.entries(countries)
      .filter(([code]) => scored.has(code) === candidates)
      .flatMap(([, polygons]) => polygons),
  );
const borders = lines(data.ground.borders);
export const groundLayer = groupOf([
  ground(landOf(true), "land", filled(colours.land)),
  ground(landOf(false), "land", filled(colours.unscored)),
  ground(lines(data.ground.coast), "line", { color: colours.coast, weight: 0.7 }),
  ground(borders, "line", { color: colours.halo, weight: 2, opacity: 0.75 }),
  ground(borders, "line", { color: colours.border, weight: 0.7 }),
]);

export const surfaceLayer = groupOf(
  data.surface.map((polygons, k) => ground(areas(polygons), "fill", filled(SURFACE[k]))),
);
export const plainLayer = groupOf();

// ---- screened cells: a picture for afar, a finer one for near ----

const pictures = data.cells.map(({ png, bounds, from }) => ({
  from,
  layer: picture(png, bounds),
}));
export const cellLayer = groupOf();
export function chooseCells() {
  const chosen = pictures.filter(({ from }) => from <= zoomLevel()).pop();
  for (const one of pictures) setIn(cellLayer, one.layer, one === chosen);
}
chooseCells();

// ---- policy of each country: colour below, an undrawn shape above to point at ----

/** A pattern of the theme in force, made once for each. @param {string} stroke */
function hatching(stroke) {
  /** @type {Map<string, CanvasPattern>} */
  const made = new Map();
  return () => {
    const theme = themeNow();
    const pattern = made.get(theme) ?? hatched(stroke);
    made.set(theme, pattern);
    return pattern;
  };
}

/** @param {string} stroke */
function hatched(stroke) {
  const tile = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  tile.width = 8;
  tile.height = 8;
  pen.fillStyle = ink(colours.unscored);
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = ink(stroke);
  pen.lineWidth = 1;
  for (const x of [-4, 4, 12]) {
    pen.moveTo(x - 6, 10);
    pen.lineTo(x + 6, -2);
  }
  pen.stroke();
  return /** @type {CanvasPattern} */ (pen.createPattern(tile, "repeat"));
}
const hatch = hatching(colours.grey);
/** Of land where nothing can be built, under other colours. */
export const paleHatch = hatching(colours.edge);

/** Countries under hatching. @param {string[]} codes */
export const hatchedLand = (codes) =>
  ground(
    areas(codes.filter((code) => code in countries).flatMap((code) => countries[code])),
    "fill",
    filled(paleHatch),
  );

/** @param {number} hint */
const policyClass = (hint) => data.palette.policyBreaks.filter((least) => hint >= least).length - 1;
const policyRows = rowsOf(tables.policy_countries).filter((row) => row.country in countries);
export const someBar = policyRows.some((row) => row.bars);

/** @param {PolicyCountryRow} row */
function policyFill(row) {
  if (row.bars) return hatch;
  return row.score_hint === null ? colours.land : POLICY[policyClass(row.score_hint)];
}

/** @param {PolicyCountryRow} row */
function verdictOf(row) {
  if (row.bars) return tr("closed to this investor");
  if (row.score_hint === null) return tr("not judged");
  return tr("{score} of 100, open and with aid being 100", {
    score: number(100 * row.score_hint),
  });
}

/** What the law says to this investor in a country: the verdict, and laws by name. @param {string} code */
export function policyOf(code) {
  const row = policyRows.find((one) => one.country === code);
  if (!row) return { verdict: "", laws: [] };
  const rest = row.in_force - row.instruments.length;
  const more = rest > 0 ? [tr("and {n} more in force", { n: number(rest) })] : [];
  return { verdict: verdictOf(row), laws: [...row.instruments, ...more] };
}

/** @param {PolicyCountryRow} row */
function policyTip(row) {
  const rest = row.in_force - row.instruments.length;
  return tip(countryName(row.country), [
    tr("Policy for this investor: {verdict}", { verdict: verdictOf(row) }),
    ...row.instruments.map((line, at) =>
      row.decides && at === 0
        ? el("strong", "", tr("Decides: {law}", { law: line }))
        : `${DASH} ${line}`,
    ),
    rest > 0 ? tr("and {n} more in force", { n: number(rest) }) : null,
  ]);
}

/** @param {Polygons} polygons */
const ringsOf = (polygons) =>
  polygons.map((rings) =>
    rings.map((ring) => decode(ring).map(([x, y]) => /** @type {Place} */ ([y, x]))),
  );
export const policyHits = groupOf(
  policyRows.map((row) =>
    unseenArea(ringsOf(countries[row.country]), () => policyTip(row), { smoothFactor: 2 }),
  ),
);
export const policyLayer = groupOf([
  ...policyRows.map((row) =>
    ground(areas(countries[row.country]), "fill", filled(policyFill(row))),
  ),
  policyHits,
]);
