// Values of several parts: parts that fold, rows of a list, names with a value each.

/** @import { Field, Json, Make, Schema, Spec } from "./types.js" */
import { add, button, el, option } from "../../panel/scripts/dom.js";
import { edit } from "./doc.js";
import { nextId } from "./fields.js";
import { say } from "./say.js";
import { keyOf, kindOf, labelOf, resolved, shownDefault, unitOf } from "./schema.js";

/** @param {Json | undefined} value @returns {Record<string, Json>} */
const partsOf = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};

/** @param {Spec} spec the whole @param {string | number} step @param {Schema} schema of the part @returns {Spec} */
export function within(spec, step, schema) {
  const key = String(step);
  const whole = resolved(schema);
  const row = typeof step === "number";
  return {
    path: [...spec.path, step],
    schema: whole,
    label: row ? say("row", { n: step + 1, of: spec.label }) : labelOf(key, whole),
    unit: row ? spec.unit : unitOf(key),
  };
}

/** A part of the form that folds. @param {Spec} spec @param {boolean} open */
function folding({ label, schema, path }, open) {
  const node = el("details", "parts");
  node.open = open;
  const summary = el("summary");
  const state = el("span", "written");
  add(summary, el("span", "label", label), state);
  const wrong = el("p", "wrong");
  const body = el("div", "body");
  node.dataset.path = keyOf(path);
  add(node, summary, wrong);
  const about = schema.description;
  if (about && about !== label) add(node, el("p", "help", about));
  add(node, body);
  /** @param {string[]} faults */
  const blame = (faults) => {
    wrong.textContent = faults.join("\n");
    if (faults.length) node.open = true;
  };
  return { node, body, summary, state, blame };
}

/** @param {Spec} spec @param {Make} make @returns {Field} */
export function parts(spec, make) {
  const { node, body, summary, state, blame } = folding(spec, spec.path.length === 1);
  const fields = Object.entries(spec.schema.properties ?? {}).map(
    ([key, schema]) => /** @type {const} */ ([key, make(within(spec, key, schema))]),
  );
  add(body, ...fields.map(([, field]) => field.node));
  return {
    node,
    blame,
    target: () => summary,
    set(value) {
      const own = partsOf(value);
      for (const [key, field] of fields) field.set(own[key]);
      state.textContent = say("written", { n: Object.keys(own).length });
      state.hidden = !Object.keys(own).length;
    },
  };
}

/** @param {Spec} spec @param {Field} field @param {string | number} step */
function removable({ path, label }, field, step) {
  const node = el("div", "row");
  const name = typeof step === "number" ? say("row", { n: step + 1, of: label }) : step;
  const remove = button("button remove writes", say("remove"), () => edit([...path, step], null));
  remove.setAttribute("aria-label", say("remove.what", { what: name }));
  return add(node, field.node, remove);
}

/** @param {Spec} spec @param {Make} make @returns {Field} */
export function list(spec, make) {
  const { schema } = spec;
  const { node, body, summary, state, blame } = folding(spec, false);
  const box = el("div", "rows");
  const usual = shownDefault(schema.default);
  const note = el("p", "help", usual ? say("by default", { value: usual }) : say("list.empty"));
  /** @type {Field[]} */
  let fields = [];
  let written = -1;
  let blank = false; // a row that says nothing yet
  /** @type {Json[]} */
  let values = [];
  const draw = () => {
    written = values.length;
    const count = written + (blank ? 1 : 0);
    fields = Array.from({ length: count }, (_, k) => make(within(spec, k, schema.items ?? {})));
    box.replaceChildren(...fields.map((field, k) => removable(spec, field, k)));
    fields.forEach((field, k) => {
      field.set(values[k]);
      if (k >= written && field.node instanceof HTMLDetailsElement) field.node.open = true;
    });
    note.hidden = count > 0;
  };
  const more = button("button add writes", say("add"), () => {
    if (!blank) {
      blank = true;
      draw();
    }
    const last = fields.at(-1)?.node;
    /** @type {HTMLElement | null | undefined} */ (last?.querySelector("input, select"))?.focus();
  });
  more.setAttribute("aria-label", say("add.to", { what: spec.label }));
  add(body, note, box, more);
  return {
    node,
    blame,
    target: () => summary,
    set(value) {
      values = Array.isArray(value) ? value : [];
      if (values.length > written) blank = false;
      if (values.length !== written) redraw(box, draw);
      else for (const [k, field] of fields.entries()) field.set(values[k]);
      state.textContent = say("rows", { n: values.length });
      state.hidden = !values.length;
      if (values.length && !node.dataset.seen) node.open = true;
      if (values.length) node.dataset.seen = "yes";
    },
  };
}

