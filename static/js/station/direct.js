/**
 * Sending facts where nothing can be kept: one after the other, each told as not taken when it
 * could not be sent in time.
 *
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./post.js").Outcome} Outcome
 */

import { NotSent } from "../shared/wire.js";

/** How long a fact waits for the connection before the operator is told that it was not taken. */
export const UNSENT_MS = 10_000;

/** Keeps the order of facts in memory, and nothing else. */
export class Direct {
  /** @type {Promise<any>} */
  #queue = Promise.resolve();

  /**
   * @param {{keep: (message: string, payload: {id: string}, limit: number) => Promise<any>}} wire
   * @param {() => number} now Milliseconds of a clock that never jumps.
   */
  constructor(wire, now) {
    this.wire = wire;
    this.now = now;
  }

  /**
   * Return what came of a fact, once those before it have been answered.
   *
   * @param {Sent["message"]} message
   * @param {any} payload
   * @returns {Promise<Outcome>}
   */
  send(message, payload) {
    const end = this.now() + UNSENT_MS;
    const delivered = this.#queue.then(() => this.#deliver(message, payload, end));
    this.#queue = delivered;
    return delivered;
  }

  /**
   * @param {Sent["message"]} message
   * @param {any} payload
   * @param {number} end
   * @returns {Promise<Outcome>}
   */
  async #deliver(message, payload, end) {
    try {
      const limit = Math.max(0, end - this.now());
      return { is: "answered", answer: await this.wire.keep(message, payload, limit) };
    } catch (error) {
      return { is: "failed", failure: error instanceof NotSent ? "not-sent" : "no-answer" };
    }
  }
}
