/** The kiosk as it looks: one screen, put together from its parts. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { dayOf } from "../shared/clock.js";
import { t } from "../shared/text.js";
import { Band } from "./band.js";
import { Footer, Time } from "./footer.js";
import { Icon, useNow } from "./icon.js";
import { KeptSheet } from "./kept-sheet.js";
import { Next, Now } from "./now.js";
import { Panel } from "./panel.js";
import { panelNow } from "./panel-now.js";
import { Rows } from "./rows.js";
import { Typed } from "./typed.js";
import { parts } from "./why.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./station.js").Station} Station
 */

/**
 * Tell the server which version is on the glass, once it is.
 *
 * @param {Station} station
 * @param {State} state
 */
function useSeen(station, { shown, connected }) {
  const version = connected ? shown?.version : undefined;
  useEffect(() => {
    if (version === undefined) {
      return;
    }
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => station.feed.painted(version));
    });
    return () => cancelAnimationFrame(frame);
  }, [station, version]);
}

/** @param {{words: string, sentence: string, icon: string, children?: any}} props */
export function Notice({ words, sentence, icon, children }) {
  return html`<section class="notice">
    <${Icon} name=${icon} />
    <h2>${words}</h2>
    <p>${sentence}</p>
    ${children}
  </section>`;
}

/** @param {{state: State, station: Station, zone: string | undefined}} props */
function Floor({ state, station, zone }) {
  const now = useNow(station.clock, 20_000);
  const { shown, live, marks, about } = state;
  if (!shown) {
    const sentence =
      state.connected || !state.kept.able
        ? t("The list is on its way.")
        : t("The list comes when the server is back. Scans are kept meanwhile.");
    return html`<main class="floor"><${Notice} icon="sending" words=${t("Loading")}
      sentence=${sentence} /></main>`;
  }
  if (shown.rows.length === 0) {
    return html`<main class="floor"><${Notice} icon="ok" words=${t("Nothing here: all done")}
      sentence=${t("New work appears by itself.")} /></main>`;
  }
  const today = dayOf(now, zone);
  const { now: running, next, rest } = parts(shown.rows);
  const context = { station, people: about.people, zone };
  return html`
    <main class="floor">
      <div class="main" data-idle=${running.length === 0}>
        <${Now} rows=${running} context=${context} />
        <${Next} row=${next} today=${today} mark=${next && marks.get(next.operation)} context=${context} />
      </div>
      <${Rows} rows=${rest} first=${running.length + (next ? 2 : 1)} marks=${marks} today=${today}
        zone=${zone} changed=${live !== shown}
        touched=${() => station.feed.hold.touched(performance.now())}
        showNow=${() => station.feed.showNow()} />
    </main>`;
}

/**
 * Return what to do on a device that is this station no more.
 *
 * @param {State} state
 */
function shutWords({ kept: { unsent } }) {
  return unsent > 0
    ? t("Ask the dispatcher for a code. %(unsent)s unsent are kept and go out after it.", {
        unsent,
      })
    : t("Ask the dispatcher for a code.");
}

/** @param {{station: Station, zone: string | undefined}} props */
export function App({ station, zone }) {
  const [state, setState] = useState(station.store.state);
  useEffect(() => {
    station.store.paint = setState;
    setState(station.store.state);
  }, [station]);
  useSeen(station, state);
  const { about, phase, opened, typing, reading } = state;
  const panel = panelNow(state);
  if (phase === "shut") {
    return html`<${Notice} icon="refused" words=${t("This device is not enrolled")}
      sentence=${shutWords(state)}>
      <button class="button primary" type="button" onClick=${() => location.reload()}>
        <span>${t("Enter the code")}</span>
      </button>
    </${Notice}>`;
  }
  return html`
    <div class="kiosk" data-phase=${phase} data-connected=${state.connected}>
      <header class="head">
        <h1>${about.work_center}</h1>
        <p>${about.description}</p>
        <p class="head-station">${about.station === about.work_center ? "" : about.station}</p>
        <${Time} station=${station} zone=${zone} />
      </header>
      <${Band} state=${state} station=${station} />
      <${Floor} state=${state} station=${station} zone=${zone} />
      ${
        panel &&
        html`<${Panel} key=${opened?.id} panel=${panel} state=${state} station=${station} />`
      }
      ${
        typing &&
        html`<div class="sheet"><${Typed} title=${t("Type a number")}
          hint=${t("Badge, order and operation, or line")} confirm=${t("Take it")}
          take=${(/** @type {string} */ text) => station.type(text)}
          close=${() => station.setTyping(false)} /></div>`
      }
      ${reading && html`<${KeptSheet} state=${state} station=${station} zone=${zone} />`}
      <${Footer} state=${state} station=${station} zone=${zone} />
    </div>`;
}
