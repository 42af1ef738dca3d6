/**
 * Sending what is kept on this device: in its order, one after the other, each forgotten when it
 * was answered, however many reloads later.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./keeping.js").Entry} Entry
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./waiting.js").Waiting} Waiting
 *
 * @typedef {object} Around What is around a drain.
 * @property {(entry: Entry, answer: Answer) => void} drained Nobody waited for it any more.
 * @property {(answer: Answer, sent: Sent) => void} recalled The operator still stands before it.
 * @property {() => void} emptied Nothing is kept any more.
 * @property {(answer: Answer) => Promise<void>} settled One more is answered and forgotten.
 * @property {(work: () => Promise<void>) => Promise<void>} turn Runs what only one page of a
 *   station may do at a time.
 */

import { numberOf } from "./bands.js";
import { isTaken, meaningOf, pauseMs, payloadOf, refusedOf } from "./keeping.js";

/** How long an attempt may take; an operator who waits as long is told that it is kept. */
export const ATTEMPT_MS = 4000;

/** Sends what is kept whenever the server is there. */
export class Drain {
  #isSending = false;
  #attempts = 0;
  #failures = 0;

  /**
   * @param {any} wire
   * @param {Promise<Outbox | null>} opening Null where nothing can be kept.
   * @param {Waiting} waiting
   * @param {Around} around
   */
  constructor(wire, opening, waiting, around) {
    this.wire = wire;
    this.opening = opening;
    this.waiting = waiting;
    this.around = around;
  }

  /** Send what is kept, unless that is being done already. */
  async stir() {
    const outbox = await this.opening;
    if (!outbox || this.#isSending || !this.wire.connected) {
      return;
    }
    this.#isSending = true;
    try {
      await this.around.turn(() => this.#drain(outbox));
    } catch {
      this.#attempts += 1;
    }
    this.#isSending = false;
    if (this.#attempts > 0) {
      setTimeout(() => this.stir(), pauseMs(this.#attempts));
    } else if ((await outbox.count().catch(() => null))?.unsent) {
      // It was kept while the last one was being answered.
      this.stir();
    }
  }

  /** @param {Outbox} outbox */
  async #drain(outbox) {
    for (let entry = await outbox.oldest(); entry; entry = await outbox.oldest()) {
      if (!this.wire.connected || !(await this.#deliver(outbox, entry))) {
        return;
      }
    }
    this.around.emptied();
  }

  /**
   * Ask for the answer to one fact; tell whether there is one.
   *
   * @param {Outbox} outbox
   * @param {Entry} entry
   */
  async #deliver(outbox, entry) {
    const payload = payloadOf(entry, this.waiting.isLate(entry.id));
    const said = await this.wire.ask(entry.message, payload, ATTEMPT_MS).catch(() => null);
    this.#attempts += 1;
    this.#failures += said?.code === "failed" ? 1 : 0;
    const meaning = meaningOf(said, this.#failures);
    if (meaning === "shut") {
      this.waiting.keepAll();
    }
    if (meaning !== "answer") {
      return false;
    }
    this.#attempts = 0;
    this.#failures = 0;
    await this.#settle(outbox, entry, payload, said);
    return true;
  }

  /**
   * @param {Outbox} outbox
   * @param {Entry} entry
   * @param {any} payload
   * @param {Answer} answer
   */
  async #settle(outbox, entry, payload, answer) {
    const { id, message, judged } = entry;
    const isSeen = this.waiting.isSeen(id);
    const isLoud = !isSeen && !judged && !isTaken(answer);
    const read = numberOf({ message, payload: entry.payload });
    const refused = isLoud ? refusedOf(entry, answer, read) : null;
    if (!(await outbox.settle(entry, payload, answer, refused))) {
      // It goes out again under another id, for nobody who waits.
      this.waiting.drop(id);
      return;
    }
    const isLate = this.waiting.isLate(id);
    const sent = this.waiting.answer(id, answer);
    await this.around.settled(answer);
    if (!sent || !isSeen) {
      this.around.drained(entry, answer);
    } else if (isLate) {
      this.around.recalled(answer, sent);
    }
  }
}
