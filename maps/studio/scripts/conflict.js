// Two people saved one study: mine and theirs side by side, and what becomes of both.
import { add, el } from "../../panel/scripts/dom.js";
import { ask, part, sentences } from "./api.js";
import { put } from "./dialog.js";
import { save, take } from "./doc.js";
import { say } from "./say.js";
import { theDoc } from "./state.js";

/** A text whose lines are marked where the other has none like it. @param {string} title @param {string} text @param {string} other @param {string} cls */
function side(title, text, other, cls) {
  const known = new Set(other.split("\n"));
  const box = el("pre", cls);
  box.tabIndex = 0;
  box.setAttribute("aria-label", title);
  for (const line of text.split("\n")) {
    add(box, known.has(line) ? el("span", "", line) : el("mark", "", line));
  }
  return add(el("section"), el("h3", "", title), box);
}

/** A name that is free in most folders: my_study-mine.yaml. @param {string} name */
const beside = (name) => name.replace(/(\.ya?ml)$/, "-mine$1");

/** @param {string} text */
async function saveBeside(text) {
  const { name } = theDoc();
  const study = await ask("POST", "/studies", { name: beside(name), from: name });
  const saved = await ask("PUT", `/studies/${part(study.name)}`, { text, etag: study.etag });
  await ask("PUT", `/studies/${part(name)}/draft`, { text: "" });
  take(saved, false);
}

/**
 * Let the reader choose.
 * @param {{ text: string, etag: string }} theirs
 * @returns {Promise<boolean>} whether the study is saved now, as mine or theirs
 */
export async function settleConflict(theirs) {
  const { name, text } = theDoc();
  const both = add(
    el("div", "both"),
    side(say("mine"), text, theirs.text, "mine"),
    side(say("theirs"), theirs.text, text, "theirs"),
  );
  const buttons = [
    { key: "mine", words: say("keep.mine") },
    { key: "theirs", words: say("take.theirs") },
    { key: "beside", words: say("keep.beside", { name: beside(name) }) },
  ];
  const answer = await put(
    say("conflict", { name }),
    [el("p", "", say("conflict.about")), both],
    buttons,
    {
      wide: true,
      check: async (key) => {
        try {
          if (key === "beside") await saveBeside(text);
          if (key === "theirs") {
            await ask("POST", `/versions/${part(name)}`, { text });
            await ask("PUT", `/studies/${part(name)}/draft`, { text: "" });
            take(await ask("GET", `/studies/${part(name)}`), false);
          }
        } catch (error) {
          return sentences(error);
        }
        return [];
      },
    },
  );
  if (answer !== "mine") return answer !== "";
  const again = await save(theirs.etag);
  return again ? settleConflict(again) : true;
}
