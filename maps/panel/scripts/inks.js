// Colours as they are now. A colour is a property of the style sheet, which the document follows by
// itself; what draws on a canvas asks here, and is drawn anew when the theme changes.

import { data } from "./data.js";
import { keep, kept } from "./kept.js";
import { state } from "./state.js";

const KEPT = "siting-theme"; // in the browser, because it is the reader's and of no study
const { themes } = data.palette;
/** @typedef {keyof typeof themes} Theme */
export const night = window.matchMedia("(prefers-color-scheme:dark)");
let dark = night.matches; // a canvas asks often, and each time the browser would look anew
night.addEventListener("change", () => {
  dark = night.matches;
});

const own = kept(KEPT);
/** @type {Theme | ""} */
let chosen = own === "light" || own === "dark" ? own : "";

/** What the reader chose; empty where the system says it. */
export const themeChosen = () => chosen;
/** @returns {Theme} */
export function themeNow() {
  if (state.printing) return "light";
  return chosen || (dark ? "dark" : "light");
}

/** Tell the style sheet. */
export function wearTheme() {
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}

/** @param {Theme | ""} theme */
export function chooseTheme(theme) {
  chosen = theme;
  keep(KEPT, theme);
  wearTheme();
}

/**
 * A colour for a canvas.
 * @param {string} colour of the style sheet, as `var(--navy)`
 * @param {Theme} [theme] the one in force
 * @returns {string}
 */
export const ink = (colour, theme = themeNow()) => themes[theme][colour.slice(6, -1)] ?? colour;

/** Red, green and blue of a colour. @param {string} colour @returns {number[]} */
export const partsOf = (colour) =>
  [1, 3, 5].map((at) => Number.parseInt(ink(colour).slice(at, at + 2), 16));
