/** Flags: reports in which the floor broke a rule on purpose; they were taken, and look at them. */

import { html } from "htm/preact";
import { flagWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { useFresh } from "./fresh.js";
import { actorWords, sentence } from "./history-words.js";
import { show } from "./page.js";
import { Empty, Mark, OrderLink } from "./parts.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").FlagsPage} FlagsPage */
/** @typedef {import("./types.js").Flagged} Flagged */

/** @param {{page: FlagsPage}} props */
function Flags({ page }) {
  const [{ flagged, people }] = useFresh("/desk/api/flags", page, (changed) =>
    changed.kinds.some((kind) => /^(Operation|Quantity|Traveler)/.test(kind)),
  );
  if (flagged.length === 0) {
    return html`<${Empty} icon="flags" title=${t("Nothing is flagged.")}>
      ${t("A report that breaks a rule of the floor is taken, and shown here.")}
    <//>`;
  }
  return html`<table class="table">
    <thead>
      <tr>
        <th class="col-by">${t("When")}</th>
        <th>${t("Flag")}</th>
        <th>${t("Operation")}</th>
        <th>${t("What was reported")}</th>
        <th>${t("By")}</th>
      </tr>
    </thead>
    <tbody>
      ${flagged.map((one) => html`<${FlagRow} key=${one.rev} entry=${one} people=${people} />`)}
    </tbody>
  </table>`;
}

/** @param {{entry: Flagged, people: Record<string, string>}} props */
function FlagRow({ entry, people }) {
  const [order, operation] = (entry.operation ?? "").split("/");
  return html`<tr>
    <td>${moment(entry.at)}</td>
    <td>
      ${entry.flags.map(
        (flag) =>
          html`<div key=${flag}><${Mark} tone="look" icon="flags">${flagWords(flag)}<//></div>`,
      )}
    </td>
    <td>${order && html`<${OrderLink} order=${order} /> <span class="faint">${operation}</span>`}</td>
    <td>${sentence(entry, people)}</td>
    <td>${actorWords(entry, people)}</td>
  </tr>`;
}

show(Flags);
