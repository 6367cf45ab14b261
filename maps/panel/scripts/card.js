// A small card of what is no candidate: a plant, a town, a country without a place. Its pin on the
// map bears the name.

/** @import { AutomakerRow, GigafactoryRow, RivalRow } from "./payload.js" */
/** @import { Named } from "./gazetteer.js" */
/** @import { Row, Site } from "./model.js" */
import { country, countryName, where } from "./data.js";
import { $, add, button, el, section, table } from "./dom.js";
import { lands } from "./gazetteer.js";
import { policyOf } from "./ground.js";
import { showLayerOf } from "./legend.js";
import {
  badgeMarker,
  groupOf,
  kmBetween,
  moveMarker,
  onPoint,
  setIn,
  showLayer,
  stackMarker,
} from "./map.js";
import { capacityOf, carLayer, carOf, gigafactoryLayer, rivalLayer, statusOf } from "./points.js";
import { sites } from "./rank.js";
import { pick, unpick } from "./state.js";
import { fly } from "./views.js";
import { DOT, number, raised, rounded } from "./words.js";

/**
 * @typedef {object} Card
 * @property {string} title
 * @property {string} kind
 * @property {Row} at
 * @property {number} zoom
 * @property {[string, string][]} facts
 * @property {string[]} [laws]
 */

const NEAREST = 3;
const PLANT_ZOOM = 6;
const COUNTRY_ZOOM = 4.5;

// ---- the pin ----

const ring = el("div", "pin");
const pinName = el("span", "label");
add(ring, el("i"), pinName);
const pin = badgeMarker(
  ring,
  () => el("div", "", pinName.textContent),
  () => {},
);
const pinLayer = groupOf();

/** @param {Card} card */
function placePin({ title, at }) {
  pinName.textContent = title;
  moveMarker(pin, where(at));
  stackMarker(pin, 4000);
  setIn(pinLayer, pin, true);
}

// ---- the card ----

/** The ranked sites nearest to a place. @param {Row} at */
function nearestTo(at) {
  const near = sites
    .map((site) => ({ site, km: kmBetween(where(at), where(site)) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, NEAREST);
  if (!near.length) return null;
  const rows = near.map(({ site, km }) => [goTo(site), number(site.rank), `${number(km)} km`]);
  return add(section("Nearest ranked sites"), table(["Site", "rank", "away"], rows));
}

/** @param {Site} site */
const goTo = (site) => button("go", `${site.name}, ${country(site)}`, () => pick(site));

/** @param {Card} card */
function show(card) {
  unpick();
  const title = el("h2", "", card.title);
  title.id = "cardtitle";
  const close = button("close", "\u00D7", closeCard);
  close.setAttribute("aria-label", "Close the card");
  const facts = el("dl");
  for (const [name, value] of card.facts) add(facts, el("dt", "", name), el("dd", "", value));
  const laws = (card.laws ?? []).map((line) => el("li", "", raised(line)));
  $("card").replaceChildren(
    add(el("header"), title, close, el("p", "", card.kind)),
    ...(card.facts.length ? [facts] : []),
    ...(laws.length ? [add(section("Laws in force"), add(el("ul"), ...laws))] : []),
    ...[nearestTo(card.at)].filter((part) => part !== null),
  );
  $("card").hidden = false;
  placePin(card);
  fly(card.at, card.zoom);
  $("said").textContent = `Card of ${card.title}`;
  $("card").focus({ preventScroll: true });
}

export function closeCard() {
  $("card").hidden = true;
  setIn(pinLayer, pin, false);
}

// ---- what is on it ----

/** @param {{ owner: string, owner_hq_country: string }} row @returns {[string, string]} */
const ownerOf = ({ owner, owner_hq_country: home }) => [
  "Owner",
  home ? `${owner || "unknown"} (${countryName(home)})` : owner || "unknown",
];
/** @param {{ name: string, country: string } & Row} row @param {string} what @param {[string, string][]} facts @returns {Card} */
const plantCard = (row, what, facts) => ({
  title: row.name,
  kind: `${what} ${DOT} ${countryName(row.country)}`,
  at: row,
  zoom: PLANT_ZOOM,
  facts: facts.filter(([, value]) => value),
});

/** @param {GigafactoryRow} row */
export const showGigafactory = (row) =>
  show(
    plantCard(row, "Gigafactory", [
      ownerOf(row),
      ["Status", statusOf(row)[0]],
      [
        "Capacity",
        row.capacity_gwh === null ? "unknown" : `${rounded(row.capacity_gwh)} GWh a year`,
      ],
      ["Chemistry", row.chemistry || "unknown"],
      ["Anode demand", row.anode_kt === null ? "unknown" : `${number(row.anode_kt, 1)} kt a year`],
    ]),
  );

/** @param {RivalRow} row */
export const showRival = (row) =>
  show(
    plantCard(row, "Rival anode plant", [
      ownerOf(row),
      ["Status", statusOf(row)[0]],
      ["Capacity", capacityOf(row)],
      ["Product", row.product],
    ]),
  );

/** @param {AutomakerRow} row */
export function showAutomaker(row) {
  showLayerOf("cars", true);
  const cars = row.vehicles === null ? "unknown" : `${number(row.vehicles)} cars a year`;
  show(
    plantCard(row, "Car plant", [
      ["Group", row.owner_group],
      ["Builds", carOf(row)[0]],
      ["Capacity", cars],
    ]),
  );
}

/** @param {Named} town */
export const townCard = (town) =>
  show({
    title: town.names[0],
    kind: `Town ${DOT} ${countryName(town.country)}`,
    at: town,
    zoom: PLANT_ZOOM,
    facts: [],
  });

/** @param {string} code */
export function showCountry(code) {
  const land = lands().find((one) => one.country === code);
  if (land) countryCard(land);
}

/** @param {Named} land */
export function countryCard(land) {
  const { verdict, laws } = policyOf(land.country);
  show({
    title: land.names[0],
    kind: sites.some((site) => site.country === land.country)
      ? "Country"
      : "Country: none of its places is in the list",
    at: land,
    zoom: COUNTRY_ZOOM,
    facts: verdict ? [["Policy for this investor", verdict]] : [],
    laws,
  });
}

export function buildCard() {
  showLayer(pinLayer);
  onPoint(gigafactoryLayer, showGigafactory);
  onPoint(rivalLayer, showRival);
  onPoint(carLayer, showAutomaker);
}
