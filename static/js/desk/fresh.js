/** Screens that follow the plant: what they show is asked for again when it has changed. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get } from "./api.js";
import { on } from "./live.js";
import { tellError } from "./tell.js";

/** @typedef {{rev: number, orders: string[], work_centers: string[], kinds: string[]}} Changed */

const PAUSE_MS = 500;

/**
 * Call back with every message of that name while the component is there.
 * @param {string} message
 * @param {(payload: any) => void} listener
 */
export function useLive(message, listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => on(message, (payload) => latest.current(payload)), [message]);
}

/**
 * Call back soon after a change that concerns a screen, at most twice a second, and after the
 * connection came back.
 * @param {(changed: Changed) => boolean} concerns
 * @param {() => void} refresh
 */
export function useChanges(concerns, refresh) {
  const soon = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const connected = useRef(false);
  const later = () => {
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      refresh();
    }, PAUSE_MS);
  };
  useLive("changed", (changed) => concerns(changed) && later());
  useLive("connect", () => {
    if (connected.current) {
      later();
    }
    connected.current = true;
  });
}

/**
 * Return what an address answers, beginning with what the page brought, and how to ask again.
 * @template T
 * @param {string} address
 * @param {T} page
 * @param {(changed: Changed) => boolean} concerns
 * @returns {[T, () => Promise<void>]}
 */
export function useFresh(address, page, concerns) {
  const [answer, setAnswer] = useState(page);
  const refresh = useCallback(() => get(address).then(setAnswer).catch(tellError), [address]);
  useChanges(concerns, refresh);
  return [answer, refresh];
}

/**
 * Tell whether a change is of one of these kinds of event.
 * @param {string[]} kinds
 * @returns {(changed: Changed) => boolean}
 */
export function ofKind(...kinds) {
  return (changed) => changed.kinds.some((kind) => kinds.includes(kind));
}
