/** The footer: what listens, what is connected, how fresh the list is, and who is signed in. */

import { html } from "htm/preact";
import { timeOfDay } from "../shared/clock.js";
import { t } from "../shared/text.js";
import { Icon, Ring, useNow } from "./icon.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./station.js").Station} Station
 */

/**
 * A sign of how something is; `longest` keeps its place when the words change.
 *
 * @param {{icon: string, well: boolean, words: string, name: string, longest?: string}} props
 */
function Lamp({ icon, well, words, name, longest = words }) {
  return html`<li class="lamp" data-name=${name} data-well=${well}>
    <${Icon} name=${icon} /><span data-longest=${longest}>${words}</span>
  </li>`;
}

/**
 * Return what the footer says of what is kept here.
 *
 * @param {State["kept"]} kept
 */
function keptLamp({ able, unsent, sent }) {
  if (!able) {
    return { icon: "look", well: false, words: t("Nothing is kept") };
  }
  if (unsent > 0) {
    return { icon: "kept", well: false, words: t("%(count)s unsent", { count: unsent }) };
  }
  return sent > 0
    ? { icon: "ok", well: true, words: t("%(count)s sent", { count: sent }) }
    : { icon: "kept", well: true, words: t("All sent") };
}

/** @param {{state: State, station: Station}} props */
function Kept({ state, station }) {
  const { icon, well, words } = keptLamp(state.kept);
  const longest = t("%(count)s unsent", { count: 1000 });
  return html`<li class="lamp" data-name="kept" data-well=${well}>
    <button type="button" aria-expanded=${state.reading} onClick=${() => station.setReading(!state.reading)}>
      <${Icon} name=${icon} /><span data-longest=${longest}>${words}</span>
    </button>
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
          words=${connected ? t("Connected") : t("Not connected")} longest=${t("Not connected")} />
        <${Kept} state=${state} station=${station} />
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
