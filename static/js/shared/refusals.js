/** Words for refusals: why not, and what to do next. Codes and details are those of the server. */

import { t } from "./text.js";

/** @typedef {import("./types.d.ts").Details} Details */
/** @typedef {(details: Details) => string} Words */

/** @type {Record<string, Words>} */
const CODE_REASONS = {
  empty: () => t("The scanner sent nothing. Scan again."),
  "too-long": () => t("This is far too long for a code of ours. Scan a single code."),
  "control-characters": () => t("The code came with foreign characters. Scan again, slowly."),
  "not-ascii": () => t("The scanner seems set to another keyboard. Tell the office."),
  "check-digit": () => t("One digit is wrong. Scan again, or compare with the printed number."),
  malformed: () => t("Only a part of the code arrived. Scan again."),
  "damaged-envelope": () => t("Only a part of the code arrived. Scan again."),
  ambiguous: () => t("This can mean two things. Write a blank before the operation number."),
  "supplier-code": () => t("This is a supplier’s code. Scan the traveler of the order."),
  "not-ours": () => t("This is no code of this plant. Scan a badge or a traveler."),
};

/** @type {Record<string, Words>} */
const NOT_A_TRAVELER = {
  "order-sheet": () => t("This order has nothing to start here. Scan the line of one operation."),
  "station-label": () => t("This is the label of a station. Scan a badge or a traveler."),
  command: () => t("This command is not known here. Scan a badge or a traveler."),
  "form-number": () => t("This is the number of the sheet. Scan the line of one operation."),
};

/** @type {Record<string, Words>} */
const NOT_RELEASED = {
  planned: (d) => t("%(order)s has not been released. Ask the dispatcher.", d),
  cancelled: (d) => t("%(order)s was cancelled. Put the parts aside, ask the dispatcher.", d),
};

/** @type {Record<string, Words>} */
const REASON_FOR = {
  scrap: () => t("Say why the parts are scrap."),
  rework: () => t("Say why the parts need rework."),
  pause: () => t("Say why the work pauses."),
};

/** @type {Record<string, Words>} */
const FLOOR = {
  "unknown-code": (d) => (CODE_REASONS[String(d.reason)] ?? CODE_REASONS["not-ours"])(d),
  undecodable: () => t("What the station's box sent makes no sense; it is kept as it came."),
  unreadable: (d) => (CODE_REASONS[String(d.reason)] ?? CODE_REASONS.malformed)(d),
  "unknown-sheet": () => t("This sheet was never printed here. Ask the dispatcher for a new one."),
  "not-a-traveler": (d) => (NOT_A_TRAVELER[String(d.what)] ?? NOT_A_TRAVELER.command)(d),
  "unknown-order": (d) => t("There is no order %(order)s.", d),
  "unknown-operation": (d) => t("Order %(order)s has no operation %(operation)s.", d),
  "unknown-badge": (d) => t("Badge %(badge)s is not known. Ask the office.", d),
  "badge-needed": () => t("Scan your badge. Then this goes on by itself."),
  "not-released": (d) => (NOT_RELEASED[String(d.state)] ?? NOT_RELEASED.planned)(d),
  held: (d) => t("%(order)s is on hold: %(why)s. Ask the dispatcher.", d),
  "sheet-superseded": (d) =>
    d.replaced_by
      ? t("This sheet is out of date. Use sheet %(replaced_by)s of %(order)s.", d)
      : t("This sheet is out of date. Ask for the new one of %(order)s.", d),
  "wrong-work-center": (d) => t("These parts belong to %(right)s, not to %(here)s.", d),
  "nothing-arrived": (d) =>
    t("No parts have come from operation %(previous)s at %(work_center)s yet.", d),
  "already-done": (d) => t("Operation %(operation)s is done: %(good)s good. Look at the next.", d),
  "too-many": (d) => t("%(reported)s reported, but only %(arrived)s are here. Count again.", d),
  "not-running": (d) => t("Operation %(operation)s of %(order)s is not running.", d),
  "not-in-crew": (d) => t("Badge %(badge)s does not work on this.", d),
  "already-in-crew": (d) => t("Badge %(badge)s works on this already.", d),
  "nothing-reported": () => t("Nothing was counted. Enter what was made."),
  "reason-needed": (d) => (REASON_FOR[String(d.what)] ?? REASON_FOR.pause)(d),
  "undo-too-late": () => t("Too late to take back. Ask the dispatcher to correct it."),
};

