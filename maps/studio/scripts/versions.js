// Every version that was saved: what each changed, the difference of two, and the way back.

/** @import { Difference, Version } from "./types.js" */
import { $, add, button, el } from "../../panel/scripts/dom.js";
import { ask, part, Refused, sentences } from "./api.js";
import { take } from "./doc.js";
import { nextId } from "./fields.js";
import { readFolder } from "./folder.js";
import { moment, say, size } from "./say.js";
import { kept, noted, opened, state, theDoc, turned } from "./state.js";

/** The two that are compared: the earlier and the later, by id; "now" is the file. */
let picked = { one: "", other: "now" };
let shown = "";

/** @param {"one" | "other"} side @param {string} id @param {string} words */
function radio(side, id, words) {
  const input = el("input");
  Object.assign(input, { type: "radio", name: side, value: id, id: nextId() });
  input.checked = picked[side] === id;
  const label = add(el("label", "pick"), input, el("span", "", say(`pick.${side}`)));
  input.setAttribute("aria-label", `${say(`pick.${side}`)}: ${words}`);
  input.addEventListener("change", () => {
    picked = { ...picked, [side]: id };
    compare();
  });
  return label;
}

/** @param {Version} version */
function row({ id, saved, changed, size: bytes }) {
  const item = el("li", "version");
  const when = moment(saved);
  const what = changed.length ? changed : [say("first.version")];
  const words = add(el("div", "what"), el("b", "", when), el("span", "meta", size(bytes)));
  add(words, add(el("ul"), ...what.map((one) => el("li", "", one))));
  const back = button("button writes", say("restore"), () => restore(id));
  back.setAttribute("aria-label", say("restore.what", { at: when }));
  return add(item, radio("one", id, when), radio("other", id, when), words, back);
}

async function compare() {
  const { name } = theDoc();
  if (!picked.one || picked.one === picked.other) {
    $("difference").replaceChildren();
    return;
  }
  const [one, other] = [picked.one, picked.other].map((id) => part(`${name}@${id}`));
  try {
    /** @type {Difference} */
    const { changed, lines } = await ask("GET", `/diff?one=${one}&other=${other}`);
    const words = add(el("ul"), ...changed.map((one) => el("li", "", one)));
    const text = el("pre", "lines");
    text.tabIndex = 0;
    text.setAttribute("aria-label", say("difference.lines"));
    for (const { kind, text: line } of lines) {
      const tag = kind === "-" ? "del" : kind === "+" ? "ins" : "span";
      add(text, el(tag, "", `${kind} ${line}`));
    }
    const none = el("p", "help", say("no.difference"));
    const head = el("h3", "", say("difference"));
    $("difference").replaceChildren(head, ...(changed.length ? [words, text] : [none]));
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** @param {string} id */
async function restore(id) {
  const { name, etag } = theDoc();
  try {
    const path = `/versions/${part(name)}/${part(id)}/restore`;
    take(await ask("POST", path, { etag }), false);
    await readFolder();
    noted.tell(say("restored"));
  } catch (error) {
    const words = error instanceof Refused ? sentences(error) : [];
    for (const one of words) noted.tell(one);
  }
}

function draw() {
  const { doc } = state;
  if (!doc || state.tab !== "versions") return;
  const spot = `${doc.name} ${doc.versions.map(({ id }) => id).join()}`;
  if (spot === shown) return;
  shown = spot;
  picked = { one: doc.versions[1]?.id ?? doc.versions[0]?.id ?? "", other: "now" };
  $("noversions").hidden = doc.versions.length > 0;
  $("versionlist").hidden = !doc.versions.length;
  const words = add(el("div", "what"), el("b", "", say("in.file")));
  const now = add(el("li", "version now"), radio("other", "now", say("in.file")), words);
  $("versionlist").replaceChildren(now, ...doc.versions.map(row));
  compare();
}

export function buildVersions() {
  for (const signal of [opened, turned, kept]) signal.follow(draw);
}
