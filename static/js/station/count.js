/**
 * Counting on the finish panel: what has been entered, and what confirming it will do.
 *
 * Nothing here forbids anything: the server judges. This says beforehand what it will make of it.
 *
 * @typedef {import("../shared/types.d.ts").Panel} Panel
 * @typedef {"good" | "scrap" | "rework"} Kind
 * @typedef {object} Count
 * @property {number} good
 * @property {number} scrap
 * @property {number} rework
 * @property {boolean} byHand The good pieces were counted, not filled in.
 * @property {string} scrap_reason
 * @property {string} rework_reason
 *
 * @typedef {object} Outcome
 * @property {"nothing" | "finish" | "report" | "over"} does
 * @property {number} total
 * @property {number} left Pieces that are here and stay unreported; below zero when over.
 * @property {"scrap" | "rework" | null} wants The kind whose reason is missing.
 */

/** The largest number that can be entered for one kind. */
export const HIGHEST = 999_999;

/**
 * Return the count as the panel opens: the rest is good.
 *
 * @param {Panel} panel
 * @returns {Count}
 */
export function firstCount(panel) {
  const none = { scrap: 0, rework: 0, scrap_reason: "", rework_reason: "" };
  return { good: panel.remaining, byHand: false, ...none };
}

/** @param {number} pieces */
const within = (pieces) => Math.min(HIGHEST, Math.max(0, Math.trunc(pieces) || 0));

/**
 * Return the count after one kind was entered; the rest is good until good is counted itself.
 *
 * @param {Count} count
 * @param {Kind} kind
 * @param {number} pieces
 * @param {number} remaining
 * @returns {Count}
 */
export function entered(count, kind, pieces, remaining) {
  const next = { ...count, [kind]: within(pieces) };
  if (kind === "good") {
    return { ...next, byHand: true };
  }
  const rest = within(remaining - next.scrap - next.rework);
  return next.byHand ? next : { ...next, good: rest };
}

/**
 * Return the count after others have reported or parts have come: what is filled in follows.
 *
 * @param {Count} count
 * @param {number} remaining
 * @returns {Count}
 */
export function following(count, remaining) {
  return count.byHand ? count : entered(count, "scrap", count.scrap, remaining);
}

/**
 * Return what confirming the count will do.
 *
 * @param {Count} count
 * @param {{remaining: number, more_will_come: boolean}} panel
 * @returns {Outcome}
 */
export function outcome(count, { remaining, more_will_come }) {
  const total = count.good + count.scrap + count.rework;
  const left = remaining - total;
  return { does: doing(total, left, more_will_come), total, left, wants: wanting(count) };
}

/**
 * @param {number} total
 * @param {number} left
 * @param {boolean} moreWillCome
 * @returns {Outcome["does"]}
 */
function doing(total, left, moreWillCome) {
  if (total === 0) {
    return "nothing";
  }
  if (left < 0) {
    return "over";
  }
  return left === 0 && !moreWillCome ? "finish" : "report";
}

/** @param {Count} count */
function wanting(count) {
  if (count.scrap && !count.scrap_reason) {
    return "scrap";
  }
  return count.rework && !count.rework_reason ? "rework" : null;
}

/**
 * Return what a key of the number pad makes of a number: a digit, `back` or `clear`.
 *
 * @param {number} value
 * @param {string} key
 * @param {boolean} fresh The first key replaces what was filled in.
 */
export function keyed(value, key, fresh) {
  if (key === "clear") {
    return 0;
  }
  if (key === "back") {
    return fresh ? 0 : Math.trunc(value / 10);
  }
  const next = fresh ? Number(key) : value * 10 + Number(key);
  return next > HIGHEST ? value : next;
}
