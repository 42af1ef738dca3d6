/**
 * What a dispatch list shows while deltas arrive and a person moves rows: values in, values out.
 *
 * @typedef {import("./types.js").List} List
 * @typedef {import("./types.js").ListDelta} ListDelta
 * @typedef {import("./types.js").Row} Row
 *
 * @typedef {object} ListState
 * @property {List} list What the server said last.
 * @property {ListDelta[] | null} waiting Deltas kept back while a row is under the hand.
 * @property {{order: string[], version: number | null} | null} wish The order a person wants; the
 *   version is known once the server has taken it.
 * @property {boolean} lost A delta is missing: only a snapshot helps.
 * @property {ReadonlySet<string>} flashing Rows that somebody else has moved, or that are new.
 */

import { applyDelta, listOf, marks } from "../shared/list.js";
import { arranged } from "./sequence.js";

/**
 * @param {List} snapshot
 * @returns {ListState}
 */
export function begun(snapshot) {
  return {
    list: listOf(snapshot),
    waiting: null,
    wish: null,
    lost: false,
    flashing: new Set(),
  };
}

/**
 * Take a snapshot; what a person is doing meanwhile stays.
 * @param {ListState} state
 * @param {List} snapshot
 * @returns {ListState}
 */
export function resynced(state, snapshot) {
  return settled({ ...state, list: listOf(snapshot), lost: false });
}

/**
 * Take a delta, or keep it back while a row is under the hand.
 * @param {ListState} state
 * @param {ListDelta} delta
 * @param {string} me Whose moves need no flash.
 * @returns {ListState}
 */
export function told(state, delta, me) {
  if (state.waiting !== null) {
    return { ...state, waiting: [...state.waiting, delta] };
  }
  const list = applyDelta(state.list, delta);
  if (list === null) {
    return { ...state, lost: true };
  }
  if (list === state.list) {
    return state;
  }
  const flashing = new Set(
    [...marks(state.list, list)]
      .filter(([, mark]) => mark.kind === "new" || mark.by.by !== me)
      .map(([operation]) => operation),
  );
  return settled({ ...state, list, flashing });
}

/**
 * Forget a wish that the list has come up to.
 * @param {ListState} state
 * @returns {ListState}
 */
function settled(state) {
  const { wish, list } = state;
  const reached = wish !== null && wish.version !== null && list.version >= wish.version;
  return reached ? { ...state, wish: null } : state;
}

/**
 * A row was taken into the hand: nothing moves until it is dropped.
 * @param {ListState} state
 * @returns {ListState}
 */
export function grabbed(state) {
  return { ...state, waiting: state.waiting ?? [] };
}

/**
 * The row was dropped: what was kept back is told now.
 * @param {ListState} state
 * @param {string} me
 * @returns {ListState}
 */
export function dropped(state, me) {
  /** @type {ListState} */
  let now = { ...state, waiting: null };
  for (const delta of state.waiting ?? []) {
    now = told(now, delta, me);
  }
  return now;
}

/**
 * Show an order that a person wants, before the server has taken it.
 * @param {ListState} state
 * @param {string[]} order
 * @returns {ListState}
 */
export function wished(state, order) {
  return { ...state, wish: { order, version: null } };
}

/**
 * The server has taken the wish: the list has it from that version on.
 * @param {ListState} state
 * @param {number} version
 * @returns {ListState}
 */
export function taken(state, version) {
  return state.wish === null ? state : settled({ ...state, wish: { ...state.wish, version } });
}

/**
 * The wish came to nothing.
 * @param {ListState} state
 * @returns {ListState}
 */
export function unwished(state) {
  return { ...state, wish: null };
}

/**
 * Return the rows as they are to be shown.
 * @param {ListState} state
 * @returns {Row[]}
 */
export function shownRows(state) {
  return arranged(state.list.rows, state.wish?.order ?? null);
}
