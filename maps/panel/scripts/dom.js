// Elements of the page. Text from data enters it as text nodes only: no script assigns markup, and
// Leaflet is handed elements, never strings.

/** @param {string} id */
export const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** A thing that is filled in, chosen or pressed. @param {string} id */
export const field = (id) => /** @type {HTMLInputElement} */ ($(id));
/** @param {string} selector */
export const part = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

export const phone = window.matchMedia("screen and (max-width:900px)");
export const still = window.matchMedia("(prefers-reduced-motion:reduce)").matches;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [cls]
 * @param {string | number | null} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, cls, text) {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined && text !== null) node.textContent = String(text);
  return node;
}

/**
 * @param {string} tag
 * @param {Record<string, unknown>} attributes
 * @param {string | number} [text]
 * @returns {SVGElement}
 */
export function svg(tag, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (text !== undefined) node.textContent = String(text);
  return /** @type {SVGElement} */ (node);
}

/**
 * @template {Element} Parent
 * @param {Parent} parent
 * @param {...(Node | string | number | null)} children
 */
export function add(parent, ...children) {
  for (const child of children) {
    if (child !== null) parent.append(typeof child === "number" ? String(child) : child);
  }
  return parent;
}

/**
 * @param {string} cls
 * @param {string | undefined} text
 * @param {() => void} act
 */
export function button(cls, text, act) {
  const node = el("button", cls, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

/**
 * @param {string | number} value
 * @param {string} text
 */
export function option(value, text) {
  const node = el("option", "", text);
  node.value = String(value);
  return node;
}

/** @param {string} colour */
export function swatch(colour) {
  const node = el("span", "swatch");
  node.style.background = colour;
  return node;
}

/**
 * @param {number} share
 * @param {string} colour
 */
export function segment(share, colour) {
  const node = el("i");
  node.style.width = `${share}%`;
  node.style.background = colour;
  return node;
}

/**
 * Only what differs is written, because every write costs layout.
 * @param {Node} node
 * @param {string | number} text
 */
export function write(node, text) {
  if (node.textContent !== String(text)) node.textContent = String(text);
}

/**
 * @param {string} title
 * @param {string} [small]
 */
export function section(title, small) {
  const node = el("section");
  const head = el("h3", "", title);
  if (small) add(head, el("small", "", small));
  return add(node, head);
}

/**
 * @param {string[]} heads
 * @param {(Node | string | number)[][]} rows
 */
export function table(heads, rows) {
  const line = el("tr");
  heads.forEach((head, k) => {
    const cell = el("th", k ? "n" : "", head);
    cell.scope = "col";
    line.append(cell);
  });
  const body = el("tbody");
  for (const cells of rows) {
    add(body, add(el("tr"), ...cells.map((cell, k) => add(el("td", k ? "n" : "wide"), cell))));
  }
  return add(el("table"), add(el("thead"), line), body);
}

/**
 * What a tooltip holds.
 * @param {string} head
 * @param {(string | HTMLElement | null)[]} details
 */
export function tip(head, details) {
  const lines = details
    .filter((line) => line)
    .map((line) => (typeof line === "string" ? el("span", "", line) : line));
  return add(el("div"), el("b", "", head), ...lines);
}
