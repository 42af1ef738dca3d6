/** One kind of pieces on the finish panel: its number between two big buttons. */

import { html } from "htm/preact";
import { reasonWords, t } from "../shared/text.js";
import { Icon } from "./icon.js";

/** @typedef {import("./count.js").Kind} Kind */

/** @type {Record<Kind, () => string>} */
export const KINDS = {
  good: () => t("Good"),
  scrap: () => t("Scrap"),
  rework: () => t("Rework"),
};

/**
 * @param {{kind: Kind, value: number, chosen: boolean, reason: string, choose: () => void,
 *   enter: (pieces: number) => void}} props
 */
export function Counter({ kind, value, chosen, reason, choose, enter }) {
  const name = KINDS[kind]();
  return html`
    <div class="counter" data-kind=${kind} data-chosen=${chosen} data-some=${value > 0}>
      <button class="step" type="button" aria-label=${t("%(name)s: one less", { name })}
        aria-disabled=${value === 0} onClick=${() => enter(value - 1)}><${Icon} name="minus" /></button>
      <button class="counter-value" type="button" aria-pressed=${chosen} onClick=${choose}>
        <span class="counter-name">${name}</span>
        <b data-long=${value > 999}>${value}</b>
        <span class="counter-reason">${reasonWords(kind, reason)}</span>
      </button>
      <button class="step" type="button" aria-label=${t("%(name)s: one more", { name })}
        onClick=${() => enter(value + 1)}><${Icon} name="plus" /></button>
    </div>`;
}

/**
 * @param {{kind: string, title: string, wanted: boolean, reasons: string[], chosen: string,
 *   choose: (reason: string) => void}} props
 */
export function Reasons({ kind, title, wanted, reasons, chosen, choose }) {
  return html`
    <fieldset class="reasons" data-wanted=${wanted}>
      <legend>${title}</legend>
      <div class="reason-chips">
        ${reasons.map(
          (reason) => html`<button key=${reason} class="reason" type="button"
            aria-pressed=${reason === chosen} onClick=${() => choose(reason)}>${reasonWords(kind, reason)}</button>`,
        )}
      </div>
    </fieldset>`;
}

/**
 * The sum against what is here.
 *
 * @param {{count: import("./count.js").Count, remaining: number, arrived: number,
 *   outcome: import("./count.js").Outcome, more: boolean}} props
 */
export function Sum({ count, remaining, arrived, outcome, more }) {
  const { left, total } = outcome;
  const whole = Math.max(remaining, total, 1);
  const width = (/** @type {number} */ pieces) => (100 * pieces) / whole;
  const verdict = sumWords(left, more);
  return html`
    <div class="sum" data-over=${left < 0}>
      <p class="sum-figures">
        <b>${count.good + count.scrap + count.rework}</b>
        <span>${t("of %(remaining)s here", { remaining })}</span>
      </p>
      <svg class="sum-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="bar-good" width=${width(count.good)} height="1" />
        <rect class="bar-scrap" x=${width(count.good)} width=${width(count.scrap)} height="1" />
        <rect class="bar-rework" x=${width(count.good + count.scrap)} width=${width(count.rework)} height="1" />
      </svg>
      <p class="sum-words" role="status">${verdict}</p>
      <p class="sum-arrived">${t("%(arrived)s arrived in all, %(done)s reported before", {
        arrived,
        done: Math.max(0, arrived - remaining),
      })}</p>
    </div>`;
}

/**
 * @param {number} left
 * @param {boolean} more
 */
function sumWords(left, more) {
  if (left < 0) {
    return t("%(over)s more than are here", { over: -left });
  }
  if (left > 0) {
    return t("%(left)s stay to be made", { left });
  }
  return more ? t("All that are here; more will come") : t("It adds up");
}
