// Put the page together, then offer the small scripting surface described in docs/map.md.
import { buildAnswer } from "./answer.js";
import { buildApart, drawUnscouted } from "./apart.js";
import { buildOutside, fillBadges, fillFurther, placeBadges } from "./badges.js";
import { buildCard } from "./card.js";
import { offerConsole } from "./console.js";
import { data, live } from "./data.js";
import { $, add, el, part, phone } from "./dom.js";
import { followReader, showWhose } from "./follow.js";
import { groundLayer } from "./ground.js";
import { buildKeep, settingIn } from "./keep.js";
import { fetchLand, land, measureNow } from "./land.js";
import { colourBy } from "./landlayer.js";
import { buildSift } from "./landpanel.js";
import { followPointer } from "./landtip.js";
import { tr } from "./language.js";
import { buildLanguages } from "./languages.js";
import { buildLegend, drawLegend, foldLegend, sortMarks, switches } from "./legend.js";
import { buildList } from "./list.js";
import { dressMap, mapBox, onMap, showLayer } from "./map.js";
import { buildMoments, takeUp } from "./moments.js";
import { address } from "./payloads.js";
import { buildPins } from "./pins.js";
import { drawZones, nameZones } from "./points.js";
import { buildPricing, takePrice } from "./pricing.js";
import { buildPrint } from "./print.js";
import { rankBy, siteNamed, turn, zonesNow } from "./rank.js";
import { buildSearch } from "./search.js";
import { copied, same, VIEWS } from "./setting.js";
import { buildSheet } from "./sheet.js";
import { pick } from "./state.js";
import { buildStory } from "./story.js";
import { buildSwipe } from "./swipe.js";
import { buildTheme } from "./theme.js";
import { buildRegions, viewStart } from "./views.js";
import { buildWeights, drawWeights, foldWeights, settleSoon } from "./weights.js";
import { DOT } from "./words.js";

// folium writes the map first; the reader who tabs wants the list before it
part(".side").after(mapBox());
const credits = data.attributions.map((line) => tr(line));
dressMap(credits);
followReader();
buildTheme();
buildLanguages();
buildPrint();

document.title = `${data.title} ${DOT} ${data.subtitle}`;
$("title").textContent = data.title;
$("subtitle").textContent = data.subtitle;
const notes = [...data.notes, tr("Sources: {sources}.", { sources: credits.join("; ") })];
add($("notes"), ...notes.map((line) => el("li", "", line)));
if (live) {
  rankBy(copied(VIEWS[0])); // first, so that shifts of rank are against it
  const priced = takePrice(address().get("price"));
  const wanted = settingIn(address());
  if (priced || !same(wanted, turn.setting)) rankBy(wanted);
}
buildMoments();
buildPricing();
buildAnswer();
buildList();
drawUnscouted();
$("unscouted").addEventListener("toggle", drawUnscouted);
buildApart();
buildRegions();
buildOutside();
buildCard();
buildSearch();
buildSheet();
onMap("zoomend", drawLegend);
buildWeights();
buildKeep();
buildLegend();
foldLegend(window.innerWidth < 1760);
foldWeights(window.innerHeight < 1000 && !phone.matches);
drawZones(zonesNow());
nameZones(zonesNow());
fillFurther();
fillBadges();
viewStart();
// only now, so that nothing is projected for a view that nobody sees
showLayer(groundLayer);
for (const { layer, on } of switches) if (on) showLayer(layer);
sortMarks();
drawLegend();
if (live) {
  showWhose();
  drawWeights();
  if (!$("happened").textContent) settleSoon();
}
buildStory();
buildSwipe();
buildPins(address().getAll("pin"));
const site = siteNamed(address().get("site"));
if (site) pick(site, false);
else placeBadges();
takeUp();
offerConsole();
fetchLand().then(() => {
  if (!land) return;
  colourBy(measureNow.key);
  buildSift();
  followPointer();
  drawLegend();
});
