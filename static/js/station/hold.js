/** Holding the list still: nothing moves under a finger, nor right after it. Pure. */

/** How long the list stays still after it was touched. */
export const STILL_MS = 3000;

/** Knows whether a finger is on the screen, and when the list was touched last. */
export class Hold {
  #down = false;
  #touchedAt = Number.NEGATIVE_INFINITY;

  down() {
    this.#down = true;
  }

  up() {
    this.#down = false;
  }

  /**
   * The list was touched or scrolled.
   *
   * @param {number} at
   */
  touched(at) {
    this.#touchedAt = at;
  }

  /** The operator has seen or done something: the list may move again. */
  release() {
    this.#touchedAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Return how many milliseconds the list still has to wait; Infinity while a finger is down.
   *
   * @param {number} now
   */
  rest(now) {
    return this.#down ? Number.POSITIVE_INFINITY : Math.max(0, this.#touchedAt + STILL_MS - now);
  }
}
