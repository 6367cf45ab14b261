// A question over the page: the browser's own dialog, which holds the focus and gives it back.
import { add, button, el } from "../../panel/scripts/dom.js";
import { say } from "./say.js";

/**
 * Ask; the answer is the key of the button that was pressed, "" where the question was closed.
 * @param {string} title
 * @param {(Node | string)[]} parts
 * @param {{ key: string, words: string, main?: boolean }[]} buttons
 * @param {{ wide?: boolean, check?: (key: string) => Promise<string[]> }} [more] what is wrong with
 *   the answer: then the dialog stays
 * @returns {Promise<string>}
 */
export function put(title, parts, buttons, { wide = false, check = async () => [] } = {}) {
  const box = el("dialog", wide ? "dialog wide" : "dialog");
  const head = el("h2", "", title);
  head.id = "asked";
  box.setAttribute("aria-labelledby", "asked");
  const wrong = el("p", "wrong");
  wrong.setAttribute("role", "alert");
  const foot = el("div", "foot");
  return new Promise((resolve) => {
    /** @param {string} key */
    const end = async (key) => {
      const words = key ? await check(key) : [];
      wrong.textContent = words.join("\n");
      if (words.length) return;
      box.close();
      box.remove();
      resolve(key);
    };
    for (const { key, words, main } of buttons) {
      add(
        foot,
        button(main ? "button main" : "button", words, () => end(key)),
      );
    }
    add(
      foot,
      button("button", say("close"), () => end("")),
    );
    add(box, head, ...parts, wrong, foot);
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      end("");
    });
    box.addEventListener("keydown", (event) => {
      const main = buttons.find((one) => one.main);
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || !main) return;
      event.preventDefault();
      end(main.key);
    });
    document.body.append(box);
    box.showModal();
  });
}

/**
 * A field of a dialog with its label.
 * @template {HTMLElement} Control
 * @param {string} words
 * @param {Control} control
 */
export function labelled(words, control) {
  return add(el("label", "asking"), el("span", "", words), control);
}
