/** How the box of a station is, in words: the most urgent thing first. Pure. */

import { t } from "../shared/text.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").Box} Box */
/** @typedef {{words: string, tone: "ok" | "look", icon: string}} Said */

/** A clock that is further off than this is worth somebody's walk. */
export const SKEW_S = 60;

/**
 * Return everything worth saying about a box.
 * @param {Box} box
 * @returns {Said[]}
 */
export function boxWords(box) {
  const said = [...deaf(box), ...unsent(box), ...skew(box)];
  return said.length > 0 ? said : [{ words: t("All sent"), tone: "ok", icon: "live" }];
}

/** @param {Box} box @returns {Said[]} */
function deaf({ devices }) {
  return devices
    .filter((one) => !one.listens)
    .map(({ name }) => look(t("Scanner not listening: %(name)s", { name }), "away"));
}

/** @param {Box} box @returns {Said[]} */
function unsent({ unsent: count, oldest_at: oldest }) {
  if (count === 0) {
    return [];
  }
  const at = oldest ? moment(oldest) : "";
  return [look(t("%(count)s unsent, the oldest of %(at)s", { count, at }), "soon")];
}

/** @param {Box} box @returns {Said[]} */
function skew({ clock_ahead_s: ahead, clock_unsure_s: unsure }) {
  if (Math.abs(ahead) - unsure <= SKEW_S) {
    return [];
  }
  const minutes = Math.max(1, Math.round(Math.abs(ahead) / 60));
  return [
    ahead > 0
      ? look(t("Clock %(minutes)s min ahead", { minutes }), "late")
      : look(t("Clock %(minutes)s min behind", { minutes }), "late"),
  ];
}

/** @param {string} words @param {string} icon @returns {Said} */
function look(words, icon) {
  return { words, tone: "look", icon };
}
