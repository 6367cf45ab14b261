// The first 25 sites are badges, pushed apart in pixels and tied to the true place by a line.
const badgeLayer = L.layerGroup();
const badged = sites.slice(0, BADGES);

badged.forEach((site) => {
  const box = el("div", "badge");
  site.disc = el("div", "disc");
  add(site.disc, el("b", "", site.rank), el("span", "label", site.name));
  add(box, site.disc);
  site.box = box;
  site.marker = L.marker(where(site), {
    icon: L.divIcon({ className: "", html: box, iconSize: [0, 0] }), keyboard: false, riseOnHover: true,
  });
  site.marker.on("click", () => pick(site));
  site.marker.bindTooltip(() => siteTip(site), { opacity: 1, offset: [12, 0], direction: "auto" });
  badgeLayer.addLayer(site.marker);
});
map.getPane("markerPane").setAttribute("aria-hidden", "true"); // the list is the keyboard's path

function siteTip(site) {
  return tip(`${site.rank}  ${site.name}`, [`${country(site)} ${DOT} score ${number(site.score, 1)}`]);
}

const furtherLayer = pointLayer(sites.slice(BADGES), () => ({
  radius: 3, color: colours.navy, weight: 1.3, fillColor: "#fff", casing: true,
}), (site) => [`Rank ${site.rank}, ${country(site)}`, `Score ${number(site.score, 1)}`]);
furtherLayer.on("click", (event) => pick(sites[event.layer.feature.properties.at]));
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
  return site.rank > FIRST && site !== state.site ? 6.5 : 11.5;
}

// Push overlapping badges apart and draw each back to its place a little.
function settle(spots) {
  for (let round = 0; round < 140; round += 1) {
    spots.forEach((a, i) => spots.slice(i + 1).forEach((b) => {
      const dx = b.x - a.x, dy = b.y - a.y, gap = Math.hypot(dx, dy) || 0.01, need = a.r + b.r;
      if (gap >= need) return;
      const push = (need - gap) / 2 / gap;
      a.x -= dx * push; a.y -= dy * push; b.x += dx * push; b.y += dy * push;
    }));
    if (round < 100) spots.forEach((s) => { s.x += (s.x0 - s.x) * 0.02; s.y += (s.y0 - s.y) * 0.02; });
  }
}

function placeBadges() {
  const far = map.getZoom() < 3.25;
  map.getContainer().classList.toggle("far", far);
  const spots = badged.map((site) => {
    const p = map.latLngToLayerPoint(where(site));
    return {
      site, x0: p.x, y0: p.y, r: badgeRadius(site, far),
      x: p.x + (site.at % 2 ? 0.5 : -0.5), y: p.y - 0.3 * (site.at % 3),
    };
  });
  settle(spots);
  taken = [];
  specks = [];
  leads = [];
  spots.forEach(({ site, x, y, x0, y0, r }) => {
    const near = Math.hypot(x - x0, y - y0) < 4;
    const dx = near ? 0 : x - x0, dy = near ? 0 : y - y0;
    site.disc.style.left = `${dx.toFixed(1)}px`;
    site.disc.style.top = `${dy.toFixed(1)}px`;
    const c = map.layerPointToContainerPoint([x0 + dx, y0 + dy]);
    leads.push([map.layerPointToContainerPoint([x0, y0]), c]);
    if (map.hasLayer(siteLayer)) taken.push([c.x - r, c.y - r, c.x + r, c.y + r]);
    if (site === state.site) taken.push([c.x, c.y - 10, c.x + 30 + 7 * site.name.length, c.y + 10]);
  });
  [gigafactoryLayer, rivalLayer].filter((layer) => map.hasLayer(layer)).forEach((layer) =>
    layer.eachLayer((mark) => {
      if (!mark._point) return;
      const c = map.layerPointToContainerPoint(mark._point), r = mark._radius;
      (r > 5 && layer === gigafactoryLayer ? taken : specks).push([c.x - r, c.y - r, c.x + r, c.y + r]);
    }));
  [nameLayer, leadLayer].forEach((sketch) => { if (map.hasLayer(sketch)) sketch.draw(); });
  countOutside();
}

function dressBadges() {
  badged.forEach((site) => {
    site.box.className = `badge${site.rank > FIRST ? " lower" : ""}${site === state.site ? " chosen" : ""}`;
    site.marker.setZIndexOffset(site === state.site ? 5000 : 1000 - 10 * site.rank);
  });
  placeBadges();
}

function countOutside() {
  const { left, right } = covered(), size = map.getSize();
  const free = L.bounds([left, 0], [size.x - right, size.y]);
  const out = badged.filter((site) => !free.contains(map.latLngToContainerPoint(where(site)))).length;
  $("outside").hidden = !out;
  $("outside").textContent = phone.matches ? `${out} outside view`
    : `${out} of ${badged.length} ranked sites ${out === 1 ? "lies" : "lie"} outside this view`;
}
map.on("zoomend moveend resize", placeBadges);
