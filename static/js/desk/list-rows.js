/** The rows of a dispatch list: dragged with SortableJS, moved by keyboard. */

import { html } from "htm/preact";
import { useEffect, useRef } from "preact/hooks";
import Sortable from "sortablejs";
import { t } from "../shared/text.js";
import { ListRow } from "./list-row.js";

/** @typedef {import("./types.js").Row} Row */

/**
 * @typedef {object} Hands What a person does with rows.
 * @property {() => void} grab
 * @property {(operation: string, order: string[]) => void} drop
 * @property {(operation: string, way: "up" | "down" | "top" | "bottom") => void} push
 * @property {() => void} settle
 * @property {() => void} giveUp
 * @property {(operation: string) => void} point
 */

/** @type {Record<string, "up" | "down" | "top" | "bottom">} */
const WAYS = { ArrowUp: "up", ArrowDown: "down", Home: "top", End: "bottom" };

/** @param {Element} list */
function keysOf(list) {
  return [...list.children].map((row) => /** @type {HTMLElement} */ (row).dataset.key ?? "");
}

/**
 * Let rows be dragged; the page draws their new order itself, so the list is put back as it was.
 * @param {HTMLElement} list
 * @param {{current: Hands}} hands
 */
function sortable(list, hands) {
  /** @type {Node | null} */
  let behind = null;
  return Sortable.create(list, {
    animation: 120,
    draggable: "li:not([data-still])",
    filter: "a",
    preventOnFilter: false,
    delay: 150,
    delayOnTouchOnly: true,
    ghostClass: "ghost",
    dragClass: "drag",
    onStart: ({ item }) => {
      behind = item.nextSibling;
      hands.current.grab();
    },
    onEnd: ({ item }) => {
      const order = keysOf(list);
      list.insertBefore(item, behind);
      hands.current.drop(item.dataset.key ?? "", order);
    },
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {string[]} keys
 * @param {string} cursor
 * @param {Hands} hands
 */
function pressed(event, keys, cursor, hands) {
  const way = WAYS[event.key];
  if (way && event.altKey) {
    hands.push(cursor, way);
  } else if (way) {
    const last = keys.length - 1;
    const at = keys.indexOf(cursor);
    const to = { up: at - 1, down: at + 1, top: 0, bottom: last }[way];
    hands.point(keys[Math.max(0, Math.min(last, to))]);
  } else if (event.key === "Enter" && event.target === event.currentTarget) {
    hands.settle();
  } else if (event.key === "Escape") {
    hands.giveUp();
  } else {
    return;
  }
  event.preventDefault();
}

/**
 * @param {object} props
 * @param {Row[]} props.rows
 * @param {ReadonlySet<string>} props.still
 * @param {ReadonlySet<string>} props.flashing
 * @param {string | null} props.wished
 * @param {string | null} props.cursor
 * @param {Map<string, number> | null} props.climbs Of a proposal: then nothing can be dragged.
 * @param {Record<string, string>} props.people
 * @param {boolean} props.mayMove
 * @param {Hands} props.hands
 */
export function ListRows(props) {
  const { rows, still, flashing, wished, climbs, people, mayMove, hands } = props;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const latest = useRef(hands);
  latest.current = hands;
  const isStill = climbs !== null || !mayMove;
  useEffect(() => {
    if (list.current === null || isStill) {
      return;
    }
    const sorting = sortable(list.current, latest);
    return () => sorting.destroy();
  }, [isStill]);
  const keys = rows.map((row) => row.operation);
  const cursor = props.cursor !== null && keys.includes(props.cursor) ? props.cursor : keys[0];
  const hasFocus = list.current?.contains(document.activeElement) ?? false;
  useEffect(() => {
    if (hasFocus && cursor) {
      /** @type {HTMLElement | null | undefined} */ (
        list.current?.querySelector(`[data-key="${CSS.escape(cursor)}"]`)
      )?.focus();
    }
  });
  const lastStill = rows.findLastIndex(
    (row) => still.has(row.operation) && row.state !== "running",
  );
  return html`<ol
    ref=${list}
    class="sequence"
    aria-label=${t("Dispatch list")}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => pressed(event, keys, cursor, hands)}
    onFocusIn=${(/** @type {any} */ event) => {
      const key = event.target.closest("li")?.dataset.key;
      if (key && key !== props.cursor) {
        hands.point(key);
      }
    }}
  >
    ${rows.map(
      (row, index) => html`<${ListRow}
        key=${row.operation}
        row=${row}
        place=${index + 1}
        still=${still.has(row.operation)}
        edge=${index === lastStill}
        wished=${row.operation === wished || (climbs?.has(row.operation) ?? false)}
        flash=${flashing.has(row.operation)}
        cursor=${row.operation === cursor}
        climb=${climbs?.get(row.operation) ?? null}
        people=${people}
      />`,
    )}
  </ol>`;
}
