// The answer in short, under the question: how sure it is, why the first site leads, and what would
// change that. The panel folds away; it follows every turn of a weight.
const FIRM = 0.8, LIKELY = 0.5;

function sureNow() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  const verdict = first.p_first >= FIRM ? "Firm" : first.p_first >= LIKELY ? "Likely, not firm" : "An open race";
  const drawn = turn.chance ? "weights" : "weights, plants, costs and prices";
  return `${verdict}: ${first.name} is first in ${percent(first.p_first)} and among the first ten in `
    + `${percent(first.p_top10)} of the draws, each a guess at the ${drawn} that nobody knows exactly.`;
}

// Pillars and losses in which one site differs from another; they sum to the gap of the scores.
function gaps(one, other) {
  const parts = data.pillars.map(({ name }, k) => [name, one.points[k] - other.points[k]])
    .concat(data.losses.map((name, k) => [name.charAt(0).toLowerCase() + name.slice(1), one.taken[k] - other.taken[k]]))
    .filter(([, by]) => Math.abs(by) >= 0.05).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const told = (ahead) => parts.filter(([, by]) => by > 0 === ahead).slice(0, 2)
    .map(([name, by]) => `${name} (${signedText(by, 1)})`).join(" and ");
  return [told(true), told(false)];
}

function whyNow() {
  const [first, second] = sites;
  if (!first) return "";
  const best = data.pillars.map(({ name }, k) => [name, first.points[k]]).sort((a, b) => b[1] - a[1]).slice(0, 2);
  const made = `Most of its points come from ${best.map(([name, by]) => `${name} (${number(by, 1)})`).join(" and ")}.`;
  if (!second) return made;
  const [ahead, behind] = gaps(first, second);
  return `${made} It beats ${second.name} on ${ahead || "nothing by itself"}${behind ? `, and trails it on ${behind}` : ""}.`;
}

function drawShort() {
  [["sure", sureNow()], ["why", whyNow()]].forEach(([id, text]) => {
    write($(id), text);
    $(id).parentNode.hidden = !text;
  });
}

function foldShort(shut) {
  $("short").classList.toggle("shut", shut);
  $("shorten").setAttribute("aria-expanded", String(!shut));
  map.invalidateSize({ animate: false });
}

// On a phone it heads the list, because there the map needs the room.
function dockShort() {
  if (phone.matches) $("scroll").prepend($("short")); else document.querySelector(".top").after($("short"));
  map.invalidateSize({ animate: false });
}

function buildShort() {
  $("change").parentNode.hidden = !live;
  $("shorten").addEventListener("click", () => foldShort(!$("short").classList.contains("shut")));
  $("ask").addEventListener("click", () => {
    $("query").focus();
    $("query").placeholder = "Type a country, for instance Morocco";
  });
  phone.addEventListener("change", dockShort);
  dockShort();
  drawShort();
}
