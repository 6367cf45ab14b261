// The line of time: where each moment lies on it, true to its date, and how it is called.

import { tr } from "./language.js";

/** @typedef {{ at: number, label: string, dated?: string }} Labelled `dated`: the label in English */
/**
 * @typedef {object} Tick
 * @property {number} at which moment
 * @property {string} label
 * @property {string} day
 * @property {string} rest what else parts it from the others
 * @property {number} x of its dot, in columns from the middle of the first
 */

const APART = 0.24; // columns between two dots, so that both can be pressed
const YEAR_MS = 365.25 * 24 * 3600 * 1000;
const MOST_YEARS = 30; // that are marked

/** Its day and the year whose demand counts, where a label says both. @param {Labelled} one */
const dated = ({ at, label, dated: text = label }) => ({
  at,
  label,
  text,
  day: Date.parse(text.split(",")[0]),
  year: Number((/(\d{4})\D*$/.exec(text) ?? [])[1]),
});

/** "28 Nov 2023", or as another language writes it. @param {string} day @param {string} tag */
const brief = (day, tag) =>
  tag === "en"
    ? day.replace(/\b([A-Z][a-z]{2})[a-z]+/, "$1")
    : new Date(day).toLocaleDateString(tag, { dateStyle: "medium" });

/** What a label says beside the day. @param {string} text */
function restOf(text) {
  const [, year] = /^demand of (\d{4})$/.exec(text) ?? [];
  return year ? tr("demand of {year}", { year }) : text;
}

/** Dots that lie too near are moved apart, and back inside the line. @param {number[]} xs ascending @param {number} end */
function apart(xs, end) {
  const made = [...xs];
  made.forEach((x, k) => {
    if (k) made[k] = Math.max(x, made[k - 1] + APART);
  });
  for (let k = made.length - 1; k >= 0; k -= 1) {
    made[k] = Math.min(made[k], k === made.length - 1 ? end : made[k + 1] - APART);
  }
  return made;
}

/**
 * The moments, oldest first, where all labels say when; else in their own order, evenly.
 * @param {Labelled[]} moments
 * @param {string} tag of the language
 * @returns {{ ticks: Tick[], years: number[] }} years: where each begins, in columns
 */
export function lineOf(moments, tag) {
  const end = moments.length - 1;
  const known = moments.map(dated);
  const parts = moments.map(({ label }) => label.split(", "));
  if (!known.every(({ day, year }) => day && year)) {
    const ticks = moments.map(({ at, label }, k) => {
      const [day, ...rest] = parts[k];
      return { at, label, day, rest: rest.join(", "), x: k };
    });
    return { ticks, years: [] };
  }
  known.sort((a, b) => a.day - b.day || a.year - b.year);
  const rests = known.map(({ text }) => text.split(", ").slice(1).join(", "));
  const others = new Set(rests);
  const first = known[0]?.day ?? 0;
  const span = (known[end]?.day ?? 0) - first;
  /** @param {number} day */
  const x = (day) => (span ? (end * (day - first)) / span : end / 2);
  const xs = apart(
    known.map(({ day }) => x(day)),
    end,
  );
  const ticks = known.map(({ at, label, text }, k) => ({
    at,
    label,
    day: brief(text.split(", ")[0], tag),
    rest: others.size > 1 ? restOf(rests[k]) : "",
    x: xs[k],
  }));
  return { ticks, years: span > YEAR_MS ? yearsBetween(first, first + span).map(x) : [] };
}

/** The first days of the years in between. @param {number} from @param {number} to */
function yearsBetween(from, to) {
  const first = new Date(from).getUTCFullYear() + 1;
  const many = new Date(to).getUTCFullYear() - first + 1;
  const days = Array.from({ length: Math.min(many, MOST_YEARS) }, (_, k) => Date.UTC(first + k, 0));
  return many > MOST_YEARS ? [] : days;
}
