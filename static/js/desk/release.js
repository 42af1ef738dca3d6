/** Release: the orders due for release, late first; many released in one go. */

import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { ofKind, useFresh } from "./fresh.js";
import { may, show, today } from "./page.js";
import { Empty, Icon } from "./parts.js";
import { OverrideDialog } from "./release-dialog.js";
import { counts, FILTERS, failedChecks, shows } from "./release-filter.js";
import { ReleaseResult } from "./release-result.js";
import { ReleaseTable } from "./release-table.js";
import { kept, NOTHING } from "./selection.js";
import { tellError } from "./tell.js";

/** @typedef {import("./types.js").DueOrder} DueOrder */
/** @typedef {import("./release-filter.js").Filter} Filter */

/** @type {Record<Filter, () => string>} */
const FILTER_WORDS = {
  all: () => t("All"),
  late: () => t("Late"),
  today: () => t("Today"),
  week: () => t("This week"),
  failed: () => t("Failed checks"),
};

/** @param {number} count */
function releaseWords(count) {
  if (count === 0) {
    return t("Release");
  }
  return count === 1 ? t("Release 1 order") : t("Release %(count)s orders", { count });
}

const CONCERNS = ofKind(
  "OrderPlanned",
  "OrderReplanned",
  "OrderReleased",
  "OrderHeld",
  "OrderFreed",
);

/** @param {{page: import("./types.js").ReleasePage}} props */
function Release({ page }) {
  const [due, refresh] = useFresh("/desk/api/release", page, CONCERNS);
  const [filter, setFilter] = useState(/** @type {Filter} */ ("all"));
  const [selection, setSelection] = useState(NOTHING);
  const [asking, setAsking] = useState(/** @type {DueOrder[] | null} */ (null));
  const [result, setResult] = useState(/** @type {import("./types.js").Released | null} */ (null));
  const [busy, setBusy] = useState(false);
  const day = today();
  const shown = useMemo(
    () => due.orders.filter((order) => shows(filter, order, day)),
    [due, filter, day],
  );
  const present = useMemo(() => due.orders.map((order) => order.order), [due]);
  const chosen = useMemo(() => kept(selection, present), [selection, present]);
  const orders = due.orders.filter((order) => chosen.chosen.has(order.order));

  /** @param {DueOrder[]} wanted @param {string} [reason] */
  const release = async (wanted, reason) => {
    setBusy(true);
    try {
      const numbers = wanted.map((order) => order.order);
      setResult(await post("/desk/api/release", { orders: numbers, ...(reason && { reason }) }));
      setSelection(NOTHING);
      setAsking(null);
      await refresh();
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  const start = () => {
    if (orders.length === 0 || busy) {
      return;
    }
    orders.some((order) => failedChecks(order).length > 0) ? setAsking(orders) : release(orders);
  };

  return html`
    <div class="tools">
      <${Filters} due=${due} day=${day} filter=${filter} onFilter=${setFilter} />
      <span class="gap"></span>
      <p aria-live="polite">${orders.length > 0 && t("%(count)s chosen", { count: orders.length })}</p>
      <button
        class="button"
        type="button"
        data-tone="main"
        disabled=${orders.length === 0 || busy || !may("release")}
        aria-busy=${busy}
        title="Ctrl+Enter"
        onClick=${start}
      >
        <${Icon} name="release" />${releaseWords(orders.length)}
      </button>
    </div>
    ${result && html`<${ReleaseResult} result=${result} onClose=${() => setResult(null)} />`}
    ${
      shown.length === 0
        ? html`<${Nothing} all=${due.orders.length === 0} />`
        : html`<${ReleaseTable}
            orders=${shown}
            selection=${chosen}
            onSelection=${setSelection}
            onRelease=${start}
          />`
    }
    ${
      due.total > due.orders.length &&
      html`<p class="more faint">
        ${t("The first %(shown)s of %(total)s orders that wait for release.", {
          shown: due.orders.length,
          total: due.total,
        })}
      </p>`
    }
    ${
      asking &&
      html`<${OverrideDialog}
        orders=${asking}
        busy=${busy}
        onClose=${() => setAsking(null)}
        onRelease=${release}
      />`
    }
  `;
}

/**
 * @param {object} props
 * @param {import("./types.js").ReleasePage} props.due
 * @param {string} props.day
 * @param {Filter} props.filter
 * @param {(filter: Filter) => void} props.onFilter
 */
function Filters({ due, day, filter, onFilter }) {
  const counted = useMemo(() => counts(due.orders, day), [due, day]);
  return html`<div class="chips" role="group" aria-label=${t("Show")}>
    ${FILTERS.map(
      (one) => html`<button
        key=${one}
        type="button"
        aria-pressed=${one === filter}
        onClick=${() => onFilter(one)}
      >
        ${FILTER_WORDS[one]()}<span class="number">${counted[one]}</span>
      </button>`,
    )}
  </div>`;
}

/** @param {{all: boolean}} props */
function Nothing({ all }) {
  return all
    ? html`<${Empty} icon="release" title=${t("No order waits for release.")}>
        <a class="button" href="/desk/import">${t("Import orders")}</a>
      <//>`
    : html`<${Empty} icon="completed" title=${t("No order is like this.")}>
        ${t("Choose another filter to see the others.")}
      <//>`;
}

show(Release);
