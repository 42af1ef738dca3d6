/** The server's time on this screen, and how moments and days are written. */

import { language } from "./text.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Follows the server's clock: a kiosk's own may be wrong by years. */
export class Clock {
  /** @param {() => number} [local] Milliseconds of this machine's clock. */
  constructor(local = Date.now) {
    this.local = local;
    this.offset = 0;
  }

  /** @param {string} serverNow */
  follow(serverNow) {
    this.offset = Date.parse(serverNow) - this.local();
  }

  /** Return the server's time in milliseconds. */
  now() {
    return this.local() + this.offset;
  }
}

/** @typedef {string | undefined} Zone A time zone such as `Europe/Berlin`; else this machine's. */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} name
 * @param {Intl.DateTimeFormatOptions} options
 * @param {string} [locale]
 */
function format(name, options, locale = language()) {
  const key = `${name} ${locale} ${options.timeZone}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options);
    formats.set(key, made);
  }
  return made;
}

/**
 * Return a moment as the plant's hours and minutes.
 *
 * @param {string | number} moment
 * @param {Zone} zone
 */
export function timeOfDay(moment, zone) {
  const options = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return format("time", { ...options, timeZone: zone }).format(new Date(moment));
}

/**
 * Return the plant's day at a moment, as an ISO date.
 *
 * @param {number} moment
 * @param {Zone} zone
 */
export function dayOf(moment, zone) {
  const options = /** @type {const} */ ({ year: "numeric", month: "2-digit", day: "2-digit" });
  return format("iso", { ...options, timeZone: zone }, "en-CA").format(new Date(moment));
}

/**
 * Return a day as weekday, day and month.
 *
 * @param {string} day
 */
export function shortDay(day) {
  const options = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short" });
  return format("day", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/**
 * Return a day as day and month.
 *
 * @param {string} day
 */
export function monthDay(day) {
  const options = /** @type {const} */ ({ day: "numeric", month: "short" });
  return format("month", { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/**
 * Return how many days a day lies before another; negative when it lies after.
 *
 * @param {string} day
 * @param {string} today
 */
export function daysBefore(day, today) {
  return Math.round((Date.parse(today) - Date.parse(day)) / DAY);
}

/**
 * Return a span as hours and minutes: `0:05`, `3:40`, `412:00`.
 *
 * @param {number} milliseconds
 */
export function span(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
