// An event: who does something tells it, and need not know who follows.

/** @template {unknown[]} Words */
export class Signal {
  /** @type {((...words: Words) => void)[]} */
  #listeners = [];

  /** @param {(...words: Words) => void} listener */
  follow(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Words} words */
  tell(...words) {
    for (const listener of this.#listeners) listener(...words);
  }
}
