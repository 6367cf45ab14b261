// How well a name is what a reader typed, whatever its accents, case and punctuation. It imports
// nothing, so that a test can ask it alone.

// Letters that no accent was put on, as siting/world/spelling.py has them.
/** @type {Record<string, string>} */
const LETTERS = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ħ: "h",
  ß: "ss",
};
const PLAIN = /[łøđðþæœıħß]/g;
/** Kinds of towns in Chinese, Japanese and Korean, which a reader may leave out or write. */
const KIND = /(?<=..)(?:市|都|府|県|县|縣|省|郡|광역시|특별시|시)$/u;
const CODE = /^[a-z]{1,3}$/;

/** A name as it is compared; Korean syllables come apart, so that one typed in half is found. @param {string} text */
export const folded = (text) =>
  text
    .trim()
    .replace(KIND, "")
    .normalize("NFKD")
    .replace(/[\p{M}'’ʻʼʿʾ]/gu, "")
    .toLowerCase()
    .replace(PLAIN, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/**
 * From the best to the worst: it is the name, begins it, begins a word of it, is inside. A half is
 * added where that is true of another name than its own.
 */
export const [EXACT, BEGIN, WORD, INSIDE, NONE] = [0, 1, 2, 3, 4];

/**
 * @param {string} name folded
 * @param {string} wanted folded
 */
function one(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return NONE;
  if (name.length === wanted.length) return EXACT;
  if (CODE.test(name)) return NONE; // a code is written in full
  if (at === 0) return BEGIN;
  return ` ${name}`.includes(` ${wanted}`) ? WORD : INSIDE;
}

/**
 * The best of all names of a thing: how well it fits, and which it was.
 * @param {string[]} names folded
 * @param {string} wanted folded
 */
export function fit(names, wanted) {
  let level = NONE;
  let at = 0;
  for (let k = 0; k < names.length && level > EXACT; k += 1) {
    const fits = one(names[k], wanted);
    const here = fits > EXACT && k > 0 ? fits + 0.5 : fits;
    if (here < level) [level, at] = [here, k];
  }
  return { level, at };
}

/** Whether every word of the query begins a word of the text. @param {string} text folded @param {string} wanted folded */
export const everyWord = (text, wanted) =>
  wanted.split(" ").every((word) => ` ${text}`.includes(` ${word}`));
