/** What a dispatcher does with an order: hold and free it, print its traveler. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { may } from "./page.js";
import { Icon } from "./parts.js";
import { tellPrint } from "./print.js";
import { ReasonDialog } from "./reason-dialog.js";
import { tellError } from "./tell.js";

/** @typedef {import("./types.js").OrderPage} OrderPage */

const CLOSED = new Set(["completed", "cancelled"]);

/** @param {{order: OrderPage, onDone: () => void}} props */
export function OrderActions({ order, onDone }) {
  const [asking, setAsking] = useState(/** @type {"hold" | "reprint" | null} */ (null));
  const [busy, setBusy] = useState(false);

  /** @param {() => Promise<void>} work */
  const act = async (work) => {
    setBusy(true);
    try {
      await work();
      setAsking(null);
      onDone();
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  /** @param {string} why */
  const hold = (why) => act(() => post("/desk/api/hold", { order: order.order, why }));
  const free = () => act(() => post("/desk/api/free", { order: order.order }));
  /** @param {string} [reason] */
  const print = (reason) =>
    act(async () => {
      const body = { kind: "traveler", order: order.order, ...(reason && { reason }) };
      const { job } = await post("/desk/api/print", body);
      tellPrint(job, t("The traveler of %(order)s is being printed.", order));
    });
  const printed = order.sheets.some((sheet) => sheet.kind === "traveler");
  const open = !CLOSED.has(order.state);
  return html`<div class="order-actions">
    ${
      may("hold") &&
      open &&
      (order.hold === null
        ? html`<button
            class="button"
            data-tone="stop"
            type="button"
            onClick=${() => setAsking("hold")}
          >
            <${Icon} name="held" />${t("Hold")}
          </button>`
        : html`<button class="button" data-tone="main" type="button" disabled=${busy} onClick=${free}>
            ${t("Free")}
          </button>`)
    }
    ${
      may("print") &&
      open &&
      html`<button
        class="button"
        type="button"
        disabled=${busy}
        onClick=${() => (printed ? setAsking("reprint") : print())}
      >
        <${Icon} name="paper" />${printed ? t("Reprint the traveler") : t("Print the traveler")}
      </button>`
    }
    ${asking === "hold" && html`<${Hold} order=${order} busy=${busy} onClose=${() => setAsking(null)} onDo=${hold} />`}
    ${asking === "reprint" && html`<${Reprint} order=${order} busy=${busy} onClose=${() => setAsking(null)} onDo=${print} />`}
  </div>`;
}

/** @typedef {{order: OrderPage, busy: boolean, onClose: () => void, onDo: (why: string) => void}} Asked */

/** @param {Asked} props */
function Hold({ order, ...rest }) {
  return html`<${ReasonDialog}
    title=${t("Hold %(order)s", order)}
    question=${t("Why is it held?")}
    note=${t("Nothing of it can be started until it is freed. What runs may be finished. Every station shows your words.")}
    action=${t("Hold the order")}
    tone="stop"
    ...${rest}
  />`;
}

/** @param {Asked} props */
function Reprint({ order, ...rest }) {
  return html`<${ReasonDialog}
    title=${t("Reprint the traveler of %(order)s", order)}
    question=${t("Why is it printed again?")}
    note=${t("The sheets before it are superseded: a station that reads one says to use the new one.")}
    action=${t("Reprint")}
    ...${rest}
  />`;
}
