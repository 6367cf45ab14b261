// The study that is open. Its text is the source: a field of the form is written into it by the
// server, and what is not saved is kept as a draft there and, until it has arrived, in this browser.

/** @import { Edit } from "./pending.js" */
/** @import { Checked, Json, Path, Study } from "./types.js" */
import { ask, copied, part, Refused, sentences } from "./api.js";
import { laidOver, shelve, shelved } from "./pending.js";
import { changed, gone, kept, noted, opened, state, theDoc } from "./state.js";

const CHECK_MS = 300;
const DRAFT_MS = 800;
let checking = 0;
let drafting = 0;
/** @type {Edit[]} */
let edits = [];
/** @type {Promise<void> | null} */
let writing = null;

/** @param {string} name */
const spot = (name) => `siting ${state.folderName} ${name}`;

/** Whether there is something that is not saved. */
export const dirty = () => Boolean(state.doc && state.doc.text !== state.doc.kept);

/** @param {string} name */
export async function open(name) {
  await settle();
  take(await ask("GET", `/studies/${part(name)}`), true);
}

/** Show a study as the server has it. @param {Study} study @param {boolean} resumes from a draft */
export function take(study, resumes) {
  const { name, text, etag, values, faults, weights, versions, draft } = study;
  edits = [];
  state.doc = {
    name,
    text,
    kept: text,
    etag,
    values,
    faults,
    weights,
    versions,
    drafted: draft ? Date.parse(draft.saved) : 0,
    saved: versions.length ? Date.parse(versions[0].saved) : 0,
    busy: false,
  };
  if (!resumes) {
    localStorage.removeItem(spot(name));
    shelve(spot(name), []);
  }
  opened.tell();
  const unsent = localStorage.getItem(spot(name));
  const started = resumes ? (unsent ?? draft?.text ?? text) : text;
  if (state.readOnly) return;
  if (resumes) takeUp();
  if (started === text) return;
  setText(started, unsent !== null);
}

/** Take up the edits that waited in this browser. */
function takeUp() {
  edits = shelved(spot(theDoc().name));
  if (edits.length) flush();
}

/**
 * Give the study another text; what it says is checked in a moment.
 * @param {string} text
 * @param {boolean} [fresh] whether the draft on the server is to follow
 */
export function setText(text, fresh = true) {
  const doc = theDoc();
  if (text === doc.text) return;
  doc.text = text;
  if (fresh) keepSoon();
  clearTimeout(checking);
  checking = setTimeout(check, CHECK_MS);
  changed.tell();
  kept.tell();
}

async function check() {
  const doc = theDoc();
  const { name, text } = doc;
  try {
    const found = await ask("POST", "/check", { name, text });
    if (state.doc === doc && doc.text === text) learn(found);
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** Take over what a text says. @param {Checked} found */
export function learn({ text, values, faults, weights }) {
  const doc = theDoc();
  const moved = text !== doc.text;
  Object.assign(doc, { text, faults, weights: weights ?? doc.weights });
  if (Object.keys(values).length || !faults.length) doc.values = laidOver(values, edits);
  if (moved) keepSoon();
  changed.tell();
  kept.tell();
}

/**
 * Set a key of the study; null takes it out. Edits go one after the other, each into the text that
 * the one before gave.
 * @param {Path} path
 * @param {Json} value
 */
export function edit(path, value) {
  const doc = theDoc();
  edits.push({ path, value: copied(value) });
  doc.values = laidOver(doc.values, edits.slice(-1));
  shelve(spot(doc.name), edits);
  return flush();
}

function flush() {
  writing ??= write().finally(() => {
    writing = null;
  });
  return writing;
}

async function write() {
  const doc = theDoc();
  while (edits.length && state.doc === doc) {
    const { text, name } = doc;
    try {
      const found = await ask("POST", "/edit", { text, name, ...edits[0] });
      if (doc.text !== text) continue; // typed meanwhile: once more into the newer text
      edits.shift();
      shelve(spot(name), edits);
      clearTimeout(checking);
      learn(found);
    } catch (error) {
      if (error instanceof Refused && (!error.status || error.status === 401)) return; // later
      edits.shift();
      shelve(spot(name), edits);
      for (const words of sentences(error)) noted.tell(words);
      await check(); // the fields show again what the text says
    }
  }
}

// ---- drafts ----

function keepSoon() {
  const doc = theDoc();
  localStorage.setItem(spot(doc.name), doc.text);
  doc.drafted = 0;
  clearTimeout(drafting);
  drafting = setTimeout(keepDraft, DRAFT_MS);
}

async function keepDraft() {
  const doc = state.doc;
  if (!doc || state.readOnly) return;
  const text = doc.text === doc.kept ? "" : doc.text;
  try {
    const { saved } = await ask("PUT", `/studies/${part(doc.name)}/draft`, { text });
    if (doc.text !== (text || doc.kept)) return;
    localStorage.removeItem(spot(doc.name));
    doc.drafted = Date.parse(saved) || 0;
    kept.tell();
  } catch (error) {
    sentences(error);
  }
}

/** Wait until every field is in the text and the draft is kept. */
export async function settle() {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active.closest("#form")) active.blur();
  await (edits.length ? flush() : writing);
  if (dirty() && theDoc().drafted === 0) {
    clearTimeout(drafting);
    await keepDraft();
  }
}

/**
 * Save the study.
 * @param {string} [over] hash of the text that it is saved over; by default what was opened
 * @returns {Promise<{ text: string, etag: string } | null>} what somebody else has saved meanwhile
 */
export async function save(over) {
  await settle();
  const doc = theDoc();
  if (edits.length) return null; // the server does not answer: kept for later
  const { text } = doc;
  doc.busy = true;
  kept.tell();
  try {
    /** @type {Study} */
    const study = await ask("PUT", `/studies/${part(doc.name)}`, { text, etag: over ?? doc.etag });
    const { etag, versions } = study;
    Object.assign(doc, { kept: study.text, etag, versions, saved: Date.now() });
    if (doc.text === text) learn(study);
    clearTimeout(drafting);
    if (doc.text === doc.kept) localStorage.removeItem(spot(doc.name));
    else keepSoon();
  } catch (error) {
    if (error instanceof Refused && error.body?.theirs) return error.body.theirs;
    for (const words of sentences(error)) noted.tell(words);
  } finally {
    doc.busy = false;
    kept.tell();
  }
  return null;
}

/** Forget what is not saved. */
export async function discard() {
  const doc = theDoc();
  localStorage.removeItem(spot(doc.name));
  await ask("PUT", `/studies/${part(doc.name)}/draft`, { text: "" });
  take(await ask("GET", `/studies/${part(doc.name)}`), false);
}

gone.follow(() => {
  if (state.gone || state.expired || !state.doc) return;
  if (edits.length) flush();
  else if (dirty()) {
    check();
    keepDraft();
  }
});
