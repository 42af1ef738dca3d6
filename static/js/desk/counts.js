/** The counts in the rail, as orders are released and reports are flagged. */

import { get } from "./api.js";
import { on } from "./live.js";

const PAUSE_MS = 1000;
const KINDS = /^(Order|Operation|Quantity|Traveler)/;

async function refresh() {
  const counts = await get("/desk/api/counts").catch(() => ({}));
  for (const [name, count] of Object.entries(counts)) {
    const place = document.querySelector(`[data-count="${name}"]`);
    if (place instanceof HTMLElement) {
      place.textContent = String(count);
      place.hidden = count === 0;
    }
  }
}

/** Follow the plant. */
export function startCounts() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const later = () => {
    if (soon === undefined) {
      soon = setTimeout(() => {
        soon = undefined;
        refresh();
      }, PAUSE_MS);
    }
  };
  on("changed", ({ kinds }) => {
    if (kinds.some((/** @type {string} */ kind) => KINDS.test(kind))) {
      later();
    }
  });
}
