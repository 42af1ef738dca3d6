/** What goes by itself, once its time is over. Pure. */

import { withoutOldMarks } from "./state.js";

/** @typedef {import("./state.js").State} State */

/**
 * Return the state without what is over; the same one when nothing is.
 *
 * @param {State} state
 * @param {number} now
 * @param {boolean} isIdle Nobody has touched the screen for long.
 * @returns {State}
 */
export function withoutPast(state, now, isIdle) {
  const next = withoutOldMarks(state, now);
  const past = pastOf(state, now, isIdle);
  return Object.keys(past).length > 0 ? { ...next, ...past } : next;
}

/**
 * @param {State} state
 * @param {number} now
 * @param {boolean} isIdle
 */
function pastOf({ band, undo, operator, opened, kept }, now, isIdle) {
  /** @type {Partial<State>} */
  const past = {};
  if (band?.until && band.until <= now) {
    past.band = null;
  }
  if (undo && undo.until <= now) {
    past.undo = null;
  }
  if (operator && Date.parse(operator.until) <= now) {
    past.operator = null;
  }
  if (kept.until && kept.until <= now) {
    past.kept = { ...kept, sent: 0, until: null };
  }
  if (opened && isIdle) {
    past.opened = null;
  }
  return past;
}
