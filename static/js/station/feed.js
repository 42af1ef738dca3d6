/**
 * Following the server: the connection, the snapshot, the deltas, and when they may be painted.
 *
 * @typedef {import("../shared/types.d.ts").ListDelta} ListDelta
 * @typedef {import("../shared/wire.js").Wire} Wire
 * @typedef {import("../shared/clock.js").Clock} Clock
 * @typedef {import("./store.js").Store} Store
 */

import { Hold } from "./hold.js";
import { keepScreen, keptScreen, withScreen } from "./screen.js";
import { withDelta, withShown, withSnapshot } from "./state.js";

const AGAIN_MS = 1000;

/** Keeps the list as the server has it, and the painted one still under a finger. */
export class Feed {
  /**
   * @param {Store} store
   * @param {Wire} wire
   * @param {Clock} clock
   */
  constructor(store, wire, clock) {
    this.store = store;
    this.wire = wire;
    this.clock = clock;
    this.hold = new Hold();
    /** @type {ListDelta[] | null} What came while a snapshot was asked for. */
    this.ahead = null;
    this.seenVersion = 0;
  }

  /** Listen, then connect. */
  open() {
    this.wire.on("connect", () => {
      this.store.change({ connected: true });
      this.refresh();
    });
    this.wire.on("disconnect", (reason) => this.#lost(reason));
    this.wire.on("connect_error", (error) => this.#refused(error));
    this.wire.on("delta", (delta) => this.told(delta));
    this.wire.on(
      "notice",
      ({ code }) => code === "revoked" && this.store.change({ phase: "shut" }),
    );
    this.wire.open();
  }

  /** Ask for all that the screen needs; deltas that come meanwhile are applied after it. */
  async refresh() {
    if (this.ahead) {
      return;
    }
    this.ahead = [];
    const snapshot = await this.wire.ask("snapshot", {}).catch(() => null);
    const ahead = this.ahead;
    this.ahead = null;
    if (!snapshot?.rows) {
      setTimeout(() => this.wire.connected && this.refresh(), AGAIN_MS);
      return;
    }
    this.clock.follow(snapshot.now);
    this.seenVersion = 0;
    this.store.put(withSnapshot(this.store.state, snapshot));
    keepScreen(this.store.state, this.clock.now());
    this.show();
    for (const delta of ahead) {
      this.told(delta);
    }
  }

  /** @param {ListDelta} delta */
  told(delta) {
    if (this.ahead) {
      this.ahead.push(delta);
      return;
    }
    const next = withDelta(this.store.state, delta);
    if (!next) {
      this.refresh();
      return;
    }
    this.store.put(next);
    keepScreen(next, this.clock.now());
    this.show();
  }

  /** @param {string} reason */
  #lost(reason) {
    this.store.change({ connected: false });
    // The client comes back by itself, unless it was the server that hung up.
    if (reason === "io server disconnect") {
      setTimeout(() => this.store.state.phase !== "shut" && this.wire.open(), AGAIN_MS);
    }
  }

  /** @param {Error} error */
  #refused(error) {
    const shut = error.message === "not-allowed";
    this.store.change(shut ? { phase: "shut", connected: false } : { connected: false });
    if (!shut) {
      const { state } = this.store;
      this.store.put(withScreen(state, keptScreen(state.about.station)));
    }
  }

  /** Paint what the server has told, unless a finger is on the list. */
  show() {
    const { state } = this.store;
    if (state.shown === null || this.hold.rest(performance.now()) === 0) {
      this.store.put(withShown(state, this.clock.now()));
    }
  }

  /** Paint it now: the operator asked, or has done something. */
  showNow() {
    this.hold.release();
    this.show();
  }

  /**
   * Tell the server which version the operator has before him.
   *
   * @param {number} version
   */
  painted(version) {
    if (!this.wire.connected || version === this.seenVersion) {
      return;
    }
    this.seenVersion = version;
    this.wire.ask("seen", { version }).catch(() => {
      this.seenVersion = 0;
    });
  }
}
