/** Sends a person's moves of a list one after the other, each on the version it was made on. */

import { post, Refusal } from "./api.js";
import { listAddress } from "./parts.js";

/** @typedef {import("./sequence.js").Move} Move */
/** @typedef {{version: number, changes: import("./types.js").Resequence[]}} Conflict */

/**
 * @typedef {object} Outcome What a sender tells the screen.
 * @property {(version: number) => void} taken
 * @property {(conflict: Conflict, repeat: () => void) => void} conflict
 * @property {(error: unknown) => void} failed
 */

/** @param {string} workCenter */
export function listApi(workCenter) {
  return listAddress(workCenter).replace("/desk/", "/desk/api/");
}

const MOST_TRIES = 3;

export class Sender {
  /**
   * @param {string} address
   * @param {Outcome} outcome
   * @param {(address: string, body: object) => Promise<any>} [send]
   */
  constructor(address, outcome, send = post) {
    this.address = address;
    this.outcome = outcome;
    this.send = send;
    /** @type {Promise<void>} */
    this.last = Promise.resolve();
    this.version = 0;
  }

  /**
   * Send an action that was made on a version; it waits for the one before it.
   * @param {"move" | "accept" | "undo"} action
   * @param {object} body
   * @param {number} version The version that the person saw.
   */
  act(action, body, version) {
    this.last = this.last.then(() => this.#attempt(action, body, Math.max(version, this.version)));
    return this.last;
  }

  /**
   * @param {"move" | "accept" | "undo"} action
   * @param {object} body
   * @param {number} version
   * @param {number} [tries]
   */
  async #attempt(action, body, version, tries = 1) {
    try {
      const answer = await this.send(`${this.address}/${action}`, { ...body, version });
      this.version = answer.version;
      this.outcome.taken(answer.version);
    } catch (error) {
      await this.#refused(action, body, error, tries);
    }
  }

  /**
   * @param {"move" | "accept" | "undo"} action
   * @param {object} body
   * @param {unknown} error
   * @param {number} tries
   */
  async #refused(action, body, error, tries) {
    if (!(error instanceof Refusal) || error.code !== "list-changed") {
      this.outcome.failed(error);
      return;
    }
    const conflict = /** @type {Conflict} */ (error.details);
    if (conflict.changes.length === 0 && tries < MOST_TRIES) {
      // Rows only came or went: nobody moved anything, so the move means what it meant.
      await this.#attempt(action, body, conflict.version, tries + 1);
      return;
    }
    this.outcome.conflict(conflict, () => this.act(action, body, conflict.version));
  }
}
