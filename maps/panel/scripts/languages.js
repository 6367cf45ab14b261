// The switch of the language. The page is put together anew in it, where the reader left it.

import { $, add, el, option, part, phone } from "./dom.js";
import { keep } from "./kept.js";
import { tr } from "./language.js";
import { KEPT, LANGUAGES, languageNow, languages } from "./reader.js";

/** In the title; on a phone under the legend. @param {HTMLElement} box */
function dock(box) {
  if (phone.matches) part(".side").append(box);
  else $("print").before(box);
}

export function buildLanguages() {
  const offered = languages();
  if (offered.length < 2) return;
  const choose = el("select");
  choose.id = "language";
  for (const language of offered) {
    const own = option(language, LANGUAGES[language].name);
    own.lang = LANGUAGES[language].tag;
    choose.append(own);
  }
  choose.value = languageNow();
  choose.addEventListener("change", () => {
    keep(KEPT, choose.value);
    window.location.reload();
  });
  const label = el("label", "", tr("Language"));
  label.htmlFor = choose.id;
  const box = add(el("div", "theme"), label, choose);
  phone.addEventListener("change", () => dock(box));
  dock(box);
}
