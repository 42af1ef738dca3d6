/** What a release did: how many, what was refused, and the packets as they become ready. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { paperAddress, useJobStates } from "./jobs.js";
import { Notice, State } from "./parts.js";

/**
 * @param {object} props
 * @param {import("./types.js").Released} props.result
 * @param {() => void} props.onClose
 */
export function ReleaseResult({ result, onClose }) {
  const { released, refused, jobs } = result;
  const states = useJobStates(jobs);
  const ready = jobs.filter((job) => states[job] === "ready").length;
  const tone = refused.length === 0 ? "ok" : released.length === 0 ? "stop" : "look";
  return html`<${Notice}
    tone=${tone}
    icon=${refused.length === 0 ? "completed" : "late"}
    onClose=${onClose}
  >
    <strong>
      ${released.length === 1 ? t("Released 1 order.") : t("Released %(count)s orders.", { count: released.length })}
    </strong>${" "}
    ${
      jobs.length > 0 &&
      t("%(ready)s of %(count)s travelers are ready to print.", { ready, count: jobs.length })
    }
    <ul class="packets">
      ${jobs.map((job, index) => html`<${Packet} key=${job} job=${job} order=${released[index]} state=${states[job]} />`)}
    </ul>
    ${
      refused.length > 0 &&
      html`<ul>
        ${refused.map(
          (one) => html`<li key=${one.order}><strong>${one.order}</strong> ${one.text}</li>`,
        )}
      </ul>`
    }
  <//>`;
}

/** @param {{job: number, order: string, state: string | undefined}} props */
function Packet({ job, order, state = "queued" }) {
  return html`<li>
    ${
      state === "ready"
        ? html`<a href=${paperAddress(job)} target="_blank" rel="noopener">${order}</a>`
        : html`<span>${order}</span> <${State} state=${state} />`
    }
  </li>`;
}
