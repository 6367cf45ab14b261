// Forms on the canvas: outlines of marks, the casing under them, the bend of a curve.

/** @import { Pixel, Shape } from "./model.js" */

/** @typedef {(pen: CanvasRenderingContext2D, point: Pixel, radius: number) => void} Outline */

/** @type {Record<Shape, Outline>} */
export const OUTLINES = {
  disc: (pen, p, r) => pen.arc(p.x, p.y, r, 0, 2 * Math.PI),
  square: (pen, p, r) => pen.rect(p.x - r, p.y - r, 2 * r, 2 * r),
  diamond(pen, p, r) {
    const a = 1.35 * r;
    pen.moveTo(p.x, p.y - a);
    pen.lineTo(p.x + a, p.y);
    pen.lineTo(p.x, p.y + a);
    pen.lineTo(p.x - a, p.y);
    pen.closePath();
  },
  cross(pen, p, r) {
    pen.moveTo(p.x - r, p.y - r);
    pen.lineTo(p.x + r, p.y + r);
    pen.moveTo(p.x + r, p.y - r);
    pen.lineTo(p.x - r, p.y + r);
  },
};

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Shape} shape
 * @param {Pixel} point
 * @param {number} radius
 * @param {string} colour
 */
export function paintCasing(pen, shape, point, radius, colour) {
  pen.beginPath();
  OUTLINES[shape](pen, point, radius + (shape === "cross" ? 0 : 2));
  pen.globalAlpha = 0.9;
  if (shape === "cross") {
    Object.assign(pen, { lineWidth: 4.5, strokeStyle: colour });
    pen.stroke();
  } else {
    pen.fillStyle = colour;
    pen.fill();
  }
  pen.globalAlpha = 1;
}

/**
 * Where the curve between two points bends: always to the same side of the map.
 * @param {Pixel} a
 * @param {Pixel} b
 * @returns {Pixel}
 */
export function crestOf(a, b) {
  const lift = b.x < a.x ? -0.16 : 0.16;
  return { x: (a.x + b.x) / 2 - (b.y - a.y) * lift, y: (a.y + b.y) / 2 + (b.x - a.x) * lift };
}
