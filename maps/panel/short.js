// The answer in short, under the question: how sure it is, why the first site leads, and what would
// change that. The panel folds away; it follows every turn of a weight.
const NOTHING = 0.05;
const certainty = (p) => (data.certainty.find(([least]) => p >= least) || [0, ""])[1];

function sureNow() {
  const [first] = sites;
  if (!first || !known(first.p_first)) return "";
  const band = known(first.share_low) ? ` Its share lies between ${percent(first.share_low)} and ${percent(first.share_high)} in nine of ten.` : "";
  const larger = unscoutedNow().concat(sites.filter(({ scouted }) => !scouted)).sort((a, b) => b.share - a.share)[0];
  const rest = larger && larger.share > first.share ? ` ${larger.zone_name || larger.name}, where no estate is known, catches more (${percent(larger.share)}).` : "";
  const sure = (p) => `${certainty(p)} (${percent(p)})`;
  return `In draws of ${turn.chance ? "weights" : "weights, plants and costs"}, that ${first.name} is first is ${sure(first.p_first)}, `
    + `and that it is among the first ten is ${sure(first.p_top10)}.${band}${rest}`;
}

// The pillars that multiply the odds most, of a list of their logarithms.
function strongest(odds, sign) {
  return data.pillars.map(({ name }, k) => [name, odds[k]]).filter(([, ln]) => sign * ln > NOTHING)
    .sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 2).map(([name, ln]) => `${name} (${oddsText(ln)})`).join(" and ");
}

function whyNow() {
  const [first, second] = sites;
  if (!first) return "";
  const made = `Against the median place ${first.name} gains most by ${strongest(first.odds, 1) || "nothing"}.`;
  if (!second) return made;
  const gaps = first.odds.map((ln, k) => ln - second.odds[k]), ahead = strongest(gaps, 1), behind = strongest(gaps, -1);
  const lead = ahead ? `it is ahead by ${ahead}${behind ? `, behind by ${behind}` : ""}` : `${behind ? `it is behind by ${behind}, and ` : ""}its lead is the number of places around it`;
  return `${made} Against ${second.name} ${lead}.`;
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
