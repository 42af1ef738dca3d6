/** What stands in front of a work center as a bar: running, ready, waiting. */

import { html } from "htm/preact";

const WIDTH = 160;
const HEIGHT = 8;

/**
 * @param {object} props
 * @param {{running: number, ready: number, waiting: number}} props.load
 * @param {number} props.most The longest list of the plant, which fills the bar.
 */
export function LoadBar({ load, most }) {
  const scale = WIDTH / Math.max(1, most);
  const ready = load.running * scale;
  const waiting = ready + load.ready * scale;
  const end = waiting + load.waiting * scale;
  return html`<svg class="load-bar" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-waiting" x="0" width=${end} height=${HEIGHT} />
    <rect class="bar-ready" x="0" width=${waiting} height=${HEIGHT} />
    <rect class="bar-running" x="0" width=${ready} height=${HEIGHT} />
  </svg>`;
}
