// The language of the page: asked for in its address, else what this browser chose last, else the
// first of the browser's own that there is. Which there are, says the list that the page has.
import { $ } from "../../panel/scripts/dom.js";

const KEPT = "siting-language";
const ENGLISH = "en";
const known = [.../** @type {HTMLSelectElement} */ ($("language")).options];

/** A language without its script and region. @param {string | null} tag */
const bare = (tag) => (tag ?? "").split("-")[0].toLowerCase();

const asked = bare(new URLSearchParams(location.search).get("language"));
const wanted = [asked, localStorage.getItem(KEPT), ...navigator.languages].map(bare);

/** By the name of its catalogue. */
export const language = wanted.find((one) => known.some(({ value }) => value === one)) ?? ENGLISH;
if (asked === language) choose(language);
if (language !== ENGLISH) {
  document.documentElement.lang = known.find(({ value }) => value === language)?.lang ?? ENGLISH;
}

/** Keep a language for the next time. @param {string} next */
export function choose(next) {
  localStorage.setItem(KEPT, next);
}

/** As HTTP and Intl name it. */
export const tag = document.documentElement.lang || ENGLISH;

/** Whether it has a catalogue: the scripts hold English. */
export const translated = language !== ENGLISH;
