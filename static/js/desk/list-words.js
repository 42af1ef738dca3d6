/** Why a row stands where it stands, and where its parts are. */

import { hereWords } from "../shared/pieces.js";
import { t } from "../shared/text.js";
import { crewNames } from "./order-words.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").Row} Row */

/** The dispatch rules, as the buttons name them. @type {Record<string, () => string>} */
export const RULES = {
  fcfs: () => t("First come, first served"),
  edd: () => t("Earliest due date"),
  spt: () => t("Shortest processing time"),
  "critical-ratio": () => t("Critical ratio"),
  slack: () => t("Slack per operation"),
};
/** @type {Record<string, () => string>} */
export const SHORT_RULES = {
  fcfs: () => t("FCFS"),
  edd: () => t("EDD"),
  spt: () => t("SPT"),
  "critical-ratio": () => t("Critical ratio"),
  slack: () => t("Slack"),
};

/** @param {string} rule */
export function ruleWords(rule) {
  if (rule === "hand") {
    return t("By hand");
  }
  return rule === "undo" ? t("Taken back") : (RULES[rule]?.() ?? rule);
}

/**
 * Return why a row stands where it does, and by whom and when it was put there.
 * @param {Row} row
 * @returns {{words: string, by: string}}
 */
export function why({ placed }) {
  if (placed === null) {
    return { words: t("As it came"), by: "" };
  }
  const by = t("%(by)s, %(at)s", { by: placed.by, at: moment(placed.at) });
  return { words: ruleWords(placed.rule), by };
}

/**
 * Return what a dispatcher wants to know of a row's state: who, since when, where the parts are.
 * @param {Row} row
 * @param {Record<string, string>} people
 */
export function whereParts(row, people) {
  if (row.state === "running" && row.started_at) {
    const since = moment(row.started_at);
    const crew = crewNames(row.crew, people);
    return crew ? t("%(crew)s, since %(since)s", { crew, since }) : t("since %(since)s", { since });
  }
  if (row.state === "waiting" && row.previous) {
    return t("Parts at %(work_center)s", { work_center: row.previous });
  }
  return hereWords(row) || t("All %(quantity)s are here", { quantity: row.quantity });
}

/**
 * Return the standard minutes that are left of a row.
 * @param {Row} row
 */
export function minutesLeft(row) {
  const setup = row.started_at === null ? row.setup_minutes : 0;
  const done = row.good + row.scrap + row.rework;
  return setup + row.run_minutes * Math.max(0, row.quantity - done);
}

/**
 * Return who changed a list meanwhile and what.
 * @param {import("./types.js").Resequence} change
 */
export function changeWords({ by, at, rule, moved }) {
  const values = {
    by,
    at: moment(at),
    rule: ruleWords(rule),
    moved: moved.slice(0, 3).join(", "),
    more: moved.length - 3,
  };
  return moved.length > 3
    ? t("%(by)s at %(at)s (%(rule)s): %(moved)s and %(more)s more", values)
    : t("%(by)s at %(at)s (%(rule)s): %(moved)s", values);
}
