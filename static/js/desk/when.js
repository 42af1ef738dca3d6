/** Days and moments in words, in the plant's zone. */

import { dayOf, daysBefore, shortDay, timeOfDay } from "../shared/clock.js";
import { oneDecimal, t } from "../shared/text.js";

/** @type {{zone: string | undefined, clock: {now: () => number}}} */
const here = { zone: undefined, clock: Date };

/**
 * Take the plant's zone and clock, once for the page.
 * @param {string | undefined} zone
 * @param {{now: () => number}} clock
 */
export function setZone(zone, clock) {
  here.zone = zone;
  here.clock = clock;
}

/** Return the plant's day. */
export function plantDay() {
  return dayOf(here.clock.now(), here.zone);
}

/**
 * Return a moment as people say it: the time today, else with the day.
 * @param {string} iso
 */
export function moment(iso) {
  const time = timeOfDay(iso, here.zone);
  const day = dayOf(Date.parse(iso), here.zone);
  const ago = daysBefore(day, plantDay());
  if (ago === 0) {
    return time;
  }
  return ago === 1 ? t("yesterday %(time)s", { time }) : `${shortDay(day)} ${time}`;
}

/** @param {number} days */
function lateWords(days) {
  return days === 1 ? t("1 day late") : t("%(days)s days late", { days });
}

/**
 * Return a due date as words with their tone.
 * @param {string} day
 * @param {string} [today]
 * @returns {{words: string, tone: "stop" | "look" | "", icon: string}}
 */
export function due(day, today = plantDay()) {
  const late = daysBefore(day, today);
  if (late > 0) {
    return { words: lateWords(late), tone: "stop", icon: "late" };
  }
  if (late === 0) {
    return { words: t("today"), tone: "look", icon: "soon" };
  }
  if (late === -1) {
    return { words: t("tomorrow"), tone: "", icon: "" };
  }
  return { words: t("in %(days)s days", { days: -late }), tone: "", icon: "" };
}

/**
 * Return standard minutes as hours, one decimal under ten.
 * @param {number} minutes
 */
export function hours(minutes) {
  const value = minutes / 60;
  return t("%(hours)s h", { hours: value >= 10 ? Math.round(value) : oneDecimal(value) });
}

export { shortDay };
