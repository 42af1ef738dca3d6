/**
 * Sending what the operator does, one thing after the other, each under an id of its own.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {"not-sent" | "no-answer"} Failure
 *
 * @typedef {object} Ears Who hears how it went.
 * @property {(sent: Sent) => void} sending
 * @property {(answer: Answer, sent: Sent) => void} answered
 * @property {(failure: Failure, sent: Sent) => void} failed
 * @property {(sent: Sent) => void} repeated The scanner has read the same thing twice.
 */

import { newId } from "../shared/ids.js";
import { NotSent } from "../shared/wire.js";

/** The same code again within this time is one scan. */
export const SAME_MS = 2000;
/** How long a code waits for the badge that it needs. */
export const BADGE_MS = 20_000;
/** How long a fact waits for the connection before the operator is told that it was not taken. */
export const UNSENT_MS = 10_000;

/** Keeps the order of facts, and what waits for a badge. */
export class Facts {
  /** @type {Promise<void>} */
  #queue = Promise.resolve();
  /** @type {{text: string, at: number} | null} */
  #last = null;
  /** @type {{sent: Sent, until: number} | null} */
  #waiting = null;

  /**
   * @param {{keep: (message: string, payload: {id: string}, limit: number) => Promise<any>}} wire
   * @param {Ears} ears
   * @param {() => number} [now] Milliseconds of a clock that never jumps.
   */
  constructor(wire, ears, now = () => performance.now()) {
    this.wire = wire;
    this.ears = ears;
    this.now = now;
  }

  /**
   * Send a code that was read or typed.
   *
   * @param {string} text
   * @param {{typed?: boolean, touched?: boolean}} [how]
   */
  scan(text, { typed = false, touched = false } = {}) {
    const payload = { id: newId(), text, ...(typed ? { typed } : {}) };
    if (!typed && this.#isRepeat(text)) {
      this.ears.repeated({ message: "scan", payload });
      return Promise.resolve();
    }
    return this.send({ message: "scan", payload, touched });
  }

  /**
   * Send the same thing again because the operator insists.
   *
   * @param {Sent} sent
   */
  insist({ message, payload }) {
    return this.send({ message, payload: { ...payload, id: newId(), insists: true } });
  }

  /**
   * Send a fact once those before it have been answered.
   *
   * @param {Sent} sent
   * @returns {Promise<void>}
   */
  send(sent) {
    const end = this.now() + UNSENT_MS;
    this.ears.sending(sent);
    this.#queue = this.#queue.then(() => this.#deliver(sent, end));
    return this.#queue;
  }

  /** @param {string} text */
  #isRepeat(text) {
    const at = this.now();
    const repeats = this.#last?.text === text && at - this.#last.at < SAME_MS;
    this.#last = { text, at };
    return repeats;
  }

  /**
   * @param {Sent} sent
   * @param {number} end
   */
  async #deliver(sent, end) {
    try {
      const limit = Math.max(0, end - this.now());
      const answer = await this.wire.keep(sent.message, sent.payload, limit);
      this.#heard(answer, sent);
    } catch (error) {
      // It was not taken, so reading it once more is a new attempt.
      this.#last = null;
      this.ears.failed(error instanceof NotSent ? "not-sent" : "no-answer", sent);
    }
  }

  /**
   * @param {Answer} answer
   * @param {Sent} sent
   */
  #heard(answer, sent) {
    if (this.#last) {
      this.#last.at = this.now();
    }
    this.ears.answered(answer, sent);
    this.answered(answer, sent);
  }

  /**
   * Keep what needs a badge, and go on with it once there is one, whoever has read the badge.
   *
   * @param {Answer} answer
   * @param {Sent | null} sent
   */
  answered(answer, sent) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (answer.code === "badge-needed" && sent) {
      this.#waiting = { sent, until: this.now() + BADGE_MS };
    } else if (waiting && answer.code === "badge" && this.now() < waiting.until) {
      const { message, payload } = waiting.sent;
      this.send({ message, payload: { ...payload, id: newId() } });
    } else if (waiting && answer.code === "unknown-badge") {
      this.#waiting = waiting;
    }
  }
}
