// The switch of the theme: the system's, light or dark. It is the reader's, so no link holds it.

import { $, add, el, option, part, phone } from "./dom.js";
import { chooseTheme, night, themeChosen, wearTheme } from "./inks.js";
import { tr } from "./language.js";
import { themed } from "./state.js";

/** @typedef {ReturnType<typeof themeChosen>} Choice */
/** @type {[Choice, string][]} */
const CHOICES = [
  ["", tr("As the system")],
  ["light", tr("Light")],
  ["dark", tr("Dark")],
];

/** In the title; on a phone under the legend. @param {HTMLElement} box */
function dock(box) {
  if (phone.matches) part(".side").append(box);
  else $("print").before(box);
}

export function buildTheme() {
  wearTheme();
  const choose = el("select");
  choose.id = "theme";
  choose.append(...CHOICES.map(([value, words]) => option(value, words)));
  choose.value = themeChosen();
  choose.addEventListener("change", () => {
    chooseTheme(/** @type {Choice} */ (choose.value));
    themed.tell();
  });
  night.addEventListener("change", () => themed.tell());
  const label = el("label", "", tr("Colours"));
  label.htmlFor = choose.id;
  const box = add(el("div", "theme"), label, choose);
  phone.addEventListener("change", () => dock(box));
  dock(box);
}
