// How our own kinds of layer are drawn, as map.js makes them of Leaflet's: with the colours of the
// theme in force, with an outline and a casing of their own, as one bent line, or not at all.

/** @import * as Leaflet from "leaflet" */
/** @import { Look, Pixel } from "./model.js" */
import { ink } from "./inks.js";
import { OUTLINES, paintCasing } from "./outlines.js";

/**
 * A shape as Leaflet's canvas draws it; it has no public way to draw another.
 * @typedef {object} Drawn
 * @property {{ _drawing: boolean, _ctx: CanvasRenderingContext2D, _fillStroke: Function }} _renderer
 * @property {Pixel} _point
 * @property {number} _radius
 * @property {Pixel[][]} _rings
 * @property {Required<Look>} options
 * @property {() => boolean} _empty
 */

/**
 * A kind of layer with ways of its own.
 * @template {Leaflet.Layer} Of
 * @param {abstract new (...words: any[]) => Of} base
 * @param {object} own
 */
export const kindOf = (base, own) =>
  /** @type {new (...words: unknown[]) => Of} */ (
    /** @type {{ extend(own: object): unknown }} */ (/** @type {unknown} */ (base)).extend(own)
  );

/** @param {string | (() => CanvasPattern)} colour */
const paintOf = (colour) => (typeof colour === "function" ? colour() : ink(colour));

/** A canvas in the colours of the theme in force. @param {typeof Leaflet.Canvas} base */
export const inked = (base) =>
  kindOf(base, {
    /** @param {CanvasRenderingContext2D} pen @param {Drawn} layer */
    _fillStroke(pen, { options }) {
      const { color, fillColor } = options;
      const own = { color: paintOf(color), fillColor: paintOf(fillColor || color) };
      const worn = Object.assign(Object.create(options), own);
      Reflect.get(base.prototype, "_fillStroke").call(this, pen, { options: worn });
    },
  });

/** What can be pointed at and is not drawn. */
export const undrawn = { _updatePath() {} };

const CASING = "var(--halo)";
/** A mark has its own outline, and a casing under it. */
export const marked = {
  /** @this {Drawn} */
  _updatePath() {
    const canvas = this._renderer;
    if (!canvas._drawing || this._empty()) return;
    const pen = canvas._ctx;
    const { casing, shape } = this.options;
    if (casing) paintCasing(pen, shape, this._point, this._radius, ink(CASING));
    pen.beginPath();
    OUTLINES[shape](pen, this._point, this._radius);
    canvas._fillStroke(pen, this);
  },
};

/** A curve is three points and one quadratic; many short pieces would wobble on whole pixels. */
export const bent = {
  /** @this {Drawn} */
  _updatePath() {
    const canvas = this._renderer;
    const bend = this._rings?.[0];
    if (!canvas._drawing || !bend || bend.length < 3) return;
    const pen = canvas._ctx;
    pen.beginPath();
    pen.moveTo(bend[0].x, bend[0].y);
    pen.quadraticCurveTo(bend[1].x, bend[1].y, bend[2].x, bend[2].y);
    canvas._fillStroke(pen, this);
  },
};
