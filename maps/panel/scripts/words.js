// Numbers as all outputs write them (maps/numerals.py): commas between thousands, a true minus, a
// thin no-break space before the per cent sign; "unknown" for a blank.

import { pgettext, tr } from "./language.js";

const MINUS = "\u2212";
export const DASH = "\u2013";
export const DOT = "\u00B7";
export const UP = "\u25B2";
export const DOWN = "\u25BC";
const RAISED = "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";
export const UNSCOUTED = tr("unscouted: no estate is known near it");

/**
 * @template Value
 * @param {Value | null | undefined} value
 * @returns {value is Value}
 */
export const known = (value) => value !== null && value !== undefined;

/**
 * @param {number | null | undefined} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
  if (!known(value)) return tr("unknown");
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
  return (value < 0 && Number(text.replace(/[^\d.]/g, "")) !== 0 ? MINUS : "") + text;
}

/**
 * @param {number} value
 * @param {number} [decimals]
 */
export function signedText(value, decimals = 0) {
  return value > 0 ? `+${number(value, decimals)}` : number(value, decimals);
}

/** @param {string} text */
const withSign = (text) => pgettext("per cent", "{number}\u202F%", { number: text });
/** A number with a per cent sign. @param {number} value @param {number} [decimals] */
export const perCent = (value, decimals = 0) => withSign(number(value, decimals));

const DECIMALS = [9.95, 0.995, 0.0995, 0.00995]; // from which 0, 1, 2, 3 decimals show two digits

/** A share to two digits; almost all is not all, almost none not none. @param {number | null | undefined} share */
export function percent(share) {
  if (!known(share)) return tr("unknown");
  if (share > 0 && share < 0.0001) return `<${perCent(0.01, 2)}`;
  if (share >= 0.995 && share < 1 - 1e-9) return `>${perCent(99)}`;
  const decimals = DECIMALS.findIndex((least) => 100 * share >= least);
  return perCent(100 * share, share ? decimals : 0);
}

/** A share of the runs: "44 of 100", or "3 of 1,000" where it is rare. @param {number} share */
export function runs(share) {
  if (almost(share)) return tr("more than 99 of 100");
  return tr("{count} of {all}", counted(share));
}

/** A chance as a reader says it: "29 in 100". @param {number} share */
export function chanceText(share) {
  if (almost(share)) return tr("more than 99 in 100");
  return tr("{count} in {all}", counted(share));
}

/** Almost all is not all. @param {number} share */
const almost = (share) => share >= 0.995 && share < 1;

/** @param {number} share */
function counted(share) {
  const many = share > 0 && share < 0.005 ? 1000 : 100;
  return { count: number(many * share), all: number(many) };
}

/**
 * How sure a zone is: the share of the runs with it among the first ten, or at rank 1 where the
 * zones are too few to speak of ten; null where nothing was drawn.
 * @param {{ p_first: number | null, p_top10: number | null }} site
 */
export function sureOf({ p_first: first, p_top10: ten }) {
  if (known(ten)) return { part: ten, brief: tr("first ten"), words: tr("among the first ten") };
  const alone = pgettext("of the runs", "first");
  return known(first) ? { part: first, brief: alone, words: alone } : null;
}

/** Of a price from which a place pays: corporate tax is not in it. */
export const BEFORE_TAX = tr("before tax");
/** What a share is, wherever it has a name. */
export const CHANCE = tr("chance of the next plant");

/** "above 99.6 % of the places": never rounded up to all of them. @param {number} share */
export function percentileText(share) {
  const digits = share > 0.999 ? 2 : share > 0.99 ? 1 : 0;
  const scale = 10 ** digits;
  const floor = Math.floor(100 * share * scale + 1e-9) / scale;
  return perCent(floor, share === 1 ? 0 : digits);
}

/** The share of a weight. @param {number} share */
export function shareText(share) {
  const whole = Math.abs(100 * share - Math.round(100 * share)) < 0.05;
  return perCent(100 * share, whole ? 0 : 1);
}

/** Odds as a factor, of their logarithm: "\u00D72.1" or "/3.0". @param {number} ln */
export function oddsText(ln) {
  const factor = Math.exp(Math.abs(ln));
  const sign = ln < 0 && factor >= 1.05 ? "/" : "\u00D7";
  if (factor >= 1e6) {
    const power = String(Math.round(Math.log10(factor)));
    return `${sign}10${power.replace(/\d/g, (digit) => RAISED[Number(digit)])}`;
  }
  if (factor < 10) return sign + number(factor, 1);
  const digits = factor >= 1000 ? 10 ** (Math.floor(Math.log10(factor)) - 1) : 1;
  return sign + number(Math.round(factor / digits) * digits);
}

/** A factor in a sentence, of its logarithm: "19 times", "0.2 times". @param {number} ln */
export function timesText(ln) {
  const factor = Math.exp(ln);
  if (ln >= 0) return tr("{factor} times", { factor: oddsText(ln).slice(1) });
  if (factor < 0.01) return tr("less than 0.01 times");
  return tr("{factor} times", { factor: number(factor, factor < 0.1 ? 2 : 1) });
}

/** @param {number} value */
export function rounded(value) {
  const size = Math.abs(value);
  return number(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}

/** @type {Record<string, (raw: number) => string>} */
const SHOWN_AS = {
  year: (raw) => String(Math.round(raw)),
  "0-1": (raw) => number(raw, 2),
  "%": (raw) => withSign(rounded(raw)),
  "share of capex": (raw) => tr("{share} of capex", { share: withSign(rounded(100 * raw)) }),
};

/**
 * @param {number | null} raw
 * @param {string} unit
 */
export function measured(raw, unit) {
  if (raw === null) return tr("unknown");
  return unit in SHOWN_AS ? SHOWN_AS[unit](raw) : `${rounded(raw)} ${tr(unit)}`.trim();
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (count, one, many) =>
  `${number(count)} ${count === 1 ? one : many || `${one}s`}`;

/** Facts in a line; what is empty is none. @param {...string} texts */
export const facts = (...texts) => texts.filter(Boolean).join(pgettext("between facts", ", "));

/** Sentences after each other; what is empty is none. @param {...string} texts */
export const sentences = (...texts) =>
  texts
    .filter(Boolean)
    .reduce(
      (first, next) => (first ? pgettext("sentences", "{first} {next}", { first, next }) : next),
      "",
    );

/** A clause as a sentence. @param {string} text */
export const ended = (text) => pgettext("sentence", "{text}.", { text });

/** @param {string} text */
export const lowered = (text) => text.charAt(0).toLowerCase() + text.slice(1);
/** @param {string} text */
export const raised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A name without what stands in brackets behind it. @param {string} name */
export const short = (name) => name.replace(/ \([^()]*\)$/, "") || name;

/** The rank of a site, or a dash outside the list. @param {{ rank: number | null }} site */
export const place = (site) => (site.rank === null ? DASH : site.rank);
