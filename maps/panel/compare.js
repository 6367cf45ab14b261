// Side by side: the first five under every lens, and two settings with what moves between them.
const LEADERS = 5, MOVERS = 10;
const compared = { a: "own", b: "here", kept: null };

// Whose lists can be set beside each other.
function choices() {
  return [
    ["own", "The study's own", VIEWS[0]], ["here", "As turned here", turn.setting],
    ...(compared.kept ? [["kept", "Kept", compared.kept]] : []),
    ...VIEWS.slice(1).map((view, at) => [`view${at}`, view.name, view]),
  ];
}

const chosenOf = (key) => choices().find(([one]) => one === key) || choices()[0];
const evaluated = (setting) => [turn.found, turn.own].find((found) => same(found.setting, setting)) || evaluate(bench, copied(setting));

// Ranks of the zones under two settings: those among the first so many in either, in the order of
// the second, then of the first. A site that stands for no zone of a list has the rank of the zone
// that holds it there, and null where none does.
function moversOf(a, b, most = MOVERS) {
  const heads = [...b.heads.slice(0, most), ...a.heads.slice(0, most)];
  const order = (i) => b.zone[i] || bench.count + a.zone[i];
  return [...new Set(heads)].sort((i, j) => order(i) - order(j)).map((i) => ({
    i, a: a.zone[i] || null, b: b.zone[i] || null, by: a.zone[i] && b.zone[i] ? a.zone[i] - b.zone[i] : null,
  }));
}

function leadersUnder(view) {
  const found = evaluated(view), column = el("div", "leaders"), list = el("ol"), head = el("h4", "", view.name);
  head.title = view.reasoning;
  found.heads.slice(0, LEADERS).forEach((i, k) => {
    const site = siteAt(i), go = button("", undefined, () => pick(site));
    add(list, add(el("li"), add(go, el("span", "code", site.country), el("span", "wide", site.name)),
      el("span", "n", percent(found.share[k]))));
  });
  return add(column, head, list);
}

function chooser(side) {
  const label = el("label", "", `${side.toUpperCase()} `), select = el("select");
  select.id = `compare-${side}`;
  choices().forEach(([key, name]) => add(select, option(key, name)));
  select.value = chosenOf(compared[side])[0];
  select.addEventListener("change", () => { compared[side] = select.value; drawCompare(); $(select.id).focus(); });
  return add(label, select);
}

function shiftCell({ a, b, by }) {
  const cell = el("span", by > 0 || a === null ? "up" : by < 0 || b === null ? "down" : "");
  cell.textContent = a === null ? "new" : b === null ? "out" : by ? `${by > 0 ? UP : DOWN}${number(Math.abs(by))}` : "=";
  return cell;
}

function moversTable() {
  const [, nameA, settingA] = chosenOf(compared.a), [, nameB, settingB] = chosenOf(compared.b);
  const a = evaluated(settingA), b = evaluated(settingB), rows = moversOf(a, b), box = el("div");
  const both = rows.filter((row) => row.a && row.b && row.a <= MOVERS && row.b <= MOVERS).length;
  const firsts = [a, b].map(({ heads }) => (heads.length ? siteAt(heads[0]).name : DASH));
  const list = table(["Site", "A", "B", "moved"], rows.map((row) => {
    const site = siteAt(row.i), go = button("go", site.name, () => pick(site)), cell = el("span");
    add(cell, el("span", "code", site.country), go);
    return [cell, row.a === null ? DASH : row.a, row.b === null ? DASH : row.b, shiftCell(row)];
  }));
  list.className = "movers";
  add(list, el("caption", "hidden", `Ranks under ${nameA} and under ${nameB}`));
  const words = firsts[0] === firsts[1] ? `${firsts[0]} is first in both` : `First: ${firsts[0]} in A, ${firsts[1]} in B`;
  return add(box, el("p", "sub", `${words}; ${both} of the first ten are in both. Ranks are those of the siting zone that holds a site.`), list);
}

function drawCompare() {
  if ($("compare").hidden) return;
  const card = $("compare"), top = card.scrollTop, head = el("header"), title = el("h2", "", "Side by side");
  title.id = "comparetitle";
  const close = button("close", "\u00D7", closeCompare);
  close.setAttribute("aria-label", "Close the comparison");
  const lenses = section("First five under each lens", "share of the chances");
  add(lenses, add(el("div", "columns"), ...VIEWS.filter(({ kind }) => kind === "lens").map(leadersUnder)));
  const pair = section("Two settings"), line = el("div", "choosers");
  add(line, chooser("a"), chooser("b"), button("button", "Keep this one", () => {
    compared.kept = copied(turn.setting);
    compared.a = "kept";
    drawCompare();
    $("compare-a").focus();
  }));
  line.lastChild.title = "Keep the weights as they are now as A, and turn further";
  card.replaceChildren(add(head, title, close), lenses, add(pair, line, moversTable()));
  card.scrollTop = top;
}

function openCompare() {
  if (state.site) unpick();
  $("compare").hidden = false;
  document.body.classList.add("comparing");
  $("comparing").setAttribute("aria-expanded", "true");
  drawCompare();
  $("compare").focus({ preventScroll: true });
}

function closeCompare() {
  if ($("compare").hidden) return;
  $("compare").hidden = true;
  document.body.classList.remove("comparing");
  $("comparing").setAttribute("aria-expanded", "false");
  $("comparing").focus();
}
