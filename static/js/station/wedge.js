/**
 * Decoding a scanner that types: from key strokes to codes. Pure; keyboard.js listens.
 *
 * Characters come from the physical position of the key and the US table, as scanners mean it:
 * neither the layout of this machine nor CapsLock changes what was read.
 *
 * @typedef {object} Stroke
 * @property {string} code The position, such as `KeyA`; empty on some tablets.
 * @property {string} key
 * @property {number} at Milliseconds, from the event: a stalled page does not distort them.
 * @property {boolean} shift
 * @property {boolean} control
 * @property {boolean} meta
 * @property {boolean} repeat
 *
 * @typedef {{text: string, fast: boolean}} Code `fast`: no person types like that.
 * @typedef {{swallow: boolean, begins: boolean, code: Code | null}} Decoded
 */

/** A longer silence between two characters ends what was not finished. */
export const GAP_MS = 150;
/** People need more per character, on average, over a whole code. */
export const FAST_MS = 45;
const SHORTEST = 3;
const LONGEST = 300;

/** @type {Record<string, [string, string]>} */
const POSITIONS = {
  Space: [" ", " "],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Backquote: ["`", "~"],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
  NumpadAdd: ["+", "+"],
  NumpadSubtract: ["-", "-"],
  NumpadMultiply: ["*", "*"],
  NumpadDivide: ["/", "/"],
  NumpadDecimal: [".", "."],
};
for (const [index, shifted] of [...")!@#$%^&*("].entries()) {
  POSITIONS[`Digit${index}`] = [String(index), shifted];
  POSITIONS[`Numpad${index}`] = [String(index), String(index)];
}
for (const letter of "abcdefghijklmnopqrstuvwxyz") {
  POSITIONS[`Key${letter.toUpperCase()}`] = [letter, letter.toUpperCase()];
}

/** The separators of ISO/IEC 15434, as scanners type them with Control. */
const SEPARATORS = /** @type {Record<string, string>} */ ({
  BracketRight: "\x1d",
  Digit6: "\x1e",
  KeyD: "\x04",
});
const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "CapsLock", "Meta"]);

/**
 * Return the character that a stroke means, "" when it means none.
 *
 * @param {Stroke} stroke
 */
export function character({ code, key, shift, control, meta }) {
  if (meta) {
    return "";
  }
  if (control) {
    return SEPARATORS[code] ?? "";
  }
  if (!code) {
    return key.length === 1 ? key : "";
  }
  return POSITIONS[code]?.[shift ? 1 : 0] ?? "";
}

/** Collects strokes until a code is whole. */
export class Wedge {
  #text = "";
  #first = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Tell whether a code may be on its way. */
  get isReading() {
    return this.#text !== "";
  }

  /**
   * Take a stroke, and tell what it means: a code that is whole, one that begins, and whether the
   * page may not see the stroke where it would press a button.
   *
   * @param {Stroke} stroke
   * @returns {Decoded}
   */
  take(stroke) {
    this.#forget(stroke.at);
    if (stroke.repeat || MODIFIERS.has(stroke.key)) {
      return { swallow: stroke.repeat && this.isReading, begins: false, code: null };
    }
    if (ENDS.has(stroke.code || stroke.key)) {
      return this.#end(stroke.at);
    }
    return this.#add(stroke);
  }

  /** @param {number} at */
  #forget(at) {
    if (at - this.#last > GAP_MS || this.#text.length > LONGEST) {
      this.#text = "";
    }
  }

  /** @param {number} at */
  #end(at) {
    const text = this.#text;
    const pace = (at - this.#first) / Math.max(1, text.length);
    this.#text = "";
    if (text.trim().length < SHORTEST) {
      return { swallow: false, begins: false, code: null };
    }
    return { swallow: true, begins: false, code: { text, fast: pace < FAST_MS } };
  }

  /** @param {Stroke} stroke */
  #add(stroke) {
    const typed = character(stroke);
    if (!typed || (stroke.control && !this.isReading)) {
      return { swallow: false, begins: false, code: null };
    }
    const begins = !this.isReading;
    this.#text += typed;
    this.#last = stroke.at;
    if (begins) {
      this.#first = stroke.at;
    }
    const presses = typed === " " || stroke.control;
    return { swallow: presses && !begins, begins, code: null };
  }
}
