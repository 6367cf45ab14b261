// What a reader knows the ground by, near the listed sites: towns, ports, rail terminals, power stations,
// and the estates that are candidates. Drawn and named where the view is near enough.

/** @import { Points } from "./payload.js" */
/** @import { Pixel, Row } from "./model.js" */
import { board, colours, data, live } from "./data.js";
import { ink } from "./inks.js";
import { tr } from "./language.js";
import { groupOf, isShown, screenPixel, setIn, sketch, zoomLevel } from "./map.js";
import { nameNearby } from "./names.js";
import { bench } from "./rank.js";
import { decode } from "./shapes.js";
import { facts, number } from "./words.js";

export const NEARBY_ZOOM = 6; // from which it is drawn
const EARLY = 0.6; // of a zoom that a mark comes before its name
const LARGE = 500_000; // people, of a town that is named first
const MIDDLE = 100_000;

/** @typedef {"town" | "port" | "terminal" | "station" | "estate"} Kind */
/** @typedef {Row & { name: string, size: number, kind: Kind }} Thing */

/** @param {Points} points @param {Kind} kind @returns {Thing[]} */
const thingsOf = ({ names, sizes, places }, kind) =>
  decode(places).map(([lon, lat], at) => ({ lat, lon, name: names[at], size: sizes[at], kind }));

/** @returns {Thing[]} */
function estates() {
  if (!live) return [];
  const { name } = board.places;
  return name.flatMap((own, i) =>
    bench.estate[i]
      ? [
          {
            lat: bench.lat[i],
            lon: bench.lon[i],
            name: own,
            size: 0,
            kind: /** @type {Kind} */ ("estate"),
          },
        ]
      : [],
  );
}

const { towns, ports, terminals, stations } = data.nearby;
/** @type {Thing[]} */
const things = [
  ...thingsOf(towns, "town"),
  ...thingsOf(ports, "port"),
  ...thingsOf(terminals, "terminal"),
  ...thingsOf(stations, "station"),
  ...estates(),
];
/** How a thing is called on the map, and from which zoom. @type {Record<Kind, (thing: Thing) => [string, number]>} */
const CALLED = {
  town: ({ name, size }) => [name, size >= LARGE ? 6 : size >= MIDDLE ? 7 : 8],
  port: ({ name }) => [tr("{name} port", { name }), 7],
  terminal: ({ name }) => [tr("{name} rail terminal", { name }), 8],
  station: ({ name, size }) => [facts(name, `${number(size)} MW`), 8],
  estate: ({ name }) => [name, 8],
};
nameNearby(
  things.map((thing) => {
    const [name, zoom] = CALLED[thing.kind](thing);
    return { name, lat: thing.lat, lon: thing.lon, zoom, kind: /** @type {const} */ ("nearby") };
  }),
  () => isShown(nearbyLayer) && zoomLevel() >= NEARBY_ZOOM,
);

/** @type {Record<Kind, (pen: CanvasRenderingContext2D, at: Pixel, size: number) => void>} */
export const DRAWN = {
  town(pen, { x, y }, size) {
    pen.arc(x, y, size >= LARGE ? 3.2 : 2.2, 0, 2 * Math.PI);
  },
  port(pen, { x, y }) {
    pen.moveTo(x - 4, y + 3);
    pen.lineTo(x + 4, y + 3);
    pen.lineTo(x, y - 4);
    pen.closePath();
  },
  terminal(pen, { x, y }) {
    pen.rect(x - 4, y - 2.4, 8, 4.8);
  },
  station(pen, { x, y }) {
    pen.moveTo(x + 1, y - 5);
    pen.lineTo(x - 3, y + 1);
    pen.lineTo(x, y + 1);
    pen.lineTo(x - 1, y + 5);
    pen.lineTo(x + 3, y - 1);
    pen.lineTo(x, y - 1);
    pen.closePath();
  },
  estate(pen, { x, y }) {
    pen.rect(x - 2.6, y - 2.6, 5.2, 5.2);
  },
};
/** @type {Record<Kind, [fill: string, stroke: string]>} */
export const INKS = {
  town: [colours.panel, colours.ink2],
  port: [colours.seaname, colours.halo],
  terminal: [colours.ink2, colours.halo],
  station: [colours.ink2, colours.halo],
  estate: [colours.panel, colours.navy],
};

const marks = sketch("nearby", (pen, size) => {
  const zoom = zoomLevel() + EARLY;
  for (const thing of things) {
    if (zoom < CALLED[thing.kind](thing)[1]) continue;
    const at = screenPixel([thing.lat, thing.lon]);
    if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
    const [fill, stroke] = INKS[thing.kind].map((colour) => ink(colour));
    pen.beginPath();
    DRAWN[thing.kind](pen, at, thing.size);
    Object.assign(pen, { fillStyle: fill, strokeStyle: stroke, lineWidth: 1.3 });
    pen.stroke();
    pen.fill();
  }
});
export const nearbyLayer = groupOf();

/** Whether it is drawn follows the zoom; a view that moves is drawn anew. */
export function drawNearby() {
  const shown = zoomLevel() >= NEARBY_ZOOM;
  setIn(nearbyLayer, marks, shown);
  if (shown) marks.draw();
}
