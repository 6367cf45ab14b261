// The list of sites: a file chosen or dropped, its rows and what is wrong with them, its places on
// a map that adds one where it is clicked.

/** @import { Listed, Place } from "./types.js" */
import { $, add, button, el, field, option } from "../../panel/scripts/dom.js";
import { ask, part, Refused, sentences } from "./api.js";
import { lookAt, showMap } from "./clickmap.js";
import { put } from "./dialog.js";
import { edit } from "./doc.js";
import { readFolder } from "./folder.js";
import { valueAt } from "./form.js";
import { say, size, whole } from "./say.js";
import { changed, foldered, noted, opened, state, theDoc, turned } from "./state.js";

const SHOWN = 200; // rows that are drawn at once
const FILE = ["candidates", "file"];
/** @type {Listed | null} */
let listed = null;
let file = "";
let more = SHOWN;

/** The list that the study names, where it lies in the folder. */
function named() {
  const value = valueAt(FILE);
  return typeof value === "string" ? value : "";
}

async function read() {
  file = named();
  listed = null;
  more = SHOWN;
  if (file && state.folder?.files.some((one) => one.name === file)) {
    try {
      listed = await ask("GET", `/sites?file=${part(file)}`);
    } catch (error) {
      for (const words of sentences(error)) noted.tell(words);
    }
  }
  draw();
}

/** @param {Listed} list */
function table(list) {
  const body = el("table");
  const head = add(el("tr"), ...list.columns.map((name) => el("th", "", name)));
  for (const cell of head.children) cell.setAttribute("scope", "col");
  /** @type {Map<number | null, string[]>} */
  const bad = new Map();
  for (const { row, column, what } of list.faults) {
    bad.set(row, [...(bad.get(row) ?? []), column ? `${column}: ${what}` : what]);
  }
  const rows = list.rows.slice(0, more).map((cells, k) => {
    const faults = bad.get(k + 2);
    const line = add(el("tr", faults ? "bad" : ""), el("th", "n", k + 2));
    for (const cell of cells) add(line, el("td", typeof cell === "number" ? "n" : "", show(cell)));
    return add(line, el("td", "wrong", faults?.join("; ") ?? ""));
  });
  head.prepend(el("th", "n", say("row.short")));
  add(head, el("th", "", bad.size ? say("what.is.wrong") : ""));
  return add(body, add(el("thead"), head), add(el("tbody"), ...rows));
}

/** @param {unknown} cell */
const show = (cell) => (cell === null || cell === undefined ? "" : String(cell));

function draw() {
  const files = state.folder?.files ?? [];
  const select = field("sitefile");
  const known = files.map(({ name, bytes }) => option(name, `${name} (${size(bytes)})`));
  if (file && !files.some(({ name }) => name === file)) known.push(option(file, file));
  select.replaceChildren(option("", say("no.list")), ...known);
  select.value = file;
  $("sitecount").textContent = listed
    ? [say("places", { n: listed.total }), ...listed.notes].join(" \u00B7 ")
    : "";
  const faults = (listed?.faults ?? []).map((fault) => el("li", "", fault.sentence));
  $("sitefaults").replaceChildren(...faults);
  $("siterows").replaceChildren(...(listed?.rows.length ? [table(listed)] : []));
  $("siterows").hidden = !listed?.rows.length;
  if (listed && listed.rows.length > more) {
    const left = say("more.rows", { n: whole(listed.rows.length - more) });
    add(
      $("siterows"),
      button("button", left, () => {
        more += 5 * SHOWN;
        draw();
      }),
    );
  }
  if (state.tab === "sites" && state.doc) {
    showMap(listed?.points ?? [], clicked).catch((error) => sentences(error));
  }
}

/** @param {number} lat @param {number} lon */
function clicked(lat, lon) {
  if (state.readOnly) return;
  field("placelat").value = lat.toFixed(5);
  field("placelon").value = lon.toFixed(5);
  $("placename").focus();
}

// ---- files ----

