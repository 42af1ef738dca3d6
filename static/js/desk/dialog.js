/** A dialog over the screen: the browser's own, with its focus and its Escape. */

import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/text.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {() => void} props.onClose
 * @param {() => void} [props.onSubmit]
 * @param {string} [props.action] The words of the button that does it.
 * @param {boolean} [props.busy]
 * @param {boolean} [props.ready] Whether it may be done.
 * @param {string} [props.tone]
 * @param {"small"} [props.size]
 * @param {import("preact").ComponentChildren} [props.aside] Another button before it.
 * @param {import("preact").ComponentChildren} [props.children]
 */
export function Dialog(props) {
  const { title, onClose, onSubmit, action, busy = false, ready = true, children } = props;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (ready && !busy) {
      onSubmit?.();
    }
  };
  return html`<dialog
    ref=${dialog}
    class="dialog"
    data-size=${props.size}
    aria-label=${title}
    onClose=${onClose}
  >
    <form method="dialog" onSubmit=${submit}>
      <header><h2>${title}</h2></header>
      <div class="dialog-body">${children}</div>
      <footer>
        <button class="button" type="button" onClick=${() => dialog.current?.close()}>
          ${onSubmit ? t("Cancel") : t("Close")}
        </button>
        ${props.aside}
        ${
          onSubmit &&
          html`<button
            class="button"
            data-tone=${props.tone ?? "main"}
            type="submit"
            disabled=${!ready || busy}
            aria-busy=${busy}
          >
            ${action}
          </button>`
        }
      </footer>
    </form>
  </dialog>`;
}