/** @type {Record<string, Words>} */
const OFFICE = {
  "unknown-work-center": (d) => t("There is no work center %(work_center)s.", d),
  "unknown-station": (d) => t("There is no station %(station)s.", d),
  "release-checks-failed": (d) => t("%(order)s does not pass its release checks.", d),
  "already-released": (d) => t("%(order)s is not waiting for release.", d),
  "nothing-to-undo": (d) => t("No resequence of %(work_center)s can be taken back.", d),
  "list-changed": () => t("Somebody has changed the list meanwhile. Look, then repeat."),
  frozen: (d) => t("%(operation)s runs or is about to: it keeps its place.", d),
  "not-on-the-list": (d) => t("%(operation)s is not on this list any more.", d),
  "not-allowed": () => t("You may not do this."),
  "sign-in-failed": () => t("Name and password do not fit together."),
  "set-up-failed": () => t("This is not the set-up code. Look for it in the log of the server."),
  "enrolment-failed": () => t("This code is wrong, used or too old. Get a new one at the desk."),
  "name-taken": (d) => t("%(name)s is in use already.", d),
  invalid: () => t("Something is missing or wrong."),
  failed: () => t("Something went wrong in the server. Call the office."),
  "bad-request": () => t("The server did not understand. Load the page again."),
  "too-many-attempts": (d) => t("Too many wrong attempts. Wait %(seconds)s seconds.", d),
};

/** @type {Record<string, Words>} */
const HERE = {
  refused: () => t("The rules do not allow this."),
  "not-sent": () => t("Not connected. Scan again when the connection is back."),
  "no-answer": () => t("The server did not answer. The list will show whether it was taken."),
  revoked: () => t("This station has been shut out. Ask the dispatcher to enrol it again."),
};

/** Every refusal that has words. */
export const REFUSALS = { ...FLOOR, ...OFFICE, ...HERE };

/**
 * Return why something was refused and what to do next, as one or two short sentences.
 *
 * @param {string} code
 * @param {Details} [details]
 */
export function refusalWords(code, details = {}) {
  const words = REFUSALS[/** @type {keyof typeof REFUSALS} */ (code)] ?? HERE.refused;
  return words(details);
}

/** @type {Record<string, () => string>} */
export const INSISTS = {
  "wrong-work-center": () => t("It really is here: go on"),
  "nothing-arrived": () => t("The parts are here: start anyway"),
  "already-done": () => t("There is more to do: start again"),
  "too-many": () => t("Counted again: it is right"),
};

/**
 * Return what a person says who breaks a rule on purpose.
 *
 * @param {string} code
 */
export function insistWords(code) {
  return (INSISTS[code] ?? (() => t("It is right: do it anyway")))();
}

/** @type {Record<string, () => string>} */
export const FLAGS = {
  rerouted: () => t("made at another work center"),
  out_of_order: () => t("before the parts were reported here"),
  already_done: () => t("although it was done"),
  over_quantity: () => t("more than had arrived"),
  held_meanwhile: () => t("although the order is on hold"),
  short: () => t("fewer than had arrived"),
  undecodable: () => t("nobody can make sense of it"),
  uncontrolled_paper: () => t("without a printed sheet"),
};

/**
 * Return what is unusual about a report.
 *
 * @param {string} flag
 */
export function flagWords(flag) {
  return FLAGS[flag]?.() ?? flag.replaceAll("_", " ");
}
