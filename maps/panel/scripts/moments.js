// The same question at other moments, as ticks on a line of time. Each moment is a page of its own
// in the file, so choosing one opens the page there anew; all that the reader had set up comes
// along: site and weights in the address, the rest in the history entry, which outlives a reload.

/** @import { Place } from "./model.js" */
import { remember, reopen } from "./address.js";
import { foldAnswer } from "./answer.js";
import { openCompare } from "./compare.js";
import { board, country, FIRST, live, moment, moments } from "./data.js";
import { $, add, button, el, field, part, svg } from "./dom.js";
import { ngettext, tr } from "./language.js";
import { foldLegend, showLayerOf, switches } from "./legend.js";
import { drawList, showBeyond } from "./list.js";
import { centre, lookAt, resized, zoomLevel } from "./map.js";
import { sites, turn } from "./rank.js";
import { growSheet, showTab } from "./sheet.js";
import { state } from "./state.js";
import { lineOf } from "./timeline.js";
import { foldWeights } from "./weights.js";
import { ended, known } from "./words.js";

/** @typedef {{ label: string, ids: string[], first: string, ranks: [string, number][] }} Before */
/**
 * @typedef {object} Kept
 * @property {string} focus
 * @property {Place} centre
 * @property {number} zoom
 * @property {[string, boolean][]} layers
 * @property {string | undefined} tab
 * @property {boolean} full
 * @property {boolean} beyond
 * @property {boolean[]} folded
 * @property {[string, number][]} scroll
 * @property {boolean} comparing
 * @property {Before} before
 */

/** @type {Kept | null} */
const kept = window.history.state?.kept ?? null;

/** A what-if stands in the answer, not on the line of time. @param {{ what_if: string }} one */
const isMoment = (one) => !one.what_if;

const { ticks: LINE, years: YEARS } = lineOf(
  moments.filter(isMoment),
  document.documentElement.lang,
);

/** The rank of each zone of the list, by the places in it. @returns {[string, number][]} */
function ranksHere() {
  if (!live) return sites.map(({ site_id: id }, at) => [id, at + 1]);
  const { site_id: ids } = board.places;
  return ids.flatMap((id, i) => {
    const rank = turn.found.zone[i];
    return rank && rank <= sites.length ? [/** @type {[string, number]} */ ([id, rank])] : [];
  });
}

/** @param {string} focus @returns {Kept} */
function setUp(focus) {
  const { classList } = document.body;
  return {
    focus,
    centre: centre(),
    zoom: zoomLevel(),
    layers: switches.map(({ key, on }) => [key, on]),
    tab: part(".side").dataset.tab,
    full: classList.contains("full"),
    beyond: state.beyond,
    folded: ["weights", "legend", "short"].map((id) => $(id).classList.contains("shut")),
    scroll: ["scroll", "dossier"].map((id) => [id, $(id).scrollTop]),
    comparing: !$("compare").hidden,
    before: {
      label:
        moments[moment].what_if || (LINE.length < 2 ? tr("As planned") : moments[moment].label),
      ids: sites.slice(0, FIRST).map((site) => site.site_id),
      first: sites.length ? sites[0].name : "",
      ranks: ranksHere(),
    },
  };
}

/** @param {number} at @param {string} focus */
function goTo(at, focus) {
  if (at !== moment) reopen(at, setUp(focus));
}

/** What a step in time changed, in a line. @param {Before} before */
function since({ label, ids, first }) {
  if (!sites.length || !first) return "";
  const news = sites.slice(0, FIRST).filter((site) => !ids.includes(site.site_id)).length;
  const name = { name: first };
  const who =
    sites[0].name === first ? tr("{name} had rank 1 too", name) : tr("{name} had rank 1", name);
  const ten = news
    ? ngettext(
        "{n} of the ten likeliest here was not in it",
        "{n} of the ten likeliest here were not in it",
        news,
        { n: news },
      )
    : tr("the same ten likeliest");
  const said = sites.length > FIRST ? tr("{one}; {other}.", { one: who, other: ten }) : ended(who);
  return tr("{moment}: {said}", { moment: label, said });
}

/** Put back what a reload would lose; only once, so that a later reload starts afresh. */
export function takeUp() {
  if (!kept) return;
  for (const [key, on] of kept.layers) showLayerOf(key, on);
  const { label, ranks } = kept.before;
  state.since = { label, ranks: new Map(ranks) };
  if (kept.beyond) showBeyond();
  else drawList();
  const [weights, legend, short] = kept.folded;
  if (live) foldWeights(weights);
  foldLegend(legend);
  foldAnswer(short);
  showTab(kept.tab);
  if (kept.full !== document.body.classList.contains("full")) growSheet();
  if (kept.comparing && live) openCompare();
  resized();
  lookAt(kept.centre, kept.zoom);
  for (const [id, top] of kept.scroll) $(id).scrollTop = top;
  const words = since(kept.before);
  $("said").textContent = words;
  $("since").textContent = words;
  $("since").hidden = !words;
  remember();
  const to = field(kept.focus);
  if (to) (to.disabled ? $(`moment-${moment}`) : to).focus({ preventScroll: true });
}

