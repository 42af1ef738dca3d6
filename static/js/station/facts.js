/**
 * What the operator does, one thing after the other, each under an id of its own.
 *
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 * @typedef {import("../shared/types.d.ts").SignedIn} SignedIn
 * @typedef {import("./codes.js").Reading} Reading
 * @typedef {import("./keeping.js").Made} Made
 * @typedef {import("./post.js").Outcome} Outcome
 * @typedef {import("./state.js").Sent} Sent
 *
 * @typedef {object} Ears Who hears how it went.
 * @property {() => (SignedIn & {kept?: boolean}) | null} operator Who is signed in, as far as this
 *   page knows.
 * @property {() => number} badgeMs How long a badge holds.
 * @property {(sent: Sent) => void} sending
 * @property {(answer: Answer, sent: Sent) => void} answered
 * @property {(sent: Sent, reading: Reading | null) => void} kept
 * @property {(failure: import("./post.js").Failure, sent: Sent) => void} failed
 * @property {(sent: Sent) => void} repeated The scanner has read the same thing twice.
 */

import { newId } from "../shared/ids.js";
import { read, typed as readTyped } from "./codes.js";
import { BADGE_MS } from "./keeping.js";

/** The same code again within this time is one scan. */
export const SAME_MS = 2000;

/** Knows repeats, and what waits for a badge. */
export class Facts {
  /** @type {{text: string, at: number} | null} */
  #last = null;
  /** @type {{sent: Sent, until: number} | null} */
  #waiting = null;
  /** @type {{badge: string, until: number} | null} The badge that was read here last. */
  #read = null;

  /**
   * @param {{take: (sent: Sent, made: Made) => Promise<Outcome>}} post
   * @param {Ears} ears
   * @param {() => number} [now] Milliseconds of a clock that never jumps.
   */
  constructor(post, ears, now = () => performance.now()) {
    this.post = post;
    this.ears = ears;
    this.now = now;
  }

  /**
   * Send a code that was read or typed.
   *
   * @param {string} text
   * @param {{typed?: boolean, touched?: boolean}} [how]
   */
  scan(text, { typed = false, touched = false } = {}) {
    const payload = { id: newId(), text, ...(typed ? { typed } : {}) };
    if (!typed && this.#isRepeat(text)) {
      this.ears.repeated({ message: "scan", payload });
      return Promise.resolve();
    }
    return this.send({ message: "scan", payload, touched });
  }

  /**
   * Send the same thing again because the operator insists.
   *
   * @param {Sent} sent
   */
  insist({ message, payload }) {
    return this.send({ message, payload: { ...payload, id: newId(), insists: true } });
  }

  /**
   * Send a fact once those before it have been answered.
   *
   * @param {Sent} sent
   * @param {string} [badge] That it waited for.
   * @returns {Promise<void>}
   */
  async send(sent, badge) {
    const reading = readingOf(sent);
    const stated = badge !== undefined || this.ears.operator()?.kept === true;
    const made = { operator: badge ?? this.#badge(), stated, reading };
    if (reading?.kind === "badge") {
      this.#read = { badge: reading.badge, until: this.now() + this.ears.badgeMs() };
    }
    this.ears.sending(sent);
    const outcome = await this.post.take(sent, made);
    this.#heard(outcome, { ...sent, stated }, reading);
  }

  /** Return whose badge holds now, even one that the server has not seen yet; "" for nobody's. */
  #badge() {
    const read = this.#read && this.now() < this.#read.until ? this.#read : this.ears.operator();
    return read?.badge ?? "";
  }

  /** @param {string} text */
  #isRepeat(text) {
    const at = this.now();
    const repeats = this.#last?.text === text && at - this.#last.at < SAME_MS;
    this.#last = { text, at };
    return repeats;
  }

  /**
   * @param {Outcome} outcome
   * @param {Sent} sent
   * @param {Reading | null} reading
   */
  #heard(outcome, sent, reading) {
    if (outcome.is === "failed") {
      // It was not taken, so reading it once more is a new attempt.
      this.#last = null;
      this.ears.failed(outcome.failure, sent);
      return;
    }
    if (this.#last) {
      this.#last.at = this.now();
    }
    if (outcome.is === "kept") {
      this.ears.kept(sent, reading);
      this.#follow(reading?.kind === "badge" ? "badge" : "", null, reading);
    } else {
      this.ears.answered(outcome.answer, sent);
      this.answered(outcome.answer, sent);
    }
  }

  /**
   * Keep what needs a badge, and go on with it once there is one, whoever has read the badge.
   *
   * @param {Answer} answer
   * @param {Sent | null} sent
   */
  answered(answer, sent) {
    if (answer.operator?.badge !== this.#read?.badge) {
      this.#read = null;
    }
    this.#follow(answer.code, sent, null);
  }

  /**
   * @param {string} code
   * @param {Sent | null} sent
   * @param {Reading | null} kept The badge that the server has not seen yet.
   */
  #follow(code, sent, kept) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (code === "badge-needed" && sent) {
      this.#waiting = { sent, until: this.now() + BADGE_MS };
    } else if (waiting && code === "badge" && this.now() < waiting.until) {
      const { message, payload } = waiting.sent;
      const badge = kept?.kind === "badge" ? kept.badge : undefined;
      this.send({ message, payload: { ...payload, id: newId() } }, badge);
    } else if (waiting && code === "unknown-badge") {
      this.#waiting = waiting;
    }
  }
}

/**
 * Return what a code says, as far as this page can tell.
 *
 * @param {Sent} sent
 * @returns {Reading | null}
 */
function readingOf({ message, payload }) {
  if (message !== "scan") {
    return null;
  }
  return payload.typed ? readTyped(payload.text) : read(payload.text);
}
