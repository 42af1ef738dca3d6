/**
 * The bands of facts that have no answer, and what a fact says. Pure.
 *
 * @typedef {import("./codes.js").Reading} Reading
 * @typedef {import("./state.js").Band} Band
 * @typedef {import("./state.js").Sent} Sent
 */

import { refusalWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { spaced } from "./why.js";

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
 * @param {import("./post.js").Failure} failure
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
 * Return the band of a code that this page itself has refused while nobody could be asked.
 *
 * @param {Sent} sent
 * @param {{code: string, reason: string}} refused
 * @returns {Band}
 */
export function judgedBand(sent, { code, reason }) {
  return {
    ...NOTHING,
    tone: "refused",
    code,
    word: t("Not taken"),
    sentence: refusalWords(code, { reason }),
    number: numberOf(sent),
    id: sent.payload.id,
  };
}

/**
 * Return the band of a fact that is kept until the server is back.
 *
 * @param {Sent} sent
 * @param {Reading | null} reading
 * @param {{until: number, needsBadge: boolean, name: string}} context `name`: whose badge it is.
 * @returns {Band}
 */
export function keptBand(sent, reading, { until, needsBadge, name }) {
  return {
    ...NOTHING,
    tone: "kept",
    code: "kept",
    word: name ? t("Hello %(name)s", { name }) : t("Kept"),
    sentence: keptSentence(reading, needsBadge),
    number: humanNumber(sent, reading),
    until,
    id: sent.payload.id,
  };
}

/**
 * @param {Reading | null} reading
 * @param {boolean} needsBadge
 */
function keptSentence(reading, needsBadge) {
  if (reading?.kind === "badge") {
    return t("Saved on this device. Now scan the traveler.");
  }
  return needsBadge
    ? t("Saved on this device. Scan your badge too.")
    : t("Saved on this device. It is sent when the server is back.");
}

/**
 * @param {Sent} sent
 * @param {Reading | null} reading
 */
function humanNumber(sent, reading) {
  if (reading?.kind === "badge") {
    return reading.badge;
  }
  const operation = reading?.kind === "operation" ? reading.operation : sent.payload.operation;
  return operation ? spaced(operation) : numberOf(sent);
}
