/** The routing of an order as a line from the first operation to the last. */

import { html } from "htm/preact";
import { lostWords } from "../shared/pieces.js";
import { t } from "../shared/text.js";
import { crewNames, operationNumber } from "./order-words.js";
import { Empty, Icon, listAddress, stateWords } from "./parts.js";
import { hours, moment } from "./when.js";

/** @typedef {import("./types.js").OrderStep} OrderStep */
/** @typedef {import("./types.js").OrderPage} OrderPage */

/**
 * Return what happened or is to happen at an operation.
 * @param {OrderStep} step
 * @param {OrderPage} order
 */
function stepTime(step, order) {
  if (step.completed_at) {
    return t("done %(at)s", { at: moment(step.completed_at) });
  }
  if (step.state === "running" && step.started_at) {
    const crew = crewNames(step.crew, order.people);
    const since = moment(step.started_at);
    return crew ? t("%(crew)s, since %(since)s", { crew, since }) : t("since %(since)s", { since });
  }
  const minutes = step.setup_minutes + step.run_minutes * order.quantity;
  return t("%(hours)s by standard", { hours: hours(minutes) });
}

/** @param {{order: OrderPage}} props */
export function Routing({ order }) {
  if (order.operations.length === 0) {
    return html`<${Empty} icon="lists" title=${t("The routing has no operations.")} />`;
  }
  const onTheFloor = order.state !== "planned" && order.state !== "cancelled";
  return html`<ol class="routing">
    ${order.operations.map(
      (step) => html`<${Step} key=${step.number} step=${step} order=${order} live=${onTheFloor} />`,
    )}
  </ol>`;
}

/** @param {{step: OrderStep, order: OrderPage, live: boolean}} props */
function Step({ step, order, live }) {
  const state = live ? step.state : "planned";
  return html`<li data-state=${state}>
    <span class="stop"><${Icon} name=${state === "planned" ? "ready" : state} /></span>
    <span class="cell">
      <span class="strong">${operationNumber(step.number)}</span>
      <small>${live ? stateWords(state) : t("Not released")}</small>
    </span>
    <span class="cell clipped">
      <a class="key" href=${listAddress(step.work_center)}>${step.work_center}</a>
      <small>${step.description}</small>
    </span>
    <${Pieces} step=${step} quantity=${order.quantity} live=${live} />
    <span class="cell step-time"><small>${stepTime(step, order)}</small></span>
  </li>`;
}

/** @param {{step: OrderStep, quantity: number, live: boolean}} props */
function Pieces({ step, quantity, live }) {
  if (!live) {
    return html`<span class="cell figure pieces"></span>`;
  }
  const lost = lostWords(step);
  return html`<span class="cell figure pieces">
    <span><strong>${step.good}</strong> / ${quantity}</span>
    <progress max=${quantity} value=${step.good} aria-label=${t("Good pieces")}></progress>
    <small class=${step.scrap > 0 ? "bad" : ""}>
      ${lost || (step.state !== "completed" && step.arrived > 0 && t("%(arrived)s arrived", step))}
    </small>
  </span>`;
}
