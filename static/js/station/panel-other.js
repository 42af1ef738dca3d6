/** What else can be done with a running operation: who did it, pause, join, leave, finish short. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { Reasons } from "./counter.js";
import { Icon } from "./icon.js";

/**
 * @typedef {import("../shared/types.d.ts").Panel} PanelData
 * @typedef {import("../shared/types.d.ts").CrewMember} CrewMember
 * @typedef {"" | "pause" | "leave" | "short"} Asking
 */

/** @param {{crew: CrewMember[], who: string | null, setWho: (badge: string) => void}} props */
export function Crew({ crew, who, setWho }) {
  return html`
    <div class="crew" role="group" aria-label=${t("Who counted?")}>
      <span class="crew-label">${t("Who counted?")}</span>
      ${crew.map(
        (member) => html`<button key=${member.badge} class="reason" type="button"
          aria-pressed=${member.badge === who} onClick=${() => setWho(member.badge)}>${member.name}</button>`,
      )}
    </div>`;
}

/**
 * A button of the panel; one that does nothing now keeps its place: nothing moves under a finger.
 *
 * @param {{icon: string, words: string, name?: string, press: () => void, idle?: boolean}} props
 */
function Act({ icon, words, name = "", press, idle = false }) {
  return html`<button class="button" type="button" aria-disabled=${idle}
    onClick=${() => idle || press()}>
    <${Icon} name=${icon} /><span>${words}${name && html`<small>${name}</small>`}</span>
  </button>`;
}

/**
 * A question before something that is not the usual way.
 *
 * @param {{children: any, close: () => void}} props
 */
function Question({ children, close }) {
  return html`<div class="question" role="dialog">
    ${children}
    <${Act} icon="close" words=${t("Back")} press=${close} />
  </div>`;
}

/**
 * @param {{panel: PanelData, count: import("./count.js").Count,
 *   doing: import("./count.js").Outcome, state: import("./state.js").State,
 *   station: import("./station.js").Station, who: string | null,
 *   report: Omit<import("../shared/types.d.ts").Report, "id">}} props
 */
export function Other({ panel, doing, state, station, who, report }) {
  const [asking, setAsking] = useState(/** @type {Asking} */ (""));
  const { crew, may_join, operation } = panel;
  const back = () => setAsking("");
  const one = state.operator ?? (crew.length === 1 ? crew[0] : null);
  const pause = (/** @type {string} */ reason) => {
    back();
    station.report({
      operation,
      verb: "pause",
      pause_reason: reason,
      ...(who ? { badge: who } : {}),
    });
  };
  const leave = (/** @type {string} */ badge) => {
    back();
    station.report({ operation, verb: "leave", badge });
  };
  const leaving = crew.find((member) => member.badge === one?.badge);
  const short = doing.left > 0 && !doing.wants;
  return html`
    <div class="other">
      <${Act} icon="paused" words=${t("Pause")} press=${() => setAsking("pause")} />
      ${
        may_join &&
        html`<${Act} icon="join" words=${t("Join")} name=${may_join.name}
          press=${() => station.report({ operation, verb: "join" })} />`
      }
      ${
        crew.length > 0 &&
        !may_join &&
        html`<${Act} icon="leave" words=${t("Leave")} name=${leaving?.name}
          press=${() => (leaving && state.operator ? leave(leaving.badge) : setAsking("leave"))} />`
      }
      <${Act} icon="short" words=${t("Finish short")} press=${() => setAsking("short")} idle=${!short} />
    </div>
    ${
      asking === "pause" &&
      html`<${Question} close=${back}>
        <${Reasons} kind="pause" title=${t("Why does it pause?")} wanted=${false} reasons=${state.about.reasons.pause}
          chosen="" choose=${pause} />
      </${Question}>`
    }
    ${
      asking === "leave" &&
      html`<${Question} close=${back}>
        <fieldset class="reasons"><legend>${t("Who leaves?")}</legend><div class="reason-chips">
          ${crew.map(
            (member) => html`<button key=${member.badge} class="reason" type="button"
              onClick=${() => leave(member.badge)}>${member.name}</button>`,
          )}
        </div></fieldset>
      </${Question}>`
    }
    ${
      asking === "short" &&
      html`<${Question} close=${back}>
        <div class="short">
          <p>${t("%(left)s will not be made. The dispatcher is told.", { left: doing.left })}</p>
          <button class="button primary" type="button" onClick=${() => {
            back();
            station.report({ ...report, closes_short: true });
          }}>
            <${Icon} name="short" />
            <span>${t("Finish short with %(total)s", { total: doing.total })}</span>
          </button>
        </div>
      </${Question}>`
    }`;
}
