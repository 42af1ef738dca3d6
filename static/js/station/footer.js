/** The footer: what listens, what is connected, how fresh the list is, and who is signed in. */

import { html } from "htm/preact";
import { timeOfDay } from "../shared/clock.js";
import { t } from "../shared/text.js";
import { Icon, Ring, useNow } from "./icon.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./station.js").Station} Station
 */

/** @param {{icon: string, well: boolean, words: string, name: string}} props */
function Lamp({ icon, well, words, name }) {
  return html`<li class="lamp" data-name=${name} data-well=${well}>
    <${Icon} name=${icon} /><span>${words}</span>
  </li>`;
}

/** @param {{station: Station, zone: string | undefined}} props */
export function Time({ station, zone }) {
  const now = useNow(station.clock, 1000);
  return html`<time class="time">${timeOfDay(now, zone)}</time>`;
}

/** @param {{state: State, station: Station, zone: string | undefined}} props */
export function Footer({ state, station, zone }) {
  const { connected, listening, audible, operator, shown, listedAt, signedAt } = state;
  const version = shown && t("List %(version)s", { version: shown.version });
  return html`
    <footer class="foot">
      <ul class="lamps">
        <${Lamp} name="scanner" icon="scan" well=${listening}
          words=${listening ? t("Listening") : t("Touch here to listen")} />
        <${Lamp} name="server" icon=${connected ? "server" : "away"} well=${connected}
          words=${connected ? t("Connected") : t("Not connected")} />
        ${
          version &&
          html`<li class="lamp" data-name="list"><${Icon} name="list" />
            <span>${version} · ${listedAt && timeOfDay(listedAt, zone)}</span></li>`
        }
        ${!audible && html`<${Lamp} name="sound" icon="silent" well=${false} words=${t("Touch for sound")} />`}
      </ul>
      <div class="who" data-signed=${operator !== null}>
        ${
          operator
            ? html`<${Ring} clock=${station.clock} from=${signedAt} until=${Date.parse(operator.until)} />
                <b>${operator.name}</b>`
            : html`<${Icon} name="person" /><span>${t("Nobody is signed in")}</span>`
        }
      </div>
      <button class="button" type="button" onClick=${() => station.setTyping(true)}>
        <${Icon} name="keys" /><span>${t("Type a number")}</span>
      </button>
    </footer>`;
}