/** @param {File} dropped @returns {Promise<string>} its name in the folder, "" where it is not there */
async function upload(dropped) {
  const path = `/files/${part(dropped.name)}`;
  try {
    return (await ask("PUT", path, dropped)).name;
  } catch (error) {
    const taken =
      error instanceof Refused && state.folder?.files.some((f) => f.name === dropped.name);
    if (!taken) {
      for (const words of sentences(error)) noted.tell(words);
      return "";
    }
  }
  const buttons = [{ key: "replace", words: say("replace"), main: true }];
  const answer = await put(say("replace.what", { name: dropped.name }), [], buttons);
  if (!answer) return "";
  try {
    return (await ask("PUT", `${path}?replace=1`, dropped)).name;
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
    return "";
  }
}

const PARTS = /\.(dbf|shx|prj|cpg)$/i; // of a Shapefile, which is named by its .shp

/**
 * Put files into the folder, all before one is used: a Shapefile is read with its parts.
 * @param {FileList | null | undefined} files
 * @param {(name: string) => Promise<void>} use
 */
async function takeFiles(files, use) {
  const names = [];
  for (const one of files ?? []) names.push(await upload(one));
  await readFolder();
  for (const name of names) if (name && !PARTS.test(name)) await use(name);
}

/** @param {string} name */
async function useList(name) {
  await edit(FILE, name);
  await read();
}

/** @param {string} name */
async function useLayer(name) {
  const layers = valueAt(["exclude"]);
  await edit(["exclude", Array.isArray(layers) ? layers.length : 0, "file"], name);
}

/** @param {string} id of the box @param {(name: string) => Promise<void>} use */
function droppable(id, use) {
  const box = $(id);
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  input.addEventListener("change", async () => {
    await takeFiles(input.files, use);
    input.value = "";
  });
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    box.addEventListener(kind, () => box.classList.remove("over"));
  }
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    takeFiles(event.dataTransfer?.files, use);
  });
}

// ---- places ----

/** A CSV to add to: the study's own, or a new one named after it. */
const target = () =>
  file.toLowerCase().endsWith(".csv") ? file : `${theDoc().name.replace(/\.ya?ml$/, "")}_sites.csv`;

async function addPlace() {
  const name = field("placename").value;
  const [lat, lon] = ["placelat", "placelon"].map((id) => {
    const text = field(id).value.trim();
    return text ? Number(text) : null;
  });
  const into = target();
  try {
    const etag = into === file ? (listed?.etag ?? "") : "";
    await ask("POST", "/sites", { file: into, rows: [{ name, lat, lon }], etag });
    for (const id of ["placename", "placelat", "placelon"]) field(id).value = "";
    await readFolder();
    await (into === file ? read() : useList(into));
    noted.tell(say("place.added", { name, file: into }));
    $("placename").focus();
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

let looking = 0;
function look() {
  clearTimeout(looking);
  looking = setTimeout(async () => {
    const text = field("placename").value.trim();
    const asked = text.length > 1 ? ask("GET", `/search?q=${part(text)}`) : Promise.resolve([]);
    /** @type {Place[]} */
    const found = await asked.catch(() => []);
    const rows = found.slice(0, 6).map(({ name, country, lat, lon }) => {
      const words = say("place.found", { name, country });
      return add(
        el("li"),
        button("link", words, () => {
          field("placename").value = name;
          clicked(lat, lon);
          lookAt(lat, lon);
          $("found").replaceChildren();
        }),
      );
    });
    $("found").replaceChildren(...rows);
  }, 250);
}

export function buildSites() {
  field("sitefile").addEventListener("change", async () => {
    await edit(FILE, field("sitefile").value || null);
    await read();
  });
  droppable("droplist", useList);
  droppable("droplayer", useLayer);
  $("addplace").addEventListener("click", addPlace);
  $("placename").addEventListener("input", () => look());
  for (const id of ["placename", "placelat", "placelon"]) {
    $(id).addEventListener("keydown", (event) => {
      if (event.key === "Enter") addPlace();
    });
  }
  opened.follow(() => (state.doc ? read() : undefined));
  changed.follow(() => {
    if (named() !== file) read();
  });
  foldered.follow(draw);
  turned.follow(draw);
}
