/** Keeps the one state of the page and paints it when it changes. */

/** @typedef {import("./state.js").State} State */

/** The state, for everybody who changes it. */
export class Store {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    /** @type {(state: State) => void} */
    this.paint = () => {};
  }

  /** @param {State} state */
  put(state) {
    if (state !== this.state) {
      this.state = state;
      this.paint(state);
    }
  }

  /** @param {Partial<State>} change */
  change(change) {
    this.put({ ...this.state, ...change });
  }
}
