// One value of the study: a text, number, date, choice or switch with its label, what it means, its
// range and what is wrong with it.

/** @import { Field, Json, Spec } from "./types.js" */
import { add, el, option } from "../../panel/scripts/dom.js";
import { edit } from "./doc.js";
import { say, wordOr } from "./say.js";
import { keyOf, kindOf, rangeOf, shownDefault } from "./schema.js";

const REST_MS = 500; // after the last key before a field is written into the text
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
let numbered = 0;

export const nextId = () => `f${++numbered}`;

/**
 * What surrounds a control: label, description, range and faults.
 * @param {Spec} spec
 * @param {HTMLElement} control
 * @param {string} [cls]
 */
export function framed({ path, label, unit, schema }, control, cls = "") {
  const node = el("div", `field ${cls}`);
  const words = el("label", "", label);
  const same = schema.description?.toLowerCase() === label.toLowerCase();
  const about = [same ? "" : schema.description, rangeOf(schema)];
  const help = el("p", "help", about.filter(Boolean).join(" \u00B7 "));
  const wrong = el("p", "wrong");
  control.id = nextId();
  control.dataset.path = keyOf(path);
  words.htmlFor = control.id;
  help.id = `${control.id}h`;
  wrong.id = `${control.id}w`;
  control.setAttribute("aria-describedby", `${help.id} ${wrong.id}`);
  if (unit) words.append(add(el("span", "unit"), unit));
  add(node, words, add(el("div", "control"), control), wrong, help);
  /** @param {string[]} faults */
  const blame = (faults) => {
    wrong.textContent = faults.join("\n");
    control.setAttribute("aria-invalid", String(faults.length > 0));
    node.classList.toggle("bad", faults.length > 0);
  };
  return { node, blame };
}

/** A text as the value that it writes. @param {string} text @param {string} kind @returns {Json} */
function written(text, kind) {
  const bare = kind === "number" ? text.trim().replace(/[\u202F\u00A0 ](?=\d{3})/g, "") : text;
  if (bare.trim() === "") return null;
  return kind === "number" && NUMBER.test(bare) ? Number(bare) : bare;
}

/** @param {Spec} spec @returns {Field} */
export function typed(spec) {
  const { path, schema } = spec;
  const kind = kindOf(schema);
  const long = kind === "text" && (schema.maxLength ?? 0) > 120;
  const input = el(long ? "textarea" : "input");
  if (input instanceof HTMLInputElement) input.type = kind === "date" ? "date" : "text";
  else input.rows = 2;
  if (kind === "number") input.inputMode = "decimal";
  if (kind !== "date") input.placeholder = shownDefault(schema.default, schema);
  input.autocomplete = "off";
  input.spellcheck = long;
  let resting = 0;
  let sent = "";
  const write = () => {
    clearTimeout(resting);
    if (input.value === sent) return;
    sent = input.value;
    edit(path, written(input.value.replaceAll("\n", " "), kind));
  };
  input.addEventListener("input", () => {
    clearTimeout(resting);
    resting = setTimeout(write, REST_MS);
  });
  input.addEventListener("change", write);
  const { node, blame } = framed(spec, input, kind);
  return {
    node,
    blame,
    target: () => input,
    set(value) {
      const text = value === undefined || value === null ? "" : String(value);
      if (document.activeElement === input && input.value !== sent) return; // still typing
      sent = text;
      if (written(input.value, kind) !== (value ?? null)) input.value = text;
    },
  };
}

/** @param {Spec} spec @returns {Field} */
export function chosen(spec) {
  const { path, schema } = spec;
  const select = el("select");
  const usual = shownDefault(schema.default, schema);
  const named = wordOr(`value.${usual}`, usual);
  add(select, option("", usual ? say("by default", { value: named }) : say("none")));
  for (const value of schema.enum ?? [])
    add(select, option(value, wordOr(`value.${value}`, value)));
  select.addEventListener("change", () => edit(path, select.value || null));
  const { node, blame } = framed(spec, select);
  return {
    node,
    blame,
    target: () => select,
    set(value) {
      const text = value === undefined || value === null ? "" : String(value);
      if (text && ![...select.options].some((one) => one.value === text)) {
        add(select, option(text, text)); // written in the YAML, and blamed beside it
      }
      select.value = text;
    },
  };
}

/** @param {Spec} spec @returns {Field} */
export function switched(spec) {
  const { path, schema } = spec;
  const input = el("input");
  input.type = "checkbox";
  input.setAttribute("role", "switch");
  const usual = schema.default === true;
  input.addEventListener("change", () =>
    edit(path, input.checked === usual ? null : input.checked),
  );
  const { node, blame } = framed(spec, input, "switch");
  return {
    node,
    blame,
    target: () => input,
    set(value) {
      input.checked = typeof value === "boolean" ? value : usual;
    },
  };
}
