/** One dispatch list: its rows, moved by hand or by rule, and who has seen it. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { Conflict, ProposalBar, Tools } from "./list-bars.js";
import { useHands } from "./list-hands.js";
import { useList } from "./list-live.js";
import { listApi } from "./list-moves.js";
import { ListRows } from "./list-rows.js";
import { SeenBy } from "./list-seen.js";
import { shownRows } from "./list-state.js";
import { may, show } from "./page.js";
import { Empty } from "./parts.js";
import { arranged, climbs, fixedOf } from "./sequence.js";
import { tell, tellError } from "./tell.js";

/** @typedef {import("./types.js").Proposal} Proposal */

/** @param {{page: import("./types.js").ListPage}} props */
function List({ page }) {
  const { work_center: workCenter } = page;
  const live = useList(page);
  const { state } = live;
  const rows = shownRows(state);
  const still = fixedOf(rows, page.frozen);
  const desk = useHands(workCenter, live, still);
  const [proposal, setProposal] = useState(/** @type {Proposal | null} */ (null));

  /** @param {string} rule */
  const propose = (rule) =>
    post(`${listApi(workCenter)}/propose`, { rule })
      .then((/** @type {Proposal} */ proposed) => {
        if (proposed.moved.length === 0) {
          tell(t("The list has that order already."));
          setProposal(null);
        } else {
          setProposal(proposed);
        }
      })
      .catch(tellError);
  const accept = () => {
    if (proposal) {
      const { rule, after, version } = proposal;
      desk.act("accept", { rule, order: after }, after, version);
      setProposal(null);
    }
  };
  const shown = proposal ? arranged(rows, proposal.after) : rows;
  const tools = () => html`<${Tools}
    workCenter=${workCenter}
    mayMove=${may("sequence") && rows.length > 0}
    onRule=${propose}
    onUndo=${() => desk.act("undo", {}, null, state.list.version)}
  />`;
  const bar = () =>
    proposal
      ? html`<${ProposalBar}
          proposal=${proposal}
          onAccept=${accept}
          onDrop=${() => setProposal(null)}
        />`
      : tools();
  return html`
    ${desk.conflict ? html`<${Conflict} ...${desk.conflict} />` : bar()}
    <${SeenBy} stations=${live.stations} version=${state.list.version} />
    ${
      rows.length === 0
        ? html`<${Empty} icon="lists" title=${t("Nothing waits at this work center.")}>
            ${t("Operations come here when their order is released.")}
          <//>`
        : html`<${Head} /><${ListRows}
              rows=${shown}
              still=${still}
              flashing=${state.flashing}
              wished=${desk.wished}
              cursor=${desk.cursor}
              climbs=${proposal && climbs(proposal)}
              people=${page.people}
              mayMove=${may("sequence")}
              hands=${desk.hands}
            />`
    }
    <p class="more faint">
      ${t(
        "Drag a row, or move it with Alt and the arrow keys; Alt+Home and Alt+End take it to the top and the end. The version of this list is %(version)s.",
        { version: state.list.version },
      )}
    </p>
  `;
}

function Head() {
  return html`<div class="sequence-head" aria-hidden="true">
    <span></span>
    <span>${t("Place")}</span>
    <span>${t("Operation")}</span>
    <span>${t("State")}</span>
    <span>${t("Part")}</span>
    <span class="figure">${t("Done")}</span>
    <span>${t("Due")}</span>
    <span class="figure col-hours">${t("Time left")}</span>
    <span class="col-why">${t("Why here")}</span>
  </div>`;
}

show(List);
