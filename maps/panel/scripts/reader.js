// The language of the reader: what this browser chose, else what the page was made in.

import { kept } from "./kept.js";
import { tr } from "./language.js";

export const KEPT = "siting-language";
/** Language -> its own name and its tag (BCP 47), as geodata/language.py has them. */
export const LANGUAGES = {
  en: { name: "English", tag: "en" },
  zh: { name: "\u7B80\u4F53\u4E2D\u6587", tag: "zh-Hans" },
  ko: { name: "\uD55C\uAD6D\uC5B4", tag: "ko" },
  ja: { name: "\u65E5\u672C\u8A9E", tag: "ja" },
};
/** @typedef {keyof typeof LANGUAGES} Language */

/** @param {string} language */
export const blockOf = (language) => document.getElementById(`language-${language}`);

/** @param {string | null} language @returns {language is Language} */
const offered = (language) =>
  language === "en" || (!!language && Object.hasOwn(LANGUAGES, language) && !!blockOf(language));

/** Those that the page holds. */
export const languages = () => /** @type {Language[]} */ (Object.keys(LANGUAGES)).filter(offered);

/** @returns {Language} */
export function languageNow() {
  const made = document.documentElement.lang.split("-")[0];
  return [kept(KEPT), made].find(offered) ?? "en";
}

const SPOKEN = ["aria-label", "placeholder", "title"];

/** Say what stands in the page itself, before any script has written there. @param {Language} language */
export function translatePage(language) {
  document.documentElement.lang = LANGUAGES[language].tag;
  if (language === "en") return;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) translateText(node);
    else if (node instanceof Element) translateNames(node);
  }
}

/** @param {Text} node */
function translateText(node) {
  const text = node.data.trim();
  if (text && node.parentElement?.tagName !== "SCRIPT")
    node.data = node.data.replace(text, () => tr(text));
}

/** @param {Element} node */
function translateNames(node) {
  for (const name of SPOKEN) {
    const text = node.getAttribute(name);
    if (text) node.setAttribute(name, tr(text));
  }
}
