// The first 25 sites are badges, pushed apart in pixels and tied to the true place by a line. Badges
// are made once; each re-rank gives them their sites. One more marks a chosen site beyond them.
const badgeLayer = L.layerGroup();
const badges = Array.from({ length: BADGES + 1 }, () => {
  const box = el("div", "badge"), disc = el("div", "disc"), rank = el("b"), label = el("span", "label");
  add(box, add(disc, rank, label));
  const badge = { box, disc, rank, label, site: null };
  badge.marker = L.marker([0, 0], {
    icon: L.divIcon({ className: "", html: box, iconSize: [0, 0] }), keyboard: false, riseOnHover: true,
  });
  badge.marker.on("click", () => pick(badge.site));
  badge.marker.bindTooltip(() => siteTip(badge.site), { opacity: 1, offset: [12, 0], direction: "auto" });
  return badge;
});
let badged = []; // those that have a site
map.getPane("markerPane").setAttribute("aria-hidden", "true"); // the list is the keyboard's path

function siteTip(site) {
  const sure = known(site.p_top10) ? `among the first ten in ${percent(site.p_top10)} of the draws` : null;
  return tip(`${place(site)}  ${site.name}`, [`${country(site)} ${DOT} ${percent(site.share)} of the chances`,
    site.scouted ? null : UNSCOUTED, `${oddsText(total(site))} the odds of the median place`, sure]);
}

const furtherLayer = pointLayer([], () => ({
  radius: 3, color: colours.navy, weight: 1.3, fillColor: "#fff", casing: true,
}), (site) => [`Rank ${site.rank}, ${country(site)}`, `${percent(site.share)} of the chances`]);
furtherLayer.on("click", (event) => pick(event.layer.feature.properties));
function fillFurther() {
  furtherLayer.clearLayers();
  furtherLayer.addData(sites.slice(BADGES).map((site) => feature("Point", [site.lon, site.lat], site)));
}
// lines and dots lie under all badges, so that none crosses another's number
let leads = [];
const leadLayer = new Sketch("leads", (pen) => {
  Object.assign(pen, { strokeStyle: colours.navy, fillStyle: colours.navy, lineWidth: 1.2 });
  leads.forEach(([from, to]) => {
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    pen.beginPath();
    pen.arc(from.x, from.y, 2.5, 0, 2 * Math.PI);
    pen.fill();
  });
});
const siteLayer = L.layerGroup([furtherLayer, leadLayer, badgeLayer]);

function badgeRadius(site, far) {
  if (!far) return 14.5;
  return lower(site) && site !== state.site ? 6.5 : 11.5;
}
const lower = (site) => site.at === null || site.at >= FIRST;

// Push overlapping badges apart and draw each back to its place a little.
function settle(spots) {
  for (let round = 0; round < 140; round += 1) {
    let pushed = false;
    for (let i = 0; i < spots.length; i += 1) {
      for (let j = i + 1; j < spots.length; j += 1) {
        const a = spots[i], b = spots[j], dx = b.x - a.x, dy = b.y - a.y, need = a.r + b.r;
        if (Math.abs(dx) >= need || Math.abs(dy) >= need) continue;
        const gap = Math.hypot(dx, dy) || 0.01, push = (need - gap) / 2 / gap;
        if (gap >= need) continue;
        a.x -= dx * push; a.y -= dy * push; b.x += dx * push; b.y += dy * push;
        pushed = true;
      }
    }
    if (!pushed && round > 100) return;
    if (round < 100) spots.forEach((s) => { s.x += (s.x0 - s.x) * 0.02; s.y += (s.y0 - s.y) * 0.02; });
  }
}

