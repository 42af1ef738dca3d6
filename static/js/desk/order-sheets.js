/** The sheets of paper ever printed of an order: which is true, and why the others are not. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { Empty, Mark } from "./parts.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").SheetLine} SheetLine */

/** @type {Record<string, () => string>} */
const KINDS = {
  traveler: () => t("Traveler"),
  "dispatch-list": () => t("Dispatch list"),
  badges: () => t("Badges"),
  "station-labels": () => t("Station labels"),
  "try-it": () => t("Try-it sheet"),
};

/** @param {string} kind */
export function kindWords(kind) {
  return KINDS[kind]?.() ?? kind;
}

/** @type {Record<string, () => string>} */
const FIELDS = {
  part: () => t("part"),
  revision: () => t("revision"),
  description: () => t("description"),
  quantity: () => t("quantity"),
  due: () => t("due date"),
  planned_release: () => t("planned release"),
  priority: () => t("priority"),
  hot: () => t("hot"),
};

/**
 * Return the name of a field of the plan, or `operation 020`.
 * @param {string} field
 */
export function fieldWords(field) {
  const operation = field.match(/^operation (\d+)$/);
  return operation
    ? t("operation %(number)s", { number: operation[1] })
    : (FIELDS[field]?.() ?? field);
}

/**
 * Return why a sheet was printed.
 * @param {string} reason
 */
export function printReason(reason) {
  if (reason === "release") {
    return t("with the release");
  }
  if (reason === "first print") {
    return t("first print");
  }
  return reason === "print" ? "" : reason;
}

/**
 * Return why a sheet is no longer true: a reprint, or the fields that changed.
 * @param {SheetLine} sheet
 */
export function supersededWords({ superseded_why: why, replaced_by: replaced }) {
  if (why === "reprint") {
    return replaced ? t("Replaced by %(replaced)s", { replaced }) : t("Reprinted");
  }
  return t("Changed: %(fields)s", { fields: why.split(", ").map(fieldWords).join(", ") });
}

/** @param {{sheets: SheetLine[]}} props */
export function Sheets({ sheets }) {
  if (sheets.length === 0) {
    return html`<${Empty} icon="paper" title=${t("No sheet was printed of this order.")}>
      ${t("The traveler is printed with the release.")}
    <//>`;
  }
  return html`<ul class="sheets">
    ${sheets.map(
      (sheet) => html`<li key=${sheet.serial} data-current=${sheet.superseded_at === null}>
        <span class="cell">
          <span class="strong">${sheet.serial}</span>
          <small>${kindWords(sheet.kind)}, ${t("print %(number)s", { number: sheet.print_number })}</small>
        </span>
        <span class="cell">
          ${
            sheet.superseded_at === null
              ? html`<${Mark} tone="ok" icon="passed">${t("Current")}<//>`
              : html`<${Mark} tone="stop" icon="rejected">${t("Superseded")}<//>
                  <small>${supersededWords(sheet)}, ${moment(sheet.superseded_at)}</small>`
          }
        </span>
        <span class="cell issued">
          <small>
            ${t("%(by)s, %(at)s", { by: sheet.issued_by, at: moment(sheet.issued_at) })}
          </small>
          <small>${printReason(sheet.reason)}</small>
        </span>
      </li>`,
    )}
  </ul>`;
}
