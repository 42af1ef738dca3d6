/** What a person's hands do with a list: drags and keys become moves, sent one after the other. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { listApi, Sender } from "./list-moves.js";
import { dropped, grabbed, shownRows, taken, unwished, wished } from "./list-state.js";
import { frame } from "./page.js";
import { dropMove, keyMove, moved, netMove } from "./sequence.js";
import { tell, tellError } from "./tell.js";

/** @typedef {import("./list-live.js").LiveList} LiveList */
/** @typedef {{changes: import("./types.js").Resequence[], onRepeat: () => void,
 *   onLeave: () => void}} ConflictProps */

/** How long the keyboard rests before a move is sent. */
const REST_MS = 700;

/**
 * @param {string} workCenter
 * @param {LiveList} live
 * @param {Set<string>} still
 */
export function useHands(workCenter, live, still) {
  const { state, change } = live;
  const [cursor, setCursor] = useState(/** @type {string | null} */ (null));
  const [conflict, setConflict] = useState(/** @type {ConflictProps | null} */ (null));
  const [wishedRow, setWished] = useState(/** @type {string | null} */ (null));
  const timer = useRef(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined));
  const pending = useRef(/** @type {{operation: string, version: number} | null} */ (null));

  const drop = () => {
    setWished(null);
    change(unwished);
  };
  const outcome = {
    taken: (/** @type {number} */ version) => {
      setWished(null);
      change((before) => taken(before, version));
    },
    conflict: (/** @type {any} */ { changes }, /** @type {() => void} */ repeat) => {
      drop();
      const close = () => setConflict(null);
      const onRepeat = () => {
        close();
        repeat();
      };
      setConflict({ changes, onRepeat, onLeave: close });
    },
    failed: (/** @type {unknown} */ error) => {
      drop();
      tellError(error);
    },
  };
  const sender = useRef(/** @type {Sender | null} */ (null));
  sender.current ??= new Sender(listApi(workCenter), outcome);
  sender.current.outcome = outcome;
  useEffect(() => () => clearTimeout(timer.current), []);

  /**
   * @param {"move" | "accept" | "undo"} action
   * @param {object} body
   * @param {string[] | null} order What it will look like, if that is known.
   * @param {number} version
   */
  const act = (action, body, order, version) => {
    setConflict(null);
    if (order) {
      change((before) => wished(before, order));
    }
    sender.current?.act(action, body, version);
  };
  const order = () => shownRows(state).map((row) => row.operation);
  const settle = () => {
    clearTimeout(timer.current);
    if (pending.current) {
      const { operation, version } = pending.current;
      pending.current = null;
      act("move", netMove(order(), still, operation), null, version);
    }
  };
  const settleLater = useRef(settle);
  settleLater.current = settle;

  /** @type {import("./list-rows.js").Hands} */
  const hands = {
    grab: () => {
      settle();
      change(grabbed);
    },
    drop: (operation, seen) => {
      const before = order();
      const move = dropMove(seen, still, operation);
      const after = moved(before, still, move);
      change((now) => dropped(now, frame.account.name));
      setCursor(operation);
      if (after.join() !== before.join()) {
        setWished(operation);
        act("move", move, after, state.list.version);
      }
    },
    push: (operation, way) => {
      if (pending.current && pending.current.operation !== operation) {
        settle();
      }
      const move = keyMove(order(), still, operation, way);
      if (move === null) {
        tell(
          still.has(operation) ? t("This row is frozen: it keeps its place.") : t("No further."),
        );
        return;
      }
      const after = moved(order(), still, move);
      pending.current ??= { operation, version: state.list.version };
      setWished(operation);
      change((before) => wished(before, after));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settleLater.current(), REST_MS);
    },
    settle,
    giveUp: () => {
      clearTimeout(timer.current);
      if (pending.current) {
        pending.current = null;
        drop();
      }
    },
    point: setCursor,
  };
  return { hands, act, conflict, cursor, wished: wishedRow };
}
