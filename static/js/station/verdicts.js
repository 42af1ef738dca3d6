/**
 * What the operator is told: the verdict of every scan and touch, seen and heard.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./state.js").Sent} Sent
 */

import { withAnswer } from "./answering.js";
import { failedBand, judgedBand, repeatBand, sendingBand } from "./bands.js";
import { BADGE_MS } from "./keeping.js";
import { withKept } from "./kept.js";
import { panelOf } from "./panel-now.js";
import { isRunning } from "./why.js";

/** An answer this fast needs no sign before it. */
const PATIENCE_MS = 150;

/** Shows and sounds how facts went; the ears of Facts. */
export class Verdicts {
  /**
   * @param {import("./store.js").Store} store
   * @param {{wire: import("../shared/wire.js").Wire, clock: import("../shared/clock.js").Clock,
   *   sounds: {play: (sound: import("./sounds.js").Sound) => void},
   *   feed: import("./feed.js").Feed}} parts
   * @param {number} okMs How long a good verdict stays.
   */
  constructor(store, { wire, clock, sounds, feed }, okMs) {
    this.store = store;
    this.wire = wire;
    this.clock = clock;
    this.sounds = sounds;
    this.feed = feed;
    this.okMs = okMs;
    /** @type {Set<string>} The facts that have no answer yet. */
    this.open = new Set();
    this.touchedAt = 0;
  }

  /** Somebody is there. */
  touched() {
    this.touchedAt = performance.now();
  }

  /** Return who is signed in, as far as this page knows. */
  operator() {
    return this.store.state.operator;
  }

  /** Return how long a badge holds. */
  badgeMs() {
    return this.store.state.about.badge_seconds * 1000;
  }

  /**
   * Open the finish panel from the list alone; tell whether the operation runs here.
   *
   * @param {string} operation
   */
  openHere(operation) {
    const { shown, about } = this.store.state;
    const row = shown?.rows.find((one) => one.operation === operation && isRunning(one));
    if (row) {
      const panel = panelOf(row, about.people);
      this.store.change({ band: null, opened: { panel, id: `${operation} ${Date.now()}` } });
    }
    this.touched();
    return row !== undefined;
  }

  /** @param {Sent} sent */
  sending(sent) {
    const { id } = sent.payload;
    this.open.add(id);
    this.touched();
    const show = () => {
      if (this.open.has(id)) {
        this.store.change({ band: sendingBand(sent, this.wire.connected) });
      }
    };
    setTimeout(show, PATIENCE_MS);
  }

  /**
   * @param {Answer} answer
   * @param {Sent | null} sent
   */
  answered(answer, sent) {
    this.open.delete(sent?.payload.id);
    const now = this.clock.now();
    const context = { sent, now, okMs: this.okMs, callMs: BADGE_MS };
    this.store.put(withAnswer(this.store.state, answer, context));
    if (this.store.state.band) {
      this.sounds.play(answer.verdict);
    }
    this.touched();
    this.feed.showNow();
  }

  /**
   * The server is away: a fact is safe here, or refused by this page itself.
   *
   * @param {Sent} sent
   * @param {import("./codes.js").Reading | null} reading
   */
  kept(sent, reading) {
    this.open.delete(sent.payload.id);
    this.touched();
    if (reading?.kind === "refused") {
      this.store.change({ band: judgedBand(sent, reading), typing: false });
      this.sounds.play("refused");
      return;
    }
    this.sounds.play("ok");
    this.store.put(withKept(this.store.state, sent, reading, this.clock.now(), this.okMs));
    if (reading?.kind === "operation") {
      this.openHere(reading.operation);
    }
  }

  /**
   * @param {import("./post.js").Failure} failure
   * @param {Sent} sent
   */
  failed(failure, sent) {
    this.open.delete(sent.payload.id);
    this.store.change({ band: failedBand(sent, failure) });
    this.sounds.play("refused");
  }

  /** @param {Sent} sent */
  repeated(sent) {
    this.sounds.play("repeat");
    if (!this.store.state.band) {
      this.store.change({ band: repeatBand(sent, this.clock.now() + this.okMs) });
    }
  }
}
