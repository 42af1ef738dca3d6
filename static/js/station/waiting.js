/**
 * The facts of this page that have no answer yet, and who is told when there is one. Pure.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./post.js").Outcome} Outcome
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {{sent: Sent, tell: (outcome: Outcome) => void, isSafe: boolean,
 *   keptAt: number | null}} Mine `isSafe`: it is on the disk.
 */

/** An answer this soon after "kept" is for somebody who still looks at the screen. */
export const RECENT_MS = 10_000;

/** Knows what the operator has been told. */
export class Waiting {
  /** @type {Map<string, Mine>} */
  #mine = new Map();
  #newest = "";

  /** @param {() => number} now Milliseconds of a clock that never jumps. */
  constructor(now) {
    this.now = now;
  }

  /**
   * Return what the operator is told of a fact, once it is told.
   *
   * @param {Sent} sent
   * @returns {Promise<Outcome>}
   */
  add(sent) {
    this.#newest = sent.payload.id;
    return new Promise((tell) => {
      this.#mine.set(this.#newest, { sent, tell, isSafe: false, keptAt: null });
    });
  }

  /**
   * A fact is on the disk: from now on it may be told as kept.
   *
   * @param {string} id
   */
  safe(id) {
    const mine = this.#mine.get(id);
    if (mine) {
      mine.isSafe = true;
    }
  }

  /**
   * A fact could not be written: nobody waits for it here.
   *
   * @param {string} id
   */
  drop(id) {
    this.#mine.delete(id);
  }

  /**
   * Tell the operator that a fact is kept, when it has no answer yet.
   *
   * @param {string} id
   */
  keep(id) {
    const mine = this.#mine.get(id);
    if (mine?.isSafe && mine.keptAt === null) {
      mine.keptAt = this.now();
      mine.tell({ is: "kept" });
    }
  }

  keepAll() {
    for (const id of this.#mine.keys()) {
      this.keep(id);
    }
  }

  /**
   * Tell whether an answer comes late: the operator was told that the fact is kept, or has gone.
   *
   * @param {string} id
   */
  isLate(id) {
    return this.#mine.get(id)?.keptAt !== null;
  }

  /**
   * Tell whether somebody waits for the answer, or still looks at what was kept last.
   *
   * @param {string} id
   */
  isSeen(id) {
    const mine = this.#mine.get(id);
    if (!mine || mine.keptAt === null) {
      return mine !== undefined;
    }
    return id === this.#newest && this.now() - mine.keptAt < RECENT_MS;
  }

  /**
   * Take an answer to whoever waits for it; return what it was an answer to, else null.
   *
   * @param {string} id
   * @param {Answer} answer
   * @returns {Sent | null}
   */
  answer(id, answer) {
    const mine = this.#mine.get(id);
    this.#mine.delete(id);
    mine?.tell({ is: "answered", answer });
    return mine?.sent ?? null;
  }
}
