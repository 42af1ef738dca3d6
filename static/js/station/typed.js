/** Typing a number when no scanner reads it: keys on the screen, or a real keyboard. */

import { html } from "htm/preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { Icon } from "./icon.js";
import { Keypad } from "./numpad.js";

const LONGEST = 40;

/**
 * @param {string} text
 * @param {string} key
 */
export function pressed(text, key) {
  return key === "back" ? text.slice(0, -1) : `${text}${key}`.slice(0, LONGEST);
}

/**
 * @param {{title: string, hint: string, confirm: string, first?: string, error?: string,
 *   take: (text: string) => void, close?: () => void}} props
 */
export function Typed({ title, hint, confirm, first = "", error = "", take, close }) {
  const [text, setText] = useState(first);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const press = (/** @type {string} */ key) => {
    setText((before) => pressed(before, key));
    field.current?.focus();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim()) {
      take(text.trim());
    }
  };
  const closeByKey = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close?.();
  // inputmode none: the tablet's own keyboard would cover ours.
  return html`
    <form class="typed" role="dialog" aria-modal="true" aria-labelledby="typed" onSubmit=${submit}
      onKeyDown=${closeByKey}>
      <header class="sheet-head">
        <h2 id="typed">${title}</h2>
        ${
          close &&
          html`<button class="button" type="button" onClick=${close}>
            <${Icon} name="close" /><span>${t("Close")}</span>
          </button>`
        }
      </header>
      <div class="typed-line">
        <input ref=${field} class="typed-text" inputmode="none" autocomplete="off"
          autocapitalize="characters" spellcheck=${false} maxlength=${LONGEST} aria-label=${title}
          placeholder=${hint} value=${text}
          onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value.toUpperCase())} />
        <button class="button primary" type="submit" aria-disabled=${!text.trim()}>
          <${Icon} name="next" /><span>${confirm}</span>
        </button>
      </div>
      ${error && html`<p class="typed-error" role="alert"><${Icon} name="look" />${error}</p>`}
      <${Keypad} press=${press} />
    </form>`;
}
