/** The rest of the dispatch list, in its order: rows of one height that never jump. */

import { html } from "htm/preact";
import { Component } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { monthDay } from "../shared/clock.js";
import { t } from "../shared/text.js";
import { MarkChip, WhyChip } from "./chip.js";
import { Icon } from "./icon.js";
import { briefly, canStart, leftOf, spaced } from "./why.js";

/**
 * @typedef {import("../shared/types.d.ts").Row} Row
 * @typedef {import("./state.js").Shown} Shown
 * @typedef {{row: Row, place: number, mark: Shown | undefined, today: string,
 *   zone: string | undefined}} LineProps
 */

/** A list that nobody touches goes back to its top. */
const BACK_MS = 30_000;

/** One row; painted again only when it says something new. */
class Line extends Component {
  /** @param {LineProps} next */
  shouldComponentUpdate(next) {
    const { row, place, mark, today } = /** @type {LineProps} */ (this.props);
    return next.row !== row || next.place !== place || next.mark !== mark || next.today !== today;
  }

  render() {
    const { row, place, mark, today, zone } = /** @type {LineProps} */ (this.props);
    const all = briefly(row, today, zone);
    return html`
      <li class="line" data-operation=${row.operation} data-startable=${canStart(row)}
        data-mark=${mark?.kind}>
        <span class="line-place">${place}</span>
        <p class="line-part"><b>${row.part}</b><span>${row.description}</span></p>
        <p class="line-much"><b>${row.state === "waiting" ? row.quantity : leftOf(row)}</b></p>
        <p class="line-number">
          <span>${spaced(row.operation)}</span>
          ${mark && html`<${MarkChip} mark=${mark} />`}
          ${(mark?.kind === "moved" ? all.filter((why) => why.kind === "hot") : all).map((why) => html`<${WhyChip} key=${why.kind} why=${why} brief />`)}
        </p>
        <p class="line-due">${monthDay(row.due)}</p>
      </li>`;
  }
}

/**
 * @param {{rows: Row[], first: number, marks: Map<string, Shown>, today: string,
 *   zone: string | undefined, changed: boolean, touched: () => void, showNow: () => void}} props
 */
export function Rows({ rows, first, marks, today, zone, changed, touched, showNow }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const timer = useRef(0);
  const moved = () => {
    touched();
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => box.current?.scrollTo({ top: 0, behavior: "smooth" }),
      BACK_MS,
    );
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const waiting = rows.filter((row) => row.state === "waiting").length;
  return html`
    <section class="rest" aria-labelledby="then">
      <h2 class="label" id="then">
        <span class="label-word">${t("Then")}</span>
        <span>${t("%(count)s more, %(waiting)s wait for parts", { count: rows.length, waiting })}</span>
      </h2>
      <ol class="lines" ref=${box} tabindex="0" onPointerDown=${moved} onPointerUp=${moved}
        onWheel=${moved} onTouchMove=${moved}>
        ${rows.map(
          (row, index) =>
            html`<${Line} key=${row.operation} row=${row} place=${first + index}
              mark=${marks.get(row.operation)} today=${today} zone=${zone} />`,
        )}
        ${rows.length === 0 && html`<li class="calm">${t("That is all.")}</li>`}
      </ol>
      ${
        changed &&
        html`<button class="changed" type="button" onClick=${showNow}>
          <${Icon} name="list" /><span>${t("The list has changed: show it")}</span>
        </button>`
      }
    </section>`;
}
