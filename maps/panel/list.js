// The ranked list: the keyboard's and the screen reader's way to every site.
function listRow(site) {
  const item = el("li"), row = button("row", undefined, () => pick(site));
  row.setAttribute("aria-pressed", "false");
  row.setAttribute("aria-label",
    `Rank ${site.rank}, ${site.name}, ${country(site)}, score ${number(site.score, 1)} of 100`);
  const who = el("span");
  who.style.minWidth = 0;
  const meta = el("span", "meta");
  add(meta, el("span", "code", site.country), el("span", "country", ` ${country(site)}`));
  if (known(site.p_top10)) {
    const sure = el("span", "sure", `top ten ${percent(site.p_top10)}`);
    sure.title = "Share of the draws of weights, plants, costs and prices in which the site is among the first ten";
    add(meta, sure);
  }
  const name = el("span", "name", site.name);
  name.title = site.name;
  add(who, name, meta);
  const bar = el("span", "bar");
  shares(site).forEach((share, k) => add(bar, segment((100 * share) / SCALE, PILLAR[k])));
  add(row, el("span", "rank", site.rank), who, bar, el("span", "score", number(site.score, 1)));
  site.row = row;
  site.item = add(item, row);
  return item;
}

function buildList() {
  const list = $("list"), shown = Math.min(BADGES, sites.length);
  sites.forEach((site, at) => {
    if (at === FIRST) add(list, el("li", "cut", "The first ten stand above this line."));
    const item = listRow(site);
    if (at >= BADGES) { item.hidden = true; item.classList.add("beyond"); }
    add(list, item);
  });
  $("listtitle").textContent = sites.length ? `${plural(shown, "site")}, best first` : "No site may be built";
  add($("pillars"), ...data.pillars.map((pillar, k) => add(el("span"), swatch(PILLAR[k]), pillar.name)));
  $("listscale").textContent = sites.length ? `score, by pillar (line: 0${DASH}${SCALE})` : "";
  if (sites.length > BADGES) {
    const all = button("button more", `Show all ${number(sites.length)} sites`, () => {
      showBeyond();
      sites[BADGES].row.focus();
    });
    all.id = "more";
    list.after(all);
  }
  list.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll("li:not([hidden]) .row")];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
  });
}

function showBeyond() {
  sites.slice(BADGES).forEach((site) => { site.item.hidden = false; });
  if ($("more")) $("more").remove();
  $("listtitle").textContent = `${plural(sites.length, "site")}, best first`;
}

function markRow(chosen) {
  if (chosen && chosen.item.hidden) showBeyond();
  sites.forEach((site) => site.row.setAttribute("aria-pressed", String(site === chosen)));
  if (chosen && !phone.matches) chosen.item.scrollIntoView({ block: "nearest" });
}

// "13 places stand apart": grouped by the rule that bars them, the largest group first.
function buildApart() {
  if (!barred.length) return;
  const byRule = new Map();
  barred.forEach((row) => byRule.set(row.rule, [...(byRule.get(row.rule) || []), row]));
  const groups = [...byRule].sort((a, b) => b[1].length - a[1].length);
  $("apart").hidden = false;
  $("apartsum").textContent = `${plural(barred.length, "place stands", "places stand")} apart, not ranked`;
  groups.forEach(([rule, rows]) => {
    const group = el("ul");
    rows.forEach((row) => {
      const go = button("", undefined, () => { show("barred", true); map.setView(where(row), 6, { animate: false }); markRegion(null); });
      add(group, add(el("li"), add(go, el("span", "code", row.country), el("span", "", row.name))));
    });
    add($("apartlist"), el("h3", "", `${rule} (${number(rows.length)})`), group);
  });
}
