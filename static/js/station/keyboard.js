/** Listening to what a scanner types, wherever the focus is; wedge.js makes codes of it. */

import { Wedge } from "./wedge.js";

/** @typedef {import("./wedge.js").Code} Code */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Editable */

/**
 * @param {EventTarget | null} target
 * @returns {Editable | null}
 */
function editable(target) {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField ? target : null;
}

/** Hears every key before anything on the page does. */
export class Keyboard {
  /**
   * @param {(code: Code, field: Editable | null) => boolean} read Gets every code; tells whether
   *   it was taken as a scan, and not as something that a person typed into the field.
   */
  constructor(read) {
    this.read = read;
    this.wedge = new Wedge();
    /** @type {{field: Editable, value: string} | null} */
    this.leaking = null;
    /** @type {Set<string>} */
    this.swallowed = new Set();
  }

  /** @param {Window} page */
  listen(page) {
    page.addEventListener("keydown", (event) => this.#down(event), { capture: true });
    page.addEventListener("keyup", (event) => this.#up(event), { capture: true });
  }

  /** @param {KeyboardEvent} event */
  #down(event) {
    const field = editable(event.target);
    const { swallow, begins, code } = this.wedge.take({
      code: event.code,
      key: event.key,
      at: event.timeStamp,
      shift: event.shiftKey,
      control: event.ctrlKey,
      meta: event.metaKey,
      repeat: event.repeat,
    });
    if (begins) {
      this.leaking = field && { field, value: field.value };
    }
    const taken = code !== null && this.read(code, field);
    if (taken) {
      this.#restore();
    }
    // Inside a field a blank is a blank until a whole code shows that nobody typed it.
    if (taken || (swallow && !code && (!field || event.ctrlKey))) {
      this.swallowed.add(event.code);
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  /** @param {KeyboardEvent} event */
  #up(event) {
    // Some browsers press a button when the key comes up.
    if (this.swallowed.delete(event.code)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  /** Put back what stood in the field before the scanner typed into it. */
  #restore() {
    if (this.leaking) {
      const { field, value } = this.leaking;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.leaking = null;
  }
}
