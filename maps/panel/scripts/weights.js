// The panel over the list that it sorts: the lens, and how much each thing weighs. A row is one share
// of a whole; a pillar opens to its criteria, those that weigh nothing too.

/** @import { Setting } from "./model.js" */
import { remember } from "./address.js";
import { drawChange } from "./answer.js";
import { FIRST, live, where } from "./data.js";
import { $, add, button, el, field, option, svg, write } from "./dom.js";
import { ngettext, tr } from "./language.js";
import { holds, isShown, seen } from "./map.js";
import { nameLayer } from "./names.js";
import { partOf, wordsOf } from "./parts.js";
import { nameZones } from "./points.js";
import { bench, inPlay, sites, turn, zonesNow } from "./rank.js";
import { copied, pathOf, same, sharesIn, titleOf, turned, VIEWS, weightsIn } from "./setting.js";
import { rerank, state } from "./state.js";
import { viewStart } from "./views.js";
import { ended, number, sentences, shareText } from "./words.js";

/**
 * @typedef {object} Share a row of the panel
 * @property {string} pillar
 * @property {string} key
 * @property {string} name
 * @property {HTMLInputElement} input
 * @property {HTMLOutputElement} output
 * @property {HTMLButtonElement} lock
 * @property {HTMLElement} line
 */

const COST = "delivered_cost";
const WEIGHTS_ALONE = tr("These are weights alone: date, price, owner and laws stay the study's.");
/** @type {Set<string>} */
const locks = new Set();
/** @type {Map<string, Share>} */
const rows = new Map();
let waiting = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;

// ---- rows ----

/** @param {string} path @param {string} name */
function lockButton(path, name) {
  const node = button("lock", undefined, () => {
    if (!locks.delete(path)) locks.add(path);
    drawWeights();
  });
  const size = { width: 12, height: 14, viewBox: "0 0 12 14", "aria-hidden": "true" };
  const picture = svg("svg", size);
  add(
    picture,
    svg("path", { class: "bow", d: "M3.5 6V4a2.5 2.5 0 0 1 5 0v2" }),
    svg("rect", { x: 1.5, y: 6, width: 9, height: 7, rx: 1.2 }),
  );
  node.setAttribute("aria-label", tr("Lock {name}", { name }));
  return add(node, picture);
}

/** @param {string} name @param {() => void} act */
function openerOf(name, act) {
  const node = button("opener", undefined, act);
  node.setAttribute("aria-expanded", "false");
  node.setAttribute("aria-label", tr("What {name} is made of", { name }));
  return add(node, el("span", "turn", "\u25B6"));
}

/**
 * @param {string} pillar empty for a pillar itself
 * @param {string} key
 * @param {boolean} alone whether there is nothing to give to or take from
 */
function shareRow(pillar, key, alone) {
  const path = pathOf(pillar, key);
  const { name, unit, colour, opens } = partOf(pillar, key);
  const item = el("div", "share");
  const line = el("div", "line");
  const input = el("input");
  const output = el("output");
  const label = el("label", "", name);
  const lock = lockButton(path, name);
  const opener = opens ? openerOf(name, () => toggleShare(item, key)) : el("span", "opener");
  input.id = `w-${path}`;
  label.htmlFor = input.id;
  label.title = unit ? tr("{name}: {unit}", { name, unit }) : name;
  Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5 });
  input.style.setProperty("--c", colour);
  input.addEventListener("input", () => slide(pillar, key, Number(input.value) / 100));
  output.setAttribute("for", input.id);
  add(line, opener, label, input, output, lock);
  if (alone) {
    input.disabled = true;
    line.classList.add("alone");
  }
  rows.set(path, { pillar, key, name, input, output, lock, line });
  return add(item, line);
}

/** @param {string} pillar empty for the pillars themselves */
function group(pillar) {
  const keys = Object.keys(weightsIn(turn.setting, pillar));
  return add(el("div", "shares"), ...keys.map((key) => shareRow(pillar, key, keys.length < 2)));
}

/** @param {HTMLElement} item @param {string} pillar */
function toggleShare(item, pillar) {
  const was = item.querySelector(":scope > .shares");
  if (was) {
    for (const input of was.querySelectorAll("input")) rows.delete(input.id.slice(2));
    was.remove();
  } else add(item, group(pillar));
  item.querySelector(".opener")?.setAttribute("aria-expanded", String(!was));
  item.classList.toggle("open", !was);
  drawWeights();
}

/** One redraw a frame, however fast the slider is dragged. @param {string} pillar @param {string} key @param {number} share */
function slide(pillar, key, share) {
  turn.setting = turned(turn.setting, pillar, key, share, locks);
  if (waiting) return;
  waiting = requestAnimationFrame(() => {
    waiting = 0;
    rerank(turn.setting);
  });
}

// ---- the setting in force ----

