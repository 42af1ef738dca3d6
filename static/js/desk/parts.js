/** Small parts of the screens: icons, marks, empty places, notices. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { due, shortDay } from "./when.js";

/** @typedef {import("preact").ComponentChildren} Children */

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="icon" aria-hidden="true"><use href=${`#i-${name}`} /></svg>`;
}

/** @type {Record<string, {tone: string, words: () => string}>} */
const STATES = {
  waiting: { tone: "faint", words: () => t("Waiting") },
  ready: { tone: "", words: () => t("Ready") },
  running: { tone: "ok", words: () => t("Running") },
  suspended: { tone: "look", words: () => t("Suspended") },
  completed: { tone: "faint", words: () => t("Completed") },
  planned: { tone: "faint", words: () => t("Planned") },
  released: { tone: "", words: () => t("Released") },
  cancelled: { tone: "faint", words: () => t("Cancelled") },
  held: { tone: "stop", words: () => t("Held") },
  queued: { tone: "faint", words: () => t("Queued") },
  rendering: { tone: "faint", words: () => t("Being made") },
  failed: { tone: "stop", words: () => t("Failed") },
};
/** @type {Record<string, string>} */
const SHAPES = { released: "ready", queued: "waiting", rendering: "soon", failed: "rejected" };

/** @param {string} state */
export function stateWords(state) {
  return STATES[state]?.words() ?? state;
}

/** @param {{state: string}} props */
export function State({ state }) {
  return html`<span class="mark" data-tone=${STATES[state]?.tone}>
    <${Icon} name=${SHAPES[state] ?? state} />${stateWords(state)}
  </span>`;
}

/** @param {{tone?: string, icon: string, children?: Children}} props */
export function Mark({ tone, icon, children }) {
  return html`<span class="mark" data-tone=${tone}><${Icon} name=${icon} />${children}</span>`;
}

/** A due date with how far away it is; `done` takes the alarm out. @param {{day: string, done?: boolean}} props */
export function Due({ day, done = false }) {
  const { words, tone, icon } = due(day);
  if (done) {
    return html`${shortDay(day)}`;
  }
  return html`${shortDay(day)}
    <span class="under">
      ${tone ? html`<${Mark} tone=${tone} icon=${icon}>${words}<//>` : words}
    </span>`;
}

export function Hot() {
  return html`<span class="hot"><${Icon} name="hot" />${t("Hot")}</span>`;
}

/** @param {{icon: string, title: string, children?: Children}} props */
export function Empty({ icon, title, children }) {
  return html`<div class="empty"><${Icon} name=${icon} /><strong>${title}</strong>${children}</div>`;
}

/** @param {{tone?: string, icon?: string, onClose?: () => void, children?: Children}} props */
export function Notice({ tone, icon = "note", onClose, children }) {
  return html`<div class="notice" data-tone=${tone} role=${tone === "stop" ? "alert" : "status"}>
    <${Icon} name=${icon} />
    <div>${children}</div>
    ${onClose && html`<${Close} onClick=${onClose} />`}
  </div>`;
}

/** @param {{onClick: () => void}} props */
export function Close({ onClick }) {
  return html`<button class="plain" type="button" aria-label=${t("Close")} onClick=${onClick}>
    <${Icon} name="close" />
  </button>`;
}

/** The number of an order, leading to it. @param {{order: string}} props */
export function OrderLink({ order }) {
  return html`<a class="key" href=${orderAddress(order)}>${order}</a>`;
}

/** @param {string} order */
export function orderAddress(order) {
  return `/desk/orders/${encodeURIComponent(order)}`;
}

/** @param {string} workCenter */
export function listAddress(workCenter) {
  return `/desk/lists/${encodeURIComponent(workCenter)}`;
}

/** A sentence whose names with dashes are not broken at the end of a line. @param {{text: string}} props */
export function Unbroken({ text }) {
  return html`${text
    .split(/(\S+-\S+)/)
    .map((part, index) => (index % 2 ? html`<span class="unbroken">${part}</span>` : part))}`;
}
