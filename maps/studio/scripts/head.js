// Above the study: its name, how it is kept, Save and Plan; lines of what happened.
import { $, add, button, el, field } from "../../panel/scripts/dom.js";
import { ask, sentences } from "./api.js";
import { settleConflict } from "./conflict.js";
import { dirty, discard, save, settle } from "./doc.js";
import { readFolder, watch } from "./folder.js";
import { removeStudy } from "./rail.js";
import { say, time } from "./say.js";
import { gone, kept, noted, opened, state, theDoc, turn } from "./state.js";

const NOTE_MS = 8000;

function keptWords() {
  const { doc } = state;
  if (!doc) return "";
  if (state.readOnly) return say("read.only");
  if (doc.busy) return say("saving");
  if (!dirty()) return doc.saved ? say("saved", { at: time(doc.saved) }) : say("as.in.file");
  if (state.gone || state.expired) return say("kept.here");
  return doc.drafted ? say("kept.draft", { at: time(doc.drafted) }) : say("not.saved");
}

function draw() {
  const { doc } = state;
  $("study").hidden = !doc;
  $("welcome").hidden = Boolean(doc);
  document.title = doc ? say("title.of", { name: doc.name }) : say("title");
  if (!doc) return;
  $("name").textContent = doc.name;
  $("kept").textContent = keptWords();
  $("kept").classList.toggle("unsaved", dirty());
  field("save").disabled = doc.busy || !dirty();
  $("discard").hidden = !dirty();
}

/** Save; @returns whether the file now holds what is shown */
export async function saveNow() {
  const theirs = await save();
  if (theirs && !(await settleConflict(theirs))) return false;
  readFolder().catch(() => {});
  return !dirty();
}

async function plan() {
  await settle();
  const doc = theDoc();
  if (dirty() && !(await saveNow())) return;
  if (doc.faults.length) {
    $("faulthead").focus();
    noted.tell(say("plan.faults", { n: doc.faults.length }));
    return;
  }
  const [pdf, slides] = [field("pdf").checked, field("slides").checked];
  try {
    watch(await ask("POST", "/runs", { command: "plan", study: doc.name, pdf, slides }));
    turn("results");
  } catch (error) {
    for (const words of sentences(error)) noted.tell(words);
  }
}

/** Say something for a while; it can be sent away. @param {string} words */
function note(words) {
  const node = el("p", "", words);
  const away = button("link", say("close"), () => node.remove());
  add($("notes"), add(node, away));
  setTimeout(() => node.remove(), NOTE_MS);
}

function drawGone() {
  $("gone").hidden = !state.gone && !state.expired;
  $("gone").textContent = say(state.expired ? "expired" : "gone");
  draw();
}

export function buildHead() {
  $("save").addEventListener("click", saveNow);
  $("plan").addEventListener("click", plan);
  $("discard").addEventListener("click", discard);
  $("delete").addEventListener("click", removeStudy);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (state.doc && !state.readOnly) saveNow();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty() && !state.doc?.drafted) event.preventDefault();
  });
  $("pdfbox").hidden = !state.folder?.extras.pdf;
  $("slidesbox").hidden = !state.folder?.extras.slides;
  opened.follow(draw);
  kept.follow(draw);
  gone.follow(drawGone);
  noted.follow(note);
  draw();
}