// `names`: whether the names make way at once, or once the hand rests (it is the dearest part).
function placeBadges(names = true) {
  const far = map.getZoom() < 3.25;
  map.getContainer().classList.toggle("far", far);
  const spots = badged.map(({ site, disc }, at) => {
    const p = map.latLngToLayerPoint(where(site));
    return {
      site, disc, x0: p.x, y0: p.y, r: badgeRadius(site, far),
      x: p.x + (at % 2 ? 0.5 : -0.5), y: p.y - 0.3 * (at % 3),
    };
  });
  settle(spots);
  taken = [];
  specks = [];
  leads = [];
  spots.forEach(({ site, disc, x, y, x0, y0, r }) => {
    const near = Math.hypot(x - x0, y - y0) < 4;
    const dx = near ? 0 : x - x0, dy = near ? 0 : y - y0;
    disc.style.left = `${dx.toFixed(1)}px`;
    disc.style.top = `${dy.toFixed(1)}px`;
    const c = map.layerPointToContainerPoint([x0 + dx, y0 + dy]);
    leads.push([map.layerPointToContainerPoint([x0, y0]), c]);
    if (map.hasLayer(siteLayer)) taken.push([c.x - r, c.y - r, c.x + r, c.y + r]);
    if (site === state.site) taken.push([c.x, c.y - 10, c.x + 30 + 7 * site.name.length, c.y + 10]);
  });
  if (names) taken.push(...overlays());
  [gigafactoryLayer, rivalLayer].filter((layer) => map.hasLayer(layer)).forEach((layer) =>
    layer.eachLayer((mark) => {
      if (!mark._point) return;
      const c = map.layerPointToContainerPoint(mark._point), r = mark._radius;
      (r > 5 && layer === gigafactoryLayer ? taken : specks).push([c.x - r, c.y - r, c.x + r, c.y + r]);
    }));
  [...(names ? [nameLayer] : []), leadLayer].forEach((sketch) => { if (map.hasLayer(sketch)) sketch.draw(); });
  countOutside();
}

// What lies over the map, as boxes of it, so that no name is read in half. On paper the legend and
// the card stand where the page does not show them yet.
function overlays() {
  const size = map.getSize();
  if (state.printing) return [[0, 0, 296, size.y], ...(state.site ? [[size.x - 390, 0, size.x, size.y]] : [])];
  const at = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll(".over:not([hidden]):not(.tools), .tools > *, .leaflet-bar, .leaflet-control-scale, .leaflet-control-attribution")]
    .map((node) => node.getBoundingClientRect()).filter((box) => box.width)
    .map((box) => [box.left - at.left, box.top - at.top, box.right - at.left, box.bottom - at.top]);
}

// Give the badges their sites: the first 25, and the chosen one where it is not among them.
function fillBadges(names = true) {
  const wanted = sites.slice(0, BADGES);
  if (state.site && !wanted.includes(state.site)) wanted.push(state.site);
  badges.forEach((badge, at) => {
    badge.site = wanted[at] || null;
    if (!badge.site) { badgeLayer.removeLayer(badge.marker); return; }
    const { rank, label, marker, site } = badge;
    write(rank, place(site));
    write(label, site.name);
    marker.setLatLng(where(site));
    badgeLayer.addLayer(marker);
  });
  badged = badges.filter((badge) => badge.site);
  dressBadges(names);
}

function dressBadges(names) {
  badged.forEach(({ site, box, marker }) => {
    box.className = `badge${lower(site) ? " lower" : ""}${site === state.site ? " chosen" : ""}`;
    marker.setZIndexOffset(site === state.site ? 5000 : 1000 - 10 * (site.rank || BADGES + 1));
  });
  placeBadges(names);
}

function countOutside() {
  const { left, right } = covered(), size = map.getSize();
  const free = L.bounds([left, 0], [size.x - right, size.y]);
  const ranked = badged.filter(({ site }) => site.at !== null);
  const out = ranked.filter(({ site }) => !free.contains(map.latLngToContainerPoint(where(site)))).length;
  $("outside").hidden = !out;
  $("outside").textContent = phone.matches ? `${out} outside view`
    : `${out} of ${ranked.length} ranked sites ${out === 1 ? "lies" : "lie"} outside this view`;
}
map.on("zoomend moveend resize", () => placeBadges());
