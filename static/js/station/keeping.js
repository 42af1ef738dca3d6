/**
 * What is kept on this device until the server has answered it, as values. Pure; outbox.js keeps.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("../shared/types.d.ts").Details} Details
 * @typedef {import("./codes.js").Reading} Reading
 * @typedef {import("./state.js").Sent} Sent
 *
 * @typedef {object} Entry A fact on its way.
 * @property {number} [seq] Its place in the order; the outbox gives it.
 * @property {string} id
 * @property {Sent["message"]} message
 * @property {any} payload
 * @property {string} at When it was made, by this device's clock.
 * @property {string} operator The badge that was read for it, "" when none was.
 * @property {boolean} stated The server cannot know that badge: it was read while it was away.
 * @property {boolean} judged The page itself has refused it, and has said so.
 *
 * @typedef {object} Refused What came back refused after the operator had gone.
 * @property {number} [seq]
 * @property {string} id
 * @property {string} number
 * @property {string} code
 * @property {Details} details
 * @property {string} at When it was made.
 *
 * @typedef {{operator: string, stated: boolean, reading: Reading | null}} Made How a fact was made.
 */

/** How long a code waits for the badge that it needs. */
export const BADGE_MS = 20_000;
/** So often the server may fail on a fact before those behind it go on. */
export const MOST_FAILURES = 5;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Return a fact as it is kept.
 *
 * @param {Sent} sent
 * @param {Made} made
 * @param {number} now Milliseconds of this device's clock.
 * @returns {Entry}
 */
export function entryOf({ message, payload }, { operator, stated, reading }, now) {
  return {
    id: payload.id,
    message,
    payload,
    at: new Date(now).toISOString(),
    operator,
    stated,
    judged: reading?.kind === "refused",
  };
}

/**
 * Return what is sent; what comes late says when it was made, and whose badge was read for it.
 *
 * @param {Entry} entry
 * @param {boolean} late
 */
export function payloadOf({ message, payload, at, operator, stated }, late) {
  const says = (late || stated) && message !== "undo";
  return { ...payload, ...(says ? { operator } : {}), ...(late ? { at } : {}) };
}

/**
 * Return the last entry with the badge that was read right after it, null when it needs none.
 *
 * @param {Entry | null} last
 * @param {string} badge
 * @param {number} now
 * @returns {Entry | null}
 */
export function adopting(last, badge, now) {
  if (!last || last.operator || last.judged || last.message === "undo") {
    return null;
  }
  const waited = now - Date.parse(last.at);
  return waited >= 0 && waited < BADGE_MS ? { ...last, operator: badge } : null;
}

/**
 * Tell whether an entry has to go out again, because its badge was read after it was sent.
 *
 * @param {Entry} now As it is kept.
 * @param {any} payload As it was sent.
 * @param {Answer} answer
 */
export function hasBadgeNow(now, payload, answer) {
  return answer.code === "badge-needed" && payload.operator === "" && now.operator !== "";
}

/**
 * Return an entry as a new attempt, in its old place.
 *
 * @param {Entry} entry
 * @param {string} id
 * @returns {Entry}
 */
export function renewed(entry, id) {
  return { ...entry, id, payload: { ...entry.payload, id } };
}

/**
 * Tell what an acknowledgement means: an answer, or that it has to be asked for again.
 *
 * @param {any} said
 * @param {number} failures How often the server has failed on this fact, this time included.
 * @returns {"answer" | "again" | "shut"}
 */
export function meaningOf(said, failures) {
  if (said?.code === "not-allowed") {
    return "shut";
  }
  if (typeof said?.verdict !== "string" || said.code === "store-away") {
    return "again";
  }
  return said.code === "failed" && failures < MOST_FAILURES ? "again" : "answer";
}

/** @param {Answer} answer */
export const isTaken = ({ verdict }) => verdict === "ok" || verdict === "look";

/**
 * Return what has to be said of a fact that was refused when nobody stood there any more.
 *
 * @param {Entry} entry
 * @param {Answer} answer
 * @param {string} read What was read; a server that failed does not say it.
 * @returns {Refused}
 */
export function refusedOf({ id, at }, { code, details, number }, read) {
  return { id, number: number || read, code, details, at };
}

/**
 * Return how long to wait after so many attempts in a row that came to nothing.
 *
 * @param {number} attempts
 */
export function pauseMs(attempts) {
  return Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(attempts, 10));
}
