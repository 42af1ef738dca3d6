/** An outbox in memory: what outbox.js promises, without a disk. */

import { newId } from "../../static/js/shared/ids.js";
import { adopting, hasBadgeNow, renewed } from "../../static/js/station/keeping.js";

export class MemoryOutbox {
  /** @type {any[]} */
  facts = [];
  /** @type {any[]} */
  refused = [];
  #seq = 0;
  /** @type {Error | null} What goes wrong with the next facts. */
  fault = null;

  async add(entry, badge) {
    if (this.fault) {
      throw this.fault;
    }
    const last = this.facts.at(-1) ?? null;
    const adopted = badge && adopting(last, badge, Date.parse(entry.at));
    if (adopted) {
      this.facts.splice(-1, 1, adopted);
    }
    this.#seq += 1;
    this.facts.push({ ...structuredClone(entry), seq: this.#seq });
  }

  async oldest() {
    return this.facts[0] ?? null;
  }

  async count() {
    const since = this.facts[0]?.at ?? null;
    return { unsent: this.facts.length, since, refused: [...this.refused] };
  }

  async settle(entry, payload, answer, refused) {
    const at = this.facts.findIndex(({ seq }) => seq === entry.seq);
    if (at >= 0 && hasBadgeNow(this.facts[at], payload, answer)) {
      this.facts[at] = renewed(this.facts[at], newId());
      return false;
    }
    if (at >= 0) {
      this.facts.splice(at, 1);
      this.refused.push(...(refused ? [{ ...refused, seq: entry.seq }] : []));
    }
    return true;
  }

  async seen(refused) {
    const gone = new Set(refused.map(({ seq }) => seq));
    this.refused = this.refused.filter(({ seq }) => !gone.has(seq));
  }
}
