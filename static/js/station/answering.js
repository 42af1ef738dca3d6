/**
 * What an answer makes of the state: the verdict, what can be taken back, who is signed in. Pure.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("./state.js").Band} Band
 * @typedef {import("./state.js").Opened} Opened
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Undo} Undo
 */

import { answerWords, takenWord } from "../shared/answers.js";
import { signedSince } from "./state.js";

/**
 * Return the state after an answer; `sent` is what it answers, null when another device asked.
 *
 * @param {State} state
 * @param {Answer} answer
 * @param {{sent: Sent | null, now: number, okMs: number, callMs: number}} context
 * @returns {State}
 */
export function withAnswer(state, answer, { sent, now, okMs, callMs }) {
  const { word, sentence } = answerWords(answer);
  const operator = operatorAfter(state, answer, sent);
  const stays = { ok: now + okMs, look: now + 2 * okMs, refused: null, call: now + callMs };
  /** @type {Band} */
  const band = {
    tone: answer.verdict,
    code: answer.code,
    word,
    sentence,
    number: answer.number,
    insist: insistable(answer, sent),
    until: stays[answer.verdict],
    id: answer.id,
  };
  return {
    ...state,
    // A panel that was opened by touch is its own answer.
    band: sent?.touched && answer.panel ? null : band,
    operator,
    signedAt: signedSince(state, operator, now),
    undo: undoAfter(state.undo, answer, now),
    opened: openedAfter(state.opened, answer, sent),
    typing: false,
    reading: false,
  };
}

/**
 * Return what can be sent again: one's own fact, or the scan of the scanner beside this screen.
 *
 * @param {import("../shared/types.d.ts").Overheard} answer
 * @param {Sent | null} sent
 * @returns {Sent | null}
 */
function insistable({ id, may_insist, scan }, sent) {
  if (!may_insist) {
    return null;
  }
  return sent ?? (scan ? { message: "scan", payload: { id, ...scan } } : null);
}

/**
 * Return who is signed in: a badge that only this page has read holds until it has done something.
 *
 * @param {State} state
 * @param {Answer} answer
 * @param {Sent | null} sent
 */
function operatorAfter({ operator }, answer, sent) {
  if (!operator?.kept || !sent?.stated || answer.code === "unknown-badge") {
    return answer.operator;
  }
  const isOpen = answer.operator !== null || answer.code === "badge";
  return isOpen ? operator : null;
}

/**
 * @param {Undo | null} undo
 * @param {Answer} answer
 * @param {number} now
 * @returns {Undo | null}
 */
function undoAfter(undo, answer, now) {
  if (answer.undo_until) {
    const until = Date.parse(answer.undo_until);
    return { id: answer.id, word: takenWord(answer.code, answer.details), from: now, until };
  }
  const over = answer.code === "undone" || answer.code === "undo-too-late";
  return over ? null : undo;
}

/**
 * @param {Opened | null} opened
 * @param {Answer} answer
 * @param {Sent | null} sent
 * @returns {Opened | null}
 */
function openedAfter(opened, answer, sent) {
  if (answer.panel) {
    return { panel: answer.panel, id: answer.id };
  }
  const taken = answer.verdict === "ok" || answer.verdict === "look";
  const other = sent?.message === "scan" && answer.code !== "badge";
  return taken && (other || sent?.message === "report") ? null : opened;
}
