// What follows from what a reader does, in order. The document first, then what measures it, so
// that it is laid out once.
/** @import { Site } from "./model.js" */
import { remember } from "./address.js";
import { drawAnswer } from "./answer.js";
import { drawUnscouted } from "./apart.js";
import { dressBadges, fillBadges, fillFurther, furtherLayer, placeBadges } from "./badges.js";
import { closeCard, showCountry } from "./card.js";
import { closeCompare, drawCompare } from "./compare.js";
import { live } from "./data.js";
import { $, phone } from "./dom.js";
import { showDossier } from "./dossier.js";
import { drawFlows } from "./flows.js";
import { chooseCells } from "./ground.js";
import { scoreLand } from "./land.js";
import { landMoved, paintAgain } from "./landlayer.js";
import { drawSift } from "./landpanel.js";
import { tr } from "./language.js";
import { drawLegend, foldLegend } from "./legend.js";
import { drawList, fadeRows, focusRow, markRow } from "./list.js";
import { onMap, repaint, resized, scalePoints } from "./map.js";
import { drawNearby } from "./nearby.js";
import { afterPaint, whenThrough } from "./paint.js";
import { closePins, drawPins } from "./pins.js";
import { barredLayer, carLayer, drawZones, gigafactoryLayer, rivalLayer } from "./points.js";
import { dressAgain, rankBy, turn, zonesNow } from "./rank.js";
import { closeHits } from "./search.js";
import {
  askedLand,
  askedSwipe,
  picked,
  reranked,
  sifted,
  state,
  themed,
  unpick,
  unpicked,
} from "./state.js";
import { drawStory, leaveStory } from "./story.js";
import { closeSwipe, openSwipe, scoreSwipe } from "./swipe.js";
import { viewReach } from "./views.js";
import { drawWeights, settleSoon } from "./weights.js";

/** Whether the weights are the study's, and the chances drawn here, for the style sheet. */
export function showWhose() {
  document.body.classList.toggle("moved", turn.moved);
  document.body.classList.toggle("drawn", Boolean(turn.chance));
}

reranked.follow((setting, glides) => {
  state.since = null; // from now on a row says how a turn moved it
  rankBy(setting);
  scoreLand();
  scoreSwipe();
  showWhose();
  drawAnswer();
  drawList(glides);
  drawUnscouted();
  drawWeights();
  if (state.site) showDossier(state.site, true);
  drawCompare();
  drawPins();
  drawStory();
  paintAgain();
  afterPaint("marks", drawMarks);
  settleSoon();
});

/** What lies on the land comes a frame after it, so that the hand feels no weight. */
function drawMarks() {
  drawZones(zonesNow());
  fillFurther();
  fillBadges(false);
  drawSift();
}

// the document follows by itself
themed.follow(() => {
  repaint();
  drawSift();
});

let legendWas = true; // as the reader had it before a dossier came

sifted.follow(() => {
  fadeRows();
  dressBadges();
  paintAgain();
  drawSift();
});

/** The map moves to a chosen site and whom it serves, when its card is there. @param {Site} site */
function showReach(site) {
  drawFlows(site);
  if (!phone.matches && window.innerWidth < 1760 && !state.printing) foldLegend(true);
  resized();
  viewReach(site);
  fillBadges();
  drawLegend();
}

picked.follow((site, focus) => {
  if (!state.site) legendWas = $("legend").classList.contains("shut");
  if (live) dressAgain(site);
  state.site = site;
  closeCard();
  markRow(site);
  showDossier(site);
  document.body.classList.add("open");
  document.body.classList.remove("full");
  afterPaint("reach", () => {
    if (state.site === site) showReach(site);
  });
  const { name, rank } = site;
  $("said").textContent =
    rank === null
      ? tr("Dossier of {name}, not in the list", { name })
      : tr("Dossier of {name}, rank {rank}", { name, rank });
  if (focus) $("dossier").focus({ preventScroll: true });
  remember();
});

unpicked.follow(() => {
  const { site } = state;
  if (!site) return;
  state.site = null;
  $("dossier").hidden = true;
  document.body.classList.remove("open");
  foldLegend(legendWas);
  markRow(null);
  drawFlows(null);
  fillBadges();
  drawLegend();
  focusRow(site);
  remember();
});

askedLand.follow(showCountry);
askedSwipe.follow(openSwipe);

/** Escape closes what was opened last. @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape") return;
  if (!$("hits").hidden) closeHits();
  else if (!$("story").hidden) leaveStory();
  else if (!$("pinned").hidden) closePins();
  else if (!$("compare").hidden) closeCompare();
  else if (!$("card").hidden) closeCard();
  else if (state.site) unpick();
  else closeSwipe();
}

export function followReader() {
  document.addEventListener("keydown", onEscape);
  onMap("zoomend", chooseCells);
  onMap("zoomend", () => {
    scalePoints([gigafactoryLayer, carLayer, rivalLayer, barredLayer, furtherLayer]);
  });
  // every zoom and every new size ends in a move
  onMap("moveend", () => {
    whenThrough("land", landMoved);
    whenThrough("nearby", drawNearby);
    placeBadges();
  });
}
