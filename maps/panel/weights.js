// The panel over the list that it sorts: the lens, and how much each thing weighs. A row is one share
// of a whole; a pillar opens to its criteria, those that weigh nothing too.
const COST = "delivered_cost";
const locks = new Set();
const panel = { rows: new Map(), waiting: 0, settling: 0 };
const criterionOf = (key) => live.criteria.find((one) => one.key === key);
const pillarOf = (key) => data.pillars.findIndex((one) => one.key === key);

// What a row is called, its unit, its colour, and whether it opens.
function partOf(pillar, key) {
  const at = pillarOf(pillar || key);
  return pillar ? { name: criterionOf(key).name, unit: criterionOf(key).unit, colour: PILLAR[at], opens: false }
    : { name: data.pillars[at].name, unit: "", colour: PILLAR[at], opens: true };
}

function lockButton(path, name) {
  const node = button("lock", undefined, () => {
    if (!locks.delete(path)) locks.add(path);
    drawWeights();
  });
  const picture = svg("svg", { width: 12, height: 14, viewBox: "0 0 12 14", "aria-hidden": "true" });
  add(picture, svg("path", { class: "bow", d: "M3.5 6V4a2.5 2.5 0 0 1 5 0v2" }), svg("rect", { x: 1.5, y: 6, width: 9, height: 7, rx: 1.2 }));
  node.setAttribute("aria-label", `Lock ${name}`);
  return add(node, picture);
}

function shareRow(pillar, key, alone) {
  const path = pathOf(pillar, key), { name, unit, colour, opens } = partOf(pillar, key);
  const item = el("div", "share"), line = el("div", "line"), input = el("input"), output = el("output");
  const label = el("label", "", name), opener = opens ? button("opener", undefined, () => open(item, key)) : el("span", "opener");
  label.htmlFor = input.id = `w-${path}`;
  label.title = unit ? `${name}: ${unit}` : name;
  Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5 });
  input.style.setProperty("--c", colour);
  input.addEventListener("input", () => slide(pillar, key, Number(input.value) / 100));
  output.setAttribute("for", input.id);
  if (opens) {
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-label", `What ${name} is made of`);
    add(opener, el("span", "turn", "\u25B6"));
  }
  add(line, opener, label, input, output, lockButton(path, name));
  if (alone) { // nothing to give to or take from
    input.disabled = true;
    line.classList.add("alone");
  }
  panel.rows.set(path, { pillar, key, name, input, output, lock: line.lastChild });
  return add(item, line);
}

function group(pillar) {
  const keys = Object.keys(weightsIn(turn.setting, pillar)), box = el("div", "shares");
  return add(box, ...keys.map((key) => shareRow(pillar, key, keys.length < 2)));
}

function open(item, pillar) {
  const was = item.querySelector(":scope > .shares");
  if (was) {
    was.querySelectorAll("input").forEach((input) => panel.rows.delete(input.id.slice(2)));
    was.remove();
  } else add(item, group(pillar));
  item.querySelector(".opener").setAttribute("aria-expanded", String(!was));
  item.classList.toggle("open", !was);
  drawWeights();
}

// One redraw a frame, however fast the slider is dragged.
function slide(pillar, key, share) {
  turn.setting = turned(turn.setting, pillar, key, share, locks);
  if (!panel.waiting) {
    panel.waiting = requestAnimationFrame(() => { panel.waiting = 0; rerank(turn.setting); });
  }
}

// Show the setting in force.
function drawWeights() {
  const { setting } = turn;
  if (!panel.rows.size) $("shares").replaceChildren(group(""));
  const current = new Map(["", ...Object.keys(setting.weights)].map((pillar) => [pillar, sharesIn(setting, pillar)]));
  panel.rows.forEach(({ pillar, key, name, input, output, lock }, path) => {
    const share = current.get(pillar)[key], text = shareText(share), locked = locks.has(path);
    input.value = 100 * share;
    input.style.setProperty("--v", `${100 * share}%`);
    input.setAttribute("aria-valuetext", text);
    write(output, text);
    lock.parentNode.classList.toggle("none", !share);
    input.disabled = locked || lock.parentNode.classList.contains("alone");
    lock.setAttribute("aria-pressed", String(locked));
    lock.title = locked ? `${name} stays` : `Keep ${name} as it is when others move`;
  });
  const at = VIEWS.findIndex((view) => same(view, setting));
  $("whose").value = at < 0 ? "turned" : String(at);
  write($("reasoning"), at > 0 ? VIEWS[at].reasoning : "");
  $("reset").disabled = !turn.moved;
  $("printed").textContent = `Ranked by: ${wordsOf(setting)}`;
}

