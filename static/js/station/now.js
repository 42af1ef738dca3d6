/** NOW and NEXT: what runs here, and what to take after it. */

import { html } from "htm/preact";
import { span, timeOfDay } from "../shared/clock.js";
import { hereWords } from "../shared/pieces.js";
import { t } from "../shared/text.js";
import { MarkChip, WhyChip } from "./chip.js";
import { Icon, useNow } from "./icon.js";
import { dueDay, leftOf, spaced, whys } from "./why.js";

/**
 * @typedef {import("../shared/types.d.ts").Row} Row
 * @typedef {import("./station.js").Station} Station
 * @typedef {{station: Station, people: Record<string, string>, zone: string | undefined}} Context
 */

/**
 * Return how small a part number has to be written so that all of it is seen: 0 is the largest.
 *
 * @param {string} part
 */
export function fit(part) {
  return [9, 12, 16, 21].filter((characters) => part.length > characters).length;
}

/** @param {{row: Row}} props */
function Progress({ row }) {
  const share = (/** @type {number} */ pieces) =>
    row.arrived ? Math.min(100, (100 * pieces) / row.arrived) : 0;
  return html`
    <svg class="progress" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
      <rect class="progress-good" width=${share(row.good)} height="1" />
      <rect class="progress-lost" x=${share(row.good)} width=${share(row.scrap + row.rework)} height="1" />
    </svg>`;
}

/** @param {{row: Row, context: Context}} props */
function Since({ row, context }) {
  const now = useNow(context.station.clock, 10_000);
  if (!row.started_at) {
    return null;
  }
  const since = timeOfDay(row.started_at, context.zone);
  const running = span(now - Date.parse(row.started_at));
  return html`<span class="since">${t("since %(since)s", { since })} · ${running} h</span>`;
}

/** @param {{row: Row, context: Context}} props */
function Job({ row, context }) {
  const left = leftOf(row);
  const here = hereWords(row);
  const crew = row.crew.map((badge) => context.people[badge] ?? badge);
  return html`
    <article class="job" data-operation=${row.operation}>
      <div class="job-what">
        <h3 class="job-part" data-fit=${fit(row.part)}>${row.part}</h3>
        <p class="job-title"><span>${t("rev %(revision)s", row)}</span>${row.title}</p>
        <p class="job-step"><b>${spaced(row.operation)}</b> ${row.description}</p>
        <p class="job-crew">
          <${Icon} name="person" />
          <span>${crew.join(", ") || t("nobody")}</span>
          <${Since} row=${row} context=${context} />
        </p>
      </div>
      <div class="job-much">
        <p class="job-left">
          <b>${left}</b><span>${t("of %(arrived)s left", row)}</span>
          ${here && html`<span class="job-here">${here}</span>`}
        </p>
        <${Progress} row=${row} />
        <button class="button primary" type="button"
          onClick=${() => context.station.openPanel(row.operation)}>
          <${Icon} name="count" /><span>${t("Count")}</span>
        </button>
      </div>
    </article>`;
}

/** @param {{rows: Row[], context: Context}} props */
export function Now({ rows, context }) {
  return html`
    <section class="now" aria-labelledby="now" data-jobs=${Math.min(rows.length, 3)}>
      <h2 class="label" id="now">
        <span class="label-word" data-running=${rows.length > 0}>${t("Now")}</span>
        ${rows.length > 1 && html`<span>${t("%(count)s running", { count: rows.length })}</span>`}
      </h2>
      <div class="jobs">
        ${rows.map((row) => html`<${Job} key=${row.operation} row=${row} context=${context} />`)}
        ${rows.length === 0 && html`<p class="calm">${t("Nothing runs here.")}</p>`}
      </div>
    </section>`;
}

/**
 * @param {{row: Row | null, today: string, mark: import("./state.js").Shown | undefined,
 *   context: Context}} props
 */
export function Next({ row, today, mark, context }) {
  const reasons = row ? whys(row, today, context.zone) : [];
  return html`
    <section class="next" aria-labelledby="next">
      <h2 class="label" id="next">
        <span class="label-word">${t("Next")}</span>
        <span class="chips">
          ${mark && html`<${MarkChip} mark=${mark} brief=${reasons.some((why) => why.kind === "placed")} />`}
          ${reasons.map((why) => html`<${WhyChip} key=${why.kind} why=${why} />`)}
        </span>
      </h2>
      ${
        row
          ? html`<article class="next-job" data-operation=${row.operation}>
              <div class="job-what">
                <h3 class="next-part" data-fit=${fit(row.part)}>${row.part}<small>${t("rev %(revision)s", row)}</small></h3>
                <p class="next-step">${row.title} · ${row.description}</p>
                <p class="next-number"><b>${spaced(row.operation)}</b><span>${dueDay(row)}</span></p>
              </div>
              <p class="next-much"><b>${leftOf(row)}</b><span>${t("pieces")}</span></p>
            </article>`
          : html`<p class="calm">${t("Nothing can start here now.")}</p>`
      }
    </section>`;
}
