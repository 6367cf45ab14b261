// Legend and layer switch in one: a key is shown only while its layer is drawn.

/** @import { Layer } from "./map.js" */
import { furtherLayer, placeBadges, siteLayer } from "./badges.js";
import { barred, data } from "./data.js";
import { $, add, el, part, phone } from "./dom.js";
import { flowLayer } from "./flows.js";
import { cellLayer, plainLayer, policyHits, policyLayer, surfaceLayer } from "./ground.js";
import {
  barredKey,
  carKey,
  cellKey,
  clusterKey,
  flowKey,
  gigafactoryKey,
  nearbyKey,
  policyKey,
  rivalKey,
  siteKey,
  surfaceKey,
  unscoredKey,
  zoneKey,
} from "./keys.js";
import { FIGURES, landed, SCORE } from "./land.js";
import { landKey } from "./landkey.js";
import { colourBy, landLayerOf } from "./landlayer.js";
import { rebuildSift, siftPanel } from "./landpanel.js";
import { here } from "./landtip.js";
import { tr } from "./language.js";
import { hideLayer, isShown, raise, resized, showLayer } from "./map.js";
import { nameLayer } from "./names.js";
import { nearbyLayer } from "./nearby.js";
import {
  barredLayer,
  carLayer,
  clusterLayer,
  gigafactoryLayer,
  rivalLayer,
  zoneLayer,
} from "./points.js";
import { state } from "./state.js";
import { sentences } from "./words.js";

/**
 * @typedef {object} Switch
 * @property {string} key
 * @property {string} name
 * @property {Layer} layer
 * @property {boolean} on
 * @property {boolean} [none] whether there is nothing to show
 * @property {boolean} [ground] whether it colours the land: of these one is on at a time
 * @property {() => Element | null} draw its key
 * @property {() => void} [act] once it is on
 */

const SHORT = 16; // letters of a name that leaves room for another beside it
const WIDE = /[\u1100-\uFFEF]/g; // of which one is as wide as two
/** @param {string} name */
const lettersOf = (name) => name.replace(WIDE, "ww").length;
const cells = data.cells.length > 0;
const blank = () => null;
/** @param {string} key @param {string} name @returns {Switch} */
const measureSwitch = (key, name) => ({
  key,
  name,
  layer: landLayerOf(),
  on: landed && key === SCORE,
  none: !landed,
  ground: true,
  draw: () => landKey(key),
  act() {
    colourBy(key);
    rebuildSift();
  },
});
/** @type {[string, Switch[]][]} */
const EVERY = [
  [
    tr("Colour of the land"),
    [
      measureSwitch(SCORE, tr("Score under these weights")),
      ...FIGURES.map(({ key, name }) => measureSwitch(key, tr(name))),
      {
        key: "cells",
        name: tr("Screened land"),
        layer: cellLayer,
        on: cells && !landed,
        none: !cells,
        ground: true,
        draw: cellKey,
      },
      {
        key: "demand",
        name: tr("Demand"),
        layer: surfaceLayer,
        on: !cells && !landed,
        ground: true,
        draw: surfaceKey,
      },
      {
        key: "policy",
        name: tr("Policy"),
        layer: policyLayer,
        on: false,
        ground: true,
        draw: policyKey,
      },
      { key: "plain", name: tr("Plain"), layer: plainLayer, on: false, ground: true, draw: blank },
    ],
  ],
  [
    tr("Our choice"),
    [
      { key: "sites", name: tr("Ranked sites"), layer: siteLayer, on: true, draw: siteKey },
      {
        key: "freight",
        name: tr("Freight from the chosen site"),
        layer: flowLayer,
        on: true,
        draw: flowKey,
      },
      {
        key: "zones",
        name: tr("Zones: clusters of nearby sites"),
        layer: zoneLayer,
        on: true,
        draw: zoneKey,
      },
      {
        key: "barred",
        name: tr("Excluded estates"),
        layer: barredLayer,
        on: false,
        none: !barred.length,
        draw: barredKey,
      },
    ],
  ],
  [
    tr("Customers"),
    [
      {
        key: "gigafactories",
        name: tr("Gigafactories"),
        layer: gigafactoryLayer,
        on: true,
        draw: gigafactoryKey,
      },
      {
        key: "clusters",
        name: tr("Demand clusters"),
        layer: clusterLayer,
        on: false,
        draw: clusterKey,
      },
      { key: "cars", name: tr("Car plants"), layer: carLayer, on: false, draw: carKey },
    ],
  ],
  [
    tr("Competition"),
    [
      {
        key: "rivals",
        name: tr("Rival anode plants"),
        layer: rivalLayer,
        on: true,
        draw: rivalKey,
      },
    ],
  ],
  [
    tr("Names"),
    [
      {
        key: "names",
        name: tr("Country and sea names"),
        layer: nameLayer,
        on: true,
        draw: blank,
      },
      {
        key: "nearby",
        name: tr("Ground near the sites"),
        layer: nearbyLayer,
        on: true,
        draw: nearbyKey,
      },
    ],
  ],
];
const SWITCHES = EVERY.map(
  ([name, layers]) => /** @type {const} */ ([name, layers.filter((layer) => !layer.none)]),
);
export const switches = SWITCHES.flatMap(([, layers]) => layers);

