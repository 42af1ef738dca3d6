/** The table of orders due for release: chosen by mouse, by Shift, and by keyboard. */

import { html } from "htm/preact";
import { Component } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/text.js";
import { reason } from "./check-words.js";
import { Due, Hot, Mark, OrderLink } from "./parts.js";
import { failedChecks } from "./release-filter.js";
import { afterKey, allOrNone, clicked } from "./selection.js";
import { due, shortDay } from "./when.js";

/** @typedef {import("./types.js").DueOrder} DueOrder */
/** @typedef {import("./selection.js").Selection} Selection */

/**
 * @param {object} props
 * @param {DueOrder[]} props.orders
 * @param {Selection} props.selection
 * @param {(selection: Selection) => void} props.onSelection
 * @param {() => void} props.onRelease
 */
export function ReleaseTable({ orders, selection, onSelection, onRelease }) {
  const body = useRef(/** @type {HTMLTableSectionElement | null} */ (null));
  const latest = useRef(selection);
  latest.current = selection;
  const keys = orders.map((order) => order.order);
  const shown = useRef(keys);
  shown.current = keys;
  const focused = useRef(false);
  const cursor = selection.cursor ?? keys[0];
  useEffect(() => {
    if (focused.current && cursor) {
      /** @type {HTMLElement | null | undefined} */ (
        body.current?.querySelector(`[data-key="${CSS.escape(cursor)}"]`)
      )?.focus();
    }
  }, [cursor]);

  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRelease();
      return;
    }
    const after = afterKey(event, latest.current, shown.current);
    if (after) {
      event.preventDefault();
      focused.current = true;
      onSelection(after);
    }
  };
  /** @param {MouseEvent} event */
  const onClick = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const key = target.closest("tr")?.dataset.key;
    if (key && !target.closest("a")) {
      onSelection(clicked(latest.current, shown.current, key, event.shiftKey));
    }
  };
  /** @param {FocusEvent} event */
  const onFocusIn = (event) => {
    const key = /** @type {HTMLElement} */ (event.target).closest("tr")?.dataset.key;
    if (key && key !== latest.current.cursor) {
      onSelection({ ...latest.current, cursor: key });
    }
  };
  /** @param {MouseEvent} event */
  const onMouseDown = (event) => event.shiftKey && event.preventDefault();

  return html`<table class="table release" role="grid" aria-multiselectable="true">
    <${Head}
      all=${keys.every((key) => selection.chosen.has(key))}
      onAll=${() => onSelection(allOrNone(selection, keys))}
    />
    <tbody
      ref=${body}
      onKeyDown=${onKeyDown}
      onClick=${onClick}
      onMouseDown=${onMouseDown}
      onFocusIn=${onFocusIn}
    >
      ${orders.map(
        (order) => html`<${DueRow}
          key=${order.order}
          order=${order}
          chosen=${selection.chosen.has(order.order)}
          cursor=${cursor === order.order}
        />`,
      )}
    </tbody>
  </table>`;
}

/** @param {{all: boolean, onAll: () => void}} props */
function Head({ all, onAll }) {
  return html`<thead>
    <tr>
      <th class="check">
        <input type="checkbox" checked=${all} onChange=${onAll} aria-label=${t("Choose all shown")} />
      </th>
      <th class="col-day">${t("Planned release")}</th>
      <th class="col-order">${t("Order")}</th>
      <th>${t("Part")}</th>
      <th class="figure col-figure">${t("Quantity")}</th>
      <th class="col-day">${t("Due")}</th>
      <th class="figure col-figure">${t("Priority")}</th>
      <th class="col-checks">${t("Release checks")}</th>
    </tr>
  </thead>`;
}

/** A row that is drawn again only when it says something new: 200 rows stay smooth. */
class DueRow extends Component {
  /** @param {any} next */
  shouldComponentUpdate(next) {
    const was = /** @type {any} */ (this.props);
    return next.order !== was.order || next.chosen !== was.chosen || next.cursor !== was.cursor;
  }

  render() {
    const { order, chosen, cursor } = /** @type {any} */ (this.props);
    return html`<tr data-key=${order.order} aria-selected=${chosen} tabindex=${cursor ? 0 : -1}>
      <td class="check">
        <input
          type="checkbox"
          checked=${chosen}
          tabindex="-1"
          aria-label=${t("Choose %(order)s", order)}
        />
      </td>
      <td><${PlannedRelease} order=${order} /></td>
      <td><${OrderLink} order=${order.order} />${order.hot && html` <${Hot} />`}</td>
      <td>
        ${order.part} <span class="faint">${t("Rev. %(revision)s", { revision: order.revision || "–" })}</span>
        <small>${order.description}</small>
      </td>
      <td class="figure">${order.quantity}</td>
      <td><${Due} day=${order.due} /></td>
      <td class="figure">${order.priority}</td>
      <td><${Checks} order=${order} /></td>
    </tr>`;
  }
}

/** @param {{order: DueOrder}} props */
function PlannedRelease({ order }) {
  const { words, tone, icon } = due(order.planned_release);
  return html`${shortDay(order.planned_release)}
    <span class="under">
      ${tone ? html`<${Mark} tone=${tone} icon=${icon}>${words}<//>` : words}
    </span>`;
}

/** @param {{order: DueOrder}} props */
function Checks({ order }) {
  const failed = failedChecks(order);
  return html`<div class="checks">
    ${
      failed.length === 0
        ? html`<${Mark} tone="quiet" icon="passed">
            ${t("All %(count)s passed", { count: order.checks.length })}
          <//>`
        : html`<${Mark} tone="stop" icon="failed">
            ${t("%(failed)s of %(count)s failed", { failed: failed.length, count: order.checks.length })}
          <//>`
    }
    ${
      failed.length > 0 &&
      html`<ul class="reasons">
        ${failed.map((check) => html`<li key=${check.name}>${reason(check)}</li>`)}
      </ul>`
    }
  </div>`;
}
