/** A dialog that asks for the reason of what is to be done. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Dialog } from "./dialog.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.question
 * @param {string} props.note
 * @param {string} props.action
 * @param {string} [props.tone]
 * @param {boolean} props.busy
 * @param {() => void} props.onClose
 * @param {(why: string) => void} props.onDo
 */
export function ReasonDialog({ title, question, note, action, tone, busy, onClose, onDo }) {
  const [why, setWhy] = useState("");
  return html`<${Dialog}
    size="small"
    title=${title}
    action=${action}
    tone=${tone}
    busy=${busy}
    ready=${why.trim() !== ""}
    onClose=${onClose}
    onSubmit=${() => onDo(why.trim())}
  >
    <label class="field">
      <span>${question}</span>
      <input
        autofocus
        required
        maxlength="200"
        value=${why}
        onInput=${(/** @type {any} */ event) => setWhy(event.target.value)}
      />
      <small>${note}</small>
    </label>
  <//>`;
}
