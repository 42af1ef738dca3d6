/**
 * The kiosk without its looks: what the scanner and the finger do, and what is answered.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("../shared/types.d.ts").Report} Report
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./state.js").State} State
 */

import { newId } from "../shared/ids.js";
import { Arrivals } from "./arrivals.js";
import { Facts } from "./facts.js";
import { Feed } from "./feed.js";
import { withoutPast } from "./passing.js";
import { Post } from "./post.js";
import { Verdicts } from "./verdicts.js";
import { spaced } from "./why.js";

const TICK_MS = 200;
/** A panel that nobody touches is closed: the next operator is somebody else. */
const PANEL_IDLE_MS = 120_000;

/** Everything that can be done at the kiosk. */
export class Station {
  /**
   * @param {import("./store.js").Store} store
   * @param {{wire: import("../shared/wire.js").Wire, clock: import("../shared/clock.js").Clock,
   *   sounds: {play: (sound: import("./sounds.js").Sound) => void},
   *   outbox: Promise<import("./outbox.js").Outbox | null>, pages?: import("./tabs.js").Tabs}} parts
   * @param {{okMs: number}} settings
   */
  constructor(store, { wire, clock, sounds, outbox, pages }, { okMs }) {
    this.store = store;
    this.wire = wire;
    this.clock = clock;
    this.feed = new Feed(store, wire, clock);
    this.verdicts = new Verdicts(store, { wire, clock, sounds, feed: this.feed }, okMs);
    const arrivals = new Arrivals(store, clock, sounds, (answer, sent) =>
      this.#heard(answer, sent),
    );
    this.post = new Post(wire, outbox, arrivals, pages);
    this.facts = new Facts(this.post, this.verdicts);
  }

  /**
   * Take an answer that the facts of this page do not wait for.
   *
   * @param {Answer} answer
   * @param {Sent | null} sent
   */
  #heard(answer, sent) {
    this.verdicts.answered(answer, sent);
    this.facts.answered(answer, sent);
  }

  /** Connect, and let what has its time go by. */
  start() {
    this.wire.on("answer", (answer) => this.#heard(answer, null));
    setInterval(() => this.#tick(), TICK_MS);
    this.post.start();
    this.feed.open();
  }

  #tick() {
    const isIdle = performance.now() - this.verdicts.touchedAt > PANEL_IDLE_MS;
    this.store.put(withoutPast(this.store.state, this.clock.now(), isIdle));
    this.feed.show();
  }

  /** A finger has touched the screen somewhere. */
  touched() {
    this.verdicts.touched();
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
    if (this.wire.connected || !this.verdicts.openHere(operation)) {
      this.facts.scan(spaced(operation), { typed: true, touched: true });
    }
  }

  /** @param {boolean} reading Whether somebody reads what is kept. */
  setReading(reading) {
    this.store.change({ reading });
  }

  /** Somebody has seen what was refused. */
  seen() {
    this.post.seen(this.store.state.kept.refused);
    this.store.change({ reading: false });
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
}
