/**
 * Which rows of a table are chosen, and where the keyboard stands: values in, values out.
 *
 * @typedef {object} Selection
 * @property {ReadonlySet<string>} chosen
 * @property {string | null} cursor The row that has the keyboard.
 * @property {string | null} anchor Where a range began.
 */

/** @type {Selection} */
export const NOTHING = { chosen: new Set(), cursor: null, anchor: null };

/**
 * Return the rows from one to another, whichever stands first.
 * @param {string[]} shown
 * @param {string | null} from
 * @param {string} to
 */
function range(shown, from, to) {
  const start = from === null ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0) {
    return [to];
  }
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}

/**
 * Choose one row more, or not any longer; with `extend` all rows from the anchor to it.
 * @param {Selection} selection
 * @param {string[]} shown
 * @param {string} key
 * @param {boolean} extend
 * @returns {Selection}
 */
export function clicked(selection, shown, key, extend) {
  const chosen = new Set(selection.chosen);
  if (extend) {
    for (const one of range(shown, selection.anchor, key)) {
      chosen.add(one);
    }
    return { chosen, cursor: key, anchor: selection.anchor ?? key };
  }
  if (!chosen.delete(key)) {
    chosen.add(key);
  }
  return { chosen, cursor: key, anchor: key };
}

/**
 * Move the keyboard to another row; with `extend` the rows on the way are chosen.
 * @param {Selection} selection
 * @param {string[]} shown
 * @param {number} by
 * @param {boolean} extend
 * @returns {Selection}
 */
export function stepped(selection, shown, by, extend) {
  if (shown.length === 0) {
    return selection;
  }
  const here = selection.cursor === null ? -1 : shown.indexOf(selection.cursor);
  const from = here < 0 && by < 0 ? shown.length : here;
  const to = shown[Math.max(0, Math.min(shown.length - 1, from + by))];
  if (!extend) {
    return { ...selection, cursor: to, anchor: to };
  }
  const anchor = selection.anchor ?? selection.cursor ?? to;
  return {
    chosen: new Set([...selection.chosen, ...range(shown, anchor, to)]),
    cursor: to,
    anchor,
  };
}

/**
 * Choose all rows that are shown, or none of them when all are chosen already.
 * @param {Selection} selection
 * @param {string[]} shown
 * @returns {Selection}
 */
export function allOrNone(selection, shown) {
  const chosen = new Set(selection.chosen);
  const every = shown.every((key) => chosen.has(key));
  for (const key of shown) {
    every ? chosen.delete(key) : chosen.add(key);
  }
  return { ...selection, chosen };
}

/**
 * Forget rows that are no longer there.
 * @param {Selection} selection
 * @param {string[]} present
 * @returns {Selection}
 */
export function kept(selection, present) {
  const there = new Set(present);
  const known = (/** @type {string | null} */ key) => (key !== null && there.has(key) ? key : null);
  return {
    chosen: new Set([...selection.chosen].filter((key) => there.has(key))),
    cursor: known(selection.cursor),
    anchor: known(selection.anchor),
  };
}

/**
 * Return the selection after a key, or null when the key means nothing here.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean}} event
 * @param {Selection} selection
 * @param {string[]} shown
 * @returns {Selection | null}
 */
export function afterKey(event, selection, shown) {
  switch (event.key) {
    case "ArrowDown":
      return stepped(selection, shown, 1, event.shiftKey);
    case "ArrowUp":
      return stepped(selection, shown, -1, event.shiftKey);
    case "Home":
      return stepped(selection, shown, -shown.length, event.shiftKey);
    case "End":
      return stepped(selection, shown, shown.length, event.shiftKey);
    case " ":
      return selection.cursor === null
        ? null
        : clicked(selection, shown, selection.cursor, event.shiftKey);
    case "a":
      return event.ctrlKey || event.metaKey ? allOrNone(selection, shown) : null;
    default:
      return null;
  }
}
