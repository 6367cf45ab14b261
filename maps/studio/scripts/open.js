// The start of the page: its words, the session, the folder, then the study of the address.
import { $, field } from "../../panel/scripts/dom.js";
import { speak } from "../../panel/scripts/language.js";
import { AGAIN_MS, ask, askWords, openSession, Refused } from "./api.js";
import { choose, language } from "./choice.js";
import { settle } from "./doc.js";
import "./faults.js";
import { readFolder } from "./folder.js";
import { buildHead } from "./head.js";
import { buildJudgements } from "./judgements.js";
import { buildRail, openStudy } from "./rail.js";
import { buildResults } from "./results.js";
import { buildRuns } from "./runs.js";
import { say } from "./say.js";
import { buildSites } from "./sites.js";
import { state, turn } from "./state.js";
import { buildTabs } from "./tabs.js";
import { buildVersions } from "./versions.js";
import { buildWeights } from "./weights.js";
import { buildYaml } from "./yaml.js";

/** Give every element that names a sentence its words. */
function putWords() {
  for (const node of document.querySelectorAll("[data-say]")) {
    const { say: key, as } = /** @type {HTMLElement} */ (node).dataset;
    const words = say(/** @type {import("./say.js").Key} */ (key));
    if (as) node.setAttribute(as, words);
    else node.textContent = words;
  }
}

/** @param {string} words */
function shut(words) {
  $("shut").hidden = false;
  $("shut").textContent = words;
  $("whole").hidden = true;
}

function build() {
  field("language").value = language;
  field("language").addEventListener("change", switchLanguage);
  document.body.classList.toggle("readonly", state.readOnly);
  for (const box of document.querySelectorAll("fieldset.form")) {
    /** @type {HTMLFieldSetElement} */ (box).disabled = state.readOnly;
  }
  buildTabs();
  buildRail();
  buildHead();
  buildYaml();
  buildSites();
  buildWeights();
  buildJudgements();
  buildResults();
  buildVersions();
  buildRuns();
}

/** The page anew in another language, with the study and the tab that are open. */
async function switchLanguage() {
  choose(field("language").value);
  await settle();
  const address = new URL(location.pathname, location.href);
  if (state.doc) address.searchParams.set("study", state.doc.name);
  address.searchParams.set("tab", state.tab);
  location.assign(address);
}

async function start() {
  speak(await askWords());
  putWords();
  const asked = new URLSearchParams(location.search);
  const [wanted, tab] = [asked.get("study"), asked.get("tab")];
  if (!(await openSession())) return shut(say("no.key"));
  state.schema = await ask("GET", "/schema");
  await readFolder();
  build();
  await readFolder();
  $("whole").hidden = false;
  if (wanted && state.folder?.studies.some(({ name }) => name === wanted)) await openStudy(wanted);
  if (state.doc && tab && document.getElementById(`tab-${tab}`)) turn(tab);
}

/** Start, again and again while nobody answers. */
function begin() {
  start().catch((error) => {
    if (!(error instanceof Refused)) throw error;
    if (!error.status) setTimeout(begin, AGAIN_MS);
    else shut(error.message);
  });
}

begin();
// The link of a studio that was started anew: go on with what is on the page.
window.addEventListener("hashchange", () => {
  openSession().catch((error) => shut(error.message));
});
