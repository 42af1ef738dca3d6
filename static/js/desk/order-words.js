/** Where is my job, in one sentence. */

import { t } from "../shared/text.js";
import { moment, shortDay } from "./when.js";

/** @typedef {import("./types.js").FoundOrder} FoundOrder */
/** @typedef {import("./types.js").OrderStep} OrderStep */
/** @typedef {Record<string, string>} People Names by badge. */

/**
 * Return an operation's number as it is written.
 * @param {number} number
 */
export function operationNumber(number) {
  return String(number).padStart(3, "0");
}

/**
 * Return the names of a crew, as far as they are known.
 * @param {string[]} crew
 * @param {People} people
 */
export function crewNames(crew, people) {
  return crew.map((badge) => people[badge] ?? badge).join(", ");
}

/**
 * Return the operations in which an order is now: those that run, else that are suspended, …
 * @param {FoundOrder} order
 * @returns {OrderStep[]}
 */
export function current(order) {
  for (const state of ["running", "suspended", "ready", "waiting"]) {
    const steps = order.operations.filter((step) => step.state === state);
    if (steps.length > 0) {
      return state === "running" ? steps : steps.slice(0, 1);
    }
  }
  return [];
}

/**
 * @param {FoundOrder} order
 * @param {OrderStep} step
 * @param {People} people
 */
function stepSentence(order, step, people) {
  const values = {
    operation: operationNumber(step.number),
    place: order.operations.indexOf(step) + 1,
    count: order.operations.length,
    work_center: step.work_center,
    since: step.started_at && moment(step.started_at),
    crew: crewNames(step.crew, people),
    good: step.good,
    quantity: order.quantity,
    arrived: step.arrived,
  };
  if (step.state === "running") {
    return step.crew.length > 0
      ? t(
          "Operation %(operation)s (%(place)s of %(count)s) runs at %(work_center)s since %(since)s by %(crew)s; %(good)s of %(quantity)s done.",
          values,
        )
      : t(
          "Operation %(operation)s (%(place)s of %(count)s) runs at %(work_center)s since %(since)s; %(good)s of %(quantity)s done.",
          values,
        );
  }
  if (step.state === "suspended") {
    return t(
      "Operation %(operation)s (%(place)s of %(count)s) is suspended at %(work_center)s; %(good)s of %(quantity)s done.",
      values,
    );
  }
  if (step.state === "ready") {
    return t(
      "Operation %(operation)s (%(place)s of %(count)s) is ready at %(work_center)s; %(arrived)s of %(quantity)s have arrived.",
      values,
    );
  }
  return t(
    "Operation %(operation)s (%(place)s of %(count)s) waits for its parts at %(work_center)s.",
    values,
  );
}

/** @param {FoundOrder} order */
function completedSentence(order) {
  const last = order.operations.at(-1);
  const values = {
    good: last?.good ?? 0,
    quantity: order.quantity,
    at: last?.completed_at ? moment(last.completed_at) : "",
  };
  return values.at
    ? t("Completed %(at)s; %(good)s good of %(quantity)s.", values)
    : t("Completed; %(good)s good of %(quantity)s.", values);
}

/**
 * @param {FoundOrder} order
 * @param {People} people
 */
function place(order, people) {
  switch (order.state) {
    case "planned":
      return t("Not released yet; its release is planned for %(day)s.", {
        day: shortDay(order.planned_release),
      });
    case "cancelled":
      return t("Cancelled.");
    case "completed":
      return completedSentence(order);
    default:
      return current(order)
        .map((step) => stepSentence(order, step, people))
        .join(" ");
  }
}

/**
 * Return where a job is; a hold comes first.
 * @param {FoundOrder} order
 * @param {People} [people]
 */
export function whereabouts(order, people = {}) {
  const where = place(order, people);
  if (order.hold === null) {
    return where;
  }
  return `${t("Held: %(why)s.", { why: order.hold.replace(/\.$/, "") })} ${where}`;
}
