// The answer told in scenes: arrow keys or buttons lead from the question to the first zones, and the
// map moves along. Escape leaves.
import { closeCompare } from "./compare.js";
import { $, add, button, el, phone } from "./dom.js";
import { drawFlows } from "./flows.js";
import { pgettext, tr } from "./language.js";
import { centre, fit, lookAt, resized, zoomLevel } from "./map.js";
import { closePins } from "./pins.js";
import { boxOf, scenesNow } from "./scenes.js";
import { state, unpick } from "./state.js";

/** Number of the scene that is shown. */
let at = 0;
/** What the map showed before. @type {{ at: import("./model.js").Place, zoom: number } | null} */
let before = null;

const open = () => !$("story").hidden;

/** Look at the places of a scene, above its card. @param {import("./scenes.js").Scene} scene */
function look(scene) {
  drawFlows(scene.site);
  const box = boxOf(scene);
  if (!box) return;
  const card = $("story").offsetHeight + 64;
  fit(box, { topLeft: [24, 24], bottomRight: [24, card], most: scene.site ? 6 : 5 });
}

/** @param {string} words @param {string} text @param {number} by @param {boolean} able */
function stepper(words, text, by, able) {
  const node = button("button", text, () => go(at + by));
  node.setAttribute("aria-label", words);
  node.disabled = !able;
  return node;
}

/** Draw the scene that is shown; the map is left as it is. */
export function drawStory() {
  if (!open()) return;
  const scenes = scenesNow();
  at = Math.min(at, scenes.length - 1);
  const scene = scenes[at];
  const title = el("h2", "", scene.head);
  title.id = "storytitle";
  const close = button("close", "\u00D7", leaveStory);
  close.setAttribute("aria-label", tr("Leave the story"));
  const dots = el("div", "dots");
  dots.setAttribute("aria-hidden", "true");
  for (let k = 0; k < scenes.length; k += 1) add(dots, el("i", k === at ? "on" : ""));
  const words = add(el("div", "scene"), title, el("p", "", scene.text));
  words.setAttribute("aria-live", "polite");
  const place = { at: at + 1, all: scenes.length };
  const count = el("span", "small", pgettext("scene", "{at} of {all}", place));
  const back = stepper(tr("Earlier scene"), tr("\u25C0 Back"), -1, at > 0);
  const next = stepper(tr("Next scene"), tr("Next \u25B6"), 1, at < scenes.length - 1);
  $("story").replaceChildren(close, words, add(el("div", "steps"), back, dots, count, next));
  const { head, text } = scene;
  $("said").textContent = tr("Scene {at} of {all}. {head}. {text}", { ...place, head, text });
}

/** @param {number} number */
function go(number) {
  const scenes = scenesNow();
  const wanted = Math.max(0, Math.min(number, scenes.length - 1));
  if (wanted === at) return;
  at = wanted;
  drawStory();
  look(scenes[at]);
  $("story").focus({ preventScroll: true });
}

function enter() {
  if (state.site) unpick();
  closePins();
  closeCompare();
  at = 0;
  before = { at: centre(), zoom: zoomLevel() };
  $("story").hidden = false;
  document.body.classList.add("telling");
  drawStory();
  resized({ pan: false });
  look(scenesNow()[0]);
  $("story").focus({ preventScroll: true });
}

export function leaveStory() {
  if (!open()) return;
  $("story").hidden = true;
  document.body.classList.remove("telling");
  drawFlows(state.site);
  resized({ pan: false });
  if (before) lookAt(before.at, before.zoom);
  $("tell").focus();
}

/** @type {Record<string, (last: number) => number>} */
const STEPS = {
  ArrowRight: () => at + 1,
  ArrowDown: () => at + 1,
  PageDown: () => at + 1,
  ArrowLeft: () => at - 1,
  ArrowUp: () => at - 1,
  PageUp: () => at - 1,
  Home: () => 0,
  End: (last) => last,
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!open() || !Object.hasOwn(STEPS, event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  go(STEPS[event.key](scenesNow().length - 1));
}

/** The way in stands in the head of the page, on a phone over the list. */
function dock() {
  if (phone.matches) $("scroll").prepend($("tell"));
  else document.querySelector(".right")?.prepend($("tell"));
}

export function buildStory() {
  const tell = button("button", tr("Story"), enter);
  tell.id = "tell";
  tell.title = tr("The answer in scenes: arrow keys lead on, Escape leaves");
  document.body.append(tell);
  dock();
  phone.addEventListener("change", dock);
  document.addEventListener("keydown", onKey, true); // before the map, which pans by arrow keys
}
