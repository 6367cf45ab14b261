// The scenes of the story: a headline, what the page itself says to it, and what the map shows.

/** @import { Site } from "./model.js" */
import { country, data, FIRST, where } from "./data.js";
import { $ } from "./dom.js";
import { reachOf } from "./flows.js";
import { factsOf } from "./further.js";
import { joined, tr } from "./language.js";
import { boxAround } from "./map.js";
import { fromPrice } from "./pays.js";
import { badgedSites, sites, turn } from "./rank.js";
import {
  CHANCE,
  ended,
  facts,
  known,
  lowered,
  number,
  percent,
  raised,
  sentences,
  sureOf,
  timesText,
} from "./words.js";

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
  sentences(
    ...[said(`${id}head`), said(id)].map((text) =>
      !text || /[.!?\u3002\uFF01\uFF1F]$/.test(text) ? text : ended(text),
    ),
  );

/** @param {Site} site */
function zoneText(site) {
  const sure = sureOf(site);
  const gains = data.pillars
    .map(({ name }, k) => ({ name: tr(name), ln: site.odds[k] }))
    .filter(({ ln }) => ln > 0.05)
    .sort((a, b) => b.ln - a.ln)
    .slice(0, 2)
    .map(({ name, ln }) => tr("{name} ({times})", { name: lowered(name), times: timesText(ln) }));
  const ground = factsOf(site.site_id)
    .filter(({ name }) => STANDS_OUT.includes(name))
    .map(({ name, text }) =>
      tr("{fact}: {text}", { fact: tr(name).toLowerCase(), text: tr(text) }),
    );
  return sentences(
    sure ? surelyText(site, sure) : tr("{chance}: {share}.", chanceOf(site)),
    gains.length ? tr("What multiplies its odds most: {gains}.", { gains: joined(gains) }) : "",
    known(site.pays_from) ? tr("It pays {from}.", { from: fromPrice(site.pays_from) }) : "",
    ground.length ? tr("The site: {facts}.", { facts: ground.join(tr("; ")) }) : "",
  );
}

/** @param {Site} site */
const chanceOf = (site) => ({ chance: raised(CHANCE), share: percent(site.share) });

/** @param {Site} site @param {{ part: number, words: string }} sure */
function surelyText(site, { part, words: first }) {
  const places = { ...chanceOf(site), first, count: number(100 * part) };
  return turn.chance
    ? tr("{chance}: {share}, {first} in {count} of 100 runs of the weights only.", places)
    : tr("{chance}: {share}, {first} in {count} of 100 what-if runs.", places);
}

/** The story as it is now; a scene without a text is left out. @returns {Scene[]} */
export function scenesNow() {
  const all = badgedSites().map(where);
  const first = sites.slice(0, FIRST).map(where);
  /** @param {string} head @param {string} text @param {import("./model.js").Place[]} sees @param {Site | null} [site] @returns {Scene} */
  const scene = (head, text, sees, site = null) => ({ head, text, sees, site });
  const zones = sites.slice(0, ZONES).map((site) => {
    const head = `${site.rank}. ${facts(site.name, country(site))}`;
    return scene(head, zoneText(site), reachOf(site), site);
  });
  const leaders = sites.slice(0, 2).map(where);
  const question = sentences(...["title", "subtitle"].map((id) => ended($(id).textContent ?? "")));
  return [
    scene(tr("The question"), question, all),
    scene(tr("The answer"), said("answer"), first),
    scene(tr("Does it pay?"), answered("pays"), first),
    scene(tr("How sure is it?"), answered("sure"), first),
    scene(tr("Why there?"), answered("why"), leaders),
    scene(tr("What would change it?"), answered("change"), all),
    ...zones,
  ].filter(({ text }) => text);
}

/** The part of the world that a scene shows. @param {Scene} scene */
export const boxOf = ({ sees }) => boxAround(sees, SHARE);
