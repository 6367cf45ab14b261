// Weights from judgements of importance: points of a swing, an order, or pairs. The server does the
// arithmetic; what it gives is shown beside what is in force before anything is taken over.

/** @import { Judged } from "./types.js" */
import { $, add, button, el, field, option } from "../../panel/scripts/dom.js";
import { ask, sentences } from "./api.js";
import { learn } from "./doc.js";
import { nextId } from "./fields.js";
import { consistency, pairs, readPairs } from "./pairwise.js";
import { percent, say } from "./say.js";
import { changed, noted, opened, state, theDoc } from "./state.js";
import { pillarShares } from "./weights.js";

const REST_MS = 350;
let asking = 0;
/** @type {Judged | null} */
let judged = null;
/** Judgements as they stand, by method and pillar, so that a look elsewhere loses none. @type {Map<string, Record<string, number>>} */
const kept = new Map();
let shape = "";

const pillar = () => field("judgedpillar").value;
const method = () => field("method").value;
const spot = () => `${state.doc?.name} ${method()} ${pillar()}`;

/** What is judged: all pillars, or the criteria of one, that weigh something. */
function items() {
  const tree = state.doc?.weights;
  if (!tree) return [];
  const shares = pillarShares(tree);
  if (!pillar()) {
    return tree.pillars
      .filter(({ pillar: key }) => shares[key] > 0)
      .map(({ pillar: key, words }) => ({ key, words, share: shares[key] }));
  }
  const { criteria } = tree.pillars.find((one) => one.pillar === pillar()) ?? { criteria: [] };
  const whole = criteria.reduce((all, one) => all + one.weight, 0);
  return criteria
    .filter(({ weight }) => weight > 0)
    .map(({ key, words, weight }) => ({ key, words, share: weight / whole }));
}

/** @param {string} key @param {number} value */
function judge(key, value) {
  kept.set(spot(), { ...kept.get(spot()), [key]: value });
  clearTimeout(asking);
  asking = setTimeout(weigh, REST_MS);
}

// ---- swing ----

function swing() {
  const all = items();
  const most = Math.max(...all.map(({ share }) => share));
  const rows = all.map(({ key, words, share }) => {
    const input = el("input");
    const output = el("output");
    const points = kept.get(spot())?.[key] ?? Math.round((100 * share) / most);
    Object.assign(input, { type: "range", min: 0, max: 100, step: 1, id: nextId(), value: points });
    const label = el("label", "", words);
    label.htmlFor = input.id;
    const write = () => {
      output.textContent = say("points", { n: Number(input.value) });
      input.style.setProperty("--v", `${input.value}%`);
    };
    input.style.setProperty("--c", "var(--navy)");
    input.dataset.key = key;
    input.addEventListener("input", () => {
      write();
      judge(key, Number(input.value));
    });
    write();
    return add(el("div", "slide"), label, input, output);
  });
  return [el("p", "help", say("swing.about")), ...rows];
}

// ---- order ----

/** The items, the most important first. */
function ordered() {
  const own = kept.get(spot());
  return items().sort((a, b) => (own ? own[a.key] - own[b.key] : b.share - a.share));
}

/** @param {number} at @param {number} step */
function move(at, step) {
  const order = ordered();
  const [one] = order.splice(at, 1);
  order.splice(at + step, 0, one);
  for (const [k, { key }] of order.entries()) judge(key, k + 1);
  draw(true);
  const moved = $("judging").querySelectorAll("li")[at + step];
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (moved.querySelectorAll("button"));
  const same = buttons[step < 0 ? 0 : 1];
  (same.disabled ? buttons[step < 0 ? 1 : 0] : same).focus();
}

function order() {
  const all = ordered();
  const list = el("ol", "order");
  for (const [k, { words, key }] of all.entries()) {
    const up = button("button", "\u25B2", () => move(k, -1));
    const down = button("button", "\u25BC", () => move(k, 1));
    up.setAttribute("aria-label", say("up", { what: words }));
    down.setAttribute("aria-label", say("down", { what: words }));
    up.disabled = k === 0;
    down.disabled = k === all.length - 1;
    const item = add(el("li"), el("span", "", words), up, down);
    item.dataset.key = key;
    add(list, item);
  }
  return [el("p", "help", say("order.about")), list];
}

