/** Prints that were asked for: a word when they are queued, and their paper when it is ready. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { paperAddress, useJobStates } from "./jobs.js";
import { tell } from "./tell.js";

/** @param {{job: number, words: string}} props */
function Printing({ job, words }) {
  const state = useJobStates([job])[job];
  if (state === "ready") {
    return html`<a href=${paperAddress(job)} target="_blank" rel="noopener">${t("Open the PDF")}</a>`;
  }
  return html`${state === "failed" ? t("This could not be printed; see Paper.") : words}`;
}

/**
 * @param {number} job
 * @param {string} words
 */
export function tellPrint(job, words) {
  tell(html`<${Printing} job=${job} words=${words} />`, undefined, 20_000);
}
