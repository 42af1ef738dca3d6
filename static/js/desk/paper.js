/** Paper: what was printed and what is being printed, and what else there is to print. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { useFresh, useLive } from "./fresh.js";
import { paperAddress } from "./jobs.js";
import { kindWords } from "./order-sheets.js";
import { frame, may, show } from "./page.js";
import { Empty, Icon, Mark, OrderLink, State } from "./parts.js";
import { tellPrint } from "./print.js";
import { tellError } from "./tell.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").PaperPage} PaperPage */
/** @typedef {import("./types.js").PrintJob} PrintJob */

/** @param {{page: PaperPage}} props */
function Paper({ page }) {
  const [paper, refresh] = useFresh("/desk/api/paper", page, (changed) =>
    changed.kinds.includes("SheetIssued"),
  );
  const [states, setStates] = useState(/** @type {Record<number, string>} */ ({}));
  useLive("print", ({ job, state }) => {
    setStates((before) => ({ ...before, [job]: state }));
    if (state === "failed" || !paper.jobs.some((one) => one.job === job)) {
      refresh();
    }
  });
  /** @param {object} body */
  const print = (body) =>
    post("/desk/api/print", body)
      .then(({ job }) => {
        tellPrint(job, t("It is being printed."));
        return refresh();
      })
      .catch(tellError);
  const jobs = paper.jobs.map((job) => ({ ...job, state: states[job.job] ?? job.state }));
  return html`
    ${may("print") && html`<${PrintTools} page=${paper} onPrint=${print} />`}
    ${
      jobs.length === 0
        ? html`<${Empty} icon="paper" title=${t("Nothing has been printed yet.")}>
            ${t("Travelers are printed with the release of their order.")}
          <//>`
        : html`<${Jobs} jobs=${jobs} />`
    }
  `;
}

/** @param {{page: PaperPage, onPrint: (body: object) => void}} props */
function PrintTools({ page, onPrint }) {
  const [list, setList] = useState(page.work_centers[0] ?? "");
  return html`<div class="tools">
    <button
      class="button"
      type="button"
      disabled=${page.badges.length === 0}
      onClick=${() => onPrint({ kind: "badges" })}
    >
      <${Icon} name="accounts" />${t("All badges (%(count)s)", { count: page.badges.length })}
    </button>
    <button
      class="button"
      type="button"
      disabled=${page.stations.length === 0}
      onClick=${() => onPrint({ kind: "station-labels" })}
    >
      <${Icon} name="stations" />${t("Station labels (%(count)s)", { count: page.stations.length })}
    </button>
    ${
      frame.demo &&
      html`<button class="button" type="button" onClick=${() => onPrint({ kind: "try-it" })}>
        ${t("Try-it sheet")}
      </button>`
    }
    <span class="gap"></span>
    <label class="pair">
      <span>${t("Dispatch list of")}</span>
      <select value=${list} onChange=${(/** @type {any} */ event) => setList(event.target.value)}>
        ${page.work_centers.map((name) => html`<option key=${name}>${name}</option>`)}
      </select>
    </label>
    <button
      class="button"
      type="button"
      disabled=${list === ""}
      onClick=${() => onPrint({ kind: "dispatch-list", work_center: list })}
    >
      <${Icon} name="paper" />${t("Print")}
    </button>
  </div>`;
}

/** @param {{jobs: PrintJob[]}} props */
function Jobs({ jobs }) {
  return html`<table class="table" data-lines="one">
    <thead>
      <tr>
        <th>${t("Document")}</th>
        <th>${t("Of")}</th>
        <th>${t("Sheet")}</th>
        <th class="col-state">${t("State")}</th>
        <th class="col-by">${t("Asked for")}</th>
        <th class="tight"></th>
      </tr>
    </thead>
    <tbody>
      ${jobs.map((job) => html`<${JobRow} key=${job.job} job=${job} />`)}
    </tbody>
  </table>`;
}

/** @param {{state: string}} props */
function JobState({ state }) {
  return state === "ready"
    ? html`<${Mark} tone="ok" icon="passed">${t("Ready")}<//>`
    : html`<${State} state=${state} />`;
}

/** @param {{job: PrintJob}} props */
function JobRow({ job }) {
  return html`<tr>
    <td>${kindWords(job.kind)}</td>
    <td>${job.kind === "traveler" ? html`<${OrderLink} order=${job.title} />` : job.title}</td>
    <td class="faint">${job.serials.join(", ")}</td>
    <td>
      <${JobState} state=${job.state} />
      ${job.state === "failed" && html`<small>${job.error}</small>`}
    </td>
    <td class="faint">${t("%(by)s, %(at)s", { by: job.queued_by, at: moment(job.queued_at) })}</td>
    <td class="tight">
      ${
        job.state === "ready" &&
        html`<a href=${paperAddress(job.job)} target="_blank" rel="noopener">${t("Open the PDF")}</a>`
      }
    </td>
  </tr>`;
}

show(Paper);
