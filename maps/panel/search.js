// Search over sites, plants and countries; accents and case do not matter.
const HITS = 8;
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const fly = (row, zoom) => () => { map.setView(where(row), zoom, { animate: false }); markRegion(null); };
// A country opens the card of its best place, which says what would make it first.
const codes = new Map((live ? live.places.country : []).map((code, i) => [folded(live.places.country_name[i] || code), code]));
const shut = new Map(barred.map((row) => [folded(country(row)), row]));
function landOf(name, lon, lat) {
  const code = codes.get(folded(name)), row = shut.get(folded(name)), there = fly({ lat, lon }, 5);
  if (code) return [name, () => standingIn(code), () => pick(siteAt(bestIn(code, 1)[0]))];
  if (row) return [name, `Country: excluded by a rule. ${row.rule}`, () => { show("barred", true); there(); }];
  return [name, live ? "Country: no place of it is ranked here" : "Country", there];
}
function standingIn(code) {
  const [i] = bestIn(code, 1), head = turn.found.heads.indexOf(i) + 1, all = percent(turn.found.countries.get(code));
  return `Country, ${all} of the chances: ${live.places.name[i]} is its best${head && head <= SHOWN ? `, rank ${head}` : ""}`;
}
const index = [
  ...(live ? live.places.site_id.map((_, i) => siteAt(i)) : sites)
    .map((site) => [site.name, () => standingOf(site), () => pick(site), site]),
  ...data.ground.labels.filter((label) => !label[4]).map(([name, lon, lat]) => landOf(name, lon, lat)),
  ...gigafactories.map((row) => [row.name, `Gigafactory, ${countryName(row.country)}`, fly(row, 8)]),
  ...rivals.map((row) => [row.name, `Rival anode plant, ${countryName(row.country)}`, fly(row, 8)]),
  ...rowsOf(tables.automakers).map((row) => [row.name, `Car plant, ${countryName(row.country)}`, () => { show("cars", true); fly(row, 8)(); }]),
  ...barred.map((row) => [row.name, `Excluded by a rule, ${country(row)}`, () => { show("barred", true); fly(row, 7)(); }]),
].map(([name, kind, go, site]) => ({ name, kind, go, site, key: folded(name) }));
let hits = [], at = -1;

function standingOf(site) {
  const rank = live ? turn.found.heads.indexOf(site.index) + 1 : site.rank;
  return `${rank && rank <= SHOWN ? `Rank ${rank}` : "Not in the list"}, ${country(site)}`;
}

function closeHits() {
  $("hits").hidden = true;
  $("query").setAttribute("aria-expanded", "false");
  $("query").removeAttribute("aria-activedescendant");
  at = -1;
}

// Sites of the list first, places that are in none last.
const later = (entry) => (!entry.site ? 1 : sites.includes(entry.site) ? 0 : 2);

function matches(text) {
  const wanted = folded(text.trim());
  if (wanted.length < 2) return null;
  const named = index.map((entry) => [entry.key.indexOf(wanted), entry])
    .filter(([place]) => place >= 0)
    .sort((a, b) => (a[0] > 0) - (b[0] > 0) || later(a[1]) - later(b[1]))
    .slice(0, HITS).map(([, entry]) => entry);
  const there = live ? index.filter(({ site }) => site && folded(country(site)).startsWith(wanted))
    .sort((a, b) => turn.found.rank[a.site.index] - turn.found.rank[b.site.index]) : [];
  return [...new Set([...named, ...there])].slice(0, HITS);
}

function showHits() {
  const list = matches($("query").value);
  closeHits();
  hits = list || [];
  if (!list) return;
  $("hits").replaceChildren(...hits.map((entry, k) => {
    const item = el("li", "", entry.name);
    item.id = `hit-${k}`;
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => go(entry));
    return add(item, el("small", "", typeof entry.kind === "function" ? entry.kind() : entry.kind));
  }));
  if (!hits.length) add($("hits"), el("li", "none", "Nothing found"));
  $("hits").hidden = false;
  $("query").setAttribute("aria-expanded", "true");
}

function go(entry) {
  closeHits();
  $("query").value = "";
  entry.go();
}

function step(by) {
  if ($("hits").hidden || !hits.length) return;
  at = (at + by + hits.length) % hits.length;
  [...$("hits").children].forEach((item, k) => item.setAttribute("aria-selected", String(k === at)));
  $("hits").children[at].scrollIntoView({ block: "nearest" });
  $("query").setAttribute("aria-activedescendant", `hit-${at}`);
}

function buildSearch() {
  $("query").addEventListener("input", showHits);
  $("query").addEventListener("focus", () => { if ($("query").value) showHits(); });
  $("query").addEventListener("blur", closeHits);
  $("query").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); step(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); step(at < 0 ? 0 : -1); }
    if (event.key === "Enter" && hits.length) { event.preventDefault(); go(hits[Math.max(0, at)]); }
  });
}
