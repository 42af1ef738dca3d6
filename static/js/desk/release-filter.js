/** Which orders due for release are shown. */

/** @typedef {import("./types.js").DueOrder} DueOrder */
/** @typedef {"late" | "today" | "week" | "all" | "failed"} Filter */

/** @type {Filter[]} */
export const FILTERS = ["all", "late", "today", "week", "failed"];

/**
 * Return the failed release checks of an order.
 * @param {DueOrder} order
 */
export function failedChecks(order) {
  return order.checks.filter((check) => !check.passed);
}

/**
 * Return the days from a date to the Sunday of its week.
 * @param {string} today
 */
export function daysLeftInWeek(today) {
  return (7 - new Date(`${today}T00:00:00Z`).getUTCDay()) % 7;
}

/**
 * Tell whether a filter shows an order; a negative `days_late` is the days still ahead.
 * @param {Filter} filter
 * @param {DueOrder} order
 * @param {string} today
 */
export function shows(filter, order, today) {
  switch (filter) {
    case "late":
      return order.days_late > 0;
    case "today":
      return order.days_late === 0;
    case "week":
      return -order.days_late <= daysLeftInWeek(today);
    case "failed":
      return failedChecks(order).length > 0;
    default:
      return true;
  }
}

/**
 * Return how many orders each filter shows.
 * @param {DueOrder[]} orders
 * @param {string} today
 * @returns {Record<Filter, number>}
 */
export function counts(orders, today) {
  const counted = { all: 0, late: 0, today: 0, week: 0, failed: 0 };
  for (const order of orders) {
    for (const filter of FILTERS) {
      counted[filter] += Number(shows(filter, order, today));
    }
  }
  return counted;
}
