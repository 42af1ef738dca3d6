/**
 * Dispatch lists as values: a snapshot, then deltas. Pure; the same for kiosk and desk.
 *
 * @typedef {import("./types.d.ts").List} List
 * @typedef {import("./types.d.ts").ListDelta} ListDelta
 * @typedef {import("./types.d.ts").Row} Row
 * @typedef {import("./types.d.ts").Placement} Placement
 */

/**
 * @param {Row} a
 * @param {Row} b
 */
function byRank(a, b) {
  const difference = (a.rank ?? Number.MAX_VALUE) - (b.rank ?? Number.MAX_VALUE);
  return difference || (a.operation < b.operation ? -1 : 1);
}

/**
 * Return the list that a snapshot holds.
 *
 * @param {List} snapshot
 * @returns {List}
 */
export function listOf({ work_center, version, feed, rows }) {
  return { work_center, version, feed, rows: [...rows].sort(byRank) };
}

/**
 * Return what a row says now; what a delta leaves open stays as it was.
 *
 * @param {Row | undefined} old
 * @param {Row} row
 * @returns {Row}
 */
function merged(old, row) {
  return { ...row, rank: row.rank ?? old?.rank ?? null, placed: row.placed ?? old?.placed ?? null };
}

/**
 * Return the list after a delta, the same list when it knew that already, null when one is missing.
 *
 * @param {List} list
 * @param {ListDelta} delta
 * @returns {List | null}
 */
export function applyDelta(list, delta) {
  if (delta.feed <= list.feed) {
    return list;
  }
  if (delta.feed !== list.feed + 1) {
    return null;
  }
  const rows = new Map(list.rows.map((row) => [row.operation, row]));
  for (const operation of delta.gone) {
    rows.delete(operation);
  }
  for (const row of delta.rows) {
    rows.set(row.operation, merged(rows.get(row.operation), row));
  }
  arrange(rows, delta);
  const { work_center, version, feed } = delta;
  return { work_center, version, feed, rows: [...rows.values()].sort(byRank) };
}

/**
 * Give the rows the places of a resequence.
 *
 * @param {Map<string, Row>} rows
 * @param {ListDelta} delta
 */
function arrange(rows, delta) {
  const moved = new Set(delta.moved);
  for (const [index, operation] of (delta.order ?? []).entries()) {
    const row = rows.get(operation);
    if (row) {
      const placed = moved.has(operation) ? delta.placed : row.placed;
      rows.set(operation, { ...row, rank: index + 1, placed });
    }
  }
}

/** @typedef {{kind: "moved", up: boolean, by: Placement} | {kind: "new"}} Mark */

/**
 * Return which rows somebody has moved between two states of a list, and which are new on it.
 *
 * @param {List} before
 * @param {List} after
 * @returns {Map<string, Mark>}
 */
export function marks(before, after) {
  const known = new Map(before.rows.map((row) => [row.operation, row]));
  const both = after.rows.filter((row) => known.has(row.operation));
  const remaining = new Set(both.map((row) => row.operation));
  const old = before.rows.filter((row) => remaining.has(row.operation));
  const places = new Map(old.map((row, index) => [row.operation, index]));
  /** @type {Map<string, Mark>} */
  const found = new Map();
  for (const row of after.rows) {
    if (!known.has(row.operation)) {
      found.set(row.operation, { kind: "new" });
    }
  }
  for (const [index, row] of both.entries()) {
    const place = places.get(row.operation) ?? index;
    if (place !== index && row.placed && isNew(known.get(row.operation)?.placed, row.placed)) {
      found.set(row.operation, { kind: "moved", up: index < place, by: row.placed });
    }
  }
  return found;
}

/**
 * @param {Placement | null | undefined} old
 * @param {Placement} placed
 */
function isNew(old, placed) {
  return old?.at !== placed.at || old.by !== placed.by;
}
