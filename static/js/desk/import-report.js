/** What an import does: new, changed and unchanged orders, or everything that is wrong. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { fieldWords } from "./order-sheets.js";
import { Mark, OrderLink } from "./parts.js";

/** @typedef {import("./types.js").ImportReport} ImportReport */

const MOST_NAMED = 60;

/** @param {{report: ImportReport}} props */
export function Report({ report }) {
  if (report.counted_errors > 0) {
    return html`<${Errors} report=${report} />`;
  }
  const { created, updated, unchanged, dry_run: dryRun } = report;
  return html`
    <dl class="facts">
      <div><dt>${t("New")}</dt><dd>${created.length}</dd></div>
      <div><dt>${t("Changed")}</dt><dd>${updated.length}</dd></div>
      <div><dt>${t("Unchanged")}</dt><dd>${unchanged.length}</dd></div>
    </dl>
    ${updated.length > 0 && html`<${Updated} updated=${updated} />`}
    ${created.length > 0 && html`<${Numbers} title=${t("New orders")} numbers=${created} linked=${!dryRun} />`}
    ${
      created.length + updated.length === 0 &&
      html`<p><${Mark} tone="ok" icon="passed">${t("The plant knows all of this already.")}<//></p>`
    }
  `;
}

/** @param {{updated: ImportReport["updated"]}} props */
function Updated({ updated }) {
  return html`<section>
    <h2>${t("Changed orders")}</h2>
    <table class="table" data-lines="one">
      <tbody>
        ${updated.map(
          ({ order, changed }) => html`<tr key=${order}>
            <td class="tight"><${OrderLink} order=${order} /></td>
            <td>${changed.map(fieldWords).join(", ")}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** @param {{title: string, numbers: string[], linked: boolean}} props */
function Numbers({ title, numbers, linked }) {
  const more = numbers.length - MOST_NAMED;
  return html`<section>
    <h2>${title}</h2>
    <ul class="numbers">
      ${numbers
        .slice(0, MOST_NAMED)
        .map(
          (order) =>
            html`<li key=${order}>${linked ? html`<${OrderLink} order=${order} />` : order}</li>`,
        )}
      ${more > 0 && html`<li class="faint">${t("and %(more)s more", { more })}</li>`}
    </ul>
  </section>`;
}

/** @param {{report: ImportReport}} props */
function Errors({ report }) {
  const { errors, counted_errors: count } = report;
  return html`<section>
    <h2>
      <${Mark} tone="stop" icon="rejected">
        ${count === 1 ? t("1 error; nothing can be imported") : t("%(count)s errors; nothing can be imported", { count })}
      <//>
    </h2>
    <table class="table errors" data-lines="one">
      <thead>
        <tr>
          <th>${t("File")}</th>
          <th class="figure">${t("Row")}</th>
          <th>${t("Column")}</th>
          <th>${t("Value")}</th>
          <th>${t("Expected")}</th>
        </tr>
      </thead>
      <tbody>
        ${errors.map(
          (error, index) => html`<tr key=${index}>
            <td>${error.file}</td>
            <td class="figure">${error.row ?? "–"}</td>
            <td>${error.column}</td>
            <td><code>${error.value}</code></td>
            <td>${error.text || error.expected}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${errors.length < count && html`<p class="more faint">${t("The first %(shown)s of %(count)s errors.", { shown: errors.length, count })}</p>`}
  </section>`;
}