/** @param {Share} row @param {string} path @param {number} share */
function drawRow({ name, input, output, lock, line }, path, share) {
  const text = shareText(share);
  const locked = locks.has(path);
  input.value = String(100 * share);
  input.style.setProperty("--v", `${100 * share}%`);
  input.setAttribute("aria-valuetext", text);
  write(output, text);
  line.classList.toggle("none", !share);
  input.disabled = locked || line.classList.contains("alone");
  lock.setAttribute("aria-pressed", String(locked));
  lock.title = locked
    ? tr("{name} stays", { name })
    : tr("Keep {name} as it is when others move", { name });
}

export function drawWeights() {
  const { setting } = turn;
  if (!rows.size) $("shares").replaceChildren(group(""));
  const pillars = ["", ...Object.keys(setting.weights)];
  const current = new Map(pillars.map((pillar) => [pillar, sharesIn(setting, pillar)]));
  for (const [path, row] of rows) drawRow(row, path, current.get(row.pillar)?.[row.key] ?? 0);
  const at = VIEWS.findIndex((view) => same(view, setting));
  field("whose").value = at < 0 ? "turned" : String(at);
  write($("reasoning"), at > 0 ? sentences(tr(VIEWS[at].reasoning), WEIGHTS_ALONE) : "");
  field("reset").disabled = !turn.moved;
  write($("printed"), tr("Ranked by: {weights}", { weights: wordsOf(setting) }));
}

/** Take a setting as it is, without locks, and look where its sites lie. @param {Setting} setting */
export function wear(setting) {
  locks.clear();
  rerank(copied(setting), true);
  const box = seen();
  const inSight = sites.slice(0, FIRST).some((site) => holds(box, where(site)));
  if (!state.site && sites.length && !inSight) viewStart();
}

/** When the hand rests: say what happened or what would flip it, and put it into the address. */
export function settleSoon() {
  clearTimeout(settling);
  settling = setTimeout(() => {
    const flip = drawChange();
    $("happened").textContent = turn.moved ? happened() : flip;
    nameZones(zonesNow());
    if (isShown(nameLayer)) nameLayer.draw();
    remember();
  }, 150);
}

/** What the delivered cost holds already and is weighed beside it: a plan refuses such a setting. */
function twice() {
  if (!turn.found.leaves[COST]) return "";
  const names = inPlay(turn.found)
    .filter(({ inCost }) => inCost)
    .map(({ name }) => tr(name));
  if (!names.length) return "";
  return tr("{criteria}: counted twice, the delivered cost holds it already.", {
    criteria: names.join(tr(", ")),
  });
}

function happened() {
  const [first] = sites;
  if (!first) return "";
  const before = turn.own.heads.slice(0, FIRST);
  const fresh = sites.slice(0, FIRST).filter((site) => !before.includes(site.index)).length;
  const stays = first.index === before[0];
  const { name } = first;
  const who = stays ? tr("{name} keeps rank 1", { name }) : tr("{name} takes rank 1", { name });
  const many = fresh
    ? ngettext("{n} of the ten likeliest is new", "{n} of the ten likeliest are new", fresh, {
        n: fresh,
      })
    : tr("the same ten stay likeliest");
  const news = sites.length > FIRST ? tr("{one}; {other}.", { one: who, other: many }) : "";
  const drawn = turn.chance ? tr("The page's own runs vary the weights only.") : "";
  return sentences(twice(), news || ended(who), drawn);
}

// ---- the panel ----

function fillChoice() {
  const kinds = {
    study: tr("The study"),
    lens: tr("Of a lens"),
    stakeholder: tr("Of a stakeholder"),
  };
  for (const [kind, words] of Object.entries(kinds)) {
    const set = el("optgroup");
    set.label = words;
    VIEWS.forEach((view, at) => {
      if (view.kind !== kind) return;
      add(set, option(at, titleOf(view)));
    });
    if (set.childElementCount) add($("whose"), set);
  }
  const turnedHere = option("turned", tr("As turned here"));
  turnedHere.disabled = true;
  add($("whose"), turnedHere);
}

export function buildWeights() {
  if (!live) return;
  $("weights").hidden = false;
  document.body.classList.add("live");
  fillChoice();
  $("whose").addEventListener("change", () => wear(VIEWS[Number(field("whose").value)]));
  $("reset").addEventListener("click", () => wear(VIEWS[0]));
  $("weightsfold").addEventListener("click", () =>
    foldWeights(!$("weights").classList.contains("shut")),
  );
  if (bench.count < bench.compared) {
    $("ranked").textContent = tr(
      "Under turned weights the page ranks {count} of {all} places: the likeliest and all " +
        "estates, and a sample that stands for the others, so that chances there are estimates.",
      { count: number(bench.count), all: number(bench.compared) },
    );
  }
}

/** @param {boolean} shut */
export function foldWeights(shut) {
  $("weights").classList.toggle("shut", shut);
  $("weightsfold").setAttribute("aria-expanded", String(!shut));
}
