/** One order: where is my job. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { useFresh } from "./fresh.js";
import { OrderActions } from "./order-actions.js";
import { OrderHistory } from "./order-history.js";
import { Routing } from "./order-routing.js";
import { Sheets } from "./order-sheets.js";
import { whereabouts } from "./order-words.js";
import { show } from "./page.js";
import { Hot, Mark, State, Unbroken } from "./parts.js";
import { due, moment, shortDay } from "./when.js";

/** @typedef {import("./types.js").OrderPage} OrderPage */

/** @param {OrderPage} order */
function dates(order) {
  const open = order.state !== "completed" && order.state !== "cancelled";
  const { words, tone, icon } = due(order.due);
  const release = order.released_at
    ? [t("Released"), moment(order.released_at)]
    : [t("Planned release"), shortDay(order.planned_release)];
  return { open, words, tone, icon, release };
}

/** @param {{page: OrderPage}} props */
function Order({ page }) {
  const [order, refresh] = useFresh(
    `/desk/api/orders/${encodeURIComponent(page.order)}`,
    page,
    (changed) => changed.orders.includes(page.order),
  );
  return html`
    <div class="order-head">
      <h1>
        ${order.order}
        <${State} state=${order.hold === null ? order.state : "held"} />
        ${order.hot && html`<${Hot} />`}
      </h1>
      <p class="where" role="status"><${Unbroken} text=${whereabouts(order, order.people)} /></p>
      <${OrderActions} order=${order} onDone=${refresh} />
    </div>
    <${Facts} order=${order} />
    <div class="two">
      <section>
        <h2>${t("Routing")}</h2>
        <${Routing} order=${order} />
      </section>
      <div>
        <section>
          <h2>${t("Sheets")}</h2>
          <${Sheets} sheets=${order.sheets} />
        </section>
        <section>
          <h2>${t("History")}</h2>
          <${OrderHistory} history=${order.history} people=${order.people} />
        </section>
      </div>
    </div>
  `;
}

/** @param {{order: OrderPage}} props */
function Facts({ order }) {
  const { open, words, tone, icon, release } = dates(order);
  return html`<dl class="facts">
    <div class="wide">
      <dt>${t("Part")}</dt>
      <dd>
        ${order.part} <span class="faint">${t("Rev. %(revision)s", { revision: order.revision || "–" })}</span>
        <small>${order.description}</small>
      </dd>
    </div>
    <div><dt>${t("Quantity")}</dt><dd>${order.quantity}</dd></div>
    <div>
      <dt>${t("Due")}</dt>
      <dd>
        ${shortDay(order.due)}
        <small>${open && (tone ? html`<${Mark} tone=${tone} icon=${icon}>${words}<//>` : words)}</small>
      </dd>
    </div>
    <div><dt>${release[0]}</dt><dd>${release[1]}</dd></div>
    <div><dt>${t("Priority")}</dt><dd>${order.priority}</dd></div>
  </dl>`;
}

show(Order);
