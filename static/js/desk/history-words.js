/** The journal of an order in sentences. */

import { refusalWords } from "../shared/refusals.js";
import { reasonWords, t } from "../shared/text.js";
import { checkName } from "./check-words.js";
import { fieldWords, supersededWords } from "./order-sheets.js";
import { shortDay } from "./when.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {Record<string, string>} People */
/** @typedef {(event: Record<string, any>, people: People) => string} Sentence */

/** @param {string} operation */
function numberOf(operation) {
  return operation.split("/").at(-1) ?? operation;
}

/**
 * @param {Record<string, any>} event
 * @param {People} people
 */
function values(event, people) {
  return {
    operation: event.operation ? numberOf(event.operation) : "",
    name: people[event.badge] ?? event.badge ?? t("Somebody"),
    work_center: event.work_center ?? "",
    reason: reasonWords("pause", event.reason ?? ""),
  };
}

/** @type {Sentence} */
function released({ overrides }) {
  if (!overrides?.length) {
    return t("Released.");
  }
  const checks = overrides.map((/** @type {any} */ one) => checkName({ ...one, name: one.check }));
  return t("Released although these checks failed: %(checks)s. Reason: %(reason)s.", {
    checks: checks.join(", "),
    reason: overrides[0].reason,
  });
}

/** @type {Sentence} */
function reported(event, people) {
  const { good, scrap, rework } = event.quantities;
  const pieces = [
    t("%(good)s good", { good }),
    scrap > 0 && reasoned(t("%(scrap)s scrap", { scrap }), "scrap", event.scrap_reason),
    rework > 0 && reasoned(t("%(rework)s rework", { rework }), "rework", event.rework_reason),
  ].filter(Boolean);
  const all = { ...values(event, people), pieces: pieces.join(", ") };
  return event.completes
    ? t("%(name)s finished operation %(operation)s: %(pieces)s.", all)
    : t("%(name)s reported operation %(operation)s: %(pieces)s.", all);
}

/** @param {string} words @param {string} kind @param {string} reason */
function reasoned(words, kind, reason) {
  return reason ? `${words} (${reasonWords(kind, reason)})` : words;
}

/** @type {Sentence} */
function refused({ code, details }) {
  const why = refusalWords(code, details);
  // What was refused before details were kept has only its code to say.
  const said = why.includes("%(") ? `${code.replaceAll("-", " ")}.` : why;
  return t("A scan was refused: %(why)s", { why: said });
}

/** @type {Record<string, Sentence>} */
const SENTENCES = {
  OrderPlanned: ({ plan }) =>
    t("Planned: %(quantity)s pieces, due %(due)s.", {
      quantity: plan.quantity,
      due: shortDay(plan.due),
    }),
  OrderReplanned: ({ changed }) =>
    t("Planning changed: %(fields)s.", { fields: changed.map(fieldWords).join(", ") }),
  OrderReleased: released,
  OrderHeld: ({ why }) => t("Held: %(why)s.", { why }),
  OrderFreed: () => t("Freed."),
  TravelerRead: (event, people) =>
    t("The traveler was read at operation %(operation)s.", values(event, people)),
  ScanRefused: refused,
  OperationStarted: (event, people) =>
    t("%(name)s started operation %(operation)s at %(work_center)s.", values(event, people)),
  CrewJoined: (event, people) =>
    t("%(name)s joined operation %(operation)s.", values(event, people)),
  CrewLeft: (event, people) => t("%(name)s left operation %(operation)s.", values(event, people)),
  OperationPaused: (event, people) =>
    t("%(name)s paused operation %(operation)s: %(reason)s.", values(event, people)),
  QuantityReported: reported,
  ReportUndone: (event, people) =>
    t("The last report on operation %(operation)s was taken back.", values(event, people)),
  SheetIssued: ({ sheet }) => t("Sheet %(serial)s was printed.", sheet),
  SheetSuperseded: ({ serial, why, replaced_by: replaced }) =>
    t("Sheet %(serial)s was superseded. %(why)s.", {
      serial,
      why: supersededWords(
        /** @type {any} */ ({ superseded_why: why ?? "", replaced_by: replaced ?? null }),
      ),
    }),
};

/**
 * Return a line of the journal as a sentence.
 * @param {Entry} entry
 * @param {People} people
 */
export function sentence(entry, people) {
  return SENTENCES[entry.kind]?.(entry.event, people) ?? entry.kind;
}

/**
 * Return who did it, and from where.
 * @param {Entry} entry
 * @param {People} people
 */
export function actorWords({ actor }, people) {
  const who = actor.account ?? (actor.badge && (people[actor.badge] ?? actor.badge)) ?? "";
  if (actor.station) {
    return who ? t("%(who)s at %(station)s", { who, station: actor.station }) : actor.station;
  }
  return who || t("Floorline");
}
