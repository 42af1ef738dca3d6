/** Orders by number, part or description, open ones first. */

import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { get } from "./api.js";
import { useChanges } from "./fresh.js";
import { whereabouts } from "./order-words.js";
import { show } from "./page.js";
import { Due, Empty, Hot, Icon, OrderLink, State, Unbroken } from "./parts.js";
import { tellError } from "./tell.js";

/** @typedef {import("./types.js").FoundOrder} FoundOrder */

const PAUSE_MS = 200;

/** @param {{page: import("./types.js").OrdersPage}} props */
function Orders({ page }) {
  const [query, setQuery] = useState(page.q);
  const [orders, setOrders] = useState(page.orders);
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const asked = useRef(page.q);

  /** @param {string} q */
  const find = async (q) => {
    asked.current = q;
    try {
      const answer = await get(`/desk/api/orders?q=${encodeURIComponent(q)}`);
      if (asked.current === q) {
        setOrders(answer.orders);
        history.replaceState(null, "", q ? `?q=${encodeURIComponent(q)}` : location.pathname);
      }
    } catch (error) {
      tellError(error);
    }
  };
  useChanges(
    (changed) => orders.some((one) => changed.orders.includes(one.order)),
    () => find(query),
  );
  /** @param {any} event */
  const typed = (event) => {
    setQuery(event.target.value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => find(event.target.value.trim()), PAUSE_MS);
  };
  return html`
    <div class="tools">
      <label class="find-orders">
        <${Icon} name="search" />
        <span class="aside">${t("Number, part or description")}</span>
        <input
          type="search"
          value=${query}
          maxlength="80"
          placeholder=${t("Number, part or description")}
          autocomplete="off"
          spellcheck=${false}
          onInput=${typed}
        />
      </label>
      <p role="status">${foundWords(orders.length)}</p>
    </div>
    ${
      orders.length === 0
        ? html`<${Nothing} query=${query} />`
        : html`<ul class="cards">
            ${orders.map((order) => html`<${OrderCard} key=${order.order} order=${order} people=${page.people} />`)}
          </ul>`
    }
  `;
}

/** @param {number} count */
function foundWords(count) {
  if (count >= 100) {
    return t("The first %(count)s", { count });
  }
  return count === 1 ? t("1 order") : t("%(count)s orders", { count });
}

/** @param {{query: string}} props */
function Nothing({ query }) {
  return query.trim() === ""
    ? html`<${Empty} icon="orders" title=${t("There are no orders yet.")}>
        <a class="button" href="/desk/import">${t("Import orders")}</a>
      <//>`
    : html`<${Empty} icon="search" title=${t("No order has that number, part or description.")}>
        ${t("Try a part of the number; capital letters do not matter.")}
      <//>`;
}

/** @param {{order: FoundOrder, people: Record<string, string>}} props */
function OrderCard({ order, people }) {
  const done = order.state === "completed" || order.state === "cancelled";
  return html`<li>
    <span class="cell">
      <span><${OrderLink} order=${order.order} /> ${order.hot && html`<${Hot} />`}</span>
      <small><${State} state=${order.hold === null ? order.state : "held"} /></small>
    </span>
    <span class="cell clipped">
      <span>${order.part} <span class="faint">${order.revision}</span></span>
      <small>${order.description}</small>
    </span>
    <span class="cell figure">${order.quantity}<small>${t("pieces")}</small></span>
    <span class="cell"><${Due} day=${order.due} done=${done} /></span>
    <span class="cell where"><span><${Unbroken} text=${whereabouts(order, people)} /></span></span>
  </li>`;
}

show(Orders);
