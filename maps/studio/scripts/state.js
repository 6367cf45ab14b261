// What the page knows, and the events that its parts follow.

/** @import { Doc, Folder, Run, Schema } from "./types.js" */
import { Signal } from "../../panel/scripts/signal.js";

export const state = {
  key: "",
  readOnly: false,
  folderName: "",
  version: "",
  gone: false, // the server does not answer
  expired: false, // it was started anew and does not know this page
  tab: "question",
  /** @type {Folder | null} */
  folder: null,
  /** @type {Record<string, number>} faults by study */
  faults: {},
  /** @type {Schema | null} */
  schema: null,
  /** @type {Doc | null} */
  doc: null,
  /** @type {Map<string, Run>} runs as this page saw them last, by id */
  runs: new Map(),
};

/** The server went, came back, or knows this page no more. @type {Signal<[]>} */
export const gone = new Signal();
/** What is in the folder was read again. @type {Signal<[]>} */
export const foldered = new Signal();
/** Another study is open. @type {Signal<[]>} */
export const opened = new Signal();
/** The text of the study, what it says or its faults changed. @type {Signal<[]>} */
export const changed = new Signal();
/** It was saved, kept as a draft, or is about to be. @type {Signal<[]>} */
export const kept = new Signal();
/** Another tab is shown. @type {Signal<[]>} */
export const turned = new Signal();
/** A run moved on or ended. @type {Signal<[run: Run]>} */
export const ran = new Signal();
/** A line that is read out and shown for a while. @type {Signal<[words: string]>} */
export const noted = new Signal();

/** @param {string} tab */
export function turn(tab) {
  state.tab = tab;
  turned.tell();
}

/** The study that is open. */
export function theDoc() {
  if (!state.doc) throw new Error("no study is open");
  return state.doc;
}
