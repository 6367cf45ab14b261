// Which part of the world is seen, and which site is chosen.
const REGIONS = [
  { key: "europe", name: "Europe", bounds: [[33.2, -12], [66.8, 37]] },
  { key: "gulf", name: "Gulf", bounds: [[11, 32], [34, 63]] },
  { key: "asia", name: "South-East Asia", bounds: [[-11, 92], [24, 142]] },
  { key: "america", name: "North America", bounds: [[14, -127], [56, -58]] },
  { key: "all", name: "All", bounds: [[-36, -122], [66, 145]] },
];
const PARTS = REGIONS.slice(0, -1);

// What covers the map at its left and right, in pixels.
function covered() {
  const free = phone.matches || state.printing;
  const left = !free && !$("legend").classList.contains("shut") ? $("legend").offsetWidth : 0;
  const right = !free && !$("dossier").hidden ? $("dossier").offsetWidth : 0;
  return { left, right };
}

function view(region) {
  const { left, right } = covered();
  map.fitBounds(region.bounds, {
    paddingTopLeft: phone.matches ? [0, 46] : [left, 0],
    paddingBottomRight: phone.matches ? [0, 40] : [right, 0],
    animate: false,
  });
  state.home = region;
  markRegion(region);
}

function viewAll() {
  const reach = L.latLngBounds(badged.map(({ site }) => where(site)));
  view({ key: "all", bounds: reach.isValid() ? reach.pad(0.12) : REGIONS.at(-1).bounds });
}

function markRegion(region) {
  document.querySelectorAll("#regions button").forEach((node) =>
    node.setAttribute("aria-pressed", String(region !== null && node.dataset.key === region.key)));
}

// The region that holds most of the first ten, and whether it holds six of them and the first.
function busiest() {
  const first = sites.slice(0, FIRST), inside = ({ bounds }, site) => L.latLngBounds(bounds).contains(where(site));
  const held = PARTS.map((region) => first.filter((site) => inside(region, site)).length);
  const region = PARTS[held.indexOf(Math.max(...held))];
  return { region, most: first.length > 0 && inside(region, first[0]) && Math.max(...held) >= Math.min(6, first.length) };
}

// A page opens where the answer lies; where it lies apart, with all sites in sight.
function startRegion() {
  const { region, most } = busiest();
  return most ? region : null;
}

function buildRegions() {
  const start = busiest().region; // a phone has room for this one and for all
  REGIONS.forEach((region) => {
    const node = button(region === start || region.key === "all" ? "" : "wide", region.name,
      () => (region.key === "all" ? viewAll() : view(region)));
    node.dataset.key = region.key;
    node.setAttribute("aria-pressed", "false");
    add($("regions"), node);
  });
  map.on("dragstart zoomstart", () => markRegion(null));
  $("outside").addEventListener("click", viewAll);
}

function viewStart() {
  const region = startRegion();
  if (region) view(region); else viewAll();
}

function reachOf(site) {
  const bounds = L.latLngBounds([where(site)]);
  site.customers.slice(0, FLOWS).forEach((customer) => bounds.extend(where(customer)));
  return bounds;
}

function pick(site, focus = true) {
  if (live) dress(site, sites.includes(site) ? sites.indexOf(site) : null);
  state.site = site;
  markRow(site);
  drawFlows(site);
  showDossier(site);
  document.body.classList.add("open");
  document.body.classList.remove("full");
  if (!phone.matches && window.innerWidth < 1760 && !state.printing) foldLegend(true);
  map.invalidateSize({ animate: false });
  const { left, right } = covered();
  map.fitBounds(reachOf(site).pad(0.12), {
    paddingTopLeft: [left + 20, 50], paddingBottomRight: [right + 20, 30], maxZoom: 6, animate: false,
  });
  markRegion(null);
  fillBadges();
  drawLegend();
  $("said").textContent = `Dossier of ${site.name}, ${site.rank === null ? "not in the list" : `rank ${site.rank}`}`;
  if (focus) $("dossier").focus({ preventScroll: true });
  remember();
}

function unpick() {
  const site = state.site;
  if (!site) return;
  state.site = null;
  $("dossier").hidden = true;
  document.body.classList.remove("open");
  if (window.innerWidth >= 1180) foldLegend(false);
  markRow(null);
  drawFlows(null);
  fillBadges();
  drawLegend();
  const slot = slotOf(site);
  (slot ? slot.row : $("list")).focus();
  remember();
}

// The chosen site and the weights as turned stand in the address, so that a link or a reload
// brings them back.
function mark(at = moment) {
  const parts = [...(at ? [["at", String(at)]] : []), ...(state.site ? [["site", state.site.site_id]] : []), ...(live ? linkParts(turn.setting) : [])];
  return `#${parts.map((part) => part.map(encodeURIComponent).join("=")).join("&")}`;
}

function remember() {
  try { window.history.replaceState(null, "", mark()); } catch (error) { /* not allowed in a frame */ }
}

const address = () => new URLSearchParams(window.location.hash.slice(1));

function siteNamed(id) {
  if (live && indexOf.has(id)) return siteAt(indexOf.get(id));
  return sites.find((site) => site.site_id === id) || null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!$("hits").hidden) closeHits();
  else if (!$("compare").hidden) closeCompare();
  else if (state.site) unpick();
});
