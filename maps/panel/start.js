// Put the page together, then offer the small scripting surface described in docs/map.md.
document.title = `${data.title} ${DOT} ${data.subtitle}`;
$("title").textContent = data.title;
$("subtitle").textContent = data.subtitle;
$("answer").textContent = data.answer;
add($("notes"), ...data.notes.concat(`Sources: ${data.attributions.join("; ")}.`).map((line) => el("li", "", line)));
buildList();
buildApart();
buildRegions();
buildSearch();
buildSheet();
dockLegend();
foldLegend(window.innerWidth < 1100);
drawLegend();
{
  const region = startRegion();
  if (region) view(region); else viewAll();
}
// only now, so that nothing is projected for a view that nobody sees
groundLayer.addTo(map);
allLayers.filter((layer) => layer.on).forEach((layer) => layer.layer.addTo(map));
sortMarks();
dressBadges();
if (recalled()) pick(recalled(), false);

window.siting = Object.freeze({
  ranking: () => sites.map(({ rank, site_id, name, country: code, score, lat, lon }) =>
    ({ rank, site_id, name, country: code, score, lat, lon })),
  pick(id) {
    const site = sites.find((one) => one.site_id === id);
    if (site) pick(site); else if (id === null) unpick();
    return state.site && state.site.site_id;
  },
  layers(wanted = {}) {
    Object.entries(wanted).forEach(([key, on]) => show(key, Boolean(on)));
    return Object.fromEntries(allLayers.map((layer) => [layer.key, layer.on]));
  },
});
