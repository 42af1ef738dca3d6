/**
 * Taking facts to the server: each is kept on this device first, then sent in its order, and
 * forgotten when it was answered, however many reloads later.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./keeping.js").Entry} Entry
 * @typedef {import("./keeping.js").Made} Made
 * @typedef {import("./keeping.js").Refused} Refused
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {"not-sent" | "no-answer"} Failure
 *
 * @typedef {{is: "answered", answer: Answer} | {is: "kept"}
 *   | {is: "failed", failure: Failure}} Outcome What the operator is told of a fact.
 *
 * @typedef {{unsent: number, since: string | null, refused: Refused[]}} Kept What is kept now.
 *
 * @typedef {object} Reader Who hears what came of facts when nobody waited for them any more.
 * @property {(able: boolean) => void} able Whether anything can be kept here.
 * @property {(kept: Kept) => void} counted
 * @property {(answer: Answer, sent: Sent) => void} recalled The operator still stands before it.
 * @property {(entry: Entry, answer: Answer) => void} drained
 * @property {() => void} emptied Nothing is kept any more.
 */

import { numberOf } from "./bands.js";
import { Direct } from "./direct.js";
import { entryOf, isTaken, meaningOf, pauseMs, payloadOf, refusedOf } from "./keeping.js";
import { Waiting } from "./waiting.js";

/** How long an attempt may take; an operator who waits as long is told that it is kept. */
export const ATTEMPT_MS = 4000;
/**
 * Return the outbox; raise where there is none.
 *
 * @param {Outbox | null} outbox
 */
function must(outbox) {
  if (!outbox) {
    throw new TypeError("nothing can be kept here");
  }
  return outbox;
}

/** Keeps facts, and sends what is kept whenever the server is there. */
export class Post {
  #isSending = false;
  #attempts = 0;
  #failures = 0;

  /**
   * @param {any} wire
   * @param {Promise<Outbox | null>} opening Null where nothing can be kept.
   * @param {Reader} reader
   * @param {{now?: () => number, today?: () => number, channel?: BroadcastChannel,
   *   turn?: (work: () => Promise<void>) => Promise<void>}} [parts] `turn`: runs what only one
   *   page of a station may do at a time; `channel`: where these pages tell each other of it.
   */
  constructor(wire, opening, reader, { now, today, channel, turn } = {}) {
    this.wire = wire;
    this.opening = opening;
    this.reader = reader;
    this.now = now ?? (() => performance.now());
    this.today = today ?? Date.now;
    this.turn = turn ?? ((work) => work());
    this.channel = channel ?? null;
    this.waiting = new Waiting(this.now);
    this.direct = new Direct(wire, this.now);
  }

  /** Send what an earlier page has left, whenever there is a connection. */
  async start() {
    this.wire.on("connect", () => this.stir());
    this.wire.on("disconnect", () => this.waiting.keepAll());
    if (this.channel) {
      this.channel.onmessage = ({ data }) => this.#overheard(data);
    }
    this.reader.able((await this.opening) !== null);
    await this.recount();
    this.stir();
  }

  /**
   * Return what the operator is told of a fact: its answer, or that it is kept.
   *
   * @param {Sent} sent
   * @param {Made} made
   * @returns {Promise<Outcome>}
   */
  async take(sent, made) {
    const outbox = await this.opening;
    const entry = entryOf(sent, made, this.today());
    const badge = made.reading?.kind === "badge" ? made.reading.badge : "";
    // Before it is written: what is sent already may look for the next one at any moment.
    const told = this.waiting.add(sent);
    try {
      await must(outbox).add(entry, badge);
    } catch {
      this.waiting.drop(entry.id);
      this.reader.able(false);
      return this.direct.send(sent.message, payloadOf(entry, false));
    }
    this.reader.able(true);
    this.waiting.safe(entry.id);
    this.recount();
    this.#begin(entry.id);
    return told;
  }

  /** @param {string} id */
  #begin(id) {
    if (this.wire.connected) {
      setTimeout(() => this.waiting.keep(id), ATTEMPT_MS);
      this.stir();
    } else {
      this.waiting.keep(id);
    }
  }

  /** Look what is kept, as it is after what another page may have done. */
  async recount() {
    const outbox = await this.opening;
    const kept = await outbox?.count().catch(() => null);
    if (kept) {
      this.reader.counted(kept);
    }
  }

  /**
   * Somebody has seen what was refused.
   *
   * @param {Refused[]} refused
   */
  async seen(refused) {
    const outbox = await this.opening;
    await outbox?.seen(refused).catch(() => {});
    this.channel?.postMessage(null);
    await this.recount();
  }

  /**
   * Hear from another page of this station what it has sent, or that somebody has looked there.
   *
   * @param {Answer | null} answer
   */
  #overheard(answer) {
    if (answer) {
      this.waiting.answer(answer.id, answer);
    }
    this.recount();
  }

  /** Send what is kept, unless that is being done already. */
  async stir() {
    const outbox = await this.opening;
    if (!outbox || this.#isSending || !this.wire.connected) {
      return;
    }
    this.#isSending = true;
    try {
      await this.turn(() => this.#drain(outbox));
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
    this.reader.emptied();
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
    this.channel?.postMessage(answer);
    await this.recount();
    if (!sent || !isSeen) {
      this.reader.drained(entry, answer);
    } else if (isLate) {
      this.reader.recalled(answer, sent);
    }
  }
}
