// A small card of what is no candidate: a plant, a town, a country without a place. Its pin on the
// map bears the name.

/** @import { AutomakerRow, GigafactoryRow, RivalRow } from "./payload.js" */
/** @import { Named } from "./gazetteer.js" */
/** @import { Row, Site } from "./model.js" */
import { called, country, countryName, where } from "./data.js";
import { $, add, button, el, section, table } from "./dom.js";
import { lands } from "./gazetteer.js";
import { policyOf } from "./ground.js";
import { tr } from "./language.js";
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
import {
  capacityOf,
  carLayer,
  carOf,
  carsText,
  gigafactoryLayer,
  rivalLayer,
  statusOf,
} from "./points.js";
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
  const rows = near.map(({ site, km }) => [
    goTo(site),
    number(site.rank),
    tr("{km} km", { km: number(km) }),
  ]);
  return add(
    section(tr("Nearest ranked sites")),
    table([tr("Site"), tr("rank"), tr("away")], rows),
  );
}

/** @param {Site} site */
const goTo = (site) =>
  button("go", tr("{name}, {country}", { name: site.name, country: country(site) }), () =>
    pick(site),
  );

/** @param {Card} card */
function show(card) {
  unpick();
  const title = el("h2", "", card.title);
  title.id = "cardtitle";
  const close = button("close", "\u00D7", closeCard);
  close.setAttribute("aria-label", tr("Close the card"));
  const facts = el("dl");
  for (const [name, value] of card.facts) add(facts, el("dt", "", name), el("dd", "", value));
  const laws = (card.laws ?? []).map((line) => el("li", "", raised(line)));
  $("card").replaceChildren(
    add(el("header"), title, close, el("p", "", card.kind)),
    ...(card.facts.length ? [facts] : []),
    ...(laws.length ? [add(section(tr("Laws in force")), add(el("ul"), ...laws))] : []),
    ...[nearestTo(card.at)].filter((part) => part !== null),
  );
  $("card").hidden = false;
  placePin(card);
  fly(card.at, card.zoom);
  $("said").textContent = tr("Card of {name}", { name: card.title });
  $("card").focus({ preventScroll: true });
}

export function closeCard() {
  $("card").hidden = true;
  setIn(pinLayer, pin, false);
}

// ---- what is on it ----

/** @param {{ owner: string, owner_hq_country: string }} row @returns {[string, string]} */
const ownerOf = ({ owner, owner_hq_country: home }) => [
  tr("Owner"),
  home
    ? tr("{owner} ({country})", { owner: owner || tr("unknown"), country: countryName(home) })
    : owner || tr("unknown"),
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
    plantCard(row, tr("Gigafactory"), [
      ownerOf(row),
      [tr("Status"), statusOf(row)[0]],
      [
        tr("Capacity"),
        row.capacity_gwh === null
          ? tr("unknown")
          : tr("{gwh} GWh a year", { gwh: rounded(row.capacity_gwh) }),
      ],
      [tr("Chemistry"), tr(row.chemistry || "unknown")],
      [
        tr("Anode demand"),
        row.anode_kt === null
          ? tr("unknown")
          : tr("{kt} kt a year", { kt: number(row.anode_kt, 1) }),
      ],
    ]),
  );

/** @param {RivalRow} row */
export const showRival = (row) =>
  show(
    plantCard(row, tr("Rival anode plant"), [
      ownerOf(row),
      [tr("Status"), statusOf(row)[0]],
      [tr("Capacity"), capacityOf(row)],
      [tr("Product"), tr(row.product)],
    ]),
  );

/** @param {AutomakerRow} row */
export function showAutomaker(row) {
  showLayerOf("cars", true);
  const cars = carsText(row) ?? tr("unknown");
  show(
    plantCard(row, tr("Car plant"), [
      [tr("Group"), row.owner_group],
      [tr("Builds"), carOf(row)[0]],
      [tr("Capacity"), cars],
    ]),
  );
}

/** @param {Named} town */
export const townCard = (town) =>
  show({
    title: town.names[0],
    kind: `${tr("Town")} ${DOT} ${countryName(town.country)}`,
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
    title: called(land.country, land.names[0]),
    kind: sites.some((site) => site.country === land.country)
      ? tr("Country")
      : tr("Country: none of its places is in the list"),
    at: land,
    zoom: COUNTRY_ZOOM,
    facts: verdict ? [[tr("Policy for this investor"), verdict]] : [],
    laws,
  });
}

export function buildCard() {
  showLayer(pinLayer);
  onPoint(gigafactoryLayer, showGigafactory);
  onPoint(rivalLayer, showRival);
  onPoint(carLayer, showAutomaker);
}
