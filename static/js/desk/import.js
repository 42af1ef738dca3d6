/** Import: files of work orders, a dry run first, then the real thing. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { language, t } from "../shared/text.js";
import { Picker } from "./import-files.js";
import { Report } from "./import-report.js";
import { countRows, send } from "./import-send.js";
import { show } from "./page.js";
import { Icon, Notice } from "./parts.js";
import { tellError } from "./tell.js";

/** @typedef {import("./types.js").ImportReport} ImportReport */

/**
 * Return the words of the button that does it.
 * @param {ImportReport} report
 */
function importWords({ created, updated }) {
  const count = created.length + updated.length;
  return count === 1 ? t("Import 1 order") : t("Import %(count)s orders", { count });
}

/**
 * Return what happens now: files are sent, then the server reads them and judges every order.
 * @param {number} sent From 0 to 1.
 * @param {number | null} rows
 */
function progressWords(sent, rows) {
  if (sent < 1) {
    return t("Sending the files.");
  }
  return rows === null
    ? t("Reading and checking the files …")
    : t("Reading and checking %(rows)s rows …", {
        rows: new Intl.NumberFormat(language()).format(rows),
      });
}

function Import() {
  const [files, setFiles] = useState(/** @type {File[]} */ ([]));
  const [mapping, setMapping] = useState(/** @type {File | null} */ (null));
  const [report, setReport] = useState(/** @type {ImportReport | null} */ (null));
  const [progress, setProgress] = useState(/** @type {number | null} */ (null));
  const [rows, setRows] = useState(/** @type {number | null} */ (null));

  /** @param {boolean} dryRun @param {File[]} sent @param {File | null} mapped */
  const run = async (dryRun, sent = files, mapped = mapping) => {
    setProgress(0);
    try {
      setRows(await countRows(sent));
      setReport(await send(sent, mapped, dryRun, setProgress));
    } catch (error) {
      setReport(null);
      tellError(error);
    } finally {
      setProgress(null);
    }
  };
  /** @param {File[]} chosen */
  const choose = (chosen) => {
    setFiles(chosen);
    setReport(null);
    if (chosen.length > 0) {
      run(true, chosen);
    }
  };
  /** @param {File | null} chosen */
  const map = (chosen) => {
    setMapping(chosen);
    if (files.length > 0) {
      run(true, files, chosen);
    }
  };
  const busy = progress !== null;
  const changes = report ? report.created.length + report.updated.length : 0;
  const ready = report?.dry_run && report.counted_errors === 0 && changes > 0;
  return html`<div class="import">
    <${Picker} files=${files} mapping=${mapping} busy=${busy} onFiles=${choose} onMapping=${map} />
    <div class="progress" role="status" aria-busy=${busy}>
      ${
        busy &&
        html`<progress max="1" value=${progress === 1 ? undefined : progress}></progress>
          <span>${progressWords(progress, rows)}</span>`
      }
    </div>
    ${report && !report.dry_run && html`<${Done} report=${report} />`}
    ${
      ready &&
      html`<p class="answers">
        <button
          class="button"
          data-tone="main"
          type="button"
          disabled=${busy}
          onClick=${() => run(false)}
        >
          <${Icon} name="import" />${importWords(report)}
        </button>
        <span class="faint">${t("This was a dry run: nothing has been changed yet.")}</span>
      </p>`
    }
    ${report && html`<${Report} report=${report} />`}
  </div>`;
}

/** @param {{report: ImportReport}} props */
function Done({ report }) {
  return report.counted_errors > 0
    ? html`<${Notice} tone="stop" icon="rejected">
        <strong>${t("Nothing was imported.")}</strong> ${t("The plant has changed since the dry run; see the errors.")}
      <//>`
    : html`<${Notice} tone="ok" icon="completed">
        <strong>
          ${t("Imported: %(created)s new, %(updated)s changed.", {
            created: report.created.length,
            updated: report.updated.length,
          })}
        </strong>${" "}
        <a href="/desk/">${t("To the release")}</a>
      <//>`;
}

show(Import);
