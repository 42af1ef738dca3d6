/** One row of a dispatch list; it is drawn again only when it says something new. */

import { html } from "htm/preact";
import { Component } from "preact";
import { hereWords, lostWords } from "../shared/pieces.js";
import { t } from "../shared/text.js";
import { minutesLeft, whereParts, why } from "./list-words.js";
import { Hot, Icon, Mark, orderAddress, State } from "./parts.js";
import { due, hours, shortDay } from "./when.js";

/** @typedef {import("./types.js").Row} Row */

/**
 * @typedef {object} RowProps
 * @property {Row} row
 * @property {number} place
 * @property {boolean} still Whether it runs or lies in the frozen zone.
 * @property {boolean} edge Whether it is the last one of the frozen zone.
 * @property {boolean} wished Whether the person has just moved it.
 * @property {boolean} flash
 * @property {boolean} cursor
 * @property {number | null} climb In a proposal: by how many places it rises.
 * @property {Record<string, string>} people
 */

/** @extends {Component<RowProps>} */
export class ListRow extends Component {
  /** @param {RowProps} next */
  shouldComponentUpdate(next) {
    const was = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (this.props));
    return Object.entries(next).some(([name, value]) => was[name] !== value);
  }

  render() {
    const { row, place, still, edge, wished, flash, cursor, climb, people } = this.props;
    const here = row.state === "running" && hereWords(row);
    const flags = {
      "data-still": still ? "" : undefined,
      "data-edge": edge ? "" : undefined,
      "data-wish": wished ? "" : undefined,
      "data-flash": flash ? "" : undefined,
    };
    return html`<li
      data-key=${row.operation}
      data-state=${row.state}
      tabindex=${cursor ? 0 : -1}
      aria-keyshortcuts=${still ? undefined : "Alt+ArrowUp Alt+ArrowDown Alt+Home Alt+End"}
      ...${flags}
    >
      <${Grip} still=${still} running=${row.state === "running"} />
      <span class="place">${place}<${Climb} by=${climb} /></span>
      <${Operation} row=${row} />
      <span class="cell">
        <${State} state=${row.state} />
        <small>${whereParts(row, people)}</small>
        ${here && html`<small>${here}</small>`}
      </span>
      <span class="cell clipped">
        <span>${row.part} <span class="faint">${row.revision}</span></span>
        <small>${row.title}</small>
      </span>
      <span class="cell figure">
        ${row.good} / ${row.quantity}
        <small>${lostWords(row)}</small>
      </span>
      <${DueCell} day=${row.due} />
      <span class="cell figure col-hours">
        ${hours(minutesLeft(row))}
        <small>${row.next ? t("then %(next)s", { next: row.next }) : t("last one")}</small>
      </span>
      <${Why} row=${row} />
    </li>`;
  }
}

/** @param {{still: boolean, running: boolean}} props */
function Grip({ still, running }) {
  if (running) {
    return html`<span class="grip"></span>`;
  }
  return html`<span class="grip" title=${still ? t("Frozen: keeps its place") : t("Drag")}>
    <${Icon} name=${still ? "frozen" : "grip"} />
  </span>`;
}

/** @param {{by: number | null}} props */
function Climb({ by }) {
  if (!by) {
    return null;
  }
  const words = by > 0 ? t("up by %(by)s", { by }) : t("down by %(by)s", { by: -by });
  return html`<span class="climb">
    <${Icon} name=${by > 0 ? "up" : "down"} />${Math.abs(by)}<span class="aside">${words}</span>
  </span>`;
}

/** @param {{row: Row}} props */
function Operation({ row }) {
  const [order, operation] = row.operation.split("/");
  return html`<span class="cell clipped">
    <span>
      <a class="key" href=${orderAddress(order)} draggable="false">${order}</a>
      <span class="faint"> ${operation}</span>
    </span>
    <small>
      ${row.hot && html`<${Hot} /> `}
      ${
        row.hold === null
          ? row.description
          : html`<${Mark} tone="stop" icon="held">${t("Held: %(why)s", { why: row.hold })}<//>`
      }
    </small>
  </span>`;
}

/** @param {{day: string}} props */
function DueCell({ day }) {
  const { words, tone, icon } = due(day);
  return html`<span class="cell">
    ${shortDay(day)}
    <small>${tone ? html`<${Mark} tone=${tone} icon=${icon}>${words}<//>` : words}</small>
  </span>`;
}

/** @param {{row: Row}} props */
function Why({ row }) {
  const { words, by } = why(row);
  return html`<span class="cell clipped col-why">${words}<small>${by}</small></span>`;
}
