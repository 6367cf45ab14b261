// Made by `make page` of scripts/*.js, sha256 7ec3413b3e6d7fdb98d8316390ddda3029d9dd9852c119ad4d61b9eb016fefb8
"use strict";
(() => {
  var __getOwnPropNames = Object.getOwnPropertyNames;
  var __esm = (fn, res, err) => function __init() {
    if (err) throw err[0];
    try {
      return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
    } catch (e) {
      throw err = [e], e;
    }
  };

  // scripts/bytes.js
  function bytesOf(text) {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i);
    return bytes;
  }
  function textOf(bytes) {
    let letters = "";
    for (let i = 0; i < bytes.length; i += 1) letters += String.fromCharCode(bytes[i]);
    return btoa(letters);
  }
  var init_bytes = __esm({
    "scripts/bytes.js"() {
      "use strict";
    }
  });

  // scripts/changes.js
  function against(text, base, rows2, wide) {
    const own2 = bytesOf(text);
    const there = bytesOf(base);
    const columns = own2.length / (rows2.length * wide);
    const height = there.length / columns;
    for (let column = 0; column < columns; column += 1) {
      rows2.forEach((row2, i) => {
        if (row2 === NEW) return;
        const to = (column * rows2.length + i) * wide;
        for (let k = 0; k < wide; k += 1) own2[to + k] ^= there[column * height + row2 * wide + k];
      });
    }
    return textOf(own2);
  }
  function laidOver(first, { rows: rows2, widths, changes }) {
    const readings = {
      whole: (value) => value,
      words: (value, base) => value.map(
        (one3) => typeof one3 === "number" ? base[one3] : one3
      ),
      same: (value, base) => value.map((one3, i) => one3 ?? base[rows2[i]]),
      bytes: (value, base, path) => against(value, base, rows2, widths[path.join("/")])
    };
    const whole = { ...first };
    for (const [path, value, reading] of changes) {
      const last = path[path.length - 1];
      let node = whole;
      for (const step2 of path.slice(0, -1)) {
        node[step2] = { ...node[step2] };
        node = node[step2];
      }
      node[last] = readings[reading](value, node[last], path);
    }
    return whole;
  }
  var NEW;
  var init_changes = __esm({
    "scripts/changes.js"() {
      "use strict";
      init_bytes();
      NEW = -1;
    }
  });

  // scripts/language.js
  function speak(catalogue) {
    words = catalogue;
  }
  function joined(parts) {
    if (parts.length < 2) return parts.join("");
    const comma = tr(", ");
    return tr("{first} and {last}", {
      first: parts.slice(0, -1).join(comma),
      last: parts[parts.length - 1]
    });
  }
  var words, tr, pgettext, ngettext, one, filled;
  var init_language = __esm({
    "scripts/language.js"() {
      "use strict";
      words = {};
      tr = (message, places) => filled(one(words[message], message), places);
      pgettext = (context, message, places) => filled(one(words[`${context}${message}`], message), places);
      ngettext = (single2, many, n, places) => filled(one(words[single2], n === 1 ? single2 : many), places);
      one = (entry, message) => (Array.isArray(entry) ? entry[0] : entry) ?? message;
      filled = (text, places) => places ? text.replace(/\{(\w+)\}/g, (whole, name) => String(places[name] ?? whole)) : text;
    }
  });

  // scripts/kept.js
  function allowed(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }
  var kept, keep;
  var init_kept = __esm({
    "scripts/kept.js"() {
      "use strict";
      kept = (key) => allowed(() => localStorage.getItem(key));
      keep = (key, value) => allowed(() => value ? localStorage.setItem(key, value) : localStorage.removeItem(key));
    }
  });

  // scripts/reader.js
  function languageNow() {
    const made3 = document.documentElement.lang.split("-")[0];
    return [kept(KEPT), made3].find(offered) ?? "en";
  }
  function translatePage(language) {
    document.documentElement.lang = LANGUAGES[language].tag;
    if (language === "en") return;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) translateText(node);
      else if (node instanceof Element) translateNames(node);
    }
  }
  function translateText(node) {
    const text = node.data.trim();
    if (text && node.parentElement?.tagName !== "SCRIPT")
      node.data = node.data.replace(text, () => tr(text));
  }
  function translateNames(node) {
    for (const name of SPOKEN) {
      const text = node.getAttribute(name);
      if (text) node.setAttribute(name, tr(text));
    }
  }
  var KEPT, LANGUAGES, blockOf, offered, languages, SPOKEN;
  var init_reader = __esm({
    "scripts/reader.js"() {
      "use strict";
      init_kept();
      init_language();
      KEPT = "siting-language";
      LANGUAGES = {
        en: { name: "English", tag: "en" },
        zh: { name: "\u7B80\u4F53\u4E2D\u6587", tag: "zh-Hans" },
        ko: { name: "\uD55C\uAD6D\uC5B4", tag: "ko" },
        ja: { name: "\u65E5\u672C\u8A9E", tag: "ja" }
      };
      blockOf = (language) => document.getElementById(`language-${language}`);
      offered = (language) => language === "en" || !!language && Object.hasOwn(LANGUAGES, language) && !!blockOf(language);
      languages = () => (
        /** @type {Language[]} */
        Object.keys(LANGUAGES).filter(offered)
      );
      SPOKEN = ["aria-label", "placeholder", "title"];
    }
  });

  // scripts/payloads.js
  function momentAsked() {
    const wanted = address().get("at") ?? "0";
    return /^\d{1,4}$/.test(wanted) && blockOf2(Number(wanted)) ? Number(wanted) : 0;
  }
  async function read(block) {
    const packed2 = bytesOf(block?.textContent ?? "");
    const text = new Blob([packed2]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(text).json();
  }
  async function unpack(language) {
    const asked2 = momentAsked();
    const [first, changed2, words2] = await Promise.all([
      read(blockOf2(0)),
      asked2 ? read(blockOf2(asked2)) : null,
      language === "en" ? null : read(blockOf(language))
    ]);
    spoken = /** @type {Spoken | null} */
    words2;
    speak(spoken?.words ?? {});
    unpacked.set(0, first);
    if (changed2) unpacked.set(asked2, laidOver(
      first,
      /** @type {Changed} */
      changed2
    ));
  }
  async function fetchPayload(at3) {
    if (!unpacked.has(at3)) unpacked.set(at3, laidOver(english(0), await read(blockOf2(at3))));
    return payload(at3);
  }
  function english(at3) {
    const one3 = unpacked.get(at3);
    if (!one3) throw new RangeError(`no moment ${at3}`);
    return one3;
  }
  function payload(at3) {
    if (!spoken) return english(at3);
    const own2 = inLanguage.get(at3) ?? { ...english(at3), ...spoken.sentences[at3] };
    if (!at3 && spoken.moments.length) {
      const dated2 = english(at3).moments ?? [];
      own2.moments = spoken.moments.map((one3, k) => ({ ...one3, dated: dated2[k]?.label }));
    }
    inLanguage.set(at3, own2);
    return own2;
  }
  var unpacked, inLanguage, spoken, address, blockOf2;
  var init_payloads = __esm({
    "scripts/payloads.js"() {
      "use strict";
      init_bytes();
      init_changes();
      init_language();
      init_reader();
      unpacked = /* @__PURE__ */ new Map();
      inLanguage = /* @__PURE__ */ new Map();
      spoken = null;
      address = () => new URLSearchParams(window.location.hash.slice(1));
      blockOf2 = (at3) => document.getElementById(at3 ? `atlas-${at3}` : "atlas");
    }
  });

  // scripts/data.js
  function rowsOf(table2) {
    const columns = (
      /** @type {[string, unknown[]][]} */
      Object.entries(table2)
    );
    return columns[0][1].map(
      (_, at3) => (
        /** @type {Row} */
        Object.fromEntries(columns.map(([name, values]) => [name, values[at3]]))
      )
    );
  }
  function countryName(code) {
    const own2 = countryNames.get(code);
    if (own2 !== void 0) return own2;
    try {
      return regionNames?.of(code) || code;
    } catch {
      return code;
    }
  }
  var opening, moments, moment, data, BADGES, FIRST, colours, PILLAR, SURFACE, POLICY, COSTS, STATUS, HOMES, CARS, live, board, tables, planSites, SHOWN, barred, where, tag, called, country, pillarAt, countryNames, regionNames;
  var init_data = __esm({
    "scripts/data.js"() {
      "use strict";
      init_payloads();
      opening = payload(0);
      moments = (opening.moments ?? []).map((one3, at3) => ({ at: at3, ...one3 }));
      moment = momentAsked();
      data = payload(moment);
      BADGES = 25;
      FIRST = 10;
      ({
        colours,
        pillars: PILLAR,
        surface: SURFACE,
        policy: POLICY,
        costs: COSTS,
        status: STATUS,
        homes: HOMES,
        cars: CARS
      } = data.palette);
      live = data.live;
      board = /** @type {Live} */
      live;
      tables = data.tables;
      planSites = rowsOf(tables.sites).map(
        (row2, at3) => (
          /** @type {Site} */
          /** @type {unknown} */
          {
            ...row2,
            at: at3,
            planned: true,
            odds: data.odds[at3],
            criteria: [],
            costs: [],
            customers: [],
            policies: [],
            runners_up: []
          }
        )
      );
      for (const row2 of rowsOf(tables.criteria)) planSites[row2.site].criteria.push(row2);
      for (const row2 of rowsOf(tables.costs)) planSites[row2.site].costs.push(row2);
      for (const row2 of rowsOf(tables.customers)) planSites[row2.site].customers.push(row2);
      for (const row2 of rowsOf(tables.policies)) planSites[row2.site].policies.push(row2);
      for (const row2 of rowsOf(tables.runners_up)) planSites[row2.site].runners_up.push(row2);
      SHOWN = planSites.length;
      barred = rowsOf(tables.barred);
      where = (row2) => [row2.lat, row2.lon];
      tag = document.documentElement.lang;
      called = (code, english2) => tag === "en" ? english2 : countryName(code);
      country = (row2) => called(row2.country, row2.country_name || row2.country);
      pillarAt = (key) => data.pillars.findIndex((one3) => one3.key === key);
      countryNames = new Map(
        tag === "en" ? [...planSites, ...barred].map((row2) => [row2.country, country(row2)]) : []
      );
      regionNames = (() => {
        try {
          return new Intl.DisplayNames([tag], { type: "region" });
        } catch {
          return null;
        }
      })();
    }
  });

  // scripts/dom.js
  function el(tag2, cls, text) {
    const node = document.createElement(tag2);
    if (cls) node.className = cls;
    if (text !== void 0 && text !== null) node.textContent = String(text);
    return node;
  }
  function svg(tag2, attributes, text) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag2);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    if (text !== void 0) node.textContent = String(text);
    return (
      /** @type {SVGElement} */
      node
    );
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
  function swatch(colour) {
    const node = el("span", "swatch");
    node.style.background = colour;
    return node;
  }
  function segment(share, colour) {
    const node = el("i");
    node.style.width = `${share}%`;
    node.style.background = colour;
    return node;
  }
  function write(node, text) {
    if (node.textContent !== String(text)) node.textContent = String(text);
  }
  function section(title, small) {
    const node = el("section");
    const head = el("h3", "", title);
    if (small) add(head, el("small", "", small));
    return add(node, head);
  }
  function table(heads, rows2) {
    const line2 = el("tr");
    heads.forEach((head, k) => {
      const cell = el("th", k ? "n" : "", head);
      cell.scope = "col";
      line2.append(cell);
    });
    const body = el("tbody");
    for (const cells2 of rows2) {
      add(body, add(el("tr"), ...cells2.map((cell, k) => add(el("td", k ? "n" : "wide"), cell))));
    }
    return add(el("table"), add(el("thead"), line2), body);
  }
  function tip(head, details) {
    const lines2 = details.filter((line2) => line2).map((line2) => typeof line2 === "string" ? el("span", "", line2) : line2);
    return add(el("div"), el("b", "", head), ...lines2);
  }
  var $, field, part, phone, still;
  var init_dom = __esm({
    "scripts/dom.js"() {
      "use strict";
      $ = (id) => (
        /** @type {HTMLElement} */
        document.getElementById(id)
      );
      field = (id) => (
        /** @type {HTMLInputElement} */
        $(id)
      );
      part = (selector) => (
        /** @type {HTMLElement} */
        document.querySelector(selector)
      );
      phone = window.matchMedia("screen and (max-width:900px)");
      still = window.matchMedia("(prefers-reduced-motion:reduce)").matches;
    }
  });

  // scripts/engine.js
  function decoded(text, Kind) {
    return new Kind(bytesOf(text).buffer);
  }
  function openBench(live2) {
    const { bench: bench2 } = live2;
    const count = live2.places.site_id.length;
    const columns = (whole, keys2) => Object.fromEntries(keys2.map((key, k) => [key, whole.subarray(k * count, (k + 1) * count)]));
    const criteria = live2.criteria.map(({ key }) => key);
    const bits = decoded(bench2.imputed, Uint8Array);
    const places = {
      count,
      lat: decoded(bench2.lat, Float64Array),
      lon: decoded(bench2.lon, Float64Array),
      country: live2.places.country
    };
    const estate2 = decoded(bench2.estate, Uint8Array);
    const { earth_km: earth } = live2.constants;
    return {
      ...places,
      ...live2.constants,
      criteria,
      estate: estate2,
      // the estates that each place lies near
      known: neighbours(places, live2.constants.scouted_km, earth).map(
        (near) => near.filter((i) => estate2[i])
      ),
      crowd: decoded(bench2.crowd, Int32Array),
      weight: decoded(bench2.weight, Float64Array),
      // how many candidates a place stands for
      pays_from: decoded(bench2.pays_from, Float32Array),
      values: columns(decoded(bench2.values, Float64Array), criteria),
      raw: columns(decoded(bench2.raw, Float32Array), criteria),
      imputed: (at3, i) => Boolean(bits[at3 * count + i >> 3] >> 7 - (at3 * count + i & 7) & 1),
      near: neighbours(places, live2.constants.extent_km / 2, earth)
    };
  }
  function leafWeights(tree, total2) {
    const leaves = {};
    for (const { weight, criteria } of Object.values(tree)) {
      for (const [key, own2] of Object.entries(criteria))
        if (weight * own2 > 0) leaves[key] = weight * own2;
    }
    const whole = sumOf(Object.values(leaves));
    for (const key of Object.keys(leaves)) leaves[key] = total2 * leaves[key] / whole;
    return leaves;
  }
  function utility(values, weights, count) {
    const sum = new Float64Array(count);
    for (const key of Object.keys(weights).sort()) {
      const weight = weights[key];
      const value = values[key];
      for (let i = 0; i < count; i += 1) sum[i] += value[i] * weight;
    }
    if (!sum.every(Number.isFinite))
      throw new RangeError("values must be finite; impute what is unknown first");
    return sum;
  }
  function chance(scores, odds3, weight) {
    let most = -Infinity;
    let whole = 0;
    for (let i = 0; i < scores.length; i += 1) if (scores[i] > most) most = scores[i];
    const p = new Float64Array(scores.length);
    for (let i = 0; i < p.length; i += 1) {
      p[i] = Math.exp(odds3 * (scores[i] - most)) * (weight ? weight[i] : 1);
      whole += p[i];
    }
    for (let i = 0; i < p.length; i += 1) p[i] /= whole;
    return p;
  }
  function evenRound(number2) {
    const low = Math.floor(number2);
    const rest = number2 - low;
    return rest === 0.5 ? low + Math.abs(low % 2) : Math.round(number2);
  }
  function rankOrder(scores) {
    const key = Float64Array.from(scores, rounded12);
    return Uint32Array.from(key.keys()).sort((a, b) => key[b] - key[a] || a - b);
  }
  function neighbours({ count, lat, lon, country: country3 }, km, earth) {
    const turn2 = Math.PI / 180;
    const chord = 2 * Math.sin(Math.min(km / earth, Math.PI) / 2);
    const own2 = /* @__PURE__ */ new Map();
    const x = lat.map((a, i) => Math.cos(a * turn2) * Math.cos(lon[i] * turn2));
    const y = lat.map((a, i) => Math.cos(a * turn2) * Math.sin(lon[i] * turn2));
    const z = lat.map((a) => Math.sin(a * turn2));
    country3.forEach((code, i) => {
      own2.set(code, own2.get(code) ?? []).get(code)?.push(i);
    });
    return Array.from(
      { length: count },
      (_, i) => Int32Array.from(
        (own2.get(country3[i]) ?? []).filter(
          (j) => j === i || (x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2 + (z[i] - z[j]) ** 2 <= chord ** 2
        )
      )
    );
  }
  function distanceKm({ lat, lon, earth_km: earth }, i, j) {
    const turn2 = Math.PI / 180;
    const [a, b] = [lat[i] * turn2, lat[j] * turn2];
    const across3 = Math.cos(a) * Math.cos(b) * Math.sin((lon[j] - lon[i]) * turn2 / 2) ** 2;
    return 2 * earth * Math.asin(Math.sqrt(Math.min(1, Math.sin((b - a) / 2) ** 2 + across3)));
  }
  function surroundings(near, weight) {
    return Float64Array.from(near, (own2) => {
      let sum = 0;
      for (let k = 0; k < own2.length; k += 1) sum += weight[own2[k]];
      return sum;
    });
  }
  function heaviest(sums) {
    let centre2 = 0;
    let most = -Infinity;
    for (let i = 0; i < sums.length; i += 1) {
      if (sums[i] <= most) continue;
      const one3 = rounded12(sums[i]);
      if (one3 > most) {
        most = one3;
        centre2 = i;
      }
    }
    return centre2;
  }
  function greedy({ count, near, zones: zones2 }, weight) {
    const left = weight.slice();
    const caught = surroundings(near, left);
    const lost = new Float64Array(count);
    const members = [];
    while (members.length < zones2 && left.some((one3) => one3 !== 0)) {
      const centre2 = heaviest(caught);
      const taken2 = near[centre2].filter((j) => left[j] > 0);
      if (!taken2.length) break;
      members.push({ centre: centre2, own: taken2 });
      for (const j of taken2) {
        const own2 = near[j];
        for (let k = 0; k < own2.length; k += 1) lost[own2[k]] += left[j];
      }
      for (let i = 0; i < count; i += 1) caught[i] -= lost[i];
      lost.fill(0);
      for (const j of taken2) left[j] = 0;
    }
    return members;
  }
  function sitingZones(bench2, scores, p) {
    const { count, weight, crowd, odds: odds3 } = bench2;
    const key = Float64Array.from(scores, rounded12);
    const best2 = (some) => {
      let first = some[0];
      for (const i of some) if (key[i] > key[first]) first = i;
      return first;
    };
    const sum = (some) => some.reduce((whole, i) => whole + p[i], 0);
    let top = -Infinity;
    for (let i = 0; i < scores.length; i += 1) top = Math.max(top, scores[i]);
    const members = bench2.extent_km > 0 ? greedy(
      bench2,
      Float64Array.from(
        scores,
        (one3, i) => weight[i] * Math.exp(odds3 * (one3 - top)) / crowd[i]
      )
    ) : Array.from(rankOrder(scores)).sort((a, b) => bench2.estate[b] - bench2.estate[a]).slice(0, bench2.zones).map((i) => ({ centre: i, own: Int32Array.of(i) }));
    const inside2 = new Int32Array(count);
    members.forEach(({ own: own2 }, at3) => {
      for (const i of own2) inside2[i] = at3 + 1;
    });
    const zones2 = members.map(({ centre: centre2, own: own2 }, at3) => {
      const likeliest = best2(own2);
      const known2 = [...bench2.known[centre2], ...bench2.known[likeliest]];
      const near = known2.filter((i) => inside2[i] === at3 + 1).sort((a, b) => a - b);
      return {
        own: own2,
        head: near.length ? best2(near) : likeliest,
        scouted: known2.length > 0,
        share: bench2.extent_km > 0 ? sum(own2) : p[centre2] / (weight ? weight[centre2] : 1)
      };
    });
    zones2.sort(
      (a, b) => Number(b.scouted) - Number(a.scouted) || rounded12(b.share) - rounded12(a.share) || a.head - b.head
    );
    const zone2 = new Int32Array(count);
    zones2.forEach(({ own: own2 }, at3) => {
      for (const i of own2) zone2[i] = at3 + 1;
    });
    return {
      zone: zone2,
      zones: zones2,
      heads: zones2.map(({ head }) => head),
      share: zones2.map(({ share }) => share),
      scouted: zones2.map(({ scouted }) => scouted)
    };
  }
  function evaluate(bench2, setting) {
    const leaves = leafWeights(setting.weights, bench2.total);
    const score = utility(bench2.values, leaves, bench2.count);
    const p = chance(score, bench2.odds, bench2.weight);
    const order = rankOrder(score);
    const rank = new Uint32Array(bench2.count);
    const below = new Float64Array(bench2.count);
    const countries2 = /* @__PURE__ */ new Map();
    let passed = 0;
    order.forEach((i, at3) => {
      rank[i] = at3 + 1;
    });
    Array.from(order).reverse().forEach((i) => {
      below[i] = passed;
      passed += bench2.weight[i];
    });
    bench2.country.forEach((code, i) => {
      countries2.set(code, (countries2.get(code) || 0) + p[i]);
    });
    const percentile = below.map((one3) => Math.min(1, one3 / Math.max(passed - 1, 1)));
    return {
      setting,
      leaves,
      score,
      p,
      order,
      rank,
      percentile,
      countries: countries2,
      ...sitingZones(bench2, score, p)
    };
  }
  function shareAt(bench2, found, i) {
    if (found.zone[i]) return found.share[found.zone[i] - 1];
    return bench2.near[i].reduce((sum, j) => sum + (found.zone[j] ? 0 : found.p[j]), 0);
  }
  var DIGITS, sumOf, rounded12;
  var init_engine = __esm({
    "scripts/engine.js"() {
      "use strict";
      init_bytes();
      DIGITS = 1e12;
      sumOf = (numbers) => numbers.reduce((sum, one3) => sum + one3, 0);
      rounded12 = (number2) => evenRound(number2 * DIGITS) / DIGITS;
    }
  });

  // scripts/draws.js
  function randomFrom(seed) {
    let s = seed;
    return () => {
      s = s + 1831565813 | 0;
      let t = Math.imul(s ^ s >>> 15, 1 | s);
      t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
      return ((t ^ t >>> 14) >>> 0) / 4294967296;
    };
  }
  function randomNumbers(size) {
    const random = randomFrom(SEED);
    const normal2 = new Float64Array(size);
    const log = new Float64Array(size);
    for (let k = 0; k < size; k += 1) {
      normal2[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      log[k] = Math.log(1 - random());
    }
    return { normal: normal2, log };
  }
  function gamma(shape, normal2, log) {
    const a = shape + 1;
    const root = Math.max(1 - 1 / (9 * a) + normal2 / (3 * Math.sqrt(a)), 1e-9);
    return a * root * root * root * Math.exp(log / shape);
  }
  function restOf(found) {
    const outside = Array.from(found.order).filter((i) => !found.zone[i]);
    const whole = outside.reduce((sum, i) => sum + found.p[i], 0);
    const chosen3 = [];
    let passed = 0;
    outside.forEach((i) => {
      passed += found.p[i];
      while (chosen3.length < REST && passed * REST >= (chosen3.length + 0.5) * whole) chosen3.push(i);
    });
    return { places: chosen3, share: chosen3.length ? whole / chosen3.length : 0 };
  }
  function weighed(sum, start, leaves, drawn) {
    const whole = drawn.reduce((all2, one3) => all2 + one3, 0);
    const { length } = sum;
    let most = -Infinity;
    let all = 0;
    sum.set(start);
    for (let k = 0; k < leaves.length; k += 1) {
      const { value } = leaves[k];
      const weight = drawn[k] / whole;
      for (let h = 0; h < length; h += 1) sum[h] += weight * value[h];
    }
    for (let h = 0; h < length; h += 1) if (sum[h] > most) most = sum[h];
    for (let h = 0; h < length; h += 1) {
      const one3 = Math.exp(sum[h] - most);
      sum[h] = one3;
      all += one3;
    }
    return all;
  }
  function firstFew(sum, scouted, best2) {
    const at3 = (h) => sum[h] + (scouted[h] ? 2 : 0);
    const n = scouted.length;
    let count = 0;
    for (let h = 0; h < n; h += 1) {
      const own2 = at3(h);
      if (count === best2.length && own2 <= at3(best2[count - 1])) continue;
      if (count < best2.length) count += 1;
      let k = count - 1;
      for (; k > 0 && own2 > at3(best2[k - 1]); k -= 1) best2[k] = best2[k - 1];
      best2[k] = h;
    }
  }
  function aheadOf(bench2, found, a, b) {
    const width = bench2.criteria.length;
    if (!bench2.random) bench2.random = randomNumbers(DRAWS * width);
    const { normal: normal2, log } = bench2.random;
    const { odds: odds3, total: total2, concentration } = bench2;
    const startOf2 = ({ i, share }) => Math.log(Math.max(share, 1e-300)) - odds3 * found.score[i];
    const start = startOf2(a) - startOf2(b);
    const leaves = Object.entries(found.leaves).map(([key, weight]) => ({
      shape: concentration * weight / total2,
      slot: bench2.criteria.indexOf(key),
      lead: odds3 * total2 * (bench2.values[key][a.i] - bench2.values[key][b.i])
    }));
    let ahead = 0;
    for (let d = 0; d < DRAWS; d += 1) {
      let whole = 0;
      let lead2 = 0;
      for (const { shape, slot, lead: own2 } of leaves) {
        const weight = gamma(shape, normal2[d * width + slot], log[d * width + slot]);
        whole += weight;
        lead2 += weight * own2;
      }
      const gap = start + (whole > 0 ? lead2 / whole : 0);
      ahead += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
    }
    return ahead / DRAWS;
  }
  function chances(bench2, found, banded, first = 10) {
    const rest = restOf(found);
    const n = found.heads.length;
    const places = [...found.heads, ...rest.places];
    const width = bench2.criteria.length;
    if (!bench2.random) bench2.random = randomNumbers(DRAWS * width);
    const { normal: normal2, log } = bench2.random;
    const { odds: odds3, total: total2, concentration } = bench2;
    const start = Float64Array.from(
      places,
      (i, h) => Math.log(Math.max(h < n ? found.share[h] : rest.share, 1e-300)) - odds3 * found.score[i]
    );
    const leaves = Object.entries(found.leaves).map(([key, weight]) => ({
      shape: concentration * weight / total2,
      slot: bench2.criteria.indexOf(key),
      value: Float64Array.from(places, (i) => odds3 * total2 * bench2.values[key][i])
    }));
    const once2 = new Float64Array(n);
    const ten = new Float64Array(n);
    const sum = new Float64Array(places.length);
    const drawn = new Float64Array(leaves.length);
    const share = Array.from({ length: Math.min(n, banded) }, () => new Float64Array(DRAWS));
    const best2 = new Int32Array(Math.min(first, n));
    for (let d = 0; d < DRAWS; d += 1) {
      leaves.forEach(({ shape, slot }, k) => {
        drawn[k] = gamma(shape, normal2[d * width + slot], log[d * width + slot]);
      });
      const all = weighed(sum, start, leaves, drawn);
      for (let h = 0; h < share.length; h += 1) share[h][d] = sum[h] / all;
      firstFew(sum, found.scouted, best2);
      best2.forEach((h) => {
        ten[h] += 1 / DRAWS;
      });
      if (n) once2[best2[0]] += 1 / DRAWS;
    }
    const bands = share.map((one3) => {
      const sorted = one3.sort();
      return [quantile(sorted, LOW), quantile(sorted, HIGH)];
    });
    return {
      heads: found.heads,
      first: once2,
      ten,
      low: bands.map(([low]) => low),
      high: bands.map(([, high]) => high)
    };
  }
  var DRAWS, REST, LOW, HIGH, SEED, quantile;
  var init_draws = __esm({
    "scripts/draws.js"() {
      "use strict";
      DRAWS = 300;
      REST = 60;
      LOW = 0.05;
      HIGH = 0.95;
      SEED = 20261122;
      quantile = (sorted, q) => {
        const at3 = q * (sorted.length - 1);
        const low = Math.floor(at3);
        const next = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (at3 - low) * (sorted[next] - sorted[low]);
      };
    }
  });

  // scripts/words.js
  function number(value, decimals = 0) {
    if (!known(value)) return tr("unknown");
    const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
    const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
    return (value < 0 && Number(text.replace(/[^\d.]/g, "")) !== 0 ? MINUS : "") + text;
  }
  function signedText(value, decimals = 0) {
    return value > 0 ? `+${number(value, decimals)}` : number(value, decimals);
  }
  function percent(share) {
    if (!known(share)) return tr("unknown");
    if (share > 0 && share < 1e-4) return `<${perCent(0.01, 2)}`;
    if (share >= 0.995 && share < 1 - 1e-9) return `>${perCent(99)}`;
    const decimals = DECIMALS.findIndex((least) => 100 * share >= least);
    return perCent(100 * share, share ? decimals : 0);
  }
  function runs(share) {
    if (almost(share)) return tr("more than 99 of 100");
    return tr("{count} of {all}", counted(share));
  }
  function chanceText(share) {
    if (almost(share)) return tr("more than 99 in 100");
    return tr("{count} in {all}", counted(share));
  }
  function counted(share) {
    const many = share > 0 && share < 5e-3 ? 1e3 : 100;
    return { count: number(many * share), all: number(many) };
  }
  function sureOf({ p_first: first, p_top10: ten }) {
    if (known(ten)) return { part: ten, brief: tr("first ten"), words: tr("among the first ten") };
    const alone2 = pgettext("of the runs", "first");
    return known(first) ? { part: first, brief: alone2, words: alone2 } : null;
  }
  function percentileText(share) {
    const digits = share > 0.999 ? 2 : share > 0.99 ? 1 : 0;
    const scale = 10 ** digits;
    const floor = Math.floor(100 * share * scale + 1e-9) / scale;
    return perCent(floor, share === 1 ? 0 : digits);
  }
  function shareText(share) {
    const whole = Math.abs(100 * share - Math.round(100 * share)) < 0.05;
    return perCent(100 * share, whole ? 0 : 1);
  }
  function oddsText(ln) {
    const factor = Math.exp(Math.abs(ln));
    const sign = ln < 0 && factor >= 1.05 ? "/" : "\xD7";
    if (factor >= 1e6) {
      const power = String(Math.round(Math.log10(factor)));
      return `${sign}10${power.replace(/\d/g, (digit) => RAISED[Number(digit)])}`;
    }
    if (factor < 10) return sign + number(factor, 1);
    const digits = factor >= 1e3 ? 10 ** (Math.floor(Math.log10(factor)) - 1) : 1;
    return sign + number(Math.round(factor / digits) * digits);
  }
  function timesText(ln) {
    const factor = Math.exp(ln);
    if (ln >= 0) return tr("{factor} times", { factor: oddsText(ln).slice(1) });
    if (factor < 0.01) return tr("less than 0.01 times");
    return tr("{factor} times", { factor: number(factor, factor < 0.1 ? 2 : 1) });
  }
  function rounded(value) {
    const size = Math.abs(value);
    return number(value, size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
  }
  function measured(raw, unit) {
    if (raw === null) return tr("unknown");
    return unit in SHOWN_AS ? SHOWN_AS[unit](raw) : `${rounded(raw)} ${tr(unit)}`.trim();
  }
  var MINUS, DASH, DOT, UP, DOWN, RAISED, UNSCOUTED, known, withSign, perCent, DECIMALS, almost, BEFORE_TAX, CHANCE, SHOWN_AS, facts, sentences, ended, lowered, raised, short, place;
  var init_words = __esm({
    "scripts/words.js"() {
      "use strict";
      init_language();
      MINUS = "\u2212";
      DASH = "\u2013";
      DOT = "\xB7";
      UP = "\u25B2";
      DOWN = "\u25BC";
      RAISED = "\u2070\xB9\xB2\xB3\u2074\u2075\u2076\u2077\u2078\u2079";
      UNSCOUTED = tr("unscouted: no estate is known near it");
      known = (value) => value !== null && value !== void 0;
      withSign = (text) => pgettext("per cent", "{number}\u202F%", { number: text });
      perCent = (value, decimals = 0) => withSign(number(value, decimals));
      DECIMALS = [9.95, 0.995, 0.0995, 995e-5];
      almost = (share) => share >= 0.995 && share < 1;
      BEFORE_TAX = tr("before tax");
      CHANCE = tr("chance of the next plant");
      SHOWN_AS = {
        year: (raw) => String(Math.round(raw)),
        "0-1": (raw) => number(raw, 2),
        "%": (raw) => withSign(rounded(raw)),
        "share of capex": (raw) => tr("{share} of capex", { share: withSign(rounded(100 * raw)) })
      };
      facts = (...texts) => texts.filter(Boolean).join(pgettext("between facts", ", "));
      sentences = (...texts) => texts.filter(Boolean).reduce(
        (first, next) => first ? pgettext("sentences", "{first} {next}", { first, next }) : next,
        ""
      );
      ended = (text) => pgettext("sentence", "{text}.", { text });
      lowered = (text) => text.charAt(0).toLowerCase() + text.slice(1);
      raised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
      short = (name) => name.replace(/ \([^()]*\)$/, "") || name;
      place = (site2) => site2.rank === null ? DASH : site2.rank;
    }
  });

  // scripts/further.js
  function costsAt(k) {
    return packed.parts.map(([part2, group2], n) => ({ site: k, part: part2, group: group2, usd_per_t: packed.costs[n][k] })).filter((row2) => row2.usd_per_t !== 0);
  }
  function customersAt(k) {
    const { customers: served, plants } = packed;
    return served.place.flatMap((place3, row2) => {
      if (place3 !== k) return [];
      const at3 = served.plant[row2];
      return {
        site: k,
        name: plants.name[at3],
        country: plants.country[at3],
        lat: plants.lat[at3],
        lon: plants.lon[at3],
        kt: plants.kt[at3],
        parity: plants.parity[at3],
        source: plants.source[at3],
        usd_per_t: served.usd_per_t[row2],
        km: served.km[row2],
        modes: served.modes[row2],
        duty: served.duty[row2],
        margin: served.margin[row2]
      };
    });
  }
  function furtherOf(id) {
    const number2 = numberOf.get(id);
    const k = Number(number2) - planSites.length;
    if (number2 === void 0 || k < 0) return null;
    const { archetype, site_id: _, ...figures2 } = packed.places;
    const plan = Object.fromEntries(Object.entries(figures2).map(([name, one3]) => [name, one3[k]]));
    return {
      ...plan,
      archetype: textAt(archetype, k),
      planned: true,
      costs: costsAt(k),
      customers: customersAt(k),
      policies: lawsAt(k)
    };
  }
  function factsOf(id) {
    const number2 = numberOf.get(id);
    if (number2 === void 0) return [];
    const { place: place3, fact, text, own: own2 } = packed.facts;
    return place3.flatMap(
      (one3, row2) => one3 === number2 ? [{ name: textAt(fact, row2), text: textAt(text, row2), own: own2[row2] }] : []
    );
  }
  function sourceAt(n) {
    const { what, value, as_of: asOf, period, confidence, source } = packed.sources.rows;
    return {
      what: textAt(what, n),
      value: textAt(value, n),
      as_of: textAt(asOf, n),
      period: textAt(period, n),
      confidence: textAt(confidence, n),
      source: textAt(source, n)
    };
  }
  function rowsBehind(id, key) {
    const number2 = numberOf.get(id);
    if (number2 === void 0) return null;
    const { figures: figures2, uses } = packed.sources;
    const lists = (uses[key] ?? []).map((name) => figures2[name]).filter(known);
    return [...new Set(lists.flatMap(({ lists: own2, at: at3 }) => own2[at3[number2]]))];
  }
  var packed, numberOf, textAt, lawsAt;
  var init_further = __esm({
    "scripts/further.js"() {
      "use strict";
      init_data();
      init_words();
      packed = /** @type {Dossiers} */
      data.dossiers;
      numberOf = new Map(
        data.dossiers ? [...planSites.map((site2) => site2.site_id), ...packed.places.site_id].map((id, k) => [id, k]) : []
      );
      textAt = ({ words: words2, at: at3 }, k) => words2[at3[k]];
      lawsAt = (k) => packed.bundles[packed.under[k]].map((n) => ({
        site: k,
        instrument: packed.laws.instrument[n],
        effect: packed.laws.effect[n],
        status: packed.laws.status[n],
        summary: packed.laws.summary[n],
        source: packed.laws.source[n]
      }));
    }
  });

  // scripts/hull.js
  function hull(points2) {
    if (points2.length < 3) return points2;
    const half2 = (list) => {
      const kept3 = [];
      for (const p of list) {
        const left = ([ay, ax], [by, bx]) => (bx - ax) * (p[0] - ay) - (by - ay) * (p[1] - ax) > 0;
        while (kept3.length > 1 && !left(kept3[kept3.length - 2], kept3[kept3.length - 1])) kept3.pop();
        kept3.push(p);
      }
      return kept3;
    };
    const sorted = points2.slice().sort((a, b) => a[1] - b[1] || a[0] - b[0]);
    return [...half2(sorted).slice(0, -1), ...half2(sorted.reverse()).slice(0, -1)];
  }
  function outlineOf(places, margin) {
    const middle2 = places[0][1];
    const degrees = margin * 180 / Math.PI;
    const near = places.map(
      ([lat, lon]) => (
        /** @type {Place} */
        [lat, middle2 + (lon - middle2 + 540) % 360 - 180]
      )
    );
    const around = hull(near).flatMap(
      ([lat, lon]) => Array.from({ length: CORNERS }, (_, k) => {
        const angle = 2 * Math.PI * k / CORNERS;
        return (
          /** @type {Place} */
          [
            lat + degrees * Math.sin(angle),
            lon + degrees * Math.cos(angle) / Math.cos(lat * Math.PI / 180)
          ]
        );
      })
    );
    return hull(around);
  }
  var CORNERS;
  var init_hull = __esm({
    "scripts/hull.js"() {
      "use strict";
      CORNERS = 16;
    }
  });

  // scripts/odds.js
  function widen(sites2) {
    ENDS.left = Math.max(ENDS.left, ...sites2.map(costs));
    ENDS.right = Math.max(ENDS.right, ...sites2.map(helps));
  }
  var ENDS, helps, costs, total;
  var init_odds = __esm({
    "scripts/odds.js"() {
      "use strict";
      ENDS = { left: 1, right: 4 };
      helps = (site2) => site2.odds.reduce((sum, one3) => sum + Math.max(one3, 0), 0);
      costs = (site2) => site2.odds.reduce((sum, one3) => sum + Math.max(-one3, 0), 0);
      total = (site2) => site2.odds.reduce((sum, one3) => sum + one3, 0);
    }
  });

  // scripts/normal.js
  function normal(z) {
    const x = Math.abs(z);
    if (x > 37) return z > 0 ? 1 : 0;
    const bell = Math.exp(-x * x / 2);
    const tail = x < 7.07106781186547 ? bell * polynomial(OVER, x) / polynomial(UNDER, x) : bell / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
    return z > 0 ? 1 - tail : tail;
  }
  var OVER, UNDER, polynomial;
  var init_normal = __esm({
    "scripts/normal.js"() {
      "use strict";
      OVER = [
        0.0352624965998911,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
      ];
      UNDER = [
        0.0883883476483184,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
      ];
      polynomial = (of, x) => of.reduce((sum, one3) => sum * x + one3, 0);
    }
  });

  // scripts/price.js
  function openLedger(prices) {
    return {
      ...prices.constants,
      delivered: decoded(prices.delivered, Float64Array),
      drift: decoded(prices.drift, Float32Array),
      deviation: decoded(prices.deviation, Float32Array),
      slope: decoded(prices.slope, Float64Array),
      base: decoded(prices.base, Float64Array),
      many: decoded(prices.many, Uint16Array),
      customer: decoded(prices.customer, Uint16Array),
      share: decoded(prices.share, Float32Array),
      served: decoded(prices.served, Float64Array),
      open: decoded(prices.open, Float64Array),
      contested: {
        many: decoded(prices.contested.many, Uint16Array),
        customer: decoded(prices.contested.customer, Uint16Array),
        delivered: decoded(prices.contested.delivered, Float32Array)
      }
    };
  }
  function chineseAt({ today, chinese, chinese_day: day, follows }, price) {
    return price === today || !follows ? chinese : Math.min(day, price);
  }
  function moneyAt(ledger2, price) {
    const { delivered, drift, deviation, slope, base, many, customer, share } = ledger2;
    const chinese = paidAt(ledger2, chineseAt(ledger2, price));
    const paid = paidAt(ledger2, price);
    const gate = base.map((own2, i) => Math.max(paid, own2 + slope[i] * chinese));
    const margin = new Float64Array(delivered.length);
    const pays = new Float64Array(delivered.length);
    let at3 = 0;
    for (let j = 0; j < margin.length; j += 1) {
      let mean = 0;
      for (const end = at3 + many[j]; at3 < end; at3 += 1) mean += share[at3] * gate[customer[at3]];
      margin[j] = mean - delivered[j];
      pays[j] = normal((margin[j] - drift[j]) / deviation[j]);
    }
    return { price, margin, pays, served: servedAt(ledger2, chinese) };
  }
  function servedAt({ served, open: open2, slope, base, contested }, chinese) {
    const { many, customer, delivered } = contested;
    const gate = Float32Array.from(base, (own2, i) => own2 + slope[i] * chinese);
    const made3 = Float64Array.from(served);
    let at3 = 0;
    for (let j = 0; j < made3.length; j += 1) {
      for (const end = at3 + many[j]; at3 < end; at3 += 1) {
        if (gate[customer[at3]] >= delivered[at3]) made3[j] += open2[customer[at3]];
      }
    }
    return made3;
  }
  function worthOfServed({ served_worst: worst, served_half: half2 }, kt) {
    const gain = Math.max(kt - worst, 0);
    return gain / (gain + half2);
  }
  var paidAt, worthOf;
  var init_price = __esm({
    "scripts/price.js"() {
      "use strict";
      init_engine();
      init_normal();
      paidAt = ({ graphite, other }, price) => price * graphite + other;
      worthOf = ({ worst, best: best2 }, margin) => Math.min(1, Math.max(0, (margin - worst) / (best2 - worst)));
    }
  });

  // scripts/setting.js
  function weightsIn({ weights }, pillar) {
    if (pillar) return weights[pillar].criteria;
    return Object.fromEntries(
      Object.entries(weights).map(([key, { weight, criteria }]) => [
        key,
        weight * sumOf(Object.values(criteria))
      ])
    );
  }
  function sharesIn(setting, pillar) {
    const weights = weightsIn(setting, pillar);
    const whole = sumOf(Object.values(weights));
    return Object.fromEntries(
      Object.entries(weights).map(([key, w]) => [key, whole > 0 ? w / whole : 0])
    );
  }
  function shareOut(shares, at3, wanted, locked, before3) {
    const free = shares.map((_, k) => k !== at3 && !locked[k]);
    if (!free.some(Boolean)) return shares;
    const rest = 1 - sumOf(shares.filter((_, k) => k !== at3 && locked[k]));
    const own2 = Math.min(Math.max(wanted, 0), Math.max(rest, 0));
    const scales2 = [shares, before3, shares.map(() => 1)].map(
      (by2) => by2.map((w, k) => free[k] ? w : 0)
    );
    const by = scales2.find((scale) => sumOf(scale) > 0) ?? scales2[2];
    return shares.map(
      (share, k) => k === at3 ? own2 : free[k] ? (rest - own2) * by[k] / sumOf(by) : share
    );
  }
  function turned(setting, pillar, key, share, locks2) {
    const next = copied(setting);
    const weights = weightsIn(next, pillar);
    const keys2 = Object.keys(weights);
    const whole = sumOf(Object.values(weights));
    const inPillar = (one3) => Object.values(sharesIn(one3, pillar));
    const made3 = whole > 0 ? shareOut(
      inPillar(setting),
      keys2.indexOf(key),
      share,
      keys2.map((one3) => locks2.has(pathOf(pillar, one3))),
      inPillar(VIEWS[0])
    ) : keys2.map((one3) => one3 === key ? share : 0);
    keys2.forEach((one3, k) => {
      const w = made3[k] * (whole || 1);
      if (pillar) {
        weights[one3] = kept6(w);
        return;
      }
      const { criteria } = next.weights[one3];
      if (w > 0 && !sumOf(Object.values(criteria)))
        for (const own2 of Object.keys(criteria)) criteria[own2] = 1;
      const inside2 = sumOf(Object.values(criteria));
      if (inside2 > 0) next.weights[one3].weight = kept6(w / inside2);
    });
    if (pillar && share > 0 && !next.weights[pillar].weight) next.weights[pillar].weight = 1;
    return next;
  }
  function linkParts(setting) {
    const ours = setting.lens === VIEWS[0].lens;
    const from = (ours ? null : lensView(setting.lens)) ?? VIEWS[0];
    const before3 = new Map(partsOf(from));
    const parts = partsOf(setting).filter(([path, w]) => before3.get(path) !== w).map(([path, w]) => [path, String(w)]);
    return ours ? parts : [["lens", setting.lens], ...parts];
  }
  function laidOver2(setting, changes, faults) {
    const lens = changes.lens === void 0 ? null : lensView(changes.lens);
    const next = copied(lens || setting);
    if (changes.lens !== void 0 && !lens) faults.push("lens: unknown");
    for (const [pillar, change] of Object.entries(changes.weights || {})) {
      if (Object.hasOwn(next.weights, pillar)) layPillar(next.weights, pillar, change, faults);
      else faults.push(`${pillar}: unknown`);
    }
    if (!Object.keys(leafWeights(next.weights, 1)).length) faults.push("weights: all are zero");
    return next;
  }
  function layPillar(weights, pillar, change, faults) {
    const to = weights[pillar];
    const wanted = isWeight(change) ? { weight: change } : change || {};
    const { weight, criteria } = wanted;
    if (isWeight(weight)) to.weight = weight;
    else if (weight !== void 0 && weight !== null) faults.push(`${pillar}: ${NO_WEIGHT}`);
    for (const [key, w] of Object.entries(criteria || {})) {
      const path = pathOf(pillar, key);
      if (!Object.hasOwn(to.criteria, key)) faults.push(`${path}: unknown`);
      else if (isWeight(w)) to.criteria[key] = w;
      else faults.push(`${path}: ${NO_WEIGHT}`);
    }
  }
  function changesIn(parameters) {
    const bare = () => /* @__PURE__ */ Object.create(null);
    const changes = { weights: bare() };
    parameters.forEach((text, path) => {
      const [pillar, ...rest] = path.split(".");
      const w = text.trim() === "" ? NaN : Number(text);
      if (["site", "at", "pin", "price"].includes(path)) return;
      if (path === "lens") {
        changes.lens = text;
        return;
      }
      changes.weights[pillar] ||= { criteria: bare() };
      const to = changes.weights[pillar];
      if (rest.length) to.criteria[rest.join(".")] = w;
      else to.weight = w;
    });
    return changes;
  }
  var VIEWS, ROUND, copied, same, isOwn, titleOf, lensView, pathOf, kept6, partsOf, MOST_WEIGHT, NO_WEIGHT, isWeight, fileOf;
  var init_setting = __esm({
    "scripts/setting.js"() {
      "use strict";
      init_data();
      init_engine();
      init_language();
      VIEWS = live ? live.views : [];
      ROUND = 1e6;
      copied = ({ lens, weights }) => JSON.parse(JSON.stringify({ lens, weights }));
      same = (one3, other) => JSON.stringify(copied(one3)) === JSON.stringify(copied(other));
      isOwn = (setting) => same(setting, VIEWS[0]);
      titleOf = ({ kind, name }) => kind === "study" ? tr("The study's own weights") : tr("Weights: {name}", { name: tr(name) });
      lensView = (key) => VIEWS.find((view2) => view2.kind === "lens" && view2.lens === key);
      pathOf = (pillar, key) => pillar ? `${pillar}.${key}` : key;
      kept6 = (w) => Math.round(w * ROUND) / ROUND;
      partsOf = ({ weights }) => Object.entries(weights).flatMap(
        ([pillar, { weight, criteria }]) => (
          /** @type {[string, number][]} */
          [
            [pillar, weight],
            ...Object.entries(criteria).map(([key, w]) => [`${pillar}.${key}`, w])
          ]
        )
      );
      MOST_WEIGHT = live ? live.constants.most_weight : 0;
      NO_WEIGHT = `no number from 0 to ${MOST_WEIGHT}`;
      isWeight = (w) => typeof w === "number" && w >= 0 && w <= MOST_WEIGHT;
      fileOf = (setting, price) => `${JSON.stringify({ ...copied(setting), ...price ? { price_usd_per_t: price } : {} }, null, 2)}
`;
    }
  });

  // scripts/shapes.js
  function decode(code) {
    const line2 = [];
    let x = 0;
    let y = 0;
    let isX = true;
    let value = 0;
    let shift = 0;
    for (let i = 0; i < code.length; i += 1) {
      const bits = code.charCodeAt(i) - 63;
      value |= (bits & 31) << shift;
      shift += 5;
      if (bits < 32) {
        const step2 = value & 1 ? ~(value >> 1) : value >> 1;
        if (isX) x += step2;
        else {
          y += step2;
          line2.push([x / 1e3, y / 1e3]);
        }
        isX = !isX;
        value = 0;
        shift = 0;
      }
    }
    return line2;
  }
  var feature, areas, lines;
  var init_shapes = __esm({
    "scripts/shapes.js"() {
      "use strict";
      feature = (type, coordinates, properties = {}) => ({
        type: "Feature",
        properties,
        geometry: { type, coordinates }
      });
      areas = (polygons) => feature(
        "MultiPolygon",
        polygons.map((rings) => rings.map(decode))
      );
      lines = (codes2) => feature("MultiLineString", codes2.map(decode));
    }
  });

  // scripts/signal.js
  var Signal;
  var init_signal = __esm({
    "scripts/signal.js"() {
      "use strict";
      Signal = class {
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
    }
  });

  // scripts/state.js
  var state, picked, unpicked, sifted, themed, reranked, askedSwipe, askedLand, pick, unpick, rerank;
  var init_state = __esm({
    "scripts/state.js"() {
      "use strict";
      init_signal();
      state = {
        site: null,
        pins: [],
        printing: false,
        home: null,
        beyond: false,
        since: null
      };
      picked = new Signal();
      unpicked = new Signal();
      sifted = new Signal();
      themed = new Signal();
      reranked = new Signal();
      askedSwipe = new Signal();
      askedLand = new Signal();
      pick = (site2, focus = true) => picked.tell(site2, focus);
      unpick = () => unpicked.tell();
      rerank = (setting, glides = false) => reranked.tell(setting, glides);
    }
  });

  // scripts/rank.js
  function unplannedSite(i) {
    const columns = Object.entries(board.places);
    const place3 = Object.fromEntries(columns.map(([key, column]) => [key, column[i]]));
    const unknown = { archetype: "", planned: false, costs: [], customers: [], policies: [] };
    const at3 = { full_name: place3.name, lat: bench.lat[i], lon: bench.lon[i] };
    const more = furtherOf(place3.site_id) ?? {};
    return (
      /** @type {Site} */
      /** @type {unknown} */
      { ...place3, ...at3, ...unknown, ...more }
    );
  }
  function siteAt(i) {
    if (!siteOf[i]) {
      const site2 = planned.get(board.places.site_id[i]) ?? unplannedSite(i);
      siteOf[i] = site2;
      site2.index = i;
      site2.plan = site2.planned ? saidOf(site2, PLANNED) : null;
      site2.today = site2.planned ? saidOf(site2, AT_TODAYS_PRICE) : null;
      site2.levels = new Map((site2.criteria || []).map((row2) => [row2.criterion, row2.level]));
    }
    return siteOf[i];
  }
  function siteNamed(id) {
    const i = id === null ? void 0 : indexOf.get(id);
    if (i !== void 0) return siteAt(i);
    return sites.find((site2) => site2.site_id === id) || null;
  }
  function seenFound(found, cut2) {
    const zone2 = decoded(cut2.zone, Int32Array);
    const first = cut2.head.map((head, at3) => ({
      own: Int32Array.from(zone2.keys()).filter((i) => zone2[i] === at3 + 1),
      head,
      share: cut2.share[at3],
      scouted: cut2.scouted[at3]
    }));
    const further = found.zones.filter(({ head }) => !zone2[head]);
    const zones2 = [...first, ...further.slice(0, bench.zones - first.length)];
    zones2.slice(first.length).forEach(({ own: own2 }, at3) => {
      for (const i of own2) zone2[i] ||= first.length + at3 + 1;
    });
    return {
      ...found,
      zone: zone2,
      zones: zones2,
      heads: zones2.map(({ head }) => head),
      share: zones2.map(({ share }) => share),
      scouted: zones2.map(({ scouted }) => scouted),
      countries: new Map(Object.entries(cut2.countries))
    };
  }
  function movedByPrice(setting) {
    if (!turn.priced) return false;
    const leaves = leafWeights(setting.weights, bench.total);
    return PRICED.some(([key]) => leaves[key] > 0);
  }
  function foundBy(setting) {
    const found = evaluate(bench, setting);
    const view2 = VIEWS.find((one3) => one3.cut && same(one3, setting));
    return view2?.cut && !movedByPrice(setting) ? seenFound(found, view2.cut) : found;
  }
  function ownFound() {
    const { head, share, scouted } = board.own;
    const zone2 = decoded(board.bench.zone, Int32Array);
    return { ...evaluate(bench, VIEWS[0]), zone: zone2, heads: head, share, scouted };
  }
  function dress(site2, at3) {
    const { found, own: own2, chance: chance2, moved, money, priced } = turn;
    const i = site2.index;
    const zone2 = found.zone[i];
    const head = found.heads.indexOf(i);
    const drawn = chance2 ? chance2.heads.indexOf(i) : -1;
    const oddsOf2 = ({ key }) => sumOf(
      board.criteria.filter(({ pillar }) => pillar === key).map((criterion) => advantage(found, criterion, i))
    );
    Object.assign(site2, {
      at: at3,
      rank: head < 0 ? null : head + 1,
      zone: zone2,
      before: own2.zone[i],
      scouted: zone2 ? found.scouted[zone2 - 1] : bench.estate[i] > 0,
      pays: money.pays[i],
      margin: money.margin[i],
      pays_from: bench.pays_from[i],
      odds: data.pillars.map(oddsOf2),
      share: shareAt(bench, found, i),
      country_share: found.countries.get(bench.country[i]),
      percentile: found.percentile[i],
      zone_name: board.places.area[zone2 ? found.heads[zone2 - 1] : i],
      p_first: null,
      p_top10: null,
      share_low: null,
      share_high: null
    });
    if (!moved && site2.plan) Object.assign(site2, site2.plan);
    if (!priced && site2.today) Object.assign(site2, site2.today);
    if (chance2 && drawn >= 0) {
      site2.p_first = chance2.first[drawn];
      site2.p_top10 = chance2.ten[drawn];
      site2.share_low = chance2.low[drawn];
      site2.share_high = chance2.high[drawn];
    }
    if (found.heads.length < bench.of_ten) site2.p_top10 = null;
    if (found.heads.length < 2) site2.p_first = null;
    return site2;
  }
  function tell(site2) {
    const { found } = turn;
    const i = site2.index;
    site2.criteria = inPlay(found).map((one3) => ({
      criterion: one3.name,
      pillar: one3.pillar,
      unit: one3.unit,
      raw: rawOf(one3.key, i),
      value: bench.values[one3.key][i],
      odds: advantage(found, one3, i),
      imputed: bench.imputed(bench.criteria.indexOf(one3.key), i),
      level: site2.levels.get(one3.name) || ""
    }));
    site2.total = site2.criteria.length;
    site2.known = site2.criteria.filter((row2) => !row2.imputed).length;
    site2.runners_up = estatesBy(site2);
  }
  function estatesBy({ index: i, zone: zone2 }) {
    const own2 = (j) => bench.estate[j] && (zone2 ? turn.found.zone[j] === zone2 : bench.near[i].includes(j));
    const { name, kind, facts: facts2 } = board.places;
    return Array.from(name.keys()).filter(own2).map((j) => ({
      index: j,
      name: name[j],
      kind: kind[j],
      facts: facts2[j],
      km_away: distanceKm(bench, i, j)
    })).sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : a.index - b.index);
  }
  function priceAt(price) {
    turn.money = moneyAt(ledger, price);
    turn.priced = price !== ledger.today;
    for (const [key, of, worth] of PRICED) {
      const raw = of(turn.money);
      const own2 = (
        /** @type {{ values: Float64Array, raw: Float32Array }} */
        asPlanned.get(key)
      );
      bench.values[key] = turn.priced ? raw.map((one3) => worth(ledger, one3)) : own2.values;
      bench.raw[key] = turn.priced ? Float32Array.from(raw) : own2.raw;
    }
  }
  function rankBy(setting) {
    turn.own ||= ownFound();
    turn.setting = setting;
    turn.moved = !isOwn(setting) || movedByPrice(setting);
    turn.found = turn.moved ? foundBy(setting) : turn.own;
    turn.chance = turn.moved || !planChance ? chances(bench, turn.found, SHOWN) : null;
    sites = turn.found.heads.slice(0, SHOWN).map((i, at3) => dress(siteAt(i), at3));
    if (state.site && !sites.includes(state.site)) dress(state.site, null);
    widen(sites);
  }
  function zonesNow() {
    if (!turn.moved) return planZones;
    return sites.map((site2, at3) => {
      const own2 = Array.from(turn.found.zones[at3].own);
      return {
        name: site2.zone_name,
        rank: at3 + 1,
        sites: Math.round(own2.reduce((sum, i) => sum + bench.weight[i], 0)),
        hull: outlineOf(
          own2.map((i) => [bench.lat[i], bench.lon[i]]),
          bench.outline_km / bench.earth_km
        )
      };
    });
  }
  function unscoutedNow() {
    if (!turn.moved) return planUnscouted;
    const { heads, share, scouted } = turn.found;
    return heads.slice(SHOWN).map((i, k) => ({ i, share: share[k + SHOWN], scouted: scouted[k + SHOWN] })).filter((zone2) => !zone2.scouted).map((zone2) => ({ ...siteAt(zone2.i), name: board.places.area[zone2.i], share: zone2.share }));
  }
  function countriesNow() {
    if (!turn.moved) return planCountries;
    const { country: codes2, country_name: names2 } = board.places;
    const nameOf4 = new Map(
      codes2.map((code, i) => [code, country({ country: code, country_name: names2[i] })])
    );
    return [...turn.found.countries].filter(([code]) => code).sort((a, b) => b[1] - a[1]).map(([code, share]) => ({ code, name: nameOf4.get(code) ?? code, share }));
  }
  function answerNow() {
    if (!turn.moved) return data.answer;
    if (!sites.length) return "";
    const [first, ...rest] = sites.slice(0, 3);
    const { name, zone_name: zone2 } = first;
    const area = zone2 && zone2 !== name ? tr("{name} (area of {zone})", { name, zone: zone2 }) : name;
    const next = rest.map(
      (site2) => tr("{place} ({share})", {
        place: facts(site2.name, country(site2)),
        share: percent(site2.share)
      })
    );
    const lands2 = countriesNow().slice(0, COUNTRIES).map(({ name: land3, share }) => `${land3} ${percent(share)}`);
    const places = {
      likeliest: facts(area, country(first)),
      share: percent(first.share),
      chance: CHANCE,
      next: next.join(tr("; "))
    };
    return sentences(
      next.length ? tr(
        "With the weights as turned here, rank 1: {likeliest}: a {share} {chance}; then {next}.",
        places
      ) : tr("With the weights as turned here, rank 1: {likeliest}: a {share} {chance}.", places),
      tr("By country: {countries}.", { countries: lands2.join(tr(", ")) })
    );
  }
  var sites, bench, ledger, turn, PRICED, asPlanned, planned, planChance, PLANNED, AT_TODAYS_PRICE, siteOf, indexOf, saidOf, inPlay, advantage, rawOf, dressAgain, planZones, planUnscouted, COUNTRIES, planCountries, badgedSites;
  var init_rank = __esm({
    "scripts/rank.js"() {
      "use strict";
      init_data();
      init_draws();
      init_engine();
      init_further();
      init_hull();
      init_language();
      init_odds();
      init_price();
      init_setting();
      init_shapes();
      init_state();
      init_words();
      sites = planSites;
      widen(sites);
      bench = /** @type {Bench} */
      live && openBench(live);
      ledger = /** @type {Ledger} */
      live && openLedger(live.prices);
      turn = /** @type {Turn} */
      /** @type {unknown} */
      {
        setting: null,
        found: null,
        own: null,
        chance: null,
        moved: false,
        money: live && moneyAt(ledger, ledger.today),
        priced: false
      };
      PRICED = [
        ["margin", ({ margin }) => margin, worthOf],
        ["served_demand", ({ served }) => served, worthOfServed]
      ];
      asPlanned = new Map(
        live ? PRICED.map(([key]) => [key, { values: bench.values[key], raw: bench.raw[key] }]) : []
      );
      planned = new Map(planSites.map((site2) => [site2.site_id, site2]));
      planChance = planSites.some((site2) => known(site2.p_first));
      PLANNED = /** @type {const} */
      [
        "share",
        "share_low",
        "share_high",
        "country_share",
        "percentile",
        "p_first",
        "p_top10",
        "zone_name"
      ];
      AT_TODAYS_PRICE = /** @type {const} */
      ["pays", "margin"];
      siteOf = [];
      indexOf = new Map((live?.places.site_id ?? []).map((id, i) => [id, i]));
      saidOf = (site2, keys2) => Object.fromEntries(keys2.filter((key) => known(site2[key])).map((key) => [key, site2[key]]));
      inPlay = (found) => board.criteria.filter(({ key }) => found.leaves[key] > 0);
      advantage = (found, { key, median }, i) => bench.odds * (found.leaves[key] || 0) * (bench.values[key][i] - median);
      rawOf = (key, i) => Number.isFinite(bench.raw[key][i]) ? bench.raw[key][i] : null;
      dressAgain = (site2) => dress(site2, sites.includes(site2) ? sites.indexOf(site2) : null);
      planZones = rowsOf(tables.zones).filter((zone2) => zone2.hull.length).map((zone2) => ({
        ...zone2,
        hull: decode(zone2.hull).map(([x, y]) => (
          /** @type {Place} */
          [y, x]
        ))
      }));
      planUnscouted = rowsOf(tables.unscouted);
      COUNTRIES = 5;
      planCountries = rowsOf(tables.countries).map((row2) => ({
        code: row2.country,
        name: country(row2),
        share: row2.share
      }));
      badgedSites = () => {
        const wanted = sites.slice(0, BADGES);
        if (state.site && !wanted.includes(state.site)) wanted.push(state.site);
        return wanted;
      };
    }
  });

  // scripts/parts.js
  function partOf(pillar, key) {
    const at3 = pillarAt(pillar || key);
    const colour = PILLAR[at3];
    if (!pillar) return { name: tr(data.pillars[at3].name), unit: "", colour, opens: true };
    const { name, unit } = criterionOf(key);
    return { name: tr(name), unit: tr(unit), colour, opens: false };
  }
  function wordsOf(setting) {
    const shares = sharesIn(setting, "");
    const view2 = VIEWS.slice(1).find((one3) => same(one3, setting));
    const parts = Object.keys(shares).filter((key) => shares[key] > 0).map((key) => `${partOf("", key).name} ${shareText(shares[key])}`);
    const turned2 = turn.moved ? tr("weights turned from the study's own") : tr("the study's own weights");
    return tr("{weights} ({shares})", {
      weights: view2 ? tr(view2.name) : turned2,
      shares: parts.join(tr(", "))
    });
  }
  var criterionOf;
  var init_parts = __esm({
    "scripts/parts.js"() {
      "use strict";
      init_data();
      init_language();
      init_rank();
      init_setting();
      init_words();
      criterionOf = (key) => (
        /** @type {Weighed} */
        board.criteria.find((one3) => one3.key === key)
      );
    }
  });

  // scripts/flip.js
  function turnable(setting) {
    const { leaves } = turn.found;
    const whole = sumOf(Object.values(leaves));
    return Object.entries(sharesIn(setting, "")).filter(([, share]) => share > 0).map(([key, share]) => {
      const own2 = board.criteria.filter((one3) => one3.pillar === key && leaves[one3.key] > 0);
      return { key, share, parts: own2.map((one3) => [one3.key, leaves[one3.key] / whole / share]) };
    });
  }
  function levelAt(sliders, at3, a, b) {
    const gain = sliders.map(({ parts }) => valueIn(parts, a) - valueIn(parts, b));
    const { share } = sliders[at3];
    const others = sliders.map((one3, k) => k === at3 ? 0 : one3.share * gain[k]);
    const rest = sumOf(others) / (1 - share);
    const level = -(rest + (startOf(a) - startOf(b)) / bench.total) / (gain[at3] - rest);
    return share < 1 && Number.isFinite(level) && level >= 0 && level <= 1 ? level : null;
  }
  function turnPast(a, b) {
    const sliders = turnable(turn.setting);
    const flips = [];
    sliders.forEach(({ key, share }, k) => {
      const at3 = levelAt(sliders, k, a, b);
      if (at3 !== null) flips.push({ key, share, at: at3 });
    });
    return smallest(flips, (flip) => flip);
  }
  function smallest(list, flipOf) {
    const size = (one3) => Math.abs(flipOf(one3).at - flipOf(one3).share);
    return list.sort((x, y) => size(x) - size(y))[0] ?? null;
  }
  function nearestFlip() {
    const { heads, scouted } = turn.found;
    const [first, ...rest] = heads.filter((_, k) => scouted[k] === scouted[0]).slice(0, RIVALS);
    if (!rest.length) return { head: "", text: "" };
    const flips = rest.flatMap((i) => {
      const flip = turnPast(first, i);
      return flip ? [{ i, flip }] : [];
    });
    const best2 = smallest(flips, ({ flip }) => flip);
    if (!best2) {
      const text = tr("No single weight brings another site to rank 1 before {name}.", {
        name: siteAt(first).name
      });
      return { head: tr("No single weight"), text };
    }
    const { key, share, at: at3 } = best2.flip;
    const pillar = nameOf(key);
    return {
      head: at3 > share ? tr("If {pillar} counted more", { pillar }) : tr("If {pillar} counted less", { pillar }),
      text: tr("Closest call: if {flip}, {name} takes rank 1.", {
        flip: flipText(best2.flip),
        name: siteAt(best2.i).name
      })
    };
  }
  var RIVALS, valueIn, startOf, flipText, nameOf;
  var init_flip = __esm({
    "scripts/flip.js"() {
      "use strict";
      init_data();
      init_engine();
      init_language();
      init_parts();
      init_rank();
      init_setting();
      init_words();
      RIVALS = 25;
      valueIn = (parts, i) => sumOf(parts.map(([key, part2]) => part2 * bench.values[key][i]));
      startOf = (i) => Math.log(Math.max(shareAt(bench, turn.found, i), 1e-300)) / bench.odds - turn.found.score[i];
      flipText = ({ key, share, at: at3 }) => tr("{pillar} counts {share} of the weight instead of {now}", {
        pillar: nameOf(key),
        share: shareText(at3),
        now: shareText(share)
      });
      nameOf = (key) => lowered(tr(partOf("", key).name));
    }
  });

  // scripts/inks.js
  function themeNow() {
    if (state.printing) return "light";
    return chosen || (dark ? "dark" : "light");
  }
  function wearTheme() {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  }
  function chooseTheme(theme) {
    chosen = theme;
    keep(KEPT2, theme);
    wearTheme();
  }
  var KEPT2, themes, night, dark, own, chosen, themeChosen, ink, partsOf2;
  var init_inks = __esm({
    "scripts/inks.js"() {
      "use strict";
      init_data();
      init_kept();
      init_state();
      KEPT2 = "siting-theme";
      ({ themes } = data.palette);
      night = window.matchMedia("(prefers-color-scheme:dark)");
      dark = night.matches;
      night.addEventListener("change", () => {
        dark = night.matches;
      });
      own = kept(KEPT2);
      chosen = own === "light" || own === "dark" ? own : "";
      themeChosen = () => chosen;
      ink = (colour, theme = themeNow()) => themes[theme][colour.slice(6, -1)] ?? colour;
      partsOf2 = (colour) => [1, 3, 5].map((at3) => Number.parseInt(ink(colour).slice(at3, at3 + 2), 16));
    }
  });

  // scripts/outlines.js
  function paintCasing(pen2, shape, point, radius, colour) {
    pen2.beginPath();
    OUTLINES[shape](pen2, point, radius + (shape === "cross" ? 0 : 2));
    pen2.globalAlpha = 0.9;
    if (shape === "cross") {
      Object.assign(pen2, { lineWidth: 4.5, strokeStyle: colour });
      pen2.stroke();
    } else {
      pen2.fillStyle = colour;
      pen2.fill();
    }
    pen2.globalAlpha = 1;
  }
  function crestOf(a, b) {
    const lift = b.x < a.x ? -0.16 : 0.16;
    return { x: (a.x + b.x) / 2 - (b.y - a.y) * lift, y: (a.y + b.y) / 2 + (b.x - a.x) * lift };
  }
  var OUTLINES;
  var init_outlines = __esm({
    "scripts/outlines.js"() {
      "use strict";
      OUTLINES = {
        disc: (pen2, p, r) => pen2.arc(p.x, p.y, r, 0, 2 * Math.PI),
        square: (pen2, p, r) => pen2.rect(p.x - r, p.y - r, 2 * r, 2 * r),
        diamond(pen2, p, r) {
          const a = 1.35 * r;
          pen2.moveTo(p.x, p.y - a);
          pen2.lineTo(p.x + a, p.y);
          pen2.lineTo(p.x, p.y + a);
          pen2.lineTo(p.x - a, p.y);
          pen2.closePath();
        },
        cross(pen2, p, r) {
          pen2.moveTo(p.x - r, p.y - r);
          pen2.lineTo(p.x + r, p.y + r);
          pen2.moveTo(p.x + r, p.y - r);
          pen2.lineTo(p.x - r, p.y + r);
        }
      };
    }
  });

  // scripts/kinds.js
  var kindOf, paintOf, inked, undrawn, CASING, marked, bent;
  var init_kinds = __esm({
    "scripts/kinds.js"() {
      "use strict";
      init_inks();
      init_outlines();
      kindOf = (base, own2) => (
        /** @type {new (...words: unknown[]) => Of} */
        /** @type {{ extend(own: object): unknown }} */
        /** @type {unknown} */
        base.extend(own2)
      );
      paintOf = (colour) => typeof colour === "function" ? colour() : ink(colour);
      inked = (base) => kindOf(base, {
        /** @param {CanvasRenderingContext2D} pen @param {Drawn} layer */
        _fillStroke(pen2, { options }) {
          const { color, fillColor } = options;
          const own2 = { color: paintOf(color), fillColor: paintOf(fillColor || color) };
          const worn = Object.assign(Object.create(options), own2);
          Reflect.get(base.prototype, "_fillStroke").call(this, pen2, { options: worn });
        }
      });
      undrawn = { _updatePath() {
      } };
      CASING = "var(--halo)";
      marked = {
        /** @this {Drawn} */
        _updatePath() {
          const canvas2 = this._renderer;
          if (!canvas2._drawing || this._empty()) return;
          const pen2 = canvas2._ctx;
          const { casing, shape } = this.options;
          if (casing) paintCasing(pen2, shape, this._point, this._radius, ink(CASING));
          pen2.beginPath();
          OUTLINES[shape](pen2, this._point, this._radius);
          canvas2._fillStroke(pen2, this);
        }
      };
      bent = {
        /** @this {Drawn} */
        _updatePath() {
          const canvas2 = this._renderer;
          const bend = this._rings?.[0];
          if (!canvas2._drawing || !bend || bend.length < 3) return;
          const pen2 = canvas2._ctx;
          pen2.beginPath();
          pen2.moveTo(bend[0].x, bend[0].y);
          pen2.quadraticCurveTo(bend[1].x, bend[1].y, bend[2].x, bend[2].y);
          canvas2._fillStroke(pen2, this);
        }
      };
    }
  });

  // scripts/map.js
  function dressMap(attributions) {
    const control = map.attributionControl.setPrefix(false);
    const credits2 = (
      /** @type {HTMLElement} */
      control.getContainer()
    );
    for (const line2 of attributions) {
      credits2.append(el("bdi", "", (credits2.childNodes.length ? ` ${DOT} ` : "") + line2));
    }
    Reflect.set(control, "_update", () => {
    });
    L.control.scale({ imperial: false, maxWidth: 110, position: "bottomright" }).addTo(map);
    L.control.zoom({
      position: "bottomright",
      zoomInTitle: tr("Zoom in"),
      zoomOutTitle: tr("Zoom out")
    }).addTo(map);
    new ResizeObserver(() => resized()).observe(mapBox());
    mapBox().setAttribute("role", "region");
    mapBox().setAttribute("aria-label", tr("Map; the list beside it holds the same sites"));
    map.getPane("markerPane")?.setAttribute("aria-hidden", "true");
  }
  function fit(box3, { topLeft, bottomRight, most }) {
    map.fitBounds(box3, {
      paddingTopLeft: topLeft,
      paddingBottomRight: bottomRight,
      animate: false,
      ...most ? { maxZoom: most } : {}
    });
  }
  function boxAround(places, share) {
    const bounds = L.latLngBounds(places);
    return bounds.isValid() ? boxFrom(bounds.pad(share)) : null;
  }
  function pane(name, z, pointed = false) {
    const { style } = map.createPane(name);
    style.zIndex = String(z);
    if (!pointed) style.pointerEvents = "none";
    return name;
  }
  function setIn(group2, layer, inside2) {
    if (inside2) groupIn(group2).addLayer(leaf(layer));
    else groupIn(group2).removeLayer(leaf(layer));
  }
  function fillGroup(group2, layers) {
    groupIn(group2).clearLayers();
    for (const layer of layers) groupIn(group2).addLayer(leaf(layer));
  }
  function raise(layers) {
    for (const layer of layers) {
      if ("eachLayer" in layer) groupIn(layer).eachLayer((one3) => raise([one3]));
      else if ("bringToFront" in layer && isShown(layer)) {
        layer.bringToFront();
      }
    }
  }
  function sink(group2) {
    groupIn(group2).eachLayer((shape) => (
      /** @type {Leaflet.Path} */
      shape.bringToBack()
    ));
  }
  function ground(shape, on, style) {
    return L.geoJSON(
      /** @type {any} */
      shape,
      /** @type {Leaflet.GeoJSONOptions} */
      {
        pane: on,
        renderer: canvases[on],
        interactive: false,
        smoothFactor: 0.6,
        style: (
          /** @type {any} */
          style
        )
      }
    );
  }
  function picture(png, [south, west, north, east]) {
    const corners = (
      /** @type {Box} */
      [
        [south, west],
        [north, east]
      ]
    );
    return L.imageOverlay(png, corners, { pane: "fill", className: "cells", alt: "" });
  }
  function keepInside(box3) {
    const { left, right, top, bottom } = box3.getBoundingClientRect();
    const area = map.getContainer().getBoundingClientRect();
    const tools = document.querySelector(".tools")?.getBoundingClientRect();
    const under = tools && left < tools.right && right > tools.left ? tools.bottom : area.top;
    const by = Math.max(0, under + TIP_GAP - top) || Math.min(0, area.bottom - TIP_GAP - bottom);
    if (!by) return;
    const at3 = L.DomUtil.getPosition(box3);
    L.DomUtil.setPosition(box3, L.point(at3.x, Math.round(at3.y + by)));
  }
  function sketch(name, paint, { pad = 0, least = 2 } = {}) {
    const canvas2 = L.DomUtil.create("canvas", "leaflet-zoom-hide");
    const pen2 = (
      /** @type {CanvasRenderingContext2D} */
      canvas2.getContext("2d")
    );
    const draw2 = () => {
      const size = map.getSize();
      const beyond = size.multiplyBy(pad).round();
      const whole = size.add(beyond).add(beyond);
      const sharp = Math.max(least, window.devicePixelRatio || 1);
      const pixels = whole.multiplyBy(sharp).round();
      if (canvas2.width !== pixels.x || canvas2.height !== pixels.y) {
        Object.assign(canvas2, { width: pixels.x, height: pixels.y });
        Object.assign(canvas2.style, { width: `${whole.x}px`, height: `${whole.y}px` });
      }
      L.DomUtil.setPosition(canvas2, map.containerPointToLayerPoint(beyond.multiplyBy(-1)));
      pen2.setTransform(sharp, 0, 0, sharp, sharp * beyond.x, sharp * beyond.y);
      pen2.clearRect(-beyond.x, -beyond.y, whole.x, whole.y);
      paint(pen2, size);
    };
    const onAdd = () => {
      map.getPane(name)?.append(canvas2);
      draw2();
    };
    const Own = kindOf(L.Layer, { onAdd, onRemove: () => canvas2.remove() });
    const made3 = Object.assign(new Own(), { draw: draw2 });
    sketches.push(made3);
    return made3;
  }
  function repaint() {
    for (const renderer of [...Object.values(canvases), points.renderer]) {
      if (map.hasLayer(renderer)) Reflect.get(renderer, "_redraw").call(renderer);
    }
    for (const one3 of sketches) if (isShown(one3)) one3.draw();
  }
  function pointLayer(rows2, lookOf, tipOf) {
    return L.geoJSON(rows2.map(pointOf), {
      pointToLayer(point, place3) {
        const look2 = lookOf(point.properties);
        const radius = look2.radius * zoomFactor();
        const own2 = { base: look2.radius, radius };
        const common = { ...points, shape: "disc", fill: true, fillOpacity: 0.95 };
        return new Mark(place3, { ...common, ...look2, ...own2 });
      }
    }).bindTooltip((mark2) => tipOf(rowOf(mark2)), STICKY);
  }
  function setPoints(layer, rows2) {
    const made3 = (
      /** @type {Leaflet.GeoJSON} */
      layer
    );
    made3.clearLayers();
    made3.addData(
      /** @type {any} */
      rows2.map(pointOf)
    );
  }
  function onPoint(layer, act) {
    leaf(layer).on("click", (event) => act(rowOf(event.propagatedFrom)));
  }
  function scalePoints(layers) {
    for (const layer of layers) {
      groupIn(layer).eachLayer((one3) => {
        const mark2 = (
          /** @type {Leaflet.CircleMarker} */
          one3
        );
        mark2.setRadius(Reflect.get(mark2.options, "base") * zoomFactor());
      });
    }
  }
  function discsOf(layer) {
    const discs = [];
    groupIn(layer).eachLayer((one3) => {
      const { _point, _radius } = (
        /** @type {Drawn} */
        /** @type {unknown} */
        one3
      );
      if (_point) discs.push({ ...onScreen(_point.x, _point.y), r: _radius });
    });
    return discs;
  }
  function curve(from, to, look2) {
    const crest = crestOf(map.project(from, 5), map.project(to, 5));
    const bend = [from, map.unproject(L.point(crest.x, crest.y), 5), to];
    return new Curve(bend, { ...flow, fill: false, noClip: true, ...look2 });
  }
  function badgeMarker(box3, tip2, act) {
    const icon = L.divIcon({ className: "", html: box3, iconSize: [0, 0] });
    return L.marker([0, 0], { icon, keyboard: false, riseOnHover: true }).on("click", act).bindTooltip(tip2, { opacity: 1, offset: [12, 0], direction: "auto" });
  }
  var L, map, mapBox, onMap, zoomLevel, centre, lookAt, resized, sharpen, boxFrom, seen, holds, kmBetween, mapSize, groundPixel, screenPixel, onScreen, Inked, canvasOf, land, canvases, points, flow, UNDRAWN, TIP_GAP, STICKY, leaf, groupIn, groupOf, isShown, showLayer, hideLayer, outline, circle, stand, UnseenArea, UnseenCircle, unseenArea, unseenCircle, sketches, Mark, zoomFactor, pointOf, rowOf, Curve, dot, moveMarker, stackMarker;
  var init_map = __esm({
    "scripts/map.js"() {
      "use strict";
      init_dom();
      init_kinds();
      init_language();
      init_outlines();
      init_shapes();
      init_words();
      L = Reflect.get(window, "L");
      map = Reflect.get(window, "map_atlas");
      map.setMinZoom(phone.matches ? 0.5 : 1.5).setMaxZoom(9).setMaxBounds(L.latLngBounds([-65, -200], [86, 200]));
      mapBox = () => map.getContainer();
      onMap = (events, act) => {
        map.on(events, () => act());
      };
      zoomLevel = () => map.getZoom();
      centre = () => [map.getCenter().lat, map.getCenter().lng];
      lookAt = (place3, zoom) => void map.setView(place3, zoom, { animate: false });
      resized = (how = {}) => {
        map.invalidateSize({ animate: false, ...how });
      };
      sharpen = () => {
        Reflect.set(L.Browser, "retina", true);
      };
      boxFrom = (bounds) => [
        [bounds.getSouth(), bounds.getWest()],
        [bounds.getNorth(), bounds.getEast()]
      ];
      seen = () => boxFrom(map.getBounds());
      holds = (box3, place3) => L.latLngBounds(box3).contains(place3);
      kmBetween = (a, b) => map.distance(a, b) / 1e3;
      mapSize = () => map.getSize();
      groundPixel = (place3) => map.latLngToLayerPoint(place3);
      screenPixel = (place3) => map.latLngToContainerPoint(place3);
      onScreen = (x, y) => map.layerPointToContainerPoint([x, y]);
      Inked = inked(L.Canvas);
      canvasOf = (name, z, { pointed = false, ...how } = {}) => new Inked({ pane: pane(name, z, pointed), padding: 0.25, ...how });
      land = canvasOf("land", 200);
      pane("fill", 210);
      canvases = {
        land,
        fill: land,
        line: canvasOf("line", 220),
        flow: canvasOf("flow", 250)
      };
      pane("nearby", 255);
      pane("names", 260);
      pane("leads", 590);
      points = {
        pane: "points",
        renderer: canvasOf("points", 400, { pointed: true, tolerance: 3 })
      };
      flow = { pane: "flow", renderer: canvases.flow, interactive: false };
      UNDRAWN = { ...points, stroke: false, fill: true };
      TIP_GAP = 6;
      STICKY = { sticky: true, opacity: 1 };
      leaf = (layer) => (
        /** @type {Leaflet.Layer} */
        layer
      );
      groupIn = (layer) => (
        /** @type {Leaflet.LayerGroup} */
        layer
      );
      groupOf = (layers = []) => L.layerGroup(layers.map(leaf));
      isShown = (layer) => map.hasLayer(leaf(layer));
      showLayer = (layer) => {
        leaf(layer).addTo(map);
      };
      hideLayer = (layer) => {
        leaf(layer).remove();
      };
      outline = (ring2, look2) => L.polygon(ring2, { ...flow, fill: true, ...look2 });
      circle = (place3, radius, look2) => L.circle(place3, { ...flow, fill: true, radius, ...look2 });
      stand = Reflect.get(L.Tooltip.prototype, "_setPosition");
      L.Tooltip.include({
        /** @param {Leaflet.Point} at */
        _setPosition(at3) {
          stand.call(this, at3);
          keepInside(
            /** @type {HTMLElement} */
            this.getElement()
          );
        }
      });
      UnseenArea = kindOf(L.Polygon, undrawn);
      UnseenCircle = kindOf(L.Circle, undrawn);
      unseenArea = (rings, tip2, how = {}) => new UnseenArea(rings, { ...UNDRAWN, ...how }).bindTooltip(tip2, STICKY);
      unseenCircle = (place3, radius, tip2) => new UnseenCircle(place3, { ...UNDRAWN, radius }).bindTooltip(tip2, STICKY);
      sketches = [];
      Mark = kindOf(L.CircleMarker, marked);
      zoomFactor = () => Math.max(0.4, Math.min(1.4, 0.42 + 0.195 * (map.getZoom() - 2)));
      pointOf = (row2) => (
        /** @type {any} */
        feature("Point", [row2.lon, row2.lat], row2)
      );
      rowOf = (mark2) => (
        /** @type {any} */
        mark2.feature.properties
      );
      Curve = kindOf(L.Polyline, bent);
      dot = (place3, radius, look2) => L.circleMarker(place3, { ...flow, fill: true, radius, ...look2 });
      moveMarker = (marker, place3) => {
        marker.setLatLng(place3);
      };
      stackMarker = (marker, z) => {
        marker.setZIndexOffset(z);
      };
    }
  });

  // scripts/pays.js
  function zonesWithMoney() {
    if (!live) {
      return sites.filter((site2) => known(site2.pays_from)).map((site2, at3) => ({
        rank: at3 + 1,
        name: site2.name,
        country: site2.country,
        share: site2.share,
        from: Number(site2.pays_from),
        pays: Number(site2.margin) >= 0,
        first: at3 < 10
      }));
    }
    const { heads, share } = turn.found;
    return heads.map((i, at3) => ({
      rank: at3 + 1,
      name: siteAt(i).name,
      country: bench.country[i],
      share: share[at3],
      from: bench.pays_from[i],
      pays: turn.money.margin[i] >= 0,
      first: at3 < 10
    }));
  }
  function front(zones2) {
    let least = Infinity;
    return [...zones2].sort((a, b) => b.share - a.share || a.from - b.from).filter(({ from }) => {
      const better = from < least;
      least = Math.min(least, from);
      return better;
    });
  }
  function paysHead() {
    const zones2 = zonesWithMoney();
    if (!zones2.length) return "";
    const paying = zones2.filter((zone2) => zone2.pays).length;
    const when = live ? tr("at {price} USD a tonne", { price: number(turn.money.price) }) : tr("at the price of the day");
    if (!paying)
      return tr("Not {when}: the cheapest zone pays {from}", {
        when,
        from: fromPrice(cheapestOf(zones2).from)
      });
    const count = number(paying);
    if (paying === zones2.length)
      return tr("Yes {when}: all {count} zones cover their cost", { when, count });
    return ngettext("In {count} of {n} zone {when}", "In {count} of {n} zones {when}", zones2.length, {
      count,
      n: number(zones2.length),
      when
    });
  }
  function sumText(site2) {
    const margin = Number(site2.margin);
    const usd = number(Math.abs(margin));
    const chance2 = known(site2.pays) ? tr(" (chance that it pays: {share})", { share: percent(site2.pays) }) : "";
    const sum = tonneOf(site2);
    if (!sum)
      return margin >= 0 ? tr("Rank 1 earns {usd} USD a tonne{chance}.", { usd, chance: chance2 }) : tr("Rank 1 loses {usd} USD a tonne{chance}.", { usd, chance: chance2 });
    const places = { cost: number(sum.cost), paid: number(sum.paid), usd, chance: chance2 };
    return margin >= 0 ? tr(
      "Rank 1: a tonne costs {cost} USD delivered, its customers pay {paid} on average, so it earns {usd}{chance}.",
      places
    ) : tr(
      "Rank 1: a tonne costs {cost} USD delivered, its customers pay {paid} on average, so it loses {usd}{chance}.",
      places
    );
  }
  function costOf({ costs: costs3, index: index2 }) {
    if (costs3.length) return costs3.reduce((sum, row2) => sum + row2.usd_per_t, 0);
    const cost = live ? rawOf("delivered_cost", index2) : null;
    return known(cost) ? Math.round(cost) : null;
  }
  function tonneOf(site2) {
    const cost = costOf(site2);
    if (cost === null || !known(site2.margin)) return null;
    const left = Math.round(site2.margin);
    return { cost, paid: cost + left, left };
  }
  function fromText({ pays_after_tax_from: after }, price) {
    const from = fromPrice(price);
    if (!known(after)) return tr("It pays {from}.", { from });
    return tr("It pays {from}; after tax its customers must pay {usd}.", {
      from,
      usd: number(after)
    });
  }
  function paysText() {
    const zones2 = zonesWithMoney();
    const [first] = sites;
    if (!zones2.length || !first || !known(first.margin)) return "";
    const own2 = sentences(sumText(first), fromText(first, zones2[0].from));
    const cheapest = cheapestOf(zones2);
    if (cheapest.rank === 1) return sentences(own2, tr("None pays at less."));
    const { rank, name, from } = cheapest;
    const places = { name: short(name), rank, from: fromPrice(from) };
    return sentences(own2, tr("The cheapest, {name} (rank {rank}), pays {from}.", places));
  }
  var fromPrice, cheapestOf;
  var init_pays = __esm({
    "scripts/pays.js"() {
      "use strict";
      init_data();
      init_language();
      init_rank();
      init_words();
      fromPrice = (price) => price > 0 ? tr("from {price} before tax", { price: number(price) }) : tr("at any price");
      cheapestOf = (zones2) => zones2.reduce((best2, one3) => one3.from < best2.from ? one3 : best2);
    }
  });

  // scripts/address.js
  function mark(at3 = moment) {
    const parts = [];
    if (at3) parts.push(["at", String(at3)]);
    if (state.site) parts.push(["site", state.site.site_id]);
    for (const { site_id: id } of state.pins) parts.push(["pin", id]);
    if (live) parts.push(...linkParts(turn.setting));
    if (turn.priced) parts.push(["price", String(turn.money.price)]);
    return `#${parts.map((part2) => part2.map(encodeURIComponent).join("=")).join("&")}`;
  }
  function reopen(at3, kept3) {
    leaving = true;
    window.history.replaceState({ kept: kept3 }, "", mark(at3));
    window.location.reload();
  }
  function tellFrame() {
    if (window.parent === window) return;
    window.parent.postMessage({ siting: "setting", link: mark() }, "*");
  }
  function remember() {
    if (leaving) return;
    tellFrame();
    try {
      window.history.replaceState(null, "", mark());
    } catch {
    }
  }
  var leaving;
  var init_address = __esm({
    "scripts/address.js"() {
      "use strict";
      init_data();
      init_rank();
      init_setting();
      init_state();
      leaving = false;
    }
  });

  // scripts/pricing.js
  function heightOf(zones2) {
    const shares = zones2.map(({ share }) => Math.max(share, 1e-6));
    const low = Math.log(Math.min(...shares));
    const span = Math.max(Math.log(Math.max(...shares)) - low, 1e-9);
    return (share) => HIGH2 - FOOT - 6 - (HIGH2 - FOOT - 20) * (Math.log(Math.max(share, 1e-6)) - low) / span;
  }
  function toName(zones2) {
    const best2 = /* @__PURE__ */ new Map();
    for (const zone2 of zones2) if (!best2.has(zone2.country)) best2.set(zone2.country, zone2);
    return [...best2.values()].slice(0, NAMED);
  }
  function names(zones2, y) {
    const taken2 = [];
    const dots3 = zones2.map((zone2) => ({ x: xOf(priceFor(zone2.from)), y: y(zone2.share) }));
    return toName(zones2).flatMap((zone2) => {
      const own2 = dots3[zones2.indexOf(zone2)];
      const at3 = BESIDE.map(([dx, dy]) => ({ x: own2.x + dx, y: own2.y + dy })).find(
        (spot) => spot.y > TALL && taken2.every((one3) => Math.abs(one3.x - spot.x) > 16 || Math.abs(one3.y - spot.y) > 9) && dots3.every((dot2) => dot2 === own2 || !covers(spot, dot2))
      );
      if (!at3) return [];
      taken2.push(at3);
      return [svg("text", { class: "who", ...at3 }, zone2.country)];
    });
  }
  function dots(zones2, y) {
    return [false, true].flatMap(
      (first) => [false, true].map((pays) => {
        const own2 = zones2.filter((zone2) => zone2.first === first && zone2.pays === pays);
        const r = first ? 3.6 : 2.2;
        const ring2 = `a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
        const at3 = own2.map((zone2) => `M${xOf(priceFor(zone2.from)) - r} ${y(zone2.share)}${ring2}`);
        return svg("path", {
          d: at3.join(""),
          fill: pays ? colours.navy : colours.panel,
          stroke: colours.navy,
          "stroke-width": first ? 1.4 : 0.9
        });
      })
    );
  }
  function picture2(zones2) {
    const y = heightOf(zones2);
    const line2 = front(zones2);
    const at3 = xOf(turn.money?.price ?? LEAST);
    const ticks = [3e3, 4e3, 5e3, 6e3, 7e3].filter((price) => price >= LEAST && price <= MOST);
    return [
      svg("rect", { x: 0, y: 0, width: at3, height: HIGH2 - FOOT, fill: colours.chosen }),
      svg("text", { x: WIDE, y: 8, "text-anchor": "end" }, tr("up: likelier zones; right: dearer")),
      ...ticks.flatMap((price) => [
        svg("line", {
          x1: xOf(price),
          x2: xOf(price),
          y1: 0,
          y2: HIGH2 - FOOT,
          stroke: colours.line2
        }),
        svg("text", { x: xOf(price), y: HIGH2 - 2, "text-anchor": "middle" }, number(price))
      ]),
      svg("polyline", {
        points: line2.map((zone2) => `${xOf(priceFor(zone2.from))},${y(zone2.share)}`).join(" "),
        fill: "none",
        stroke: colours.grey,
        "stroke-dasharray": "3 2"
      }),
      ...dots(zones2, y),
      ...names(zones2, y),
      svg("line", {
        class: "today",
        x1: at3,
        x2: at3,
        y1: 0,
        y2: HIGH2 - FOOT,
        stroke: colours.parity,
        "stroke-width": 1.5
      })
    ];
  }
  function drawPrice() {
    const zones2 = zonesWithMoney();
    const chart = $("paychart");
    chart.replaceChildren();
    if (!zones2.length) return;
    const frame = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH2}`, "aria-hidden": "true" });
    frame.append(...picture2(zones2));
    chart.append(frame);
    if (!live) return;
    const { price } = turn.money;
    field("price").value = String(price);
    field("price").setAttribute(
      "aria-valuetext",
      tr("{price} USD a tonne", { price: number(price) })
    );
    write($("priceout"), `${number(price)} ${tr("USD/t")}`);
    field("today").hidden = !turn.priced;
  }
  function slide(price) {
    priceAt(price);
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      rerank(turn.setting);
    });
  }
  function takePrice(price) {
    const wanted = Number(price);
    if (!live || !Number.isFinite(wanted) || wanted <= 0) return false;
    priceAt(Math.min(MOST, Math.max(LEAST, wanted)));
    return true;
  }
  function buildPricing() {
    $("pricing").hidden = !live;
    $("pricenow").hidden = !live;
    if (!live) return;
    Object.assign(field("price"), { min: LEAST, max: MOST, step: STEP });
    write($("today"), tr("Back to {price}", { price: number(ledger.today) }));
    field("price").addEventListener("input", () => slide(Number(field("price").value)));
    field("price").addEventListener("change", remember);
    $("today").addEventListener("click", () => {
      slide(ledger.today);
      field("price").focus();
    });
  }
  var STEP, LEAST, MOST, WIDE, HIGH2, EDGE, FOOT, NAMED, xOf, priceFor, LETTERS, TALL, BESIDE, covers, waiting;
  var init_pricing = __esm({
    "scripts/pricing.js"() {
      "use strict";
      init_address();
      init_data();
      init_dom();
      init_language();
      init_pays();
      init_rank();
      init_state();
      init_words();
      STEP = 10;
      LEAST = ledger ? ledger.least : 2500;
      MOST = Math.max(7e3, ledger ? 1.5 * ledger.today : 7e3);
      WIDE = 320;
      HIGH2 = 92;
      EDGE = 8;
      FOOT = 14;
      NAMED = 5;
      xOf = (price) => EDGE + (WIDE - 2 * EDGE) * (Math.min(MOST, Math.max(LEAST, price)) - LEAST) / (MOST - LEAST);
      priceFor = (paid) => ledger ? (paid - ledger.other) / ledger.graphite : paid;
      [LETTERS, TALL] = [14, 8];
      BESIDE = [
        [6, 3.5],
        [-20, 3.5],
        [-7, -6],
        [-7, 13]
      ];
      covers = (spot, dot2) => dot2.x > spot.x - 5 && dot2.x < spot.x + LETTERS + 5 && dot2.y > spot.y - TALL - 4 && dot2.y < spot.y + 4;
      waiting = 0;
    }
  });

  // scripts/answer.js
  function whereHead() {
    const [first, second] = countriesNow();
    if (!first) return "";
    const lead2 = { country: first.name, chance: chanceText(first.share) };
    if (!second) return tr("{country}, {chance}", lead2);
    const next = { next: second.name, after: chanceText(second.share) };
    return tr("{country}, {chance}, then {next}, {after}", { ...lead2, ...next });
  }
  function leadText() {
    const [first] = sites;
    if (!first) return "";
    const places = { name: short(first.name), share: percent(first.share) };
    return tr("Rank 1: zone of {name}, {share}.", places);
  }
  function drawCountries() {
    const shown = countriesNow().slice(0, COUNTRIES2);
    const most = Math.max(...shown.map(({ share }) => share), 1e-9);
    bars.forEach(({ item, who, bar: bar2, share }, at3) => {
      const one3 = shown[at3];
      item.hidden = !one3;
      if (!one3) return;
      write(who, one3.name);
      write(share, percent(one3.share));
      bar2.style.width = `${100 * one3.share / most}%`;
    });
  }
  function wordFor(p) {
    const word = data.certainty.find(([least]) => p >= least)?.[1];
    return word ? tr(word) : "";
  }
  function sureHead() {
    const [first] = sites;
    if (!first || !known(first.p_first)) return "";
    if (turn.chance)
      return turn.moved ? tr("Not known for these weights") : tr("Not known for this plan");
    const certainty = raised(wordFor(first.p_first));
    return tr("{certainty}: first in {runs} what-if runs", { certainty, runs: runs(first.p_first) });
  }
  function sureText() {
    const [first] = sites;
    if (!first || !known(first.p_first)) return "";
    if (turn.chance) return sentences(drawnText(first, first.p_first), largerText());
    const ten = known(first.p_top10) ? tr("Rank 1 is among the first ten in {runs} ({certainty}).", {
      runs: runs(first.p_top10),
      certainty: wordFor(first.p_top10)
    }) : "";
    const band = known(first.share_low) ? tr("In nine of ten runs its chance lies between {low} and {high}.", {
      low: percent(first.share_low),
      high: percent(first.share_high)
    }) : "";
    return sentences(othersText(), ten, band, largerText());
  }
  function othersText() {
    const others = sites.slice(1).filter(({ p_first: p }) => Number(p) >= RARE).sort((a, b) => Number(b.p_first) - Number(a.p_first)).slice(0, OTHERS).map(
      ({ name, p_first: p }) => tr("{name} in {count}", { name: short(name), count: number(100 * Number(p)) })
    );
    if (!others.length) return "";
    return tr("Most often first else: {others}.", { others: others.join(tr(", ")) });
  }
  function largerText() {
    const unscouted = [...unscoutedNow(), ...sites.filter(({ scouted }) => !scouted)];
    const [larger] = unscouted.sort((a, b) => b.share - a.share);
    if (!larger || larger.share <= sites[0].share) return "";
    return tr("{zone}, where no estate is known, has a larger {chance} ({share}).", {
      zone: larger.zone_name || larger.name,
      chance: CHANCE,
      share: percent(larger.share)
    });
  }
  function whyHead() {
    const [first] = sites;
    const gains = first ? strongest(first.odds, 1) : [];
    const names2 = gains.map(({ name }, k) => k ? lowered(name) : name);
    return joined(names2);
  }
  function leadOf(gaps) {
    const ahead = named(strongest(gaps, 1));
    const behind = named(strongest(gaps, -1));
    if (ahead) return behind ? tr("{ahead}; against it {behind}", { ahead, behind }) : ahead;
    if (!behind) return tr("its lead is the number of places around it");
    return tr("against it {behind}; its lead is the number of places around it", { behind });
  }
  function whyText() {
    const [first, second] = sites;
    if (!first) return "";
    const gains = named(strongest(first.odds, 1)) || tr("nothing more");
    const made3 = tr("Odds of rank 1 against the median place: {gains}.", { gains });
    if (!second) return made3;
    const lead2 = leadOf(first.odds.map((ln, k) => ln - second.odds[k]));
    return sentences(made3, tr("Against rank 2: {lead}.", { lead: lead2 }));
  }
  function drawChange() {
    const flip = nearestFlip();
    write($("changehead"), flip.head);
    write($("change"), sentences(flip.text, priceText()));
    return flip.text;
  }
  function drawAnswer() {
    write($("answer"), answerNow());
    for (const [id, head, text] of [
      ["pays", paysHead(), paysText()],
      ["sure", sureHead(), sureText()],
      ["why", whyHead(), whyText()]
    ]) {
      write($(`${id}head`), head);
      write($(id), text);
      hidePart(id, !text);
    }
    write($("wherehead"), whereHead());
    write($("lead"), leadText());
    drawCountries();
    drawPrice();
  }
  function foldAnswer(shut3) {
    $("short").classList.toggle("shut", shut3);
    $("shorten").setAttribute("aria-expanded", String(!shut3));
    resized();
  }
  function dockAnswer() {
    const heads = [part(".listhead"), $("pillars")];
    if (phone.matches) $("scroll").prepend($("short"), ...heads);
    else {
      part(".top").after($("short"));
      $("scroll").before(...heads);
    }
    resized();
  }
  function buildAnswer() {
    write($("laws"), data.laws);
    add($("countries"), ...bars.map(({ item }) => item));
    hidePart("change", !live);
    $("shorten").addEventListener("click", () => foldAnswer(!$("short").classList.contains("shut")));
    $("ask").addEventListener("click", () => $("query").focus());
    phone.addEventListener("change", dockAnswer);
    dockAnswer();
    drawAnswer();
  }
  var FELT, COUNTRIES2, bars, drawnText, OTHERS, RARE, strongest, named, priceText, hidePart;
  var init_answer = __esm({
    "scripts/answer.js"() {
      "use strict";
      init_data();
      init_dom();
      init_flip();
      init_language();
      init_map();
      init_pays();
      init_pricing();
      init_rank();
      init_words();
      FELT = 0.05;
      COUNTRIES2 = 6;
      bars = Array.from({ length: COUNTRIES2 }, () => {
        const row2 = { item: el("div"), who: el("span", "who"), bar: el("i"), share: el("b") };
        add(row2.item, row2.who, add(el("span", "bar"), row2.bar), row2.share);
        return row2;
      });
      drawnText = (first, share) => tr(
        "A plan's runs vary weights, plants, costs, power and wages together; this page can vary the weights only, which looks surer than it is: {name} is first in {runs} such runs. Save the setting and plan it to know.",
        { name: short(first.name), runs: runs(share) }
      );
      OTHERS = 3;
      RARE = 5e-3;
      strongest = (odds3, sign) => data.pillars.map(({ name }, k) => ({ name: tr(name), ln: odds3[k] })).filter(({ ln }) => sign * ln > FELT).sort((a, b) => Math.abs(b.ln) - Math.abs(a.ln)).slice(0, 2);
      named = (pillars) => joined(
        pillars.map(
          ({ name, ln }) => tr("{name} {times}", { name: lowered(name), times: timesText(ln) })
        )
      );
      priceText = () => turn.found.leaves.margin > 0 ? "" : tr("Another price changes which zones pay, not their order.");
      hidePart = (id, hidden) => {
        $(id).closest(".cell").hidden = hidden;
      };
    }
  });

  // scripts/cover.js
  function covered() {
    const free = phone.matches || state.printing;
    const left = !free && !$("legend").classList.contains("shut") ? $("legend").offsetWidth : 0;
    const right = !free && !$("dossier").hidden ? $("dossier").offsetWidth : 0;
    return { left, right };
  }
  function edges() {
    const at3 = mapBox().getBoundingClientRect();
    const { left, right } = covered();
    const strip = (panel2, depth) => {
      const boxes = [...document.querySelectorAll(panel2)].map((node) => node.getBoundingClientRect());
      return Math.max(DOT2, ...boxes.filter(({ width }) => width).map((box3) => depth(box3) + AIR));
    };
    return {
      top: strip(".tools > *", (box3) => box3.bottom - at3.top),
      left: Math.max(left, DOT2),
      right: Math.max(
        right,
        strip(".leaflet-bar", (box3) => at3.right - box3.left)
      ),
      bottom: strip(
        ".leaflet-control-attribution, .leaflet-control-scale, .legend.shut",
        (box3) => phone.matches && box3.height > at3.height / 2 ? 0 : at3.bottom - box3.top
      )
    };
  }
  function overlays() {
    if (state.printing) {
      const { x, y } = mapSize();
      return [
        [0, 0, PRINTED_LEGEND, y],
        ...state.site ? [
          /** @type {Rectangle} */
          [x - 390, 0, x, y]
        ] : []
      ];
    }
    const at3 = mapBox().getBoundingClientRect();
    return [...document.querySelectorAll(OVER2)].map((node) => node.getBoundingClientRect()).filter((box3) => box3.width).map((box3) => [box3.left - at3.left, box3.top - at3.top, box3.right - at3.left, box3.bottom - at3.top]);
  }
  var OVER2, AIR, DOT2, PRINTED_LEGEND;
  var init_cover = __esm({
    "scripts/cover.js"() {
      "use strict";
      init_dom();
      init_map();
      init_state();
      OVER2 = ".over:not([hidden]):not(.tools), .tools > *, .leaflet-bar, .leaflet-control-scale, .leaflet-control-attribution";
      AIR = 10;
      DOT2 = 6;
      PRINTED_LEGEND = 496;
    }
  });

  // scripts/inview.js
  function furtherIn(box3) {
    if (!live) return [];
    const here2 = (i) => holds2(box3, bench.lat[i], bench.lon[i]);
    const { heads, order } = turn.found;
    const zones2 = heads.filter(here2).slice(0, GHOSTS);
    const best2 = zones2.length ? zones2 : ofEachCountry(Array.from(order).filter(here2));
    return best2.map((i) => dressAgain(siteAt(i)));
  }
  function bestIn(box3) {
    const badged2 = sites.slice(0, BADGES);
    const here2 = sites.filter((site2) => inside(box3, site2));
    const beyond = badged2.filter((site2) => !inside(box3, site2)).length;
    if (here2.length) return { best: here2[0], ghosts: [], beyond };
    const ghosts2 = furtherIn(box3);
    return { best: ghosts2[0] ?? null, ghosts: ghosts2, beyond };
  }
  function lackOf(site2) {
    const [first] = sites;
    if (!first || site2 === first) return "";
    const behind = site2.odds.map((own2, k) => own2 - first.odds[k]);
    const least = Math.min(...behind);
    if (least > -LACKS) return "";
    const { name } = data.pillars[behind.indexOf(least)];
    return tr("behind rank 1 in {pillar} ({times} the odds)", {
      pillar: lowered(tr(name)),
      times: timesText(least)
    });
  }
  function priceOf({ pays_from: from }) {
    if (!known(from)) return "";
    return from > 0 ? tr("pays from {price} USD/t before tax", { price: number(from) }) : tr("pays at any price");
  }
  function viewLine({ best: best2, beyond }, part2) {
    if (!best2) return tr("No place that was compared lies in {part}", { part: part2 });
    const who = facts(best2.name, country(best2), rankText(best2), priceOf(best2));
    const lack = lackOf(best2) || (beyond ? elsewhere(beyond) : "");
    return lack ? tr("Best in {part}: {who}; {lack}", { part: part2, who, lack }) : tr("Best in {part}: {who}", { part: part2, who });
  }
  var GHOSTS, LACKS, holds2, inside, ofEachCountry, rankText, elsewhere;
  var init_inview = __esm({
    "scripts/inview.js"() {
      "use strict";
      init_data();
      init_language();
      init_rank();
      init_words();
      GHOSTS = 3;
      LACKS = 0.1;
      holds2 = ([[south, west], [north, east]], lat, lon) => lat >= south && lat <= north && lon >= west && lon <= east;
      inside = (box3, row2) => holds2(box3, row2.lat, row2.lon);
      ofEachCountry = (places) => places.filter((i, at3) => at3 === places.findIndex((j) => bench.country[j] === bench.country[i])).slice(0, GHOSTS);
      rankText = ({ rank }) => rank === null ? tr("not in the list") : tr("rank {rank}", { rank: number(rank) });
      elsewhere = (n) => ngettext("{n} ranked site elsewhere", "{n} ranked sites elsewhere", n, { n: number(n) });
    }
  });

  // scripts/block.js
  async function inflated(text) {
    const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }
  function summed(bytes, count, wide) {
    const own2 = wide === 1 ? new Uint8Array(count) : new Uint16Array(count);
    let last = 0;
    for (let i = 0; i < count; i += 1) {
      last += bytes[i] + (wide === 1 ? 0 : 256 * bytes[count + i]);
      own2[i] = last;
    }
    return own2;
  }
  async function partsOf3({ parts, block }) {
    const bytes = await inflated(block);
    const made3 = {};
    let at3 = 0;
    for (const [name, kind, count] of parts) {
      const wide = Number(kind.slice(1));
      const own2 = bytes.slice(at3, at3 + wide * count);
      made3[name] = kind === "f4" ? new Float32Array(own2.buffer) : summed(own2, count, wide);
      at3 += wide * count;
    }
    return made3;
  }
  function measured2({ line: line2, ...figure }, land3) {
    const [base, slope] = line2 ?? [0, 1];
    const values = new Float32Array(land3.count);
    const key = line2 ? figure.key : `raw:${figure.key}`;
    addUp(land3, key, slope, values);
    if (base) for (let i = 0; i < values.length; i += 1) values[i] += base;
    return { ...figure, values };
  }
  async function openLand(payload2) {
    const parts = await partsOf3(payload2);
    const scale = 2 ** -14;
    const spots = (name) => Float32Array.from(parts[name], (whole) => (whole + 0.5) * scale);
    const areas2 = parts.country.length;
    const once2 = Object.fromEntries(
      payload2.once.map((key, k) => [
        key,
        /** @type {Float32Array} */
        parts.once.subarray(k * areas2, (k + 1) * areas2)
      ])
    );
    const fine = Object.fromEntries(
      Object.entries(payload2.fine).map(([key, [low, step2]]) => {
        const codes2 = (
          /** @type {Uint8Array} */
          parts[`fine:${key}`]
        );
        return [key, { low, step: step2, codes: codes2 }];
      })
    );
    const land3 = {
      count: payload2.count,
      countries: payload2.countries,
      x: spots("x"),
      y: spots("y"),
      area: (
        /** @type {Uint16Array} */
        parts.area
      ),
      country: (
        /** @type {Uint16Array} */
        parts.country
      ),
      flags: (
        /** @type {Uint8Array} */
        parts.flags
      ),
      edge: Float32Array.from(parts.edge, (steps2) => steps2 * payload2.edge),
      turn: Float32Array.from(parts.turn, (steps2) => steps2 / payload2.turns * Math.PI / 3),
      listed: Int32Array.from(parts.listed, (row2) => row2 - 1),
      excluded: { x: spots("barredX"), y: spots("barredY") },
      once: once2,
      fine,
      figures: []
    };
    land3.figures = payload2.figures.map((figure) => measured2(figure, land3));
    return land3;
  }
  function addUp({ area, once: once2, fine }, key, weight, sum) {
    const own2 = fine[key];
    const table2 = own2 ? new Float32Array(256) : once2[key].map((worth) => worth * weight);
    if (own2) {
      for (let code = 0; code < UNKNOWN; code += 1)
        table2[code] = weight * (own2.low + own2.step * code);
      table2[UNKNOWN] = NaN;
    }
    const codes2 = own2 ? own2.codes : area;
    for (let i = 0; i < sum.length; i += 1) sum[i] += table2[codes2[i]];
  }
  function landScores(land3, leaves, sum = new Float32Array(land3.count)) {
    sum.fill(0);
    for (const [key, weight] of Object.entries(leaves)) addUp(land3, key, weight, sum);
    return sum;
  }
  function quantiles(numbers, shares) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < numbers.length; i += 1) {
      if (numbers[i] < low) low = numbers[i];
      if (numbers[i] > high) high = numbers[i];
    }
    const step2 = (high - low) / BINS || 1;
    const counts = new Uint32Array(BINS + 1);
    for (let i = 0; i < numbers.length; i += 1) counts[(numbers[i] - low) / step2 | 0] += 1;
    let at3 = 0;
    let below = 0;
    return shares.map((share) => {
      while (at3 < BINS && below + counts[at3] <= share * numbers.length) {
        below += counts[at3];
        at3 += 1;
      }
      return low + at3 * step2;
    });
  }
  var UNKNOWN, BINS;
  var init_block = __esm({
    "scripts/block.js"() {
      "use strict";
      init_bytes();
      UNKNOWN = 255;
      BINS = 4096;
    }
  });

  // scripts/filter.js
  function clearFilter() {
    filter.ranges.clear();
    Object.assign(filter, { country: "", estate: "", zone: false });
  }
  var filter, filtering;
  var init_filter = __esm({
    "scripts/filter.js"() {
      "use strict";
      filter = { ranges: /* @__PURE__ */ new Map(), country: "", estate: "", zone: false };
      filtering = () => filter.ranges.size > 0 || filter.country !== "" || filter.estate !== "" || filter.zone;
    }
  });

  // scripts/land.js
  async function fetchLand() {
    if (!landed || !data.land) return;
    land2 = await openLand(data.land);
    odds = new Float32Array(land2.count);
    passes = new Uint8Array(land2.count);
    scoreLand();
  }
  function measureOf(key) {
    const figure = land2?.figures.find((one3) => one3.key === key);
    if (figure) return figure;
    const own2 = { key: SCORE, name: tr("Score"), unit: "", lowIsGood: false };
    return { ...own2, ends: [-FAR, FAR], values: odds };
  }
  function scored(places, by, leaves, sum = new Float32Array(places.count)) {
    const { odds: scale } = by.constants;
    const scaled = Object.fromEntries(Object.entries(leaves).map(([key, w]) => [key, w * scale]));
    landScores(places, scaled, sum);
    const middle2 = by.criteria.reduce((all, one3) => all + (scaled[one3.key] || 0) * one3.median, 0);
    for (let i = 0; i < sum.length; i += 1) sum[i] -= middle2;
    return { places, odds: sum, steps: quantiles(sum, data.palette.landShares.slice(1)) };
  }
  function scoreLand() {
    if (!land2) return;
    ({ steps } = scored(land2, board, turn.found.leaves, odds));
    siftLand();
  }
  function siftBy(key, [low, high]) {
    const { values, ends } = measureOf(key);
    const [least, most] = [low <= ends[0] ? -Infinity : low, high >= ends[1] ? Infinity : high];
    for (let i = 0; i < passes.length; i += 1) {
      if (!(values[i] >= least && values[i] <= most)) passes[i] = 0;
    }
  }
  function siftLand() {
    if (!land2) return;
    const { area, country: country3, countries: countries2, flags } = land2;
    passes.fill(1);
    if (!filtering()) return;
    for (const [key, range] of filter.ranges) siftBy(key, range);
    const wanted = countries2.indexOf(filter.country);
    for (let i = 0; i < passes.length; i += 1) {
      const near = (flags[i] & NEAR) > 0;
      const out = filter.country && country3[area[i]] !== wanted || filter.estate && near !== (filter.estate === "known") || filter.zone && !(flags[i] & ZONE);
      if (out) passes[i] = 0;
    }
  }
  function passesSite(site2) {
    const row2 = land2 && filtering() ? land2.listed[site2.index] ?? -1 : -1;
    return row2 < 0 || passes[row2] === 1;
  }
  function classifier({ key, lowIsGood }, classes, own2 = steps) {
    const breaks = key === SCORE ? own2 : FIGURES.find((one3) => one3.key === key)?.breaks ?? [];
    return (value) => {
      if (Number.isNaN(value)) return -1;
      let at3 = 0;
      while (at3 < breaks.length && value >= breaks[at3]) at3 += 1;
      return lowIsGood ? classes - 1 - at3 : classes - 1 - breaks.length + at3;
    };
  }
  var NEAR, ZONE, FAR, SCORE, landed, FIGURES, CLOSED, land2, odds, steps, passes, measureNow, swiped, shareBelow, someZone;
  var init_land = __esm({
    "scripts/land.js"() {
      "use strict";
      init_block();
      init_data();
      init_filter();
      init_language();
      init_rank();
      NEAR = 1;
      ZONE = 2;
      FAR = Math.log(1e4);
      SCORE = "score";
      landed = data.land !== null;
      FIGURES = landed && data.land ? data.land.figures : [];
      CLOSED = landed && data.land ? data.land.closed : [];
      land2 = null;
      odds = new Float32Array(0);
      steps = [];
      passes = new Uint8Array(0);
      measureNow = { key: SCORE };
      swiped = { sides: null, at: 0.5 };
      shareBelow = (one3) => odds.reduce((sum, other) => sum + Number(other < one3), 0) / Math.max(odds.length, 1);
      someZone = () => land2?.flags.some((flag) => flag & ZONE) ?? false;
    }
  });

  // scripts/marks.js
  function gathered(spots, near) {
    const group2 = spots.map((_, at3) => at3);
    const root = (at3) => group2[at3] === at3 ? at3 : root(group2[at3]);
    for (let a = 0; a < spots.length; a += 1) {
      for (let b = a + 1; b < spots.length; b += 1) {
        const [one3, other] = [spots[a], spots[b]];
        const joins = one3.land === other.land && !one3.alone && !other.alone;
        const far = Math.hypot(one3.x - other.x, one3.y - other.y);
        if (joins && far < near) group2[Math.max(root(a), root(b))] = Math.min(root(a), root(b));
      }
    }
    const groups = /* @__PURE__ */ new Map();
    for (let at3 = 0; at3 < spots.length; at3 += 1) {
      groups.set(root(at3), [...groups.get(root(at3)) ?? [], at3]);
    }
    return [...groups.values()];
  }
  function offers({ over: over2 }, w, h) {
    if (over2) return OFF;
    return SIDES.map(({ aside, above, gap, cost }) => {
      const x = aside * (above ? w / 2 - 8 : w / 2 + gap);
      return { x, y: above * (h / 2 + gap), cost };
    });
  }
  function laid(items, size, taken2, places) {
    const used = taken2.slice();
    return items.map((item) => {
      for (let form = 0; form < item.forms.length; form += 1) {
        const [w, h] = item.forms[form];
        const best2 = bestOffer(item, [w, h], size, used, places);
        if (!best2) continue;
        const middle2 = { x: item.x + best2.x, y: item.y + best2.y };
        used.push(boxOf(middle2, w + MARGIN, h + MARGIN));
        return { dx: best2.x, dy: best2.y, form };
      }
      return null;
    });
  }
  function bestOffer(item, [w, h], size, used, places) {
    let best2 = null;
    let least = Number.POSITIVE_INFINITY;
    for (const offer of offers(item, w, h)) {
      if (offer.cost >= least) continue;
      const box3 = boxOf({ x: item.x + offer.x, y: item.y + offer.y }, w, h);
      const inside2 = box3[0] >= 0 && box3[1] >= 0 && box3[2] <= size.x && box3[3] <= size.y;
      if (!inside2 || used.some((other) => meet(box3, other))) continue;
      const covers2 = item.over ? 0 : places.filter(({ x, y }) => x > box3[0] && x < box3[2] && y > box3[1] && y < box3[3]).length;
      const cost = offer.cost + COVERED * covers2;
      if (cost < least) [best2, least] = [offer, cost];
    }
    return best2;
  }
  var STEPS, GAPS, MARGIN, COVERED, DIRECTIONS, OFF, SIDES, meet, boxOf;
  var init_marks = __esm({
    "scripts/marks.js"() {
      "use strict";
      STEPS = [12, 20];
      GAPS = [7, 18, 32];
      MARGIN = 4;
      COVERED = 6;
      DIRECTIONS = Array.from({ length: 8 }, (_, k) => {
        const turn2 = k * Math.PI / 4;
        return { x: Math.cos(turn2), y: Math.sin(turn2) };
      });
      OFF = [
        { x: 0, y: 0, cost: 0 },
        ...STEPS.flatMap(
          (step2) => DIRECTIONS.map(({ x, y }) => ({ x: step2 * x, y: step2 * y, cost: step2 }))
        )
      ];
      SIDES = GAPS.flatMap(
        (gap) => DIRECTIONS.map(({ x, y }) => {
          const [aside, above] = [Math.round(x * 1.4), Math.round(y * 1.4)];
          return { aside, above, gap, cost: gap + Math.abs(above) + (aside ? 0 : 1) };
        })
      );
      meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
      boxOf = ({ x, y }, w, h) => [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
    }
  });

  // scripts/gazetteer.js
  function middle(code) {
    const outline2 = data.ground.countries[code]?.[0]?.[0];
    if (!outline2) return null;
    const corners = decode(outline2);
    const lons = corners.map(([lon]) => lon);
    const lats = corners.map(([, lat]) => lat);
    const half2 = (all) => (Math.min(...all) + Math.max(...all)) / 2;
    return { lat: half2(lats), lon: half2(lons) };
  }
  function towns() {
    const { names: names2, country: country3, places } = opening.names.towns;
    return decode(places).map(([lon, lat], at3) => ({
      lat,
      lon,
      country: country3[at3],
      names: names2[at3].split(BETWEEN)
    }));
  }
  var BETWEEN, labels, ownName, shownLand, codes, shownName, lands;
  var init_gazetteer = __esm({
    "scripts/gazetteer.js"() {
      "use strict";
      init_data();
      init_language();
      init_shapes();
      BETWEEN = "|";
      labels = new Map(
        data.ground.labels.filter(([, , , , kind]) => !kind).map(([name, lon, lat]) => [name, { lat, lon }])
      );
      ownName = (code) => {
        const { countries: countries2 } = opening.names;
        return Object.hasOwn(countries2, code) ? countries2[code].split(BETWEEN)[0] : code;
      };
      shownLand = (code) => called(code, ownName(code));
      codes = new Map(Object.keys(opening.names.countries).map((code) => [ownName(code), code]));
      shownName = (name) => {
        const code = codes.get(name);
        return code === void 0 ? tr(name) : called(code, name);
      };
      lands = () => Object.entries(opening.names.countries).flatMap(([country3, joined2]) => {
        const names2 = joined2.split(BETWEEN);
        const at3 = labels.get(names2[0]) ?? middle(country3);
        return at3 ? [{ ...at3, country: country3, names: names2 }] : [];
      });
    }
  });

  // scripts/names.js
  function nameZoneLabels(labels2, shown) {
    zones = labels2;
    zonesShown = shown;
  }
  function nameNearby(labels2, shown) {
    nearby = labels2;
    nearbyShown = shown;
  }
  function nameFirst(spots, named2) {
    const first = [...spots].filter(([code]) => !named2.has(code));
    firsts = first.map(([code, beside]) => {
      const name = ownName(code);
      const at3 = ground2.find((label) => label.name === name) ?? { lat: 0, lon: 0 };
      return {
        ...at3,
        name,
        words: shownLand(code),
        zoom: 0,
        kind: (
          /** @type {const} */
          "first"
        ),
        beside
      };
    });
    elsewhere2 = new Set([...spots.keys(), ...named2].map(ownName));
  }
  function keepClearOf(boxes, small) {
    taken = boxes;
    specks = small;
  }
  function roomFor(at3, shifts, half2, used) {
    const free = ({ x, y }, boxes) => boxes.every((u) => x - half2 >= u[2] || x + half2 <= u[0] || y - 8 >= u[3] || y + 8 <= u[1]);
    const rows2 = shifts.map(([x, y]) => ({ x: at3.x + 2 * half2 * x, y: at3.y + y })).filter((middle2) => free(middle2, used));
    return rows2.find((middle2) => free(middle2, specks)) ?? rows2[0] ?? null;
  }
  function besideSites({ lat, lon, beside = [] }, size, half2, used) {
    const own2 = screenPixel([lat, lon]);
    const sites2 = beside.filter((at3) => seenAt(at3, size, 0));
    const reach = sites2.length ? FAR2 * Math.max(size.x, size.y) : Number.POSITIVE_INFINITY;
    const [site2] = sites2.length ? sites2 : [own2];
    const near = Math.hypot(own2.x - site2.x, own2.y - site2.y) < reach && seenAt(own2, size, -half2);
    const there = near ? roomFor(own2, SHIFTS.near, half2, used) : null;
    return there ?? sites2.map((at3) => roomFor(at3, SHIFTS.beside, half2, used)).find(Boolean) ?? null;
  }
  function middleOf(label, size, half2, used) {
    if (label.kind === "first") return besideSites(label, size, half2, used);
    const own2 = screenPixel([label.lat, label.lon]);
    if (!seenAt(own2, size, label.kind === "nearby" ? -half2 : 20)) return null;
    return roomFor(own2, SHIFTS[label.kind] ?? SHIFTS.near, half2, used);
  }
  function everyLabel() {
    const rest = ground2.filter((label) => label.kind === "sea" || !elsewhere2.has(label.name));
    return [...zonesShown() ? zones : [], ...firsts, ...nearbyShown() ? nearby : [], ...rest];
  }
  function paintNames(pen2, size) {
    const zoom = zoomLevel();
    const look2 = { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 };
    Object.assign(pen2, look2);
    const used = taken.slice();
    for (const label of everyLabel()) {
      if (zoom < label.zoom - 0.5) continue;
      const large = label.kind === "country" && label.zoom <= zoom - 1;
      const hand = HAND[large ? "large" : label.kind];
      pen2.font = `${hand.font} ${LETTERS2}`;
      const words2 = label.words ?? label.name;
      const half2 = pen2.measureText(words2).width / 2 + 3;
      const middle2 = middleOf(label, size, half2, used);
      if (!middle2) continue;
      const { x, y } = middle2;
      used.push([x - half2, y - 8, x + half2, y + 8]);
      pen2.strokeStyle = ink(hand.halo);
      pen2.globalAlpha = HALO;
      pen2.strokeText(words2, x, y);
      pen2.globalAlpha = 1;
      pen2.fillStyle = ink(hand.ink);
      pen2.fillText(words2, x, y);
    }
  }
  var LETTERS2, HALO, LAND, HAND, ground2, zones, zonesShown, nearby, nearbyShown, firsts, elsewhere2, taken, specks, SHIFTS, seenAt, FAR2, nameLayer;
  var init_names = __esm({
    "scripts/names.js"() {
      "use strict";
      init_data();
      init_gazetteer();
      init_inks();
      init_map();
      LETTERS2 = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
      HALO = 0.9;
      LAND = { ink: colours.countryname, halo: colours.landhalo };
      HAND = {
        zone: { font: "600 11.5px", ink: colours.navy, halo: colours.landhalo },
        sea: { font: "italic 11.5px", ink: colours.seaname, halo: colours.sea },
        country: { font: "11px", ...LAND },
        large: { font: "12px", ...LAND },
        nearby: { font: "11px", ink: colours.ink2, halo: colours.halo },
        first: { font: "650 12.5px", ink: colours.ink, halo: colours.halo }
      };
      ground2 = data.ground.labels.map(([name, lon, lat, zoom, kind]) => {
        return { name, words: shownName(name), lon, lat, zoom, kind: kind ? "sea" : "country" };
      });
      zones = [];
      zonesShown = () => true;
      nearby = [];
      nearbyShown = () => false;
      firsts = [];
      elsewhere2 = /* @__PURE__ */ new Set();
      taken = [];
      specks = [];
      SHIFTS = {
        zone: [[0, 0]],
        beside: [0, 1].flatMap((far) => {
          const y = 24 + 14 * far;
          return (
            /** @type {[number, number][]} */
            [
              [0, y],
              [0, -y],
              [0.5, y],
              [-0.5, y],
              [0.5, -y],
              [-0.5, -y]
            ]
          );
        }),
        nearby: [
          [0, -12],
          [0, 12],
          [0.55, 0],
          [-0.55, 0]
        ],
        near: [0, -13, 13, -26, 26].map((y) => [0, y])
      };
      seenAt = ({ x, y }, size, beyond) => x >= -beyond && y >= -beyond && x <= size.x + beyond && y <= size.y + beyond;
      FAR2 = 1 / 3;
      nameLayer = sketch("names", paintNames);
    }
  });

  // scripts/paint.js
  function afterPaint(key, act) {
    if (state.printing) {
      act();
      return;
    }
    waiting2.set(key, act);
    requestAnimationFrame(() => setTimeout(() => doNow(key), 0));
  }
  function doNow(key) {
    const act = waiting2.get(key);
    waiting2.delete(key);
    act?.();
  }
  function catchUp() {
    for (const key of [...waiting2.keys()]) doNow(key);
  }
  function whenThrough(key, act) {
    if (state.printing) {
      act();
      return;
    }
    if (!once.size) queueMicrotask(doOnce);
    once.set(key, act);
  }
  function doOnce() {
    const acts = [...once.values()];
    once.clear();
    for (const act of acts) act();
  }
  var waiting2, once;
  var init_paint = __esm({
    "scripts/paint.js"() {
      "use strict";
      init_state();
      waiting2 = /* @__PURE__ */ new Map();
      once = /* @__PURE__ */ new Map();
    }
  });

  // scripts/points.js
  function keyOf(keys2, key, other) {
    const [words2, colour] = Object.hasOwn(keys2, key) ? keys2[key] : other;
    return (
      /** @type {Key} */
      [tr(words2), colour]
    );
  }
  function gigafactoryLook(row2) {
    const fill2 = statusOf(row2)[1];
    const radius = radiusOf(row2.capacity_gwh);
    if (fill2)
      return { radius, fillColor: fill2, color: solid(homeOf(row2)[1]), weight: 1.7, casing: true };
    const hollow = { fillColor: colours.panel, fillOpacity: 0.25, dashArray: "2 2.5" };
    return { radius, ...hollow, color: colours.grey, weight: 1.1 };
  }
  function rivalTip(row2) {
    const capacity = capacityOf(row2);
    return tip(row2.name, [
      tr("Rival anode plant in {country}, {status}", {
        country: countryName(row2.country),
        status: statusOf(row2)[0].toLowerCase()
      }),
      facts(tr(row2.product), capacity),
      owned(row2)
    ]);
  }
  function drawZones(zones2) {
    fillGroup(
      zoneShapes,
      zones2.map((zone2) => outline(zone2.hull, DASHED))
    );
  }
  function zoneTip(zone2) {
    const share = percent(sites[zone2.rank - 1]?.share);
    const words2 = ngettext(
      "Zone {rank}: {n} place, {chance} {share}",
      "Zone {rank}: {n} places, {chance} {share}",
      zone2.sites,
      { rank: number(zone2.rank), n: number(zone2.sites), chance: CHANCE, share }
    );
    return tip(zone2.name, [words2]);
  }
  function nameZones(zones2) {
    const labels2 = zones2.map((zone2) => {
      const [lat, lon] = zone2.hull.reduce((a, b) => b[0] > a[0] ? b : a);
      return { name: zone2.name, lat: lat + 0.1, lon, zoom: 6, kind: (
        /** @type {const} */
        "zone"
      ) };
    });
    nameZoneLabels(labels2.reverse(), () => isShown(zoneLayer));
    fillGroup(
      zoneHits,
      zones2.map((zone2) => unseenArea(zone2.hull, () => zoneTip(zone2)))
    );
    if (isShown(zoneHits)) sink(zoneHits);
  }
  var statusOf, homeOf, radiusOf, owned, solid, gigafactoryTip, gigafactories, gigafactoryLayer, carOf, carLook, carsText, carTip, automakers, carLayer, rivalLook, capacityOf, rivals, rivalLayer, barredLook, barredLayer, LEAST_CLUSTER_KM, clusterTip, clusterRadius, AMBER, clusters, clusterLayer, zoneShapes, zoneHits, zoneLayer, DASHED;
  var init_points = __esm({
    "scripts/points.js"() {
      "use strict";
      init_data();
      init_dom();
      init_language();
      init_map();
      init_names();
      init_rank();
      init_words();
      statusOf = (row2) => keyOf(STATUS, row2.status, [row2.status, null]);
      homeOf = (row2) => keyOf(HOMES, row2.owner_hq_country, HOMES[""]);
      radiusOf = (gwh) => Math.max(2.6, 1.75 * Math.sqrt(gwh || 0));
      owned = ({ owner, owner_hq_country: home }) => home ? tr("Owner: {owner} ({country})", { owner, country: home }) : tr("Owner: {owner}", { owner });
      solid = (colour) => colour ?? colours.panel;
      gigafactoryTip = (row2) => tip(row2.name, [
        tr("Gigafactory in {country}, {status}", {
          country: countryName(row2.country),
          status: statusOf(row2)[0].toLowerCase()
        }),
        row2.capacity_gwh === null ? tr("Capacity unknown") : tr("{gwh} GWh a year", { gwh: rounded(row2.capacity_gwh) }),
        row2.anode_kt ? tr("Counts as {kt} kt of anode a year", { kt: number(row2.anode_kt, 1) }) : null,
        owned(row2),
        row2.chemistry ? tr("Chemistry: {chemistry}", { chemistry: tr(row2.chemistry) }) : null
      ]);
      gigafactories = rowsOf(tables.gigafactories).sort(
        (a, b) => (b.capacity_gwh || 0) - (a.capacity_gwh || 0)
      );
      gigafactoryLayer = pointLayer(gigafactories, gigafactoryLook, gigafactoryTip);
      carOf = (row2) => keyOf(CARS, row2.ev_status, CARS.ice);
      carLook = (row2) => ({
        shape: "square",
        radius: 2.7,
        fillColor: solid(carOf(row2)[1]),
        color: solid(CARS.ev[1]),
        weight: 1
      });
      carsText = ({ vehicles }) => vehicles === null ? null : tr("{count} cars a year", { count: number(vehicles) });
      carTip = (row2) => tip(row2.name, [
        tr("Car plant in {country}: {builds}", {
          country: countryName(row2.country),
          builds: carOf(row2)[0]
        }),
        carsText(row2),
        row2.owner_group
      ]);
      automakers = rowsOf(tables.automakers);
      carLayer = pointLayer(automakers, carLook, carTip);
      rivalLook = (row2) => ({
        shape: "diamond",
        radius: 4,
        color: colours.ink,
        weight: 1.4,
        casing: true,
        fillColor: row2.status === "operating" ? colours.ink : colours.panel,
        fillOpacity: 1
      });
      capacityOf = (row2) => row2.ktpa === null ? tr("capacity unknown") : tr("{kt} kt a year", { kt: rounded(row2.ktpa) });
      rivals = rowsOf(tables.rivals).filter((row2) => row2.status !== "cancelled");
      rivalLayer = pointLayer(rivals, rivalLook, rivalTip);
      barredLook = () => ({
        shape: "cross",
        radius: 4,
        fill: false,
        color: colours.barred,
        weight: 1.8,
        casing: true
      });
      barredLayer = pointLayer(
        barred,
        barredLook,
        (row2) => tip(row2.name, [country(row2), tr("Excluded: {rule}", { rule: tr(row2.rule) })])
      );
      LEAST_CLUSTER_KM = 40;
      clusterTip = (row2) => tip(row2.name, [
        tr("Demand cluster: {kt} kt of anode a year", {
          kt: number(row2.kt, row2.kt < 10 ? 1 : 0)
        }),
        ngettext(
          "{n} gigafactory, {gwh} GWh a year",
          "{n} gigafactories, {gwh} GWh a year",
          row2.plants,
          { n: number(row2.plants), gwh: number(row2.gwh) }
        )
      ]);
      clusterRadius = (row2) => 1e3 * Math.max(LEAST_CLUSTER_KM, row2.radius_km + 15);
      AMBER = {
        color: colours.cluster,
        weight: 1.3,
        fillColor: solid(STATUS.operating[1]),
        fillOpacity: 0.1
      };
      clusters = rowsOf(tables.clusters);
      clusterLayer = groupOf([
        groupOf(
          clusters.map((row2) => unseenCircle(where(row2), clusterRadius(row2), () => clusterTip(row2)))
        ),
        ...clusters.map((row2) => circle(where(row2), clusterRadius(row2), AMBER))
      ]);
      zoneShapes = groupOf();
      zoneHits = groupOf();
      zoneLayer = groupOf([zoneShapes, zoneHits]);
      DASHED = {
        color: colours.navy,
        weight: 1.6,
        dashArray: "6 4",
        fillColor: colours.navy,
        fillOpacity: 0.05
      };
    }
  });

  // scripts/flows.js
  function drawFlows(site2) {
    const customers = site2 ? site2.customers.slice(0, FLOWS) : [];
    fillGroup(
      flowLayer,
      customers.flatMap((customer) => {
        const [from, to] = [where(
          /** @type {Site} */
          site2
        ), where(customer)];
        const weight = flowWidth(customer.kt);
        return [
          curve(from, to, { color: colours.halo, weight: weight + 2.4, opacity: 0.8 }),
          curve(from, to, { color: colours.navy, weight, opacity: 0.85 }),
          dot(to, weight / 2 + 2.2, {
            color: colours.halo,
            weight: 1,
            fillColor: colours.navy,
            fillOpacity: 1
          })
        ];
      })
    );
  }
  var FLOWS, flowLayer, flowWidth, reachOf;
  var init_flows = __esm({
    "scripts/flows.js"() {
      "use strict";
      init_data();
      init_map();
      FLOWS = 8;
      flowLayer = groupOf();
      flowWidth = (kt) => Math.min(14, 1.4 + 0.42 * (kt || 0));
      reachOf = (site2) => [site2, ...site2.customers.slice(0, FLOWS)].map(where);
    }
  });

  // scripts/rove.js
  function rove(box3, which, first = which) {
    const all = () => (
      /** @type {HTMLElement[]} */
      [...box3.querySelectorAll(which)]
    );
    const home = () => box3.querySelector(first);
    const stopAt2 = (stop2) => {
      for (const node of all()) node.tabIndex = node === stop2 ? 0 : -1;
    };
    stopAt2(home());
    if (box3.dataset.roving) return;
    box3.dataset.roving = which;
    box3.addEventListener("focusin", ({ target }) => {
      if (all().some((node) => node === target)) stopAt2(target);
    });
    box3.addEventListener("focusout", () => stopAt2(home()));
    box3.addEventListener("keydown", (event) => {
      const shown = all().filter(seen2);
      const at3 = shown.indexOf(
        /** @type {HTMLElement} */
        event.target
      );
      if (at3 < 0 || !Object.hasOwn(STEPS2, event.key)) return;
      const wanted = shown[STEPS2[event.key](at3, shown.length - 1)];
      if (!wanted) return;
      event.preventDefault();
      event.stopPropagation();
      wanted.focus();
    });
  }
  var STEPS2, seen2;
  var init_rove = __esm({
    "scripts/rove.js"() {
      "use strict";
      STEPS2 = {
        ArrowRight: (at3) => at3 + 1,
        ArrowDown: (at3) => at3 + 1,
        ArrowLeft: (at3) => at3 - 1,
        ArrowUp: (at3) => at3 - 1,
        Home: () => 0,
        End: (_, last) => last
      };
      seen2 = (node) => node.offsetParent !== null;
    }
  });

  // scripts/views.js
  function view(key, bounds, room) {
    fitting = true;
    markRegion(key);
    fit(bounds, {
      topLeft: [room.left, room.top],
      bottomRight: [room.right, room.bottom],
      most: NEAREST_ZOOM
    });
    fitting = false;
    state.home = bounds;
  }
  function ofPart() {
    const { left, right } = covered();
    return { top: 46, left, right, bottom: phone.matches ? 40 : 0 };
  }
  function viewAll() {
    const ranks = new Set(sites.slice(0, BADGES).map(({ rank }) => rank));
    const zones2 = zonesNow().filter(({ rank }) => ranks.has(rank));
    const places = [...badgedSites().map(where), ...zones2.flatMap(({ hull: hull2 }) => hull2)];
    view("all", boxAround(places, 0) ?? ALL.bounds, edges());
  }
  function markRegion(key) {
    pressed = PARTS.find((part2) => part2.key === key) ?? null;
    for (const node of document.querySelectorAll("#regions button")) {
      const { dataset } = (
        /** @type {HTMLElement} */
        node
      );
      node.setAttribute("aria-pressed", String(dataset.key === key));
    }
  }
  function busiest() {
    const first = sites.slice(0, FIRST);
    const counts = PARTS.map(
      ({ bounds }) => first.filter((site2) => holds(bounds, where(site2))).length
    );
    return PARTS[counts.indexOf(Math.max(...counts))];
  }
  function viewSites(chosen3) {
    const before3 = zoomLevel();
    const box3 = boxAround(chosen3.map(where), 0.25);
    if (!box3) return;
    const { left, right } = covered();
    fit(box3, { topLeft: [left + 20, 60], bottomRight: [right + 20, 50], most: NEAREST_ZOOM });
    markRegion(null);
    if (zoomLevel() <= before3) pick(chosen3[0]);
  }
  function fly(row2, zoom) {
    lookAt(where(row2), zoom);
    markRegion(null);
  }
  function viewReach(site2) {
    const { top, left, right, bottom } = edges();
    const box3 = boxAround(reachOf(site2), 0.05);
    if (box3) fit(box3, { topLeft: [left + 20, top], bottomRight: [right + 20, bottom], most: 6 });
    markRegion(null);
  }
  function buildRegions() {
    const start = busiest();
    for (const region of [...PARTS, ALL]) {
      const node = button(
        region === start || region === ALL ? "" : "wide",
        region.name,
        () => region === ALL ? viewAll() : view(region.key, region.bounds, ofPart())
      );
      node.dataset.key = region.key;
      node.setAttribute("aria-pressed", "false");
      add($("regions"), node);
    }
    rove($("regions"), "button", "[data-key=all]");
    onMap("dragstart zoomstart", () => {
      if (!fitting) markRegion(null);
    });
  }
  var PARTS, ALL, NEAREST_ZOOM, pressed, fitting, partPressed, viewStart;
  var init_views = __esm({
    "scripts/views.js"() {
      "use strict";
      init_cover();
      init_data();
      init_dom();
      init_flows();
      init_language();
      init_map();
      init_rank();
      init_rove();
      init_state();
      PARTS = [
        {
          key: "europe",
          name: tr("Europe"),
          bounds: [
            [33.2, -12],
            [66.8, 37]
          ]
        },
        {
          key: "gulf",
          name: tr("Gulf"),
          bounds: [
            [11, 32],
            [34, 63]
          ]
        },
        {
          key: "asia",
          name: tr("South-East Asia"),
          bounds: [
            [-11, 92],
            [24, 142]
          ]
        },
        {
          key: "america",
          name: tr("North America"),
          bounds: [
            [14, -127],
            [56, -58]
          ]
        }
      ];
      ALL = {
        key: "all",
        name: tr("All"),
        bounds: [
          [-36, -122],
          [66, 145]
        ]
      };
      NEAREST_ZOOM = 8;
      pressed = null;
      fitting = false;
      partPressed = () => pressed;
      viewStart = viewAll;
    }
  });

  // scripts/pills.js
  function widthOf(text, font) {
    pen.font = `${font} ${FONT}`;
    return pen.measureText(text).width;
  }
  function makePill() {
    const box3 = el("div", "pill-mark");
    const head = el("b");
    const line2 = el("span");
    add(box3, head, " ", line2);
    const marker = badgeMarker(
      add(el("div", "stand"), box3),
      () => pill2.tip(),
      () => pill2.act()
    );
    const pill2 = { box: box3, head, line: line2, marker, tip: () => el("div"), act: () => {
    }, words: [] };
    return pill2;
  }
  function pillsFor(count) {
    while (pool.length < count) pool.push(makePill());
    pool.forEach((pill2, at3) => {
      setIn(pillLayer, pill2.marker, at3 < count);
    });
    return pool.slice(0, count);
  }
  function dress2(pill2, at3, look2, z) {
    moveMarker(pill2.marker, where(at3));
    stackMarker(pill2.marker, z);
    pill2.box.className = `pill-mark${look2}`;
  }
  function dressCountry(pill2, own2, all, at3) {
    const [best2] = own2;
    const name = shownLand(best2.country);
    const n = own2.length;
    const many = n < all ? tr("{n} of {all} zones", { n, all }) : ngettext("{n} zone", "{n} zones", n, { n: number(n) });
    pill2.words = [
      [name, tr("{zones}, best rank {rank}", { zones: many, rank: place(best2) })],
      [`${name} ${DOT} ${n}`, ""],
      [`${best2.country} ${DOT} ${n}`, ""]
    ];
    pill2.tip = () => tip(tr("{country}: {zones}", { country: name, zones: many }), [
      ...own2.slice(0, TOLD).map(
        (site2) => tr("{rank}  {name}, {share}", {
          rank: place(site2),
          name: site2.name,
          share: percent(site2.share)
        })
      ),
      n > TOLD ? tr("and {n} more", { n: number(n - TOLD) }) : null
    ]);
    pill2.act = () => viewSites(own2);
    dress2(pill2, at3, Number(best2.at) >= FIRST ? " lower" : "", 900 - Number(best2.rank));
    return pill2.words.map(sizeOf);
  }
  function shutIn(inView2, zoom) {
    if (zoom >= SHUT_ZOOM) return [];
    const listed2 = new Set(sites.map((site2) => site2.country));
    return shut.filter((row2) => !listed2.has(row2.country) && inView2(row2)).slice(0, MOST_SHUT);
  }
  function dressShut(pill2, row2) {
    const words2 = row2.entry ? tr("law: {share} chance of entry", { share: percent(row2.entry) }) : tr("closed by law");
    const name = shownLand(row2.country);
    pill2.words = [[name, words2]];
    pill2.tip = () => tip(name, [tr("{law} for this investor", { law: words2 })]);
    pill2.act = () => askedLand.tell(row2.country);
    dress2(pill2, row2, " shut", 100);
    return pill2.words.map(sizeOf);
  }
  function standPill(pill2, stand2) {
    pill2.box.hidden = !stand2;
    if (!stand2) return;
    const [head, line2] = pill2.words[stand2.form];
    write(pill2.head, head);
    write(pill2.line, line2);
    pill2.box.style.left = `${stand2.dx.toFixed(1)}px`;
    pill2.box.style.top = `${stand2.dy.toFixed(1)}px`;
  }
  var FONT, PAD, TOLD, pillLayer, pen, sizeOf, pool, LEAST_ENTRY, SHUT_ZOOM, MOST_SHUT, shut;
  var init_pills = __esm({
    "scripts/pills.js"() {
      "use strict";
      init_data();
      init_dom();
      init_gazetteer();
      init_language();
      init_map();
      init_points();
      init_rank();
      init_state();
      init_views();
      init_words();
      FONT = '"Segoe UI","Helvetica Neue",Roboto,"Noto Sans",Arial,sans-serif';
      PAD = 18;
      TOLD = 6;
      pillLayer = groupOf();
      pen = /** @type {CanvasRenderingContext2D} */
      document.createElement("canvas").getContext("2d");
      sizeOf = ([head, line2]) => [
        Math.max(widthOf(head, "650 12px"), widthOf(line2, "11px")) + PAD,
        line2 ? 34 : 22
      ];
      pool = [];
      LEAST_ENTRY = 0.1;
      SHUT_ZOOM = 6;
      MOST_SHUT = 4;
      shut = (() => {
        const demand = /* @__PURE__ */ new Map();
        for (const { country: code, anode_kt: kt } of gigafactories) {
          demand.set(code, (demand.get(code) ?? 0) + (kt ?? 0));
        }
        const at3 = new Map(lands().map((land3) => [land3.country, land3]));
        return rowsOf(tables.policy_countries).flatMap(({ country: code, entry }) => {
          const land3 = at3.get(code);
          if (!land3 || entry === null || entry > LEAST_ENTRY) return [];
          return [{ ...land3, entry, demand: demand.get(code) ?? 0 }];
        }).sort((a, b) => b.demand - a.demand);
      })();
    }
  });

  // scripts/badges.js
  function siteTip(site2) {
    const sure = sureOf(site2);
    return tip(`${place(site2)}  ${site2.name}`, [
      `${country(site2)} ${DOT} ${CHANCE} ${percent(site2.share)}`,
      site2.scouted ? null : UNSCOUTED,
      tr("{times} the odds of the median place", { times: timesText(total(site2)) }),
      sure && tr("{first} in {share} of the what-if runs", {
        first: sure.words,
        share: percent(sure.part)
      })
    ]);
  }
  function makeBadge() {
    const box3 = el("div", "badge");
    const disc2 = el("div", "disc");
    const rank = el("b");
    const label = el("span", "label");
    add(box3, add(disc2, rank, label));
    const marker = badgeMarker(
      box3,
      () => siteTip(badge.site),
      () => pick(badge.site)
    );
    const badge = { box: box3, disc: disc2, rank, label, marker, site: (
      /** @type {Site} */
      {}
    ) };
    return badge;
  }
  function spotOf(row2) {
    const { x, y } = groundPixel(where(row2));
    return onScreen(x, y);
  }
  function badgeMark({ box: box3, disc: disc2, site: site2 }) {
    return {
      ...spotOf(site2),
      site: site2,
      land: "",
      over: true,
      forms: [[DISC, DISC]],
      stands(stand2) {
        box3.classList.toggle("away", !stand2);
        disc2.style.left = `${(stand2?.dx ?? 0).toFixed(1)}px`;
        disc2.style.top = `${(stand2?.dy ?? 0).toFixed(1)}px`;
      }
    };
  }
  function groupsOf() {
    const spots = badged.map(({ site: site2 }) => {
      return { ...spotOf(site2), land: site2.country, alone: site2 === state.site };
    });
    const groups = gathered(spots, zoomLevel() < AFAR ? NEAR_AFAR : NEAR2);
    return groups.map((own2) => own2.map((at3) => badged[at3]));
  }
  function marksOf() {
    const groups = groupsOf();
    const alone2 = groups.filter((own2) => own2.length === 1).map(([badge]) => badge);
    const crowds = groups.filter((own2) => own2.length > 1);
    for (const { box: box3 } of crowds.flat()) box3.classList.add("away");
    const shut3 = shutIn((row2) => onMapArea(spotOf(row2)), zoomLevel());
    const pills = pillsFor(crowds.length + shut3.length);
    const ofCountries = crowds.map((own2, at3) => {
      const all = badged.filter(({ site: site2 }) => site2.country === own2[0].site.country).length;
      const inSight = own2.find(({ site: site2 }) => onMapArea(spotOf(site2))) ?? own2[0];
      const mark2 = { site: inSight.site, land: own2.length === all ? own2[0].site.country : "" };
      const forms = dressCountry(
        pills[at3],
        own2.map(({ site: site2 }) => site2),
        all,
        inSight.site
      );
      return pillMark(pills[at3], mark2, forms, false);
    });
    const ofShut = shut3.map((row2, at3) => {
      const pill2 = pills[crowds.length + at3];
      return pillMark(pill2, { site: row2, land: row2.country }, dressShut(pill2, row2), true);
    });
    const ranked = [...alone2.map(badgeMark), ...ofCountries].sort((a, b) => rankOf(a) - rankOf(b));
    return [...ranked, ...haunted.map(badgeMark), ...ofShut];
  }
  function spreadMarks() {
    const marks2 = marksOf();
    const inView2 = marks2.filter(onMapArea);
    for (const mark2 of marks2) if (!inView2.includes(mark2)) mark2.stands(mark2.over ? NOWHERE : null);
    const placed2 = [...badged, ...haunted].map(({ site: site2 }) => spotOf(site2));
    const stands = laid(inView2, mapSize(), over, placed2);
    const taken2 = [];
    const named2 = /* @__PURE__ */ new Set();
    dots2 = placed2;
    leads = [];
    inView2.forEach((mark2, at3) => {
      const stand2 = stands[at3];
      mark2.stands(stand2);
      if (!stand2) return;
      const middle2 = { x: mark2.x + stand2.dx, y: mark2.y + stand2.dy };
      const box3 = boxOf(middle2, ...mark2.forms[stand2.form]);
      taken2.push(box3);
      if (mark2.land) named2.add(mark2.land);
      lead(mark2, box3);
    });
    if (state.site) {
      const { x, y } = spotOf(state.site);
      taken2.push([x, y - 10, x + 30 + LETTER * state.site.name.length, y + 10]);
    }
    nameCountries(named2);
    return isShown(siteLayer) ? taken2 : [];
  }
  function lead({ x, y }, [left, top, right, bottom]) {
    const end = { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
    const off = Math.hypot(end.x - x, end.y - y);
    if (off > 0 && off < PILL_GAP * 4) leads.push([{ x, y }, end]);
  }
  function nameCountries(named2) {
    const spots = /* @__PURE__ */ new Map();
    for (const { site: site2 } of [...badged, ...haunted]) {
      spots.set(site2.country, [...spots.get(site2.country) ?? [], spotOf(site2)]);
    }
    nameFirst(spots, named2);
  }
  function placeBadges(names2 = true) {
    withNames ||= names2;
    whenThrough("badges", () => {
      placeNow(withNames);
      withNames = false;
    });
  }
  function placeNow(names2) {
    if (names2) {
      over = overlays();
      lookAround();
    }
    const taken2 = spreadMarks();
    const specks2 = [];
    if (names2) taken2.push(...over);
    for (const layer of [gigafactoryLayer, rivalLayer].filter(isShown)) {
      for (const disc2 of discsOf(layer)) {
        const large = disc2.r > 5 && layer === gigafactoryLayer;
        (large ? taken2 : specks2).push(boxOf(disc2, 2 * disc2.r, 2 * disc2.r));
      }
    }
    taken2.push(...dots2.map((at3) => boxOf(at3, CLEAR, CLEAR)));
    keepClearOf(taken2, specks2);
    for (const layer of [...names2 ? [nameLayer] : [], leadLayer]) if (isShown(layer)) layer.draw();
  }
  function give(from, wanted) {
    from.forEach((badge, at3) => {
      if (at3 < wanted.length) {
        badge.site = wanted[at3];
        write(badge.rank, place(badge.site));
        write(badge.label, badge.site.name);
        moveMarker(badge.marker, where(badge.site));
      }
      setIn(badgeLayer, badge.marker, at3 < wanted.length);
    });
    return from.slice(0, wanted.length);
  }
  function fillBadges(names2 = true) {
    badged = give(badges, badgedSites());
    dressBadges();
    placeBadges(names2);
  }
  function dressBadges() {
    for (const { site: site2, box: box3, marker } of badged) {
      const chosen3 = site2 === state.site;
      const lower = site2.at === null || site2.at >= FIRST;
      const faded = passesSite(site2) ? "" : " faded";
      box3.className = `badge${lower ? " lower" : ""}${chosen3 ? " chosen" : ""}${faded}`;
      stackMarker(marker, chosen3 ? 5e3 : 1e3 - 10 * (site2.rank || BADGES + 1));
    }
  }
  function clearView() {
    const [[south, west], [north, east]] = seen();
    const { left, right } = covered();
    const degree = (east - west) / mapSize().x;
    return [
      [south, west + left * degree],
      [north, east - right * degree]
    ];
  }
  function lookAround() {
    const part2 = partPressed();
    const box3 = part2 ? shared(part2.bounds, clearView()) : clearView();
    const view2 = bestIn(box3);
    best = view2.best;
    const chosen3 = view2.ghosts.filter((site2) => site2 !== state.site);
    haunted = give(ghosts, chosen3);
    haunted.forEach(({ box: node }, at3) => {
      node.className = `badge lower ghost${at3 ? "" : " best"}`;
    });
    const all = best?.rank === 1 && !view2.beyond;
    $("outside").hidden = all || state.site !== null && holds(box3, where(state.site));
    write($("outside"), viewLine(view2, part2 ? part2.name : tr("this view")));
  }
  function buildOutside() {
    $("outside").addEventListener("click", () => {
      if (best) pick(best);
    });
  }
  var badgeLayer, badges, ghosts, badged, haunted, furtherLayer, fillFurther, dots2, leads, leadLayer, siteLayer, NEAR2, NEAR_AFAR, AFAR, DISC, CLEAR, LETTER, PILL_GAP, over, onMapArea, rankOf, pillMark, NOWHERE, withNames, shared, best;
  var init_badges = __esm({
    "scripts/badges.js"() {
      "use strict";
      init_cover();
      init_data();
      init_dom();
      init_inks();
      init_inview();
      init_land();
      init_language();
      init_map();
      init_marks();
      init_names();
      init_odds();
      init_paint();
      init_pills();
      init_points();
      init_rank();
      init_state();
      init_views();
      init_words();
      badgeLayer = groupOf();
      badges = Array.from({ length: BADGES + 1 }, makeBadge);
      ghosts = Array.from({ length: GHOSTS }, makeBadge);
      badged = [];
      haunted = [];
      furtherLayer = pointLayer(
        /** @type {Site[]} */
        [],
        () => ({ radius: 3, color: colours.navy, weight: 1.3, fillColor: colours.panel, casing: true }),
        (site2) => tip(site2.name, [
          tr("Rank {rank}, {country}", { rank: place(site2), country: country(site2) }),
          `${raised(CHANCE)} ${percent(site2.share)}`
        ])
      );
      onPoint(furtherLayer, pick);
      fillFurther = () => setPoints(furtherLayer, sites.slice(BADGES));
      dots2 = [];
      leads = [];
      leadLayer = sketch("leads", (pen2) => {
        const navy = ink(colours.navy);
        Object.assign(pen2, { strokeStyle: navy, fillStyle: navy, lineWidth: 1.2 });
        for (const [from, to] of leads) {
          pen2.beginPath();
          pen2.moveTo(from.x, from.y);
          pen2.lineTo(to.x, to.y);
          pen2.stroke();
        }
        Object.assign(pen2, { strokeStyle: ink(colours.halo), lineWidth: 3 });
        for (const { x, y } of dots2) {
          pen2.beginPath();
          pen2.arc(x, y, 3.2, 0, 2 * Math.PI);
          pen2.stroke();
          pen2.fill();
        }
      });
      siteLayer = groupOf([furtherLayer, leadLayer, badgeLayer, pillLayer]);
      NEAR2 = 20;
      NEAR_AFAR = 100;
      AFAR = 3.5;
      DISC = 29;
      CLEAR = 9;
      LETTER = 7;
      PILL_GAP = 12;
      over = [];
      onMapArea = ({ x, y }) => x >= 0 && y >= 0 && x <= mapSize().x && y <= mapSize().y;
      rankOf = ({ site: site2 }) => site2 === state.site ? 0 : site2.rank ?? BADGES + 1;
      pillMark = (pill2, mark2, forms, overPlace) => ({
        ...mark2,
        ...spotOf(mark2.site),
        over: overPlace,
        forms,
        stands: (stand2) => standPill(pill2, stand2)
      });
      NOWHERE = { dx: 0, dy: 0, form: 0 };
      withNames = false;
      shared = ([[south, west], [north, east]], [[s, w], [n, e]]) => [
        [Math.max(south, s), Math.max(west, w)],
        [Math.min(north, n), Math.min(east, e)]
      ];
      best = null;
    }
  });

  // scripts/ground.js
  function chooseCells() {
    const chosen3 = pictures.filter(({ from }) => from <= zoomLevel()).pop();
    for (const one3 of pictures) setIn(cellLayer, one3.layer, one3 === chosen3);
  }
  function hatching(stroke2) {
    const made3 = /* @__PURE__ */ new Map();
    return () => {
      const theme = themeNow();
      const pattern = made3.get(theme) ?? hatched(stroke2);
      made3.set(theme, pattern);
      return pattern;
    };
  }
  function hatched(stroke2) {
    const tile = document.createElement("canvas");
    const pen2 = (
      /** @type {CanvasRenderingContext2D} */
      tile.getContext("2d")
    );
    tile.width = 8;
    tile.height = 8;
    pen2.fillStyle = ink(colours.unscored);
    pen2.fillRect(0, 0, 8, 8);
    pen2.strokeStyle = ink(stroke2);
    pen2.lineWidth = 1;
    for (const x of [-4, 4, 12]) {
      pen2.moveTo(x - 6, 10);
      pen2.lineTo(x + 6, -2);
    }
    pen2.stroke();
    return (
      /** @type {CanvasPattern} */
      pen2.createPattern(tile, "repeat")
    );
  }
  function policyFill(row2) {
    if (row2.bars) return hatch;
    return row2.score_hint === null ? colours.land : POLICY[policyClass(row2.score_hint)];
  }
  function verdictOf(row2) {
    if (row2.bars) return tr("closed to this investor");
    if (row2.score_hint === null) return tr("not judged");
    return tr("{score} of 100, open and with aid being 100", {
      score: number(100 * row2.score_hint)
    });
  }
  function policyOf(code) {
    const row2 = policyRows.find((one3) => one3.country === code);
    if (!row2) return { verdict: "", laws: [] };
    const rest = row2.in_force - row2.instruments.length;
    const more = rest > 0 ? [tr("and {n} more in force", { n: number(rest) })] : [];
    return { verdict: verdictOf(row2), laws: [...row2.instruments, ...more] };
  }
  function policyTip(row2) {
    const rest = row2.in_force - row2.instruments.length;
    return tip(countryName(row2.country), [
      tr("Policy for this investor: {verdict}", { verdict: verdictOf(row2) }),
      ...row2.instruments.map(
        (line2, at3) => row2.decides && at3 === 0 ? el("strong", "", tr("Decides: {law}", { law: line2 })) : `${DASH} ${line2}`
      ),
      rest > 0 ? tr("and {n} more in force", { n: number(rest) }) : null
    ]);
  }
  var filled2, countries, scored2, landOf, borders, groundLayer, surfaceLayer, plainLayer, pictures, cellLayer, hatch, paleHatch, hatchedLand, policyClass, policyRows, someBar, ringsOf, policyHits, policyLayer;
  var init_ground = __esm({
    "scripts/ground.js"() {
      "use strict";
      init_data();
      init_dom();
      init_inks();
      init_language();
      init_map();
      init_shapes();
      init_words();
      filled2 = (fillColor) => ({
        stroke: false,
        fill: true,
        fillColor: (
          /** @type {string} */
          fillColor
        ),
        // map.js takes a pattern as well
        fillOpacity: 1
      });
      ({ countries } = data.ground);
      scored2 = new Set(data.ground.scored);
      landOf = (candidates) => areas(
        Object.entries(countries).filter(([code]) => scored2.has(code) === candidates).flatMap(([, polygons]) => polygons)
      );
      borders = lines(data.ground.borders);
      groundLayer = groupOf([
        ground(landOf(true), "land", filled2(colours.land)),
        ground(landOf(false), "land", filled2(colours.unscored)),
        ground(lines(data.ground.coast), "line", { color: colours.coast, weight: 0.7 }),
        ground(borders, "line", { color: colours.halo, weight: 2, opacity: 0.75 }),
        ground(borders, "line", { color: colours.border, weight: 0.7 })
      ]);
      surfaceLayer = groupOf(
        data.surface.map((polygons, k) => ground(areas(polygons), "fill", filled2(SURFACE[k])))
      );
      plainLayer = groupOf();
      pictures = data.cells.map(({ png, bounds, from }) => ({
        from,
        layer: picture(png, bounds)
      }));
      cellLayer = groupOf();
      chooseCells();
      hatch = hatching(colours.grey);
      paleHatch = hatching(colours.edge);
      hatchedLand = (codes2) => ground(
        areas(codes2.filter((code) => code in countries).flatMap((code) => countries[code])),
        "fill",
        filled2(paleHatch)
      );
      policyClass = (hint) => data.palette.policyBreaks.filter((least) => hint >= least).length - 1;
      policyRows = rowsOf(tables.policy_countries).filter((row2) => row2.country in countries);
      someBar = policyRows.some((row2) => row2.bars);
      ringsOf = (polygons) => polygons.map(
        (rings) => rings.map((ring2) => decode(ring2).map(([x, y]) => (
          /** @type {Place} */
          [y, x]
        )))
      );
      policyHits = groupOf(
        policyRows.map(
          (row2) => unseenArea(ringsOf(countries[row2.country]), () => policyTip(row2), { smoothFactor: 2 })
        )
      );
      policyLayer = groupOf([
        ...policyRows.map(
          (row2) => ground(areas(countries[row2.country]), "fill", filled2(policyFill(row2)))
        ),
        policyHits
      ]);
    }
  });

  // scripts/keys.js
  function keys(list, width = 224) {
    const height = list.length * 17 + 2;
    const picture3 = svg("svg", { width, height, "aria-hidden": "true" });
    list.forEach(([draw2, words2], k) => {
      draw2(picture3, 9 + 17 * k);
      add(picture3, svg("text", { x: 26, y: 13 + 17 * k }, words2));
    });
    return picture3;
  }
  function siteKey() {
    const pale = { fill: colours.panel, stroke: colours.navy };
    const list = [
      [disc({ fill: colours.navy, stroke: colours.halo }), rankText2(1, FIRST)],
      [disc({ ...pale, "stroke-width": 1.5 }), rankText2(FIRST + 1, BADGES)],
      [disc({ r: 3.2, fill: colours.navy, stroke: colours.halo }), tr("true place")],
      [pill({ fill: colours.navy }), tr("several of a country: zoom in")],
      [
        pill({ fill: colours.panel, stroke: colours.barred, "stroke-dasharray": "3 2" }),
        tr("the law lets few or none in")
      ]
    ];
    const further = rankText2(BADGES + 1, sites.length);
    if (sites.length > BADGES) list.push([disc({ r: 3, ...pale }), further]);
    return keys(list, 240);
  }
  function nearbyKey() {
    const dark2 = { fill: colours.ink2 };
    const path = (d, look2) => draws("path", (y) => ({ d, transform: `translate(9 ${y})`, ...look2 }));
    return keys([
      [disc({ r: 3, fill: colours.panel, stroke: colours.ink2, "stroke-width": 1.3 }), tr("town")],
      [path("M-4 3h8l-4-7z", { fill: colours.seaname }), tr("seaport")],
      [path("M1-5l-4 6h3l-1 4 4-6H0z", dark2), tr("power station")],
      [path("M-4-2.4h8v4.8h-8z", dark2), tr("rail terminal")],
      [
        path("M-3-3h6v6h-6z", { fill: colours.panel, stroke: colours.navy, "stroke-width": 1.3 }),
        tr("estate")
      ]
    ]);
  }
  function flowKey() {
    if (!state.site) return el("span", "", tr("Choose a site to see whom it serves."));
    const list = [2, 20].map((kt) => [stroke(flowWidth(kt)), tr("{kt} kt a year", { kt })]);
    return add(el("div"), keys(list), el("span", "", tr("Curves say who is served, not the route.")));
  }
  function sizeKey() {
    const factor = zoomFactor();
    const tall = radiusOf(100) * factor;
    const height = Math.max(22, 2 * tall + 4);
    const picture3 = svg("svg", { width: 232, height, "aria-hidden": "true" });
    let x = 1;
    for (const gwh of [10, 40, 100]) {
      const r = radiusOf(gwh) * factor;
      const place3 = { cx: x + r, cy: Math.max(11, tall + 2), r };
      const text = { x: x + 2 * r + 4, y: Math.max(15, tall + 6) };
      add(
        picture3,
        svg("circle", { ...place3, fill: "none", stroke: colours.ink2, "stroke-width": 1.2 }),
        svg("text", text, gwh === 100 ? tr("{gwh} GWh a year", { gwh }) : gwh)
      );
      x += 2 * r + 26;
    }
    return picture3;
  }
  function gigafactoryKey() {
    const two = svg("svg", { width: 240, height: 88, "aria-hidden": "true" });
    add(
      two,
      svg("text", { x: 2, y: 11 }, tr("Fill: status")),
      svg("text", { x: 138, y: 11 }, tr("Outline: owner"))
    );
    const fills = Object.values(STATUS).filter(([, fill2]) => fill2);
    [
      ...fills,
      /** @type {Key} */
      [tr("Paused or cancelled"), null]
    ].forEach(([words2, fill2], k) => {
      const look2 = {
        fill: fill2 || colours.panel,
        stroke: fill2 ? colours.ink : colours.grey,
        "stroke-width": 1.2,
        "stroke-dasharray": fill2 ? "none" : "2 2"
      };
      const circle2 = svg("circle", { cx: 8, cy: 26 + 17 * k, r: 5.5, ...look2 });
      add(two, circle2, svg("text", { x: 20, y: 30 + 17 * k }, tr(words2)));
    });
    Object.values(HOMES).forEach(([words2, colour], k) => {
      const look2 = { fill: colours.panel, stroke: colour, "stroke-width": 2.4 };
      const circle2 = svg("circle", { cx: 144, cy: 26 + 17 * k, r: 5.5, ...look2 });
      add(two, circle2, svg("text", { x: 156, y: 30 + 17 * k }, tr(words2)));
    });
    return add(el("div"), sizeKey(), two);
  }
  function ramp(fills, ticks, unit, step2 = 38) {
    const picture3 = svg("svg", {
      width: step2 * fills.length + 46,
      height: 30,
      "aria-hidden": "true"
    });
    fills.forEach((fill2, k) => {
      add(picture3, svg("rect", { x: step2 * k, y: 2, width: step2 - 1, height: 11, fill: fill2 }));
    });
    for (const [k, words2, anchor] of ticks) {
      add(picture3, svg("text", { x: step2 * k, y: 26, "text-anchor": anchor }, words2));
    }
    return add(picture3, svg("text", { x: step2 * fills.length + 4, y: 12 }, unit));
  }
  function surfaceKey() {
    const ticks = data.breaks.map((least, k) => [k, rounded(least), k ? "middle" : "start"]);
    const words2 = tr(
      "Anode demand within freight reach: each customer counts less the dearer its freight. Hexagons of about {area} km\xB2.",
      { area: number(12e3) }
    );
    return add(el("div"), ramp(SURFACE, ticks, tr("kt/yr")), el("span", "", words2));
  }
  function cellKey() {
    const shares = data.palette.cellShares.slice(0, -1);
    const ticks = shares.map((share, k) => [k + 1, perCent(100 * share), "middle"]);
    const picture3 = ramp(
      data.palette.cells,
      [[0, tr("best"), "start"], ...ticks, [5, tr("rest"), "end"]],
      ""
    );
    const words2 = tr(
      "Every hexagon of the land by its rank; seen from afar, the best that lies below. What no plant could use is left blank."
    );
    return add(el("div"), picture3, el("span", "", words2));
  }
  function closedBox(picture3, y) {
    const strokes = [3, 9, 15].map((x) => ({ x1: x, y1: y + 6, x2: x + 5, y2: y - 6 }));
    box({ fill: colours.unscored, stroke: colours.coast })(picture3, y);
    add(picture3, ...strokes.map((at3) => svg("line", { ...at3, stroke: colours.grey })));
  }
  function policyKey() {
    const list = someBar ? [[closedBox, tr("closed to this investor")]] : [];
    list.push([box({ fill: colours.land, stroke: colours.coast }), tr("no rule in the catalogue")]);
    const ticks = [
      [0, tr("shut"), "start"],
      [5, tr("open, with aid"), "end"]
    ];
    return add(el("div"), ramp(POLICY, ticks, ""), keys(list));
  }
  var draws, disc, diamond, square, stroke, box, pill, rankText2, zoneKey, barredKey, clusterKey, carKey, rivalKey, unscoredKey;
  var init_keys = __esm({
    "scripts/keys.js"() {
      "use strict";
      init_data();
      init_dom();
      init_flows();
      init_ground();
      init_language();
      init_map();
      init_points();
      init_rank();
      init_state();
      init_words();
      draws = (tag2, look2) => (picture3, y) => {
        add(picture3, svg(tag2, look2(y)));
      };
      disc = (look2) => draws("circle", (y) => ({ cx: 9, cy: y, r: 5.5, ...look2 }));
      diamond = (fill2) => draws("path", (y) => {
        return { d: `M9 ${y - 6}l6 6-6 6-6-6z`, fill: fill2, stroke: colours.ink, "stroke-width": 1.4 };
      });
      square = (fill2) => draws("rect", (y) => ({ x: 5, y: y - 4, width: 8, height: 8, fill: fill2, stroke: CARS.ev[1] }));
      stroke = (weight) => draws("line", (y) => {
        return { x1: 0, x2: 20, y1: y, y2: y, stroke: colours.navy, "stroke-width": weight };
      });
      box = (look2) => draws("rect", (y) => ({ x: 0, y: y - 6, width: 20, height: 12, ...look2 }));
      pill = (look2) => draws("rect", (y) => ({ x: 0, y: y - 5, width: 20, height: 10, rx: 5, ...look2 }));
      rankText2 = (first, last) => tr("rank {first} to {last}", { first, last });
      zoneKey = () => keys([
        [
          box({
            rx: 5,
            fill: colours.navy,
            "fill-opacity": 0.06,
            stroke: colours.navy,
            "stroke-width": 1.5,
            "stroke-dasharray": "5 3"
          }),
          tr("places that are one choice")
        ]
      ]);
      barredKey = () => keys([
        [
          draws("path", (y) => {
            return { d: `M5 ${y - 4}l8 8m0-8l-8 8`, stroke: colours.barred, "stroke-width": 1.8 };
          }),
          tr("excluded by a rule, not ranked")
        ]
      ]);
      clusterKey = () => keys([
        [
          disc({
            r: 6.5,
            fill: STATUS.operating[1],
            "fill-opacity": 0.12,
            stroke: colours.cluster,
            "stroke-width": 1.3
          }),
          tr("gigafactories within a day's drive")
        ]
      ]);
      carKey = () => keys(Object.values(CARS).map(([words2, fill2]) => [square(fill2), tr(words2)]));
      rivalKey = () => keys([
        [diamond(colours.ink), tr("operating")],
        [diamond(colours.panel), tr("planned, being built or paused")]
      ]);
      unscoredKey = () => keys([
        [box({ fill: colours.unscored, stroke: colours.coast }), tr("no candidate in this study")]
      ]);
    }
  });

  // scripts/landlayer.js
  function originOf(world) {
    const { x, y } = screenPixel([0, 0]);
    return { x: world / 2 - x, y: world / 2 - y };
  }
  function inView({ x, y }) {
    const world = 256 * 2 ** zoomLevel();
    const { x: left, y: top } = originOf(world);
    const size = mapSize();
    const [wide, high] = [size.x * PAD2 + 2 * RADIUS, size.y * PAD2 + 2 * RADIUS];
    const rows2 = [];
    const px = new Float32Array(x.length);
    const py = new Float32Array(x.length);
    for (let i = 0; i < x.length; i += 1) {
      px[i] = x[i] * world - left;
      py[i] = y[i] * world - top;
      const inside2 = px[i] > -wide && px[i] < size.x + wide && py[i] > -high && py[i] < size.y + high;
      if (inside2) rows2.push(i);
    }
    return { rows: rows2, px, py };
  }
  function binned(spots) {
    const { rows: rows2, px, py } = inView(spots);
    const { x: left, y: top } = originOf(256 * 2 ** zoomLevel());
    const dx = RADIUS * WIDE2;
    const dy = RADIUS * 1.5;
    const known2 = /* @__PURE__ */ new Map();
    const of = new Int32Array(rows2.length);
    const centres = [];
    rows2.forEach((i, k) => {
      const [column, row2] = hexagonAt((px[i] + left) / dx, (py[i] + top) / dy);
      const key = row2 * COLUMNS + 2 * column;
      let at3 = known2.get(key);
      if (at3 === void 0) {
        at3 = known2.size;
        known2.set(key, at3);
        centres.push(column * dx - left, row2 * dy - top);
      }
      of[k] = at3;
    });
    const first = new Int32Array(known2.size + 1);
    for (const at3 of of) first[at3 + 1] += 1;
    for (let at3 = 0; at3 < known2.size; at3 += 1) first[at3 + 1] += first[at3];
    const next = first.slice();
    const own2 = new Int32Array(rows2.length);
    rows2.forEach((i, k) => {
      own2[next[of[k]]] = i;
      next[of[k]] += 1;
    });
    return {
      corners: cornersOf(
        centres,
        () => RADIUS,
        () => Math.PI / 6
      ),
      first,
      own: own2
    };
  }
  function hexagonAt(x, y) {
    const row2 = Math.round(y);
    const aside = (row2 & 1) / 2;
    const column = Math.round(x - aside);
    const down = y - row2;
    if (Math.abs(down) * 3 <= 1) return [column + aside, row2];
    const other = row2 + Math.sign(down);
    const shift = (other & 1) / 2;
    const beside = Math.round(x - shift);
    const far = (c, r) => ((x - c) * WIDE2) ** 2 + ((y - r) * 1.5) ** 2;
    return far(column + aside, row2) <= far(beside + shift, other) ? [column + aside, row2] : [beside + shift, other];
  }
  function single({ x, y, edge, turn: turn2 }) {
    const { rows: rows2, px, py } = inView({ x, y });
    const world = 256 * 2 ** zoomLevel();
    const radius = (at3) => edge[rows2[at3]] * world * secant(y[rows2[at3]]) / EARTH_KM;
    return {
      corners: cornersOf(
        rows2.flatMap((i) => [px[i], py[i]]),
        radius,
        (at3) => turn2[rows2[at3]]
      ),
      first: Int32Array.from({ length: rows2.length + 1 }, (_, at3) => at3),
      own: Int32Array.from(rows2)
    };
  }
  function cornersOf(centres, radius, turn2) {
    const corners = new Float32Array(6 * centres.length);
    for (let at3 = 0; at3 < centres.length / 2; at3 += 1) {
      const r = radius(at3) * SEAM;
      for (let k = 0; k < 6; k += 1) {
        const angle = turn2(at3) + k * Math.PI / 3;
        corners[12 * at3 + 2 * k] = centres[2 * at3] + r * Math.cos(angle);
        corners[12 * at3 + 2 * k + 1] = centres[2 * at3 + 1] + r * Math.sin(angle);
      }
    }
    return corners;
  }
  function laidOut(places) {
    const world = 256 * 2 ** zoomLevel();
    const middle2 = (originOf(world).y + mapSize().y / 2) / world;
    const least = places.edge.reduce((low, one3) => Math.min(low, one3), Infinity);
    const near = least * world * secant(middle2) / EARTH_KM >= RADIUS;
    return { cells: near ? single(places) : binned(places), excluded: binned(places.excluded) };
  }
  function layOut() {
    laid2.clear();
    const sides = (swiped.sides ?? []).map(({ places }) => places);
    for (const places of /* @__PURE__ */ new Set([land2, ...sides])) {
      if (places) laid2.set(places, laidOut(places));
    }
  }
  function hexagon(pen2, { corners }, at3) {
    pen2.moveTo(corners[12 * at3], corners[12 * at3 + 1]);
    for (let k = 12 * at3 + 2; k < 12 * at3 + 12; k += 2) pen2.lineTo(corners[k], corners[k + 1]);
  }
  function rampOf(key) {
    if (key === SCORE) return data.palette.land;
    const all = data.palette.figure;
    const many = (data.land?.figures.find((one3) => one3.key === key)?.breaks.length ?? 0) + 1;
    const last = Math.max(many - 1, 1);
    return Array.from({ length: many }, (_, k) => all[Math.round(k * (all.length - 1) / last)]);
  }
  function paintNow() {
    const measure = measureOf(measureNow.key);
    const ramp2 = rampOf(measure.key);
    const { values, lowIsGood } = measure;
    const classOf = classifier(measure, ramp2.length);
    return { values, sign: lowIsGood ? -1 : 1, passes, classOf, ramp: ramp2 };
  }
  function paintOf2({ places, odds: odds3, steps: steps2 }) {
    const ramp2 = rampOf(SCORE);
    const classOf = classifier(measureOf(SCORE), ramp2.length, steps2);
    return { values: odds3, sign: 1, passes: places === land2 ? passes : null, classOf, ramp: ramp2 };
  }
  function classed({ first, own: own2 }, passing, { values, sign, passes: pass, classOf }) {
    const by = new Int8Array(first.length - 1).fill(-1);
    for (let at3 = 0; at3 < by.length; at3 += 1) {
      let best2 = -Infinity;
      for (let k = first[at3]; k < first[at3 + 1]; k += 1) {
        const one3 = sign * values[own2[k]];
        if ((pass ? pass[own2[k]] : 1) === passing && one3 > best2) best2 = one3;
      }
      if (best2 > -Infinity) by[at3] = classOf(sign * best2);
    }
    return by;
  }
  function paintClasses(pen2, of, by, ramp2) {
    ramp2.forEach((colour, wanted) => {
      pen2.beginPath();
      for (let at3 = 0; at3 < by.length; at3 += 1) if (by[at3] === wanted) hexagon(pen2, of, at3);
      pen2.fillStyle = ink(colour);
      pen2.fill();
    });
  }
  function paintPlaces(pen2, of, by) {
    if (!of) return;
    const { cells: cells2, excluded } = of;
    pen2.beginPath();
    for (let at3 = 0; at3 < excluded.first.length - 1; at3 += 1) hexagon(pen2, excluded, at3);
    pen2.fillStyle = paleHatch();
    pen2.fill();
    const bright = classed(cells2, 1, by);
    if (filtering()) {
      const faded = classed(cells2, 0, by).map((own2, at3) => bright[at3] < 0 ? own2 : -1);
      pen2.globalAlpha = FADED;
      paintClasses(pen2, cells2, faded, by.ramp);
      pen2.globalAlpha = 1;
    }
    paintClasses(pen2, cells2, bright, by.ramp);
  }
  function paintLand(pen2, size) {
    if (!land2) return;
    if (!swiped.sides || state.printing) {
      paintPlaces(pen2, laid2.get(land2), paintNow());
      return;
    }
    const line2 = size.x * swiped.at;
    swiped.sides.forEach((side, right) => {
      pen2.save();
      pen2.beginPath();
      pen2.rect(right ? line2 : -size.x, -size.y, right ? 2 * size.x : size.x + line2, 3 * size.y);
      pen2.clip();
      paintPlaces(pen2, laid2.get(side.places), paintOf2(side));
      pen2.restore();
    });
  }
  function placeAt(x, y) {
    const cells2 = land2 && laid2.get(land2)?.cells;
    if (!cells2 || swiped.sides || !isShown(canvas)) return -1;
    const { corners, first, own: own2 } = cells2;
    let nearest = -1;
    let least = Infinity;
    for (let at3 = 0; at3 < first.length - 1; at3 += 1) {
      const [dx, dy] = [x, y].map(
        (one3, k) => one3 - (corners[12 * at3 + k] + corners[12 * at3 + 6 + k]) / 2
      );
      const radius = Math.hypot(
        corners[12 * at3] - corners[12 * at3 + 6],
        corners[12 * at3 + 1] - corners[12 * at3 + 7]
      ) / 2;
      const far = Math.hypot(dx, dy);
      if (far <= radius && far < least) [nearest, least] = [at3, far];
    }
    if (nearest < 0) return -1;
    const { values, lowIsGood } = measureOf(measureNow.key);
    const sign = lowIsGood ? -1 : 1;
    let best2 = -1;
    for (const i of own2.subarray(first[nearest], first[nearest + 1])) {
      if (passes[i] && (best2 < 0 || sign * values[i] > sign * values[best2])) best2 = i;
    }
    return best2;
  }
  function paintAgain() {
    if (isShown(canvas)) canvas.draw();
  }
  function landMoved() {
    if (!isShown(canvas)) return;
    layOut();
    canvas.draw();
  }
  function colourBy(key) {
    measureNow.key = key;
    landMoved();
  }
  var RADIUS, PAD2, EARTH_KM, SEAM, FADED, WIDE2, COLUMNS, secant, laid2, canvas, shut2, landLayerOf;
  var init_landlayer = __esm({
    "scripts/landlayer.js"() {
      "use strict";
      init_data();
      init_filter();
      init_ground();
      init_inks();
      init_land();
      init_map();
      init_state();
      RADIUS = 4.5;
      PAD2 = 0.25;
      EARTH_KM = 40075.017;
      SEAM = 1.03;
      FADED = 0.16;
      WIDE2 = Math.sqrt(3);
      COLUMNS = 2 ** 20;
      secant = (y) => Math.cosh((0.5 - y) * 2 * Math.PI);
      laid2 = /* @__PURE__ */ new Map();
      canvas = sketch("fill", paintLand, { pad: PAD2, least: 1 });
      shut2 = hatchedLand(CLOSED.filter((code) => !data.ground.scored.includes(code)));
      landLayerOf = () => groupOf([shut2, canvas]);
    }
  });

  // scripts/landkey.js
  function scoreKey() {
    const ticks = [
      [0, tr("lower half"), "start"],
      [3.5, tr("best tenth"), "middle"],
      [6, tr("best {share}", { share: perCent(1) }), "end"]
    ];
    return ramp(rampOf(SCORE), ticks, "", 33);
  }
  function figureKey(key) {
    const figure = data.land?.figures.find((one3) => one3.key === key);
    if (!figure) return null;
    const { breaks, unit, lowIsGood } = figure;
    const fills = rampOf(key);
    const ticks = breaks.map((one3, k) => [k + 1, figureText(one3, unit), "middle"]);
    return ramp(lowIsGood ? [...fills].reverse() : fills, ticks, unitText(unit), 34);
  }
  function wordsOf2(key) {
    const best2 = tr("A hexagon shows the best place in it.");
    const { lowIsGood } = measureOf(key);
    if (key !== SCORE)
      return sentences(
        lowIsGood ? tr("Low figures stand out.") : tr("High figures stand out."),
        best2
      );
    const steps2 = tr(
      "Steps: lower half, upper half, best quarter, tenth, {five} and {one} of all {n} places, under the weights in force.",
      { five: perCent(5), one: perCent(1), n: number(data.land?.count) }
    );
    return sentences(steps2, best2);
  }
  function landKey(key) {
    const box3 = el("div");
    const scale = key === SCORE ? scoreKey() : figureKey(key);
    if (scale) add(box3, scale);
    const shut3 = CLOSED.length > 0 || (land2?.excluded.x.length ?? 0) > 0;
    add(box3, el("span", "", wordsOf2(key)));
    if (shut3) add(box3, keys([[closedBox, tr("closed to this investor, or by a rule")]]));
    return box3;
  }
  var SHARES, figureText, unitText;
  var init_landkey = __esm({
    "scripts/landkey.js"() {
      "use strict";
      init_data();
      init_dom();
      init_keys();
      init_land();
      init_landlayer();
      init_language();
      init_words();
      SHARES = "0-1";
      figureText = (value, unit) => unit === SHARES ? percent(value) : rounded(value);
      unitText = (unit) => unit === SHARES ? "" : tr(unit);
    }
  });

  // scripts/landchart.js
  function chartCanvas(wide, high) {
    const canvas2 = el("canvas", "chart");
    canvas2.setAttribute("role", "img");
    Object.assign(canvas2, { width: 2 * wide, height: 2 * high });
    Object.assign(canvas2.style, { width: `${wide}px`, height: `${high}px` });
    const pen2 = (
      /** @type {CanvasRenderingContext2D} */
      canvas2.getContext("2d")
    );
    pen2.scale(2, 2);
    return { canvas: canvas2, pen: pen2, wide, high };
  }
  function counted2(measure) {
    const all = new Uint32Array(BARS);
    const kept3 = new Uint32Array(BARS);
    const { values } = measure;
    for (let i = 0; i < values.length; i += 1) {
      if (Number.isNaN(values[i])) continue;
      const bar2 = Math.min(BARS - 1, Math.floor(along(measure, values[i]) * BARS));
      all[bar2] += 1;
      kept3[bar2] += passes[i];
    }
    return { all, kept: kept3 };
  }
  function drawBars({ pen: pen2, wide, high }, measure) {
    const { all, kept: kept3 } = counted2(measure);
    const most = Math.max(...all, 1);
    pen2.clearRect(0, 0, wide, high);
    for (
      const [counts, fill2] of
      /** @type {const} */
      [
        [all, colours.edge],
        [kept3, colours.navy]
      ]
    ) {
      pen2.fillStyle = ink(fill2);
      counts.forEach((count, k) => {
        const tall = count ? Math.max(1, count / most * (high - 1)) : 0;
        pen2.fillRect(k * wide / BARS, high - tall, wide / BARS - 0.75, tall);
      });
    }
  }
  function drawScatter({ pen: pen2, wide, high }, across3, up, marked2) {
    const columns = Math.ceil(wide / GRAIN);
    const rows2 = Math.ceil(high / GRAIN);
    const all = new Uint16Array(columns * rows2);
    const kept3 = new Uint16Array(columns * rows2);
    for (let i = 0; i < passes.length; i += 1) {
      if (Number.isNaN(across3.values[i]) || Number.isNaN(up.values[i])) continue;
      const column = Math.min(columns - 1, Math.floor(along(across3, across3.values[i]) * columns));
      const row2 = Math.min(rows2 - 1, Math.floor((1 - along(up, up.values[i])) * rows2));
      all[row2 * columns + column] += 1;
      kept3[row2 * columns + column] += passes[i];
    }
    const picture3 = new ImageData(2 * GRAIN * columns, 2 * GRAIN * rows2);
    const [pale, strong] = [partsOf2(colours.pale), partsOf2(colours.navy)];
    all.forEach((count, at3) => {
      if (!count) return;
      const depth = kept3[at3] ? 90 + 165 * Math.min(1, Math.log1p(kept3[at3]) / 4) : 130 + 30 * Math.min(4, count);
      const colour = [...kept3[at3] ? strong : pale, depth];
      paintDot(picture3, at3 % columns, Math.floor(at3 / columns), colour);
    });
    pen2.clearRect(0, 0, wide, high);
    pen2.putImageData(picture3, 0, 0);
    pen2.lineWidth = 1.5;
    for (const { x, y } of marked2) {
      pen2.beginPath();
      pen2.arc(x * wide, (1 - y) * high, 2.6, 0, 2 * Math.PI);
      pen2.fillStyle = ink(colours.panel);
      pen2.strokeStyle = ink(colours.parity);
      pen2.fill();
      pen2.stroke();
    }
  }
  function paintDot(picture3, column, row2, colour) {
    const side = 2 * GRAIN;
    for (let y = row2 * side; y < (row2 + 1) * side; y += 1) {
      for (let x = column * side; x < (column + 1) * side; x += 1) {
        picture3.data.set(colour, 4 * (y * picture3.width + x));
      }
    }
  }
  function onStroke({ canvas: canvas2 }, act, clear) {
    let from = null;
    let moved = false;
    const at3 = (event) => {
      const box3 = canvas2.getBoundingClientRect();
      const kept3 = (share) => share < EDGE2 ? 0 : share > 1 - EDGE2 ? 1 : share;
      return {
        x: kept3((event.clientX - box3.left) / box3.width),
        y: kept3(1 - (event.clientY - box3.top) / box3.height)
      };
    };
    canvas2.addEventListener("pointerdown", (event) => {
      from = at3(event);
      moved = false;
      canvas2.setPointerCapture(event.pointerId);
    });
    canvas2.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at3(event);
      moved ||= Math.abs(to.x - from.x) > 0.02 || Math.abs(to.y - from.y) > 0.02;
      if (moved) act(from, to);
    });
    canvas2.addEventListener("pointerup", () => {
      if (from && !moved) clear();
      from = null;
    });
    canvas2.addEventListener("pointercancel", () => {
      from = null;
    });
  }
  var BARS, EDGE2, GRAIN, along;
  var init_landchart = __esm({
    "scripts/landchart.js"() {
      "use strict";
      init_data();
      init_dom();
      init_inks();
      init_land();
      BARS = 48;
      EDGE2 = 0.025;
      GRAIN = 2;
      along = ({ ends: [low, high] }, value) => Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    }
  });

  // scripts/landpanel.js
  function siftSoon() {
    if (waiting3) return;
    waiting3 = requestAnimationFrame(() => {
      waiting3 = 0;
      siftLand();
      sifted.tell();
    });
  }
  function setRange(key, from, to) {
    const measure = measureOf(key);
    const [low, high] = [from, to].sort((a, b) => a - b);
    if (low <= 0 && high >= 1) filter.ranges.delete(key);
    else filter.ranges.set(key, [valueAt(measure, low), valueAt(measure, high)]);
    dressPair(key);
    siftSoon();
  }
  function dressPair(key) {
    const pair = pairs.get(key);
    if (!pair) return;
    const measure = measureOf(key);
    const range = filter.ranges.get(key) ?? measure.ends;
    [pair.low, pair.high].forEach((input, k) => {
      input.value = String(Math.round(STEPS3 * along(measure, range[k])));
      input.setAttribute("aria-valuetext", textOf2(measure, range[k]));
    });
    const words2 = range.map((one3) => textOf2(measure, one3)).join(` ${DASH} `);
    write(
      pair.output,
      filter.ranges.has(key) ? `${words2} ${unitText(measure.unit)}` : pgettext("range", "any")
    );
  }
  function pairOf(key) {
    const measure = measureOf(key);
    const box3 = el("fieldset");
    const output = el("output");
    const title = key === SCORE ? tr("Odds against the median place") : tr(measure.name);
    const input = (label, start) => {
      const node = el("input");
      Object.assign(node, { type: "range", min: 0, max: STEPS3, step: 1, value: start });
      node.setAttribute("aria-label", label);
      node.addEventListener("input", () => {
        const { low, high } = (
          /** @type {NonNullable<ReturnType<typeof pairs.get>>} */
          pairs.get(key)
        );
        const other = node === low ? high : low;
        const stop2 = node === low ? Math.min : Math.max;
        node.value = String(stop2(Number(node.value), Number(other.value)));
        setRange(key, Number(low.value) / STEPS3, Number(high.value) / STEPS3);
      });
      return node;
    };
    const pair = {
      low: input(tr("Least: {figure}", { figure: title }), 0),
      high: input(tr("Most: {figure}", { figure: title }), STEPS3),
      output
    };
    pairs.set(key, pair);
    add(box3, add(el("legend"), title, " ", output), pair.low, pair.high);
    return box3;
  }
  function buildRanges() {
    pairs.clear();
    const keys2 = /* @__PURE__ */ new Set([measureNow.key, across.value, SCORE, ...filter.ranges.keys()]);
    ranges.replaceChildren(...[...keys2].map(pairOf));
    for (const key of keys2) dressPair(key);
  }
  function dressEnds(node, measure) {
    const words2 = measure.key === SCORE ? [tr("worse"), tr("median place"), tr("better")] : measure.ends.map((one3) => figureText(one3, measure.unit));
    if (words2.length === 2) words2.splice(1, 0, unitText(measure.unit));
    node.replaceChildren(...words2.map((word) => el("span", "", word)));
  }
  function drawCharts() {
    const measure = measureOf(measureNow.key);
    const [x, y] = [measureOf(across.value), measureOf(SCORE)];
    dressEnds(barsEnds, measure);
    dressEnds(acrossEnds, x);
    drawBars(bars2, measure);
    drawScatter(scatter, x, y, listedDots(x, y));
    const name = measure.key === SCORE ? tr("odds against the median place") : tr(measure.name);
    bars2.canvas.setAttribute(
      "aria-label",
      tr("Places by {figure}; {status}", { figure: name, status: status.textContent ?? "" })
    );
    scatter.canvas.setAttribute(
      "aria-label",
      tr("Odds against the median place, upwards, by {figure}; circles are zones of the list", {
        figure: tr(x.name)
      })
    );
  }
  function listedDots(x, y) {
    const dots3 = [];
    for (const site2 of sites.slice(0, 25)) {
      const row2 = land2?.listed[site2.index] ?? -1;
      if (row2 < 0 || !passesSite(site2)) continue;
      dots3.push({ x: along(x, x.values[row2]), y: along(y, y.values[row2]) });
    }
    return dots3;
  }
  function drawSift() {
    if (!land2) return;
    const kept3 = passes.reduce((sum, one3) => sum + one3, 0);
    const zones2 = sites.filter(passesSite).length;
    const places = { n: number(land2.count), kept: number(kept3) };
    const words2 = filtering() ? facts(
      ngettext("{kept} of {n} place", "{kept} of {n} places", land2.count, places),
      ngettext("{kept} of {n} zone", "{kept} of {n} zones", sites.length, {
        kept: number(zones2),
        n: number(sites.length)
      })
    ) : ngettext("all {n} place", "all {n} places", land2.count, places);
    write(summary, tr("Filter: {words}", { words: words2 }));
    write(status, filtering() ? tr("{words} pass; the others are faded.", { words: words2 }) : "");
    reset.disabled = !filtering();
    if (panel.open) drawCharts();
  }
  function rebuildSift() {
    if (!land2) return;
    buildRanges();
    drawSift();
  }
  function fillChoices() {
    if (!land2) return;
    const named2 = land2.countries.map((code) => (
      /** @type {const} */
      [code, countryName(code)]
    )).sort((a, b) => a[1] < b[1] ? -1 : 1);
    add(country2, option("", tr("Every country")), ...named2.map(([code, name]) => option(code, name)));
    add(
      estate,
      option("", tr("With or without an estate")),
      option("known", tr("An estate is known within 50 km")),
      option("none", tr("No estate is known near"))
    );
    for (const key of AGAINST) {
      add(across, option(key, tr("Odds by {figure}", { figure: tr(measureOf(key).name) })));
    }
    country2.setAttribute("aria-label", tr("Country"));
    estate.setAttribute("aria-label", tr("Estates"));
    across.setAttribute("aria-label", tr("What the odds are drawn against"));
  }
  function listen() {
    country2.addEventListener("change", () => {
      filter.country = country2.value;
      siftSoon();
    });
    estate.addEventListener("change", () => {
      filter.estate = estate.value;
      siftSoon();
    });
    zone.addEventListener("change", () => {
      filter.zone = zone.checked;
      siftSoon();
    });
    across.addEventListener("change", rebuildSift);
    panel.addEventListener("toggle", drawSift);
    const cleared = (key) => setRange(key, 0, 1);
    onStroke(
      bars2,
      (from, to) => setRange(measureNow.key, from.x, to.x),
      () => cleared(measureNow.key)
    );
    onStroke(
      scatter,
      (from, to) => {
        setRange(across.value, from.x, to.x);
        setRange(SCORE, from.y, to.y);
      },
      () => {
        cleared(across.value);
        cleared(SCORE);
      }
    );
  }
  function buildSift() {
    fillChoices();
    listen();
    zone.type = "checkbox";
    add(zoneLabel, zone, tr("In or near a free or special economic zone"));
    zoneLabel.hidden = !someZone();
    status.setAttribute("aria-live", "polite");
    add(panel, summary, el("p", "hint", tr("Draw across a chart to keep what lies there.")));
    add(panel, bars2.canvas, barsEnds, across, scatter.canvas, acrossEnds);
    add(panel, el("p", "hint", tr("Upwards: better odds. Circles: the zones of the list.")), ranges);
    add(panel, country2, estate, zoneLabel, add(el("div", "last"), status, reset));
    rebuildSift();
  }
  var WIDE3, STEPS3, AGAINST, panel, summary, bars2, scatter, barsEnds, acrossEnds, across, ranges, status, country2, estate, zone, zoneLabel, reset, pairs, waiting3, textOf2, valueAt, siftPanel;
  var init_landpanel = __esm({
    "scripts/landpanel.js"() {
      "use strict";
      init_data();
      init_dom();
      init_filter();
      init_land();
      init_landchart();
      init_landkey();
      init_language();
      init_rank();
      init_state();
      init_words();
      WIDE3 = 236;
      STEPS3 = 200;
      AGAINST = ["delivered_cost", "pays_from"];
      panel = el("details", "sift");
      summary = el("summary");
      bars2 = chartCanvas(WIDE3, 52);
      scatter = chartCanvas(WIDE3, 120);
      barsEnds = el("div", "ends");
      acrossEnds = el("div", "ends");
      across = el("select");
      ranges = el("div", "ranges");
      status = el("p", "status");
      country2 = el("select");
      estate = el("select");
      zone = el("input");
      zoneLabel = el("label", "box");
      reset = button("button", tr("Clear the filter"), () => {
        clearFilter();
        for (const one3 of [country2, estate]) one3.value = "";
        zone.checked = false;
        buildRanges();
        siftSoon();
      });
      pairs = /* @__PURE__ */ new Map();
      waiting3 = 0;
      textOf2 = ({ key, unit }, value) => key === SCORE ? oddsText(value) : figureText(value, unit);
      valueAt = ({ ends: [low, high] }, share) => low + share * (high - low);
      siftPanel = () => landed && land2 ? panel : null;
    }
  });

  // scripts/landtip.js
  function textOf3(i) {
    if (!land2 || i < 0) return HINT;
    const odds3 = measureOf(SCORE).values[i];
    const figures2 = FIGURES.map(({ key, name, unit }) => {
      const value = measureOf(key).values[i];
      const text = Number.isNaN(value) ? tr("unknown") : figureText(value, unit);
      return `${lowered(tr(name))} ${text} ${unitText(unit)}`.trim();
    });
    return tr(
      "{country}: {times} the odds of the median place, better than {share} of the places; {figures}",
      {
        country: countryName(land2.countries[land2.country[land2.area[i]]]),
        times: timesText(odds3),
        share: percentileText(shareBelow(odds3)),
        figures: figures2.join(tr(", "))
      }
    );
  }
  function followPointer() {
    mapBox().addEventListener("pointermove", ({ clientX, clientY, pointerType }) => {
      if (waiting4 || pointerType === "touch") return;
      waiting4 = requestAnimationFrame(() => {
        waiting4 = 0;
        const box3 = mapBox().getBoundingClientRect();
        write(here, textOf3(placeAt(clientX - box3.left, clientY - box3.top)));
      });
    });
  }
  var HINT, here, waiting4;
  var init_landtip = __esm({
    "scripts/landtip.js"() {
      "use strict";
      init_data();
      init_dom();
      init_land();
      init_landkey();
      init_landlayer();
      init_language();
      init_map();
      init_words();
      HINT = tr("Point at a hexagon for its figures.");
      here = el("p", "here", HINT);
      waiting4 = 0;
    }
  });

  // scripts/nearby.js
  function estates() {
    if (!live) return [];
    const { name } = board.places;
    return name.flatMap(
      (own2, i) => bench.estate[i] ? [
        {
          lat: bench.lat[i],
          lon: bench.lon[i],
          name: own2,
          size: 0,
          kind: (
            /** @type {Kind} */
            "estate"
          )
        }
      ] : []
    );
  }
  function drawNearby() {
    const shown = zoomLevel() >= NEARBY_ZOOM;
    setIn(nearbyLayer, marks, shown);
    if (shown) marks.draw();
  }
  var NEARBY_ZOOM, EARLY, LARGE, MIDDLE, thingsOf, towns2, ports, terminals, stations, things, CALLED, DRAWN, INKS, marks, nearbyLayer;
  var init_nearby = __esm({
    "scripts/nearby.js"() {
      "use strict";
      init_data();
      init_inks();
      init_language();
      init_map();
      init_names();
      init_rank();
      init_shapes();
      init_words();
      NEARBY_ZOOM = 6;
      EARLY = 0.6;
      LARGE = 5e5;
      MIDDLE = 1e5;
      thingsOf = ({ names: names2, sizes, places }, kind) => decode(places).map(([lon, lat], at3) => ({ lat, lon, name: names2[at3], size: sizes[at3], kind }));
      ({ towns: towns2, ports, terminals, stations } = data.nearby);
      things = [
        ...thingsOf(towns2, "town"),
        ...thingsOf(ports, "port"),
        ...thingsOf(terminals, "terminal"),
        ...thingsOf(stations, "station"),
        ...estates()
      ];
      CALLED = {
        town: ({ name, size }) => [name, size >= LARGE ? 6 : size >= MIDDLE ? 7 : 8],
        port: ({ name }) => [tr("{name} port", { name }), 7],
        terminal: ({ name }) => [tr("{name} rail terminal", { name }), 8],
        station: ({ name, size }) => [facts(name, `${number(size)} MW`), 8],
        estate: ({ name }) => [name, 8]
      };
      nameNearby(
        things.map((thing) => {
          const [name, zoom] = CALLED[thing.kind](thing);
          return { name, lat: thing.lat, lon: thing.lon, zoom, kind: (
            /** @type {const} */
            "nearby"
          ) };
        }),
        () => isShown(nearbyLayer) && zoomLevel() >= NEARBY_ZOOM
      );
      DRAWN = {
        town(pen2, { x, y }, size) {
          pen2.arc(x, y, size >= LARGE ? 3.2 : 2.2, 0, 2 * Math.PI);
        },
        port(pen2, { x, y }) {
          pen2.moveTo(x - 4, y + 3);
          pen2.lineTo(x + 4, y + 3);
          pen2.lineTo(x, y - 4);
          pen2.closePath();
        },
        terminal(pen2, { x, y }) {
          pen2.rect(x - 4, y - 2.4, 8, 4.8);
        },
        station(pen2, { x, y }) {
          pen2.moveTo(x + 1, y - 5);
          pen2.lineTo(x - 3, y + 1);
          pen2.lineTo(x, y + 1);
          pen2.lineTo(x - 1, y + 5);
          pen2.lineTo(x + 3, y - 1);
          pen2.lineTo(x, y - 1);
          pen2.closePath();
        },
        estate(pen2, { x, y }) {
          pen2.rect(x - 2.6, y - 2.6, 5.2, 5.2);
        }
      };
      INKS = {
        town: [colours.panel, colours.ink2],
        port: [colours.seaname, colours.halo],
        terminal: [colours.ink2, colours.halo],
        station: [colours.ink2, colours.halo],
        estate: [colours.panel, colours.navy]
      };
      marks = sketch("nearby", (pen2, size) => {
        const zoom = zoomLevel() + EARLY;
        for (const thing of things) {
          if (zoom < CALLED[thing.kind](thing)[1]) continue;
          const at3 = screenPixel([thing.lat, thing.lon]);
          if (at3.x < 0 || at3.y < 0 || at3.x > size.x || at3.y > size.y) continue;
          const [fill2, stroke2] = INKS[thing.kind].map((colour) => ink(colour));
          pen2.beginPath();
          DRAWN[thing.kind](pen2, at3, thing.size);
          Object.assign(pen2, { fillStyle: fill2, strokeStyle: stroke2, lineWidth: 1.3 });
          pen2.stroke();
          pen2.fill();
        }
      });
      nearbyLayer = groupOf();
    }
  });

  // scripts/legend.js
  function set(one3, on) {
    one3.on = on;
    if (on) showLayer(one3.layer);
    else hideLayer(one3.layer);
    if (on) one3.act?.();
  }
  function showLayerOf(key, on) {
    const chosen3 = switches.find((one3) => one3.key === key);
    if (!chosen3 || chosen3.on === on || chosen3.ground && !on) return;
    if (chosen3.ground) {
      for (const one3 of switches) if (one3.ground && one3.on) set(one3, false);
    }
    set(chosen3, on);
    sortMarks();
    placeBadges();
    drawLegend();
  }
  function layerSwitch(one3) {
    const input = el("input");
    input.type = one3.ground ? "radio" : "checkbox";
    if (one3.ground) input.name = "ground";
    input.checked = one3.on;
    input.id = `layer-${one3.key}`;
    input.addEventListener("change", () => {
      showLayerOf(one3.key, input.checked);
      $(input.id).focus();
    });
    const box3 = el(
      "div",
      `layer${one3.on ? "" : " off"}${lettersOf(one3.name) > SHORT ? " wide" : ""}`
    );
    add(box3, add(el("label"), input, one3.name));
    box3.classList.toggle("idle", one3.key === "freight" && !state.site);
    const key = one3.on ? one3.draw() : null;
    return key ? add(box3, add(el("div", "key"), key)) : box3;
  }
  function drawLegend() {
    const body = $("legendbody");
    const at3 = body.scrollTop;
    const groups = SWITCHES.map(([name, layers]) => {
      const group2 = el("fieldset", `group${layers.some((one3) => one3.on) ? "" : " off"}`);
      add(group2, el("legend", "", name));
      if (!layers.some((one3) => one3.ground)) return add(group2, ...layers.map(layerSwitch));
      const measured3 = layers.some((one3) => one3.on && one3.act);
      add(group2, add(el("div", "choices"), ...layers.map(layerSwitch)), measured3 ? here : null);
      return add(group2, siftPanel());
    });
    const words2 = sentences(
      tr("As known on {day}.", { day: data.as_of }),
      tr("Web Mercator: the scale holds at the middle of the map.")
    );
    const foot = add(el("div", "key foot"), unscoredKey(), el("span", "", words2));
    body.replaceChildren(...groups, foot);
    body.scrollTop = at3;
  }
  function foldLegend(shut3) {
    $("legend").classList.toggle("shut", shut3);
    $("legendtoggle").setAttribute("aria-expanded", String(!shut3));
    $("legendarrow").textContent = shut3 ? "\u25B8" : "\u25BE";
    if (isShown(nameLayer)) placeBadges();
  }
  function dockLegend() {
    const legend = $("legend");
    if (phone.matches) part(".side").append(legend);
    else $("outside").before(legend);
    legend.classList.toggle("over", !phone.matches);
    resized();
  }
  function buildLegend() {
    $("legendtoggle").addEventListener(
      "click",
      () => foldLegend(!$("legend").classList.contains("shut"))
    );
    phone.addEventListener("change", dockLegend);
    dockLegend();
  }
  var SHORT, WIDE4, lettersOf, cells, blank, measureSwitch, EVERY, SWITCHES, switches, sortMarks;
  var init_legend = __esm({
    "scripts/legend.js"() {
      "use strict";
      init_badges();
      init_data();
      init_dom();
      init_flows();
      init_ground();
      init_keys();
      init_land();
      init_landkey();
      init_landlayer();
      init_landpanel();
      init_landtip();
      init_language();
      init_map();
      init_names();
      init_nearby();
      init_points();
      init_state();
      init_words();
      SHORT = 16;
      WIDE4 = /[\u1100-\uFFEF]/g;
      lettersOf = (name) => name.replace(WIDE4, "ww").length;
      cells = data.cells.length > 0;
      blank = () => null;
      measureSwitch = (key, name) => ({
        key,
        name,
        layer: landLayerOf(),
        on: landed && key === SCORE,
        none: !landed,
        ground: true,
        draw: () => landKey(key),
        act() {
          colourBy(key);
          rebuildSift();
        }
      });
      EVERY = [
        [
          tr("Colour of the land"),
          [
            measureSwitch(SCORE, tr("Score under these weights")),
            ...FIGURES.map(({ key, name }) => measureSwitch(key, tr(name))),
            {
              key: "cells",
              name: tr("Screened land"),
              layer: cellLayer,
              on: cells && !landed,
              none: !cells,
              ground: true,
              draw: cellKey
            },
            {
              key: "demand",
              name: tr("Demand"),
              layer: surfaceLayer,
              on: !cells && !landed,
              ground: true,
              draw: surfaceKey
            },
            {
              key: "policy",
              name: tr("Policy"),
              layer: policyLayer,
              on: false,
              ground: true,
              draw: policyKey
            },
            { key: "plain", name: tr("Plain"), layer: plainLayer, on: false, ground: true, draw: blank }
          ]
        ],
        [
          tr("Our choice"),
          [
            { key: "sites", name: tr("Ranked sites"), layer: siteLayer, on: true, draw: siteKey },
            {
              key: "freight",
              name: tr("Freight from the chosen site"),
              layer: flowLayer,
              on: true,
              draw: flowKey
            },
            {
              key: "zones",
              name: tr("Zones: clusters of nearby sites"),
              layer: zoneLayer,
              on: true,
              draw: zoneKey
            },
            {
              key: "barred",
              name: tr("Excluded estates"),
              layer: barredLayer,
              on: false,
              none: !barred.length,
              draw: barredKey
            }
          ]
        ],
        [
          tr("Customers"),
          [
            {
              key: "gigafactories",
              name: tr("Gigafactories"),
              layer: gigafactoryLayer,
              on: true,
              draw: gigafactoryKey
            },
            {
              key: "clusters",
              name: tr("Demand clusters"),
              layer: clusterLayer,
              on: false,
              draw: clusterKey
            },
            { key: "cars", name: tr("Car plants"), layer: carLayer, on: false, draw: carKey }
          ]
        ],
        [
          tr("Competition"),
          [
            {
              key: "rivals",
              name: tr("Rival anode plants"),
              layer: rivalLayer,
              on: true,
              draw: rivalKey
            }
          ]
        ],
        [
          tr("Names"),
          [
            {
              key: "names",
              name: tr("Country and sea names"),
              layer: nameLayer,
              on: true,
              draw: blank
            },
            {
              key: "nearby",
              name: tr("Ground near the sites"),
              layer: nearbyLayer,
              on: true,
              draw: nearbyKey
            }
          ]
        ]
      ];
      SWITCHES = EVERY.map(
        ([name, layers]) => (
          /** @type {const} */
          [name, layers.filter((layer) => !layer.none)]
        )
      );
      switches = SWITCHES.flatMap(([, layers]) => layers);
      sortMarks = () => raise([
        policyHits,
        clusterLayer,
        zoneLayer,
        flowLayer,
        carLayer,
        gigafactoryLayer,
        rivalLayer,
        barredLayer,
        furtherLayer
      ]);
    }
  });

  // scripts/apart.js
  function drawUnscouted() {
    const rows2 = unscoutedNow();
    const box3 = (
      /** @type {HTMLDetailsElement} */
      $("unscouted")
    );
    const share = percent(sumOf(rows2.map((row2) => row2.share)));
    const words2 = ngettext(
      "{n} further zone without a known estate, {chance} {share}",
      "{n} further zones without a known estate, {chance} {share}",
      rows2.length,
      { n: number(rows2.length), chance: CHANCE, share }
    );
    box3.hidden = !rows2.length;
    write($("unscoutedsum"), words2);
    if (box3.open) fillUnscouted(rows2);
  }
  function unscoutedItem(row2) {
    const go3 = button("", void 0, () => {
      const site2 = siteNamed(row2.site_id);
      if (site2) pick(site2);
      else fly(row2, 6);
    });
    const share = el("span", "n", percent(row2.share));
    add(go3, el("span", "code", row2.country), el("span", "wide", row2.name), share);
    return add(el("li"), go3);
  }
  function fillUnscouted(rows2) {
    const words2 = tr(
      "Unscouted: likely by what is measured, but the catalogue knows no estate near. Sites there have yet to be found."
    );
    $("unscoutedlist").replaceChildren(
      el("p", "small", words2),
      add(el("ul"), ...rows2.slice(0, BADGES).map(unscoutedItem)),
      rows2.length > BADGES ? el("p", "small", tr("and {n} smaller ones", { n: number(rows2.length - BADGES) })) : ""
    );
  }
  function barredItem(row2) {
    const go3 = button("", void 0, () => {
      showLayerOf("barred", true);
      fly(row2, 6);
    });
    return add(el("li"), add(go3, el("span", "code", row2.country), el("span", "", row2.name)));
  }
  function buildApart() {
    if (!barred.length) return;
    const byRule = /* @__PURE__ */ new Map();
    for (const row2 of barred) byRule.set(row2.rule, [...byRule.get(row2.rule) ?? [], row2]);
    const groups = [...byRule].sort((a, b) => b[1].length - a[1].length);
    $("apart").hidden = false;
    $("apartsum").textContent = ngettext(
      "{n} estate is excluded by a rule",
      "{n} estates are excluded by a rule",
      barred.length,
      { n: number(barred.length) }
    );
    for (const [rule, rows2] of groups) {
      const head = el("h3", "", tr("{rule} ({n})", { rule: tr(rule), n: number(rows2.length) }));
      add($("apartlist"), head, add(el("ul"), ...rows2.map(barredItem)));
    }
  }
  var init_apart = __esm({
    "scripts/apart.js"() {
      "use strict";
      init_data();
      init_dom();
      init_engine();
      init_language();
      init_legend();
      init_rank();
      init_state();
      init_views();
      init_words();
    }
  });

  // scripts/card.js
  function placePin({ title, at: at3 }) {
    pinName.textContent = title;
    moveMarker(pin, where(at3));
    stackMarker(pin, 4e3);
    setIn(pinLayer, pin, true);
  }
  function nearestTo(at3) {
    const near = sites.map((site2) => ({ site: site2, km: kmBetween(where(at3), where(site2)) })).sort((a, b) => a.km - b.km).slice(0, NEAREST);
    if (!near.length) return null;
    const rows2 = near.map(({ site: site2, km }) => [
      goTo(site2),
      number(site2.rank),
      tr("{km} km", { km: number(km) })
    ]);
    return add(
      section(tr("Nearest ranked sites")),
      table([tr("Site"), tr("rank"), tr("away")], rows2)
    );
  }
  function show(card) {
    unpick();
    const title = el("h2", "", card.title);
    title.id = "cardtitle";
    const close = button("close", "\xD7", closeCard);
    close.setAttribute("aria-label", tr("Close the card"));
    const facts2 = el("dl");
    for (const [name, value] of card.facts) add(facts2, el("dt", "", name), el("dd", "", value));
    const laws = (card.laws ?? []).map((line2) => el("li", "", raised(line2)));
    $("card").replaceChildren(
      add(el("header"), title, close, el("p", "", card.kind)),
      ...card.facts.length ? [facts2] : [],
      ...laws.length ? [add(section(tr("Laws in force")), add(el("ul"), ...laws))] : [],
      ...[nearestTo(card.at)].filter((part2) => part2 !== null)
    );
    $("card").hidden = false;
    placePin(card);
    fly(card.at, card.zoom);
    $("said").textContent = tr("Card of {name}", { name: card.title });
    $("card").focus({ preventScroll: true });
  }
  function closeCard() {
    $("card").hidden = true;
    setIn(pinLayer, pin, false);
  }
  function showAutomaker(row2) {
    showLayerOf("cars", true);
    const cars = carsText(row2) ?? tr("unknown");
    show(
      plantCard(row2, tr("Car plant"), [
        [tr("Group"), row2.owner_group],
        [tr("Builds"), carOf(row2)[0]],
        [tr("Capacity"), cars]
      ])
    );
  }
  function showCountry(code) {
    const land3 = lands().find((one3) => one3.country === code);
    if (land3) countryCard(land3);
  }
  function countryCard(land3) {
    const { verdict, laws } = policyOf(land3.country);
    show({
      title: called(land3.country, land3.names[0]),
      kind: sites.some((site2) => site2.country === land3.country) ? tr("Country") : tr("Country: none of its places is in the list"),
      at: land3,
      zoom: COUNTRY_ZOOM,
      facts: verdict ? [[tr("Policy for this investor"), verdict]] : [],
      laws
    });
  }
  function buildCard() {
    showLayer(pinLayer);
    onPoint(gigafactoryLayer, showGigafactory);
    onPoint(rivalLayer, showRival);
    onPoint(carLayer, showAutomaker);
  }
  var NEAREST, PLANT_ZOOM, COUNTRY_ZOOM, ring, pinName, pin, pinLayer, goTo, ownerOf, plantCard, showGigafactory, showRival, townCard;
  var init_card = __esm({
    "scripts/card.js"() {
      "use strict";
      init_data();
      init_dom();
      init_gazetteer();
      init_ground();
      init_language();
      init_legend();
      init_map();
      init_points();
      init_rank();
      init_state();
      init_views();
      init_words();
      NEAREST = 3;
      PLANT_ZOOM = 6;
      COUNTRY_ZOOM = 4.5;
      ring = el("div", "pin");
      pinName = el("span", "label");
      add(ring, el("i"), pinName);
      pin = badgeMarker(
        ring,
        () => el("div", "", pinName.textContent),
        () => {
        }
      );
      pinLayer = groupOf();
      goTo = (site2) => button(
        "go",
        tr("{name}, {country}", { name: site2.name, country: country(site2) }),
        () => pick(site2)
      );
      ownerOf = ({ owner, owner_hq_country: home }) => [
        tr("Owner"),
        home ? tr("{owner} ({country})", { owner: owner || tr("unknown"), country: countryName(home) }) : owner || tr("unknown")
      ];
      plantCard = (row2, what, facts2) => ({
        title: row2.name,
        kind: `${what} ${DOT} ${countryName(row2.country)}`,
        at: row2,
        zoom: PLANT_ZOOM,
        facts: facts2.filter(([, value]) => value)
      });
      showGigafactory = (row2) => show(
        plantCard(row2, tr("Gigafactory"), [
          ownerOf(row2),
          [tr("Status"), statusOf(row2)[0]],
          [
            tr("Capacity"),
            row2.capacity_gwh === null ? tr("unknown") : tr("{gwh} GWh a year", { gwh: rounded(row2.capacity_gwh) })
          ],
          [tr("Chemistry"), tr(row2.chemistry || "unknown")],
          [
            tr("Anode demand"),
            row2.anode_kt === null ? tr("unknown") : tr("{kt} kt a year", { kt: number(row2.anode_kt, 1) })
          ]
        ])
      );
      showRival = (row2) => show(
        plantCard(row2, tr("Rival anode plant"), [
          ownerOf(row2),
          [tr("Status"), statusOf(row2)[0]],
          [tr("Capacity"), capacityOf(row2)],
          [tr("Product"), tr(row2.product)]
        ])
      );
      townCard = (town) => show({
        title: town.names[0],
        kind: `${tr("Town")} ${DOT} ${countryName(town.country)}`,
        at: town,
        zoom: PLANT_ZOOM,
        facts: []
      });
    }
  });

  // scripts/compare.js
  function choices() {
    return [
      ["own", titleOf(VIEWS[0]), VIEWS[0]],
      ["here", tr("As turned here"), turn.setting],
      ...compared.kept ? [
        /** @type {[string, string, Setting]} */
        ["kept", tr("Kept"), compared.kept]
      ] : [],
      ...VIEWS.slice(1).map(
        (view2, at3) => (
          /** @type {[string, string, Setting]} */
          [`view${at3}`, titleOf(view2), view2]
        )
      )
    ];
  }
  function moversOf(a, b, most = MOVERS) {
    const heads = [...b.heads.slice(0, most), ...a.heads.slice(0, most)];
    const order = (i) => b.zone[i] || bench.count + a.zone[i];
    return [...new Set(heads)].sort((i, j) => order(i) - order(j)).map((i) => {
      const by = a.zone[i] && b.zone[i] ? a.zone[i] - b.zone[i] : null;
      return { i, a: a.zone[i] || null, b: b.zone[i] || null, by };
    });
  }
  function leadersUnder(view2) {
    const found = evaluated(view2);
    const head = el("h4", "", tr(view2.name));
    head.title = tr(view2.reasoning);
    const items = found.heads.slice(0, LEADERS).map((i, k) => {
      const site2 = siteAt(i);
      const go3 = button("", void 0, () => pick(site2));
      add(go3, el("span", "code", site2.country), el("span", "wide", site2.name));
      return add(el("li"), go3, el("span", "n", percent(found.share[k])));
    });
    return add(el("div", "leaders"), head, add(el("ol"), ...items));
  }
  function chooser(side) {
    const select = el("select");
    select.id = `compare-${side}`;
    add(select, ...choices().map(([key, name]) => option(key, name)));
    select.value = chosenOf(compared[side])[0];
    select.addEventListener("change", () => {
      compared[side] = select.value;
      drawCompare();
      $(select.id).focus();
    });
    return add(el("label", "", `${side.toUpperCase()} `), select);
  }
  function shiftCell({ a, b, by }) {
    const change = by ?? 0;
    const cell = el("span", change > 0 || a === null ? "up" : change < 0 || b === null ? "down" : "");
    const moved = change ? `${change > 0 ? UP : DOWN}${number(Math.abs(change))}` : "=";
    cell.textContent = a === null ? pgettext("in a list", "new") : b === null ? pgettext("in a list", "out") : moved;
    return cell;
  }
  function moversTable() {
    const [, nameA, settingA] = chosenOf(compared.a);
    const [, nameB, settingB] = chosenOf(compared.b);
    const a = evaluated(settingA);
    const b = evaluated(settingB);
    const moves = moversOf(a, b);
    const among = (rank) => rank !== null && rank <= MOVERS;
    const both = moves.filter((move2) => among(move2.a) && among(move2.b)).length;
    const [one3, other] = [a, b].map(({ heads }) => heads.length ? siteAt(heads[0]).name : DASH);
    const rows2 = moves.map((move2) => {
      const site2 = siteAt(move2.i);
      const go3 = button("go", site2.name, () => pick(site2));
      const cell = add(el("span"), el("span", "code", site2.country), go3);
      return [cell, move2.a ?? DASH, move2.b ?? DASH, shiftCell(move2)];
    });
    const list = table([tr("Site"), "A", "B", tr("moved")], rows2);
    list.className = "movers";
    add(list, el("caption", "hidden", tr("Ranks under {a} and under {b}", { a: nameA, b: nameB })));
    const lead2 = one3 === other ? tr("{name} has rank 1 in both", { name: one3 }) : tr("Rank 1: {one} in A, {other} in B", { one: one3, other });
    const few = Math.min(a.heads.length, b.heads.length) <= MOVERS;
    const first = few ? tr("{lead}.", { lead: lead2 }) : tr("{lead}; {count} of the ten likeliest are in both.", { lead: lead2, count: both });
    const words2 = sentences(first, tr("Ranks are those of the zone that holds a site."));
    return add(el("div"), el("p", "sub", words2), list);
  }
  function keepThis() {
    compared.kept = copied(turn.setting);
    compared.a = "kept";
    drawCompare();
    $("compare-a").focus();
  }
  function drawCompare() {
    const card = $("compare");
    if (card.hidden) return;
    const top = card.scrollTop;
    const title = el("h2", "", tr("Side by side"));
    title.id = "comparetitle";
    const close = button("close", "\xD7", closeCompare);
    close.setAttribute("aria-label", tr("Close the comparison"));
    const lenses = VIEWS.filter(({ kind }) => kind === "lens").map(leadersUnder);
    const keep2 = button("button", tr("Keep this one"), keepThis);
    keep2.title = tr("Keep the weights as they are now as A, and turn further");
    const swipe = button(
      "button",
      tr("Swipe on the map"),
      () => askedSwipe.tell(compared.a, compared.b)
    );
    swipe.title = tr("The land by A left of a line across the map, by B right of it");
    card.replaceChildren(
      add(el("header"), title, close),
      add(
        section(tr("The five likeliest under each lens"), CHANCE),
        add(el("div", "columns"), ...lenses)
      ),
      add(
        section(tr("Two settings")),
        add(el("div", "choosers"), chooser("a"), chooser("b"), keep2, landed ? swipe : null),
        moversTable()
      )
    );
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
  var LEADERS, MOVERS, compared, chosenOf, evaluated;
  var init_compare = __esm({
    "scripts/compare.js"() {
      "use strict";
      init_dom();
      init_land();
      init_language();
      init_rank();
      init_setting();
      init_state();
      init_words();
      LEADERS = 5;
      MOVERS = 10;
      compared = { a: "own", b: "here", kept: null };
      chosenOf = (key) => choices().find(([one3]) => one3 === key) || choices()[0];
      evaluated = (setting) => [turn.found, turn.own].find((found) => same(found.setting, setting)) || foundBy(copied(setting));
    }
  });

  // scripts/pinwords.js
  function paidText(site2) {
    const sum = site2.costs.length ? tonneOf(site2) : null;
    return sum ? number(sum.paid) : "";
  }
  function measuredOf(site2, name) {
    const row2 = rawOf2(site2, name);
    return row2 ? measured(row2.raw, row2.unit) : "";
  }
  function aheadIn(a, b) {
    if (!live) return null;
    const of = ({ index: i }) => ({ i, share: shareAt(bench, turn.found, i) });
    return aheadOf(bench, turn.found, of(a), of(b));
  }
  function runsText(share) {
    const all = share > 0.975 || share < 0.025 ? 100 : 10;
    return tr("{count} of {all}", { count: number(all * share), all });
  }
  function moneyBetween(a, b) {
    const parts = [];
    if (a.costs.length && b.costs.length) {
      const gap = usdOf(a) - usdOf(b);
      const usd = number(Math.abs(gap));
      parts.push(
        gap <= 0 ? tr("a tonne delivered costs {usd} USD less", { usd }) : tr("a tonne delivered costs {usd} USD more", { usd })
      );
    }
    if (known(a.pays_from) && known(b.pays_from)) {
      const from = { one: fromText2(a.pays_from), other: fromText2(b.pays_from) };
      parts.push(tr("it pays from {one} and not {other} USD/t", from));
    }
    if (!parts.length) return "";
    return parts.length === 1 ? tr("Of the money, {clause}.", { clause: parts[0] }) : tr("Of the money, {clause}, and {other}.", { clause: parts[0], other: parts[1] });
  }
  function between(a, b) {
    const share = aheadIn(a, b);
    const runs2 = share === null ? "" : tr("It is ahead in {runs} runs of the weights only.", { runs: runsText(share) });
    const lead2 = strongest2(a, b, 1) || tr("nothing much");
    const lag = strongest2(a, b, -1);
    const places = { name: a.name, other: b.name, lead: lead2, lag };
    const odds3 = lag ? tr("{name} leads {other} by {lead}, and lags by {lag}.", places) : tr("{name} leads {other} by {lead}.", places);
    return sentences(odds3, runs2, moneyBetween(a, b));
  }
  var FELT2, NAMED2, usdOf, rawOf2, FIGURES2, fromText2, figuresOf, strongest2, sentencesOf, DRAWN2;
  var init_pinwords = __esm({
    "scripts/pinwords.js"() {
      "use strict";
      init_data();
      init_draws();
      init_engine();
      init_language();
      init_odds();
      init_pays();
      init_rank();
      init_words();
      FELT2 = Math.log(1.1);
      NAMED2 = 2;
      usdOf = (site2) => site2.costs.reduce((sum, row2) => sum + row2.usd_per_t, 0);
      rawOf2 = (site2, name) => site2.criteria.find((row2) => row2.criterion === name) ?? null;
      FIGURES2 = [
        [tr("Rank"), (site2) => String(place(site2))],
        [raised(CHANCE), (site2) => percent(site2.share)],
        [tr("Among the first ten"), (site2) => known(site2.p_top10) ? percent(site2.p_top10) : ""],
        [tr("First in the runs"), (site2) => known(site2.p_first) ? percent(site2.p_first) : ""],
        [tr("Chance that it pays"), (site2) => known(site2.pays) ? percent(site2.pays) : ""],
        [tr("Pays from, USD/t before tax"), (site2) => fromText2(site2.pays_from)],
        [tr("Margin today, USD/t"), (site2) => known(site2.margin) ? signedText(site2.margin) : ""],
        [tr("Customers pay, USD/t"), (site2) => paidText(site2)],
        [tr("Delivered cost, USD/t"), (site2) => site2.costs.length ? number(usdOf(site2)) : ""],
        [tr("Power price"), (site2) => measuredOf(site2, "Power price")],
        [tr("Odds of the median place"), (site2) => oddsText(total(site2))]
      ];
      fromText2 = (usd) => known(usd) ? usd > 0 ? number(usd) : tr("any price") : "";
      figuresOf = (sites2) => FIGURES2.map(
        ([name, text]) => (
          /** @type {[string, string[]]} */
          [name, sites2.map((one3) => text(one3))]
        )
      ).filter(([, texts]) => texts.some(Boolean));
      strongest2 = (a, b, sign) => joined(
        data.pillars.map(({ name }, k) => ({ name: lowered(tr(name)), ln: a.odds[k] - b.odds[k] })).filter(({ ln }) => sign * ln > FELT2).sort((x, y) => Math.abs(y.ln) - Math.abs(x.ln)).slice(0, NAMED2).map(({ name, ln }) => tr("{name} ({times})", { name, times: timesText(Math.abs(ln)) }))
      );
      sentencesOf = ([first, ...others]) => others.map((other) => between(first, other));
      DRAWN2 = tr(
        "These runs vary the weights only, not plants, costs or prices: the order is less sure than they say."
      );
    }
  });

  // scripts/pinpicture.js
  function piecesOf(text) {
    const pieces = [];
    for (const piece of text.match(BREAK) ?? []) {
      if (pieces.length && CLOSING.test(piece)) pieces[pieces.length - 1] += piece;
      else pieces.push(piece);
    }
    return pieces;
  }
  function draw(sites2, on) {
    const pen2 = new Pen(on);
    on.fillStyle = ink(colours.panel, "light");
    on.fillRect(0, 0, WIDE5, on.canvas.height);
    pen2.y += 8;
    pen2.text(data.title, EDGE3, { size: 22, bold: true, most: WIDE5 - 2 * EDGE3 });
    pen2.y += LINE;
    pen2.text(data.subtitle, EDGE3, { colour: colours.ink2, most: WIDE5 - 2 * EDGE3 });
    pen2.y += LINE + 6;
    for (const words2 of sentencesOf(sites2)) pen2.paragraph(words2, EDGE3, WIDE5 - 2 * EDGE3);
    figures(pen2, sites2);
    costs2(pen2, sites2);
    odds2(pen2, sites2);
    pen2.y += 6;
    pen2.text(`${DRAWN2} ${data.study} ${DOT} ${data.as_of}`, EDGE3, {
      size: 12,
      colour: colours.ink3,
      most: WIDE5 - 2 * EDGE3
    });
    return pen2.y + EDGE3;
  }
  function figures(pen2, sites2) {
    const step2 = (WIDE5 - 2 * EDGE3 - NAME) / sites2.length;
    const right = (k) => EDGE3 + NAME + (k + 1) * step2;
    pen2.heading(tr("Figures"));
    sites2.forEach((site2, k) => {
      pen2.text(site2.name, right(k), { bold: true, most: step2 - 18, right: true });
    });
    pen2.y += LINE - 6;
    sites2.forEach((site2, k) => {
      pen2.text(country(site2), right(k), { size: 12, colour: colours.ink2, most: step2, right: true });
    });
    pen2.y += LINE;
    for (const [name, texts] of figuresOf(sites2)) {
      pen2.text(name, EDGE3, { colour: colours.ink2 });
      texts.forEach((text, k) => {
        pen2.text(text, right(k), { right: true });
      });
      pen2.y += LINE - 2;
    }
  }
  function costs2(pen2, sites2) {
    const priced = sites2.filter((site2) => site2.costs.length);
    if (!priced.length) return;
    const paid = (site2) => site2.costs.filter((row2) => row2.usd_per_t > 0);
    const sum = (rows2) => rows2.reduce((all, row2) => all + row2.usd_per_t, 0);
    const end = Math.max(...priced.map((site2) => sum(paid(site2))), 1);
    const wide = WIDE5 - 2 * EDGE3 - NAME - 110;
    pen2.heading(tr("A tonne delivered, USD/t"));
    for (const site2 of priced) {
      pen2.text(site2.name, EDGE3, { most: NAME - 16 });
      let x2 = EDGE3 + NAME;
      for (const row2 of paid(site2)) {
        const piece = wide * row2.usd_per_t / end;
        pen2.bar(x2, piece - 1, COSTS[row2.group]);
        x2 += piece;
      }
      pen2.text(number(sum(site2.costs)), WIDE5 - EDGE3, { right: true, bold: true });
      pen2.y += LINE;
    }
    let x = EDGE3 + NAME;
    for (const group2 of new Set(priced.flatMap((site2) => site2.costs.map((row2) => row2.group)))) {
      pen2.bar(x, 11, COSTS[group2]);
      const name = tr(group2);
      pen2.text(name, x + 16, { size: 12, colour: colours.ink2 });
      x += 16 + pen2.on.measureText(name).width + 18;
    }
    pen2.y += LINE;
  }
  function odds2(pen2, sites2) {
    const wide = WIDE5 - 2 * EDGE3 - NAME - 110;
    const at3 = (ln) => EDGE3 + NAME + wide * (ln + ENDS.left) / (ENDS.left + ENDS.right);
    pen2.heading(tr("What makes their odds, against the median place"));
    data.pillars.forEach((pillar, k) => {
      if (sites2.every((site2) => Math.abs(site2.odds[k] ?? 0) < 1e-9)) return;
      pen2.text(tr(pillar.name), EDGE3, { bold: true });
      pen2.y += LINE - 4;
      for (const site2 of sites2) {
        const ln = site2.odds[k];
        pen2.text(site2.name, EDGE3, { most: NAME - 16, colour: colours.ink2 });
        pen2.bar(Math.min(at3(0), at3(ln)), Math.abs(at3(ln) - at3(0)), PILLAR[k]);
        pen2.bar(at3(0), 1, colours.ink);
        pen2.text(oddsText(ln), WIDE5 - EDGE3, { right: true });
        pen2.y += LINE - 4;
      }
      pen2.y += 4;
    });
  }
  function pictureOf(sites2) {
    const canvas2 = el("canvas");
    canvas2.width = WIDE5;
    canvas2.height = 10;
    const high = draw(
      sites2,
      /** @type {CanvasRenderingContext2D} */
      canvas2.getContext("2d")
    );
    canvas2.width = SCALE * WIDE5;
    canvas2.height = SCALE * Math.ceil(high);
    const on = (
      /** @type {CanvasRenderingContext2D} */
      canvas2.getContext("2d")
    );
    on.scale(SCALE, SCALE);
    draw(sites2, on);
    return canvas2;
  }
  function save(picture3) {
    const link = el("a");
    link.href = URL.createObjectURL(picture3);
    link.download = `${data.study.replace(/[^\w-]+/g, "-") || "study"}-sites.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }
  function copyPicture(sites2, asked2) {
    pictureOf(sites2).toBlob(async (picture3) => {
      if (!picture3) return;
      let said3 = tr("Picture copied");
      try {
        await navigator.clipboard.write([new ClipboardItem({ [picture3.type]: picture3 })]);
      } catch {
        save(picture3);
        said3 = tr("Picture saved");
      }
      asked2.textContent = said3;
      $("said").textContent = said3;
      setTimeout(() => {
        asked2.textContent = tr("Copy picture");
      }, 2e3);
    }, "image/png");
  }
  var WIDE5, EDGE3, NAME, SCALE, LINE, BREAK, CLOSING, Pen;
  var init_pinpicture = __esm({
    "scripts/pinpicture.js"() {
      "use strict";
      init_data();
      init_dom();
      init_inks();
      init_language();
      init_odds();
      init_pinwords();
      init_words();
      WIDE5 = 1280;
      EDGE3 = 40;
      NAME = 220;
      SCALE = 2;
      LINE = 24;
      BREAK = /[\u3000-\u30FF\u3400-\u9FFF\uFF00-\uFFEF]|[^\s\u3000-\u30FF\u3400-\u9FFF\uFF00-\uFFEF]+ ?| /g;
      CLOSING = /^[\u3001\u3002\u300D\uFF01\uFF09\uFF0C\uFF1A\uFF1B\uFF1F]/;
      Pen = class {
        /** @param {CanvasRenderingContext2D} on */
        constructor(on) {
          this.on = on;
          this.y = EDGE3;
          this.face = getComputedStyle(document.body).fontFamily;
        }
        /** @param {string} text @param {number} x @param {{ size?: number, bold?: boolean, colour?: string, most?: number, right?: boolean }} [how] */
        text(text, x, { size = 14, bold = false, colour = colours.ink, most = 0, right = false } = {}) {
          const { on } = this;
          on.font = `${bold ? 650 : 400} ${size}px ${this.face}`;
          on.fillStyle = ink(colour, "light");
          on.textAlign = right ? "right" : "left";
          on.textBaseline = "alphabetic";
          on.fillText(most ? this.cut(text, most) : text, x, this.y);
        }
        /** What fits, with an ellipsis where it is cut. @param {string} text @param {number} most */
        cut(text, most) {
          if (this.on.measureText(text).width <= most) return text;
          let short2 = text;
          while (short2 && this.on.measureText(`${short2}\u2026`).width > most) short2 = short2.slice(0, -1);
          return `${short2.trimEnd()}\u2026`;
        }
        /** Text over as many lines as it takes. @param {string} text @param {number} x @param {number} most */
        paragraph(text, x, most) {
          this.on.font = `400 14px ${this.face}`;
          let line2 = "";
          for (const piece of piecesOf(text)) {
            const longer = line2 + piece;
            if (line2 && this.on.measureText(longer.trimEnd()).width > most) {
              this.text(line2.trimEnd(), x);
              this.y += LINE - 4;
              line2 = piece;
            } else line2 = longer;
          }
          this.text(line2, x);
          this.y += LINE;
        }
        /** @param {number} x @param {number} wide @param {string} colour */
        bar(x, wide, colour) {
          this.on.fillStyle = ink(colour, "light");
          this.on.fillRect(x, this.y - 12, Math.max(0, wide), 15);
        }
        /** @param {string} text */
        heading(text) {
          this.y += 12;
          this.on.fillStyle = ink(colours.line, "light");
          this.on.fillRect(EDGE3, this.y - 16, WIDE5 - 2 * EDGE3, 1);
          this.y += 8;
          this.text(text, EDGE3, { bold: true, size: 15 });
          this.y += LINE;
        }
      };
    }
  });

  // scripts/pinsheet.js
  function tableOf(sites2, rows2, cls) {
    const heads = add(el("tr"), el("td"), ...sites2.map((site2) => headOf(site2)));
    const body = rows2.map(([name, cells2]) => {
      const head = add(el("th"), name);
      head.scope = "row";
      return add(el("tr"), head, ...cells2.map((cell) => add(el("td"), cell)));
    });
    return add(el("table", `pins ${cls}`), add(el("thead"), heads), add(el("tbody"), ...body));
  }
  function headOf(site2) {
    const node = add(el("th"), el("span", "wide", site2.name));
    node.scope = "col";
    return node;
  }
  function namesOf(sites2, unpin) {
    const items = sites2.map((site2) => {
      const off = button("unpin", "\xD7", () => unpin(site2));
      off.setAttribute("aria-label", tr("Unpin {name}", { name: site2.name }));
      const go3 = button("go", site2.name, () => pick(site2));
      return add(
        el("li"),
        el("span", "code", site2.country),
        go3,
        el("span", "sub", country(site2)),
        off
      );
    });
    return add(el("ul", "pinnames"), ...items);
  }
  function chancesOf(sites2) {
    if (!live) return null;
    const rows2 = sites2.map((a) => {
      const cells2 = sites2.map((b) => a === b ? DASH : runsText(Number(aheadIn(a, b))));
      return (
        /** @type {[string, string[]]} */
        [a.name, cells2]
      );
    });
    const part2 = section(tr("Which is ahead, in what-if runs"), tr("row ahead of column"));
    return add(part2, tableOf(sites2, rows2, "ahead"), el("p", "sub", DRAWN2));
  }
  function costsOf(sites2) {
    const priced = sites2.filter((site2) => site2.costs.length);
    if (!priced.length) return null;
    const paid = (site2) => site2.costs.filter((row2) => row2.usd_per_t > 0);
    const sum = (rows2) => rows2.reduce((all, row2) => all + row2.usd_per_t, 0);
    const end = Math.max(...priced.map((site2) => sum(paid(site2))), 1);
    const lines2 = sites2.map((site2) => {
      const name = el("span", "wide", site2.name);
      if (!site2.costs.length)
        return add(el("div", "axis"), name, el("span", "sub", tr("not known here")));
      const bar2 = el("span", "stack");
      bar2.setAttribute("aria-hidden", "true");
      for (const row2 of paid(site2)) {
        const piece = segment(100 * row2.usd_per_t / end, COSTS[row2.group]);
        const places = { part: tr(row2.part), usd: number(row2.usd_per_t) };
        piece.title = tr("{part}: {usd} USD/t", places);
        add(bar2, piece);
      }
      const less = sum(site2.costs) - sum(paid(site2));
      const cost = number(sum(site2.costs));
      const words2 = less < 0 ? tr("{cost} (aid {aid})", { cost, aid: number(less) }) : cost;
      return add(el("div", "axis"), name, bar2, el("span", "n", words2));
    });
    const part2 = section(tr("A tonne delivered"), tr("USD/t, one axis from zero"));
    return add(part2, ...lines2, legendOf(priced), partsTable(sites2));
  }
  function legendOf(sites2) {
    const groups = new Set(sites2.flatMap((site2) => site2.costs.map((row2) => row2.group)));
    const keys2 = [...groups].map((group2) => add(el("span"), swatch(COSTS[group2]), tr(group2)));
    return add(el("div", "pillars"), ...keys2);
  }
  function partsTable(sites2) {
    const names2 = [...new Set(sites2.flatMap((site2) => site2.costs.map((row2) => row2.part)))];
    const rows2 = names2.map((name) => {
      const cells2 = sites2.map((site2) => {
        const row2 = site2.costs.find((one3) => one3.part === name);
        return row2 ? number(row2.usd_per_t) : DASH;
      });
      return (
        /** @type {[string, string[]]} */
        [tr(name), cells2]
      );
    });
    const more = add(el("details"), el("summary", "", tr("Part by part")));
    return add(more, tableOf(sites2, rows2, "money"));
  }
  function oddsOf(sites2) {
    const part2 = section(tr("What makes their odds"), tr("against the median place (the line)"));
    data.pillars.forEach((pillar, k) => {
      if (sites2.every((site2) => Math.abs(site2.odds[k] ?? 0) < 1e-9)) return;
      const lines2 = sites2.map((site2) => {
        const ln = site2.odds[k];
        const bar2 = el("i");
        const [from, to] = [Math.min(0, ln), Math.max(0, ln)].map(across2);
        Object.assign(bar2.style, { left: `${from}%`, width: `${to - from}%`, background: PILLAR[k] });
        const axis2 = add(el("span", "oddsaxis"), bar2);
        axis2.style.setProperty("--zero", `${across2(0)}%`);
        axis2.setAttribute("aria-hidden", "true");
        return add(
          el("div", "axis"),
          el("span", "wide", site2.name),
          axis2,
          el("span", "n", oddsText(ln))
        );
      });
      add(part2, add(el("h4"), swatch(PILLAR[k]), tr(pillar.name)), ...lines2);
    });
    return part2;
  }
  function customersCell(site2) {
    const items = site2.customers.slice(0, CUSTOMERS).map((row2) => {
      const freight = number(row2.usd_per_t);
      const words2 = known(row2.margin) ? tr("freight {freight}, margin {margin}", { freight, margin: signedText(row2.margin) }) : tr("freight {freight}", { freight });
      return add(el("li", "", row2.name), el("span", "sub", words2));
    });
    return items.length ? add(el("ul"), ...items) : el("span", "sub", tr("none known here"));
  }
  function lawsOf(sites2) {
    const of = sites2.map((site2) => new Set(site2.policies.map((row2) => row2.instrument)));
    const names2 = [...new Set(of.flatMap((one3) => [...one3]))];
    if (!names2.length) return null;
    const apart2 = names2.filter((name) => !of.every((one3) => one3.has(name)));
    const rows2 = apart2.slice(0, LAWS).map((name) => {
      const cells2 = of.map((one3) => one3.has(name) ? tr("yes") : DASH);
      return (
        /** @type {[string, string[]]} */
        [name, cells2]
      );
    });
    const common = names2.length - apart2.length;
    const more = Math.max(0, apart2.length - LAWS);
    const shared2 = common ? ngettext("{n} law applies to all of them.", "{n} laws apply to all of them.", common, {
      n: number(common)
    }) : "";
    const further = more ? ngettext(
      "{n} further law differs; the dossiers have them.",
      "{n} further laws differ; the dossiers have them.",
      more,
      { n: number(more) }
    ) : "";
    const part2 = section(tr("Laws that differ"), tr("in force for this investor"));
    if (rows2.length) add(part2, tableOf(sites2, rows2, "laws"));
    return add(part2, el("p", "sub", sentences(shared2, further)));
  }
  function sheetOf(sites2, unpin) {
    const words2 = sentencesOf(sites2).map((text) => el("p", "", text));
    return [
      add(section(tr("In words")), namesOf(sites2, unpin), ...words2),
      add(section(tr("Figures")), tableOf(sites2, figuresOf(sites2), "figs")),
      chancesOf(sites2),
      costsOf(sites2),
      oddsOf(sites2),
      customersOf(sites2),
      lawsOf(sites2)
    ].filter(known);
  }
  var CUSTOMERS, LAWS, across2, customersOf;
  var init_pinsheet = __esm({
    "scripts/pinsheet.js"() {
      "use strict";
      init_data();
      init_dom();
      init_language();
      init_odds();
      init_pinwords();
      init_state();
      init_words();
      CUSTOMERS = 3;
      LAWS = 12;
      across2 = (ln) => 100 * (ln + ENDS.left) / (ENDS.left + ENDS.right);
      customersOf = (sites2) => add(
        section(tr("First customers"), tr("USD/t")),
        tableOf(sites2, [["", sites2.map(customersCell)]], "served")
      );
    }
  });

  // scripts/pins.js
  function toggle(site2) {
    const full = !isPinned(site2) && state.pins.length >= MOST2;
    if (full) {
      $("said").textContent = tr("{n} places are pinned; unpin one first", { n: MOST2 });
      return;
    }
    state.pins = isPinned(site2) ? state.pins.filter((one3) => one3 !== site2) : [...state.pins, site2];
    const { name } = site2;
    $("said").textContent = isPinned(site2) ? tr("{name} pinned", { name }) : tr("{name} unpinned", { name });
    drawPins();
    remember();
  }
  function pinAll(ids) {
    const named2 = [...new Set(ids.map(siteNamed))].filter((site2) => site2 !== null);
    state.pins = named2.slice(0, MOST2);
    if (state.pins.length < 2) closePins();
    drawPins();
    remember();
    return state.pins.map((site2) => site2.site_id);
  }
  function pinText(site2, on) {
    const places = { name: site2?.name ?? "" };
    return on ? tr("Unpin {name}", places) : tr("Pin {name}", places);
  }
  function dress3(node, site2) {
    const on = site2 !== null && isPinned(site2);
    node.setAttribute("aria-pressed", String(on));
    node.setAttribute("aria-label", pinText(site2, on));
  }
  function pinButton(site2) {
    const node = button("button pinning", tr("Pin"), () => toggle(site2));
    node.title = tr("Pin to compare with up to three others");
    dress3(node, site2);
    return node;
  }
  function rowPin(siteOf2) {
    const act = () => {
      const site2 = siteOf2();
      if (site2) toggle(site2);
    };
    const node = button("rowpin", tr("Pin"), act);
    node.tabIndex = -1;
    node.addEventListener("mouseenter", () => dress3(node, siteOf2()));
    rowPins.push([node, siteOf2]);
    return node;
  }
  function onKey(event) {
    const row2 = (
      /** @type {HTMLElement} */
      document.activeElement
    );
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key.toLowerCase() !== "p" || !plain || !row2?.matches("#list .row")) return;
    row2.nextElementSibling?.click();
  }
  function chip(site2) {
    const go3 = button("go", site2.name, () => pick(site2));
    go3.title = site2.name;
    const off = button("unpin", "\xD7", () => {
      toggle(site2);
      $("tray").querySelector("li button")?.focus();
    });
    off.setAttribute("aria-label", pinText(site2, true));
    return add(el("li"), go3, off);
  }
  function drawTray() {
    const { pins } = state;
    $("tray").hidden = !pins.length || !$("pinned").hidden;
    const enough = pins.length > 1;
    const n = pins.length;
    const words2 = enough ? ngettext("Compare {n} site", "Compare {n} sites", n, { n: number(n) }) : tr("Pin another to compare");
    const open2 = button("button", words2, openPins);
    open2.disabled = !enough;
    $("tray").replaceChildren(add(el("ul"), ...pins.map(chip)), open2);
    rove($("tray"), "li button");
  }
  function drawPins() {
    if (live) for (const site2 of state.pins) tell(dressAgain(site2));
    drawTray();
    for (const [node, siteOf2] of rowPins) dress3(node, siteOf2());
    const own2 = (
      /** @type {HTMLElement | null} */
      document.querySelector("#dossier .pinning")
    );
    if (own2 && state.site) dress3(own2, state.site);
    if (!$("pinned").hidden) drawSheet();
  }
  function drawSheet() {
    const card = $("pinned");
    if (state.pins.length < 2) {
      closePins();
      return;
    }
    const top = card.scrollTop;
    const n = state.pins.length;
    const words2 = ngettext("{n} site side by side", "{n} sites side by side", n, { n: number(n) });
    const title = el("h2", "", words2);
    title.id = "pinnedtitle";
    const close = button("close", "\xD7", closePins);
    close.setAttribute("aria-label", tr("Close the comparison of sites"));
    const copy = button("button", tr("Copy picture"), () => copyPicture(state.pins, copy));
    const head = add(el("header"), title, add(el("div", "acts"), copy, close));
    card.replaceChildren(head, ...sheetOf(state.pins, toggle));
    card.scrollTop = top;
  }
  function openPins() {
    if (state.site) unpick();
    $("pinned").hidden = false;
    document.body.classList.add("comparing");
    drawTray();
    drawSheet();
    $("pinned").focus({ preventScroll: true });
  }
  function closePins() {
    if ($("pinned").hidden) return;
    $("pinned").hidden = true;
    document.body.classList.remove("comparing");
    drawTray();
    document.querySelector("#tray > .button")?.focus();
  }
  function buildPins(ids) {
    document.addEventListener("keydown", onKey);
    state.pins = [...new Set(ids.map(siteNamed))].filter((site2) => site2 !== null).slice(0, MOST2);
    drawPins();
  }
  var MOST2, isPinned, rowPins;
  var init_pins = __esm({
    "scripts/pins.js"() {
      "use strict";
      init_address();
      init_data();
      init_dom();
      init_language();
      init_pinpicture();
      init_pinsheet();
      init_rank();
      init_rove();
      init_state();
      init_words();
      MOST2 = 4;
      isPinned = (site2) => state.pins.includes(site2);
      rowPins = [];
    }
  });

  // scripts/weights.js
  function lockButton(path, name) {
    const node = button("lock", void 0, () => {
      if (!locks.delete(path)) locks.add(path);
      drawWeights();
    });
    const size = { width: 12, height: 14, viewBox: "0 0 12 14", "aria-hidden": "true" };
    const picture3 = svg("svg", size);
    add(
      picture3,
      svg("path", { class: "bow", d: "M3.5 6V4a2.5 2.5 0 0 1 5 0v2" }),
      svg("rect", { x: 1.5, y: 6, width: 9, height: 7, rx: 1.2 })
    );
    node.setAttribute("aria-label", tr("Lock {name}", { name }));
    return add(node, picture3);
  }
  function openerOf(name, act) {
    const node = button("opener", void 0, act);
    node.setAttribute("aria-expanded", "false");
    node.setAttribute("aria-label", tr("What {name} is made of", { name }));
    return add(node, el("span", "turn", "\u25B6"));
  }
  function shareRow(pillar, key, alone2) {
    const path = pathOf(pillar, key);
    const { name, unit, colour, opens } = partOf(pillar, key);
    const item = el("div", "share");
    const line2 = el("div", "line");
    const input = el("input");
    const output = el("output");
    const label = el("label", "", name);
    const lock = lockButton(path, name);
    const opener = opens ? openerOf(name, () => toggleShare(item, key)) : el("span", "opener");
    input.id = `w-${path}`;
    label.htmlFor = input.id;
    label.title = unit ? tr("{name}: {unit}", { name, unit }) : name;
    Object.assign(input, { type: "range", min: 0, max: 100, step: 0.5 });
    input.style.setProperty("--c", colour);
    input.addEventListener("input", () => slide2(pillar, key, Number(input.value) / 100));
    output.setAttribute("for", input.id);
    add(line2, opener, label, input, output, lock);
    if (alone2) {
      input.disabled = true;
      line2.classList.add("alone");
    }
    rows.set(path, { pillar, key, name, input, output, lock, line: line2 });
    return add(item, line2);
  }
  function group(pillar) {
    const keys2 = Object.keys(weightsIn(turn.setting, pillar));
    return add(el("div", "shares"), ...keys2.map((key) => shareRow(pillar, key, keys2.length < 2)));
  }
  function toggleShare(item, pillar) {
    const was = item.querySelector(":scope > .shares");
    if (was) {
      for (const input of was.querySelectorAll("input")) rows.delete(input.id.slice(2));
      was.remove();
    } else add(item, group(pillar));
    item.querySelector(".opener")?.setAttribute("aria-expanded", String(!was));
    item.classList.toggle("open", !was);
    drawWeights();
  }
  function slide2(pillar, key, share) {
    turn.setting = turned(turn.setting, pillar, key, share, locks);
    if (waiting5) return;
    waiting5 = requestAnimationFrame(() => {
      waiting5 = 0;
      rerank(turn.setting);
    });
  }
  function drawRow({ name, input, output, lock, line: line2 }, path, share) {
    const text = shareText(share);
    const locked = locks.has(path);
    input.value = String(100 * share);
    input.style.setProperty("--v", `${100 * share}%`);
    input.setAttribute("aria-valuetext", text);
    write(output, text);
    line2.classList.toggle("none", !share);
    input.disabled = locked || line2.classList.contains("alone");
    lock.setAttribute("aria-pressed", String(locked));
    lock.title = locked ? tr("{name} stays", { name }) : tr("Keep {name} as it is when others move", { name });
  }
  function drawWeights() {
    const { setting } = turn;
    if (!rows.size) $("shares").replaceChildren(group(""));
    const pillars = ["", ...Object.keys(setting.weights)];
    const current = new Map(pillars.map((pillar) => [pillar, sharesIn(setting, pillar)]));
    for (const [path, row2] of rows) drawRow(row2, path, current.get(row2.pillar)?.[row2.key] ?? 0);
    const at3 = VIEWS.findIndex((view2) => same(view2, setting));
    field("whose").value = at3 < 0 ? "turned" : String(at3);
    write($("reasoning"), at3 > 0 ? sentences(tr(VIEWS[at3].reasoning), WEIGHTS_ALONE) : "");
    field("reset").disabled = !turn.moved;
    write($("printed"), tr("Ranked by: {weights}", { weights: wordsOf(setting) }));
  }
  function wear(setting) {
    locks.clear();
    rerank(copied(setting), true);
    const box3 = seen();
    const inSight = sites.slice(0, FIRST).some((site2) => holds(box3, where(site2)));
    if (!state.site && sites.length && !inSight) viewStart();
  }
  function settleSoon() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      const flip = drawChange();
      $("happened").textContent = turn.moved ? happened() : flip;
      nameZones(zonesNow());
      if (isShown(nameLayer)) nameLayer.draw();
      remember();
    }, 150);
  }
  function twice() {
    if (!turn.found.leaves[COST]) return "";
    const names2 = inPlay(turn.found).filter(({ inCost }) => inCost).map(({ name }) => tr(name));
    if (!names2.length) return "";
    return tr("{criteria}: counted twice, the delivered cost holds it already.", {
      criteria: names2.join(tr(", "))
    });
  }
  function happened() {
    const [first] = sites;
    if (!first) return "";
    const before3 = turn.own.heads.slice(0, FIRST);
    const fresh = sites.slice(0, FIRST).filter((site2) => !before3.includes(site2.index)).length;
    const stays = first.index === before3[0];
    const { name } = first;
    const who = stays ? tr("{name} keeps rank 1", { name }) : tr("{name} takes rank 1", { name });
    const many = fresh ? ngettext("{n} of the ten likeliest is new", "{n} of the ten likeliest are new", fresh, {
      n: fresh
    }) : tr("the same ten stay likeliest");
    const news = sites.length > FIRST ? tr("{one}; {other}.", { one: who, other: many }) : "";
    const drawn = turn.chance ? tr("The page's own runs vary the weights only.") : "";
    return sentences(twice(), news || ended(who), drawn);
  }
  function fillChoice() {
    const kinds = {
      study: tr("The study"),
      lens: tr("Of a lens"),
      stakeholder: tr("Of a stakeholder")
    };
    for (const [kind, words2] of Object.entries(kinds)) {
      const set2 = el("optgroup");
      set2.label = words2;
      VIEWS.forEach((view2, at3) => {
        if (view2.kind !== kind) return;
        add(set2, option(at3, titleOf(view2)));
      });
      if (set2.childElementCount) add($("whose"), set2);
    }
    const turnedHere = option("turned", tr("As turned here"));
    turnedHere.disabled = true;
    add($("whose"), turnedHere);
  }
  function buildWeights() {
    if (!live) return;
    $("weights").hidden = false;
    document.body.classList.add("live");
    fillChoice();
    $("whose").addEventListener("change", () => wear(VIEWS[Number(field("whose").value)]));
    $("reset").addEventListener("click", () => wear(VIEWS[0]));
    $("weightsfold").addEventListener(
      "click",
      () => foldWeights(!$("weights").classList.contains("shut"))
    );
    if (bench.count < bench.compared) {
      $("ranked").textContent = tr(
        "Under turned weights the page ranks {count} of {all} places: the likeliest and all estates, and a sample that stands for the others, so that chances there are estimates.",
        { count: number(bench.count), all: number(bench.compared) }
      );
    }
  }
  function foldWeights(shut3) {
    $("weights").classList.toggle("shut", shut3);
    $("weightsfold").setAttribute("aria-expanded", String(!shut3));
  }
  var COST, WEIGHTS_ALONE, locks, rows, waiting5, settling;
  var init_weights = __esm({
    "scripts/weights.js"() {
      "use strict";
      init_address();
      init_answer();
      init_data();
      init_dom();
      init_language();
      init_map();
      init_names();
      init_parts();
      init_points();
      init_rank();
      init_setting();
      init_state();
      init_views();
      init_words();
      COST = "delivered_cost";
      WEIGHTS_ALONE = tr("These are weights alone: date, price, owner and laws stay the study's.");
      locks = /* @__PURE__ */ new Set();
      rows = /* @__PURE__ */ new Map();
      waiting5 = 0;
    }
  });

  // scripts/console.js
  function changed(setting, changes) {
    const faults = [];
    const next = laidOver2(setting, changes, faults);
    if (faults.length) throw new RangeError(faults.join("; "));
    return next;
  }
  function settingFrom(wanted) {
    if (typeof wanted !== "string") return changed(VIEWS[0], wanted || {});
    const named2 = VIEWS.find((view2) => view2.name === wanted);
    if (!named2) throw new RangeError(`no setting of the name ${wanted}`);
    return copied(named2);
  }
  function everyPlace() {
    const { order, score, p, zone: zone2 } = turn.found;
    const { site_id: ids, name, country: country3 } = board.places;
    return Array.from(order, (i, at3) => ({
      place: at3 + 1,
      site_id: ids[i],
      name: name[i],
      country: country3[i],
      utility: score[i],
      chance: p[i],
      weight: bench.weight[i],
      zone: zone2[i],
      margin: turn.money.margin[i],
      pays: turn.money.pays[i]
    }));
  }
  var row, page, turning, offerConsole;
  var init_console = __esm({
    "scripts/console.js"() {
      "use strict";
      init_address();
      init_compare();
      init_data();
      init_land();
      init_legend();
      init_pins();
      init_pricing();
      init_rank();
      init_setting();
      init_state();
      init_weights();
      row = ({ rank, site_id, name, country: country3, share, scouted, lat, lon, ...site2 }) => {
        const { pays_from, margin, pays } = site2;
        return { rank, site_id, name, country: country3, share, scouted, lat, lon, pays_from, margin, pays };
      };
      page = {
        /** @param {string} [all] */
        ranking: (all) => live && all === "places" ? everyPlace() : sites.map(row),
        /** @param {string | null} id */
        pick(id) {
          const site2 = siteNamed(id);
          if (site2) pick(site2);
          else if (id === null) unpick();
          return state.site?.site_id ?? null;
        },
        /** @param {string[]} [ids] */
        pins: (ids) => ids ? pinAll(ids) : state.pins.map((site2) => site2.site_id),
        /** @param {Record<string, boolean>} [wanted] */
        layers(wanted = {}) {
          for (const [key, on] of Object.entries(wanted)) showLayerOf(key, Boolean(on));
          return Object.fromEntries(switches.map((layer) => [layer.key, layer.on]));
        },
        /** Null until the places are there. */
        land() {
          if (!land2) return null;
          const passing = passes.reduce((sum, one3) => sum + one3, 0);
          return { colour: measureNow.key, places: land2.count, passing };
        },
        moments: () => moments.map((one3) => ({ ...one3, shown: one3.at === moment }))
      };
      turning = {
        setting: () => copied(turn.setting),
        settings: () => VIEWS.map(({ name }) => name),
        /** @param {Changes["weights"]} weights */
        setWeights(weights) {
          rerank(changed(turn.setting, { weights }));
          return copied(turn.setting);
        },
        /** @param {string} lens */
        setLens(lens) {
          wear(changed(turn.setting, { lens }));
          return copied(turn.setting);
        },
        /** @param {string | Changes} wanted */
        wear(wanted) {
          wear(settingFrom(wanted));
          return copied(turn.setting);
        },
        price: () => turn.money.price,
        /** @param {number} price outside China, USD/t */
        setPrice(price) {
          if (!takePrice(price)) throw new RangeError("no price");
          rerank(turn.setting);
          return turn.money.price;
        },
        reset() {
          takePrice(ledger.today);
          wear(VIEWS[0]);
          return copied(turn.setting);
        },
        link: () => mark(),
        /** @param {string | Changes} a @param {string | Changes} b @param {number} [most] */
        compare(a, b, most = MOVERS) {
          const moves = moversOf(evaluated(settingFrom(a)), evaluated(settingFrom(b)), most);
          const { site_id: ids, name } = board.places;
          return moves.map((move2) => ({
            site_id: ids[move2.i],
            name: name[move2.i],
            rank_a: move2.a,
            rank_b: move2.b,
            change: move2.by
          }));
        }
      };
      offerConsole = () => {
        Reflect.set(window, "siting", Object.freeze({ ...page, ...live ? turning : {} }));
      };
    }
  });

  // scripts/case.js
  function scaleOf(key) {
    const known2 = scales.get(key);
    if (known2) return known2;
    const scale = Array.from(bench.values[key], (value, i) => ({ value, raw: bench.raw[key][i] })).filter(({ raw }) => Number.isFinite(raw)).sort((a, b) => a.value - b.value);
    scales.set(key, scale);
    return scale;
  }
  function rawAt(key, value) {
    const scale = scaleOf(key);
    const k = scale.findIndex((point) => point.value >= value - 1 / DIGITS);
    if (k <= 0) return (
      /** @type {Point} */
      scale.at(k).raw
    );
    const low = scale[k - 1];
    const high = scale[k];
    const part2 = (value - low.value) / (high.value - low.value || 1);
    return low.raw + Math.min(1, part2) * (high.raw - low.raw);
  }
  function valueAt2(key, raw) {
    const scale = scaleOf(key);
    const falls = Number(scale.at(-1)?.raw) < Number(scale[0]?.raw);
    const past = (point) => falls ? point.raw <= raw : point.raw >= raw;
    const k = scale.findIndex(past);
    if (k <= 0) return scale.at(k)?.value ?? 0;
    const [low, high] = [scale[k - 1], scale[k]];
    return low.value + (high.value - low.value) * (raw - low.raw) / (high.raw - low.raw || 1);
  }
  function alone({ key, name, unit }, i, lacking) {
    const weight = bench.odds * turn.found.leaves[key];
    const now = bench.values[key][i];
    const best2 = bestOf(key);
    const wanted = now + lacking / weight;
    const raw = rawOf(key, i);
    const words2 = (value) => {
      const to = rawAt(key, value);
      const change = { name: lowered(tr(name)), to: measured(to, unit), now: measured(raw, unit) };
      if (LAWS2.has(key)) return tr("{name} of {to} instead of {now} (by law)", change);
      if (key !== TONNE || raw === null || raw <= to)
        return tr("{name} of {to} instead of {now}", change);
      const less = number(raw - to);
      return tr("{name} of {to} instead of {now} ({less} less)", { ...change, less });
    };
    return {
      key,
      gain: weight * (best2 - now),
      enough: wanted <= best2,
      needed: wanted <= best2 ? words2(wanted) : "",
      most: words2(best2)
    };
  }
  function powerChange(criterion, i, lacking) {
    const now = rawOf(POWER, i);
    const delivered = rawOf(TONNE, i);
    const mwh = data.dossiers?.powerMwh ?? 0;
    if (now === null || delivered === null || !mwh || !(turn.found.leaves[TONNE] > 0)) {
      return alone(criterion, i, lacking);
    }
    const { leaves } = turn.found;
    const gain = (price) => bench.odds * (leaves[POWER] * (valueAt2(POWER, price) - bench.values[POWER][i]) + leaves[TONNE] * (valueAt2(TONNE, delivered - mwh * (now - price)) - bench.values[TONNE][i]));
    const free = Math.min(FREE_POWER, now);
    const enough = gain(free) >= lacking;
    let [near, far] = [now, free];
    for (let k = 0; enough && k < HALVINGS; k += 1) {
      const middle2 = (near + far) / 2;
      if (gain(middle2) >= lacking) far = middle2;
      else near = middle2;
    }
    const words2 = (price) => tr("{name} of {to} instead of {now} (the tonne {usd} USD less)", {
      name: lowered(tr(criterion.name)),
      to: measured(price, criterion.unit),
      now: measured(now, criterion.unit),
      usd: number(mwh * (now - price))
    });
    const most = words2(free);
    return { key: POWER, gain: gain(free), enough, needed: enough ? words2(far) : "", most };
  }
  function together(changes, lacking) {
    let gained = 0;
    const apart2 = changes.filter(({ key }) => key !== POWER || !changes.some((c) => c.key === TONNE));
    for (const [k, { gain }] of apart2.entries()) {
      gained += gain;
      if (gained >= lacking) return apart2.slice(0, k + 1);
    }
    return [];
  }
  function caseFor(i) {
    const { found } = turn;
    const lacking = Math.log(found.share[0] / Math.max(shareAt(bench, found, i), 1e-300));
    const changes = changesOf(i, lacking);
    const slider = turnPast(found.heads[0], i);
    const lever = ({ key }) => LEVERS.has(key);
    const able = changes.filter(({ enough: enough2 }) => enough2);
    const enough = [...able.filter(lever), ...able.filter((one3) => !lever(one3))];
    const unable = changes.filter((one3) => !one3.enough);
    const short2 = unable.filter((one3, k) => lever(one3) || !enough.length && k < 2);
    return {
      lacking,
      enough: [...slider ? [flipText(slider)] : [], ...enough.map((one3) => one3.needed)].slice(
        0,
        SHOWN_CHANGES
      ),
      short: short2.map(
        ({ most, gain }) => tr("{change}: {times} its odds", { change: most, times: timesText(gain) })
      ),
      several: enough.length || slider ? [] : together(changes, lacking).map(({ most }) => most)
    };
  }
  function caseOf(site2) {
    if (!live || !sites.length) return null;
    const [first] = sites;
    if (site2 === first) {
      return add(section(tr("What would bring another to rank 1")), el("p", "", nearestFlip().text));
    }
    const part2 = section(tr("What would bring it to rank 1"), tr("each alone, all else as it is"));
    if (site2.zone === 1) {
      const words3 = tr("It lies in the zone of rank 1; {name} stands for that zone.", {
        name: first.name
      });
      return add(part2, el("p", "", words3));
    }
    const { lacking, enough, short: short2, several } = caseFor(site2.index);
    if (lacking <= 0) {
      const words3 = tr(
        "Its zone has a larger {chance} than {name}, but no estate is known in it, so that it is listed after those that have one.",
        { chance: CHANCE, name: first.name }
      );
      return add(part2, el("p", "", words3));
    }
    const outlook = enough.length ? tr("Any of these would do:") : tr("No single change would do; the strongest:");
    const words2 = tr("Its odds would have to grow {times} to pass {name}.", {
      times: timesText(lacking),
      name: first.name
    });
    add(part2, el("p", "sub", sentences(words2, outlook)));
    if (enough.length) add(part2, listed(enough, "case"));
    if (enough.length && short2.length)
      add(part2, el("p", "sub", tr("Not enough alone, at their best:")));
    if (short2.length) add(part2, listed(short2, enough.length ? "lacks" : "case"));
    if (!several.length) return part2;
    const changes = several.join(tr("; "));
    const all = several.length === 1 ? tr("{changes}.", { changes }) : tr("It would take {count} at once: {changes}.", {
      count: number(several.length),
      changes
    });
    return add(part2, el("p", "sub", all));
  }
  function bestIn2(code, most = OTHERS2) {
    const { heads, order, share } = turn.found;
    const here2 = (i) => board.places.country[i] === code;
    const zones2 = heads.map((i, k) => ({ i, share: share[k] })).filter(({ i }) => here2(i)).sort((a, b) => bench.estate[b.i] - bench.estate[a.i] || b.share - a.share).map(({ i }) => i);
    const likeliest = Array.from(order).filter(here2).slice(0, most);
    return [.../* @__PURE__ */ new Set([...zones2, ...likeliest])].slice(0, most);
  }
  function countryOf(site2) {
    if (!live) return null;
    const { found } = turn;
    const other = (i) => i !== site2.index && (!site2.zone || found.zone[i] !== site2.zone);
    const others = bestIn2(site2.country, OTHERS2 + 1).filter(other).slice(0, OTHERS2);
    if (!others.length) return null;
    const rows2 = others.map((i) => {
      const go3 = button("go", board.places.name[i], () => pick(siteAt(i)));
      const rank = found.heads.indexOf(i) + 1;
      return [go3, rank ? number(rank) : DASH, percent(shareAt(bench, found, i))];
    });
    const list = table([tr("Place"), tr("rank"), tr("chance")], rows2);
    list.className = "others";
    const head = section(
      tr("Other places in {country}", { country: country(site2) }),
      tr("{chance}, of what each stands for", { chance: CHANCE })
    );
    return add(head, list);
  }
  var TONNE, POWER, LAWS2, LEVERS, FREE_POWER, HALVINGS, SHOWN_CHANGES, ALMOST, scales, bestOf, changesOf, listed, OTHERS2;
  var init_case = __esm({
    "scripts/case.js"() {
      "use strict";
      init_data();
      init_dom();
      init_engine();
      init_flip();
      init_language();
      init_rank();
      init_state();
      init_words();
      TONNE = "delivered_cost";
      POWER = "power_price";
      LAWS2 = /* @__PURE__ */ new Set(["openness", "targeted_aid", "duty_free_reach"]);
      LEVERS = /* @__PURE__ */ new Set([TONNE, POWER, "tie", ...LAWS2]);
      FREE_POWER = 15;
      HALVINGS = 30;
      SHOWN_CHANGES = 5;
      ALMOST = 0.01;
      scales = /* @__PURE__ */ new Map();
      bestOf = (key) => scaleOf(key).at(-1)?.value ?? 0;
      changesOf = (i, lacking) => inPlay(turn.found).map((one3) => one3.key === POWER ? powerChange(one3, i, lacking) : alone(one3, i, lacking)).filter(({ gain }) => gain > ALMOST).sort((a, b) => b.gain - a.gain);
      listed = (lines2, cls) => add(el("ul", cls), ...lines2.map((line2) => el("li", "", raised(line2))));
      OTHERS2 = 5;
    }
  });

  // scripts/sources.js
  function sourceItem(row2) {
    const grade = el("span", "tag", row2.confidence);
    grade.title = GRADES[row2.confidence] ?? "";
    const of = row2.period && row2.period !== row2.as_of ? tr("of {period}, read {day}", { period: row2.period, day: row2.as_of }) : row2.as_of;
    const head = add(el("span"), el("b", "", row2.what), row2.value ? `: ${row2.value} ` : " ", grade);
    const from = [
      of || tr("undated"),
      tr("grade {grade}", { grade: row2.confidence || tr("unknown") }),
      row2.source
    ];
    return add(el("li"), head, el("span", "sub", from.filter(Boolean).join(` ${DOT} `)));
  }
  function rowsOfSources(rows2) {
    const words2 = tr(
      "Measured between places, reckoned or set by the study: no row of a table stands behind it."
    );
    if (!rows2.length) return el("p", "sub", words2);
    const items = rows2.slice(0, SHOWN2).map((n) => sourceItem(sourceAt(n)));
    const more = rows2.length - SHOWN2;
    const list = add(el("ul", "sourcelist"), ...items);
    if (more > 0) add(list, el("li", "sub", tr("and {n} rows that carry less", { n: number(more) })));
    return list;
  }
  function toggle2(asked2, rows2) {
    const host = (
      /** @type {HTMLElement} */
      asked2.closest(HOST)
    );
    const open2 = asked2.getAttribute("aria-expanded") === "true";
    asked2.setAttribute("aria-expanded", String(!open2));
    if (open2) {
      host.nextElementSibling?.remove();
      return;
    }
    if (host.tagName !== "TR") {
      host.after(add(el("div", "sources"), rowsOfSources(rows2)));
      return;
    }
    const cell = el("td", "sources");
    cell.colSpan = host.children.length;
    host.after(add(el("tr"), add(cell, rowsOfSources(rows2))));
  }
  function asking(name, rows2) {
    if (rows2 === null) return null;
    const node = button("ask", "i", () => toggle2(node, rows2));
    node.setAttribute("aria-expanded", "false");
    node.setAttribute("aria-label", tr("Source of {figure}", { figure: name }));
    node.title = tr("Source, date and grade");
    return node;
  }
  var SHOWN2, HOST, GRADES, askSource, askRow;
  var init_sources = __esm({
    "scripts/sources.js"() {
      "use strict";
      init_dom();
      init_further();
      init_language();
      init_words();
      SHOWN2 = 8;
      HOST = "tr, .money, .figures > div, details.law, .facts, h3";
      GRADES = { A: tr("first-hand"), B: tr("reported"), C: tr("to be checked") };
      askSource = (id, key, name) => asking(name, rowsBehind(id, key));
      askRow = (source, name) => known(source) ? asking(name, [source]) : null;
    }
  });

  // scripts/money.js
  function placed(node, low, high, end) {
    node.style.left = `${100 * Math.max(0, low) / end}%`;
    node.style.width = `${100 * Math.max(0, high - Math.max(0, low)) / end}%`;
    return node;
  }
  function costsOf2(site2) {
    if (!site2.costs.length) return null;
    const later = (row2) => data.beyondTheGate.includes(row2.group);
    const made3 = site2.costs.filter((row2) => !later(row2));
    const way = site2.costs.filter(later);
    const paid = made3.filter((row2) => row2.usd_per_t > 0);
    const gross = usdOf2(paid);
    const net = usdOf2(made3);
    const range = known(site2.low) && known(site2.high) ? [site2.low, site2.high] : null;
    const end = Math.max(gross, range ? range[1] : 0, 1);
    const stack = el("div", "stack costs");
    stack.setAttribute("aria-hidden", "true");
    add(stack, ...paid.map((row2) => segment(100 * row2.usd_per_t / end, COSTS[row2.group])));
    if (net < gross) add(stack, placed(el("span", "aid"), net, gross, end));
    if (range) add(stack, placed(el("span", "range"), range[0], range[1], end));
    const partLine = partLineOf(site2);
    const part2 = section(tr("A tonne at the gate"), tr("USD/t, 2025 money"));
    add(part2, stack, add(el("div", "parts"), ...made3.map(partLine)));
    add(part2, moneyLine("total", el("span"), tr("At the gate"), number(net)));
    if (range)
      add(
        part2,
        moneyLine("", el("span"), tr("Low to high"), range.map((end2) => number(end2)).join(DASH))
      );
    if (way.length) add(part2, add(el("div", "parts way"), ...way.map(partLine)));
    const delivered = number(net + usdOf2(way));
    add(part2, moneyLine("total", el("span"), tr("Delivered, on average"), delivered));
    return add(part2, ...broughtBy(site2));
  }
  function broughtBy(site2) {
    const sum = tonneOf(site2);
    if (!sum) return [];
    const words2 = tr("Its customers pay, on average");
    const paid = moneyLine("", el("span"), words2, number(sum.paid));
    const left = moneyLine("total", el("span"), tr("Margin before tax"), signedText(sum.left));
    const { site_id: id } = site2;
    return [
      add(paid, askSource(id, "price", words2)),
      add(left, askSource(id, "margin", tr("the margin")))
    ];
  }
  function marginNow({ margin, parity }) {
    if (!turn.priced || !known(margin) || !known(parity)) return margin;
    const { price } = turn.money;
    if (chineseAt(ledger, price) !== ledger.chinese) return null;
    const paid = [ledger.today, price].map((one3) => Math.max(paidAt(ledger, one3), parity));
    return margin + paid[1] - paid[0];
  }
  function marginOf(row2) {
    const margin = marginNow(row2);
    const cls = !known(margin) ? "est" : margin < 0 ? "loss" : "gain";
    const cell = el("b", cls, known(margin) ? signedText(margin) : tr("unknown"));
    cell.title = tr("What is left of the price that it pays after cost, freight and duty, USD/t");
    return cell;
  }
  function customerCells(row2, judged) {
    const name = add(el("span"), `${row2.name}, ${row2.country}`, askRow(row2.source, row2.name));
    if (known(row2.duty) || known(row2.parity)) {
      const words3 = tr("duty {duty}, landed Chinese tonne {parity}", {
        duty: number(row2.duty),
        parity: number(row2.parity)
      });
      add(name, el("span", "sub", words3));
    }
    const way = wayText(row2.modes);
    const words2 = judged ? tr("{km} km: {way}", { km: number(row2.km), way }) : way;
    add(name, el("span", "sub", words2));
    const last = judged ? marginOf(row2) : number(row2.km);
    return [name, number(row2.kt, 1), number(row2.usd_per_t), last];
  }
  function customersOf2(site2) {
    if (!site2.planned) return null;
    const part2 = section(tr("Customers"), tr("USD/t, in the order it serves them"));
    if (!site2.customers.length) {
      return add(part2, el("p", "sub", tr("No customer is in reach by road or sea.")));
    }
    const judged = site2.customers.some((row2) => known(row2.margin));
    const heads = [tr("Gigafactory"), tr("kt/yr"), tr("freight"), judged ? tr("margin") : tr("km")];
    const list = table(
      heads,
      site2.customers.map((row2) => customerCells(row2, judged))
    );
    list.className = "customers";
    return add(part2, list);
  }
  var usdOf2, moneyLine, partLineOf, MODES, wayText;
  var init_money = __esm({
    "scripts/money.js"() {
      "use strict";
      init_data();
      init_dom();
      init_language();
      init_pays();
      init_price();
      init_rank();
      init_sources();
      init_words();
      usdOf2 = (rows2) => rows2.reduce((sum, row2) => sum + row2.usd_per_t, 0);
      moneyLine = (cls, mark2, words2, amount) => add(el("div", `money ${cls}`), mark2, el("span", "words", words2), el("span", "n", amount));
      partLineOf = (site2) => (row2) => {
        const mark2 = row2.usd_per_t < 0 ? el("span", "swatch lost") : swatch(COSTS[row2.group]);
        const line2 = moneyLine("", mark2, tr(row2.part), number(row2.usd_per_t));
        return add(line2, askSource(site2.site_id, `cost:${row2.part}`, tr(row2.part)));
      };
      MODES = { road: tr("road"), rail: tr("rail"), sea: tr("sea"), transfer: tr("transfer") };
      wayText = (modes) => modes.replace(/(\w+) ([\d,]+) km(, )?/g, (_, mode, km, next) => {
        const leg = tr("{mode} {km} km", { mode: MODES[mode] ?? mode, km });
        return next ? `${leg}${tr(", ")}` : leg;
      });
    }
  });

  // scripts/dossier.js
  function headOf2(site2) {
    const name = el("h2");
    name.id = "dossiertitle";
    add(name, el("span", "pill", place(site2)), site2.name);
    const close = button("close", "\xD7", unpick);
    close.setAttribute("aria-label", tr("Close the dossier"));
    const full = site2.full_name !== site2.name ? site2.full_name : "";
    const at3 = facts(full, site2.region_name, country(site2));
    const kind = site2.kind && site2.kind !== "own" ? tr(site2.kind) : tr("own candidate");
    const kinds = [at3, kind, site2.scouted ? "" : tr("unscouted zone"), archetypeText(site2.archetype)];
    const acts = add(el("div", "acts"), pinButton(site2), close);
    return add(el("header"), name, acts, el("p", "", kinds.filter(Boolean).join(` ${DOT} `)));
  }
  function archetypeText(archetype) {
    const [, ahead] = archetype.match(/^ahead on (.+)$/) ?? [];
    if (!ahead) return tr(archetype);
    const names2 = new Map(
      (live?.criteria ?? []).map(({ name }) => [lowered(name), lowered(tr(name))])
    );
    const criteria = ahead.split(" and ").map((name) => names2.get(name) ?? name);
    return tr("ahead on {criteria}", { criteria: joined(criteria) });
  }
  function standsFor(site2) {
    if (live && !site2.zone) return tr("it and what lies around");
    const { zone_name: zone2 } = site2;
    return zone2 && zone2 !== site2.name ? tr("its zone, area of {zone}", { zone: zone2 }) : tr("its zone");
  }
  function figuresOf2(site2) {
    const places = { chance: CHANCE, zone: standsFor(site2) };
    const own2 = live && turn.moved ? tr("{chance} as turned here: {zone}", places) : tr("{chance}: {zone}", places);
    const figures2 = [
      [percent(site2.share), own2],
      [percent(site2.country_share), tr("{chance}: {zone}", { chance: CHANCE, zone: country(site2) })],
      [percentileText(site2.percentile), tr("of the places compared rank lower")],
      [oddsText(total(site2)), tr("the odds of the median place")]
    ];
    const sure = sureOf(site2);
    if (sure) {
      const words2 = turn.chance ? tr("of runs of the weights only: {first}", { first: sure.words }) : tr("of the what-if runs: {first}", { first: sure.words });
      figures2.push([percent(sure.part), words2]);
    }
    if (known(site2.pays_from)) {
      const words2 = tr("USD/t: the price outside China from which it pays, before tax");
      figures2.push([site2.pays_from > 0 ? number(site2.pays_from) : tr("any"), words2, "margin"]);
    }
    if (known(site2.margin)) {
      const words2 = tr("USD/t: margin at {price}", { price: whichPrice() });
      figures2.push([signedText(site2.margin), words2, "price"]);
    }
    if (known(site2.pays)) {
      const words2 = tr("chance that it pays at {price} (no part of the rank)", {
        price: whichPrice()
      });
      figures2.push([percent(site2.pays), words2, "cost"]);
    }
    const boxes = figures2.map(([value, words2, key]) => {
      const head = add(el("b", "", value), key ? askSource(site2.site_id, key, words2) : null);
      return add(el("div"), head, el("small", "", words2));
    });
    return add(el("div", "figures"), ...boxes);
  }
  function widerText(row2) {
    const level = levelOf(row2);
    return level ? tr("taken from a wider place ({level})", { level }) : tr("taken from a wider place");
  }
  function lean(ln, colour) {
    const bar2 = el("i");
    const most = Math.max(ENDS.left, ENDS.right / 2);
    const wide = Math.min(50, 50 * Math.abs(ln) / most);
    const left = `${ln < 0 ? 50 - wide : 50}%`;
    Object.assign(bar2.style, { background: colour, width: `${wide}%`, left });
    return add(el("span", "lean"), bar2);
  }
  function scoreOf(site2) {
    const part2 = section(tr("What makes its odds"), tr("against the median place"));
    data.pillars.forEach((pillar, k) => {
      const own2 = site2.criteria.filter((row2) => row2.pillar === pillar.key);
      if (live && !own2.length) return;
      const turner = el("span", "turn", "\u25B6");
      turner.setAttribute("aria-hidden", "true");
      const head = add(
        el("summary"),
        turner,
        swatch(PILLAR[k]),
        el("span", "", tr(pillar.name)),
        lean(site2.odds[k], PILLAR[k]),
        el("span", "n", oddsText(site2.odds[k]))
      );
      const heads = [tr("Criterion"), tr("measured"), "", tr("odds")];
      const rows2 = table(heads, own2.map(criterionRowOf(site2)));
      rows2.className = "criteria";
      add(part2, add(el("details", "pillar"), head, rows2));
    });
    const sum = el("div", "sum total");
    add(sum, el("span"), el("span"), el("span", "", tr("All together")));
    add(sum, el("span", "n", oddsText(total(site2))));
    const words2 = sentences(
      tr("Right of the middle helps, left costs; factors multiply."),
      site2.scouted ? "" : tr("This zone is {unscouted}.", { unscouted: UNSCOUTED })
    );
    return add(part2, sum, el("p", "sub", words2));
  }
  function unplannedOf(site2) {
    if (site2.planned) return null;
    const where2 = moment ? tr(
      "Where the study is asked otherwise, cost, customers and laws are known for the listed zones; of this one it knows what makes its odds."
    ) : tr(
      "Cost, customers and laws are known in this page for every zone of the list, the best place of each country and your own places; of this one it knows what makes its odds."
    );
    const rest = tr(
      "The commands siting explain and, where weights are turned, siting plan STUDY --from-setting FILE say the rest."
    );
    return add(section(tr("Cost, customers and laws")), el("p", "sub", sentences(where2, rest)));
  }
  function lawSource({ source }) {
    return known(source) ? rowsOfSources([source]) : null;
  }
  function lawOf(row2) {
    const status3 = el("span", row2.status === "in force" ? "tag on" : "tag", tr(row2.status));
    const head = add(el("summary"), el("span", "", row2.instrument), status3);
    const effect = tr(row2.effect.replace(/_/g, " "));
    const words2 = row2.summary ? tr("{effect}: {law}", { effect, law: row2.summary }) : effect;
    return add(el("details", "law"), head, el("span", "sub", words2), lawSource(row2));
  }
  function policiesOf(site2) {
    if (!site2.planned) return null;
    const part2 = section(tr("Policy that applies"), tr("on {day}", { day: data.as_of }));
    if (site2.policies.length) return add(part2, ...site2.policies.map(lawOf));
    return add(part2, el("p", "sub", tr("No instrument of the catalogue applies here.")));
  }
  function groundOf(site2) {
    const facts2 = factsOf(site2.site_id);
    if (!facts2.length) return null;
    const line2 = ({ name, text, own: own2 }) => {
      const [head, says] = own2 ? [name, text] : [tr(name), tr(text)];
      return add(el("div"), el("dt", "", head), el("dd", "", says));
    };
    const listed2 = (some) => add(el("dl", "facts"), ...some.map(line2));
    const ours = facts2.filter(({ own: own2 }) => !own2);
    const theirs = facts2.filter(({ own: own2 }) => own2);
    const part2 = section(tr("The site"), theirs.length ? tr("from your file") : "");
    const ask = theirs.length ? null : askSource(site2.site_id, "estate", tr("the facts of the site"));
    if (ask) add(
      /** @type {HTMLElement} */
      part2.querySelector("h3"),
      ask
    );
    return add(part2, listed2([...ours, ...theirs]));
  }
  function factText(fact) {
    const [, ha] = fact.match(/^(\S+) ha available$/) ?? [];
    if (ha) return tr("{ha} ha available", { ha });
    const [, mw] = fact.match(/^(\S+) MW of grid available$/) ?? [];
    if (mw) return tr("{mw} MW of grid available", { mw });
    const [, port] = fact.match(/^port (?!industrial$)(.+)$/) ?? [];
    if (port) return tr("port {name}", { name: port });
    const [, tenants] = fact.match(/^tenants: (.+)$/) ?? [];
    return tenants ? tr("tenants: {names}", { names: tenants }) : tr(fact);
  }
  function estateItem(site2, { index: index2, name, km_away: km, facts: facts2 }) {
    const other = live && index2 !== void 0 && index2 !== site2.index;
    const head = other ? button("go", name, () => pick(siteAt(index2))) : el("b", "", name);
    const away = km >= 0.5 ? tr("{km} km away", { km: number(km) }) : tr("stands for the zone");
    const words2 = [away, ...facts2.split(` ${DOT} `).map(factText)].filter(Boolean).join(` ${DOT} `);
    return add(el("li"), head, el("span", "sub", words2));
  }
  function estatesOf(site2) {
    const rows2 = site2.runners_up;
    if (!rows2.length) return null;
    const more = rows2.length - ESTATES_SHOWN;
    const words2 = tr(
      "By name: their order means nothing. Between estates of one country no public data beats chance, so choose by facts."
    );
    const items = rows2.slice(0, ESTATES_SHOWN).map((row2) => estateItem(site2, row2));
    return add(
      section(
        tr("Estates to visit"),
        ngettext("{n} estate", "{n} estates", rows2.length, { n: number(rows2.length) })
      ),
      el("p", "sub", words2),
      add(el("ul", "estates"), ...items),
      more > 0 ? el("p", "sub", tr("and {n} more", { n: number(more) })) : null
    );
  }
  function completenessOf(site2) {
    const count = tr("{count} of {all} known", {
      count: number(site2.known),
      all: number(site2.total)
    });
    const cells2 = el("div", "cells");
    cells2.setAttribute("aria-hidden", "true");
    for (let k = 0; k < Math.min(site2.total, 60); k += 1) {
      add(cells2, el("i", k < site2.known ? "" : "not"));
    }
    const wider = site2.criteria.filter((row2) => row2.imputed).map((row2) => {
      const [criterion, level] = [tr(row2.criterion), levelOf(row2)];
      return level ? tr("{criterion} ({level})", { criterion, level }) : criterion;
    });
    const words2 = wider.length ? tr("Taken from a wider place: {criteria}.", { criteria: wider.join(tr(", ")) }) : tr("Nothing had to be taken from a wider place.");
    return add(section(tr("How complete the facts are"), count), cells2, el("p", "sub", words2));
  }
  function fill(half2, parts) {
    const open2 = new Set([...half2.querySelectorAll("details[open]")].map(nameOf2));
    half2.replaceChildren(...parts);
    for (const one3 of half2.querySelectorAll("details")) one3.open = open2.has(nameOf2(one3));
    for (const part2 of parts) {
      for (const asked2 of ASKED) if (part2.querySelector(asked2)) rove(part2, asked2);
    }
  }
  function showDossier(site2, again = false) {
    const card = $("dossier");
    const top = again ? card.scrollTop : 0;
    if (!again || !card.firstElementChild) card.replaceChildren(el("div"), el("div"));
    const [first, rest] = card.children;
    if (live) tell(site2);
    fill(first, made(FIRST2, site2));
    card.hidden = false;
    card.scrollTop = top;
    afterPaint("dossier", () => {
      if (state.site !== site2) return;
      fill(rest, made(REST2, site2));
      if (again) card.scrollTop = top;
    });
  }
  var whichPrice, levelOf, criterionRowOf, ESTATES_SHOWN, FIRST2, REST2, nameOf2, made, ASKED;
  var init_dossier = __esm({
    "scripts/dossier.js"() {
      "use strict";
      init_case();
      init_data();
      init_dom();
      init_further();
      init_language();
      init_money();
      init_odds();
      init_paint();
      init_pins();
      init_rank();
      init_rove();
      init_sources();
      init_state();
      init_words();
      whichPrice = () => live && turn.priced ? tr("{price} USD a tonne", { price: number(turn.money.price) }) : tr("the price of the day");
      levelOf = ({ level }) => level ? tr(level.replace(/_/g, " ")) : "";
      criterionRowOf = (site2) => (row2) => {
        const wider = row2.imputed ? widerText(row2) : "";
        const words2 = tr(row2.criterion);
        const ask = askSource(site2.site_id, `criterion:${row2.criterion}`, words2);
        const name = add(el("span"), words2, ask, el("span", "sub", wider));
        const raw = el("span", row2.imputed ? "est" : "", measured(row2.raw, row2.unit));
        const pull = lean(row2.odds, PILLAR[pillarAt(row2.pillar)]);
        pull.title = tr("value {value}", { value: number(row2.value, 2) });
        return [name, raw, pull, oddsText(row2.odds)];
      };
      ESTATES_SHOWN = 12;
      FIRST2 = [headOf2, figuresOf2, caseOf, groundOf];
      REST2 = [
        scoreOf,
        estatesOf,
        costsOf2,
        unplannedOf,
        customersOf2,
        policiesOf,
        countryOf,
        completenessOf
      ];
      nameOf2 = (part2) => part2.querySelector("summary > span:not(.turn):not(.swatch)")?.textContent ?? "";
      made = (sections, site2) => sections.map((make) => make(site2)).filter(known);
      ASKED = [".money .ask", ".customers .ask"];
    }
  });

  // scripts/list.js
  function makeSlot() {
    const slot = {
      site: (
        /** @type {Site | null} */
        null
      ),
      label: "",
      paint: "",
      // of its bar
      item: el("li"),
      row: button("row", void 0, () => {
        if (slot.site) pick(slot.site);
      }),
      rank: el("span", "rank"),
      shift: el("span", "shift"),
      name: el("span", "name"),
      code: el("span", "code"),
      country: el("span", "country"),
      unscouted: el("span", "unscouted", tr("unscouted")),
      sure: el("span", "sure"),
      bar: el("span", "bar"),
      band: el("span", "band"),
      score: el("span", "score"),
      from: el("span", "from")
    };
    const who = el("span");
    const meta = el("span", "meta");
    who.style.minWidth = "0";
    slot.unscouted.title = UNSCOUTED;
    add(meta, slot.code, slot.country, slot.unscouted, slot.sure);
    add(who, slot.name, meta);
    add(
      slot.row,
      add(el("span", "place"), slot.rank, slot.shift),
      who,
      add(el("span", "worth"), slot.bar, slot.band),
      add(el("span", "sums"), slot.score, slot.from)
    );
    slot.row.setAttribute("aria-pressed", "false");
    slot.row.tabIndex = -1;
    slot.row.addEventListener("focus", () => stopAt(slots.indexOf(slot)));
    add(
      slot.item,
      slot.row,
      rowPin(() => slot.site)
    );
    return slot;
  }
  function shiftOf(site2) {
    const { since: since2 } = state;
    if (!since2 && !turn.moved) return ["", "", ""];
    const before3 = since2 ? since2.ranks.get(site2.site_id) : site2.before;
    const than = (words2) => since2 ? tr("{shift} since {moment}", { shift: words2, moment: since2.label }) : words2;
    if (!before3) return [pgettext("in a list", "new"), "up", than(tr("new in the list"))];
    const by = before3 - Number(site2.rank);
    if (!by) return ["", "", ""];
    return by > 0 ? [`${UP}${by}`, "up", than(tr("up {ranks}", { ranks: by }))] : [`${DOWN}${-by}`, "down", than(tr("down {ranks}", { ranks: -by }))];
  }
  function half(parts, towards, from, wide) {
    const whole = sumOf(parts.map(([size]) => size));
    if (!whole || !wide) return null;
    let end = 0;
    const stops = parts.flatMap(([size, colour]) => {
      const start = end;
      end += 100 * size / whole;
      return [`${colour} ${start}% calc(${end}% - 1px)`, `var(--panel) calc(${end}% - 1px) ${end}%`];
    });
    const at3 = wide >= 100 ? 0 : 100 * from / (100 - wide);
    return `linear-gradient(${towards}deg,${stops.join(",")}) ${at3}% 0/${wide}% 100% no-repeat`;
  }
  function painted(site2) {
    const span = ENDS.left + ENDS.right;
    const centre2 = 100 * ENDS.left / span;
    const side = (sign) => site2.odds.map((one3, k) => (
      /** @type {Part} */
      [sign * one3, PILLAR[k]]
    )).filter(([size]) => size > 0.02);
    const wide = (parts) => 100 * sumOf(parts.map(([size]) => size)) / span;
    const right = side(1);
    const left = side(-1);
    const ink2 = colours.ink2;
    return [
      `linear-gradient(${ink2},${ink2}) ${centre2}% 0/1px 100% no-repeat`,
      half(right, 90, centre2, wide(right)),
      half(left, 270, centre2 - wide(left), wide(left))
    ].filter(known);
  }
  function paintBar(slot, site2) {
    const paint = painted(site2).join(",");
    if (paint === slot.paint) return;
    slot.paint = paint;
    slot.bar.style.background = paint;
  }
  function dressSure(slot, site2) {
    const sure = sureOf(site2);
    slot.sure.hidden = !sure;
    slot.band.hidden = !sure;
    if (!sure) return;
    write(slot.sure, `${turn.chance ? tr("weights only") : sure.brief} ${percent(sure.part)}`);
    slot.sure.title = sentences(
      tr("Share of the what-if runs in which the zone is {first}.", { first: sure.words }),
      turn.chance ? DRAWN_HERE : DRAWN_THERE
    );
    slot.band.style.setProperty("--p", `${100 * sure.part}%`);
  }
  function labelOf(site2, shift) {
    const sure = sureOf(site2);
    const price = known(site2.pays_from) ? { from: fromPrice(site2.pays_from) } : null;
    return facts(
      tr("Rank {rank}", { rank: Number(site2.rank) }),
      shift,
      site2.name,
      country(site2),
      `${CHANCE} ${percent(site2.share)}`,
      site2.scouted ? "" : tr("unscouted"),
      price ? tr("pays {from}, USD a tonne", price) : "",
      sure ? tr("{first} in {share} of the what-if runs", {
        first: sure.words,
        share: percent(sure.part)
      }) : ""
    );
  }
  function fade({ site: site2, row: row2, label }) {
    if (!site2) return;
    const out = !passesSite(site2);
    row2.classList.toggle("faded", out);
    row2.setAttribute("aria-label", out ? facts(label, tr("outside the filter")) : label);
  }
  function dressSlot(slot, at3) {
    const site2 = sites[at3] ?? null;
    slot.site = site2;
    slot.item.hidden = !site2 || at3 >= BADGES && !state.beyond;
    slot.item.classList.toggle("beyond", at3 >= BADGES);
    slot.row.setAttribute("aria-pressed", String(site2 !== null && site2 === state.site));
    if (!site2) return;
    const [mark2, direction, shift] = shiftOf(site2);
    write(slot.rank, String(site2.rank));
    write(slot.shift, mark2);
    slot.shift.className = `shift ${direction}`;
    slot.shift.title = shift;
    write(slot.name, site2.name);
    slot.name.title = site2.name;
    write(slot.code, site2.country);
    write(slot.country, ` ${country(site2)}`);
    dressSure(slot, site2);
    slot.unscouted.hidden = site2.scouted;
    paintBar(slot, site2);
    slot.bar.title = tr("{times} the odds of the median place", {
      times: timesText(total(site2))
    });
    write(slot.score, percent(site2.share));
    const from = known(site2.pays_from) ? site2.pays_from : null;
    write(slot.from, from === null ? "" : from > 0 ? number(from) : pgettext("price", "any"));
    slot.from.classList.toggle("gain", Number(site2.margin) >= 0);
    slot.label = labelOf(site2, shift);
    fade(slot);
  }
  function glide(item, top) {
    const by = top === void 0 ? 0 : top - item.offsetTop;
    if (!by || Math.abs(by) > 900) return;
    const steps2 = [{ transform: `translateY(${by}px)` }, { transform: "none" }];
    item.animate(steps2, { duration: 220, easing: "ease-out" });
  }
  function cutLine() {
    const firm = sites.filter((site2) => Number(site2.p_top10) >= 0.8).length;
    const many = { n: number(firm), share: perCent(80) };
    const text = !turn.chance && sites.some((site2) => known(site2.p_top10)) ? firm ? ngettext(
      "{n} site is among them in {share} of the what-if runs.",
      "{n} sites are among them in {share} of the what-if runs.",
      firm,
      many
    ) : tr("No site is among them in {share} of the what-if runs.", many) : "";
    const [sure] = sites.map(sureOf).filter(known);
    $("surekey").hidden = !sure;
    if (sure) {
      const here2 = facts(sure.brief, tr("weights only"));
      const there = tr("{first} in the what-if runs", { first: sure.words });
      write($("surewords"), turn.chance ? here2 : there);
    }
    cut.hidden = sites.length <= FIRST;
    write(cut, sentences(tr("Ranks 1 to {last}.", { last: number(FIRST) }), text));
  }
  function stopAt(at3) {
    slots[stop].row.tabIndex = -1;
    stop = Math.max(0, at3);
    slots[stop].row.tabIndex = 0;
  }
  function drawList(glides = false) {
    const from = new Map(
      still || !glides ? [] : slots.filter(({ site: site2 }) => site2).map(({ site: site2, item }) => [site2, item.offsetTop])
    );
    slots.forEach(dressSlot);
    if (slots[stop]?.item.hidden) stopAt(0);
    cutLine();
    if (from.size) for (const { site: site2, item } of slots) glide(item, from.get(site2));
    const shown = state.beyond ? sites.length : Math.min(BADGES, sites.length);
    const title = ngettext("{n} zone, likeliest on top", "{n} zones, likeliest on top", shown, {
      n: number(shown)
    });
    const scale = tr("chance; pays from, USD/t {tax}", { tax: BEFORE_TAX });
    write($("listtitle"), sites.length ? title : tr("No site may be built"));
    write($("listscale"), sites.length ? scale : "");
    $("listscale").title = tr(
      "Bars: odds against the median place (the line), by pillar; right helps, left costs"
    );
    if ($("more")) $("more").hidden = state.beyond || sites.length <= BADGES;
  }
  function stepRows(event) {
    const rows2 = (
      /** @type {HTMLElement[]} */
      [
        ...$("list").querySelectorAll("li:not([hidden]) .row")
      ]
    );
    const at3 = rows2.indexOf(
      /** @type {HTMLElement} */
      document.activeElement
    );
    const steps2 = { ArrowDown: at3 + 1, ArrowUp: at3 - 1, Home: 0, End: rows2.length - 1 };
    const row2 = Object.hasOwn(steps2, event.key) ? rows2[steps2[event.key]] : void 0;
    if (!row2) return;
    event.preventDefault();
    row2.focus();
  }
  function buildList() {
    slots.push(...Array.from({ length: SHOWN }, makeSlot));
    const items = slots.map(({ item }) => item);
    add($("list"), ...items.slice(0, FIRST), cut, ...items.slice(FIRST));
    if (slots.length) stopAt(0);
    const key = data.pillars.map((pillar, k) => add(el("span"), swatch(PILLAR[k]), tr(pillar.name)));
    add($("pillars"), ...key);
    const sure = el("span");
    const words2 = el("span");
    [sure.id, words2.id] = ["surekey", "surewords"];
    add($("pillars"), add(sure, el("i", "band key"), words2));
    drawList();
    if (SHOWN > BADGES) {
      const all = button("button more", tr("Show all {n} zones", { n: number(SHOWN) }), () => {
        showBeyond();
        slots[BADGES].row.focus();
      });
      all.id = "more";
      $("list").after(all);
    }
    $("list").addEventListener("keydown", stepRows);
  }
  function showBeyond() {
    state.beyond = true;
    drawList();
  }
  function markRow(chosen3) {
    if (chosen3 && Number(chosen3.at) >= BADGES && !state.beyond) showBeyond();
    for (const { site: site2, row: row2 } of slots) {
      row2.setAttribute("aria-pressed", String(site2 !== null && site2 === chosen3));
    }
    if (chosen3 && !phone.matches) slotOf(chosen3)?.item.scrollIntoView({ block: "nearest" });
  }
  var DRAWN_THERE, DRAWN_HERE, slots, slotOf, cut, stop, fadeRows, focusRow;
  var init_list = __esm({
    "scripts/list.js"() {
      "use strict";
      init_data();
      init_dom();
      init_engine();
      init_land();
      init_language();
      init_odds();
      init_pays();
      init_pins();
      init_rank();
      init_state();
      init_words();
      DRAWN_THERE = tr("Weights, plants and costs vary from run to run.");
      DRAWN_HERE = tr(
        "This page varies the weights only; a plan varies plants and costs too, and is less sure."
      );
      slots = [];
      slotOf = (site2) => slots.find((slot) => slot.site === site2 && !slot.item.hidden) ?? null;
      cut = el("li", "cut");
      stop = 0;
      fadeRows = () => slots.forEach(fade);
      focusRow = (site2) => (slotOf(site2)?.row ?? $("list")).focus();
    }
  });

  // scripts/match.js
  function one2(name, wanted) {
    const at3 = name.indexOf(wanted);
    if (at3 < 0) return NONE;
    if (name.length === wanted.length) return EXACT;
    if (CODE.test(name)) return NONE;
    if (at3 === 0) return BEGIN;
    return ` ${name}`.includes(` ${wanted}`) ? WORD : INSIDE;
  }
  function fit2(names2, wanted) {
    let level = NONE;
    let at3 = 0;
    for (let k = 0; k < names2.length && level > EXACT; k += 1) {
      const fits = one2(names2[k], wanted);
      const here2 = fits > EXACT && k > 0 ? fits + 0.5 : fits;
      if (here2 < level) [level, at3] = [here2, k];
    }
    return { level, at: at3 };
  }
  var LETTERS3, PLAIN, KIND, CODE, folded, EXACT, BEGIN, WORD, INSIDE, NONE, everyWord;
  var init_match = __esm({
    "scripts/match.js"() {
      "use strict";
      LETTERS3 = {
        \u0142: "l",
        \u00F8: "o",
        \u0111: "d",
        \u00F0: "d",
        \u00FE: "th",
        \u00E6: "ae",
        \u0153: "oe",
        \u0131: "i",
        \u0127: "h",
        \u00DF: "ss"
      };
      PLAIN = /[łøđðþæœıħß]/g;
      KIND = /(?<=..)(?:市|都|府|県|县|縣|省|郡|광역시|특별시|시)$/u;
      CODE = /^[a-z]{1,3}$/;
      folded = (text) => text.trim().replace(KIND, "").normalize("NFKD").replace(/[\p{M}'’ʻʼʿʾ]/gu, "").toLowerCase().replace(PLAIN, (letter) => LETTERS3[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      [EXACT, BEGIN, WORD, INSIDE, NONE] = [0, 1, 2, 3, 4];
      everyWord = (text, wanted) => wanted.split(" ").every((word) => ` ${text}`.includes(` ${word}`));
    }
  });

  // scripts/search.js
  function standingOf(site2) {
    const rank = live ? turn.found.heads.indexOf(site2.index) + 1 : site2.rank;
    const standing = rank && rank <= SHOWN ? tr("Rank {rank}", { rank }) : tr("Not in the list");
    return facts(standing, country(site2));
  }
  function standingIn(code) {
    const [i] = bestIn2(code, 1);
    const head = turn.found.heads.indexOf(i) + 1;
    const share = percent(turn.found.countries.get(code));
    const standing = { chance: CHANCE, share, name: board.places.name[i] };
    if (!head || head > SHOWN) return tr("Country, {chance} {share}: {name} is its best", standing);
    return tr("Country, {chance} {share}: {name} is its best, rank {rank}", {
      ...standing,
      rank: head
    });
  }
  function flyBarred(row2, zoom = 7) {
    showLayerOf("barred", true);
    fly(row2, zoom);
  }
  function unrankedText(what, code) {
    const why = reasons.get(code);
    return why ? tr("{what}: none of its places is ranked. {why}", { what, why: tr(why) }) : tr("{what}: none of its places is ranked", { what });
  }
  function landEntry(land3) {
    const { country: code, names: names2 } = land3;
    const own2 = called(code, names2[0]);
    const shown = own2 === names2[0] ? names2 : [own2, ...names2];
    const common = { names: shown, country: names2[0], order: COUNTRY };
    if (live && board.places.country.includes(code)) {
      const go3 = () => pick(siteAt(bestIn2(code, 1)[0]));
      return { ...common, kind: () => standingIn(code), go: go3, code };
    }
    const listed2 = sites.find((site2) => site2.country === code);
    if (listed2)
      return {
        ...common,
        kind: tr("Country: {name} is its best", { name: listed2.name }),
        go: () => pick(listed2)
      };
    return { ...common, kind: unrankedText(tr("Country"), code), go: () => countryCard(land3) };
  }
  function entries() {
    const places = (live ? live.places.site_id.map((_, i) => siteAt(i)) : sites).map(siteEntry);
    const named2 = new Map(places.map((entry) => [`${entry.site?.country} ${entry.names[0]}`, entry]));
    return [
      ...lands().map(landEntry),
      ...townEntries(named2),
      ...places,
      ...gigafactories.map((row2) => plantEntry(tr("Gigafactory"), row2, () => showGigafactory(row2))),
      ...rivals.map((row2) => plantEntry(tr("Rival anode plant"), row2, () => showRival(row2))),
      ...automakers.map((row2) => plantEntry(tr("Car plant"), row2, () => showAutomaker(row2))),
      ...barred.map((row2) => ({
        names: [row2.name],
        country: country(row2),
        kind: facts(tr("Excluded by a rule"), country(row2)),
        go: () => flyBarred(row2),
        order: BARRED
      }))
    ];
  }
  function index() {
    if (!made2.length) {
      made2 = entries().map((entry) => {
        const keys2 = entry.names.map(folded);
        return { ...entry, keys: keys2, whole: `${keys2[0]} ${folded(entry.country)}` };
      });
    }
    return made2;
  }
  function matches(text) {
    const wanted = folded(text);
    const latin = /^[a-z0-9 ]*$/.test(wanted);
    if (!wanted || latin && wanted.length < 2) return null;
    const worst = latin && wanted.length < SHORT2 ? INSIDE : NONE;
    const hits2 = index().map((entry) => {
      const { level, at: at3 } = fit2(entry.keys, wanted);
      return { entry, level, at: at3, as: entry.names[at3] };
    }).filter(({ level }) => level < worst);
    if (!hits2.length) hits2.push(...wordByWord(wanted));
    hits2.sort(
      (a, b) => a.level - b.level || a.entry.order - b.entry.order || a.at - b.at || // a code stands before names: BI is Burundi, not Belgium in Vietnamese
      rankOf2(a.entry) - rankOf2(b.entry)
    );
    const [first] = hits2;
    const there = first && first.level < WORD ? sitesIn(first.entry) : [];
    const exact = hits2.filter(({ level }) => level === EXACT);
    const all = there.length ? [...exact, ...there, ...hits2] : hits2;
    return all.filter(({ entry }, k) => all.findIndex((one3) => one3.entry === entry) === k).slice(0, HITS);
  }
  function sitesIn({ code }) {
    if (!code || !live) return [];
    const best2 = bestIn2(code, MOST_THERE).map(siteAt);
    return best2.flatMap((site2) => {
      const entry = index().find((one3) => one3.site === site2);
      return entry ? [{ entry, level: NONE, at: 0, as: entry.names[0] }] : [];
    });
  }
  function closeHits() {
    $("hits").hidden = true;
    $("query").setAttribute("aria-expanded", "false");
    $("query").removeAttribute("aria-activedescendant");
    at = -1;
  }
  function titleOf2({ entry, as }) {
    const [own2] = entry.names;
    return as === own2 || /^[a-z ]+$/.test(as) ? own2 : `${own2} (${as})`;
  }
  function hitItem(hit, k) {
    const item = el("li", "", titleOf2(hit));
    item.id = `hit-${k}`;
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => go(hit));
    const { kind } = hit.entry;
    return add(item, el("small", "", typeof kind === "function" ? kind() : kind));
  }
  function showHits() {
    const list = matches(field("query").value);
    closeHits();
    hits = list || [];
    if (!list) return;
    $("hits").replaceChildren(...hits.map(hitItem));
    if (!hits.length) add($("hits"), el("li", "none", tr("Nothing found")));
    $("hits").hidden = false;
    $("query").setAttribute("aria-expanded", "true");
  }
  function go({ entry }) {
    closeHits();
    field("query").value = "";
    entry.go();
  }
  function step(by) {
    if ($("hits").hidden || !hits.length) return;
    at = (at + by + hits.length) % hits.length;
    const items = [...$("hits").children];
    items.forEach((item, k) => {
      item.setAttribute("aria-selected", String(k === at));
    });
    items[at].scrollIntoView({ block: "nearest" });
    $("query").setAttribute("aria-activedescendant", `hit-${at}`);
  }
  function onKey2(event) {
    if (event.isComposing) return;
    const steps2 = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (steps2) step(event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1);
    else if (event.key === "Enter" && hits.length) go(hits[Math.max(0, at)]);
    else return;
    event.preventDefault();
  }
  function fitPlaceholder() {
    const query = field("query");
    const { fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(query);
    const pen2 = document.createElement("canvas").getContext("2d");
    if (!pen2) return;
    pen2.font = `${fontSize} ${fontFamily}`;
    const room = query.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight) - CROSS;
    const words2 = PLACEHOLDERS.find((line2) => pen2.measureText(line2).width <= room);
    query.placeholder = words2 ?? "";
  }
  function buildSearch() {
    const query = field("query");
    query.addEventListener("input", showHits);
    query.addEventListener("focus", () => {
      if (query.value) showHits();
    });
    query.addEventListener("blur", closeHits);
    query.addEventListener("keydown", onKey2);
    new ResizeObserver(fitPlaceholder).observe(query);
    fitPlaceholder();
  }
  var HITS, CROSS, SHORT2, COUNTRY, LISTED, TOWN, PLANT, PLACE, BARRED, PLACEHOLDERS, reasons, isRanked, siteEntry, plantEntry, townEntries, made2, rankOf2, wordByWord, MOST_THERE, hits, at;
  var init_search = __esm({
    "scripts/search.js"() {
      "use strict";
      init_card();
      init_case();
      init_data();
      init_dom();
      init_gazetteer();
      init_language();
      init_legend();
      init_match();
      init_points();
      init_rank();
      init_state();
      init_views();
      init_words();
      HITS = 8;
      CROSS = 4;
      SHORT2 = 3;
      [COUNTRY, LISTED, TOWN, PLANT, PLACE, BARRED] = [0, 1, 2, 3, 4, 5];
      PLACEHOLDERS = [
        tr("Search country, town, site or plant"),
        tr("Country, town, site or plant"),
        tr("Country, site, plant"),
        tr("Search")
      ];
      reasons = new Map(rowsOf(tables.unranked).map((row2) => [row2.country, row2.why]));
      isRanked = (code) => live ? board.places.country.includes(code) : sites.some((site2) => site2.country === code);
      siteEntry = (site2) => ({
        names: [site2.name],
        country: country(site2),
        kind: () => standingOf(site2),
        go: () => pick(site2),
        order: sites.includes(site2) ? LISTED : PLACE,
        site: site2
      });
      plantEntry = (what, row2, go3) => ({
        names: [row2.name],
        country: countryName(row2.country),
        kind: facts(what, countryName(row2.country)),
        go: go3,
        order: PLANT
      });
      townEntries = (places) => towns().flatMap((town) => {
        const same2 = places.get(`${town.country} ${town.names[0]}`);
        const what = facts(tr("Town"), countryName(town.country));
        const entry = {
          names: town.names,
          country: countryName(town.country),
          kind: isRanked(town.country) ? what : unrankedText(what, town.country),
          go: () => townCard(town),
          order: TOWN
        };
        if (!same2) return [entry];
        Object.assign(same2, { names: town.names, order: Math.min(same2.order, TOWN) });
        return [];
      });
      made2 = [];
      rankOf2 = ({ site: site2 }) => site2 && live ? turn.found.rank[site2.index] : 0;
      wordByWord = (wanted) => index().filter(({ whole }) => everyWord(whole, wanted)).map((entry) => ({ entry, level: NONE, at: 0, as: entry.names[0] }));
      MOST_THERE = 4;
      hits = [];
      at = -1;
    }
  });

  // scripts/scenes.js
  function zoneText(site2) {
    const sure = sureOf(site2);
    const gains = data.pillars.map(({ name }, k) => ({ name: tr(name), ln: site2.odds[k] })).filter(({ ln }) => ln > 0.05).sort((a, b) => b.ln - a.ln).slice(0, 2).map(({ name, ln }) => tr("{name} ({times})", { name: lowered(name), times: timesText(ln) }));
    const ground3 = factsOf(site2.site_id).filter(({ name }) => STANDS_OUT.includes(name)).map(
      ({ name, text }) => tr("{fact}: {text}", { fact: tr(name).toLowerCase(), text: tr(text) })
    );
    return sentences(
      sure ? surelyText(site2, sure) : tr("{chance}: {share}.", chanceOf(site2)),
      gains.length ? tr("What multiplies its odds most: {gains}.", { gains: joined(gains) }) : "",
      known(site2.pays_from) ? tr("It pays {from}.", { from: fromPrice(site2.pays_from) }) : "",
      ground3.length ? tr("The site: {facts}.", { facts: ground3.join(tr("; ")) }) : ""
    );
  }
  function surelyText(site2, { part: part2, words: first }) {
    const places = { ...chanceOf(site2), first, count: number(100 * part2) };
    return turn.chance ? tr("{chance}: {share}, {first} in {count} of 100 runs of the weights only.", places) : tr("{chance}: {share}, {first} in {count} of 100 what-if runs.", places);
  }
  function scenesNow() {
    const all = badgedSites().map(where);
    const first = sites.slice(0, FIRST).map(where);
    const scene = (head, text, sees, site2 = null) => ({ head, text, sees, site: site2 });
    const zones2 = sites.slice(0, ZONES).map((site2) => {
      const head = `${site2.rank}. ${facts(site2.name, country(site2))}`;
      return scene(head, zoneText(site2), reachOf(site2), site2);
    });
    const leaders = sites.slice(0, 2).map(where);
    const question = sentences(...["title", "subtitle"].map((id) => ended($(id).textContent ?? "")));
    return [
      scene(tr("The question"), question, all),
      scene(tr("The answer"), said("answer"), first),
      scene(tr("Does it pay?"), answered("pays"), first),
      scene(tr("How sure is it?"), answered("sure"), first),
      scene(tr("Why there?"), answered("why"), leaders),
      scene(tr("What would change it?"), answered("change"), all),
      ...zones2
    ].filter(({ text }) => text);
  }
  var ZONES, SHARE, STANDS_OUT, said, answered, chanceOf, boxOf2;
  var init_scenes = __esm({
    "scripts/scenes.js"() {
      "use strict";
      init_data();
      init_dom();
      init_flows();
      init_further();
      init_language();
      init_map();
      init_pays();
      init_rank();
      init_words();
      ZONES = 3;
      SHARE = 0.12;
      STANDS_OUT = ["Status", "Free land", "Regime"];
      said = (id) => document.getElementById(id)?.textContent?.trim() ?? "";
      answered = (id) => sentences(
        ...[said(`${id}head`), said(id)].map(
          (text) => !text || /[.!?\u3002\uFF01\uFF1F]$/.test(text) ? text : ended(text)
        )
      );
      chanceOf = (site2) => ({ chance: raised(CHANCE), share: percent(site2.share) });
      boxOf2 = ({ sees }) => boxAround(sees, SHARE);
    }
  });

  // scripts/story.js
  function look(scene) {
    drawFlows(scene.site);
    const box3 = boxOf2(scene);
    if (!box3) return;
    const card = $("story").offsetHeight + 64;
    fit(box3, { topLeft: [24, 24], bottomRight: [24, card], most: scene.site ? 6 : 5 });
  }
  function stepper(words2, text, by, able) {
    const node = button("button", text, () => go2(at2 + by));
    node.setAttribute("aria-label", words2);
    node.disabled = !able;
    return node;
  }
  function drawStory() {
    if (!open()) return;
    const scenes = scenesNow();
    at2 = Math.min(at2, scenes.length - 1);
    const scene = scenes[at2];
    const title = el("h2", "", scene.head);
    title.id = "storytitle";
    const close = button("close", "\xD7", leaveStory);
    close.setAttribute("aria-label", tr("Leave the story"));
    const dots3 = el("div", "dots");
    dots3.setAttribute("aria-hidden", "true");
    for (let k = 0; k < scenes.length; k += 1) add(dots3, el("i", k === at2 ? "on" : ""));
    const words2 = add(el("div", "scene"), title, el("p", "", scene.text));
    words2.setAttribute("aria-live", "polite");
    const place3 = { at: at2 + 1, all: scenes.length };
    const count = el("span", "small", pgettext("scene", "{at} of {all}", place3));
    const back = stepper(tr("Earlier scene"), tr("\u25C0 Back"), -1, at2 > 0);
    const next = stepper(tr("Next scene"), tr("Next \u25B6"), 1, at2 < scenes.length - 1);
    $("story").replaceChildren(close, words2, add(el("div", "steps"), back, dots3, count, next));
    const { head, text } = scene;
    $("said").textContent = tr("Scene {at} of {all}. {head}. {text}", { ...place3, head, text });
  }
  function go2(number2) {
    const scenes = scenesNow();
    const wanted = Math.max(0, Math.min(number2, scenes.length - 1));
    if (wanted === at2) return;
    at2 = wanted;
    drawStory();
    look(scenes[at2]);
    $("story").focus({ preventScroll: true });
  }
  function enter() {
    if (state.site) unpick();
    closePins();
    closeCompare();
    at2 = 0;
    before = { at: centre(), zoom: zoomLevel() };
    $("story").hidden = false;
    document.body.classList.add("telling");
    drawStory();
    resized({ pan: false });
    look(scenesNow()[0]);
    $("story").focus({ preventScroll: true });
  }
  function leaveStory() {
    if (!open()) return;
    $("story").hidden = true;
    document.body.classList.remove("telling");
    drawFlows(state.site);
    resized({ pan: false });
    if (before) lookAt(before.at, before.zoom);
    $("tell").focus();
  }
  function onKey3(event) {
    if (!open() || !Object.hasOwn(STEPS4, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    go2(STEPS4[event.key](scenesNow().length - 1));
  }
  function dock() {
    if (phone.matches) $("scroll").prepend($("tell"));
    else document.querySelector(".right")?.prepend($("tell"));
  }
  function buildStory() {
    const tell2 = button("button", tr("Story"), enter);
    tell2.id = "tell";
    tell2.title = tr("The answer in scenes: arrow keys lead on, Escape leaves");
    document.body.append(tell2);
    dock();
    phone.addEventListener("change", dock);
    document.addEventListener("keydown", onKey3, true);
  }
  var at2, before, open, STEPS4;
  var init_story = __esm({
    "scripts/story.js"() {
      "use strict";
      init_compare();
      init_dom();
      init_flows();
      init_language();
      init_map();
      init_pins();
      init_scenes();
      init_state();
      at2 = 0;
      before = null;
      open = () => !$("story").hidden;
      STEPS4 = {
        ArrowRight: () => at2 + 1,
        ArrowDown: () => at2 + 1,
        PageDown: () => at2 + 1,
        ArrowLeft: () => at2 - 1,
        ArrowUp: () => at2 - 1,
        PageUp: () => at2 - 1,
        Home: () => 0,
        End: (last) => last
      };
    }
  });

  // scripts/swipe.js
  function swipes() {
    const settings = choices().map(([key, name]) => (
      /** @type {[string, string]} */
      [key, name]
    ));
    const others = moments.filter(({ at: at3 }) => at3 !== moment);
    return [
      ...settings,
      ...others.map(
        ({ at: at3, label, what_if: name }) => (
          /** @type {[string, string]} */
          [`${MOMENT}${at3}`, name || label || tr("As planned")]
        )
      )
    ];
  }
  async function scoredAt(at3) {
    const other = await fetchPayload(at3);
    if (!other.land || !other.live) return null;
    const { views, constants } = other.live;
    const leaves = leafWeights(views[0].weights, constants.total);
    return scored(await openLand(other.land), other.live, leaves);
  }
  async function scoredBy(key) {
    if (!land2) return null;
    if (key.startsWith(MOMENT)) {
      const at3 = Number(key.slice(MOMENT.length));
      if (!opened.has(at3)) opened.set(at3, scoredAt(at3));
      return opened.get(at3) ?? null;
    }
    const [, , setting] = choices().find(([one3]) => one3 === key) ?? choices()[0];
    return scored(land2, board, leafWeights(setting.weights, board.constants.total));
  }
  async function scoreSwipe() {
    if (box2.hidden) return;
    asked += 1;
    const own2 = asked;
    const [left, right] = await Promise.all(chosen2.map(scoredBy));
    if (own2 !== asked || box2.hidden) return;
    swiped.sides = left && right ? [left, right] : null;
    write(status2, swiped.sides ? said2() : tr("One of the two has no land to colour."));
    landMoved();
  }
  function said2() {
    const [left, right] = chosen2.map(nameOf3);
    return tr("Left of the line {left}, right of it {right}", { left, right });
  }
  function move(at3) {
    swiped.at = Math.max(0, Math.min(1, at3));
    const percent2 = Math.round(100 * swiped.at);
    line.style.left = `${100 * swiped.at}%`;
    line.setAttribute("aria-valuenow", String(percent2));
    const [left, right] = chosen2.map(nameOf3);
    const share = pgettext("per cent in speech", "{number} %", { number: percent2 });
    line.setAttribute(
      "aria-valuetext",
      tr("{share} {left}, the rest {right}", { share, left, right })
    );
    paintAgain();
  }
  function drag({ clientX }) {
    const { left, width } = mapBox().getBoundingClientRect();
    move((clientX - left) / width);
  }
  function onKey4(event) {
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    move(KEYS[event.key](swiped.at));
  }
  function chooser2(side, label) {
    const select = el("select");
    select.setAttribute("aria-label", label);
    add(select, ...swipes().map(([key, name]) => option(key, name)));
    select.value = chosen2[side];
    select.addEventListener("change", () => {
      chosen2[side] = select.value;
      move(swiped.at);
      scoreSwipe();
    });
    return select;
  }
  function drawBar() {
    const close = button("close", "\xD7", closeSwipe);
    close.setAttribute("aria-label", tr("End the swipe"));
    const [left, right] = [chooser2(0, tr("Left of the line")), chooser2(1, tr("Right of the line"))];
    const arrows = [el("span", "", "\u25C0"), el("span", "", "\u25B6")];
    for (const one3 of arrows) one3.setAttribute("aria-hidden", "true");
    bar.replaceChildren(arrows[0], left, right, arrows[1], close);
  }
  function openSwipe(left, right) {
    if (!land2 || !data.land) return;
    closeCompare();
    [chosen2[0], chosen2[1]] = [left, right];
    showLayerOf(SCORE, true);
    box2.hidden = false;
    place2();
    drawBar();
    move(0.5);
    scoreSwipe();
    line.focus({ preventScroll: true });
  }
  function closeSwipe() {
    if (box2.hidden) return;
    box2.hidden = true;
    swiped.sides = null;
    landMoved();
    $("comparing").focus();
  }
  function place2() {
    if (box2.hidden) return;
    const { left, top, width, height } = mapBox().getBoundingClientRect();
    for (const [side, size] of Object.entries({ left, top, width, height })) {
      box2.style.setProperty(side, `${size}px`);
    }
  }
  function buildSwipe() {
    box2.id = "swipe";
    box2.hidden = true;
    box2.setAttribute("aria-label", tr("Two settings over the map"));
    status2.setAttribute("aria-live", "polite");
    const whole = { tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": 100 };
    for (const [name, value] of Object.entries(whole)) line.setAttribute(name, String(value));
    line.setAttribute("aria-label", tr("Line between the two settings"));
    line.setAttribute("aria-orientation", "horizontal");
    line.addEventListener("keydown", onKey4);
    line.addEventListener("pointerdown", (event) => {
      line.setPointerCapture(event.pointerId);
      event.preventDefault();
      line.focus({ preventScroll: true });
    });
    line.addEventListener("pointermove", (event) => {
      if (line.hasPointerCapture(event.pointerId)) drag(event);
    });
    add(box2, line, bar, status2);
    $("story").before(box2);
    onMap("resize", place2);
  }
  var STEP2, LEAP, MOMENT, chosen2, opened, box2, line, bar, status2, nameOf3, asked, KEYS;
  var init_swipe = __esm({
    "scripts/swipe.js"() {
      "use strict";
      init_block();
      init_compare();
      init_data();
      init_dom();
      init_engine();
      init_land();
      init_landlayer();
      init_language();
      init_legend();
      init_map();
      init_payloads();
      STEP2 = 0.02;
      LEAP = 0.1;
      MOMENT = "moment";
      chosen2 = ["own", "here"];
      opened = /* @__PURE__ */ new Map();
      box2 = el("section", "over swipe");
      line = el("div", "swipeline");
      bar = el("div", "swipebar");
      status2 = el("p", "hidden");
      nameOf3 = (key) => (swipes().find(([one3]) => one3 === key) ?? swipes()[0])[1];
      asked = 0;
      KEYS = {
        ArrowLeft: (at3) => at3 - STEP2,
        ArrowDown: (at3) => at3 - STEP2,
        ArrowRight: (at3) => at3 + STEP2,
        ArrowUp: (at3) => at3 + STEP2,
        PageDown: (at3) => at3 - LEAP,
        PageUp: (at3) => at3 + LEAP,
        Home: () => 0,
        End: () => 1
      };
    }
  });

  // scripts/follow.js
  function showWhose() {
    document.body.classList.toggle("moved", turn.moved);
    document.body.classList.toggle("drawn", Boolean(turn.chance));
  }
  function drawMarks() {
    drawZones(zonesNow());
    fillFurther();
    fillBadges(false);
    drawSift();
  }
  function showReach(site2) {
    drawFlows(site2);
    if (!phone.matches && window.innerWidth < 1760 && !state.printing) foldLegend(true);
    resized();
    viewReach(site2);
    fillBadges();
    drawLegend();
  }
  function onEscape(event) {
    if (event.key !== "Escape") return;
    if (!$("hits").hidden) closeHits();
    else if (!$("story").hidden) leaveStory();
    else if (!$("pinned").hidden) closePins();
    else if (!$("compare").hidden) closeCompare();
    else if (!$("card").hidden) closeCard();
    else if (state.site) unpick();
    else closeSwipe();
  }
  function followReader() {
    document.addEventListener("keydown", onEscape);
    onMap("zoomend", chooseCells);
    onMap("zoomend", () => {
      scalePoints([gigafactoryLayer, carLayer, rivalLayer, barredLayer, furtherLayer]);
    });
    onMap("moveend", () => {
      whenThrough("land", landMoved);
      whenThrough("nearby", drawNearby);
      placeBadges();
    });
  }
  var legendWas;
  var init_follow = __esm({
    "scripts/follow.js"() {
      "use strict";
      init_address();
      init_answer();
      init_apart();
      init_badges();
      init_card();
      init_compare();
      init_data();
      init_dom();
      init_dossier();
      init_flows();
      init_ground();
      init_land();
      init_landlayer();
      init_landpanel();
      init_language();
      init_legend();
      init_list();
      init_map();
      init_nearby();
      init_paint();
      init_pins();
      init_points();
      init_rank();
      init_search();
      init_state();
      init_story();
      init_swipe();
      init_views();
      init_weights();
      reranked.follow((setting, glides) => {
        state.since = null;
        rankBy(setting);
        scoreLand();
        scoreSwipe();
        showWhose();
        drawAnswer();
        drawList(glides);
        drawUnscouted();
        drawWeights();
        if (state.site) showDossier(state.site, true);
        drawCompare();
        drawPins();
        drawStory();
        paintAgain();
        afterPaint("marks", drawMarks);
        settleSoon();
      });
      themed.follow(() => {
        repaint();
        drawSift();
      });
      legendWas = true;
      sifted.follow(() => {
        fadeRows();
        dressBadges();
        paintAgain();
        drawSift();
      });
      picked.follow((site2, focus) => {
        if (!state.site) legendWas = $("legend").classList.contains("shut");
        if (live) dressAgain(site2);
        state.site = site2;
        closeCard();
        markRow(site2);
        showDossier(site2);
        document.body.classList.add("open");
        document.body.classList.remove("full");
        afterPaint("reach", () => {
          if (state.site === site2) showReach(site2);
        });
        const { name, rank } = site2;
        $("said").textContent = rank === null ? tr("Dossier of {name}, not in the list", { name }) : tr("Dossier of {name}, rank {rank}", { name, rank });
        if (focus) $("dossier").focus({ preventScroll: true });
        remember();
      });
      unpicked.follow(() => {
        const { site: site2 } = state;
        if (!site2) return;
        state.site = null;
        $("dossier").hidden = true;
        document.body.classList.remove("open");
        foldLegend(legendWas);
        markRow(null);
        drawFlows(null);
        fillBadges();
        drawLegend();
        focusRow(site2);
        remember();
      });
      askedLand.follow(showCountry);
      askedSwipe.follow(openSwipe);
    }
  });

  // scripts/keep.js
  async function copyLink() {
    remember();
    const link = window.location.href.replace(/#.*$/, "") + mark();
    try {
      await navigator.clipboard.writeText(link);
      $("said").textContent = flash($("copy"), tr("Copied"));
    } catch {
      $("link").hidden = false;
      field("link").value = link;
      field("link").select();
    }
  }
  function saveSetting() {
    const file = new Blob([fileOf(turn.setting, turn.priced ? turn.money.price : null)], {
      type: "application/json"
    });
    const link = el("a");
    link.href = URL.createObjectURL(file);
    link.download = `${data.study.replace(/[^\w-]+/g, "-") || "study"}-setting.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
    flash($("save"), tr("Saved"));
  }
  function flash(node, words2) {
    const before3 = node.dataset.words || node.textContent || "";
    node.dataset.words = before3;
    node.textContent = words2;
    setTimeout(() => {
      node.textContent = before3;
    }, 1500);
    return words2;
  }
  function settingIn(parameters) {
    const faults = [];
    const next = laidOver2(VIEWS[0], changesIn(parameters), faults);
    if (!faults.length) return next;
    const words2 = ngettext(
      "The link holds {n} part that cannot be read; the study's own weights are shown.",
      "The link holds {n} parts that cannot be read; the study's own weights are shown.",
      faults.length,
      { n: number(faults.length) }
    );
    $("said").textContent = words2;
    $("happened").textContent = words2;
    return copied(VIEWS[0]);
  }
  function buildKeep() {
    if (!live) return;
    $("copy").addEventListener("click", copyLink);
    $("save").addEventListener("click", saveSetting);
    $("comparing").addEventListener(
      "click",
      () => $("compare").hidden ? openCompare() : closeCompare()
    );
    $("link").addEventListener("blur", () => {
      $("link").hidden = true;
    });
  }
  var init_keep = __esm({
    "scripts/keep.js"() {
      "use strict";
      init_address();
      init_compare();
      init_data();
      init_dom();
      init_language();
      init_rank();
      init_setting();
      init_words();
    }
  });

  // scripts/languages.js
  function dock2(box3) {
    if (phone.matches) part(".side").append(box3);
    else $("print").before(box3);
  }
  function buildLanguages() {
    const offered2 = languages();
    if (offered2.length < 2) return;
    const choose = el("select");
    choose.id = "language";
    for (const language of offered2) {
      const own2 = option(language, LANGUAGES[language].name);
      own2.lang = LANGUAGES[language].tag;
      choose.append(own2);
    }
    choose.value = languageNow();
    choose.addEventListener("change", () => {
      keep(KEPT, choose.value);
      window.location.reload();
    });
    const label = el("label", "", tr("Language"));
    label.htmlFor = choose.id;
    const box3 = add(el("div", "theme"), label, choose);
    phone.addEventListener("change", () => dock2(box3));
    dock2(box3);
  }
  var init_languages = __esm({
    "scripts/languages.js"() {
      "use strict";
      init_dom();
      init_kept();
      init_language();
      init_reader();
    }
  });

  // scripts/sheet.js
  function showTab(key) {
    part(".side").dataset.tab = key;
    for (const tab of tabs()) tab.setAttribute("aria-selected", String(tab.dataset.tab === key));
  }
  function growSheet() {
    const full = document.body.classList.toggle("full");
    $("grow").setAttribute("aria-expanded", String(full));
    $("grow").setAttribute("aria-label", full ? tr("Shrink the sheet") : tr("Enlarge the sheet"));
    $("grow").textContent = full ? DOWN : UP;
    resized();
  }
  function buildSheet() {
    for (const tab of tabs()) tab.addEventListener("click", () => showTab(tab.dataset.tab));
    $("grow").addEventListener("click", growSheet);
  }
  var tabs;
  var init_sheet = __esm({
    "scripts/sheet.js"() {
      "use strict";
      init_dom();
      init_language();
      init_map();
      init_words();
      tabs = () => (
        /** @type {NodeListOf<HTMLElement>} */
        document.querySelectorAll(".tabs [data-tab]")
      );
    }
  });

  // scripts/timeline.js
  function restOf2(text) {
    const [, year] = /^demand of (\d{4})$/.exec(text) ?? [];
    return year ? tr("demand of {year}", { year }) : text;
  }
  function apart(xs, end) {
    const made3 = [...xs];
    made3.forEach((x, k) => {
      if (k) made3[k] = Math.max(x, made3[k - 1] + APART);
    });
    for (let k = made3.length - 1; k >= 0; k -= 1) {
      made3[k] = Math.min(made3[k], k === made3.length - 1 ? end : made3[k + 1] - APART);
    }
    return made3;
  }
  function lineOf(moments2, tag2) {
    const end = moments2.length - 1;
    const known2 = moments2.map(dated);
    const parts = moments2.map(({ label }) => label.split(", "));
    if (!known2.every(({ day, year }) => day && year)) {
      const ticks2 = moments2.map(({ at: at3, label }, k) => {
        const [day, ...rest] = parts[k];
        return { at: at3, label, day, rest: rest.join(", "), x: k };
      });
      return { ticks: ticks2, years: [] };
    }
    known2.sort((a, b) => a.day - b.day || a.year - b.year);
    const rests = known2.map(({ text }) => text.split(", ").slice(1).join(", "));
    const others = new Set(rests);
    const first = known2[0]?.day ?? 0;
    const span = (known2[end]?.day ?? 0) - first;
    const x = (day) => span ? end * (day - first) / span : end / 2;
    const xs = apart(
      known2.map(({ day }) => x(day)),
      end
    );
    const ticks = known2.map(({ at: at3, label, text }, k) => ({
      at: at3,
      label,
      day: brief(text.split(", ")[0], tag2),
      rest: others.size > 1 ? restOf2(rests[k]) : "",
      x: xs[k]
    }));
    return { ticks, years: span > YEAR_MS ? yearsBetween(first, first + span).map(x) : [] };
  }
  function yearsBetween(from, to) {
    const first = new Date(from).getUTCFullYear() + 1;
    const many = new Date(to).getUTCFullYear() - first + 1;
    const days = Array.from({ length: Math.min(many, MOST_YEARS) }, (_, k) => Date.UTC(first + k, 0));
    return many > MOST_YEARS ? [] : days;
  }
  var APART, YEAR_MS, MOST_YEARS, dated, brief;
  var init_timeline = __esm({
    "scripts/timeline.js"() {
      "use strict";
      init_language();
      APART = 0.24;
      YEAR_MS = 365.25 * 24 * 3600 * 1e3;
      MOST_YEARS = 30;
      dated = ({ at: at3, label, dated: text = label }) => ({
        at: at3,
        label,
        text,
        day: Date.parse(text.split(",")[0]),
        year: Number((/(\d{4})\D*$/.exec(text) ?? [])[1])
      });
      brief = (day, tag2) => tag2 === "en" ? day.replace(/\b([A-Z][a-z]{2})[a-z]+/, "$1") : new Date(day).toLocaleDateString(tag2, { dateStyle: "medium" });
    }
  });

  // scripts/moments.js
  function ranksHere() {
    if (!live) return sites.map(({ site_id: id }, at3) => [id, at3 + 1]);
    const { site_id: ids } = board.places;
    return ids.flatMap((id, i) => {
      const rank = turn.found.zone[i];
      return rank && rank <= sites.length ? [
        /** @type {[string, number]} */
        [id, rank]
      ] : [];
    });
  }
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
        label: moments[moment].what_if || (LINE2.length < 2 ? tr("As planned") : moments[moment].label),
        ids: sites.slice(0, FIRST).map((site2) => site2.site_id),
        first: sites.length ? sites[0].name : "",
        ranks: ranksHere()
      }
    };
  }
  function goTo2(at3, focus) {
    if (at3 !== moment) reopen(at3, setUp(focus));
  }
  function since({ label, ids, first }) {
    if (!sites.length || !first) return "";
    const news = sites.slice(0, FIRST).filter((site2) => !ids.includes(site2.site_id)).length;
    const name = { name: first };
    const who = sites[0].name === first ? tr("{name} had rank 1 too", name) : tr("{name} had rank 1", name);
    const ten = news ? ngettext(
      "{n} of the ten likeliest here was not in it",
      "{n} of the ten likeliest here were not in it",
      news,
      { n: news }
    ) : tr("the same ten likeliest");
    const said3 = sites.length > FIRST ? tr("{one}; {other}.", { one: who, other: ten }) : ended(who);
    return tr("{moment}: {said}", { moment: label, said: said3 });
  }
  function takeUp() {
    if (!kept2) return;
    for (const [key, on] of kept2.layers) showLayerOf(key, on);
    const { label, ranks } = kept2.before;
    state.since = { label, ranks: new Map(ranks) };
    if (kept2.beyond) showBeyond();
    else drawList();
    const [weights, legend, short2] = kept2.folded;
    if (live) foldWeights(weights);
    foldLegend(legend);
    foldAnswer(short2);
    showTab(kept2.tab);
    if (kept2.full !== document.body.classList.contains("full")) growSheet();
    if (kept2.comparing && live) openCompare();
    resized();
    lookAt(kept2.centre, kept2.zoom);
    for (const [id, top] of kept2.scroll) $(id).scrollTop = top;
    const words2 = since(kept2.before);
    $("said").textContent = words2;
    $("since").textContent = words2;
    $("since").hidden = !words2;
    remember();
    const to = field(kept2.focus);
    if (to) (to.disabled ? $(`moment-${moment}`) : to).focus({ preventScroll: true });
  }
  function askButton({ at: at3, name, lead: lead2, on }) {
    const id = `asked-${at3}`;
    const node = button("otherwise", name, () => goTo2(at3, id));
    node.id = id;
    node.setAttribute("aria-pressed", String(on));
    return add(node, el("small", "", ` ${lead2}`));
  }
  function switchOf(kind, title, nameOf4) {
    const others = moments.filter((one3) => one3.switch === kind);
    if (!others.length) return null;
    const box3 = el("div", "switch");
    const parts = el("div", "segments");
    box3.setAttribute("role", "group");
    box3.setAttribute("aria-label", title);
    const there = others.some(({ at: at3 }) => at3 === moment);
    for (const one3 of [moments[0], ...others]) {
      const id = `${kind}-${one3.at}`;
      const node = button("", nameOf4(one3), () => goTo2(one3.at, id));
      node.id = id;
      node.title = leadOf2(one3);
      node.setAttribute("aria-pressed", String(there ? one3.at === moment : one3.at === 0));
      add(parts, node);
    }
    return add(box3, el("span", "", title), parts);
  }
  function leadsText() {
    const asked2 = moments.filter((one3) => one3.switch && one3.country);
    const words2 = asked2.map((one3) => tr("{question}: {country}", { question: one3.what_if, country: country(one3) })).join(tr("; "));
    return words2 && tr("Likeliest country if so: {countries}.", { countries: words2 });
  }
  function buildWhatIfs() {
    const asked2 = moments.filter((one3) => !isMoment(one3));
    if (!asked2.length) return;
    const own2 = asked2.filter((one3) => !one3.switch);
    const back = own2.some(({ at: at3 }) => at3 === moment) ? [moments[0]] : [];
    const nodes = [
      switchOf("owner", tr("Owner"), ({ owner }) => owner),
      switchOf("law", tr("Law"), ({ at: at3, what_if: words2 }) => at3 ? words2 : tr("Today's")),
      leadsText() ? el("p", "leads", leadsText()) : null,
      ...[...back, ...own2].map(
        (one3) => askButton({
          at: one3.at,
          name: one3.what_if || tr("As planned"),
          lead: leadOf2(one3),
          on: one3.at === moment
        })
      )
    ];
    $("whatifs").replaceChildren(...nodes.filter(known));
    $("whatifs").hidden = false;
  }
  function axis() {
    const frame = svg("svg", {
      class: "axis",
      viewBox: `-0.5 0 ${LINE2.length} 22`,
      preserveAspectRatio: "none",
      "aria-hidden": "true"
    });
    const lead2 = LINE2.map(({ x }, k) => `M${x} 9L${k} 22`).join("");
    const years = YEARS.map((x) => `M${x} 5V13`).join("");
    add(
      frame,
      svg("path", { d: `M0 9H${LINE2.length - 1}` }),
      svg("path", { class: "years", d: years }),
      svg("path", { class: "lead", d: lead2 })
    );
    return frame;
  }
  function buildMoments() {
    if (!moments.length) return;
    buildWhatIfs();
    if (LINE2.length < 2) return;
    const here2 = LINE2.findIndex(({ at: at3 }) => at3 === moment);
    $("ticks").style.setProperty("--n", String(LINE2.length));
    add($("ticks"), axis());
    LINE2.forEach(({ at: at3, label, day, rest, x }, k) => {
      const input = el("input");
      const tick = el("label", "tick");
      const id = `moment-${at3}`;
      Object.assign(input, { type: "radio", name: "moment", id, checked: at3 === moment });
      input.addEventListener("change", () => goTo2(at3, id));
      input.style.setProperty("--by", String(x - k));
      tick.title = label;
      tick.style.gridColumn = String(k + 1);
      add(tick, input, el("span", "", day), rest ? el("small", "", rest) : null);
      add($("ticks"), tick);
    });
    for (
      const [id, to] of
      /** @type {[string, number][]} */
      [
        ["earlier", here2 - 1],
        ["later", here2 + 1]
      ]
    ) {
      field(id).disabled = !LINE2[to];
      $(id).addEventListener("click", () => goTo2(LINE2[to].at, id));
    }
    $("when").hidden = false;
    document.querySelector(".tick:has(:checked)")?.scrollIntoView({ inline: "center" });
  }
  var kept2, isMoment, LINE2, YEARS, leadOf2;
  var init_moments = __esm({
    "scripts/moments.js"() {
      "use strict";
      init_address();
      init_answer();
      init_compare();
      init_data();
      init_dom();
      init_language();
      init_legend();
      init_list();
      init_map();
      init_rank();
      init_sheet();
      init_state();
      init_timeline();
      init_weights();
      init_words();
      kept2 = window.history.state?.kept ?? null;
      isMoment = (one3) => !one3.what_if;
      ({ ticks: LINE2, years: YEARS } = lineOf(
        moments.filter(isMoment),
        document.documentElement.lang
      ));
      leadOf2 = (one3) => one3.country ? tr("{country}, first {name}", { country: country(one3), name: one3.first }) : "";
    }
  });

  // scripts/print.js
  function preparePrint() {
    catchUp();
    const theme = themeNow();
    state.printing = true;
    const screen = seen();
    before2 = { at: centre(), zoom: zoomLevel() };
    sharpen();
    for (const [side, size] of Object.entries(PAPER)) {
      mapBox().style.setProperty(side, size, "important");
    }
    resized({ pan: false });
    const reach = state.site && boxAround(reachOf(state.site), 0.15);
    fit(reach || state.home || screen, {
      topLeft: [PRINTED_LEGEND + MARGIN2, MARGIN2],
      bottomRight: [MARGIN2, MARGIN2],
      most: 6
    });
    drawLegend();
    if (themeNow() !== theme) themed.tell();
  }
  function restoreScreen() {
    state.printing = false;
    if (themeNow() !== "light") themed.tell();
    for (const side of Object.keys(PAPER)) mapBox().style.removeProperty(side);
    resized({ pan: false });
    if (before2) lookAt(before2.at, before2.zoom);
  }
  function buildPrint() {
    window.addEventListener("beforeprint", preparePrint);
    window.addEventListener("afterprint", restoreScreen);
    $("print").addEventListener("click", () => window.print());
  }
  var MARGIN2, PAPER, before2;
  var init_print = __esm({
    "scripts/print.js"() {
      "use strict";
      init_cover();
      init_dom();
      init_flows();
      init_inks();
      init_legend();
      init_map();
      init_paint();
      init_state();
      MARGIN2 = 24;
      PAPER = { width: "272mm", height: "204mm" };
      before2 = null;
    }
  });

  // scripts/theme.js
  function dock3(box3) {
    if (phone.matches) part(".side").append(box3);
    else $("print").before(box3);
  }
  function buildTheme() {
    wearTheme();
    const choose = el("select");
    choose.id = "theme";
    choose.append(...CHOICES.map(([value, words2]) => option(value, words2)));
    choose.value = themeChosen();
    choose.addEventListener("change", () => {
      chooseTheme(
        /** @type {Choice} */
        choose.value
      );
      themed.tell();
    });
    night.addEventListener("change", () => themed.tell());
    const label = el("label", "", tr("Colours"));
    label.htmlFor = choose.id;
    const box3 = add(el("div", "theme"), label, choose);
    phone.addEventListener("change", () => dock3(box3));
    dock3(box3);
  }
  var CHOICES;
  var init_theme = __esm({
    "scripts/theme.js"() {
      "use strict";
      init_dom();
      init_inks();
      init_language();
      init_state();
      CHOICES = [
        ["", tr("As the system")],
        ["light", tr("Light")],
        ["dark", tr("Dark")]
      ];
    }
  });

  // scripts/start.js
  var start_exports = {};
  var credits, notes, site;
  var init_start = __esm({
    "scripts/start.js"() {
      "use strict";
      init_answer();
      init_apart();
      init_badges();
      init_card();
      init_console();
      init_data();
      init_dom();
      init_follow();
      init_ground();
      init_keep();
      init_land();
      init_landlayer();
      init_landpanel();
      init_landtip();
      init_language();
      init_languages();
      init_legend();
      init_list();
      init_map();
      init_moments();
      init_payloads();
      init_pins();
      init_points();
      init_pricing();
      init_print();
      init_rank();
      init_search();
      init_setting();
      init_sheet();
      init_state();
      init_story();
      init_swipe();
      init_theme();
      init_views();
      init_weights();
      init_words();
      part(".side").after(mapBox());
      credits = data.attributions.map((line2) => tr(line2));
      dressMap(credits);
      followReader();
      buildTheme();
      buildLanguages();
      buildPrint();
      document.title = `${data.title} ${DOT} ${data.subtitle}`;
      $("title").textContent = data.title;
      $("subtitle").textContent = data.subtitle;
      notes = [...data.notes, tr("Sources: {sources}.", { sources: credits.join("; ") })];
      add($("notes"), ...notes.map((line2) => el("li", "", line2)));
      if (live) {
        rankBy(copied(VIEWS[0]));
        const priced = takePrice(address().get("price"));
        const wanted = settingIn(address());
        if (priced || !same(wanted, turn.setting)) rankBy(wanted);
      }
      buildMoments();
      buildPricing();
      buildAnswer();
      buildList();
      drawUnscouted();
      $("unscouted").addEventListener("toggle", drawUnscouted);
      buildApart();
      buildRegions();
      buildOutside();
      buildCard();
      buildSearch();
      buildSheet();
      onMap("zoomend", drawLegend);
      buildWeights();
      buildKeep();
      buildLegend();
      foldLegend(window.innerWidth < 1760);
      foldWeights(window.innerHeight < 1e3 && !phone.matches);
      drawZones(zonesNow());
      nameZones(zonesNow());
      fillFurther();
      fillBadges();
      viewStart();
      showLayer(groundLayer);
      for (const { layer, on } of switches) if (on) showLayer(layer);
      sortMarks();
      drawLegend();
      if (live) {
        showWhose();
        drawWeights();
        if (!$("happened").textContent) settleSoon();
      }
      buildStory();
      buildSwipe();
      buildPins(address().getAll("pin"));
      site = siteNamed(address().get("site"));
      if (site) pick(site, false);
      else placeBadges();
      takeUp();
      offerConsole();
      fetchLand().then(() => {
        if (!land2) return;
        colourBy(measureNow.key);
        buildSift();
        followPointer();
        drawLegend();
      });
    }
  });

  // scripts/open.js
  init_payloads();
  init_reader();
  unpack(languageNow()).then(
    () => {
      translatePage(languageNow());
      return Promise.resolve().then(() => (init_start(), start_exports));
    },
    () => {
      const note = document.createElement("p");
      note.className = "noscript";
      note.textContent = "This map needs a browser of 2023 or later: the data could not be unpacked.";
      document.body.append(note);
    }
  );
})();
