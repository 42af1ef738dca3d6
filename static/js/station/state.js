/**
 * What the kiosk knows, as one value, and how it changes. Pure; station.js does what has effects.
 *
 * @typedef {import("../shared/types.d.ts").List} List
 * @typedef {import("../shared/types.d.ts").ListDelta} ListDelta
 * @typedef {import("../shared/types.d.ts").Panel} Panel
 * @typedef {import("../shared/types.d.ts").Reasons} Reasons
 * @typedef {import("../shared/types.d.ts").SignedIn} SignedIn
 * @typedef {import("../shared/types.d.ts").Snapshot} Snapshot
 * @typedef {import("../shared/list.js").Mark} Mark
 *
 * @typedef {{message: "scan" | "report" | "undo", payload: any, touched?: boolean,
 *   stated?: boolean}} Sent A fact of this screen; `touched`: a scan that is really a finger on a
 *   running operation; `stated`: it says itself whose badge was read for it.
 * @typedef {"ok" | "look" | "refused" | "call" | "sending" | "repeat" | "kept"} Tone
 *
 * @typedef {object} Band
 * @property {Tone} tone
 * @property {string} code
 * @property {string} word
 * @property {string} sentence
 * @property {string} number
 * @property {Sent | null} insist What is sent again when the operator insists.
 * @property {number | null} until When it goes by itself, on the server's clock.
 * @property {string} id Of the answer; two verdicts are never the same.
 *
 * @typedef {{station: string, work_center: string, description: string, plant: string,
 *   people: Record<string, string>, reasons: Reasons,
 *   badge_seconds: number}} About
 * @typedef {{id: string, word: string, from: number, until: number}} Undo
 * @typedef {{panel: Panel, id: string}} Opened
 * @typedef {Mark & {until: number}} Shown
 * @typedef {SignedIn & {kept?: boolean}} Operator `kept`: the server has not seen the badge yet.
 *
 * @typedef {object} Kept What waits on this device for the server, and what came of it.
 * @property {boolean} able Whether anything can be kept here.
 * @property {boolean} opens Whether this page opens without the server.
 * @property {number} unsent
 * @property {string | null} since When the oldest of them was made, by this device's clock.
 * @property {number} sent How many were sent since the server is back.
 * @property {number | null} until When that needs no mention any more, on the server's clock.
 * @property {import("./keeping.js").Refused[]} refused What nobody has seen yet.
 *
 * @typedef {object} State
 * @property {"loading" | "ready" | "shut"} phase `shut`: the server knows this station no more.
 * @property {boolean} connected
 * @property {boolean} listening The page gets what the scanner types.
 * @property {boolean} audible
 * @property {About} about
 * @property {List | null} live What the server has told.
 * @property {List | null} shown What is painted: it waits while a finger is on the list.
 * @property {Map<string, Shown>} marks
 * @property {number | null} listedAt When the painted list was told.
 * @property {Operator | null} operator
 * @property {number} signedAt When the operator's ring began to run.
 * @property {Band | null} band
 * @property {Undo | null} undo
 * @property {Opened | null} opened
 * @property {boolean} typing
 * @property {Kept} kept
 * @property {boolean} reading Somebody reads what is kept.
 */

import { applyDelta, listOf, marks } from "../shared/list.js";

/** How long a badge holds, until a plant has said it. */
const BADGE_SECONDS = 60;
/** How long a row says that it was moved. */
export const MARKED_MS = 60_000;

/**
 * Return the state of a page that has just been loaded.
 *
 * @param {string} station
 * @returns {State}
 */
export function firstState(station) {
  const reasons = { scrap: [], rework: [], pause: [] };
  return {
    phase: "loading",
    connected: false,
    listening: true,
    audible: true,
    about: {
      station,
      work_center: station,
      description: "",
      plant: "",
      people: {},
      reasons,
      badge_seconds: BADGE_SECONDS,
    },
    live: null,
    shown: null,
    marks: new Map(),
    listedAt: null,
    operator: null,
    signedAt: 0,
    band: null,
    undo: null,
    opened: null,
    typing: false,
    kept: { able: true, opens: false, unsent: 0, since: null, sent: 0, until: null, refused: [] },
    reading: false,
  };
}

/**
 * @param {State} state
 * @param {Snapshot} snapshot
 * @returns {State}
 */
export function withSnapshot(state, snapshot) {
  const { station, work_center, description, plant, people, reasons, badge_seconds } = snapshot;
  const about = { station, work_center, description, plant, people, reasons, badge_seconds };
  // The server cannot know a badge that was read while it was away.
  const operator = snapshot.operator ?? (state.operator?.kept ? state.operator : null);
  const signedAt = signedSince(state, operator, Date.parse(snapshot.now));
  return { ...state, phase: "ready", about, operator, signedAt, live: listOf(snapshot) };
}

/**
 * Return since when somebody is signed in: a new badge scan begins anew.
 *
 * @param {State} state
 * @param {SignedIn | null} operator
 * @param {number} now
 */
export function signedSince(state, operator, now) {
  return operator?.until === state.operator?.until ? state.signedAt : now;
}

/**
 * Return the state after a delta, or null when one before it is missing.
 *
 * @param {State} state
 * @param {ListDelta} delta
 * @returns {State | null}
 */
export function withDelta(state, delta) {
  const live = state.live && applyDelta(state.live, delta);
  return live && { ...state, live };
}

/**
 * Return the state that paints what the server has told, with a mark on what has moved.
 *
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function withShown(state, now) {
  const { live, shown } = state;
  if (!live || live === shown) {
    return state;
  }
  const kept = new Map([...state.marks].filter(([, mark]) => mark.until > now));
  for (const [operation, mark] of shown ? marks(shown, live) : []) {
    kept.set(operation, { ...mark, until: now + MARKED_MS });
  }
  return { ...state, shown: live, marks: kept, listedAt: now };
}

/**
 * Return the state without the marks that have been seen for long enough.
 *
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function withoutOldMarks(state, now) {
  const left = [...state.marks].filter(([, mark]) => mark.until > now);
  return left.length === state.marks.size ? state : { ...state, marks: new Map(left) };
}
