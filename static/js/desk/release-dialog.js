/** The dialog over a release in which checks fail: what, order by order, and one reason for all. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { canOverride, checkName, reason } from "./check-words.js";
import { Dialog } from "./dialog.js";
import { Mark } from "./parts.js";
import { failedChecks } from "./release-filter.js";

/** @typedef {import("./types.js").DueOrder} DueOrder */

/**
 * @param {object} props
 * @param {DueOrder[]} props.orders
 * @param {boolean} props.busy
 * @param {() => void} props.onClose
 * @param {(orders: DueOrder[], reason?: string) => void} props.onRelease
 */
export function OverrideDialog({ orders, busy, onClose, onRelease }) {
  const [why, setWhy] = useState("");
  const failing = orders.filter((order) => failedChecks(order).length > 0);
  const passing = orders.filter((order) => failedChecks(order).length === 0);
  const possible = orders.filter((order) => canOverride(failedChecks(order)));
  const count = possible.length;
  const others = html`<button
    class="button"
    type="button"
    disabled=${busy}
    onClick=${() => onRelease(passing)}
  >
    ${t("Only the %(count)s that pass", { count: passing.length })}
  </button>`;
  return html`<${Dialog}
    title=${t("%(failed)s of %(count)s orders do not pass their checks", {
      failed: failing.length,
      count: orders.length,
    })}
    action=${count === 1 ? t("Release 1 order anyway") : t("Release %(count)s orders anyway", { count })}
    busy=${busy}
    ready=${why.trim() !== "" && count > 0}
    aside=${passing.length > 0 && others}
    onClose=${onClose}
    onSubmit=${() => onRelease(possible, why.trim())}
  >
    <ul class="failing">
      ${failing.map((order) => html`<${Failing} key=${order.order} order=${order} />`)}
    </ul>
    <label class="field">
      <span>${t("Why release them anyway?")}</span>
      <input
        autofocus
        required
        maxlength="200"
        value=${why}
        onInput=${(/** @type {any} */ event) => setWhy(event.target.value)}
      />
      <small>${t("The reason is kept with each of these orders, under your name.")}</small>
    </label>
  <//>`;
}

/** @param {{order: DueOrder}} props */
function Failing({ order }) {
  const failed = failedChecks(order);
  return html`<li>
    <strong>${order.order}</strong>
    <ul>
      ${failed.map(
        (check) => html`<li key=${check.name}>
          <${Mark} tone="stop" icon="failed"><span class="check-name">${checkName(check)}</span><//>
          ${reason(check)}
        </li>`,
      )}
      ${
        !canOverride(failed) &&
        html`<li class="faint">${t("This one cannot be released before its routing is complete.")}</li>`
      }
    </ul>
  </li>`;
}