/** Draw rows anew; who types in one goes on in the row of its place. @param {HTMLElement} box @param {() => void} draw */
function redraw(box, draw) {
  const active = document.activeElement;
  const path = box.contains(active) ? /** @type {HTMLElement} */ (active).dataset.path : undefined;
  draw();
  if (path === undefined) return;
  const same = [...box.querySelectorAll("[data-path]")].find(
    (one) => /** @type {HTMLElement} */ (one).dataset.path === path,
  );
  /** @type {HTMLElement | undefined} */ (same)?.focus();
}

/** @param {Schema} schema of the names @returns {HTMLInputElement | HTMLSelectElement} */
function namer(schema) {
  const known = schema.propertyNames?.enum;
  if (!known) {
    const input = el("input");
    input.maxLength = schema.propertyNames?.maxLength ?? 120;
    return input;
  }
  return add(el("select"), option("", say("none")), ...known.map((one) => option(one, one)));
}

/** @param {Spec} spec @param {Make} make @returns {Field} */
export function names(spec, make) {
  const { schema } = spec;
  const { node, body, summary, state, blame } = folding(spec, false);
  const box = el("div", "rows");
  const each = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  /** @type {Map<string, Field>} */
  let fields = new Map();
  let shown = "[]";
  /** @type {Record<string, Json>} */
  let values = {};
  /** @type {string[]} names that have no value yet */
  let blanks = [];
  const draw = () => {
    blanks = blanks.filter((name) => !Object.hasOwn(values, name));
    const all = [...Object.keys(values), ...blanks];
    shown = JSON.stringify(all);
    fields = new Map(
      all.map((name) => [name, make({ ...within(spec, name, each), label: name, unit: "" })]),
    );
    box.replaceChildren(...[...fields].map(([name, field]) => removable(spec, field, name)));
    for (const [name, field] of fields) {
      field.set(values[name]);
      if (field.node instanceof HTMLDetailsElement) field.node.open = true;
    }
  };
  const named = namer(schema);
  named.id = nextId();
  const label = el("label", "", say("name.of", { what: spec.label }));
  label.htmlFor = named.id;
  const more = button("button add writes", say("add"), () => {
    const name = named.value.trim();
    if (!name) return named.focus();
    if (!Object.hasOwn(values, name) && !blanks.includes(name)) blanks.push(name);
    named.value = "";
    draw();
    const field = fields.get(name)?.node;
    /** @type {HTMLElement | null | undefined} */ (field?.querySelector("input, select"))?.focus();
  });
  more.setAttribute("aria-label", say("add.to", { what: spec.label }));
  const adding = add(el("div", "adding writes"), label, named, more);
  add(body, box, adding);
  return {
    node,
    blame,
    target: () => summary,
    set(value) {
      values = partsOf(value);
      const all = [...Object.keys(values), ...blanks.filter((n) => !Object.hasOwn(values, n))];
      if (JSON.stringify(all) !== shown) redraw(box, draw);
      else for (const [name, field] of fields) field.set(values[name]);
      const count = Object.keys(values).length;
      state.textContent = say("rows", { n: count });
      state.hidden = !count;
      if (count && !node.dataset.seen) node.open = true;
      if (count) node.dataset.seen = "yes";
    },
  };
}

/**
 * One number, or an object of parts: a number that is written is shown as such.
 * @param {Spec} spec @param {Make} make @returns {Field}
 */
export function either(spec, make) {
  const choices = (spec.schema.anyOf ?? []).map(resolved);
  const whole = choices.find((one) => kindOf(one) === "parts");
  const bare = choices.find((one) => kindOf(one) !== "parts") ?? {};
  const about = { description: spec.schema.description };
  if (!whole) return make({ ...spec, schema: { ...bare, ...about } });
  const large = make({ ...spec, schema: { ...whole, description: whole.description } });
  const small = make({ ...spec, schema: { ...bare, ...about } });
  const node = el("div", "either");
  const first = Object.keys(whole.properties ?? {})[0];
  let current = large;
  /** @type {Json} */
  let held = null;
  const open = button("button writes", say("open.parts"), () => edit(spec.path, { [first]: held }));
  if (large.node instanceof HTMLDetailsElement) large.node.open = false;
  return {
    node: add(node, large.node),
    blame: (faults) => current.blame(faults),
    target: () => current.target(),
    set(value) {
      held = value ?? null;
      const wanted = value !== undefined && typeof value !== "object" ? small : large;
      if (wanted !== current) {
        current = wanted;
        node.replaceChildren(...(wanted === small ? [small.node, open] : [large.node]));
      }
      current.set(value);
    },
  };
}
