/** The words of the screens in the reader's language: English is the key, the catalogue translates. */

/** @type {Record<string, string>} */
let catalogue = {};
let locale = "en";
/** @type {Record<string, Record<string, string>>} */
let reasons = {};

const PLACE = /%\((\w+)\)s/g;

/**
 * Return a text in the reader's language with its `%(name)s` places filled in.
 *
 * @param {string} english
 * @param {object} [values]
 * @returns {string}
 */
export function t(english, values = {}) {
  const text = catalogue[english] || english;
  return text.replace(PLACE, (place, name) => {
    const value = /** @type {Record<string, unknown>} */ (values)[name];
    return value === undefined || value === null ? place : String(value);
  });
}

/**
 * Return a reason in the reader's language when it comes by default, else as the plant wrote it.
 *
 * @param {string} kind `scrap`, `rework` or `pause`.
 * @param {string} reason
 */
export function reasonWords(kind, reason) {
  const words = reasons[kind] ?? {};
  return Object.hasOwn(words, reason) ? words[reason] : reason;
}

/** Return the reader's language, for numbers and dates. */
export function language() {
  return locale;
}

/**
 * Return a number with one decimal, as the reader's language writes it.
 *
 * @param {number} value
 */
export function oneDecimal(value) {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale, digits).format(value);
}

/**
 * Take a catalogue: `{"English": "Deutsch", …}`, or the same as `messages` beside a `locale` and the
 * `reasons` that come by default, by their kind.
 *
 * @param {any} answer
 */
export function takeMessages(answer) {
  const messages = answer?.messages ?? answer ?? {};
  catalogue = Object.fromEntries(
    Object.entries(messages).filter(([key, value]) => key && typeof value === "string"),
  );
  reasons = answer?.reasons ?? {};
  locale = answer?.locale ?? document.documentElement.lang ?? "en";
}

/** Fetch the catalogue that the page names; without an answer the screens speak English. */
export async function loadMessages() {
  const address = document.body.dataset.messages;
  if (!address) {
    return;
  }
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (response.ok) {
      takeMessages(await response.json());
    }
  } catch {
    // A screen in English is better than no screen.
  }
}
