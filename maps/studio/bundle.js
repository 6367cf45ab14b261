// Made by `make page` of scripts/*.js, sha256 5f00b4b29a61c8155faad4d8175860a2e81fe41a8fd46111989287da000a2d0d
"use strict";
(() => {
  // ../panel/scripts/dom.js
  var $ = (id) => (
    /** @type {HTMLElement} */
    document.getElementById(id)
  );
  var field = (id) => (
    /** @type {HTMLInputElement} */
    $(id)
  );
  var phone = window.matchMedia("screen and (max-width:900px)");
  var still = window.matchMedia("(prefers-reduced-motion:reduce)").matches;
  function el(tag2, cls, text) {
    const node = document.createElement(tag2);
    if (cls) node.className = cls;
    if (text !== void 0 && text !== null) node.textContent = String(text);
    return node;
  }
  function add(parent, ...children) {
    for (const child of children) {
      if (child !== null) parent.append(typeof child === "number" ? String(child) : child);
    }
    return parent;
  }
  function button(cls, text, act) {
    const node = el("button", cls, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }
  function option(value, text) {
    const node = el("option", "", text);
    node.value = String(value);
    return node;
  }

  // ../panel/scripts/language.js
  var words = {};
  function speak(catalogue) {
    words = catalogue;
  }
  var tr = (message, places) => filled(one(words[message], message), places);
  var ngettext = (single, many, n, places) => filled(one(words[single], n === 1 ? single : many), places);
  var one = (entry, message) => (Array.isArray(entry) ? entry[0] : entry) ?? message;
  var filled = (text, places) => places ? text.replace(/\{(\w+)\}/g, (whole2, name) => String(places[name] ?? whole2)) : text;

  // scripts/choice.js
  var KEPT = "siting-language";
  var ENGLISH = "en";
  var known = [.../** @type {HTMLSelectElement} */
  $("language").options];
  var bare = (tag2) => (tag2 ?? "").split("-")[0].toLowerCase();
  var asked = bare(new URLSearchParams(location.search).get("language"));
  var wanted = [asked, localStorage.getItem(KEPT), ...navigator.languages].map(bare);
  var language = wanted.find((one2) => known.some(({ value }) => value === one2)) ?? ENGLISH;
  if (asked === language) choose(language);
  if (language !== ENGLISH) {
    document.documentElement.lang = known.find(({ value }) => value === language)?.lang ?? ENGLISH;
  }
  function choose(next) {
    localStorage.setItem(KEPT, next);
  }
  var tag = document.documentElement.lang || ENGLISH;
  var translated = language !== ENGLISH;

  // ../panel/scripts/signal.js
  var Signal = class {
    /** @type {((...words: Words) => void)[]} */
    #listeners = [];
    /** @param {(...words: Words) => void} listener */
    follow(listener) {
      this.#listeners.push(listener);
    }
    /** @param {Words} words */
    tell(...words2) {
      for (const listener of this.#listeners) listener(...words2);
    }
  };

  // scripts/state.js
  var state = {
    key: "",
    readOnly: false,
    folderName: "",
    version: "",
    gone: false,
    // the server does not answer
    expired: false,
    // it was started anew and does not know this page
    tab: "question",
    /** @type {Folder | null} */
    folder: null,
    /** @type {Record<string, number>} faults by study */
    faults: {},
    /** @type {Schema | null} */
    schema: null,
    /** @type {Doc | null} */
    doc: null,
    /** @type {Map<string, Run>} runs as this page saw them last, by id */
    runs: /* @__PURE__ */ new Map()
  };
  var gone = new Signal();
  var foldered = new Signal();
  var opened = new Signal();
  var changed = new Signal();
  var kept = new Signal();
  var turned = new Signal();
  var ran = new Signal();
  var noted = new Signal();
  function turn(tab) {
    state.tab = tab;
    turned.tell();
  }
  function theDoc() {
    if (!state.doc) throw new Error("no study is open");
    return state.doc;
  }

  // scripts/api.js
  var KEPT2 = "siting-session";
  var AGAIN_MS = 2e3;
  var asking = 0;
  var Refused = class extends Error {
    /** @param {number} status @param {Fault[]} faults @param {any} body */
    constructor(status, faults, body) {
      super(faults.map((fault) => fault.sentence).join("\n"));
      this.status = status;
      this.faults = faults;
      this.body = body;
    }
  };
  async function send(method2, path, body, headers) {
    const all = { "Accept-Language": tag, ...headers };
    try {
      const response = await fetch(path, { method: method2, body, headers: all, cache: "no-store" });
      answers();
      return response;
    } catch {
      lost();
      throw new Refused(0, [], null);
    }
  }
  async function read(response) {
    const body = await response.json().catch(() => null);
    if (response.ok) return body;
    if (response.status === 401) expire();
    throw new Refused(response.status, body?.faults ?? [], body);
  }
  async function ask(method2, path, content) {
    const raw = content instanceof Blob;
    const type = raw ? "application/octet-stream" : "application/json";
    const body = content === void 0 ? null : raw ? content : JSON.stringify(content);
    return read(
      await send(method2, `/api${path}`, body, {
        "X-Siting-Key": state.key,
        "Content-Type": type
      })
    );
  }
  var askWords = async () => translated ? read(await send("GET", `/words.${language}.json`, null, {})) : {};
  var part = (name) => encodeURIComponent(name);
  function lost() {
    if (!state.gone) {
      state.gone = true;
      gone.tell();
    }
    clearTimeout(asking);
    if (state.key) asking = setTimeout(() => ask("GET", "/folder").catch(() => {
    }), AGAIN_MS);
  }
  function answers() {
    if (!state.gone) return;
    clearTimeout(asking);
    state.gone = false;
    gone.tell();
  }
  function expire() {
    if (state.expired) return;
    state.expired = true;
    sessionStorage.removeItem(KEPT2);
    gone.tell();
  }
  function take(session) {
    const { key, read_only, folder, version } = session;
    Object.assign(state, { key, readOnly: read_only, folderName: folder, version, expired: false });
  }
  async function openSession() {
    const link = location.hash.slice(1);
    if (!link) {
      const kept3 = sessionStorage.getItem(KEPT2);
      if (kept3) take(JSON.parse(kept3));
      return Boolean(kept3);
    }
    const response = await send("POST", "/api/session", null, { "X-Siting-Key": link });
    history.replaceState(null, "", location.pathname + location.search);
    const session = await read(response);
    sessionStorage.setItem(KEPT2, JSON.stringify(session));
    take(session);
    gone.tell();
    return true;
  }
  async function follow(id, tell) {
    for (; ; ) {
      try {
        if (await stream(id, tell)) return;
      } catch (error) {
        if (error instanceof Refused && error.status) return;
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
  async function stream(id, tell) {
    const response = await send("GET", `/api/runs/${part(id)}/events`, null, {
      "X-Siting-Key": state.key
    });
    if (!response.ok || !response.body) return read(response);
    const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    let ended = false;
    for (; ; ) {
      const { done, value } = await lines.read();
      if (done) return ended;
      const events = (text + value).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const run = JSON.parse(event.replace(/^data: /, ""));
        ended = run.state !== "running";
        tell(run);
      }
    }
  }
  function sentences(error) {
    if (!(error instanceof Refused)) throw error;
    return error.faults.map((fault) => fault.sentence);
  }
  var copied = (value) => structuredClone(value);

  // scripts/pending.js
  var shelf = (spot3) => `${spot3} edits`;
  var shelved = (spot3) => JSON.parse(localStorage.getItem(shelf(spot3)) ?? "[]");
  function shelve(spot3, edits2) {
    if (edits2.length) localStorage.setItem(shelf(spot3), JSON.stringify(edits2));
    else localStorage.removeItem(shelf(spot3));
  }
  function laidOver(values, edits2) {
    const next = structuredClone(values);
    for (const { path, value } of edits2) lay(next, path, value);
    return next;
  }
  function lay(values, path, value) {
    let above = values;
    for (const [k, step] of path.slice(0, -1).entries()) {
      above[step] ??= typeof path[k + 1] === "number" ? [] : {};
      above = above[step];
      if (typeof above !== "object") return;
    }
    const last = path[path.length - 1];
    if (value !== null) above[last] = value;
    else if (Array.isArray(above)) above.splice(Number(last), 1);
    else delete above[last];
  }

  // scripts/doc.js
  var CHECK_MS = 300;
  var DRAFT_MS = 800;
  var checking = 0;
  var drafting = 0;
  var edits = [];
  var writing = null;
  var spot = (name) => `siting ${state.folderName} ${name}`;
  var dirty = () => Boolean(state.doc && state.doc.text !== state.doc.kept);
  async function open(name) {
    await settle();
    take2(await ask("GET", `/studies/${part(name)}`), true);
  }
  function take2(study, resumes) {
    const { name, text, etag, values, faults, weights, versions, draft } = study;
    edits = [];
    state.doc = {
      name,
      text,
      kept: text,
      etag,
      values,
      faults,
      weights,
      versions,
      drafted: draft ? Date.parse(draft.saved) : 0,
      saved: versions.length ? Date.parse(versions[0].saved) : 0,
      busy: false
    };
    if (!resumes) {
      localStorage.removeItem(spot(name));
      shelve(spot(name), []);
    }
    opened.tell();
    const unsent = localStorage.getItem(spot(name));
    const started = resumes ? unsent ?? draft?.text ?? text : text;
    if (state.readOnly) return;
    if (resumes) takeUp();
    if (started === text) return;
    setText(started, unsent !== null);
  }
  function takeUp() {
    edits = shelved(spot(theDoc().name));
    if (edits.length) flush();
  }
  function setText(text, fresh = true) {
    const doc = theDoc();
    if (text === doc.text) return;
    doc.text = text;
    if (fresh) keepSoon();
    clearTimeout(checking);
    checking = setTimeout(check, CHECK_MS);
    changed.tell();
    kept.tell();
  }
  async function check() {
    const doc = theDoc();
    const { name, text } = doc;
    try {
      const found = await ask("POST", "/check", { name, text });
      if (state.doc === doc && doc.text === text) learn(found);
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function learn({ text, values, faults, weights }) {
    const doc = theDoc();
    const moved = text !== doc.text;
    Object.assign(doc, { text, faults, weights: weights ?? doc.weights });
    if (Object.keys(values).length || !faults.length) doc.values = laidOver(values, edits);
    if (moved) keepSoon();
    changed.tell();
    kept.tell();
  }
  function edit(path, value) {
    const doc = theDoc();
    edits.push({ path, value: copied(value) });
    doc.values = laidOver(doc.values, edits.slice(-1));
    shelve(spot(doc.name), edits);
    return flush();
  }
  function flush() {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  }
  async function write() {
    const doc = theDoc();
    while (edits.length && state.doc === doc) {
      const { text, name } = doc;
      try {
        const found = await ask("POST", "/edit", { text, name, ...edits[0] });
        if (doc.text !== text) continue;
        edits.shift();
        shelve(spot(name), edits);
        clearTimeout(checking);
        learn(found);
      } catch (error) {
        if (error instanceof Refused && (!error.status || error.status === 401)) return;
        edits.shift();
        shelve(spot(name), edits);
        for (const words2 of sentences(error)) noted.tell(words2);
        await check();
      }
    }
  }
  function keepSoon() {
    const doc = theDoc();
    localStorage.setItem(spot(doc.name), doc.text);
    doc.drafted = 0;
    clearTimeout(drafting);
    drafting = setTimeout(keepDraft, DRAFT_MS);
  }
  async function keepDraft() {
    const doc = state.doc;
    if (!doc || state.readOnly) return;
    const text = doc.text === doc.kept ? "" : doc.text;
    try {
      const { saved } = await ask("PUT", `/studies/${part(doc.name)}/draft`, { text });
      if (doc.text !== (text || doc.kept)) return;
      localStorage.removeItem(spot(doc.name));
      doc.drafted = Date.parse(saved) || 0;
      kept.tell();
    } catch (error) {
      sentences(error);
    }
  }
  async function settle() {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest("#form")) active.blur();
    await (edits.length ? flush() : writing);
    if (dirty() && theDoc().drafted === 0) {
      clearTimeout(drafting);
      await keepDraft();
    }
  }
  async function save(over) {
    await settle();
    const doc = theDoc();
    if (edits.length) return null;
    const { text } = doc;
    doc.busy = true;
    kept.tell();
    try {
      const study = await ask("PUT", `/studies/${part(doc.name)}`, { text, etag: over ?? doc.etag });
      const { etag, versions } = study;
      Object.assign(doc, { kept: study.text, etag, versions, saved: Date.now() });
      if (doc.text === text) learn(study);
      clearTimeout(drafting);
      if (doc.text === doc.kept) localStorage.removeItem(spot(doc.name));
      else keepSoon();
    } catch (error) {
      if (error instanceof Refused && error.body?.theirs) return error.body.theirs;
      for (const words2 of sentences(error)) noted.tell(words2);
    } finally {
      doc.busy = false;
      kept.tell();
    }
    return null;
  }
  async function discard() {
    const doc = theDoc();
    localStorage.removeItem(spot(doc.name));
    await ask("PUT", `/studies/${part(doc.name)}/draft`, { text: "" });
    take2(await ask("GET", `/studies/${part(doc.name)}`), false);
  }
  gone.follow(() => {
    if (state.gone || state.expired || !state.doc) return;
    if (edits.length) flush();
    else if (dirty()) {
      check();
      keepDraft();
    }
  });

  // scripts/labels.js
  var LABELS = {
    "unit.usd_per_t": "USD/t",
    "unit.t_per_t": "t/t",
    "unit.ktpa": "kt a year",
    "unit.musd": "million USD",
    "unit.pct": "%",
    "unit.years": "years",
    "unit.km": "km",
    "unit.s": "s",
    // groups of the form
    "group.Question": "Question",
    "group.Investor": "Investor",
    "group.Sites": "Sites",
    "group.Price": "Price",
    "group.Weights": "Weights",
    "group.Laws and events": "Laws and events",
    "group.Own figures": "Own figures",
    "group.Certainty": "Certainty",
    "group.Portfolio": "Portfolio",
    // keys of a study
    "label.name": "Title of the results",
    "label.as_of": "Date of the study",
    "label.investor": "Home of the investor",
    "label.owner": "Firm that builds",
    "label.furnace": "Furnace",
    "label.capacity_ktpa": "Size of the plant",
    "label.demand_year": "Year of demand",
    "label.price_usd_per_t": "Price outside China",
    "label.chinese_price_usd_per_t": "Chinese export price",
    "label.carbon_price_usd_per_t": "Price of carbon",
    "label.parameters": "Cost parameters",
    "label.factors": "Figures of places",
    "label.tables": "Own tables",
    "label.candidates": "Places compared",
    "label.exclude": "Layers that rule places out",
    "label.listing": "How the list is cut",
    "label.hex": "Hexagons of whole regions",
    "label.language": "Language of the outputs",
    "label.lens": "Lens",
    "label.weights": "Changes to the weights",
    "label.policies": "Laws switched by hand",
    "label.events": "Events switched by hand",
    "label.snapshots": "Other moments on the map",
    "label.confidence": "Draws",
    "label.finance": "Cash flow",
    "label.off": "Switched off",
    "label.on": "Switched on",
    "label.portfolio": "Several plants",
    "label.buffer_km": "Distance kept",
    "label.question": "Question",
    "label.product": "Product",
    "label.stakeholders": "Stakeholders",
    "label.anchors": "Anchors",
    "label.reach": "Reach",
    "label.worst": "Worst",
    "label.best": "Best",
    "label.file": "File",
    "label.sheet": "Sheet",
    "label.database": "Database",
    "label.query": "Query",
    "label.password_env": "Password env",
    "label.sets": "Sets",
    "label.min_population": "Min population",
    "label.countries": "Countries",
    "label.draws": "Draws",
    "label.seed": "Seed",
    "label.concentration": "Concentration",
    "label.tax": "Tax",
    "label.ramp_up": "Ramp up",
    "label.resolution": "Resolution",
    "label.regions": "Regions",
    "label.max_road_km": "Max road",
    "label.min_people": "Min people",
    "label.top": "Top",
    "label.zones": "Zones",
    "label.zone_km": "Zone",
    "label.weight": "Weight",
    "label.criteria": "Criteria",
    "label.places": "Places",
    "label.most_places": "Most places",
    "label.first_year": "First year",
    "label.last_year": "Last year",
    "label.period_years": "Period",
    "label.sizes_ktpa": "Sizes",
    "label.plants": "Plants",
    "label.plants_by_country": "Plants by country",
    "label.budget_musd": "Budget",
    "label.utilisation_pct": "Utilisation",
    "label.carbon_t_per_t": "Carbon",
    "label.customer_share_pct": "Customer share",
    "label.chance_pct": "Chance",
    "label.all_built_pct": "All built",
    "label.must": "Must",
    "label.never": "Never",
    "label.alternatives": "Alternatives",
    "label.loss_pct": "Loss",
    "label.differ": "Differ",
    "label.gap_pct": "Gap",
    "label.time_s": "Time",
    "label.customers_usd_per_t": "Customers",
    "label.carmakers_usd_per_t": "Carmakers",
    "label.compatriots_usd_per_t": "Compatriots",
    "label.rivals_usd_per_t": "Rivals",
    "label.title": "Title",
    "label.share": "Share",
    "label.ties": "Ties",
    // words that a key may hold
    "value.evidence": "Evidence",
    "value.balanced": "Balanced",
    "value.premium_local": "Premium, local",
    "value.low_cost_export": "Low-cost export",
    "value.onshoring": "Onshoring",
    "value.article_2023": "Article of 2023",
    "value.synthetic": "synthetic",
    "value.natural": "natural",
    "value.silicon_blended": "silicon-blended",
    "value.hard_carbon": "hard carbon",
    "value.industrial_sites": "industrial sites",
    "value.seaports": "seaports",
    "value.towns": "towns",
    "value.zones": "zones",
    "value.estates": "estates",
    "value.own": "own",
    "value.en": "English",
    "value.zh": "Chinese",
    "value.ko": "Korean",
    "value.ja": "Japanese",
    "value.acheson": "acheson",
    "value.box": "box",
    "value.lengthwise": "lengthwise",
    "value.continuous": "continuous",
    // keys of what a command prints
    "label.study": "Study",
    "label.folder": "Folder",
    "label.data_age": "Data age",
    "label.sentence": "Sentence",
    "label.older_than_two_years": "Older than two",
    "label.in_no_table": "In no table",
    "label.price_of_the_day": "Price of the day",
    "label.oldest": "Oldest",
    "label.table": "Table",
    "label.key": "Key",
    "label.what": "What",
    "label.value": "Value",
    "label.period": "Period",
    "label.age_years": "Age",
    "label.source": "Source",
    "label.counts": "Counts",
    "label.ranked": "Ranked",
    "label.barred": "Barred",
    "label.siting_zones": "Siting zones",
    "label.gigafactories": "Gigafactories",
    "label.automaker_plants": "Automaker plants",
    "label.anode_plants": "Anode plants",
    "label.feedstock_sources": "Feedstock sources",
    "label.instruments_in_force": "Instruments in force",
    "label.demand_clusters": "Demand clusters",
    "label.exclusions": "Exclusions",
    "label.own_list": "Own list",
    "label.given": "Given",
    "label.listed": "Listed",
    "label.in_zones": "In zones",
    "label.unlisted": "Unlisted",
    "label.excluded": "Excluded",
    "label.some": "Some",
    "label.remedy": "Remedy",
    "label.notes": "Notes",
    "label.certainty_words": "Certainty words",
    "label.from": "From",
    "label.word": "Word",
    "label.sites": "Sites",
    "label.rank": "Rank",
    "label.zone": "Zone",
    "label.scouted": "Scouted",
    "label.site_id": "Site id",
    "label.country": "Country",
    "label.lat": "Lat",
    "label.lon": "Lon",
    "label.country_share": "Country share",
    "label.odds_vs_median": "Odds vs median",
    "label.place_rank": "Place rank",
    "label.percentile": "Percentile",
    "label.delivered_usd_per_t": "Delivered",
    "label.margin_usd_per_t": "Margin",
    "label.pays_from_usd_per_t": "Pays from",
    "label.chance_it_pays": "Chance it pays",
    "label.price_rank": "Price rank",
    "label.front": "Front",
    "label.sentences": "Sentences",
    "label.why": "Why",
    "label.value_musd": "Value",
    "label.bound_musd": "Bound",
    "label.gap": "Gap",
    "label.stopped": "Stopped",
    "label.expected_musd": "Expected",
    "label.npv_musd": "Npv",
    "label.near_complete": "Near complete",
    "label.flows": "Flows",
    "label.years": "Years",
    "label.year": "Year",
    "label.sold_kt": "Sold kt",
    "label.invested_musd": "Invested",
    "label.cash_musd": "Cash",
    "label.portfolios": "Portfolios",
    "label.behind_best_musd": "Behind best",
    "label.supply": "Supply",
    "label.demand_kt": "Demand kt",
    "label.open_kt": "Open kt",
    "label.before": "Before",
    "label.after": "After",
    "label.inputs": "Inputs",
    "label.differences": "Differences",
    "label.points": "Points",
    "label.fault": "Fault",
    "label.together_points": "Together points",
    "label.moves_no_score": "Moves no score",
    "label.share_before": "Share before",
    "label.share_after": "Share after",
    "label.kind": "Kind",
    "label.zone_before": "Zone before",
    "label.rank_before": "Rank before",
    "label.rule_before": "Rule before",
    "label.zone_after": "Zone after",
    "label.rank_after": "Rank after",
    "label.rule_after": "Rule after",
    "label.change": "Change",
    "label.entered": "Entered",
    "label.left": "Left",
    "label.together": "Together",
    "label.freed": "Freed",
    "label.closing": "Closing",
    // stages of a command
    "stage.facts": "Facts",
    "stage.screening": "Screening",
    "stage.candidates": "Candidates",
    "stage.freight": "Freight",
    "stage.customers": "Customers",
    "stage.measures": "Measures",
    "stage.criteria": "Criteria",
    "stage.zones": "Zones",
    "stage.atlas": "Atlas",
    "stage.files": "Files",
    "stage.map": "Map",
    "stage.lists": "Lists",
    "stage.money": "Money",
    "stage.portfolio": "Portfolio",
    "stage.near ones": "Near ones",
    "stage.baselines": "Baselines",
    "stage.scenarios": "Scenarios",
    "stage.plants": "Plants",
    "stage.tables": "Tables",
    "stage.compare": "Compare",
    "stage.confidence": "Confidence",
    "stage.owners": "Owners",
    "stage.checks": "Checks",
    "stage.cells": "Cells",
    "stage.database": "Database",
    "stage.workbook": "Workbook",
    "stage.brief": "Brief"
  };

  // scripts/words.js
  var WORDS = {
    ...LABELS,
    title: "Siting studio",
    "title.of": "{name} \xB7 Siting studio",
    version: "Siting planner {version}",
    skip: "Go to the study",
    gone: "The studio does not answer. Go on typing: your text is kept in this browser and goes back when the studio answers again.",
    expired: "The studio was started anew and does not know this page. Your text is kept here: open the newest link of the terminal in this tab.",
    "no.key": "Open the studio with the newest link in the terminal: a link is good once.",
    language: "Language",
    close: "Close",
    remove: "Remove",
    "remove.what": "Remove {what}",
    "remove.study": "The file leaves the folder. Its versions stay: start a new study from it to have it back.",
    add: "Add",
    "add.to": "Add to: {what}",
    "size.kb": "{size}\xA0kB",
    "size.mb": "{size}\xA0MB",
    seconds: "{s}\xA0s",
    minutes: "{m}\xA0min {s}\xA0s",
    yes: "yes",
    no: "no",
    on: "on",
    off: "off",
    // rail
    studies: "Studies",
    runs: "Runs",
    presets: "Presets",
    removed: "Removed studies",
    draft: "draft",
    "investor.default": "CN",
    "first.site": "{name} \xB7 {share}",
    planned: "Planned",
    stale: "Results are older than the study",
    "no.studies": "No study is in this folder yet.",
    "new.study": "New study",
    "new.name": "my_study.yaml",
    name: "File name",
    "start.from": "Start from",
    make: "Make the study",
    welcome: "Choose a study, or start a new one",
    "welcome.about": "A study is one question to the planner: who builds what, by when, and what counts. It is a YAML file in this folder.",
    // head
    save: "Save",
    discard: "Discard changes",
    plan: "Plan",
    "with.pdf": "PDF",
    "with.slides": "Slides",
    saved: "saved {at}",
    saving: "saving \u2026",
    "as.in.file": "as in the file",
    "not.saved": "not saved yet",
    "kept.draft": "not saved yet: kept as a draft {at}",
    "kept.here": "not saved yet: kept in this browser",
    "read.only": "Read only: the studio was opened to look at this folder, so nothing can be changed.",
    "plan.faults": {
      one: "Correct the fault first: the planner refuses the study.",
      other: "Correct the {n} faults first: the planner refuses the study."
    },
    faults: { one: "{n} fault", other: "{n} faults" },
    "to.field": "Go to the field",
    "to.line": "Line {n}",
    tabs: "Parts of the study",
    "tab.question": "Question",
    "tab.sites": "Sites",
    "tab.weights": "Weights",
    "tab.laws": "Laws and price",
    "tab.yaml": "YAML",
    "tab.results": "Results",
    "tab.versions": "Versions",
    "tab.runs": "Runs",
    // form
    "by default": "By default: {value}",
    none: "\u2013",
    range: "{least} to {most}",
    "range.whole": "whole number, {least} to {most}",
    "range.length": "up to {most} characters",
    row: "{of} {n}",
    rows: { one: "{n} row", other: "{n} rows" },
    written: { one: "{n} set", other: "{n} set" },
    "list.empty": "Nothing is listed.",
    "name.of": "Name to add: {what}",
    "open.parts": "Set its criteria too",
    // sites
    "list.title": "Your own list of sites",
    "list.about": "Name, lat and lon are enough; every further column is kept. Without a list the places of the catalogue are compared.",
    "list.file": "List",
    "list.rows": "Rows of the list",
    "no.list": "No list: places of the catalogue",
    "drop.list": "Choose a file or drop it here: CSV, Excel, GeoJSON, GeoPackage, GeoParquet, KML, Shapefile with its parts",
    "drop.layer": "Add a layer that rules places out: choose a file or drop it here",
    places: { one: "{n} place", other: "{n} places" },
    "row.short": "Row",
    "what.is.wrong": "What is wrong",
    "more.rows": "Show more of the {n} rows left",
    replace: "Replace",
    "replace.what": "{name} is in the folder already. Replace it?",
    "map.title": "Map of the sites",
    "map.about": "Click on the map, or name a place: it is added to the list when you press Add.",
    "zoom.in": "Zoom in",
    "zoom.out": "Zoom out",
    "place.name": "Name",
    "place.lat": "Latitude (degrees)",
    "place.lon": "Longitude (degrees)",
    "place.add": "Add the place",
    "place.added": "{name} was added to {file}.",
    "place.found": "{name}, {country}",
    // weights
    "weights.title": "Weights in force",
    "weights.about": "Shares of all weight. When one is turned, the others keep their ratios.",
    "weights.none": "The weights are shown once the study has no faults.",
    "with.unit": "{name} ({unit})",
    "criteria.of": { one: "{n} criterion", other: "{n} criteria" },
    "criteria.in": "Criteria of {pillar}",
    pillars: "Pillars",
    "judge.title": "Weights from judgements",
    "judge.how": "Method",
    "judge.what": "What is judged",
    "method.swing": "Swing (points)",
    "method.rank": "Order",
    "method.ahp": "Pairs (AHP)",
    "swing.about": "Think of everything at its worst. Give 100 points to what you would first bring to its best, and the others points in proportion.",
    "order.about": "Put the most important first.",
    "pairs.about": "How many times does the row count as much as the column? 1: alike, 3: somewhat more, 5: clearly more, 7: much more, 9: beyond comparison; fractions the other way round.",
    "one.item": "Only one counts here, so there is nothing to judge.",
    points: { one: "{n} point", other: "{n} points" },
    up: "{what}: up",
    down: "{what}: down",
    matrix: "Pairwise judgements",
    pair: "{left} against {right}",
    weigh: "Work out the weights",
    item: "Item",
    now: "Now",
    judged: "Judged",
    "take.weights": "Take these weights",
    "weights.taken": "The weights are in the study. Save to keep them.",
    consistent: "Consistency ratio {ratio}: the judgements agree with each other (up to 0.1 is usual).",
    inconsistent: "Consistency ratio {ratio}: above 0.1, so the judgements contradict each other.",
    worst: "Most at odds: {left} against {right} is judged {judged}; by way of {middle} it would be {implied}.",
    "to.pair": "Go to {left} against {right}",
    // yaml
    "yaml.label": "The study as YAML",
    // runs
    "run.of": "{command}: {study}",
    "command.plan": "Plan",
    "command.compare": "Compare",
    "command.sweep": "Sweep",
    "command.portfolio": "Portfolio",
    "state.running": "running",
    "state.done": "done",
    "state.failed": "failed",
    "state.cancelled": "cancelled",
    "state.lost": "ended by the system",
    cancel: "Cancel",
    "at.work": "\u2026",
    "done.of": "{done} of {total}",
    "run.what": "Run",
    "run.other": "Compare with",
    "run.grid": "Grid of scenarios (YAML)",
    "run.price": "Price (USD/t)",
    "run.plants": "Plants at most",
    "run.investor": "Investor (two letters)",
    "run.start": "Start",
    "run.noother": "This needs another file of this folder.",
    "no.runs": "No run of this study yet.",
    "rows.left": { one: "{n} more row is in the files.", other: "{n} more rows are in the files." },
    // results
    "no.results": "No plan of this study yet. Press Plan.",
    pages: "Pages of the results",
    "page.map.html": "Map",
    "page.brief.html": "Brief",
    "page.atlas.html": "Atlas",
    "page.files": "Files",
    "page.of": "Results: {page}",
    made: "Planned {at}",
    "all.files": "All files as one zip",
    publish: "Publish",
    "publish.about": "The results are copied, byte for byte, to a folder that the next plan leaves alone.",
    "publish.to": "Folder",
    published: {
      one: "{n} file was published to {folder}.",
      other: "{n} files were published to {folder}."
    },
    "setting.turned": "You turned weights or price on the map.",
    "setting.keep": "Keep these weights and price in the study",
    "setting.kept": "The setting of the map is in the study. Save to keep it.",
    // versions and conflicts
    "no.versions": "No version yet: each save keeps one.",
    "in.file": "The file now",
    "first.version": "First version",
    "pick.one": "from",
    "pick.other": "to",
    restore: "Restore",
    "restore.what": "Restore the version of {at}",
    restored: "The version is the study again.",
    difference: "What differs",
    "difference.lines": "Lines that differ",
    "no.difference": "Nothing differs.",
    conflict: "{name} was saved by somebody else meanwhile",
    "conflict.about": "Both texts are kept until you choose. Lines that differ are marked.",
    mine: "Mine",
    theirs: "Theirs",
    "keep.mine": "Save mine over theirs",
    "take.theirs": "Take theirs, keep mine as a version",
    "keep.beside": "Save mine as {name}"
  };

  // scripts/say.js
  var wholes = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  var shown = new Intl.NumberFormat(tag, { maximumSignificantDigits: 6 });
  var shares = new Intl.NumberFormat(tag, { style: "percent", maximumFractionDigits: 1 });
  var clock = new Intl.DateTimeFormat(tag, { hour: "2-digit", minute: "2-digit" });
  var day = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" });
  var kilobyte = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  var isKey = (key) => Object.hasOwn(WORDS, key);
  function say(key, parts2 = {}) {
    const entry = WORDS[key];
    const places = Object.fromEntries(
      Object.entries(parts2).map(([name, part2]) => [
        name,
        typeof part2 === "number" ? number(part2) : part2
      ])
    );
    if (typeof entry === "string") return tr(entry, places);
    return ngettext(entry.one, entry.other, Number(parts2.n), places);
  }
  var wordOr = (key, otherwise) => isKey(key) ? say(key) : otherwise;
  var number = (value) => (Number.isInteger(value) ? wholes : shown).format(value);
  var whole = (value) => wholes.format(value);
  var percent = (share) => shares.format(share);
  var time = (when) => clock.format(new Date(when));
  var moment = (when) => day.format(new Date(when));
  var size = (bytes) => bytes < 1e6 ? say("size.kb", { size: kilobyte.format(Math.max(0.1, bytes / 1e3)) }) : say("size.mb", { size: kilobyte.format(bytes / 1e6) });
  var seconds = (seconds2) => seconds2 < 90 ? say("seconds", { s: kilobyte.format(seconds2) }) : say("minutes", { m: Math.floor(seconds2 / 60), s: wholes.format(seconds2 % 60) });

  // scripts/schema.js
  var ENDS = ["usd_per_t", "t_per_t", "ktpa", "musd", "pct", "years", "km", "s"];
  var NAME = /^(\p{Lu}[\w ]{2,24}|[\p{Lo}\p{Lm}\u00B7\u30FB ]{1,24})$/u;
  function resolved(schema) {
    const { $ref, anyOf, ...own2 } = schema;
    if ($ref) {
      const named3 = state.schema?.$defs?.[$ref.replace("#/$defs/", "")] ?? {};
      return resolved({ ...named3, ...own2 });
    }
    const choices = (anyOf ?? []).filter((one2) => one2.type !== "null");
    if (choices.length === 1) return { ...resolved(choices[0]), ...own2 };
    return anyOf ? { ...own2, anyOf: choices } : own2;
  }
  function kindOf(schema) {
    if (schema.anyOf) return "either";
    if (schema.enum) return "choice";
    if (schema.type === "object") return schema.properties ? "parts" : "names";
    if (schema.type === "array") return "list";
    if (schema.type === "boolean") return "switch";
    if (schema.format === "date") return "date";
    return schema.type === "number" || schema.type === "integer" ? "number" : "text";
  }
  var endOf = (key) => ENDS.find((end) => key === end || key.endsWith(`_${end}`));
  function unitOf(key) {
    const end = endOf(key);
    return end && end !== key ? wordOr(`unit.${end}`, "") : "";
  }
  function labelOf(key, schema) {
    const end = endOf(key);
    const bare2 = end && end !== key ? key.slice(0, -end.length - 1) : key;
    const words2 = bare2.replaceAll("_", " ");
    const plain2 = words2.charAt(0).toUpperCase() + words2.slice(1);
    const titled = schema?.description && NAME.test(schema.description);
    return wordOr(`label.${key}`, titled ? String(schema?.description) : plain2);
  }
  var figure = (value, { type, minimum = 0 }) => type === "integer" && minimum > 1900 ? String(value) : number(value);
  function rangeOf(schema) {
    const { minimum, maximum, type, maxLength } = schema;
    if (minimum !== void 0 && maximum !== void 0) {
      const parts2 = { least: figure(minimum, schema), most: figure(maximum, schema) };
      return say(type === "integer" ? "range.whole" : "range", parts2);
    }
    return maxLength ? say("range.length", { most: maxLength }) : "";
  }
  function shownDefault(value, schema = {}) {
    if (value === null || value === void 0 || value === "") return "";
    if (typeof value === "number") return figure(value, schema);
    if (typeof value === "boolean") return say(value ? "on" : "off");
    if (Array.isArray(value)) return value.map((one2) => shownDefault(one2)).join(", ");
    return typeof value === "object" ? "" : value;
  }
  var keyOf = (path) => path.map(String).join(".");

  // scripts/fields.js
  var REST_MS = 500;
  var NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
  var numbered = 0;
  var nextId = () => `f${++numbered}`;
  function framed({ path, label, unit, schema }, control, cls = "") {
    const node = el("div", `field ${cls}`);
    const words2 = el("label", "", label);
    const same = schema.description?.toLowerCase() === label.toLowerCase();
    const about = [same ? "" : schema.description, rangeOf(schema)];
    const help = el("p", "help", about.filter(Boolean).join(" \xB7 "));
    const wrong = el("p", "wrong");
    control.id = nextId();
    control.dataset.path = keyOf(path);
    words2.htmlFor = control.id;
    help.id = `${control.id}h`;
    wrong.id = `${control.id}w`;
    control.setAttribute("aria-describedby", `${help.id} ${wrong.id}`);
    if (unit) words2.append(add(el("span", "unit"), unit));
    add(node, words2, add(el("div", "control"), control), wrong, help);
    const blame = (faults) => {
      wrong.textContent = faults.join("\n");
      control.setAttribute("aria-invalid", String(faults.length > 0));
      node.classList.toggle("bad", faults.length > 0);
    };
    return { node, blame };
  }
  function written(text, kind) {
    const bare2 = kind === "number" ? text.trim().replace(/[\u202F\u00A0 ](?=\d{3})/g, "") : text;
    if (bare2.trim() === "") return null;
    return kind === "number" && NUMBER.test(bare2) ? Number(bare2) : bare2;
  }
  function typed(spec) {
    const { path, schema } = spec;
    const kind = kindOf(schema);
    const long = kind === "text" && (schema.maxLength ?? 0) > 120;
    const input = el(long ? "textarea" : "input");
    if (input instanceof HTMLInputElement) input.type = kind === "date" ? "date" : "text";
    else input.rows = 2;
    if (kind === "number") input.inputMode = "decimal";
    if (kind !== "date") input.placeholder = shownDefault(schema.default, schema);
    input.autocomplete = "off";
    input.spellcheck = long;
    let resting = 0;
    let sent = "";
    const write3 = () => {
      clearTimeout(resting);
      if (input.value === sent) return;
      sent = input.value;
      edit(path, written(input.value.replaceAll("\n", " "), kind));
    };
    input.addEventListener("input", () => {
      clearTimeout(resting);
      resting = setTimeout(write3, REST_MS);
    });
    input.addEventListener("change", write3);
    const { node, blame } = framed(spec, input, kind);
    return {
      node,
      blame,
      target: () => input,
      set(value) {
        const text = value === void 0 || value === null ? "" : String(value);
        if (document.activeElement === input && input.value !== sent) return;
        sent = text;
        if (written(input.value, kind) !== (value ?? null)) input.value = text;
      }
    };
  }
  function chosen(spec) {
    const { path, schema } = spec;
    const select = el("select");
    const usual = shownDefault(schema.default, schema);
    const named3 = wordOr(`value.${usual}`, usual);
    add(select, option("", usual ? say("by default", { value: named3 }) : say("none")));
    for (const value of schema.enum ?? [])
      add(select, option(value, wordOr(`value.${value}`, value)));
    select.addEventListener("change", () => edit(path, select.value || null));
    const { node, blame } = framed(spec, select);
    return {
      node,
      blame,
      target: () => select,
      set(value) {
        const text = value === void 0 || value === null ? "" : String(value);
        if (text && ![...select.options].some((one2) => one2.value === text)) {
          add(select, option(text, text));
        }
        select.value = text;
      }
    };
  }
  function switched(spec) {
    const { path, schema } = spec;
    const input = el("input");
    input.type = "checkbox";
    input.setAttribute("role", "switch");
    const usual = schema.default === true;
    input.addEventListener(
      "change",
      () => edit(path, input.checked === usual ? null : input.checked)
    );
    const { node, blame } = framed(spec, input, "switch");
    return {
      node,
      blame,
      target: () => input,
      set(value) {
        input.checked = typeof value === "boolean" ? value : usual;
      }
    };
  }

  // scripts/structures.js
  var partsOf = (value) => value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
  function within(spec, step, schema) {
    const key = String(step);
    const whole2 = resolved(schema);
    const row2 = typeof step === "number";
    return {
      path: [...spec.path, step],
      schema: whole2,
      label: row2 ? say("row", { n: step + 1, of: spec.label }) : labelOf(key, whole2),
      unit: row2 ? spec.unit : unitOf(key)
    };
  }
  function folding({ label, schema, path }, open2) {
    const node = el("details", "parts");
    node.open = open2;
    const summary2 = el("summary");
    const state2 = el("span", "written");
    add(summary2, el("span", "label", label), state2);
    const wrong = el("p", "wrong");
    const body = el("div", "body");
    node.dataset.path = keyOf(path);
    add(node, summary2, wrong);
    const about = schema.description;
    if (about && about !== label) add(node, el("p", "help", about));
    add(node, body);
    const blame = (faults) => {
      wrong.textContent = faults.join("\n");
      if (faults.length) node.open = true;
    };
    return { node, body, summary: summary2, state: state2, blame };
  }
  function parts(spec, make2) {
    const { node, body, summary: summary2, state: state2, blame } = folding(spec, spec.path.length === 1);
    const fields2 = Object.entries(spec.schema.properties ?? {}).map(
      ([key, schema]) => (
        /** @type {const} */
        [key, make2(within(spec, key, schema))]
      )
    );
    add(body, ...fields2.map(([, field2]) => field2.node));
    return {
      node,
      blame,
      target: () => summary2,
      set(value) {
        const own2 = partsOf(value);
        for (const [key, field2] of fields2) field2.set(own2[key]);
        state2.textContent = say("written", { n: Object.keys(own2).length });
        state2.hidden = !Object.keys(own2).length;
      }
    };
  }
  function removable({ path, label }, field2, step) {
    const node = el("div", "row");
    const name = typeof step === "number" ? say("row", { n: step + 1, of: label }) : step;
    const remove = button("button remove writes", say("remove"), () => edit([...path, step], null));
    remove.setAttribute("aria-label", say("remove.what", { what: name }));
    return add(node, field2.node, remove);
  }
  function list(spec, make2) {
    const { schema } = spec;
    const { node, body, summary: summary2, state: state2, blame } = folding(spec, false);
    const box = el("div", "rows");
    const usual = shownDefault(schema.default);
    const note2 = el("p", "help", usual ? say("by default", { value: usual }) : say("list.empty"));
    let fields2 = [];
    let written2 = -1;
    let blank = false;
    let values = [];
    const draw13 = () => {
      written2 = values.length;
      const count = written2 + (blank ? 1 : 0);
      fields2 = Array.from({ length: count }, (_, k) => make2(within(spec, k, schema.items ?? {})));
      box.replaceChildren(...fields2.map((field2, k) => removable(spec, field2, k)));
      fields2.forEach((field2, k) => {
        field2.set(values[k]);
        if (k >= written2 && field2.node instanceof HTMLDetailsElement) field2.node.open = true;
      });
      note2.hidden = count > 0;
    };
    const more2 = button("button add writes", say("add"), () => {
      if (!blank) {
        blank = true;
        draw13();
      }
      const last = fields2.at(-1)?.node;
      last?.querySelector("input, select")?.focus();
    });
    more2.setAttribute("aria-label", say("add.to", { what: spec.label }));
    add(body, note2, box, more2);
    return {
      node,
      blame,
      target: () => summary2,
      set(value) {
        values = Array.isArray(value) ? value : [];
        if (values.length > written2) blank = false;
        if (values.length !== written2) redraw(box, draw13);
        else for (const [k, field2] of fields2.entries()) field2.set(values[k]);
        state2.textContent = say("rows", { n: values.length });
        state2.hidden = !values.length;
        if (values.length && !node.dataset.seen) node.open = true;
        if (values.length) node.dataset.seen = "yes";
      }
    };
  }
  function redraw(box, draw13) {
    const active = document.activeElement;
    const path = box.contains(active) ? (
      /** @type {HTMLElement} */
      active.dataset.path
    ) : void 0;
    draw13();
    if (path === void 0) return;
    const same = [...box.querySelectorAll("[data-path]")].find(
      (one2) => (
        /** @type {HTMLElement} */
        one2.dataset.path === path
      )
    );
    same?.focus();
  }
  function namer(schema) {
    const known2 = schema.propertyNames?.enum;
    if (!known2) {
      const input = el("input");
      input.maxLength = schema.propertyNames?.maxLength ?? 120;
      return input;
    }
    return add(el("select"), option("", say("none")), ...known2.map((one2) => option(one2, one2)));
  }
  function names(spec, make2) {
    const { schema } = spec;
    const { node, body, summary: summary2, state: state2, blame } = folding(spec, false);
    const box = el("div", "rows");
    const each = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
    let fields2 = /* @__PURE__ */ new Map();
    let shown7 = "[]";
    let values = {};
    let blanks = [];
    const draw13 = () => {
      blanks = blanks.filter((name) => !Object.hasOwn(values, name));
      const all = [...Object.keys(values), ...blanks];
      shown7 = JSON.stringify(all);
      fields2 = new Map(
        all.map((name) => [name, make2({ ...within(spec, name, each), label: name, unit: "" })])
      );
      box.replaceChildren(...[...fields2].map(([name, field2]) => removable(spec, field2, name)));
      for (const [name, field2] of fields2) {
        field2.set(values[name]);
        if (field2.node instanceof HTMLDetailsElement) field2.node.open = true;
      }
    };
    const named3 = namer(schema);
    named3.id = nextId();
    const label = el("label", "", say("name.of", { what: spec.label }));
    label.htmlFor = named3.id;
    const more2 = button("button add writes", say("add"), () => {
      const name = named3.value.trim();
      if (!name) return named3.focus();
      if (!Object.hasOwn(values, name) && !blanks.includes(name)) blanks.push(name);
      named3.value = "";
      draw13();
      const field2 = fields2.get(name)?.node;
      field2?.querySelector("input, select")?.focus();
    });
    more2.setAttribute("aria-label", say("add.to", { what: spec.label }));
    const adding = add(el("div", "adding writes"), label, named3, more2);
    add(body, box, adding);
    return {
      node,
      blame,
      target: () => summary2,
      set(value) {
        values = partsOf(value);
        const all = [...Object.keys(values), ...blanks.filter((n) => !Object.hasOwn(values, n))];
        if (JSON.stringify(all) !== shown7) redraw(box, draw13);
        else for (const [name, field2] of fields2) field2.set(values[name]);
        const count = Object.keys(values).length;
        state2.textContent = say("rows", { n: count });
        state2.hidden = !count;
        if (count && !node.dataset.seen) node.open = true;
        if (count) node.dataset.seen = "yes";
      }
    };
  }
  function either(spec, make2) {
    const choices = (spec.schema.anyOf ?? []).map(resolved);
    const whole2 = choices.find((one2) => kindOf(one2) === "parts");
    const bare2 = choices.find((one2) => kindOf(one2) !== "parts") ?? {};
    const about = { description: spec.schema.description };
    if (!whole2) return make2({ ...spec, schema: { ...bare2, ...about } });
    const large = make2({ ...spec, schema: { ...whole2, description: whole2.description } });
    const small = make2({ ...spec, schema: { ...bare2, ...about } });
    const node = el("div", "either");
    const first = Object.keys(whole2.properties ?? {})[0];
    let current = large;
    let held = null;
    const open2 = button("button writes", say("open.parts"), () => edit(spec.path, { [first]: held }));
    if (large.node instanceof HTMLDetailsElement) large.node.open = false;
    return {
      node: add(node, large.node),
      blame: (faults) => current.blame(faults),
      target: () => current.target(),
      set(value) {
        held = value ?? null;
        const wanted2 = value !== void 0 && typeof value !== "object" ? small : large;
        if (wanted2 !== current) {
          current = wanted2;
          node.replaceChildren(...wanted2 === small ? [small.node, open2] : [large.node]);
        }
        current.set(value);
      }
    };
  }

  // scripts/form.js
  var TABS = { Sites: "sites", Weights: "weights", Price: "laws", "Laws and events": "laws" };
  var KINDS = { parts, list, names, either, choice: chosen, switch: switched };
  var fields = /* @__PURE__ */ new Map();
  var tops = /* @__PURE__ */ new Map();
  var homes = /* @__PURE__ */ new Map();
  function make(spec) {
    const kind = kindOf(spec.schema);
    const field2 = (KINDS[kind] ?? typed)(spec, make);
    fields.set(keyOf(spec.path), field2);
    return field2;
  }
  function group(title, keys) {
    const box = el("section", "group");
    const head = el("h2", "", wordOr(`group.${title}`, title));
    const grid = el("div", "grid");
    for (const key of keys) {
      const schema = resolved(state.schema?.properties?.[key] ?? {});
      const field2 = make({ path: [key], schema, label: labelOf(key, schema), unit: unitOf(key) });
      tops.set(key, field2);
      add(grid, field2.node);
    }
    return add(box, head, grid);
  }
  function build() {
    fields.clear();
    tops.clear();
    const boxes = {
      question: $("formquestion"),
      sites: $("formsites"),
      weights: $("formweights"),
      laws: $("formlaws")
    };
    for (const box of Object.values(boxes)) box.replaceChildren();
    for (const { title, keys } of state.schema?.["x-groups"] ?? []) {
      const tab = (
        /** @type {keyof typeof boxes} */
        TABS[title] ?? "question"
      );
      for (const key of keys) homes.set(key, tab);
      add(boxes[tab], group(title, keys));
    }
    fill();
  }
  function fill() {
    const { doc } = state;
    if (!doc) return;
    for (const [key, field2] of tops) field2.set(doc.values[key]);
    const blamed = /* @__PURE__ */ new Map();
    for (const fault of doc.faults) {
      const field2 = fieldOf(fault);
      if (field2) blamed.set(field2, [...blamed.get(field2) ?? [], wordsOf(fault)]);
    }
    for (const field2 of fields.values()) {
      if (field2.node.isConnected || blamed.has(field2)) field2.blame(blamed.get(field2) ?? []);
    }
  }
  var wordsOf = ({ what, hint }) => hint ? `${what} \u2013 ${hint}` : what;
  function fieldOf({ column }) {
    const steps = (column ?? "").split(".");
    for (let count = steps.length; count > 0; count--) {
      const field2 = fields.get(steps.slice(0, count).join("."));
      if (field2?.node.isConnected) return field2;
    }
    return void 0;
  }
  var tabOf = ({ column }) => homes.get((column ?? "").split(".")[0]) ?? "yaml";
  function valueAt(path) {
    let value = state.doc?.values;
    for (const step of path) value = value?.[step];
    return value;
  }
  opened.follow(build);
  changed.follow(fill);

  // scripts/yaml.js
  var area = () => (
    /** @type {HTMLTextAreaElement} */
    $("yaml")
  );
  var shown2 = "";
  function draw() {
    const { doc } = state;
    if (!doc) return;
    if (area().value !== doc.text) area().value = doc.text;
    area().readOnly = state.readOnly;
    const bad = new Map(doc.faults.map((fault) => [fault.row, fault.sentence]));
    const count = doc.text.split("\n").length;
    const next = `${count} ${[...bad.keys()].join()}`;
    if (next === shown2) return;
    shown2 = next;
    const lines = Array.from({ length: count }, (_, k) => {
      const line = el("span", bad.has(k + 1) ? "bad" : "", k + 1);
      line.title = bad.get(k + 1) ?? "";
      return line;
    });
    $("numbers").replaceChildren(...lines);
  }
  function goToLine(line) {
    const lines = area().value.split("\n");
    const at = Math.min(Math.max(line, 1), lines.length) - 1;
    const start3 = lines.slice(0, at).reduce((sum2, one2) => sum2 + one2.length + 1, 0);
    area().focus();
    area().setSelectionRange(start3, start3 + lines[at].length);
    const height = area().scrollHeight / lines.length;
    area().scrollTop = Math.max(0, at * height - area().clientHeight / 2);
  }
  function buildYaml() {
    area().addEventListener("input", () => {
      if (theDoc().text !== area().value) setText(area().value);
    });
    area().addEventListener("scroll", () => {
      $("numbers").scrollTop = area().scrollTop;
    });
    opened.follow(() => {
      shown2 = "";
      draw();
      area().scrollTop = 0;
    });
    changed.follow(draw);
    turned.follow(draw);
  }

  // scripts/faults.js
  function toField(fault) {
    turn(tabOf(fault));
    const field2 = fieldOf(fault);
    if (!field2) return;
    for (let box = field2.node.closest("details"); box; ) {
      box.open = true;
      box = box.parentElement?.closest("details") ?? null;
    }
    field2.target().focus();
    field2.target().scrollIntoView({ block: "center" });
  }
  function toLine(fault) {
    turn("yaml");
    goToLine(fault.row ?? 1);
  }
  function draw2() {
    const faults = state.doc?.faults ?? [];
    $("faults").hidden = !faults.length;
    $("faulthead").textContent = say("faults", { n: faults.length });
    const items2 = faults.map((fault) => {
      const item = add(el("li"), el("span", "", fault.sentence));
      if (fieldOf(fault))
        add(
          item,
          button("link", say("to.field"), () => toField(fault))
        );
      if (fault.row !== null) {
        add(
          item,
          button("link", say("to.line", { n: fault.row }), () => toLine(fault))
        );
      }
      return item;
    });
    $("faultlist").replaceChildren(...items2);
  }
  opened.follow(draw2);
  changed.follow(draw2);

  // scripts/folder.js
  var followed = /* @__PURE__ */ new Set();
  async function readFolder() {
    state.folder = await ask("GET", "/folder");
    for (const run of state.folder?.runs ?? []) {
      state.runs.set(run.id, run);
      if (run.state === "running") watch(run);
    }
    foldered.tell();
    ask("GET", "/faults").then(
      (faults) => {
        state.faults = faults;
        foldered.tell();
      },
      () => {
      }
    );
  }
  function watch(run) {
    state.runs.set(run.id, run);
    ran.tell(run);
    if (followed.has(run.id)) return;
    followed.add(run.id);
    follow(run.id, (now) => {
      state.runs.set(now.id, now);
      ran.tell(now);
      if (now.state !== "running") readFolder().catch(() => {
      });
    });
  }
  var runs = () => [...state.runs.values()].sort((a, b) => a.id < b.id ? 1 : -1);
  var cardOf = (name) => state.folder?.studies.find((card) => card.name === name);
  gone.follow(() => {
    if (!state.gone && !state.expired && state.key) readFolder().catch(() => {
    });
  });

  // scripts/dialog.js
  function put(title, parts2, buttons, { wide = false, check: check2 = async () => [] } = {}) {
    const box = el("dialog", wide ? "dialog wide" : "dialog");
    const head = el("h2", "", title);
    head.id = "asked";
    box.setAttribute("aria-labelledby", "asked");
    const wrong = el("p", "wrong");
    wrong.setAttribute("role", "alert");
    const foot = el("div", "foot");
    return new Promise((resolve) => {
      const end = async (key) => {
        const words2 = key ? await check2(key) : [];
        wrong.textContent = words2.join("\n");
        if (words2.length) return;
        box.close();
        box.remove();
        resolve(key);
      };
      for (const { key, words: words2, main } of buttons) {
        add(
          foot,
          button(main ? "button main" : "button", words2, () => end(key))
        );
      }
      add(
        foot,
        button("button", say("close"), () => end(""))
      );
      add(box, head, ...parts2, wrong, foot);
      box.addEventListener("cancel", (event) => {
        event.preventDefault();
        end("");
      });
      box.addEventListener("keydown", (event) => {
        const main = buttons.find((one2) => one2.main);
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || !main) return;
        event.preventDefault();
        end(main.key);
      });
      document.body.append(box);
      box.showModal();
    });
  }
  function labelled(words2, control) {
    return add(el("label", "asking"), el("span", "", words2), control);
  }

  // scripts/conflict.js
  function side(title, text, other, cls) {
    const known2 = new Set(other.split("\n"));
    const box = el("pre", cls);
    box.tabIndex = 0;
    box.setAttribute("aria-label", title);
    for (const line of text.split("\n")) {
      add(box, known2.has(line) ? el("span", "", line) : el("mark", "", line));
    }
    return add(el("section"), el("h3", "", title), box);
  }
  var beside = (name) => name.replace(/(\.ya?ml)$/, "-mine$1");
  async function saveBeside(text) {
    const { name } = theDoc();
    const study = await ask("POST", "/studies", { name: beside(name), from: name });
    const saved = await ask("PUT", `/studies/${part(study.name)}`, { text, etag: study.etag });
    await ask("PUT", `/studies/${part(name)}/draft`, { text: "" });
    take2(saved, false);
  }
  async function settleConflict(theirs) {
    const { name, text } = theDoc();
    const both = add(
      el("div", "both"),
      side(say("mine"), text, theirs.text, "mine"),
      side(say("theirs"), theirs.text, text, "theirs")
    );
    const buttons = [
      { key: "mine", words: say("keep.mine") },
      { key: "theirs", words: say("take.theirs") },
      { key: "beside", words: say("keep.beside", { name: beside(name) }) }
    ];
    const answer = await put(
      say("conflict", { name }),
      [el("p", "", say("conflict.about")), both],
      buttons,
      {
        wide: true,
        check: async (key) => {
          try {
            if (key === "beside") await saveBeside(text);
            if (key === "theirs") {
              await ask("POST", `/versions/${part(name)}`, { text });
              await ask("PUT", `/studies/${part(name)}/draft`, { text: "" });
              take2(await ask("GET", `/studies/${part(name)}`), false);
            }
          } catch (error) {
            return sentences(error);
          }
          return [];
        }
      }
    );
    if (answer !== "mine") return answer !== "";
    const again = await save(theirs.etag);
    return again ? settleConflict(again) : true;
  }

  // scripts/rail.js
  async function openStudy(name) {
    document.body.classList.remove("railed");
    try {
      await open(name);
      history.replaceState(null, "", `?study=${encodeURIComponent(name)}`);
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function studyCard(card) {
    const node = button("card", void 0, () => openStudy(card.name));
    const current = state.doc?.name === card.name;
    node.setAttribute("aria-current", String(current));
    const head = add(el("span", "cardhead"), el("b", "", card.name));
    const faults = state.faults[card.name] ?? 0;
    if (faults) add(head, el("span", "badge bad", say("faults", { n: faults })));
    if (card.draft) add(head, el("span", "badge", say("draft")));
    add(node, head);
    if (card.question) add(node, el("span", "question", card.question));
    const lens = wordOr(`value.${card.lens || "evidence"}`, card.lens);
    const about = [lens, card.investor || say("investor.default"), card.as_of];
    add(node, el("span", "meta", about.filter(Boolean).join(" \xB7 ")));
    const first = card.result?.first;
    if (card.result) {
      const parts2 = { name: first?.name ?? "", share: percent(first?.share ?? 0) };
      add(node, el("span", "first", first ? say("first.site", parts2) : say("planned")));
      if (card.result.stale) add(node, el("span", "stale", say("stale")));
    }
    return add(el("li"), node);
  }
  function progress({ stages: stages2, state: now }) {
    if (now !== "running") return 1;
    const STAGES = 12;
    const done = stages2.filter((stage) => stage.seconds !== null).length;
    const last = stages2.find((stage) => stage.seconds === null);
    const inside2 = last?.total ? (last.done ?? 0) / last.total : 0;
    return Math.min(0.98, (done + inside2) / Math.max(STAGES, stages2.length + 1));
  }
  function runCard(run) {
    const node = button("card run", void 0, async () => {
      if (run.study && state.doc?.name !== run.study) await openStudy(run.study);
      if (state.doc) turn(run.command === "plan" ? "results" : "runs");
    });
    const words2 = say("run.of", { command: say(`command.${run.command}`), study: run.study });
    const bar = el("progress");
    bar.value = progress(run);
    bar.setAttribute("aria-label", words2);
    add(node, el("b", "", words2));
    if (run.state === "running") add(node, bar, el("span", "meta", seconds(run.seconds)));
    else add(node, el("span", `meta ${run.state}`, say(`state.${run.state}`)));
    return add(el("li"), node);
  }
  function renew(list2, nodes) {
    const before = [...list2.children];
    for (const [k, node] of nodes.entries()) {
      const old = before[k];
      const focused = old?.contains(document.activeElement);
      if (!old) add(list2, node);
      else if (!old.isEqualNode(node)) old.replaceWith(node);
      if (focused) node.querySelector("button")?.focus();
    }
    for (const old of before.slice(nodes.length)) old.remove();
  }
  function drawRuns() {
    const shown7 = runs();
    const busy = shown7.filter((run) => run.state === "running");
    const rest = shown7.filter((run) => run.state !== "running").slice(0, 3);
    renew($("railruns"), [...busy, ...rest].map(runCard));
    $("railrunshead").hidden = !shown7.length;
  }
  function draw3() {
    const studies = state.folder?.studies ?? [];
    renew($("cards"), studies.map(studyCard));
    $("nostudies").hidden = studies.length > 0;
    drawRuns();
  }
  async function makeStudy() {
    const name = el("input");
    name.value = say("new.name");
    const from = el("select");
    const presets = el("optgroup");
    presets.label = say("presets");
    for (const preset of state.folder?.presets ?? []) {
      const words2 = wordOr(`value.${preset.name}`, preset.name);
      add(presets, option(preset.name, preset.question ? `${words2}: ${preset.question}` : words2));
    }
    const own2 = el("optgroup");
    own2.label = say("studies");
    add(own2, ...(state.folder?.studies ?? []).map((card) => option(card.name, card.name)));
    const removed = el("optgroup");
    removed.label = say("removed");
    add(removed, ...(state.folder?.removed ?? []).map((one2) => option(one2, one2)));
    add(from, presets, ...[own2, removed].filter((group3) => group3.childElementCount));
    from.value = state.folder?.presets.some((one2) => one2.name === "balanced") ? "balanced" : "";
    const parts2 = [labelled(say("name"), name), labelled(say("start.from"), from)];
    const buttons = [{ key: "make", words: say("make"), main: true }];
    await put(say("new.study"), parts2, buttons, {
      check: async () => {
        const named3 = /\.ya?ml$/.test(name.value.trim()) ? name.value.trim() : `${name.value.trim()}.yaml`;
        try {
          await settle();
          take2(await ask("POST", "/studies", { name: named3, from: from.value }), false);
        } catch (error) {
          const said = sentences(error);
          return said.length ? said : [say("gone")];
        }
        await readFolder();
        turn("question");
        return [];
      }
    });
  }
  async function removeStudy() {
    const { doc } = state;
    if (!doc) return;
    const buttons = [{ key: "remove", words: say("remove"), main: true }];
    const title = say("remove.what", { what: doc.name });
    await put(title, [el("p", "", say("remove.study"))], buttons, {
      check: async () => {
        try {
          await ask("DELETE", `/studies/${encodeURIComponent(doc.name)}`, { etag: doc.etag });
        } catch (error) {
          return sentences(error);
        }
        state.doc = null;
        opened.tell();
        history.replaceState(null, "", location.pathname);
        await readFolder();
        return [];
      }
    });
  }
  function buildRail() {
    $("new").addEventListener("click", makeStudy);
    $("new2").addEventListener("click", makeStudy);
    $("railbutton").addEventListener("click", () => {
      const open2 = document.body.classList.toggle("railed");
      $("railbutton").setAttribute("aria-expanded", String(open2));
    });
    $("folder").textContent = state.folderName;
    $("folder").title = say("version", { version: state.version });
    foldered.follow(draw3);
    opened.follow(draw3);
    ran.follow(drawRuns);
  }

  // scripts/head.js
  var NOTE_MS = 8e3;
  function keptWords() {
    const { doc } = state;
    if (!doc) return "";
    if (state.readOnly) return say("read.only");
    if (doc.busy) return say("saving");
    if (!dirty()) return doc.saved ? say("saved", { at: time(doc.saved) }) : say("as.in.file");
    if (state.gone || state.expired) return say("kept.here");
    return doc.drafted ? say("kept.draft", { at: time(doc.drafted) }) : say("not.saved");
  }
  function draw4() {
    const { doc } = state;
    $("study").hidden = !doc;
    $("welcome").hidden = Boolean(doc);
    document.title = doc ? say("title.of", { name: doc.name }) : say("title");
    if (!doc) return;
    $("name").textContent = doc.name;
    $("kept").textContent = keptWords();
    $("kept").classList.toggle("unsaved", dirty());
    field("save").disabled = doc.busy || !dirty();
    $("discard").hidden = !dirty();
  }
  async function saveNow() {
    const theirs = await save();
    if (theirs && !await settleConflict(theirs)) return false;
    readFolder().catch(() => {
    });
    return !dirty();
  }
  async function plan() {
    await settle();
    const doc = theDoc();
    if (dirty() && !await saveNow()) return;
    if (doc.faults.length) {
      $("faulthead").focus();
      noted.tell(say("plan.faults", { n: doc.faults.length }));
      return;
    }
    const [pdf, slides] = [field("pdf").checked, field("slides").checked];
    try {
      watch(await ask("POST", "/runs", { command: "plan", study: doc.name, pdf, slides }));
      turn("results");
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function note(words2) {
    const node = el("p", "", words2);
    const away = button("link", say("close"), () => node.remove());
    add($("notes"), add(node, away));
    setTimeout(() => node.remove(), NOTE_MS);
  }
  function drawGone() {
    $("gone").hidden = !state.gone && !state.expired;
    $("gone").textContent = say(state.expired ? "expired" : "gone");
    draw4();
  }
  function buildHead() {
    $("save").addEventListener("click", saveNow);
    $("plan").addEventListener("click", plan);
    $("discard").addEventListener("click", discard);
    $("delete").addEventListener("click", removeStudy);
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      if (state.doc && !state.readOnly) saveNow();
    });
    window.addEventListener("beforeunload", (event) => {
      if (dirty() && !state.doc?.drafted) event.preventDefault();
    });
    $("pdfbox").hidden = !state.folder?.extras.pdf;
    $("slidesbox").hidden = !state.folder?.extras.slides;
    opened.follow(draw4);
    kept.follow(draw4);
    gone.follow(drawGone);
    noted.follow(note);
    draw4();
  }

  // scripts/pairwise.js
  var STEPS = [9, 8, 7, 6, 5, 4, 3, 2, 1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 9];
  var pair = (left, right) => `${left} : ${right}`;
  var ratioText = (ratio) => ratio >= 1 ? number(ratio) : `1/${number(Math.round(1 / ratio))}`;
  function nearest(ratio) {
    const far = STEPS.map((step) => Math.abs(Math.log(step / ratio)));
    return STEPS[far.indexOf(Math.min(...far))];
  }
  var ratioOf = (one2, other, kept3) => kept3[pair(one2.key, other.key)] ?? nearest(one2.share / other.share);
  var readPairs = (items2, kept3) => items2.flatMap(
    (one2, k) => items2.slice(k + 1).map((other) => ({ left: one2.key, right: other.key, ratio: ratioOf(one2, other, kept3) }))
  );
  function pairs(items2, kept3, judge2) {
    const head = add(el("tr"), el("td"));
    for (const { words: words2 } of items2) {
      const cell = el("th", "", words2);
      cell.scope = "col";
      add(head, cell);
    }
    const body = el("tbody");
    for (const [k, one2] of items2.entries()) {
      const name = el("th", "", one2.words);
      name.scope = "row";
      const line = add(el("tr"), name);
      for (const [j, other] of items2.entries()) {
        const cell = el("td", j === k ? "same" : "");
        if (j === k) add(cell, "1");
        else if (j > k) add(cell, chooser(one2, other, ratioOf(one2, other, kept3), judge2));
        else add(cell, reciprocal(other, one2, ratioOf(other, one2, kept3)));
        add(line, cell);
      }
      add(body, line);
    }
    const box = add(el("div", "matrix"), add(el("table"), add(el("thead"), head), body));
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", say("matrix"));
    return [el("p", "help", say("pairs.about")), box];
  }
  function reciprocal(one2, other, ratio) {
    const node = el("span", "reciprocal", ratioText(1 / ratio));
    node.dataset.below = pair(one2.key, other.key);
    return node;
  }
  function chooser(one2, other, ratio, judge2) {
    const select = el("select");
    const key = pair(one2.key, other.key);
    select.dataset.pair = key;
    select.setAttribute("aria-label", say("pair", { left: one2.words, right: other.words }));
    for (const step of STEPS) add(select, option(step, ratioText(step)));
    select.value = String(ratio);
    select.addEventListener("change", () => {
      judge2(key, Number(select.value));
      const below = select.closest("table")?.querySelectorAll("[data-below]") ?? [];
      for (const node of below) {
        if (
          /** @type {HTMLElement} */
          node.dataset.below !== key
        ) continue;
        node.textContent = ratioText(1 / Number(select.value));
      }
    });
    return select;
  }
  function goTo(left, right) {
    const wanted2 = [pair(left, right), pair(right, left)];
    for (const node of document.querySelectorAll("#judging [data-pair]")) {
      const select = (
        /** @type {HTMLElement} */
        node
      );
      if (wanted2.includes(select.dataset.pair ?? "")) select.focus();
    }
  }
  function consistency({ consistency_ratio: ratio, consistent, worst }, items2) {
    const parts2 = { ratio: number(Number((ratio ?? 0).toFixed(3))) };
    const words2 = el(
      "p",
      consistent ? "" : "wrong",
      say(consistent ? "consistent" : "inconsistent", parts2)
    );
    if (!worst) return [words2];
    const named3 = (key) => items2.find((item) => item.key === key)?.words ?? key;
    const { left, middle, right, judged: judged2, implied } = worst;
    const triple = el(
      "p",
      "",
      say("worst", {
        left: named3(left),
        middle: named3(middle),
        right: named3(right),
        judged: ratioText(judged2),
        implied: implied >= 1 ? number(Number(implied.toPrecision(2))) : `1/${number(Number((1 / implied).toPrecision(2)))}`
      })
    );
    const go = button(
      "button",
      say("to.pair", { left: named3(left), right: named3(right) }),
      () => goTo(left, right)
    );
    return [words2, triple, go];
  }

  // scripts/weights.js
  var MOST = 0.95;
  var sliders = /* @__PURE__ */ new Map();
  var shape = "";
  var sum = (parts2) => parts2.reduce((all, { weight }) => all + weight, 0);
  var counts = ({ weight, criteria }) => weight * sum(criteria);
  var rounded = (value) => Number(value.toPrecision(4));
  function pillarShares({ pillars }) {
    const whole2 = pillars.reduce((all, pillar2) => all + counts(pillar2), 0);
    return Object.fromEntries(
      pillars.map((pillar2) => [pillar2.pillar, whole2 ? counts(pillar2) / whole2 : 0])
    );
  }
  var inside = ({ criteria }, { weight }) => sum(criteria) ? weight / sum(criteria) : 0;
  var colourOf = (pillar2) => `var(--pillar-${pillar2})`;
  function turnPillar(pillar2, share) {
    const { weights: tree } = state.doc ?? {};
    if (!tree) return;
    const others = tree.pillars.filter((one2) => one2 !== pillar2).reduce((all, one2) => all + counts(one2), 0);
    const wanted2 = Math.min(share, MOST) / (1 - Math.min(share, MOST)) * others;
    const bare2 = typeof valueAt(["weights", pillar2.pillar]) === "number";
    const path = ["weights", pillar2.pillar, ...bare2 ? [] : ["weight"]];
    edit(path, rounded(wanted2 / (sum(pillar2.criteria) || 1)));
  }
  function turnCriterion({ pillar: pillar2, criteria, weight }, criterion, share) {
    const whole2 = sum(criteria) || 1;
    const rest = whole2 - criterion.weight;
    const others = criteria.length - 1;
    const given = Math.min(share, MOST) * whole2;
    const left = (one2) => rest > 0 ? one2.weight / rest * (whole2 - given) : (whole2 - given) / others;
    const next = Object.fromEntries(
      criteria.map((one2) => [one2.key, rounded(one2 === criterion ? given : left(one2))])
    );
    const bare2 = typeof valueAt(["weights", pillar2]) === "number";
    if (bare2) edit(["weights", pillar2], { weight, criteria: next });
    else edit(["weights", pillar2, "criteria"], next);
  }
  function slider(key, words2, colour2, turn2) {
    const input = el("input");
    Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5, id: nextId() });
    input.disabled = state.readOnly;
    input.style.setProperty("--c", colour2);
    const output = el("output");
    output.setAttribute("for", input.id);
    const label = el("label", "", words2);
    label.htmlFor = input.id;
    input.addEventListener("input", () => write2(key, Number(input.value) / 100));
    input.addEventListener("change", () => turn2(Number(input.value) / 100));
    sliders.set(key, { input, output });
    return add(el("div", "slide"), label, input, output);
  }
  function write2(key, share) {
    const own2 = sliders.get(key);
    if (!own2) return;
    const text = percent(share);
    own2.output.textContent = text;
    own2.input.style.setProperty("--v", `${100 * share}%`);
    own2.input.setAttribute("aria-valuetext", text);
  }
  var nowOf = (key) => state.doc?.weights?.pillars.find((one2) => one2.pillar === key);
  function group2({ pillar: key, words: words2, criteria }) {
    const box = el("details", "pillar");
    box.dataset.pillar = key;
    const head = slider(key, words2, colourOf(key), (share) => {
      const now = nowOf(key);
      if (now) turnPillar(now, share);
    });
    const body = el("div", "body");
    for (const { key: own2, words: name, unit } of criteria) {
      const row2 = slider(
        `${key}.${own2}`,
        unit ? say("with.unit", { name, unit }) : name,
        colourOf(key),
        (share) => {
          const now = nowOf(key);
          const criterion = now?.criteria.find((one2) => one2.key === own2);
          if (now && criterion) turnCriterion(now, criterion, share);
        }
      );
      const input = row2.querySelector("input");
      if (input && criteria.length < 2) input.disabled = true;
      add(body, row2);
    }
    const summary2 = add(
      el("summary"),
      el("span", "", say("criteria.of", { pillar: words2, n: criteria.length }))
    );
    return add(el("section", "pillarbox"), head, add(box, summary2, body));
  }
  function fill2() {
    const tree = state.doc?.weights;
    if (!tree) return;
    const shares2 = pillarShares(tree);
    const bar = tree.pillars.map((pillar2) => {
      const part2 = el("i");
      part2.style.width = percent(shares2[pillar2.pillar]).replace(",", ".");
      part2.style.background = colourOf(pillar2.pillar);
      part2.title = `${pillar2.words}: ${percent(shares2[pillar2.pillar])}`;
      return part2;
    });
    $("sharebar").replaceChildren(...bar);
    for (const pillar2 of tree.pillars) {
      put2(pillar2.pillar, shares2[pillar2.pillar]);
      for (const one2 of pillar2.criteria) put2(`${pillar2.pillar}.${one2.key}`, inside(pillar2, one2));
    }
  }
  function put2(key, share) {
    const own2 = sliders.get(key);
    if (own2) own2.input.value = String(100 * share);
    write2(key, share);
  }
  function draw5() {
    const tree = state.doc?.weights;
    $("noweights").hidden = Boolean(tree);
    $("sliders").hidden = !tree;
    if (!tree) return;
    const next = JSON.stringify(tree.pillars.map((p) => [p.pillar, p.criteria.map((c) => c.key)]));
    if (next !== shape) {
      shape = next;
      sliders = /* @__PURE__ */ new Map();
      $("pillars").replaceChildren(...tree.pillars.map(group2));
    }
    fill2();
  }
  function buildWeights() {
    changed.follow(draw5);
    opened.follow(draw5);
  }

  // scripts/judgements.js
  var REST_MS2 = 350;
  var asking2 = 0;
  var judged = null;
  var kept2 = /* @__PURE__ */ new Map();
  var shape2 = "";
  var pillar = () => field("judgedpillar").value;
  var method = () => field("method").value;
  var spot2 = () => `${state.doc?.name} ${method()} ${pillar()}`;
  function items() {
    const tree = state.doc?.weights;
    if (!tree) return [];
    const shares2 = pillarShares(tree);
    if (!pillar()) {
      return tree.pillars.filter(({ pillar: key }) => shares2[key] > 0).map(({ pillar: key, words: words2 }) => ({ key, words: words2, share: shares2[key] }));
    }
    const { criteria } = tree.pillars.find((one2) => one2.pillar === pillar()) ?? { criteria: [] };
    const whole2 = criteria.reduce((all, one2) => all + one2.weight, 0);
    return criteria.filter(({ weight }) => weight > 0).map(({ key, words: words2, weight }) => ({ key, words: words2, share: weight / whole2 }));
  }
  function judge(key, value) {
    kept2.set(spot2(), { ...kept2.get(spot2()), [key]: value });
    clearTimeout(asking2);
    asking2 = setTimeout(weigh, REST_MS2);
  }
  function swing() {
    const all = items();
    const most = Math.max(...all.map(({ share }) => share));
    const rows3 = all.map(({ key, words: words2, share }) => {
      const input = el("input");
      const output = el("output");
      const points2 = kept2.get(spot2())?.[key] ?? Math.round(100 * share / most);
      Object.assign(input, { type: "range", min: 0, max: 100, step: 1, id: nextId(), value: points2 });
      const label = el("label", "", words2);
      label.htmlFor = input.id;
      const write3 = () => {
        output.textContent = say("points", { n: Number(input.value) });
        input.style.setProperty("--v", `${input.value}%`);
      };
      input.style.setProperty("--c", "var(--navy)");
      input.dataset.key = key;
      input.addEventListener("input", () => {
        write3();
        judge(key, Number(input.value));
      });
      write3();
      return add(el("div", "slide"), label, input, output);
    });
    return [el("p", "help", say("swing.about")), ...rows3];
  }
  function ordered() {
    const own2 = kept2.get(spot2());
    return items().sort((a, b) => own2 ? own2[a.key] - own2[b.key] : b.share - a.share);
  }
  function move(at, step) {
    const order2 = ordered();
    const [one2] = order2.splice(at, 1);
    order2.splice(at + step, 0, one2);
    for (const [k, { key }] of order2.entries()) judge(key, k + 1);
    draw6(true);
    const moved = $("judging").querySelectorAll("li")[at + step];
    const buttons = (
      /** @type {NodeListOf<HTMLButtonElement>} */
      moved.querySelectorAll("button")
    );
    const same = buttons[step < 0 ? 0 : 1];
    (same.disabled ? buttons[step < 0 ? 1 : 0] : same).focus();
  }
  function order() {
    const all = ordered();
    const list2 = el("ol", "order");
    for (const [k, { words: words2, key }] of all.entries()) {
      const up = button("button", "\u25B2", () => move(k, -1));
      const down = button("button", "\u25BC", () => move(k, 1));
      up.setAttribute("aria-label", say("up", { what: words2 }));
      down.setAttribute("aria-label", say("down", { what: words2 }));
      up.disabled = k === 0;
      down.disabled = k === all.length - 1;
      const item = add(el("li"), el("span", "", words2), up, down);
      item.dataset.key = key;
      add(list2, item);
    }
    return [el("p", "help", say("order.about")), list2];
  }
  function rows() {
    const all = items();
    const of = { pillar: pillar() };
    if (method() === "ahp")
      return readPairs(all, kept2.get(spot2()) ?? {}).map((row2) => ({ ...row2, ...of }));
    if (method() === "rank") {
      return ordered().map(({ key }, k) => ({ ...of, item: key, rank: k + 1 }));
    }
    return [...$("judging").querySelectorAll("input")].map(({ dataset, value }) => ({
      ...of,
      item: dataset.key,
      points: Number(value)
    }));
  }
  async function weigh() {
    const { name, text } = theDoc();
    const asked2 = spot2();
    $("judgefaults").textContent = "";
    try {
      const found = await ask("POST", "/weigh", { name, text, method: method(), judgements: rows() });
      if (asked2 !== spot2()) return;
      judged = found;
    } catch (error) {
      judged = null;
      $("judgefaults").textContent = sentences(error).join("\n");
    }
    drawJudged();
  }
  function drawJudged() {
    const group3 = judged?.groups.find((one2) => one2.pillar === pillar());
    $("judged").hidden = !group3;
    field("takeweights").disabled = !group3 || state.readOnly;
    if (!group3) return;
    const body = el("tbody");
    for (const { key, words: words2, share } of items()) {
      const next = group3.weights[key] ?? 0;
      const bar = add(el("div", "bar"), el("i"));
      bar.firstElementChild.style.width = `${100 * next}%`;
      const name = el("th", "", words2);
      name.scope = "row";
      add(
        body,
        add(
          el("tr"),
          name,
          el("td", "n", percent(share)),
          el("td", "n", percent(next)),
          add(el("td", "bars"), bar)
        )
      );
    }
    const head = el("tr");
    for (const words2 of [say("item"), say("now"), say("judged"), ""]) {
      const cell = el(words2 ? "th" : "td", words2 === say("item") ? "" : "n", words2);
      if (words2) cell.setAttribute("scope", "col");
      add(head, cell);
    }
    $("judgedshares").replaceChildren(add(el("table"), add(el("thead"), head), body));
    $("consistency").replaceChildren(
      ...group3.comparison ? consistency(group3.comparison, items()) : []
    );
  }
  function draw6(anew = false) {
    const tree = state.doc?.weights;
    $("judgements").hidden = !tree || state.readOnly;
    if (!tree) return;
    const next = `${spot2()} ${JSON.stringify(items())}`;
    if (next === shape2 && !anew) return;
    const busy = $("judging").contains(document.activeElement) && !anew;
    shape2 = next;
    judged = null;
    drawJudged();
    if (busy) return;
    const kinds = { swing, rank: order, ahp: () => pairs(items(), kept2.get(spot2()) ?? {}, judge) };
    const made = items().length > 1 ? kinds[
      /** @type {keyof typeof kinds} */
      method()
    ]() : [el("p", "help", say("one.item"))];
    $("judging").replaceChildren(...made);
  }
  function fillPillars() {
    const tree = state.doc?.weights;
    if (!tree) return;
    const was = pillar();
    const all = tree.pillars.map(
      ({ pillar: key, words: words2 }) => option(key, say("criteria.in", { pillar: words2 }))
    );
    field("judgedpillar").replaceChildren(option("", say("pillars")), ...all);
    field("judgedpillar").value = was;
  }
  function buildJudgements() {
    for (
      const key of
      /** @type {const} */
      ["swing", "rank", "ahp"]
    ) {
      add($("method"), option(key, say(`method.${key}`)));
    }
    for (const id of ["method", "judgedpillar"]) {
      $(id).addEventListener("change", () => draw6(true));
    }
    $("weigh").addEventListener("click", weigh);
    $("takeweights").addEventListener("click", () => {
      if (!judged) return;
      learn(judged);
      noted.tell(say("weights.taken"));
    });
    opened.follow(() => {
      fillPillars();
      draw6(true);
    });
    changed.follow(() => {
      if ($("judgedpillar").childElementCount !== 1 + (state.doc?.weights?.pillars.length ?? 0)) {
        fillPillars();
      }
      draw6();
    });
  }

  // scripts/runview.js
  async function cancel(run) {
    try {
      watch(await ask("DELETE", `/runs/${part(run.id)}`));
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function runWords({ command, study, other, grid }) {
    const words2 = say("run.of", { command: say(`command.${command}`), study });
    return [words2, other, grid].filter(Boolean).join(" \xB7 ");
  }
  function runView(run) {
    const node = el("section", `runview ${run.state}`);
    const going = run.state === "running";
    const head = add(el("header"), el("h3", "", runWords(run)));
    const how = `${say(`state.${run.state}`)} \xB7 ${seconds(run.seconds)} \xB7 ${moment(run.started)}`;
    add(head, el("p", "meta", how));
    if (going)
      add(
        head,
        button("button cancel writes", say("cancel"), () => cancel(run))
      );
    add(node, head);
    if (going) {
      const bar = el("progress");
      bar.value = progress(run);
      bar.setAttribute("aria-label", runWords(run));
      add(node, bar);
    }
    if (run.faults.length) {
      const list2 = add(el("ul", "wrong"), ...run.faults.map((words2) => el("li", "", words2)));
      list2.setAttribute("role", "alert");
      add(node, list2);
    }
    if (run.stages.length && (going || run.state !== "done")) add(node, stages(run));
    return node;
  }
  function stages(run) {
    const list2 = el("ol", "stages");
    for (const { name, done, total, seconds: took } of run.stages) {
      const item = el("li", took === null ? "now" : "");
      add(
        item,
        el("span", "", wordOr(`stage.${name}`, name.charAt(0).toUpperCase() + name.slice(1)))
      );
      const many = total ? say("done.of", { done: done ?? 0, total }) : say("at.work");
      add(
        item,
        el("span", "n", took === null ? run.state === "running" ? many : "" : seconds(took))
      );
      add(list2, item);
    }
    return list2;
  }

  // scripts/results.js
  var PAGES = (
    /** @type {const} */
    ["map.html", "brief.html", "atlas.html"]
  );
  var SANDBOX = "allow-scripts allow-popups allow-downloads allow-modals";
  var shown3 = "";
  var view = null;
  var page = "map.html";
  var setting = "";
  var lastPlan = () => runs().find((run) => run.command === "plan" && run.study === state.doc?.name);
  function drawRun() {
    const run = lastPlan();
    const told = run && run.state !== "done" ? [runView(run)] : [];
    $("planrun").replaceChildren(...told);
  }
  async function draw7() {
    const { doc } = state;
    if (!doc || state.tab !== "results") return;
    drawRun();
    const result2 = cardOf(doc.name)?.result;
    $("noresults").hidden = Boolean(result2) || lastPlan()?.state === "running";
    $("resultshown").hidden = !result2;
    $("staleline").hidden = !result2?.stale;
    if (!result2) return;
    const spot3 = `${doc.name} ${result2.folder} ${result2.made}`;
    if (spot3 === shown3) return;
    shown3 = spot3;
    try {
      view = await ask("POST", "/view", { folder: result2.folder });
    } catch (error) {
      shown3 = "";
      for (const words2 of sentences(error)) noted.tell(words2);
      return;
    }
    $("made").textContent = say("made", { at: moment(result2.made * 1e3) });
    showPage(page);
  }
  function showPage(next) {
    page = next;
    setting = "";
    $("settingbar").hidden = true;
    for (const node of $("pages").querySelectorAll("button")) {
      node.setAttribute("aria-pressed", String(node.dataset.page === page));
    }
    const there = view?.files.some(({ name }) => name === page);
    $("files").hidden = page !== "files";
    $("frame").replaceChildren(...there ? [framed2(`${view?.base}${page}`, page)] : []);
    $("frame").hidden = page === "files";
    if (page === "files" && view) $("files").replaceChildren(...fileList(view));
  }
  function framed2(address, title) {
    const frame = el("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.title = say("page.of", { page: title });
    frame.src = address;
    return frame;
  }
  function fileList({ base, files }) {
    const list2 = el("ul", "files");
    const all = el("a", "", say("all.files"));
    all.href = `${base}all.zip`;
    for (const { name, bytes } of files) {
      const link = el("a", "", name);
      link.href = base + name.split("/").map(encodeURIComponent).join("/");
      link.download = name.split("/").pop() ?? name;
      add(list2, add(el("li"), link, el("span", "n", size(bytes))));
    }
    return [add(el("p"), all), list2];
  }
  async function publish() {
    const result2 = cardOf(theDoc().name)?.result;
    if (!result2) return;
    const to = el("input");
    to.value = result2.folder.replace(/^out\//, "published/");
    const buttons = [{ key: "publish", words: say("publish"), main: true }];
    const parts2 = [el("p", "", say("publish.about")), labelled(say("publish.to"), to)];
    await put(say("publish"), parts2, buttons, {
      check: async () => {
        try {
          const made = await ask("POST", "/publish", { folder: result2.folder, to: to.value.trim() });
          noted.tell(say("published", { n: made.files.length, folder: made.folder }));
        } catch (error) {
          return sentences(error);
        }
        return [];
      }
    });
  }
  async function keepSetting() {
    const { name, text } = theDoc();
    try {
      learn(await ask("POST", "/setting", { name, text, setting }));
      $("settingbar").hidden = true;
      noted.tell(say("setting.kept"));
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function hear({ source, data }) {
    const frame = $("frame").querySelector("iframe");
    if (!frame || source !== frame.contentWindow) return;
    if (data?.siting !== "setting" || typeof data.link !== "string") return;
    setting = data.link;
    $("settingbar").hidden = state.readOnly || !/[=]/.test(setting.replace(/(site|at|pin)=[^&]*/g, ""));
  }
  function buildResults() {
    for (const name of [...PAGES, "files"]) {
      const words2 = say(
        /** @type {"page.map.html"} */
        `page.${name}`
      );
      const node = button("", words2, () => showPage(name));
      node.dataset.page = name;
      add($("pages"), node);
    }
    $("publish").addEventListener("click", publish);
    $("keepsetting").addEventListener("click", keepSetting);
    window.addEventListener("message", hear);
    for (const signal of [foldered, turned, opened, changed]) signal.follow(() => void draw7());
    ran.follow((run) => {
      if (run.command === "plan" && run.study === state.doc?.name) void draw7();
    });
    field("pdf").checked = false;
  }

  // scripts/summary.js
  var MOST_ROWS = 200;
  var DEEPEST = 4;
  var isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  var isPlain = (value) => value === null || value === void 0 || typeof value !== "object";
  function plain(value) {
    if (value === null || value === void 0) return "";
    if (typeof value === "boolean") return say(value ? "yes" : "no");
    return typeof value === "number" ? number(value) : String(value);
  }
  function shown4(value, depth) {
    if (isPlain(value)) return el("span", "", plain(value));
    if (Array.isArray(value) && value.every(isPlain))
      return el("span", "", value.map(plain).join(", "));
    if (depth >= DEEPEST) return el("code", "", JSON.stringify(value));
    return Array.isArray(value) ? rows2(value, depth) : pairs2(
      /** @type {any} */
      value,
      depth
    );
  }
  function rows2(list2, depth) {
    const keys = [...new Set(list2.flatMap((one2) => isObject(one2) ? Object.keys(one2) : []))];
    const head = el("tr");
    for (const key of keys) {
      const cell = el("th", "", labelOf(key));
      cell.scope = "col";
      add(head, cell);
    }
    const body = el("tbody");
    for (const one2 of list2.slice(0, MOST_ROWS)) {
      const line = el("tr");
      if (!isObject(one2)) add(line, add(el("td"), shown4(one2, depth + 1)));
      else {
        for (const key of keys) {
          const cell = el("td", typeof one2[key] === "number" ? "n" : "");
          add(line, add(cell, shown4(one2[key], depth + 1)));
        }
      }
      add(body, line);
    }
    const table2 = add(el("table"), ...keys.length ? [add(el("thead"), head)] : [], body);
    if (list2.length <= MOST_ROWS) return table2;
    return add(el("div"), table2, el("p", "help", say("rows.left", { n: list2.length - MOST_ROWS })));
  }
  function pairs2(object, depth) {
    const body = el("tbody");
    for (const [key, value] of Object.entries(object)) {
      const name = el("th", "", labelOf(key));
      name.scope = "row";
      add(body, add(el("tr"), name, add(el("td"), shown4(value, depth + 1))));
    }
    return add(el("table", "pairs"), body);
  }
  function summary(answer) {
    const told = Object.entries(answer).filter(([key]) => key !== "schema_version");
    const single = told.filter(([, value]) => isPlain(value));
    const whole2 = told.filter(([, value]) => !isPlain(value));
    const parts2 = whole2.map(([key, value], k) => {
      const box = el("details", "summary");
      box.open = k < 3;
      const inside2 = add(el("div", "scroll"), shown4(value, 1));
      inside2.tabIndex = 0;
      inside2.setAttribute("role", "region");
      inside2.setAttribute("aria-label", labelOf(key));
      return add(box, el("summary", "", labelOf(key)), inside2);
    });
    return add(
      el("div", "answer"),
      ...single.length ? [pairs2(Object.fromEntries(single), 1)] : [],
      ...parts2
    );
  }

  // scripts/runs.js
  var COMMANDS = (
    /** @type {const} */
    ["compare", "sweep", "portfolio"]
  );
  var PAGE = {
    plan: "map.html",
    portfolio: "portfolio.html",
    compare: "comparison.html",
    sweep: ""
  };
  var chosen2 = "";
  var shown5 = "";
  var amount = (id) => {
    const text = field(id).value.trim();
    return text ? { [id]: Number.isFinite(Number(text)) ? Number(text) : text } : {};
  };
  async function start() {
    await settle();
    if (dirty() && !await saveNow()) return;
    const command = field("command").value;
    const own2 = {
      compare: { other: field("other").value },
      sweep: { grid: field("grid").value },
      portfolio: {
        ...amount("price"),
        ...amount("plants"),
        investor: field("who").value.trim()
      }
    };
    try {
      const run = await ask("POST", "/runs", { command, study: theDoc().name, ...own2[command] });
      chosen2 = run.id;
      watch(run);
      draw8();
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function drawStart() {
    const names2 = (state.folder?.studies ?? []).map(({ name }) => name);
    const others = names2.filter((name) => name !== state.doc?.name);
    for (const id of ["other", "grid"]) {
      const was = field(id).value;
      field(id).replaceChildren(...others.map((name) => option(name, name)));
      if (others.includes(was)) field(id).value = was;
    }
    for (const command of COMMANDS) $(`${command}fields`).hidden = command !== field("command").value;
    const needs = field("command").value !== "portfolio" && !others.length;
    field("startrun").disabled = needs;
    $("noother").hidden = !needs;
  }
  var own = () => runs().filter(({ study, other }) => [study, other].includes(state.doc?.name ?? ""));
  function drawList() {
    const items2 = own().map((run) => {
      const node = button("card run", void 0, () => {
        chosen2 = run.id;
        draw8();
      });
      node.setAttribute("aria-pressed", String(run.id === chosen2));
      add(
        node,
        el("b", "", runWords(run)),
        el("span", `meta ${run.state}`, say(`state.${run.state}`))
      );
      return add(el("li"), node);
    });
    $("runlist").replaceChildren(...items2);
    $("noruns").hidden = items2.length > 0;
  }
  async function result(run) {
    const parts2 = [runView(run)];
    const { summary: printed } = run.state === "done" ? await ask("GET", `/runs/${part(run.id)}`) : run;
    if (printed) parts2.push(summary(printed));
    if (run.state !== "done" || !run.folder) return parts2;
    const view2 = await ask("POST", "/view", { folder: run.folder });
    const page2 = PAGE[run.command];
    if (view2.files.some(({ name }) => name === page2)) {
      const box = add(el("div", "frame"), framed2(view2.base + page2, page2));
      parts2.splice(
        1,
        0,
        /** @type {any} */
        box
      );
    }
    const files = add(
      el("details", "summary"),
      el("summary", "", say("page.files")),
      ...fileList(view2)
    );
    return [...parts2, files];
  }
  async function drawChosen() {
    const run = own().find(({ id }) => id === chosen2) ?? own()[0];
    const spot3 = run ? `${run.id} ${run.state} ${run.state === "running" ? run.seconds : ""}` : "";
    if (spot3 === shown5) return;
    shown5 = spot3;
    chosen2 = run?.id ?? "";
    try {
      const parts2 = run ? await result(run) : [];
      if (shown5 === spot3) $("runresult").replaceChildren(...parts2);
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  function draw8() {
    if (!state.doc || state.tab !== "runs") return;
    drawStart();
    drawChosen();
    drawList();
  }
  function buildRuns() {
    for (const command of COMMANDS) add($("command"), option(command, say(`command.${command}`)));
    $("command").addEventListener("change", drawStart);
    $("startrun").addEventListener("click", start);
    for (const signal of [foldered, turned, opened]) signal.follow(draw8);
    ran.follow(draw8);
  }

  // scripts/clickmap.js
  var drawn = null;
  var drawing = null;
  var points = [];
  var fitted = false;
  var MANY = 300;
  function load(source) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }
  var colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  async function draw9(click) {
    const [land] = await Promise.all([ask("GET", "/land"), load("/leaflet.js")]);
    const l = (
      /** @type {any} */
      window.L
    );
    const map = l.map($("clickmap"), {
      attributionControl: false,
      preferCanvas: true,
      worldCopyJump: true,
      minZoom: 1,
      zoomSnap: 0.5,
      keyboard: true,
      zoomControl: false
    });
    const titles = { zoomInTitle: say("zoom.in"), zoomOutTitle: say("zoom.out") };
    l.control.zoom(titles).addTo(map);
    map.setView([30, 20], 1.5);
    const { rings } = land;
    const shapes = rings.map(
      (ring) => l.polygon(
        ring.map(([lon, lat]) => (
          /** @type {[number, number]} */
          [lat, lon]
        )),
        { interactive: false }
      )
    );
    const ground = l.layerGroup(shapes).addTo(map);
    const paint = () => {
      const style = {
        weight: 0.7,
        color: colour("coast"),
        fillColor: colour("land"),
        fillOpacity: 1
      };
      ground.eachLayer((one2) => (
        /** @type {Leaflet.Path} */
        one2.setStyle(style)
      ));
      drawPoints();
    };
    const places = l.layerGroup().addTo(map);
    drawn = { map, places, l };
    map.on("click", ({ latlng }) => click(latlng.wrap().lat, latlng.wrap().lng));
    matchMedia("(prefers-color-scheme:dark)").addEventListener("change", paint);
    paint();
  }
  function drawPoints() {
    if (!drawn) return;
    const { places, l } = drawn;
    places.clearLayers();
    for (const { name, lat, lon } of points) {
      const look2 = {
        radius: points.length > MANY ? 2.5 : 5,
        weight: 1.5,
        color: colour("halo"),
        fillColor: colour("navy"),
        fillOpacity: 1
      };
      l.circleMarker([lat, lon], look2).bindTooltip(named(name)).addTo(places);
    }
  }
  function fit() {
    if (!drawn || fitted || !points.length || !drawn.map.getSize().x) return;
    const all = points.map(({ lat, lon }) => (
      /** @type {[number, number]} */
      [lat, lon]
    ));
    const { map, l } = drawn;
    map.fitBounds(l.latLngBounds(all), { maxZoom: 6, padding: [24, 24], animate: false });
    fitted = true;
  }
  function named(name) {
    const node = document.createElement("span");
    node.textContent = name;
    return node;
  }
  async function showMap(next, click) {
    const other = JSON.stringify(next) !== JSON.stringify(points);
    points = next;
    drawing ??= draw9(click);
    await drawing;
    drawn?.map.invalidateSize();
    if (other) {
      fitted = false;
      drawPoints();
    }
    fit();
  }
  function lookAt(lat, lon) {
    drawn?.map.setView([lat, lon], Math.max(drawn.map.getZoom(), 5), { animate: false });
  }

  // scripts/sites.js
  var SHOWN = 200;
  var FILE = ["candidates", "file"];
  var listed = null;
  var file = "";
  var more = SHOWN;
  function named2() {
    const value = valueAt(FILE);
    return typeof value === "string" ? value : "";
  }
  async function read2() {
    file = named2();
    listed = null;
    more = SHOWN;
    if (file && state.folder?.files.some((one2) => one2.name === file)) {
      try {
        listed = await ask("GET", `/sites?file=${part(file)}`);
      } catch (error) {
        for (const words2 of sentences(error)) noted.tell(words2);
      }
    }
    draw10();
  }
  function table(list2) {
    const body = el("table");
    const head = add(el("tr"), ...list2.columns.map((name) => el("th", "", name)));
    for (const cell of head.children) cell.setAttribute("scope", "col");
    const bad = /* @__PURE__ */ new Map();
    for (const { row: row2, column, what } of list2.faults) {
      bad.set(row2, [...bad.get(row2) ?? [], column ? `${column}: ${what}` : what]);
    }
    const rows3 = list2.rows.slice(0, more).map((cells, k) => {
      const faults = bad.get(k + 2);
      const line = add(el("tr", faults ? "bad" : ""), el("th", "n", k + 2));
      for (const cell of cells) add(line, el("td", typeof cell === "number" ? "n" : "", show(cell)));
      return add(line, el("td", "wrong", faults?.join("; ") ?? ""));
    });
    head.prepend(el("th", "n", say("row.short")));
    add(head, el("th", "", bad.size ? say("what.is.wrong") : ""));
    return add(body, add(el("thead"), head), add(el("tbody"), ...rows3));
  }
  var show = (cell) => cell === null || cell === void 0 ? "" : String(cell);
  function draw10() {
    const files = state.folder?.files ?? [];
    const select = field("sitefile");
    const known2 = files.map(({ name, bytes }) => option(name, `${name} (${size(bytes)})`));
    if (file && !files.some(({ name }) => name === file)) known2.push(option(file, file));
    select.replaceChildren(option("", say("no.list")), ...known2);
    select.value = file;
    $("sitecount").textContent = listed ? [say("places", { n: listed.total }), ...listed.notes].join(" \xB7 ") : "";
    const faults = (listed?.faults ?? []).map((fault) => el("li", "", fault.sentence));
    $("sitefaults").replaceChildren(...faults);
    $("siterows").replaceChildren(...listed?.rows.length ? [table(listed)] : []);
    $("siterows").hidden = !listed?.rows.length;
    if (listed && listed.rows.length > more) {
      const left = say("more.rows", { n: whole(listed.rows.length - more) });
      add(
        $("siterows"),
        button("button", left, () => {
          more += 5 * SHOWN;
          draw10();
        })
      );
    }
    if (state.tab === "sites" && state.doc) {
      showMap(listed?.points ?? [], clicked).catch((error) => sentences(error));
    }
  }
  function clicked(lat, lon) {
    if (state.readOnly) return;
    field("placelat").value = lat.toFixed(5);
    field("placelon").value = lon.toFixed(5);
    $("placename").focus();
  }
  async function upload(dropped) {
    const path = `/files/${part(dropped.name)}`;
    try {
      return (await ask("PUT", path, dropped)).name;
    } catch (error) {
      const taken = error instanceof Refused && state.folder?.files.some((f) => f.name === dropped.name);
      if (!taken) {
        for (const words2 of sentences(error)) noted.tell(words2);
        return "";
      }
    }
    const buttons = [{ key: "replace", words: say("replace"), main: true }];
    const answer = await put(say("replace.what", { name: dropped.name }), [], buttons);
    if (!answer) return "";
    try {
      return (await ask("PUT", `${path}?replace=1`, dropped)).name;
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
      return "";
    }
  }
  var PARTS = /\.(dbf|shx|prj|cpg)$/i;
  async function takeFiles(files, use) {
    const names2 = [];
    for (const one2 of files ?? []) names2.push(await upload(one2));
    await readFolder();
    for (const name of names2) if (name && !PARTS.test(name)) await use(name);
  }
  async function useList(name) {
    await edit(FILE, name);
    await read2();
  }
  async function useLayer(name) {
    const layers = valueAt(["exclude"]);
    await edit(["exclude", Array.isArray(layers) ? layers.length : 0, "file"], name);
  }
  function droppable(id, use) {
    const box = $(id);
    const input = (
      /** @type {HTMLInputElement} */
      box.querySelector("input")
    );
    input.addEventListener("change", async () => {
      await takeFiles(input.files, use);
      input.value = "";
    });
    for (const kind of ["dragenter", "dragover"]) {
      box.addEventListener(kind, (event) => {
        event.preventDefault();
        box.classList.add("over");
      });
    }
    for (const kind of ["dragleave", "drop"]) {
      box.addEventListener(kind, () => box.classList.remove("over"));
    }
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      takeFiles(event.dataTransfer?.files, use);
    });
  }
  var target = () => file.toLowerCase().endsWith(".csv") ? file : `${theDoc().name.replace(/\.ya?ml$/, "")}_sites.csv`;
  async function addPlace() {
    const name = field("placename").value;
    const [lat, lon] = ["placelat", "placelon"].map((id) => {
      const text = field(id).value.trim();
      return text ? Number(text) : null;
    });
    const into = target();
    try {
      const etag = into === file ? listed?.etag ?? "" : "";
      await ask("POST", "/sites", { file: into, rows: [{ name, lat, lon }], etag });
      for (const id of ["placename", "placelat", "placelon"]) field(id).value = "";
      await readFolder();
      await (into === file ? read2() : useList(into));
      noted.tell(say("place.added", { name, file: into }));
      $("placename").focus();
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  var looking = 0;
  function look() {
    clearTimeout(looking);
    looking = setTimeout(async () => {
      const text = field("placename").value.trim();
      const asked2 = text.length > 1 ? ask("GET", `/search?q=${part(text)}`) : Promise.resolve([]);
      const found = await asked2.catch(() => []);
      const rows3 = found.slice(0, 6).map(({ name, country, lat, lon }) => {
        const words2 = say("place.found", { name, country });
        return add(
          el("li"),
          button("link", words2, () => {
            field("placename").value = name;
            clicked(lat, lon);
            lookAt(lat, lon);
            $("found").replaceChildren();
          })
        );
      });
      $("found").replaceChildren(...rows3);
    }, 250);
  }
  function buildSites() {
    field("sitefile").addEventListener("change", async () => {
      await edit(FILE, field("sitefile").value || null);
      await read2();
    });
    droppable("droplist", useList);
    droppable("droplayer", useLayer);
    $("addplace").addEventListener("click", addPlace);
    $("placename").addEventListener("input", () => look());
    for (const id of ["placename", "placelat", "placelon"]) {
      $(id).addEventListener("keydown", (event) => {
        if (event.key === "Enter") addPlace();
      });
    }
    opened.follow(() => state.doc ? read2() : void 0);
    changed.follow(() => {
      if (named2() !== file) read2();
    });
    foldered.follow(draw10);
    turned.follow(draw10);
  }

  // ../panel/scripts/rove.js
  var STEPS2 = {
    ArrowRight: (at) => at + 1,
    ArrowDown: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    ArrowUp: (at) => at - 1,
    Home: () => 0,
    End: (_, last) => last
  };
  var seen = (node) => node.offsetParent !== null;
  function rove(box, which, first = which) {
    const all = () => (
      /** @type {HTMLElement[]} */
      [...box.querySelectorAll(which)]
    );
    const home = () => box.querySelector(first);
    const stopAt = (stop) => {
      for (const node of all()) node.tabIndex = node === stop ? 0 : -1;
    };
    stopAt(home());
    if (box.dataset.roving) return;
    box.dataset.roving = which;
    box.addEventListener("focusin", ({ target: target2 }) => {
      if (all().some((node) => node === target2)) stopAt(target2);
    });
    box.addEventListener("focusout", () => stopAt(home()));
    box.addEventListener("keydown", (event) => {
      const shown7 = all().filter(seen);
      const at = shown7.indexOf(
        /** @type {HTMLElement} */
        event.target
      );
      if (at < 0 || !Object.hasOwn(STEPS2, event.key)) return;
      const wanted2 = shown7[STEPS2[event.key](at, shown7.length - 1)];
      if (!wanted2) return;
      event.preventDefault();
      event.stopPropagation();
      wanted2.focus();
    });
  }

  // scripts/tabs.js
  var TABS2 = (
    /** @type {const} */
    [
      "question",
      "sites",
      "weights",
      "laws",
      "yaml",
      "results",
      "versions",
      "runs"
    ]
  );
  function draw11() {
    for (const tab of TABS2) {
      $(`tab-${tab}`).setAttribute("aria-selected", String(tab === state.tab));
      $(`panel-${tab}`).hidden = tab !== state.tab;
    }
    $("main").dataset.tab = state.tab;
    rove($("tabs"), "[role=tab]", "[aria-selected=true]");
  }
  function buildTabs() {
    for (const tab of TABS2) {
      const node = button("tab", say(`tab.${tab}`), () => turn(tab));
      node.id = `tab-${tab}`;
      node.setAttribute("role", "tab");
      node.setAttribute("aria-controls", `panel-${tab}`);
      $(`panel-${tab}`).setAttribute("aria-labelledby", node.id);
      $("tabs").append(node);
    }
    turned.follow(draw11);
    draw11();
  }

  // scripts/versions.js
  var picked = { one: "", other: "now" };
  var shown6 = "";
  function radio(side2, id, words2) {
    const input = el("input");
    Object.assign(input, { type: "radio", name: side2, value: id, id: nextId() });
    input.checked = picked[side2] === id;
    const label = add(el("label", "pick"), input, el("span", "", say(`pick.${side2}`)));
    input.setAttribute("aria-label", `${say(`pick.${side2}`)}: ${words2}`);
    input.addEventListener("change", () => {
      picked = { ...picked, [side2]: id };
      compare();
    });
    return label;
  }
  function row({ id, saved, changed: changed2, size: bytes }) {
    const item = el("li", "version");
    const when = moment(saved);
    const what = changed2.length ? changed2 : [say("first.version")];
    const words2 = add(el("div", "what"), el("b", "", when), el("span", "meta", size(bytes)));
    add(words2, add(el("ul"), ...what.map((one2) => el("li", "", one2))));
    const back = button("button writes", say("restore"), () => restore(id));
    back.setAttribute("aria-label", say("restore.what", { at: when }));
    return add(item, radio("one", id, when), radio("other", id, when), words2, back);
  }
  async function compare() {
    const { name } = theDoc();
    if (!picked.one || picked.one === picked.other) {
      $("difference").replaceChildren();
      return;
    }
    const [one2, other] = [picked.one, picked.other].map((id) => part(`${name}@${id}`));
    try {
      const { changed: changed2, lines } = await ask("GET", `/diff?one=${one2}&other=${other}`);
      const words2 = add(el("ul"), ...changed2.map((one3) => el("li", "", one3)));
      const text = el("pre", "lines");
      text.tabIndex = 0;
      text.setAttribute("aria-label", say("difference.lines"));
      for (const { kind, text: line } of lines) {
        const tag2 = kind === "-" ? "del" : kind === "+" ? "ins" : "span";
        add(text, el(tag2, "", `${kind} ${line}`));
      }
      const none = el("p", "help", say("no.difference"));
      const head = el("h3", "", say("difference"));
      $("difference").replaceChildren(head, ...changed2.length ? [words2, text] : [none]);
    } catch (error) {
      for (const words2 of sentences(error)) noted.tell(words2);
    }
  }
  async function restore(id) {
    const { name, etag } = theDoc();
    try {
      const path = `/versions/${part(name)}/${part(id)}/restore`;
      take2(await ask("POST", path, { etag }), false);
      await readFolder();
      noted.tell(say("restored"));
    } catch (error) {
      const words2 = error instanceof Refused ? sentences(error) : [];
      for (const one2 of words2) noted.tell(one2);
    }
  }
  function draw12() {
    const { doc } = state;
    if (!doc || state.tab !== "versions") return;
    const spot3 = `${doc.name} ${doc.versions.map(({ id }) => id).join()}`;
    if (spot3 === shown6) return;
    shown6 = spot3;
    picked = { one: doc.versions[1]?.id ?? doc.versions[0]?.id ?? "", other: "now" };
    $("noversions").hidden = doc.versions.length > 0;
    $("versionlist").hidden = !doc.versions.length;
    const words2 = add(el("div", "what"), el("b", "", say("in.file")));
    const now = add(el("li", "version now"), radio("other", "now", say("in.file")), words2);
    $("versionlist").replaceChildren(now, ...doc.versions.map(row));
    compare();
  }
  function buildVersions() {
    for (const signal of [opened, turned, kept]) signal.follow(draw12);
  }

  // scripts/open.js
  function putWords() {
    for (const node of document.querySelectorAll("[data-say]")) {
      const { say: key, as } = (
        /** @type {HTMLElement} */
        node.dataset
      );
      const words2 = say(
        /** @type {import("./say.js").Key} */
        key
      );
      if (as) node.setAttribute(as, words2);
      else node.textContent = words2;
    }
  }
  function shut(words2) {
    $("shut").hidden = false;
    $("shut").textContent = words2;
    $("whole").hidden = true;
  }
  function build2() {
    field("language").value = language;
    field("language").addEventListener("change", switchLanguage);
    document.body.classList.toggle("readonly", state.readOnly);
    for (const box of document.querySelectorAll("fieldset.form")) {
      box.disabled = state.readOnly;
    }
    buildTabs();
    buildRail();
    buildHead();
    buildYaml();
    buildSites();
    buildWeights();
    buildJudgements();
    buildResults();
    buildVersions();
    buildRuns();
  }
  async function switchLanguage() {
    choose(field("language").value);
    await settle();
    const address = new URL(location.pathname, location.href);
    if (state.doc) address.searchParams.set("study", state.doc.name);
    address.searchParams.set("tab", state.tab);
    location.assign(address);
  }
  async function start2() {
    speak(await askWords());
    putWords();
    const asked2 = new URLSearchParams(location.search);
    const [wanted2, tab] = [asked2.get("study"), asked2.get("tab")];
    if (!await openSession()) return shut(say("no.key"));
    state.schema = await ask("GET", "/schema");
    await readFolder();
    build2();
    await readFolder();
    $("whole").hidden = false;
    if (wanted2 && state.folder?.studies.some(({ name }) => name === wanted2)) await openStudy(wanted2);
    if (state.doc && tab && document.getElementById(`tab-${tab}`)) turn(tab);
  }
  function begin() {
    start2().catch((error) => {
      if (!(error instanceof Refused)) throw error;
      if (!error.status) setTimeout(begin, AGAIN_MS);
      else shut(error.message);
    });
  }
  begin();
  window.addEventListener("hashchange", () => {
    openSession().catch((error) => shut(error.message));
  });
})();