const shareText = (share) => `${number(100 * share, Math.abs(100 * share - Math.round(100 * share)) < 0.05 ? 0 : 1)}\u00A0%`;

// The setting in a line, for paper.
function wordsOf(setting) {
  const shares = sharesIn(setting, ""), view = VIEWS.slice(1).find((one) => same(one, setting));
  const parts = Object.keys(shares).filter((key) => shares[key] > 0).map((key) => `${partOf("", key).name} ${shareText(shares[key])}`);
  const name = view ? view.name : turn.moved ? "weights turned from the study's own" : "the study's own weights";
  return `${name} (${parts.join(", ")})`;
}

function wear(setting) {
  locks.clear();
  rerank(copied(setting), true);
  const seen = map.getBounds();
  if (!state.site && sites.length && !sites.slice(0, FIRST).some((site) => seen.contains(where(site)))) viewStart();
}

// When the hand rests: say what happened or what would flip it, and put it into the address.
function settleSoon() {
  clearTimeout(panel.settling);
  panel.settling = setTimeout(() => {
    const flip = nearestFlip();
    write($("change"), flip);
    $("happened").textContent = turn.moved ? happened() : flip;
    nameZones(zonesNow());
    if (map.hasLayer(nameLayer)) nameLayer.draw();
    remember();
  }, 150);
}

// What the delivered cost holds already and is weighed beside it: a plan refuses such a setting.
function twice() {
  if (!turn.found.leaves[COST]) return "";
  const names = inPlay(turn.found).filter(({ inCost }) => inCost).map(({ name }) => name);
  return names.length ? `${names.join(", ")}: counted twice, the delivered cost holds it already. ` : "";
}

function happened() {
  const first = sites[0], before = turn.own.heads.slice(0, FIRST), fresh = sites.slice(0, FIRST).filter((site) => !before.includes(site.index));
  if (!first) return "";
  const who = first.index === before[0] ? `${first.name} stays first` : `${first.name} is now first`;
  const many = fresh.length ? `${fresh.length} of the top ten ${fresh.length === 1 ? "is" : "are"} new` : "the same ten stay on top";
  return `${twice()}${who}; ${many}. ${turn.chance ? "Chances are drawn here, over the weights alone." : ""}`.trim();
}

function buildWeights() {
  if (!live) return;
  $("weights").hidden = false;
  document.body.classList.add("live");
  const kinds = { study: "The study", lens: "Lenses", stakeholder: "Stakeholders" };
  Object.entries(kinds).forEach(([kind, words]) => {
    const own = VIEWS.map((view, at) => [view, at]).filter(([view]) => view.kind === kind), set = el("optgroup");
    set.label = words;
    own.forEach(([view, at]) => { add(set, option(at, kind === "study" ? "The study's own" : view.name)); });
    if (own.length) add($("whose"), set);
  });
  const turnedHere = option("turned", "As turned here");
  turnedHere.disabled = true;
  add($("whose"), turnedHere);
  $("whose").addEventListener("change", () => wear(VIEWS[Number($("whose").value)]));
  $("reset").addEventListener("click", () => wear(VIEWS[0]));
  $("weightsfold").addEventListener("click", () => foldWeights(!$("weights").classList.contains("shut")));
  if (bench.count < bench.compared) {
    $("ranked").textContent = `Under turned weights the page ranks ${number(bench.count)} of ${number(bench.compared)} places: the likeliest and all estates, `
      + "and a sample that stands for the others, so that shares there are estimates.";
  }
}

function option(value, text) {
  const node = el("option", "", text);
  node.value = String(value);
  return node;
}

function foldWeights(shut) {
  $("weights").classList.toggle("shut", shut);
  $("weightsfold").setAttribute("aria-expanded", String(!shut));
}
