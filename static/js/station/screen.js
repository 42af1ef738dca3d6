/**
 * The last list that this device has shown, for a page that is opened while the server is away.
 *
 * It is a picture to work from, not a promise: it may be lost, and is replaced by the next list.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {{about: State["about"], live: NonNullable<State["live"]>, at: number}} Screen
 */

/** @param {string} station */
const keyOf = (station) => `floorline-screen-1-${station}`;

/**
 * Keep what is known of a list, and when it was.
 *
 * @param {State} state
 * @param {number} at
 */
export function keepScreen({ about, live }, at) {
  try {
    localStorage.setItem(keyOf(about.station), JSON.stringify({ about, live, at }));
  } catch {
    // A page without a list is better than none.
  }
}

/**
 * Return what was kept for a station, if anything was.
 *
 * @param {string} station
 * @returns {Screen | null}
 */
export function keptScreen(station) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(station)) ?? "null");
  } catch {
    return null;
  }
}

/**
 * Return the state of a page that was opened while the server is away.
 *
 * @param {State} state
 * @param {Screen | null} screen
 * @returns {State}
 */
export function withScreen(state, screen) {
  if (!screen || state.live) {
    return state;
  }
  const { about, live, at } = screen;
  return { ...state, phase: "ready", about, live, shown: live, listedAt: at };
}
