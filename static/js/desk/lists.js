/** The dispatch lists of all work centers, by department, and how far the floor has seen them. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { ofKind, useFresh, useLive } from "./fresh.js";
import { seenWords } from "./list-seen.js";
import { LoadBar } from "./load-bar.js";
import { show } from "./page.js";
import { Empty, listAddress, Mark } from "./parts.js";

/** @typedef {import("./types.js").Load} Load */
/** @typedef {import("./types.js").StationLine} StationLine */

/**
 * Return the work centers of each department, in their order.
 * @param {Load[]} lists
 * @returns {[string, Load[]][]}
 */
function byDepartment(lists) {
  /** @type {Map<string, Load[]>} */
  const found = new Map();
  for (const one of lists) {
    found.set(one.department, [...(found.get(one.department) ?? []), one]);
  }
  return [...found];
}

const CONCERNS = ofKind(
  "OrderReleased",
  "OrderReplanned",
  "ListResequenced",
  "OperationStarted",
  "OperationPaused",
  "CrewLeft",
  "QuantityReported",
  "ReportUndone",
  "StationKept",
);

/** @param {{page: import("./types.js").ListsPage}} props */
function Lists({ page }) {
  const [{ lists }] = useFresh("/desk/api/lists", page, CONCERNS);
  const [news, setNews] = useState(/** @type {Record<string, Partial<StationLine>>} */ ({}));
  /** @param {string} station @param {Partial<StationLine>} said */
  const note = (station, said) =>
    setNews((before) => ({ ...before, [station]: { ...before[station], ...said } }));
  useLive("seen", (seen) => note(seen.station, { seen_version: seen.version, seen_at: seen.at }));
  useLive("station", ({ station, connected, at }) => note(station, { connected, contact_at: at }));
  if (lists.length === 0) {
    return html`<${Empty} icon="lists" title=${t("The plant has no work centers yet.")}>
      ${t("An administrator sets them up with the command “floorline work-centers”.")}
    <//>`;
  }
  const most = Math.max(...lists.map((one) => one.running + one.ready + one.waiting));
  return html`<table class="table lists">
    <thead>
      <tr>
        <th>${t("Work center")}</th>
        <th class="col-load">${t("Load")}</th>
        <th class="figure col-figure">${t("Running")}</th>
        <th class="figure col-figure">${t("Ready")}</th>
        <th class="figure col-figure">${t("Waiting")}</th>
        <th class="figure col-figure">${t("Version")}</th>
        <th class="col-seen">${t("Seen on the floor")}</th>
      </tr>
    </thead>
    ${byDepartment(lists).map(
      ([department, loads]) => html`<tbody key=${department}>
        <tr>
          <th colspan="7" scope="rowgroup">${department || t("No department")}</th>
        </tr>
        ${loads.map((load) => html`<${LoadRow} key=${load.work_center} load=${load} most=${most} news=${news} />`)}
      </tbody>`,
    )}
  </table>`;
}

/** A count, or a quiet mark where there is none. @param {{count: number}} props */
function Count({ count }) {
  return count === 0 ? html`<span class="faint">–</span>` : count;
}

/** @param {{load: Load, most: number, news: Record<string, Partial<StationLine>>}} props */
function LoadRow({ load, most, news }) {
  const stations = load.stations.map((one) => ({ ...one, ...news[one.station] }));
  return html`<tr>
    <td>
      <a class="key" href=${listAddress(load.work_center)}>${load.work_center}</a>
      <small>${load.description}</small>
    </td>
    <td><${LoadBar} load=${load} most=${most} /></td>
    <td class="figure"><${Count} count=${load.running} /></td>
    <td class="figure"><${Count} count=${load.ready} /></td>
    <td class="figure"><${Count} count=${load.waiting} /></td>
    <td class="figure faint">${load.version}</td>
    <td>
      ${stations.map((line) => {
        const { tone, icon, words } = seenWords(line, load.version);
        return html`<div key=${line.station}><${Mark} tone=${tone} icon=${icon}>${words}<//></div>`;
      })}
      ${stations.length === 0 && html`<span class="faint">${t("No station")}</span>`}
    </td>
  </tr>`;
}

show(Lists);
