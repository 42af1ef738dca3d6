/** What has become of the pieces of an operation, told alike at the station and at the desk. */

import { t } from "./text.js";

/** @typedef {import("./types.d.ts").Row} Row */

/**
 * Return that fewer pieces are here than were ordered, or nothing.
 *
 * A station counts what has arrived, the desk what was ordered: where the two differ, both say it.
 *
 * @param {Pick<Row, "arrived" | "quantity">} row
 */
export function hereWords({ arrived, quantity }) {
  return arrived < quantity ? t("%(arrived)s of %(quantity)s are here", { arrived, quantity }) : "";
}

/**
 * Return what was reported as no good piece, or nothing.
 *
 * @param {Pick<Row, "scrap" | "rework">} row
 */
export function lostWords({ scrap, rework }) {
  return [
    scrap > 0 && t("%(scrap)s scrap", { scrap }),
    rework > 0 && t("%(rework)s rework", { rework }),
  ]
    .filter(Boolean)
    .join(", ");
}
