/** What the page brought along: its frame, its screen's JSON, the plant's clock and zone. */

import { html } from "htm/preact";
import { render } from "preact";
import { Clock, dayOf } from "../shared/clock.js";
import { loadMessages } from "../shared/text.js";
import { startCounts } from "./counts.js";
import { startFind } from "./find.js";
import { startLive } from "./live.js";
import { setZone } from "./when.js";

/**
 * @param {string} id
 * @returns {any}
 */
function json(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}");
}

/** @type {import("./types.js").Frame} */
export const frame = json("frame-json");

export const clock = new Clock();

/** Return the plant's day. */
export function today() {
  return dayOf(clock.now(), frame.zone);
}

/**
 * Tell whether the person signed in has a right; the server checks it again.
 * @param {string} right
 */
export function may(right) {
  return frame.account.rights.includes(right);
}

/**
 * Draw a screen from the page's JSON, and bring the frame to life.
 * @param {import("preact").ComponentType<{page: any}>} Screen
 */
export async function show(Screen) {
  clock.follow(frame.now);
  setZone(frame.zone, clock);
  await loadMessages();
  const place = document.getElementById("screen");
  if (place) {
    place.replaceChildren();
    render(html`<${Screen} page=${json("page-json")} />`, place);
    place.dataset.ready = "";
  }
  startFind();
  startCounts();
  startLive();
}
