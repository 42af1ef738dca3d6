/**
 * Several pages of one station in one browser: only one of them sends at a time.
 *
 * Browsers know locks on https and localhost only. Elsewhere two pages may send the same fact; the
 * server knows it by its id.
 *
 * @typedef {{turn?: (work: () => Promise<void>) => Promise<void>, channel?: BroadcastChannel}} Tabs
 */

/**
 * Return what the pages of a station share.
 *
 * @param {string} station
 * @returns {Tabs}
 */
export function tabsOf(station) {
  const name = `floorline-${station}`;
  const locks = "locks" in navigator ? navigator.locks : null;
  return {
    channel: "BroadcastChannel" in window ? new BroadcastChannel(name) : undefined,
    turn: locks ? (work) => locks.request(name, work) : undefined,
  };
}
