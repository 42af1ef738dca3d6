/** Words for what was taken: one huge word, and a sentence that says what comes next. */

import { flagWords, refusalWords } from "./refusals.js";
import { reasonWords, t } from "./text.js";

/**
 * @typedef {import("./types.d.ts").Answer} Answer
 * @typedef {import("./types.d.ts").Details} Details
 */

/** @type {Record<string, (details: Details) => string>} */
const TAKEN = {
  badge: (d) => t("Hello %(name)s", d),
  started: () => t("Started"),
  resumed: () => t("Running again"),
  panel: () => t("Count"),
  reported: () => t("Reported"),
  completed: () => t("Finished"),
  paused: () => t("Paused"),
  joined: () => t("Joined"),
  left: () => t("Left"),
  undone: () => t("Taken back"),
};

/** @type {Record<string, (details: Details) => string>} */
const SENTENCES = {
  badge: () => t("Now scan the traveler."),
  started: (d) => t("%(name)s makes %(remaining)s × %(part)s.", d),
  resumed: (d) => t("%(name)s goes on: %(remaining)s × %(part)s left.", d),
  panel: () => t("Count the parts, then confirm."),
  reported: (d) => t("%(pieces)s. %(left)s left, it keeps running.", pieces(d)),
  completed: (d) =>
    d.next
      ? t("%(pieces)s. Take them to %(next)s.", pieces(d))
      : t("%(pieces)s. That was the last operation.", pieces(d)),
  paused: (d) =>
    t("%(reason)s. Scan the traveler to go on.", {
      reason: reasonWords("pause", String(d.reason)),
    }),
  joined: (d) => t("%(name)s works on it too.", d),
  left: (d) => t("%(name)s has stopped working on it.", d),
  undone: () => t("All is as it was before."),
};

/** Every answer that something was taken. */
export const ANSWERS = Object.keys(TAKEN);

/** @param {Details} details */
function pieces(details) {
  return { ...details, pieces: quantityWords(details) };
}

/**
 * Return quantities in words: `8 good, 2 scrap`.
 *
 * @param {{good?: unknown, scrap?: unknown, rework?: unknown}} quantities
 */
export function quantityWords({ good, scrap, rework }) {
  const parts = [];
  if (good || !(scrap || rework)) {
    parts.push(t("%(good)s good", { good: good ?? 0 }));
  }
  if (scrap) {
    parts.push(t("%(scrap)s scrap", { scrap }));
  }
  if (rework) {
    parts.push(t("%(rework)s rework", { rework }));
  }
  return parts.join(", ");
}

/**
 * Return what was done, in a word.
 *
 * @param {string} code
 * @param {Details} details
 */
export function takenWord(code, details) {
  return TAKEN[code]?.(details) ?? t("OK");
}

/** @param {Answer} answer */
function word({ verdict, code, details }) {
  if (verdict === "refused") {
    return t("Not taken");
  }
  if (verdict === "call") {
    return code === "badge-needed" ? t("Your badge") : t("Your turn");
  }
  const taken = takenWord(code, details);
  return verdict === "look" ? t("Look: %(taken)s", { taken: taken.toLowerCase() }) : taken;
}

/**
 * Return the huge word and the sentence of an answer.
 *
 * @param {Answer} answer
 * @returns {{word: string, sentence: string}}
 */
export function answerWords(answer) {
  const taken = SENTENCES[answer.code];
  const sentence = taken ? taken(answer.details) : refusalWords(answer.code, answer.details);
  const flags = answer.flags.map(flagWords).join(", ");
  return {
    word: word(answer),
    sentence: flags
      ? t("%(sentence)s The dispatcher is told: %(flags)s.", { sentence, flags })
      : sentence,
  };
}
