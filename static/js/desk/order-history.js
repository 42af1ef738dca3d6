/** What has happened to an order, newest first, day by day. */

import { html } from "htm/preact";
import { flagWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { actorWords, sentence } from "./history-words.js";
import { Empty, Mark } from "./parts.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").Entry} Entry */

/** @param {{history: Entry[], people: Record<string, string>}} props */
export function OrderHistory({ history, people }) {
  if (history.length === 0) {
    return html`<${Empty} icon="orders" title=${t("Nothing has happened yet.")} />`;
  }
  return html`<ol class="history">
    ${history.map(
      (entry) => html`<li key=${entry.rev}>
        <time dateTime=${entry.at}>${moment(entry.at)}</time>
        <span class="what">
          ${sentence(entry, people)}
          ${(entry.event.flags ?? []).map(
            (/** @type {string} */ flag) =>
              html` <${Mark} key=${flag} tone="look" icon="flags">${flagWords(flag)}<//>`,
          )}
        </span>
        <span class="who faint">${actorWords(entry, people)}</span>
      </li>`,
    )}
  </ol>`;
}
