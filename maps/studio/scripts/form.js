// The form: every key of the schema in its group, on the tab where it belongs.

/** @import { Fault, Field, Json, Make, Path, Spec } from "./types.js" */
import { $, add, el } from "../../panel/scripts/dom.js";
import { chosen, switched, typed } from "./fields.js";
import { wordOr } from "./say.js";
import { keyOf, kindOf, labelOf, resolved, unitOf } from "./schema.js";
import { changed, opened, state } from "./state.js";
import { either, list, names, parts } from "./structures.js";

/** The tab of each group; the others stand on the first. @type {Record<string, string>} */
const TABS = { Sites: "sites", Weights: "weights", Price: "laws", "Laws and events": "laws" };
/** @type {Record<string, (spec: Spec, make: Make) => Field>} */
const KINDS = { parts, list, names, either, choice: chosen, switch: switched };

/** Fields by the path of their key. @type {Map<string, Field>} */
const fields = new Map();
/** @type {Map<string, Field>} */
const tops = new Map();
/** The tab of each top key. @type {Map<string, string>} */
const homes = new Map();

/** @type {Make} */
function make(spec) {
  const kind = kindOf(spec.schema);
  const field = (KINDS[kind] ?? typed)(spec, make);
  fields.set(keyOf(spec.path), field);
  return field;
}

/** @param {string} title @param {string[]} keys */
function group(title, keys) {
  const box = el("section", "group");
  const head = el("h2", "", wordOr(`group.${title}`, title));
  const grid = el("div", "grid");
  for (const key of keys) {
    const schema = resolved(state.schema?.properties?.[key] ?? {});
    const field = make({ path: [key], schema, label: labelOf(key, schema), unit: unitOf(key) });
    tops.set(key, field);
    add(grid, field.node);
  }
  return add(box, head, grid);
}

/** Make the form anew for the study that is open. */
function build() {
  fields.clear();
  tops.clear();
  const boxes = {
    question: $("formquestion"),
    sites: $("formsites"),
    weights: $("formweights"),
    laws: $("formlaws"),
  };
  for (const box of Object.values(boxes)) box.replaceChildren();
  for (const { title, keys } of state.schema?.["x-groups"] ?? []) {
    const tab = /** @type {keyof typeof boxes} */ (TABS[title] ?? "question");
    for (const key of keys) homes.set(key, tab);
    add(boxes[tab], group(title, keys));
  }
  fill();
}

function fill() {
  const { doc } = state;
  if (!doc) return;
  for (const [key, field] of tops) field.set(doc.values[key]);
  /** @type {Map<Field, string[]>} */
  const blamed = new Map();
  for (const fault of doc.faults) {
    const field = fieldOf(fault);
    if (field) blamed.set(field, [...(blamed.get(field) ?? []), wordsOf(fault)]);
  }
  for (const field of fields.values()) {
    if (field.node.isConnected || blamed.has(field)) field.blame(blamed.get(field) ?? []);
  }
}

/** A fault beside its field: what and hint, without the place. @param {Fault} fault */
const wordsOf = ({ what, hint }) => (hint ? `${what} \u2013 ${hint}` : what);

/** The field of a fault, or that of the nearest key above it. @param {Fault} fault */
export function fieldOf({ column }) {
  const steps = (column ?? "").split(".");
  for (let count = steps.length; count > 0; count--) {
    const field = fields.get(steps.slice(0, count).join("."));
    if (field?.node.isConnected) return field;
  }
  return undefined;
}

/** The tab on which a fault's field stands. @param {Fault} fault */
export const tabOf = ({ column }) => homes.get((column ?? "").split(".")[0]) ?? "yaml";

/** What the study says at a path. @param {Path} path @returns {Json | undefined} */
export function valueAt(path) {
  /** @type {any} */
  let value = state.doc?.values;
  for (const step of path) value = value?.[step];
  return value;
}

opened.follow(build);
changed.follow(fill);
