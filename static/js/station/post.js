/**
 * Taking facts from the operator: each is kept on this device before anything is said of it;
 * drain.js sends what is kept.
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

import { Direct } from "./direct.js";
import { ATTEMPT_MS, Drain } from "./drain.js";
import { entryOf, payloadOf } from "./keeping.js";
import { Waiting } from "./waiting.js";

/** Keeps facts, and sends what is kept whenever the server is there. */
export class Post {
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
    this.channel = channel ?? null;
    this.waiting = new Waiting(this.now);
    this.direct = new Direct(wire, this.now);
    this.drain = new Drain(wire, opening, this.waiting, {
      drained: (entry, answer) => reader.drained(entry, answer),
      emptied: () => reader.emptied(),
      recalled: (answer, sent) => reader.recalled(answer, sent),
      settled: (answer) => this.#settled(answer),
      turn: turn ?? ((work) => work()),
    });
  }

  /** Send what an earlier page has left, whenever there is a connection. */
  async start() {
    this.wire.on("connect", () => this.drain.stir());
    this.wire.on("disconnect", () => this.waiting.keepAll());
    if (this.channel) {
      this.channel.onmessage = ({ data }) => this.#overheard(data);
    }
    this.reader.able((await this.opening) !== null);
    await this.recount();
    this.drain.stir();
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
    const added = outbox?.add(entry, badge).then(() => true) ?? Promise.resolve(false);
    const isKept = await added.catch(() => false);
    this.reader.able(isKept);
    if (!isKept) {
      this.waiting.drop(entry.id);
      return this.direct.send(sent.message, payloadOf(entry, false));
    }
    this.waiting.safe(entry.id);
    this.recount();
    this.#begin(entry.id);
    return told;
  }

  /** @param {string} id */
  #begin(id) {
    if (this.wire.connected) {
      setTimeout(() => this.waiting.keep(id), ATTEMPT_MS);
      this.drain.stir();
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

  /**
   * A fact was answered: other pages of this station hear of it, too.
   *
   * @param {Answer} answer
   */
  async #settled(answer) {
    this.channel?.postMessage(answer);
    await this.recount();
  }
}
