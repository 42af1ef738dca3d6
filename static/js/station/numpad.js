/** Entering numbers with thick gloves: a number pad, and a keypad with letters. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { Icon } from "./icon.js";

const DIGITS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "clear", "0", "back"];
/** Eleven keys to a row; the blank takes four places. */
const ROWS = [
  [..."1234567890", "back"],
  [..."QWERTYUIOP/"],
  [..."ASDFGHJKL-."],
  [..."ZXCVBNM", " "],
];

/** @param {{name: string}} props */
function KeyFace({ name }) {
  if (name === "back") {
    return html`<${Icon} name="back" /><span class="aside">${t("Delete")}</span>`;
  }
  if (name === "clear") {
    return html`<span>${t("C")}</span><span class="aside">${t("Clear")}</span>`;
  }
  return html`<span>${name === " " ? t("Blank") : name}</span>`;
}

/** @param {{press: (key: string) => void}} props */
export function Numpad({ press }) {
  return html`<div class="numpad">
    ${DIGITS.map(
      (key) => html`<button key=${key} class="key" type="button" data-key=${key}
        onClick=${() => press(key)}><${KeyFace} name=${key} /></button>`,
    )}
  </div>`;
}

/** @param {{press: (key: string) => void}} props */
export function Keypad({ press }) {
  return html`<div class="keypad">
    ${ROWS.flat().map(
      (key) => html`<button key=${key} class="key" type="button" data-key=${key}
        onClick=${() => press(key)}><${KeyFace} name=${key} /></button>`,
    )}
  </div>`;
}
