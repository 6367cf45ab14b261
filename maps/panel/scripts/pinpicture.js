// The comparison of pinned places as a picture, drawn here: to be copied, or saved where a browser
// does not let a page copy one. It is for slides, so it is light whatever the page wears.

/** @import { Site } from "./model.js" */
import { COSTS, colours, country, data, PILLAR } from "./data.js";
import { $, el } from "./dom.js";
import { ink } from "./inks.js";
import { tr } from "./language.js";
import { ENDS } from "./odds.js";
import { DRAWN, figuresOf, sentencesOf } from "./pinwords.js";
import { DOT, number, oddsText } from "./words.js";

const WIDE = 1280;
const EDGE = 40;
const NAME = 220; // of the column of names
const SCALE = 2;
const LINE = 24;

/** Where a line may break: after a space, and around a letter of a language that has none. */
const BREAK =
  /[\u3000-\u30FF\u3400-\u9FFF\uFF00-\uFFEF]|[^\s\u3000-\u30FF\u3400-\u9FFF\uFF00-\uFFEF]+ ?| /g;
const CLOSING = /^[\u3001\u3002\u300D\uFF01\uFF09\uFF0C\uFF1A\uFF1B\uFF1F]/; // begins no line

/** @param {string} text */
function piecesOf(text) {
  /** @type {string[]} */
  const pieces = [];
  for (const piece of text.match(BREAK) ?? []) {
    if (pieces.length && CLOSING.test(piece)) pieces[pieces.length - 1] += piece;
    else pieces.push(piece);
  }
  return pieces;
}

/** A pen that goes down the sheet. */
class Pen {
  /** @param {CanvasRenderingContext2D} on */
  constructor(on) {
    this.on = on;
    this.y = EDGE;
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
    let short = text;
    while (short && this.on.measureText(`${short}\u2026`).width > most) short = short.slice(0, -1);
    return `${short.trimEnd()}\u2026`;
  }

  /** Text over as many lines as it takes. @param {string} text @param {number} x @param {number} most */
  paragraph(text, x, most) {
    this.on.font = `400 14px ${this.face}`;
    let line = "";
    for (const piece of piecesOf(text)) {
      const longer = line + piece;
      if (line && this.on.measureText(longer.trimEnd()).width > most) {
        this.text(line.trimEnd(), x);
        this.y += LINE - 4;
        line = piece;
      } else line = longer;
    }
    this.text(line, x);
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
    this.on.fillRect(EDGE, this.y - 16, WIDE - 2 * EDGE, 1);
    this.y += 8;
    this.text(text, EDGE, { bold: true, size: 15 });
    this.y += LINE;
  }
}

/** @param {Site[]} sites @param {CanvasRenderingContext2D} on @returns {number} how high it is */
function draw(sites, on) {
  const pen = new Pen(on);
  on.fillStyle = ink(colours.panel, "light");
  on.fillRect(0, 0, WIDE, on.canvas.height);
  pen.y += 8;
  pen.text(data.title, EDGE, { size: 22, bold: true, most: WIDE - 2 * EDGE });
  pen.y += LINE;
  pen.text(data.subtitle, EDGE, { colour: colours.ink2, most: WIDE - 2 * EDGE });
  pen.y += LINE + 6;
  for (const words of sentencesOf(sites)) pen.paragraph(words, EDGE, WIDE - 2 * EDGE);
  figures(pen, sites);
  costs(pen, sites);
  odds(pen, sites);
  pen.y += 6;
  pen.text(`${DRAWN} ${data.study} ${DOT} ${data.as_of}`, EDGE, {
    size: 12,
    colour: colours.ink3,
    most: WIDE - 2 * EDGE,
  });
  return pen.y + EDGE;
}

/** @param {Pen} pen @param {Site[]} sites */
function figures(pen, sites) {
  const step = (WIDE - 2 * EDGE - NAME) / sites.length;
  /** @param {number} k */
  const right = (k) => EDGE + NAME + (k + 1) * step;
  pen.heading(tr("Figures"));
  sites.forEach((site, k) => {
    pen.text(site.name, right(k), { bold: true, most: step - 18, right: true });
  });
  pen.y += LINE - 6;
  sites.forEach((site, k) => {
    pen.text(country(site), right(k), { size: 12, colour: colours.ink2, most: step, right: true });
  });
  pen.y += LINE;
  for (const [name, texts] of figuresOf(sites)) {
    pen.text(name, EDGE, { colour: colours.ink2 });
    texts.forEach((text, k) => {
      pen.text(text, right(k), { right: true });
    });
    pen.y += LINE - 2;
  }
}

