/**
 * What the kiosk knows once a fact is kept and nobody has answered it. Pure.
 *
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./state.js").State} State
 */

import { keptBand } from "./bands.js";

/**
 * Return the state after a fact was kept: a badge holds here, a report is done with.
 *
 * @param {State} state
 * @param {Sent} sent
 * @param {import("./codes.js").Reading | null} reading
 * @param {number} now
 * @param {number} okMs
 * @returns {State}
 */
export function withKept(state, sent, reading, now, okMs) {
  const { about } = state;
  const badge = reading?.kind === "badge" ? reading.badge : "";
  const name = badge && (about.people[badge] ?? badge);
  const until = new Date(now + about.badge_seconds * 1000).toISOString();
  const operator = badge ? { badge, name, until, kept: true } : state.operator;
  const isReport = sent.message === "report";
  const needsBadge = sent.message === "scan" && !operator;
  return {
    ...state,
    band: keptBand(sent, reading, { until: now + 2 * okMs, needsBadge, name }),
    operator,
    signedAt: badge ? now : state.signedAt,
    opened: isReport ? null : state.opened,
    typing: false,
    reading: false,
  };
}
