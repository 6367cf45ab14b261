// What the schema of a study says of a key: its kind, its words, its unit, its range.

/** @import { Json, Path, Schema } from "./types.js" */
import { number, say, wordOr } from "./say.js";
import { state } from "./state.js";

/** The end of a key that names its unit, the longest first. */
const ENDS = ["usd_per_t", "t_per_t", "ktpa", "musd", "pct", "years", "km", "s"];

/** A description that is a name: a capital first, or a script that has none. */
const NAME = /^(\p{Lu}[\w ]{2,24}|[\p{Lo}\p{Lm}\u00B7\u30FB ]{1,24})$/u;

/** A schema without references, and without the choice of leaving the key empty. @param {Schema} schema @returns {Schema} */
export function resolved(schema) {
  const { $ref, anyOf, ...own } = schema;
  if ($ref) {
    const named = state.schema?.$defs?.[$ref.replace("#/$defs/", "")] ?? {};
    return resolved({ ...named, ...own });
  }
  const choices = (anyOf ?? []).filter((one) => one.type !== "null");
  if (choices.length === 1) return { ...resolved(choices[0]), ...own };
  return anyOf ? { ...own, anyOf: choices } : own;
}

/** @param {Schema} schema resolved */
export function kindOf(schema) {
  if (schema.anyOf) return "either";
  if (schema.enum) return "choice";
  if (schema.type === "object") return schema.properties ? "parts" : "names";
  if (schema.type === "array") return "list";
  if (schema.type === "boolean") return "switch";
  if (schema.format === "date") return "date";
  return schema.type === "number" || schema.type === "integer" ? "number" : "text";
}

/** @param {string} key */
const endOf = (key) => ENDS.find((end) => key === end || key.endsWith(`_${end}`));

/** @param {string} key */
export function unitOf(key) {
  const end = endOf(key);
  return end && end !== key ? wordOr(`unit.${end}`, "") : "";
}

/** A key in words, without its unit. @param {string} key @param {Schema} [schema] */
export function labelOf(key, schema) {
  const end = endOf(key);
  const bare = end && end !== key ? key.slice(0, -end.length - 1) : key;
  const words = bare.replaceAll("_", " ");
  const plain = words.charAt(0).toUpperCase() + words.slice(1);
  const titled = schema?.description && NAME.test(schema.description);
  return wordOr(`label.${key}`, titled ? String(schema?.description) : plain);
}

/** A year is written without a separator. @param {number} value @param {Schema} schema */
const figure = (value, { type, minimum = 0 }) =>
  type === "integer" && minimum > 1900 ? String(value) : number(value);

/** @param {Schema} schema resolved */
export function rangeOf(schema) {
  const { minimum, maximum, type, maxLength } = schema;
  if (minimum !== undefined && maximum !== undefined) {
    const parts = { least: figure(minimum, schema), most: figure(maximum, schema) };
    return say(type === "integer" ? "range.whole" : "range", parts);
  }
  return maxLength ? say("range.length", { most: maxLength }) : "";
}

/** A value as a placeholder shows it. @param {Json | undefined} value @param {Schema} [schema] @returns {string} */
export function shownDefault(value, schema = {}) {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "number") return figure(value, schema);
  if (typeof value === "boolean") return say(value ? "on" : "off");
  if (Array.isArray(value)) return value.map((one) => shownDefault(one)).join(", ");
  return typeof value === "object" ? "" : value;
}

/** @param {Path} path */
export const keyOf = (path) => path.map(String).join(".");
