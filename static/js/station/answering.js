/**
 * What an answer makes of the state: the verdict, what can be taken back, the panel. Pure.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("../shared/types.d.ts").Panel} Panel
 * @typedef {import("./state.js").Band} Band
 * @typedef {import("./state.js").Opened} Opened
 * @typedef {import("./state.js").Sent} Sent
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Undo} Undo
 */

import { answerWords, takenWord } from "../shared/answers.js";
import { refusalWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { signedSince } from "./state.js";

const NOTHING = { code: "", insist: null, until: null, sentence: "" };

/**
 * Return what a fact says, as far as a screen can show it.
 *
 * @param {Sent} sent
 */
export function numberOf({ payload }) {
  const text = String(payload.text ?? payload.operation ?? "");
  return text.replace(/[^ -~]+/g, "·").slice(0, 40);
}

/**
 * Return the band of a fact that has no answer yet.
 *
 * @param {Sent} sent
 * @param {boolean} connected
 * @returns {Band}
 */
export function sendingBand(sent, connected) {
  return {
    ...NOTHING,
    tone: "sending",
    word: connected ? t("Reading") : t("Not connected"),
    sentence: connected ? "" : t("Waiting for the connection."),
    number: numberOf(sent),
    id: sent.payload.id,
  };
}

/**
 * Return the band of a fact that got no answer; it stays until the next one.
 *
 * @param {Sent} sent
 * @param {import("./facts.js").Failure} failure
 * @returns {Band}
 */
export function failedBand(sent, failure) {
  const unsure = failure === "no-answer";
  return {
    ...NOTHING,
    tone: unsure ? "look" : "refused",
    code: failure,
    word: unsure ? t("Not sure") : t("Not taken"),
    sentence: refusalWords(failure),
    number: numberOf(sent),
    id: sent.payload.id,
  };
}

/**
 * Return the band of a code that the scanner has read twice.
 *
 * @param {Sent} sent
 * @param {number} until
 * @returns {Band}
 */
export function repeatBand(sent, until) {
  const word = t("Already read");
  return {
    ...NOTHING,
    tone: "repeat",
    code: "repeat",
    word,
    number: numberOf(sent),
    until,
    id: sent.payload.id,
  };
}

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
    operator: answer.operator,
    signedAt: signedSince(state, answer.operator, now),
    undo: undoAfter(state.undo, answer, now),
    opened: openedAfter(state.opened, answer, sent),
    typing: false,
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

/**
 * Return the finish panel as things stand: others may have reported, somebody may have signed in.
 *
 * @param {State} state
 * @returns {Panel | null}
 */
export function panelNow({ opened, shown, operator, about }) {
  if (!opened) {
    return null;
  }
  const { panel } = opened;
  const row = shown?.rows.find((one) => one.operation === panel.operation);
  const now = row
    ? { arrived: row.arrived, good: row.good, scrap: row.scrap, rework: row.rework }
    : {};
  const merged = { ...panel, ...now };
  const crew = row
    ? row.crew.map((badge) => ({ badge, name: about.people[badge] ?? badge }))
    : panel.crew;
  const inCrew = crew.some((member) => member.badge === operator?.badge);
  return {
    ...merged,
    remaining: Math.max(0, merged.arrived - merged.good - merged.scrap - merged.rework),
    crew,
    may_join: operator && !inCrew ? { badge: operator.badge, name: operator.name } : null,
  };
}
