/** Small drawn things: an icon by its name, a ring that runs out. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";

/** @param {{name: string}} props */
export function Icon({ name }) {
  return html`<svg class="icon" aria-hidden="true"><use href=${`#i-${name}`} /></svg>`;
}

/**
 * Return the server's time, painting again as often as said.
 *
 * @param {import("../shared/clock.js").Clock} clock
 * @param {number} every Milliseconds.
 */
export function useNow(clock, every) {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  // Not the time of the tick: the server may have set the clock since.
  return clock.now();
}

/**
 * A ring that runs out, with the seconds that are left in it.
 *
 * @param {{clock: import("../shared/clock.js").Clock, from: number, until: number}} props
 */
export function Ring({ clock, from, until }) {
  const now = useNow(clock, 200);
  const left = Math.max(0, until - now);
  const share = until > from ? Math.min(1, left / (until - from)) : 0;
  const seconds = Math.ceil(left / 1000);
  return html`
    <span class="ring" role="timer" aria-live="off">
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle class="ring-track" cx="18" cy="18" r="15.5" />
        <circle class="ring-rest" cx="18" cy="18" r="15.5" pathLength="100"
          stroke-dasharray=${`${share * 100} 100`} />
      </svg>
      <span class="ring-seconds">${seconds > 99 ? `${Math.ceil(seconds / 60)}′` : seconds}</span>
    </span>`;
}
