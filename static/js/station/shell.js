/** Keeping this very page, so that it opens without the server; worker.js does it. */

const PAGES = "floorline-pages";

/**
 * Return whether this page opens without the server. Browsers allow that on https and localhost.
 *
 * @returns {Promise<boolean>}
 */
export async function keepPage() {
  if (!("serviceWorker" in navigator)) {
    return false;
  }
  try {
    await navigator.serviceWorker.register("worker.js");
    await navigator.serviceWorker.ready;
    const pages = await caches.open(PAGES);
    // Without the server the one that was kept before stays.
    await pages.add(location.pathname).catch(() => {});
    return (await pages.match(location.pathname)) !== undefined;
  } catch {
    return false;
  }
}

/** Ask the browser not to throw away what is kept when its disk gets full. */
export function persist() {
  navigator.storage?.persist?.().catch(() => {});
}
