/** Words that appear at the corner of the screen for some seconds. */

import { html } from "htm/preact";
import { render } from "preact";
import { Notice } from "./parts.js";

/** @typedef {import("preact").ComponentChildren} Words */
/** @typedef {{id: number, words: Words, tone: string | undefined}} Told */

/** @type {Told[]} */
let told = [];
let last = 0;

function draw() {
  const place = document.getElementById("told");
  if (place) {
    const notices = told.map(
      ({ id, words, tone }) => html`<${Notice} key=${id} tone=${tone} onClose=${() => drop(id)}>
        ${words}
      <//>`,
    );
    render(html`${notices}`, place);
  }
}

/** @param {number} id */
function drop(id) {
  told = told.filter((one) => one.id !== id);
  draw();
}

/**
 * Say something; bad news stays longer.
 * @param {Words} words
 * @param {string} [tone]
 * @param {number} [milliseconds]
 */
export function tell(words, tone, milliseconds = tone === "stop" ? 12_000 : 5000) {
  const id = ++last;
  told = [...told.slice(-2), { id, words, tone }];
  draw();
  setTimeout(() => drop(id), milliseconds);
}

/** Say what went wrong. @param {unknown} error */
export function tellError(error) {
  tell(error instanceof Error ? error.message : String(error), "stop");
}
