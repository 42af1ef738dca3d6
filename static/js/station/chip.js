/** Chips: why a row stands where it stands, and that it was moved. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { Icon } from "./icon.js";

/** @param {{why: import("./why.js").Why, brief?: boolean}} props */
export function WhyChip({ why, brief = false }) {
  return html`<span class="chip" data-kind=${why.kind}>
    <${Icon} name=${why.kind} /><span>${brief ? (why.short ?? why.text) : why.text}</span>
  </span>`;
}

/** @param {{mark: import("./state.js").Shown, brief?: boolean}} props */
export function MarkChip({ mark, brief = false }) {
  if (mark.kind === "new") {
    return html`<span class="chip" data-kind="new"><${Icon} name="new" /><span>${t("New")}</span></span>`;
  }
  return html`<span class="chip" data-kind="moved">
    <${Icon} name=${mark.up ? "up" : "down"} />
    <span class="aside">${mark.up ? t("up") : t("down")}</span>
    ${brief && html`<span aria-hidden="true">${t("moved")}</span>`}
    <span class=${brief ? "aside" : ""}>${t("moved by %(by)s", { by: mark.by.by })}</span>
  </span>`;
}
