// The ranked list: the keyboard's and the screen reader's way to every site.
const DRAWN_THERE = "Weights, plants and costs were drawn.";
const DRAWN_HERE = "Only weights were drawn, in this page; a plan draws plants and costs too, and is less sure.";
const UP = "\u25B2", DOWN = "\u25BC";
const place = (site) => (site.rank === null ? DASH : site.rank);
const UNSCOUTED = "unscouted: no estate is known near it";

const slots = []; // rows are made once; each re-rank gives them their sites

function makeSlot() {
  const slot = { site: null, item: el("li"), row: button("row", undefined, () => pick(slot.site)) };
  ["rank", "shift", "name", "code", "country", "unscouted", "sure", "bar", "band", "score"].forEach((cls) => {
    slot[cls] = el("span", cls);
  });
  const who = el("span"), meta = el("span", "meta");
  who.style.minWidth = 0;
  add(meta, slot.code, slot.country, slot.unscouted, slot.sure);
  slot.unscouted.textContent = "unscouted";
  slot.unscouted.title = UNSCOUTED;
  add(who, slot.name, meta);
  add(slot.row, add(el("span", "place"), slot.rank, slot.shift), who,
    add(el("span", "worth"), slot.bar, slot.band), slot.score);
  slot.row.setAttribute("aria-pressed", "false");
  add(slot.item, slot.row);
  return slot;
}

const slotOf = (site) => slots.find((slot) => slot.site === site && !slot.item.hidden) || null;

// Ranks since the study's own weights, with a sign; nothing where nothing was turned.
function shiftOf(site) {
  if (!turn.moved) return ["", "", ""];
  if (!site.before) return ["new", "up", ", new in the list"];
  const by = site.before - site.rank;
  if (!by) return ["", "", ""];
  return by > 0 ? [`${UP}${by}`, "up", `, up ${by}`] : [`${DOWN}${-by}`, "down", `, down ${-by}`];
}

// The bar is a background, so that a new one costs paint and no layout. It has a half for what
// costs and one for what helps; each ends where its picture does, because a transparent end prints
// as a black line.
function half(parts, towards, from, wide) {
  const whole = sumOf(parts.map(([part]) => part));
  if (!whole || !wide) return null;
  let end = 0;
  const stops = parts.flatMap(([part, colour]) => {
    const start = end;
    end += (100 * part) / whole;
    return [`${colour} ${start}% calc(${end}% - 1px)`, `#fff calc(${end}% - 1px) ${end}%`];
  });
  const at = wide >= 100 ? 0 : (100 * from) / (100 - wide);
  return `linear-gradient(${towards}deg,${stops.join(",")}) ${at}% 0/${wide}% 100% no-repeat`;
}

function painted(site) {
  const span = ENDS.left + ENDS.right, centre = (100 * ENDS.left) / span;
  const side = (sign) => site.odds.map((one, k) => [sign * one, PILLAR[k]]).filter(([part]) => part > 0.02);
  const wide = (parts) => (100 * sumOf(parts.map(([part]) => part))) / span, right = side(1), left = side(-1);
  return [half(right, 90, centre, wide(right)), half(left, 270, centre - wide(left), wide(left))].filter(Boolean);
}
const centreLine = () => {
  const at = (100 * ENDS.left) / (ENDS.left + ENDS.right);
  return `linear-gradient(${colours.ink2},${colours.ink2}) ${at}% 0/1px 100% no-repeat`;
};

// Only what differs is written, because every write costs layout.
function write(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

function dressSlot(slot, at) {
  const site = sites[at] || null, [mark, direction, words] = site ? shiftOf(site) : [];
  slot.site = site;
  slot.item.hidden = !site || (at >= BADGES && !state.beyond);
  slot.item.classList.toggle("beyond", at >= BADGES);
  slot.row.setAttribute("aria-pressed", String(site !== null && site === state.site));
  if (!site) return;
  const sure = known(site.p_top10);
  write(slot.rank, site.rank);
  write(slot.shift, mark);
  slot.shift.className = `shift ${direction}`;
  write(slot.name, site.name);
  slot.name.title = site.name;
  write(slot.code, site.country);
  write(slot.country, ` ${country(site)}`);
  slot.sure.hidden = slot.band.hidden = !sure;
  if (sure) {
    write(slot.sure, `${turn.chance ? "weights:" : "top ten"} ${percent(site.p_top10)}`);
    slot.sure.title = `Share of the draws in which the zone is among the first ten. ${turn.chance ? DRAWN_HERE : DRAWN_THERE}`;
    slot.band.style.setProperty("--p", `${100 * site.p_top10}%`);
  }
  slot.unscouted.hidden = site.scouted;
  slot.bar.style.background = [centreLine(), ...painted(site)].join(",");
  slot.bar.title = `${oddsText(total(site))} the odds of the median place`;
  write(slot.score, percent(site.share));
  slot.row.setAttribute("aria-label", `Rank ${site.rank}${words}, ${site.name}, ${country(site)}, `
    + `${percent(site.share)} of the chances${site.scouted ? "" : ", unscouted"}${sure ? `, among the first ten in ${percent(site.p_top10)} of the draws` : ""}`);
}

// A row that has moved glides to its new place.
function glide(item, top) {
  const by = top === undefined ? 0 : top - item.offsetTop;
  if (!by || Math.abs(by) > 900) return;
  item.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 220, easing: "ease-out" });
}

