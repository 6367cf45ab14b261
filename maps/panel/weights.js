// The panel over the list that it sorts: what ranks, how much each thing weighs, whose weights.
// A row is one share of a whole; it opens to the shares it is made of, to any depth.
const locks = new Set();
const panel = { rows: new Map(), waiting: 0, settling: 0 };
const tabs = live ? [{ key: MIXTURE, short: "Mixture", name: "Best under any" }, ...live.ways] : [];
const shortOf = ({ short }) => short.charAt(0).toUpperCase() + short.slice(1);
const wayOf = (key) => tabs.find((one) => one.key === key);
const criterionOf = (key) => live.criteria.find((one) => one.key === key);
const pillarOf = (key) => data.pillars.findIndex((one) => one.key === key);

// What a row of a group is called, its colour, and the group it opens to.
function partOf(id, key) {
  if (id === "prior") return { name: shortOf(wayOf(key)), said: wayOf(key).reasoning, colour: colours.navy, inner: key };
  const [strategy, pillar] = id.split(".");
  if (pillar) return { name: criterionOf(key).name, said: criterionOf(key).unit, colour: PILLAR[pillarOf(pillar)], inner: null };
  const at = pillarOf(key);
  return { name: data.pillars[at].name, said: "", colour: PILLAR[at], inner: `${strategy}.${key}` };
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

function shareRow(id, key, alone) {
  const path = `${id}.${key}`, { name, said, colour, inner } = partOf(id, key);
  const item = el("div", "share"), line = el("div", "line"), input = el("input"), output = el("output");
  const label = el("label", "", name), opener = inner ? button("opener", undefined, () => open(item, inner)) : el("span", "opener");
  label.htmlFor = input.id = `w-${path}`;
  label.title = said ? `${name}: ${said}` : name;
  Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5 });
  input.style.setProperty("--c", colour);
  input.addEventListener("input", () => slide(id, key, Number(input.value) / 100));
  output.setAttribute("for", input.id);
  if (inner) {
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-label", `What ${name} is made of`);
    add(opener, el("span", "turn", "\u25B6"));
  }
  add(line, opener, label, input, output, lockButton(path, name));
  if (alone) { // nothing to give to or take from
    input.disabled = true;
    line.classList.add("alone");
  }
  panel.rows.set(path, { id, key, name, input, output, lock: line.lastChild });
  return add(item, line);
}

function group(id) {
  const { keys } = groupAt(turn.setting, id), box = el("div", "shares");
  return add(box, ...keys.map((key) => shareRow(id, key, keys.length < 2)));
}

function open(item, inner) {
  const was = item.querySelector(":scope > .shares"), on = !was;
  if (was) {
    was.querySelectorAll("input").forEach((input) => panel.rows.delete(input.id.slice(2)));
    was.remove();
  } else add(item, group(inner));
  item.querySelector(".opener").setAttribute("aria-expanded", String(on));
  item.classList.toggle("open", on);
  drawWeights();
}

// One redraw a frame, however fast the slider is dragged.
function slide(id, key, share) {
  const next = turned(turn.setting, id, key, share, locks);
  turn.setting = next;
  if (!panel.waiting) {
    panel.waiting = requestAnimationFrame(() => { panel.waiting = 0; rerank(turn.setting); });
  }
}

function buildRows() {
  panel.rows.clear();
  const { strategy } = turn.setting;
  panel.shown = strategy;
  $("shares").replaceChildren(group(strategy === MIXTURE ? "prior" : strategy));
}

// Show the setting in force.
function drawWeights() {
  const { setting } = turn;
  if (panel.shown !== setting.strategy) buildRows();
  document.querySelectorAll("#ways button").forEach((node) =>
    node.setAttribute("aria-pressed", String(node.dataset.key === setting.strategy)));
  panel.rows.forEach(({ id, key, name, input, output, lock }, path) => {
    const share = sharesIn(setting, id)[key], text = shareText(share), locked = locks.has(path);
    input.value = 100 * share;
    input.style.setProperty("--v", `${100 * share}%`);
    input.setAttribute("aria-valuetext", text);
    output.textContent = text;
    const alone = lock.parentNode.classList.contains("alone");
    input.disabled = locked || alone;
    lock.setAttribute("aria-pressed", String(locked));
    lock.title = locked ? `${name} stays` : `Keep ${name} as it is when others move`;
  });
  const at = VIEWS.findIndex((view) => same(view, setting));
  $("whose").value = at < 0 ? "turned" : String(at);
  $("reset").disabled = !turn.moved;
  $("printed").textContent = `Ranked by: ${wordsOf(setting)}`;
}

const shareText = (share) => `${number(100 * share, Math.abs(100 * share - Math.round(100 * share)) < 0.05 ? 0 : 1)}\u00A0%`;

// The setting in a line, for paper.
function wordsOf(setting) {
  const { strategy } = setting, id = strategy === MIXTURE ? "prior" : strategy, shares = sharesIn(setting, id);
  const parts = Object.keys(shares).filter((key) => shares[key] > 0).map((key) => `${partOf(id, key).name} ${shareText(shares[key])}`);
  return `${strategy === MIXTURE ? "mixture, best under any" : wayOf(strategy).name} (${parts.join(", ")})${turn.moved ? ", weights turned from the study's own" : ""}`;
}

function wear(setting) {
  panel.shown = null;
  locks.clear();
  rerank(copied(setting), true);
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

function happened() {
  const first = sites[0], before = turn.own.heads.slice(0, FIRST), new_ = sites.slice(0, FIRST).filter((site) => !before.includes(site.index));
  if (!first) return "";
  const who = first.index === before[0] ? `${first.name} stays first` : `${first.name} is now first`;
  const many = new_.length ? `${new_.length} of the top ten ${new_.length === 1 ? "is" : "are"} new` : "the same ten stay on top";
  return `${who}; ${many}. ${turn.chance ? "Chances are drawn here, over the weights alone." : ""}`.trim();
}

function buildWeights() {
  if (!live) return;
  $("weights").hidden = false;
  document.body.classList.add("live");
  tabs.forEach((way) => {
    const { key, name } = way;
    const node = button("", shortOf(way), () => rerank({ ...copied(turn.setting), strategy: key }, true));
    node.dataset.key = key;
    node.title = name;
    add($("ways"), node);
  });
  const kinds = { study: "The study", preset: "Presets (their weights only)", stakeholder: "Stakeholders" };
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
  $("ranked").textContent = `Ranks ${number(bench.count)} of ${number(live.compared)} places: the best by the study's weights, by each strategy `
    + "and preset, and all named sites. Weights far from those may favour a place that only a plan would find.";
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
