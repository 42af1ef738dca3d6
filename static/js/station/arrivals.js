/**
 * What came of facts that were kept: told quietly, and loudly only what was refused.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./keeping.js").Entry} Entry
 * @typedef {import("./state.js").Kept} Kept
 */

import { isTaken } from "./keeping.js";

/** How long the screen says that what was kept has been sent. */
export const SENT_MS = 30_000;

/** Follows the post, for the screen. */
export class Arrivals {
  #isLoud = false;

  /**
   * @param {import("./store.js").Store} store
   * @param {import("../shared/clock.js").Clock} clock
   * @param {{play: (sound: import("./sounds.js").Sound) => void}} sounds
   * @param {(answer: Answer, sent: import("./state.js").Sent) => void} answered
   */
  constructor(store, clock, sounds, answered) {
    this.store = store;
    this.clock = clock;
    this.sounds = sounds;
    this.answered = answered;
  }

  /** @param {Partial<Kept>} change */
  #change(change) {
    this.store.change({ kept: { ...this.store.state.kept, ...change } });
  }

  /** @param {boolean} able */
  able(able) {
    if (able !== this.store.state.kept.able) {
      this.#change({ able });
    }
  }

  /** @param {import("./post.js").Kept} kept */
  counted(kept) {
    this.#change(kept);
  }

  /**
   * The operator still looks at what was kept last: its answer is shown as any other.
   *
   * @param {Answer} answer
   * @param {import("./state.js").Sent} sent
   */
  recalled(answer, sent) {
    this.answered(answer, { ...sent, stated: true });
  }

  /**
   * @param {Entry} entry
   * @param {Answer} answer
   */
  drained({ judged }, answer) {
    const { sent } = this.store.state.kept;
    this.#isLoud ||= !judged && !isTaken(answer);
    this.#change({ sent: sent + 1, until: null });
  }

  /** Nothing waits any more: say so for a while, and call somebody to what was refused. */
  emptied() {
    const { sent, until } = this.store.state.kept;
    if (sent > 0 && until === null) {
      this.#change({ until: this.clock.now() + SENT_MS });
    }
    if (this.#isLoud) {
      this.#isLoud = false;
      this.sounds.play("refused");
    }
  }
}