/** @param {Pen} pen @param {Site[]} sites */
function costs(pen, sites) {
  const priced = sites.filter((site) => site.costs.length);
  if (!priced.length) return;
  /** @param {Site} site */
  const paid = (site) => site.costs.filter((row) => row.usd_per_t > 0);
  /** @param {Site["costs"]} rows */
  const sum = (rows) => rows.reduce((all, row) => all + row.usd_per_t, 0);
  const end = Math.max(...priced.map((site) => sum(paid(site))), 1);
  const wide = WIDE - 2 * EDGE - NAME - 110;
  pen.heading(tr("A tonne delivered, USD/t"));
  for (const site of priced) {
    pen.text(site.name, EDGE, { most: NAME - 16 });
    let x = EDGE + NAME;
    for (const row of paid(site)) {
      const piece = (wide * row.usd_per_t) / end;
      pen.bar(x, piece - 1, COSTS[row.group]);
      x += piece;
    }
    pen.text(number(sum(site.costs)), WIDE - EDGE, { right: true, bold: true });
    pen.y += LINE;
  }
  let x = EDGE + NAME;
  for (const group of new Set(priced.flatMap((site) => site.costs.map((row) => row.group)))) {
    pen.bar(x, 11, COSTS[group]);
    const name = tr(group);
    pen.text(name, x + 16, { size: 12, colour: colours.ink2 });
    x += 16 + pen.on.measureText(name).width + 18;
  }
  pen.y += LINE;
}

/** @param {Pen} pen @param {Site[]} sites */
function odds(pen, sites) {
  const wide = WIDE - 2 * EDGE - NAME - 110;
  /** @param {number} ln */
  const at = (ln) => EDGE + NAME + (wide * (ln + ENDS.left)) / (ENDS.left + ENDS.right);
  pen.heading(tr("What makes their odds, against the median place"));
  data.pillars.forEach((pillar, k) => {
    if (sites.every((site) => Math.abs(site.odds[k] ?? 0) < 1e-9)) return;
    pen.text(tr(pillar.name), EDGE, { bold: true });
    pen.y += LINE - 4;
    for (const site of sites) {
      const ln = site.odds[k];
      pen.text(site.name, EDGE, { most: NAME - 16, colour: colours.ink2 });
      pen.bar(Math.min(at(0), at(ln)), Math.abs(at(ln) - at(0)), PILLAR[k]);
      pen.bar(at(0), 1, colours.ink);
      pen.text(oddsText(ln), WIDE - EDGE, { right: true });
      pen.y += LINE - 4;
    }
    pen.y += 4;
  });
}

/** @param {Site[]} sites @returns {HTMLCanvasElement} */
export function pictureOf(sites) {
  const canvas = el("canvas");
  canvas.width = WIDE;
  canvas.height = 10;
  const high = draw(sites, /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")));
  canvas.width = SCALE * WIDE;
  canvas.height = SCALE * Math.ceil(high);
  const on = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  on.scale(SCALE, SCALE);
  draw(sites, on);
  return canvas;
}

/** @param {Blob} picture */
function save(picture) {
  const link = el("a");
  link.href = URL.createObjectURL(picture);
  link.download = `${data.study.replace(/[^\w-]+/g, "-") || "study"}-sites.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Put the picture on the clipboard, or into a file. @param {Site[]} sites @param {HTMLElement} asked */
export function copyPicture(sites, asked) {
  pictureOf(sites).toBlob(async (picture) => {
    if (!picture) return;
    let said = tr("Picture copied");
    try {
      await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    } catch {
      save(picture); // not allowed here
      said = tr("Picture saved");
    }
    asked.textContent = said;
    $("said").textContent = said;
    setTimeout(() => {
      asked.textContent = tr("Copy picture");
    }, 2000);
  }, "image/png");
}
