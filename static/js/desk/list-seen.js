/** Which stations have painted this version of the list, and when. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { Mark } from "./parts.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").StationLine} StationLine */

/**
 * @param {StationLine} line
 * @param {number} version
 */
export function seenWords(
  { station, seen_version: seen, seen_at: at, connected, contact_at: contact },
  version,
) {
  if (seen >= version && at) {
    return {
      tone: "ok",
      icon: "seen",
      words: t("Seen by %(station)s at %(at)s", { station, at: moment(at) }),
    };
  }
  const behind =
    seen > 0
      ? t("Not yet seen by %(station)s: it has version %(seen)s", { station, seen })
      : t("Not yet seen by %(station)s", { station });
  if (connected) {
    return { tone: "look", icon: "soon", words: behind };
  }
  if (contact === null) {
    const words = t("%(station)s has no device yet", { station });
    return { tone: "faint", icon: "waiting", words };
  }
  const since = t("not connected since %(at)s", { at: moment(contact) });
  return { tone: "look", icon: "away", words: `${behind}; ${since}` };
}

/** @param {{stations: StationLine[], version: number}} props */
export function SeenBy({ stations, version }) {
  if (stations.length === 0) {
    return html`<p class="seen-by faint">
      ${t("No station shows this list.")} <a href="/desk/stations">${t("Stations")}</a>
    </p>`;
  }
  return html`<p class="seen-by" role="status">
    ${stations.map((line) => {
      const { tone, icon, words } = seenWords(line, version);
      return html`<${Mark} key=${line.station} tone=${tone} icon=${icon}>${words}<//>`;
    })}
  </p>`;
}