// ---- what the judgements say ----

function rows() {
  const all = items();
  const of = { pillar: pillar() };
  if (method() === "ahp")
    return readPairs(all, kept.get(spot()) ?? {}).map((row) => ({ ...row, ...of }));
  if (method() === "rank") {
    return ordered().map(({ key }, k) => ({ ...of, item: key, rank: k + 1 }));
  }
  return [...$("judging").querySelectorAll("input")].map(({ dataset, value }) => ({
    ...of,
    item: dataset.key,
    points: Number(value),
  }));
}

async function weigh() {
  const { name, text } = theDoc();
  const asked = spot();
  $("judgefaults").textContent = "";
  try {
    const found = await ask("POST", "/weigh", { name, text, method: method(), judgements: rows() });
    if (asked !== spot()) return;
    judged = found;
  } catch (error) {
    judged = null;
    $("judgefaults").textContent = sentences(error).join("\n");
  }
  drawJudged();
}

function drawJudged() {
  const group = judged?.groups.find((one) => one.pillar === pillar());
  $("judged").hidden = !group;
  field("takeweights").disabled = !group || state.readOnly;
  if (!group) return;
  const body = el("tbody");
  for (const { key, words, share } of items()) {
    const next = group.weights[key] ?? 0;
    const bar = add(el("div", "bar"), el("i"));
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${100 * next}%`;
    const name = el("th", "", words);
    name.scope = "row";
    add(
      body,
      add(
        el("tr"),
        name,
        el("td", "n", percent(share)),
        el("td", "n", percent(next)),
        add(el("td", "bars"), bar),
      ),
    );
  }
  const head = el("tr");
  for (const words of [say("item"), say("now"), say("judged"), ""]) {
    const cell = el(words ? "th" : "td", words === say("item") ? "" : "n", words);
    if (words) cell.setAttribute("scope", "col");
    add(head, cell);
  }
  $("judgedshares").replaceChildren(add(el("table"), add(el("thead"), head), body));
  $("consistency").replaceChildren(
    ...(group.comparison ? consistency(group.comparison, items()) : []),
  );
}

function draw(anew = false) {
  const tree = state.doc?.weights;
  $("judgements").hidden = !tree || state.readOnly;
  if (!tree) return;
  const next = `${spot()} ${JSON.stringify(items())}`;
  if (next === shape && !anew) return;
  const busy = $("judging").contains(document.activeElement) && !anew;
  shape = next;
  judged = null;
  drawJudged();
  if (busy) return;
  const kinds = { swing, rank: order, ahp: () => pairs(items(), kept.get(spot()) ?? {}, judge) };
  const made =
    items().length > 1
      ? kinds[/** @type {keyof typeof kinds} */ (method())]()
      : [el("p", "help", say("one.item"))];
  $("judging").replaceChildren(...made);
}

function fillPillars() {
  const tree = state.doc?.weights;
  if (!tree) return;
  const was = pillar();
  const all = tree.pillars.map(({ pillar: key, words }) =>
    option(key, say("criteria.in", { pillar: words })),
  );
  field("judgedpillar").replaceChildren(option("", say("pillars")), ...all);
  field("judgedpillar").value = was;
}

export function buildJudgements() {
  for (const key of /** @type {const} */ (["swing", "rank", "ahp"])) {
    add($("method"), option(key, say(`method.${key}`)));
  }
  for (const id of ["method", "judgedpillar"]) {
    $(id).addEventListener("change", () => draw(true));
  }
  $("weigh").addEventListener("click", weigh);
  $("takeweights").addEventListener("click", () => {
    if (!judged) return;
    learn(judged);
    noted.tell(say("weights.taken"));
  });
  opened.follow(() => {
    fillPillars();
    draw(true);
  });
  changed.follow(() => {
    if ($("judgedpillar").childElementCount !== 1 + (state.doc?.weights?.pillars.length ?? 0)) {
      fillPillars();
    }
    draw();
  });
}
