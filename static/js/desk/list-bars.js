/** The bars over a dispatch list: its tools, a proposal to take or drop, a conflict to settle. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { changeWords, RULES, ruleWords, SHORT_RULES } from "./list-words.js";
import { may } from "./page.js";
import { Icon } from "./parts.js";
import { tellPrint } from "./print.js";
import { tellError } from "./tell.js";

/**
 * @param {object} props
 * @param {string} props.workCenter
 * @param {boolean} props.mayMove
 * @param {(rule: string) => void} props.onRule
 * @param {() => void} props.onUndo
 */
export function Tools({ workCenter, mayMove, onRule, onUndo }) {
  const print = () =>
    post("/desk/api/print", { kind: "dispatch-list", work_center: workCenter })
      .then(({ job }) => tellPrint(job, t("The dispatch list is being printed.")))
      .catch(tellError);
  return html`<div class="tools">
    <span class="label">${t("Propose by")}</span>
    <div class="chips" role="group" aria-label=${t("Propose an order by a rule")}>
      ${Object.keys(RULES).map(
        (rule) => html`<button
          key=${rule}
          type="button"
          disabled=${!mayMove}
          title=${RULES[rule]()}
          onClick=${() => onRule(rule)}
        >
          ${SHORT_RULES[rule]()}
        </button>`,
      )}
    </div>
    <span class="gap"></span>
    <button class="button" type="button" disabled=${!mayMove} onClick=${onUndo}>
      <${Icon} name="undo" />${t("Undo the last resequence")}
    </button>
    <button class="button" type="button" disabled=${!may("print")} onClick=${print}>
      <${Icon} name="paper" />${t("Print")}
    </button>
  </div>`;
}

/**
 * @param {object} props
 * @param {import("./types.js").Proposal} props.proposal
 * @param {() => void} props.onAccept
 * @param {() => void} props.onDrop
 */
export function ProposalBar({ proposal, onAccept, onDrop }) {
  const values = {
    rule: ruleWords(proposal.rule),
    moved: proposal.moved.length,
    count: proposal.after.length,
  };
  return html`<div class="tools bar" data-tone="act" role="status">
    <p>
      <strong>${t("Proposal: %(rule)s.", values)}</strong>${" "}
      ${
        values.moved === 1
          ? t("1 of %(count)s operations moves.", values)
          : t("%(moved)s of %(count)s operations move.", values)
      }
    </p>
    <span class="gap"></span>
    <button class="button" type="button" onClick=${onDrop}>${t("Drop")}</button>
    <button class="button" type="button" data-tone="main" onClick=${onAccept}>${t("Accept")}</button>
  </div>`;
}

/** @param {import("./list-hands.js").ConflictProps} props */
export function Conflict({ changes, onRepeat, onLeave }) {
  const last = changes.slice(-1).map(changeWords).join("");
  const more = changes.length - 1;
  return html`<div class="tools bar" data-tone="look" role="alert">
    <${Icon} name="late" />
    <p title=${changes.map(changeWords).join("\n")}>
      <strong>${t("Not made: the list was changed by")}</strong> ${last}${" "}
      ${more > 0 && t("and %(more)s times before", { more })}
    </p>
    <span class="gap"></span>
    <button class="button" type="button" onClick=${onLeave}>${t("Leave it")}</button>
    <button class="button" data-tone="main" type="button" onClick=${onRepeat}>
      ${t("Repeat my move")}
    </button>
  </div>`;
}
