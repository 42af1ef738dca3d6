/**
 * Why an operation stands where it stands, in a few words each, the most telling first.
 *
 * @typedef {import("../shared/types.d.ts").Row} Row
 * @typedef {{kind: "hold" | "hot" | "late" | "today" | "placed" | "waiting" | "paused" | "due",
 *   text: string, short?: string}} Why `short`: what a row has room for.
 */

import { daysBefore, shortDay, timeOfDay } from "../shared/clock.js";
import { t } from "../shared/text.js";

/** @type {Record<string, () => string>} */
const RULES = {
  fcfs: () => t("First come, first served"),
  edd: () => t("Earliest due date"),
  spt: () => t("Shortest first"),
  "critical-ratio": () => t("Least time for its work"),
  slack: () => t("Least slack per operation"),
};

/**
 * @param {Row} row
 * @param {string} today
 * @returns {Why | null}
 */
function dueReason(row, today) {
  const late = daysBefore(row.due, today);
  if (late > 0) {
    const days = { days: late };
    const text = late === 1 ? t("1 day late") : t("%(days)s days late", days);
    return { kind: "late", text, short: t("%(days)s d late", days) };
  }
  return late === 0 ? { kind: "today", text: t("Due today") } : null;
}

/**
 * Return who gave a row its place, or by which rule.
 *
 * @param {Row} row
 * @param {string | undefined} zone
 * @returns {Why | null}
 */
function placedReason({ placed }, zone) {
  if (!placed) {
    return null;
  }
  const { by, rule } = placed;
  const at = timeOfDay(placed.at, zone);
  if (rule === "hand") {
    const short = t("By %(by)s", { by });
    return { kind: "placed", text: t("Placed by %(by)s %(at)s by hand", { by, at }), short };
  }
  if (rule === "undo") {
    return { kind: "placed", text: t("Put back by %(by)s %(at)s", { by, at }) };
  }
  const why = RULES[rule]?.() ?? rule;
  // First come, first served is how rows join a list: no person chose it.
  const text = rule === "fcfs" ? why : t("%(why)s · %(by)s %(at)s", { why, by, at });
  return { kind: "placed", text, short: why };
}

/**
 * @param {Row} row
 * @returns {Why | null}
 */
function stopReason(row) {
  if (row.hold !== null) {
    return { kind: "hold", text: t("On hold: %(why)s", { why: row.hold }), short: t("On hold") };
  }
  if (row.state === "waiting") {
    const place = { place: row.previous };
    return row.previous
      ? {
          kind: "waiting",
          text: t("Parts are at %(place)s", place),
          short: t("at %(place)s", place),
        }
      : { kind: "waiting", text: t("Waiting") };
  }
  return row.state === "suspended" ? { kind: "paused", text: t("Paused") } : null;
}

/** @param {Row} row */
export const dueDay = (row) => t("due %(day)s", { day: shortDay(row.due) });

/**
 * Return all that speaks for or against a row now, strongest first.
 *
 * @param {Row} row
 * @param {string} today
 * @param {string} [zone]
 * @returns {Why[]}
 */
export function whys(row, today, zone) {
  /** @type {(Why | null)[]} */
  const all = [
    stopReason(row),
    row.hot ? { kind: "hot", text: t("Hot") } : null,
    dueReason(row, today),
    placedReason(row, zone),
  ];
  return all.filter((why) => why !== null);
}

/**
 * Return the two reasons that a row has room for; who placed it is told when nothing else is.
 *
 * @param {Row} row
 * @param {string} today
 * @param {string} [zone]
 * @returns {Why[]}
 */
export function briefly(row, today, zone) {
  const all = whys(row, today, zone);
  const telling = all.filter((why) => why.kind !== "placed");
  return (telling.length > 0 ? telling : all).slice(0, 2);
}

/** @param {Row} row */
export const isRunning = (row) => row.state === "running";

/** @param {Row} row */
export const canStart = (row) =>
  (row.state === "ready" || row.state === "suspended") && row.hold === null;

/**
 * Return the list in the three parts of the screen: running, next, the rest in its order.
 *
 * @param {Row[]} rows
 */
export function parts(rows) {
  const now = rows.filter(isRunning);
  const next = rows.find(canStart) ?? null;
  return { now, next, rest: rows.filter((row) => !isRunning(row) && row !== next) };
}

/** @param {Row} row */
export const leftOf = (row) => Math.max(0, row.arrived - row.good - row.scrap - row.rework);

/**
 * Return an operation as it is printed: `WO100245 / 010`.
 *
 * @param {string} operation
 */
export function spaced(operation) {
  const cut = operation.lastIndexOf("/");
  return `${operation.slice(0, cut)} / ${operation.slice(cut + 1)}`;
}
