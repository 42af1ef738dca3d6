/** What is kept on this device, what that promises, and what was refused. */

import { html } from "htm/preact";
import { timeOfDay } from "../shared/clock.js";
import { refusalWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { Icon } from "./icon.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./station.js").Station} Station
 */

/** @param {{well: boolean, words: string}} props */
function Promised({ well, words }) {
  return html`<li data-well=${well}><${Icon} name=${well ? "ok" : "look"} /><span>${words}</span></li>`;
}

/** @param {{kept: State["kept"]}} props */
function Promises({ kept: { able, opens } }) {
  if (!able) {
    return html`<ul class="promises">
      <${Promised} well=${false}
        words=${t("The storage of this browser is full, broken or switched off.")} />
      <${Promised} well=${false} words=${t("Scans are taken only while the server is connected.")} />
    </ul>`;
  }
  return html`<ul class="promises">
    <${Promised} well=${true}
      words=${t("Every scan and touch is on this device before you are told.")} />
    <${Promised} well=${true}
      words=${t("They stay when the page is closed or the device restarts, and are sent when it is open again.")} />
    <${Promised} well=${opens}
      words=${
        opens
          ? t("This page opens without the server.")
          : t("Without the server this page cannot be opened again: leave it open.")
      } />
    <${Promised} well=${false}
      words=${t("They are lost when the data of this browser is deleted, or the device breaks.")} />
  </ul>`;
}

/**
 * @param {State["kept"]} kept
 * @param {string | undefined} zone
 */
function countWords({ unsent, since, sent }, zone) {
  if (unsent > 0) {
    return t("%(unsent)s unsent since %(time)s", { unsent, time: timeOfDay(since ?? 0, zone) });
  }
  return sent > 0 ? t("%(count)s sent", { count: sent }) : t("All sent");
}

/** @param {{state: State, station: Station, zone: string | undefined}} props */
function Refused({ state, station, zone }) {
  const { refused } = state.kept;
  return html`<section class="kept-refused">
    <header>
      <h3>${t("Not taken")}</h3>
      <button class="button primary" type="button" onClick=${() => station.seen()}>
        <${Icon} name="ok" /><span>${t("Seen")}</span>
      </button>
    </header>
    <ol>
      ${refused.map(
        ({ id, number, code, details, at }) => html`
          <li key=${id}><b>${number}</b><time>${timeOfDay(at, zone)}</time>
            <p>${refusalWords(code, details)}</p></li>`,
      )}
    </ol>
  </section>`;
}

/** @param {{state: State, station: Station, zone: string | undefined}} props */
export function KeptSheet({ state, station, zone }) {
  const { kept } = state;
  return html`
    <div class="sheet kept-sheet" role="dialog" aria-labelledby="kept">
      <header class="sheet-head">
        <h2 id="kept">${t("Kept on this device")}</h2>
        <button class="button" type="button" onClick=${() => station.setReading(false)}>
          <${Icon} name="close" /><span>${t("Close")}</span>
        </button>
      </header>
      <div class="kept-parts">
        <section>
          <p class="kept-count" data-well=${kept.unsent === 0}>${countWords(kept, zone)}</p>
          <${Promises} kept=${kept} />
        </section>
        ${kept.refused.length > 0 && html`<${Refused} state=${state} station=${station} zone=${zone} />`}
      </div>
    </div>`;
}
