/** The band: what the last scan or touch came to, and what the operator may do about it. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { insistWords, refusalWords } from "../shared/refusals.js";
import { t } from "../shared/text.js";
import { Icon, Ring } from "./icon.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Band} BandState
 * @typedef {import("./station.js").Station} Station
 * @typedef {{tone: string, icon: string, word: string, sentence: string, number: string}} Said
 */

/**
 * Return what the band says of facts that were refused when nobody stood there any more.
 *
 * @param {State["kept"]["refused"]} refused
 * @returns {Said}
 */
function news([{ number, code, details }, ...others]) {
  if (others.length === 0) {
    const sentence = refusalWords(code, details);
    return { tone: "refused", icon: "refused", word: t("Not taken"), sentence, number };
  }
  const word = t("%(count)s not taken", { count: others.length + 1 });
  const sentence = t("They were kept here, and the server has refused them.");
  return { tone: "refused", icon: "refused", word, sentence, number: "" };
}

/**
 * Return what the band says while there is no server.
 *
 * @param {State} state
 * @returns {Said}
 */
function away({ kept, operator }) {
  if (!kept.able) {
    const sentence = t("Scans are not taken now. It connects by itself.");
    return { tone: "away", icon: "away", word: t("Not connected"), sentence, number: "" };
  }
  const word = operator ? operator.name : t("Offline");
  const sentence = kept.opens
    ? t("Work on: scans are kept on this device.")
    : t("Work on: scans are kept on this device. Leave this page open.");
  return { tone: "offline", icon: operator ? "scan" : "away", word, sentence, number: "" };
}

/**
 * Return what the band says while nothing has just happened.
 *
 * @param {State} state
 * @returns {Said}
 */
function idle(state) {
  const { connected, operator, opened, kept } = state;
  if (kept.refused.length > 0 && !opened) {
    return news(kept.refused);
  }
  if (!connected) {
    return away(state);
  }
  if (opened) {
    const sentence = t("Count the parts, then confirm.");
    return { tone: "idle", icon: "count", word: t("Count"), sentence, number: "" };
  }
  if (operator) {
    const sentence = t("Scan the traveler of the parts.");
    return { tone: "signed", icon: "scan", word: operator.name, sentence, number: "" };
  }
  const sentence = t("Then scan the traveler: that starts the job, or opens its count.");
  return { tone: "idle", icon: "badge", word: t("Scan your badge"), sentence, number: "" };
}

/**
 * @param {BandState} band
 * @returns {Said}
 */
function said({ tone, word, sentence, number }) {
  return { tone, icon: tone, word, sentence, number };
}

/** @param {{state: State, station: Station}} props */
export function Band({ state, station }) {
  const { band, undo, kept, opened, reading } = state;
  const isNews = band === null && kept.refused.length > 0 && !opened && !reading;
  const { tone, icon, word, sentence, number } = band ? said(band) : idle(state);
  const dismissible = band !== null && band.until === null && band.tone !== "sending";
  return html`
    <section class="band" data-tone=${tone} data-code=${band?.code}
      data-acts=${Boolean(band?.insist)}>
      <div class="band-said" role="status" aria-live="assertive" aria-atomic="true" key=${band?.id ?? tone}>
        <span class="band-icon"><${Icon} name=${icon} /></span>
        <p class="band-word">${word}</p>
        <div class="band-text">
          ${number && html`<p class="band-number">${number}</p>`}
          <p class="band-sentence">${sentence}</p>
        </div>
      </div>
      <div class="band-actions">
        ${band?.insist && html`<${Insist} key=${band.id} code=${band.code} insist=${() => station.insist()} />`}
        ${
          dismissible &&
          html`<button class="band-button close" type="button" aria-label=${t("Close")}
            onClick=${() => station.dismiss()}><${Icon} name="close" /></button>`
        }
        ${
          isNews &&
          html`<button class="band-button seen" type="button"
            onClick=${() => (kept.refused.length > 1 ? station.setReading(true) : station.seen())}>
            <${Icon} name=${kept.refused.length > 1 ? "list" : "ok"} />
            <span>${kept.refused.length > 1 ? t("Show them") : t("Seen")}</span>
          </button>`
        }
        ${
          undo &&
          html`<button class="band-button undo" type="button" onClick=${() => station.undo()}>
            <${Ring} clock=${station.clock} from=${undo.from} until=${undo.until} />
            <span>${t("Undo")}<small>${undo.word}</small></span>
          </button>`
        }
      </div>
    </section>`;
}

/** A second touch this soon is the same touch. */
const DELIBERATE_MS = 400;
const ARMED_MS = 6000;

/**
 * Breaking a rule takes two touches that nobody does by accident.
 *
 * @param {{code: string, insist: () => void}} props
 */
function Insist({ code, insist }) {
  const [armedAt, setArmedAt] = useState(0);
  useEffect(() => {
    if (armedAt) {
      const timer = setTimeout(() => setArmedAt(0), ARMED_MS);
      return () => clearTimeout(timer);
    }
  }, [armedAt]);
  const press = () => {
    if (!armedAt) {
      setArmedAt(performance.now());
    } else if (performance.now() - armedAt > DELIBERATE_MS) {
      insist();
    }
  };
  return html`
    <button class="band-button insist" type="button" data-armed=${armedAt > 0} onClick=${press}>
      <${Icon} name=${armedAt ? "look" : "next"} />
      <span>${armedAt ? t("Touch again: the dispatcher is told") : insistWords(code)}</span>
    </button>`;
}