const cut = el("li", "cut");
function cutLine() {
  const firm = sites.filter((site) => site.p_top10 >= 0.8).length;
  const sure = sites.some((site) => known(site.p_top10))
    ? ` ${firm ? plural(firm, "site is", "sites are") : "No site is"} among them in 80\u00A0% of the draws.` : "";
  document.querySelectorAll(".surekey").forEach((node) => write(node, turn.chance ? "top ten, weights drawn" : "top ten"));
  cut.hidden = sites.length <= FIRST;
  write(cut, `The first ten.${sure}`);
}

function drawList(glides = false) {
  const from = new Map(still || !glides ? [] : slots.filter(({ site }) => site).map(({ site, item }) => [site, item.offsetTop]));
  slots.forEach(dressSlot);
  cutLine();
  if (from.size) slots.forEach((slot) => glide(slot.item, from.get(slot.site)));
  const shown = state.beyond ? sites.length : Math.min(BADGES, sites.length);
  write($("listtitle"), sites.length ? `${plural(shown, "siting zone")}, likeliest first` : "No site may be built");
  write($("listscale"), sites.length ? "odds, share of the chances" : "");
  $("listscale").title = "Bars: odds against the median place (the line), by pillar; right helps, left costs";
  if ($("more")) $("more").hidden = state.beyond || sites.length <= BADGES;
}

function buildList() {
  slots.push(...Array.from({ length: SHOWN }, makeSlot));
  add($("list"), ...slots.slice(0, FIRST).map(({ item }) => item), cut, ...slots.slice(FIRST).map(({ item }) => item));
  drawList();
  add($("pillars"), ...data.pillars.map((pillar, k) => add(el("span"), swatch(PILLAR[k]), pillar.name)));
  if (sites.some((site) => known(site.p_top10))) {
    add($("pillars"), add(el("span"), el("i", "band key"), el("span", "surekey")));
    cutLine();
  }
  const list = $("list");
  if (SHOWN > BADGES) {
    const all = button("button more", `Show all ${number(SHOWN)} zones`, () => {
      showBeyond();
      slots[BADGES].row.focus();
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
  state.beyond = true;
  drawList();
}

function markRow(chosen) {
  if (chosen && chosen.at >= BADGES && !state.beyond) showBeyond();
  slots.forEach(({ site, row }) => row.setAttribute("aria-pressed", String(site !== null && site === chosen)));
  const slot = slotOf(chosen);
  if (slot && chosen && !phone.matches) slot.item.scrollIntoView({ block: "nearest" });
}

// Zones without a known estate, after the list and never in it before the others.
function drawUnscouted() {
  const rows = unscoutedNow();
  $("unscouted").hidden = !rows.length;
  write($("unscoutedsum"), `${plural(rows.length, "further zone")} without a known estate, ${percent(sumOf(rows.map(({ share }) => share)))} of the chances`);
  if ($("unscouted").open) fillUnscouted(rows);
}

function fillUnscouted(rows) {
  $("unscoutedlist").replaceChildren(el("p", "small", "Unscouted: likely by what is measured, but the catalogue knows no estate near. Their sites have to be found first."),
    add(el("ul"), ...rows.slice(0, BADGES).map((row) => {
      const go = button("", undefined, () => { const site = siteNamed(row.site_id); if (site) pick(site); else fly(row, 6)(); });
      return add(el("li"), add(go, el("span", "code", row.country), el("span", "wide", row.name), el("span", "n", percent(row.share))));
    })), rows.length > BADGES ? el("p", "small", `and ${number(rows.length - BADGES)} smaller ones`) : "");
}

// "13 places are excluded": grouped by the rule, the largest group first.
function buildApart() {
  if (!barred.length) return;
  const byRule = new Map();
  barred.forEach((row) => byRule.set(row.rule, [...(byRule.get(row.rule) || []), row]));
  const groups = [...byRule].sort((a, b) => b[1].length - a[1].length);
  $("apart").hidden = false;
  $("apartsum").textContent = `${plural(barred.length, "estate is", "estates are")} excluded by a rule`;
  groups.forEach(([rule, rows]) => {
    const group = el("ul");
    rows.forEach((row) => {
      const go = button("", undefined, () => { show("barred", true); map.setView(where(row), 6, { animate: false }); markRegion(null); });
      add(group, add(el("li"), add(go, el("span", "code", row.country), el("span", "", row.name))));
    });
    add($("apartlist"), el("h3", "", `${rule} (${number(rows.length)})`), group);
  });
}
