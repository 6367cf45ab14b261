// Put the page together, then offer the small scripting surface described in docs/map.md.
document.title = `${data.title} ${DOT} ${data.subtitle}`;
$("title").textContent = data.title;
$("subtitle").textContent = data.subtitle;
$("answer").textContent = data.answer;
add($("notes"), ...data.notes.concat(`Sources: ${data.attributions.join("; ")}.`).map((line) => el("li", "", line)));
if (live) {
  rankBy(copied(VIEWS[0])); // first, so that shifts of rank are against it
  const wanted = settingIn(address());
  if (!same(wanted, turn.setting)) rankBy(wanted);
  $("answer").textContent = answerNow();
}
buildMoments();
buildShort();
buildList();
drawUnscouted();
$("unscouted").addEventListener("toggle", drawUnscouted);
buildApart();
buildRegions();
buildSearch();
buildSheet();
buildWeights();
buildKeep();
dockLegend();
foldLegend(window.innerWidth < 1100);
[drawZones, nameZones].forEach((draw) => draw(live ? zonesNow() : planZones));
fillFurther();
fillBadges();
viewStart();
// only now, so that nothing is projected for a view that nobody sees
groundLayer.addTo(map);
allLayers.filter((layer) => layer.on).forEach((layer) => layer.layer.addTo(map));
sortMarks();
drawLegend();
if (live) {
  showWhose();
  drawWeights();
  if (!$("happened").textContent) settleSoon();
}
{
  const site = siteNamed(address().get("site"));
  if (site) pick(site, false); else placeBadges();
}
takeUp();

const row = ({ rank, site_id, name, country: code, share, scouted, lat, lon }) =>
  ({ rank, site_id, name, country: code, share, scouted, lat, lon });

window.siting = Object.freeze({
  ranking: (all) => (live && all === "places" ? everyPlace() : sites.map(row)),
  pick(id) {
    const site = id === null ? null : siteNamed(id);
    if (site) pick(site); else if (id === null) unpick();
    return state.site && state.site.site_id;
  },
  layers(wanted = {}) {
    Object.entries(wanted).forEach(([key, on]) => show(key, Boolean(on)));
    return Object.fromEntries(allLayers.map((layer) => [layer.key, layer.on]));
  },
  moments: () => moments.map((one) => ({ ...one, shown: one.at === moment })),
  ...(live ? turning : {}),
});
