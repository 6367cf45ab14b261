// Weights in force as sliders of shares: of the pillars, and of the criteria in each.

/** @import { Criterion, Pillar, Tree } from "./types.js" */
import { $, add, el } from "../../panel/scripts/dom.js";
import { edit } from "./doc.js";
import { nextId } from "./fields.js";
import { valueAt } from "./form.js";
import { percent, say } from "./say.js";
import { changed, opened, state } from "./state.js";

const MOST = 0.95; // share that a slider gives to one of several
/** @type {Map<string, { input: HTMLInputElement, output: HTMLOutputElement }>} sliders by pillar.criterion */
let sliders = new Map();
let shape = "";

/** @param {{ weight: number }[]} parts */
const sum = (parts) => parts.reduce((all, { weight }) => all + weight, 0);
/** What a pillar counts with: its weight times those of its criteria. @param {Pillar} pillar */
const counts = ({ weight, criteria }) => weight * sum(criteria);
/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(4));

/** The shares of all pillars of one whole. @param {Tree} tree */
export function pillarShares({ pillars }) {
  const whole = pillars.reduce((all, pillar) => all + counts(pillar), 0);
  return Object.fromEntries(
    pillars.map((pillar) => [pillar.pillar, whole ? counts(pillar) / whole : 0]),
  );
}

/** @param {Pillar} pillar @param {Criterion} criterion */
const inside = ({ criteria }, { weight }) => (sum(criteria) ? weight / sum(criteria) : 0);

/** @param {string} pillar */
export const colourOf = (pillar) => `var(--pillar-${pillar})`;

/** Give a pillar a share; the others keep their ratios. @param {Pillar} pillar @param {number} share */
function turnPillar(pillar, share) {
  const { weights: tree } = state.doc ?? {};
  if (!tree) return;
  const others = tree.pillars
    .filter((one) => one !== pillar)
    .reduce((all, one) => all + counts(one), 0);
  const wanted = (Math.min(share, MOST) / (1 - Math.min(share, MOST))) * others;
  const bare = typeof valueAt(["weights", pillar.pillar]) === "number";
  const path = ["weights", pillar.pillar, ...(bare ? [] : ["weight"])];
  edit(path, rounded(wanted / (sum(pillar.criteria) || 1)));
}

/** Give a criterion a share of its pillar, which keeps its own. @param {Pillar} pillar @param {Criterion} criterion @param {number} share */
function turnCriterion({ pillar, criteria, weight }, criterion, share) {
  const whole = sum(criteria) || 1;
  const rest = whole - criterion.weight;
  const others = criteria.length - 1;
  const given = Math.min(share, MOST) * whole;
  /** @param {Criterion} one */
  const left = (one) =>
    rest > 0 ? (one.weight / rest) * (whole - given) : (whole - given) / others;
  const next = Object.fromEntries(
    criteria.map((one) => [one.key, rounded(one === criterion ? given : left(one))]),
  );
  const bare = typeof valueAt(["weights", pillar]) === "number";
  if (bare) edit(["weights", pillar], { weight, criteria: next });
  else edit(["weights", pillar, "criteria"], next);
}

/**
 * @param {string} key
 * @param {string} words
 * @param {string} colour
 * @param {(share: number) => void} turn
 */
function slider(key, words, colour, turn) {
  const input = el("input");
  Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5, id: nextId() });
  input.disabled = state.readOnly;
  input.style.setProperty("--c", colour);
  const output = el("output");
  output.setAttribute("for", input.id);
  const label = el("label", "", words);
  label.htmlFor = input.id;
  input.addEventListener("input", () => write(key, Number(input.value) / 100));
  input.addEventListener("change", () => turn(Number(input.value) / 100));
  sliders.set(key, { input, output });
  return add(el("div", "slide"), label, input, output);
}

/** @param {string} key @param {number} share */
function write(key, share) {
  const own = sliders.get(key);
  if (!own) return;
  const text = percent(share);
  own.output.textContent = text;
  own.input.style.setProperty("--v", `${100 * share}%`);
  own.input.setAttribute("aria-valuetext", text);
}

/** The pillar as it is in force now. @param {string} key */
const nowOf = (key) => state.doc?.weights?.pillars.find((one) => one.pillar === key);

/** @param {Pillar} pillar */
function group({ pillar: key, words, criteria }) {
  const box = el("details", "pillar");
  box.dataset.pillar = key;
  const head = slider(key, words, colourOf(key), (share) => {
    const now = nowOf(key);
    if (now) turnPillar(now, share);
  });
  const body = el("div", "body");
  for (const { key: own, words: name, unit } of criteria) {
    const row = slider(
      `${key}.${own}`,
      unit ? say("with.unit", { name, unit }) : name,
      colourOf(key),
      (share) => {
        const now = nowOf(key);
        const criterion = now?.criteria.find((one) => one.key === own);
        if (now && criterion) turnCriterion(now, criterion, share);
      },
    );
    const input = row.querySelector("input");
    if (input && criteria.length < 2) input.disabled = true;
    add(body, row);
  }
  const summary = add(
    el("summary"),
    el("span", "", say("criteria.of", { pillar: words, n: criteria.length })),
  );
  return add(el("section", "pillarbox"), head, add(box, summary, body));
}

function fill() {
  const tree = state.doc?.weights;
  if (!tree) return;
  const shares = pillarShares(tree);
  const bar = tree.pillars.map((pillar) => {
    const part = el("i");
    part.style.width = percent(shares[pillar.pillar]).replace(",", ".");
    part.style.background = colourOf(pillar.pillar);
    part.title = `${pillar.words}: ${percent(shares[pillar.pillar])}`;
    return part;
  });
  $("sharebar").replaceChildren(...bar);
  for (const pillar of tree.pillars) {
    put(pillar.pillar, shares[pillar.pillar]);
    for (const one of pillar.criteria) put(`${pillar.pillar}.${one.key}`, inside(pillar, one));
  }
}

/** @param {string} key @param {number} share */
function put(key, share) {
  const own = sliders.get(key);
  if (own) own.input.value = String(100 * share);
  write(key, share);
}

function draw() {
  const tree = state.doc?.weights;
  $("noweights").hidden = Boolean(tree);
  $("sliders").hidden = !tree;
  if (!tree) return;
  const next = JSON.stringify(tree.pillars.map((p) => [p.pillar, p.criteria.map((c) => c.key)]));
  if (next !== shape) {
    shape = next;
    sliders = new Map();
    $("pillars").replaceChildren(...tree.pillars.map(group));
  }
  fill();
}

export function buildWeights() {
  changed.follow(draw);
  opened.follow(draw);
}
