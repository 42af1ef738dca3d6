/**
 * The facts that this device keeps until the server has answered them, in IndexedDB.
 *
 * Written with `durability: "strict"`: what is confirmed to the operator survives a power cut.
 *
 * @typedef {import("./keeping.js").Entry} Entry
 * @typedef {import("./keeping.js").Refused} Refused
 * @typedef {import("../shared/types.d.ts").Answer} Answer
 */

import { newId } from "../shared/ids.js";
import { adopting, hasBadgeNow, renewed } from "./keeping.js";

const VERSION = 1;
const FACTS = "facts";
const REFUSED = "refused";

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {IDBTransaction} transaction
 * @returns {Promise<void>}
 */
function committed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Keeps facts in their order. */
export class Outbox {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // Another version of this page wants to change it: it opens again with the next page.
    database.onversionchange = () => database.close();
  }

  /**
   * Return the outbox of a station; it rejects where nothing can be kept.
   *
   * @param {string} station
   */
  static async open(station) {
    // Without IndexedDB this throws, and so rejects.
    const request = indexedDB.open(`floorline-${station}`, VERSION);
    request.onupgradeneeded = () => {
      for (const name of [FACTS, REFUSED]) {
        request.result.createObjectStore(name, { keyPath: "seq", autoIncrement: true });
      }
    };
    return new Outbox(await result(request));
  }

  /**
   * @param {string[]} names
   * @param {IDBTransactionDurability} durability
   */
  #writing(names, durability = "strict") {
    return this.database.transaction(names, "readwrite", { durability });
  }

  /**
   * Keep a fact: durable once this resolves. A badge goes to the fact right before it, too.
   *
   * @param {Entry} entry
   * @param {string} badge The badge that this fact is, else "".
   */
  async add(entry, badge) {
    const writing = this.#writing([FACTS]);
    const done = committed(writing);
    const facts = writing.objectStore(FACTS);
    try {
      const last = badge ? await result(facts.openCursor(null, "prev")) : null;
      const adopted = adopting(last?.value ?? null, badge, Date.parse(entry.at));
      if (adopted) {
        facts.put(adopted);
      }
      facts.add(entry);
    } catch {
      writing.abort();
    }
    await done;
  }

  /**
   * Return the fact that goes next.
   *
   * @returns {Promise<Entry | null>}
   */
  async oldest() {
    const facts = this.database.transaction(FACTS).objectStore(FACTS);
    return (await result(facts.openCursor()))?.value ?? null;
  }

  /**
   * Return how many facts are kept, since when, and what was refused and nobody has seen yet.
   *
   * @returns {Promise<import("./post.js").Kept>}
   */
  async count() {
    const reading = this.database.transaction([FACTS, REFUSED]);
    const facts = reading.objectStore(FACTS);
    const [unsent, oldest, refused] = await Promise.all([
      result(facts.count()),
      result(facts.openCursor()),
      result(reading.objectStore(REFUSED).getAll()),
    ]);
    return { unsent, since: oldest?.value.at ?? null, refused };
  }

  /**
   * Forget a fact that the server has answered; keep what has to be said of it.
   *
   * @param {Entry} entry
   * @param {any} payload As it was sent.
   * @param {Answer} answer
   * @param {Refused | null} refused
   * @returns {Promise<boolean>} Whether the fact is done with; else it goes out again.
   */
  async settle(entry, payload, answer, refused) {
    const seq = Number(entry.seq);
    // Not strict: what is forgotten in a power cut is sent again, and answered as before.
    const writing = this.#writing([FACTS, REFUSED], "relaxed");
    const done = committed(writing);
    const facts = writing.objectStore(FACTS);
    const now = await result(facts.get(seq));
    const again = now !== undefined && hasBadgeNow(now, payload, answer);
    if (again) {
      facts.put(renewed(now, newId()));
    } else if (now) {
      facts.delete(seq);
      if (refused) {
        writing.objectStore(REFUSED).add(refused);
      }
    }
    await done;
    return !again;
  }

  /**
   * Somebody has seen what was refused.
   *
   * @param {Refused[]} refused
   */
  async seen(refused) {
    const writing = this.#writing([REFUSED]);
    const done = committed(writing);
    for (const { seq } of refused) {
      writing.objectStore(REFUSED).delete(Number(seq));
    }
    await done;
  }
}
