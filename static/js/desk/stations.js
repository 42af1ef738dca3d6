/** Stations: the places of the kiosks, connected or not, and how a device becomes one. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { ConfirmDialog } from "./confirm-dialog.js";
import { ofKind, useFresh, useLive } from "./fresh.js";
import { may, show } from "./page.js";
import { Empty, listAddress, Mark } from "./parts.js";
import { boxWords } from "./station-box.js";
import { AddStation, EnrolDialog } from "./station-dialogs.js";
import { tell, tellError } from "./tell.js";
import { moment } from "./when.js";

/** @typedef {import("./types.js").StationsPage} StationsPage */
/** @typedef {import("./types.js").StationLine} StationLine */
/** @typedef {import("./types.js").Box} Box */
/** @typedef {{kind: "add"} | {kind: "enrol" | "revoke", line: StationLine}} Asking */

const CONCERNS = ofKind(
  "StationKept",
  "StationEnrolled",
  "StationRevoked",
  "ListResequenced",
  "OrderReleased",
);

/** @param {string} station */
function stationApi(station) {
  return `/desk/api/stations/${encodeURIComponent(station)}`;
}

/** @param {{page: StationsPage}} props */
function Stations({ page }) {
  const [{ stations, work_centers: workCenters, address }, refresh] = useFresh(
    "/desk/api/stations",
    page,
    CONCERNS,
  );
  const [asking, setAsking] = useState(/** @type {Asking | null} */ (null));
  const [boxes, setBoxes] = useState(/** @type {Record<string, Box>} */ ({}));
  // Each box tells of itself every few seconds: no reason to ask for the whole page.
  useLive("box", ({ station, box }) => setBoxes((known) => ({ ...known, [station]: box })));
  useLive("seen", refresh);
  useLive("station", refresh);
  const close = () => setAsking(null);
  /** @param {StationLine} line */
  const revoke = (line) =>
    post(`${stationApi(line.station)}/revoke`, {})
      .then(() => {
        close();
        tell(t("%(station)s is revoked.", { station: line.station }));
        return refresh();
      })
      .catch(tellError);
  return html`
    ${
      may("stations") &&
      html`<div class="tools">
        <button class="button" type="button" onClick=${() => setAsking({ kind: "add" })}>
          ${t("Add a station")}
        </button>
      </div>`
    }
    ${
      stations.length === 0
        ? html`<${Empty} icon="stations" title=${t("There are no stations yet.")}>
            ${t("A station is the place of one kiosk: a work center with a screen.")}
          <//>`
        : html`<${StationTable} stations=${stations} boxes=${boxes} onAsk=${setAsking} />`
    }
    ${asking?.kind === "add" && html`<${AddStation} workCenters=${workCenters} onClose=${close} onDone=${refresh} />`}
    ${
      asking?.kind === "enrol" &&
      html`<${EnrolDialog} station=${asking.line.station} address=${address} onClose=${close} />`
    }
    ${
      asking?.kind === "revoke" &&
      html`<${ConfirmDialog}
        title=${t("Revoke %(station)s", { station: asking.line.station })}
        action=${t("Revoke")}
        onClose=${close}
        onDo=${() => revoke(asking.line)}
      >
        ${t("Its device can no longer speak for the station until it is enrolled again. What it has kept offline stays on the device.")}
      <//>`
    }
  `;
}

/** @param {{stations: StationLine[], boxes: Record<string, Box>, onAsk: (asking: Asking) => void}} props */
function StationTable({ stations, boxes, onAsk }) {
  return html`<table class="table" data-lines="one">
    <thead>
      <tr>
        <th>${t("Station")}</th>
        <th>${t("Work center")}</th>
        <th class="col-seen">${t("Connection")}</th>
        <th class="col-seen">${t("Dispatch list")}</th>
        <th class="col-seen">${t("Scanner box")}</th>
        <th class="col-by">${t("Enrolled")}</th>
        <th class="tight"></th>
      </tr>
    </thead>
    <tbody>
      ${stations.map((line) => html`<${StationRow} key=${line.station} line=${line} box=${boxes[line.station] ?? line.box} onAsk=${onAsk} />`)}
    </tbody>
  </table>`;
}

/** @param {{line: StationLine}} props */
function Connection({ line }) {
  if (line.connected) {
    return html`<${Mark} tone="ok" icon="live">${t("Connected")}<//>`;
  }
  if (line.enrolled_at === null) {
    return html`<${Mark} tone="faint" icon="waiting">${t("No device")}<//>`;
  }
  return html`<${Mark} tone="look" icon="away">
    ${line.contact_at ? t("Last contact %(at)s", { at: moment(line.contact_at) }) : t("Never connected")}
  <//>`;
}

/** @param {{line: StationLine}} props */
function Seen({ line }) {
  if (line.seen_version === 0) {
    return html`<span class="faint">${t("Nothing seen yet")}</span>`;
  }
  return line.seen_version >= line.version
    ? html`<${Mark} tone="ok" icon="seen">
        ${t("Version %(version)s, seen %(at)s", { version: line.seen_version, at: moment(line.seen_at ?? "") })}
      <//>`
    : html`<${Mark} tone="look" icon="soon">
        ${t("Has version %(seen)s of %(version)s", { seen: line.seen_version, version: line.version })}
      <//>`;
}

/** @param {{box: Box | null, connected: boolean}} props */
function ScannerBox({ box, connected }) {
  if (box === null) {
    return html`<span class="faint">–</span>`;
  }
  if (!connected) {
    const said = boxWords(box).map(({ words }) => words);
    return html`<span class="faint">
      ${t("At %(at)s: %(said)s", { at: moment(box.at), said: said.join(", ") })}
    </span>`;
  }
  return html`<span title=${t("Version %(version)s, told %(at)s", { version: box.version, at: moment(box.at) })}>
    ${boxWords(box).map(({ words, tone, icon }) => html`<${Mark} tone=${tone} icon=${icon}>${words}<//> `)}
  </span>`;
}

/** @param {{line: StationLine, box: Box | null, onAsk: (asking: Asking) => void}} props */
function StationRow({ line, box, onAsk }) {
  return html`<tr>
    <td><a class="key" href=${`/station/${encodeURIComponent(line.station)}`}>${line.station}</a></td>
    <td><a href=${listAddress(line.work_center)}>${line.work_center}</a></td>
    <td><${Connection} line=${line} /></td>
    <td><${Seen} line=${line} /></td>
    <td><${ScannerBox} box=${box} connected=${line.connected} /></td>
    <td class="faint">${line.enrolled_at ? moment(line.enrolled_at) : "–"}</td>
    <td class="tight">
      ${
        may("stations") &&
        html`<button class="plain" type="button" onClick=${() => onAsk({ kind: "enrol", line })}>
            ${line.enrolled_at ? t("Enrol again") : t("Enrol")}
          </button>
          <button
            class="plain"
            type="button"
            disabled=${line.enrolled_at === null}
            onClick=${() => onAsk({ kind: "revoke", line })}
          >
            ${t("Revoke")}
          </button>`
      }
    </td>
  </tr>`;
}

show(Stations);
