/** Why a release check failed, in words that are readable without any hover. */

import { oneDecimal, t } from "../shared/text.js";
import { shortDay } from "./when.js";

/** @typedef {import("./types.js").Check} Check */

/** @type {Record<string, (details: Record<string, any>) => string>} */
const WORDS = {
  "no-operations": () => t("The routing has no operations"),
  "too-many-operations": ({ count, most }) =>
    t("%(count)s operations, a traveler carries %(most)s", { count, most }),
  "unknown-work-centers": ({ names }) =>
    t("Unknown work center %(names)s", { names: names.join(", ") }),
  "no-standard": ({ operations }) =>
    t("No run standard in operation %(operations)s", { operations: operations.join(", ") }),
  "no-revision": () => t("No drawing revision"),
  "too-late": ({ needed_hours: hours, due }) =>
    t("Needs %(hours)s h, due %(day)s", { hours: oneDecimal(hours), day: shortDay(due) }),
  held: ({ why }) => t("Held: %(why)s", { why }),
};

/** @type {Record<string, () => string>} */
const NAMES = {
  routing: () => t("routing"),
  "work-centers": () => t("work centers"),
  standards: () => t("run standards"),
  "drawing-revision": () => t("drawing revision"),
  "lead-time": () => t("lead time"),
  hold: () => t("hold"),
};

/** @param {Check} check */
export function reason(check) {
  return WORDS[check.code]?.(check.details) ?? check.code;
}

/** @param {Check} check */
export function checkName(check) {
  return NAMES[check.name]?.() ?? check.name;
}

/**
 * Tell whether a reason can let an order pass: without a routing there is nothing to make.
 * @param {Check[]} failed
 */
export function canOverride(failed) {
  return failed.every((check) => check.name !== "routing");
}
