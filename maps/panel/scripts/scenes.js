// The scenes of the story: a headline, what the page itself says to it, and what the map shows.

/** @import { Site } from "./model.js" */
import { country, data, FIRST, where } from "./data.js";
import { $ } from "./dom.js";
import { reachOf } from "./flows.js";
import { factsOf } from "./further.js";
import { boxAround } from "./map.js";
import { fromPrice } from "./pays.js";
import { badgedSites, sites, turn } from "./rank.js";
import { CHANCE, known, lowered, number, percent, raised, sureOf, timesText } from "./words.js";

/**
 * @typedef {object} Scene
 * @property {string} head
 * @property {string} text
 * @property {Site | null} site whose freight is drawn
 * @property {import("./model.js").Place[]} sees places that the map shows
 */

const ZONES = 3;
const SHARE = 0.12; // of a box, around it
const STANDS_OUT = ["Status", "Free land", "Regime"];

/** @param {string} id */
const said = (id) => document.getElementById(id)?.textContent?.trim() ?? "";

/** A headline of the answer panel, and what stands under it. @param {string} id */
const answered = (id) =>
  [said(`${id}head`), said(id)]
    .filter((text) => text)
    .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
    .join(" ");

/** @param {Site} site */
function zoneText(site) {
  const runs = turn.chance ? "runs of the weights only" : "what-if runs";
  const sure = sureOf(site);
  const ten = sure ? `, ${sure.words} in ${number(100 * sure.part)} of 100 ${runs}` : "";
  const gains = data.pillars
    .map(({ name }, k) => ({ name, ln: site.odds[k] }))
    .filter(({ ln }) => ln > 0.05)
    .sort((a, b) => b.ln - a.ln)
    .slice(0, 2)
    .map(({ name, ln }) => `${lowered(name)} (${timesText(ln)})`)
    .join(" and ");
  const facts = factsOf(site.site_id)
    .filter(({ name }) => STANDS_OUT.includes(name))
    .map(({ name, text }) => `${name.toLowerCase()}: ${text}`)
    .join("; ");
  const money = known(site.pays_from) ? ` It pays ${fromPrice(site.pays_from)}.` : "";
  const stands = gains ? ` What multiplies its odds most: ${gains}.` : "";
  const ground = facts ? ` The site: ${facts}.` : "";
  return `${raised(CHANCE)}: ${percent(site.share)}${ten}.${stands}${money}${ground}`;
}

/** The story as it is now; a scene without a text is left out. @returns {Scene[]} */
export function scenesNow() {
  const all = badgedSites().map(where);
  const first = sites.slice(0, FIRST).map(where);
  /** @param {string} head @param {string} text @param {import("./model.js").Place[]} sees @param {Site | null} [site] @returns {Scene} */
  const scene = (head, text, sees, site = null) => ({ head, text, sees, site });
  const zones = sites.slice(0, ZONES).map((site) => {
    const head = `${site.rank}. ${site.name}, ${country(site)}`;
    return scene(head, zoneText(site), reachOf(site), site);
  });
  const leaders = sites.slice(0, 2).map(where);
  return [
    scene("The question", `${$("title").textContent}. ${$("subtitle").textContent}.`, all),
    scene("The answer", said("answer"), first),
    scene("Does it pay?", answered("pays"), first),
    scene("How sure is it?", answered("sure"), first),
    scene("Why there?", answered("why"), leaders),
    scene("What would change it?", answered("change"), all),
    ...zones,
  ].filter(({ text }) => text);
}

/** The part of the world that a scene shows. @param {Scene} scene */
export const boxOf = ({ sees }) => boxAround(sees, SHARE);
