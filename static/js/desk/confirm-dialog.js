/** A dialog before something that cannot be undone at once. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { Dialog } from "./dialog.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {string} props.action
 * @param {() => void} props.onClose
 * @param {() => Promise<void>} props.onDo
 * @param {import("preact").ComponentChildren} [props.children]
 */
export function ConfirmDialog({ title, action, onClose, onDo, children }) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    await onDo();
    setBusy(false);
  };
  return html`<${Dialog}
    size="small"
    tone="stop"
    title=${title}
    action=${action}
    busy=${busy}
    onClose=${onClose}
    onSubmit=${submit}
  >
    <p>${children}</p>
  <//>`;
}
