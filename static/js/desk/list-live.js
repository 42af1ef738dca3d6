/** The list of a work center as it changes: deltas, snapshots after a gap, what stations have seen. */

import { useCallback, useEffect, useState } from "preact/hooks";
import { useLive } from "./fresh.js";
import { begun, resynced, told } from "./list-state.js";
import { ask } from "./live.js";
import { frame } from "./page.js";

/** @typedef {import("./list-state.js").ListState} ListState */
/** @typedef {import("./types.js").StationLine} StationLine */
/** @typedef {(change: (state: ListState) => ListState) => void} Change */
/** @typedef {{state: ListState, change: Change, stations: StationLine[]}} LiveList */

const AGAIN_MS = 2000;

/**
 * Return the stations of the list as they connect and paint versions.
 * @param {StationLine[]} known
 */
function useStations(known) {
  const [stations, setStations] = useState(known);
  /** @param {{station: string} & Partial<StationLine>} told */
  const note = (told) =>
    setStations((before) =>
      before.map((one) => (one.station === told.station ? { ...one, ...told } : one)),
    );
  useLive("seen", ({ station, work_center: workCenter, version, at }) => {
    if (stations.some((one) => one.station === station && one.work_center === workCenter)) {
      note({ station, seen_version: version, seen_at: at });
    }
  });
  useLive("station", ({ station, connected, at }) => note({ station, connected, contact_at: at }));
  return stations;
}

/**
 * Return the list, how to change what is shown of it, and its stations.
 * @param {import("./types.js").ListPage} page
 * @returns {LiveList}
 */
export function useList(page) {
  const { work_center: workCenter } = page;
  const [state, setState] = useState(() => begun(page));
  const stations = useStations(page.stations);
  const watch = useCallback(async () => {
    const snapshot = await ask("watch", { work_center: workCenter }).catch(() => null);
    if (snapshot?.rows) {
      setState((before) => resynced(before, { ...snapshot, work_center: workCenter }));
      return true;
    }
    return false;
  }, [workCenter]);
  useLive("connect", watch);
  useLive("delta", (delta) => {
    if (delta.work_center === workCenter) {
      setState((before) => told(before, delta, frame.account.name));
    }
  });
  useEffect(() => {
    if (!state.lost) {
      return;
    }
    watch();
    const again = setInterval(watch, AGAIN_MS);
    return () => clearInterval(again);
  }, [state.lost, watch]);
  return { state, change: setState, stations };
}