/** @typedef {{ at: number, name: string, lead: string, on: boolean }} Choice */

/** Who leads at a moment. @param {typeof moments[number]} one */
const leadOf = (one) =>
  one.country ? tr("{country}, first {name}", { country: country(one), name: one.first }) : "";

/** @param {Choice} choice */
function askButton({ at, name, lead, on }) {
  const id = `asked-${at}`;
  const node = button("otherwise", name, () => goTo(at, id));
  node.id = id;
  node.setAttribute("aria-pressed", String(on));
  return add(node, el("small", "", ` ${lead}`));
}

/**
 * A switch: what the study says, and each that was planned ahead with that alone changed.
 * @param {"owner" | "law"} kind
 * @param {string} title
 * @param {(one: typeof moments[number]) => string} nameOf
 */
function switchOf(kind, title, nameOf) {
  const others = moments.filter((one) => one.switch === kind);
  if (!others.length) return null;
  const box = el("div", "switch");
  const parts = el("div", "segments");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", title);
  const there = others.some(({ at }) => at === moment);
  for (const one of [moments[0], ...others]) {
    const id = `${kind}-${one.at}`;
    const node = button("", nameOf(one), () => goTo(one.at, id));
    node.id = id;
    node.title = leadOf(one);
    node.setAttribute("aria-pressed", String(there ? one.at === moment : one.at === 0));
    add(parts, node);
  }
  return add(box, el("span", "", title), parts);
}

/** The likeliest country where the study is asked otherwise. */
function leadsText() {
  const asked = moments.filter((one) => one.switch && one.country);
  const words = asked
    .map((one) => tr("{question}: {country}", { question: one.what_if, country: country(one) }))
    .join(tr("; "));
  return words && tr("Likeliest country if so: {countries}.", { countries: words });
}

/** Questions asked otherwise: switches where owner or laws alone change, else a button each. */
function buildWhatIfs() {
  const asked = moments.filter((one) => !isMoment(one));
  if (!asked.length) return;
  const own = asked.filter((one) => !one.switch);
  const back = own.some(({ at }) => at === moment) ? [moments[0]] : [];
  const nodes = [
    switchOf("owner", tr("Owner"), ({ owner }) => owner),
    switchOf("law", tr("Law"), ({ at, what_if: words }) => (at ? words : tr("Today's"))),
    leadsText() ? el("p", "leads", leadsText()) : null,
    ...[...back, ...own].map((one) =>
      askButton({
        at: one.at,
        name: one.what_if || tr("As planned"),
        lead: leadOf(one),
        on: one.at === moment,
      }),
    ),
  ];
  $("whatifs").replaceChildren(...nodes.filter(known));
  $("whatifs").hidden = false;
}

/** The line with its years, and from each dot to its name. */
function axis() {
  const frame = svg("svg", {
    class: "axis",
    viewBox: `-0.5 0 ${LINE.length} 22`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const lead = LINE.map(({ x }, k) => `M${x} 9L${k} 22`).join("");
  const years = YEARS.map((x) => `M${x} 5V13`).join("");
  add(
    frame,
    svg("path", { d: `M0 9H${LINE.length - 1}` }),
    svg("path", { class: "years", d: years }),
    svg("path", { class: "lead", d: lead }),
  );
  return frame;
}

export function buildMoments() {
  if (!moments.length) return;
  buildWhatIfs();
  if (LINE.length < 2) return;
  const here = LINE.findIndex(({ at }) => at === moment);
  $("ticks").style.setProperty("--n", String(LINE.length));
  add($("ticks"), axis());
  LINE.forEach(({ at, label, day, rest, x }, k) => {
    const input = el("input");
    const tick = el("label", "tick");
    const id = `moment-${at}`;
    Object.assign(input, { type: "radio", name: "moment", id, checked: at === moment });
    input.addEventListener("change", () => goTo(at, id));
    input.style.setProperty("--by", String(x - k));
    tick.title = label;
    tick.style.gridColumn = String(k + 1);
    add(tick, input, el("span", "", day), rest ? el("small", "", rest) : null);
    add($("ticks"), tick);
  });
  for (const [id, to] of /** @type {[string, number][]} */ ([
    ["earlier", here - 1],
    ["later", here + 1],
  ])) {
    field(id).disabled = !LINE[to];
    $(id).addEventListener("click", () => goTo(LINE[to].at, id));
  }
  $("when").hidden = false;
  document.querySelector(".tick:has(:checked)")?.scrollIntoView({ inline: "center" });
}