/** A layer switched on again would lie on top: put all back in one order, the smaller marks last. */
export const sortMarks = () =>
  raise([
    policyHits,
    clusterLayer,
    zoneLayer,
    flowLayer,
    carLayer,
    gigafactoryLayer,
    rivalLayer,
    barredLayer,
    furtherLayer,
  ]);

/** @param {Switch} one @param {boolean} on */
function set(one, on) {
  one.on = on;
  if (on) showLayer(one.layer);
  else hideLayer(one.layer);
  if (on) one.act?.();
}

/** Switch a layer; of the colours of the land one is on at a time. @param {string} key @param {boolean} on */
export function showLayerOf(key, on) {
  const chosen = switches.find((one) => one.key === key);
  if (!chosen || chosen.on === on || (chosen.ground && !on)) return;
  if (chosen.ground) for (const one of switches) if (one.ground && one.on) set(one, false);
  set(chosen, on);
  sortMarks();
  placeBadges();
  drawLegend();
}

/** @param {Switch} one */
function layerSwitch(one) {
  const input = el("input");
  input.type = one.ground ? "radio" : "checkbox";
  if (one.ground) input.name = "ground";
  input.checked = one.on;
  input.id = `layer-${one.key}`;
  input.addEventListener("change", () => {
    showLayerOf(one.key, input.checked);
    $(input.id).focus();
  });
  const box = el(
    "div",
    `layer${one.on ? "" : " off"}${lettersOf(one.name) > SHORT ? " wide" : ""}`,
  );
  add(box, add(el("label"), input, one.name));
  box.classList.toggle("idle", one.key === "freight" && !state.site); // nothing of it on paper
  const key = one.on ? one.draw() : null;
  return key ? add(box, add(el("div", "key"), key)) : box;
}

export function drawLegend() {
  const body = $("legendbody");
  const at = body.scrollTop;
  const groups = SWITCHES.map(([name, layers]) => {
    const group = el("fieldset", `group${layers.some((one) => one.on) ? "" : " off"}`);
    add(group, el("legend", "", name));
    if (!layers.some((one) => one.ground)) return add(group, ...layers.map(layerSwitch));
    const measured = layers.some((one) => one.on && one.act);
    add(group, add(el("div", "choices"), ...layers.map(layerSwitch)), measured ? here : null);
    return add(group, siftPanel());
  });
  const words = sentences(
    tr("As known on {day}.", { day: data.as_of }),
    tr("Web Mercator: the scale holds at the middle of the map."),
  );
  const foot = add(el("div", "key foot"), unscoredKey(), el("span", "", words));
  body.replaceChildren(...groups, foot);
  body.scrollTop = at;
}

/** @param {boolean} shut */
export function foldLegend(shut) {
  $("legend").classList.toggle("shut", shut);
  $("legendtoggle").setAttribute("aria-expanded", String(!shut));
  $("legendarrow").textContent = shut ? "\u25B8" : "\u25BE";
  if (isShown(nameLayer)) placeBadges(); // names keep clear of it
}

/** On a phone the legend is a tab of the sheet. */
function dockLegend() {
  const legend = $("legend");
  if (phone.matches) part(".side").append(legend);
  else $("outside").before(legend);
  legend.classList.toggle("over", !phone.matches);
  resized();
}

export function buildLegend() {
  $("legendtoggle").addEventListener("click", () =>
    foldLegend(!$("legend").classList.contains("shut")),
  );
  phone.addEventListener("change", dockLegend);
  dockLegend();
}
