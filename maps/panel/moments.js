// The same question at other moments, as ticks on a line of time. Each moment is a page of its own
// in the file, so choosing one opens the page there anew; all that the reader had set up comes
// along: site and weights in the address, the rest in the history entry, which outlives a reload.
const kept = (window.history.state || {}).kept || null;
const LINE = (() => { // oldest first, where the labels say when
  const dated = moments.map((one) => ({ ...one, day: Date.parse(one.label.split(",")[0]), year: Number((/(\d{4})\D*$/.exec(one.label) || [])[1]) }));
  return dated.every(({ day, year }) => day && year) ? dated.sort((a, b) => a.day - b.day || a.year - b.year) : dated;
})();

function setUp(focus) {
  const { lat, lng } = map.getCenter(), side = document.querySelector(".side");
  return {
    focus, centre: [lat, lng], zoom: map.getZoom(), layers: allLayers.map(({ key, on }) => [key, on]),
    tab: side.dataset.tab, full: document.body.classList.contains("full"), beyond: Boolean(state.beyond),
    folded: [$("weights"), $("legend"), $("short")].map((box) => box.classList.contains("shut")),
    scroll: ["scroll", "dossier"].map((id) => [id, $(id).scrollTop]), comparing: !$("compare").hidden,
    before: { label: moments[moment].label, ids: sites.slice(0, FIRST).map((site) => site.site_id), first: sites.length ? sites[0].name : "" },
  };
}

function goTo(at, focus) {
  if (at === moment) return;
  window.history.replaceState({ kept: setUp(focus) }, "", mark(at));
  window.location.reload();
}

// What a step in time changed, in a line.
function since({ label, ids, first }) {
  if (!sites.length || !first) return "";
  const news = sites.slice(0, FIRST).filter((site) => !ids.includes(site.site_id)).length;
  const who = sites[0].name === first ? `${first} was first too` : `${first} was first`;
  return `${label}: ${who}; ${news ? `${news} of the first ten here ${news === 1 ? "was" : "were"} not in it` : "the same ten on top"}.`;
}

// Put back what a reload would lose; only once, so that a later reload starts afresh.
function takeUp() {
  if (!kept) return;
  kept.layers.forEach(([key, on]) => show(key, on));
  if (kept.beyond) showBeyond();
  if (live) foldWeights(kept.folded[0]);
  foldLegend(kept.folded[1]);
  foldShort(kept.folded[2]);
  showTab(kept.tab);
  if (kept.full !== document.body.classList.contains("full")) $("grow").click();
  if (kept.comparing && live) openCompare();
  map.invalidateSize({ animate: false });
  map.setView(kept.centre, kept.zoom, { animate: false });
  kept.scroll.forEach(([id, top]) => { $(id).scrollTop = top; });
  $("since").textContent = $("said").textContent = since(kept.before);
  $("since").hidden = !$("since").textContent;
  remember();
  const to = $(kept.focus);
  if (to) (to.disabled ? $(`moment-${moment}`) : to).focus({ preventScroll: true });
}

function buildMoments() {
  if (!moments.length) return;
  const here = LINE.findIndex(({ at }) => at === moment);
  LINE.forEach(({ at, label }) => {
    const tick = el("label", "tick"), input = el("input"), [day, ...rest] = label.split(", ");
    Object.assign(input, { type: "radio", name: "moment", id: `moment-${at}`, checked: at === moment });
    input.addEventListener("change", () => goTo(at, input.id));
    tick.title = label;
    add($("ticks"), add(tick, input, el("span", "", day), el("small", "", rest.join(", "))));
  });
  [["earlier", here - 1], ["later", here + 1]].forEach(([id, to]) => {
    $(id).disabled = !LINE[to];
    $(id).addEventListener("click", () => goTo(LINE[to].at, id));
  });
  $("when").hidden = false;
}
