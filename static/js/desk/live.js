/** The live connection of the desk: one wire for the page, its mark in the frame. */

import { t } from "../shared/text.js";
import { Wire } from "../shared/wire.js";

const wire = new Wire("/desk");

/** @type {Record<string, () => string>} */
const WORDS = {
  live: () => t("Live"),
  away: () => t("Not connected"),
  wait: () => t("Connecting"),
};

/** @param {"live" | "away" | "wait"} state */
function mark(state) {
  const place = document.getElementById("live");
  if (!place) {
    return;
  }
  place.dataset.state = state;
  place.querySelector("use")?.setAttribute("href", state === "away" ? "#i-away" : "#i-live");
  const words = place.querySelector("span");
  if (words) {
    words.textContent = WORDS[state]();
  }
}

/** Connect, once the screen has set its listeners. */
export function startLive() {
  wire.on("connect", () => mark("live"));
  wire.on("disconnect", () => mark("away"));
  wire.on("connect_error", () => mark("away"));
  wire.open();
}

/**
 * Call back with every message of that name; `connect` and `disconnect` too. Return how to stop.
 * @param {string} message
 * @param {(payload: any) => void} listener
 */
export function on(message, listener) {
  wire.socket.on(message, listener);
  return () => {
    wire.socket.off(message, listener);
  };
}

/**
 * Return the acknowledgement of a question.
 * @param {string} message
 * @param {object} payload
 */
export function ask(message, payload) {
  return wire.ask(message, payload);
}
