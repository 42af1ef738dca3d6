/**
 * The kiosk without its looks: what the scanner and the finger do, and what is answered.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("../shared/types.d.ts").Report} Report
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./state.js").State} State
 */

import { newId } from "../shared/ids.js";
import { failedBand, repeatBand, sendingBand, withAnswer } from "./answering.js";
import { BADGE_MS, Facts } from "./facts.js";
import { Feed } from "./feed.js";
import { withoutOldMarks } from "./state.js";
import { spaced } from "./why.js";

/** An answer this fast needs no sign before it. */
const PATIENCE_MS = 150;
const TICK_MS = 200;
/** A panel that nobody touches is closed: the next operator is somebody else. */
const PANEL_IDLE_MS = 120_000;

/** Everything that can be done at the kiosk. */
export class Station {
  /**
   * @param {import("./store.js").Store} store
   * @param {{wire: import("../shared/wire.js").Wire, clock: import("../shared/clock.js").Clock,
   *   sounds: {play: (sound: import("./sounds.js").Sound) => void}}} parts
   * @param {{okMs: number}} settings
   */
  constructor(store, { wire, clock, sounds }, { okMs }) {
    this.store = store;
    this.wire = wire;
    this.clock = clock;
    this.sounds = sounds;
    this.okMs = okMs;
    this.feed = new Feed(store, wire, clock);
    this.facts = new Facts(wire, this);
    /** @type {Set<string>} The facts that have no answer yet. */
    this.open = new Set();
    this.touchedAt = 0;
  }

  /** Connect, and let what has its time go by. */
  start() {
    this.wire.on("answer", (answer) => {
      this.answered(answer, null);
      this.facts.answered(answer, null);
    });
    setInterval(() => this.#tick(), TICK_MS);
    this.feed.open();
  }

  #tick() {
    const { state } = this.store;
    const now = this.clock.now();
    const next = withoutOldMarks(state, now);
    const over = this.#over(state, now);
    this.store.put(Object.keys(over).length > 0 ? { ...next, ...over } : next);
    this.feed.show();
  }

  /**
   * @param {State} state
   * @param {number} now
   */
  #over({ band, undo, operator, opened }, now) {
    /** @type {Partial<State>} */
    const over = {};
    if (band?.until && band.until <= now) {
      over.band = null;
    }
    if (undo && undo.until <= now) {
      over.undo = null;
    }
    if (operator && Date.parse(operator.until) <= now) {
      over.operator = null;
    }
    if (opened && performance.now() - this.touchedAt > PANEL_IDLE_MS) {
      over.opened = null;
    }
    return over;
  }

  /** A finger has touched the screen somewhere. */
  touched() {
    this.touchedAt = performance.now();
  }

  /** The operator has read a verdict that stays, or does not want to. */
  dismiss() {
    this.store.change({ band: null });
  }

  /** @param {string} text */
  scan(text) {
    this.facts.scan(text);
  }

  /**
   * Take a number that was typed on the screen.
   *
   * @param {string} text
   */
  type(text) {
    this.store.change({ typing: false });
    this.facts.scan(text, { typed: true });
  }

  /**
   * Open the finish panel of a running operation without its traveler.
   *
   * @param {string} operation
   */
  openPanel(operation) {
    this.facts.scan(spaced(operation), { typed: true, touched: true });
  }

  closePanel() {
    this.store.change({ opened: null });
  }

  /** @param {boolean} typing */
  setTyping(typing) {
    this.store.change({ typing });
  }

  /** @param {Omit<Report, "id">} report */
  report(report) {
    this.facts.send({ message: "report", payload: { id: newId(), ...report } });
  }

  undo() {
    const { undo } = this.store.state;
    if (undo) {
      this.store.change({ undo: null });
      this.facts.send({ message: "undo", payload: { id: newId(), undone: undo.id } });
    }
  }

  insist() {
    const sent = this.store.state.band?.insist;
    if (sent) {
      this.store.change({ band: null });
      this.facts.insist(sent);
    }
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
    setTimeout(show, this.wire.connected ? PATIENCE_MS : 0);
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
   * @param {import("./facts.js").Failure} failure
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
