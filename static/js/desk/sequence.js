/**
 * The order on screen while a person moves a row; the server's domain decides what it becomes.
 *
 * These functions mirror `server.domain.sequence`, so that a row lands where the server puts it.
 */

/** @typedef {import("./types.js").Row} Row */
/** @typedef {{operation: string, before: string | null}} Move */

/**
 * Return what may not move: all that runs, and the top `frozen` of the rest.
 * @param {Row[]} rows
 * @param {number} frozen
 * @returns {Set<string>}
 */
export function fixedOf(rows, frozen) {
  const running = rows.filter((row) => row.state === "running");
  const top = rows.filter((row) => row.state !== "running").slice(0, frozen);
  return new Set([...running, ...top].map((row) => row.operation));
}

/**
 * Return the order after a move; what is fixed keeps its place exactly.
 * @param {string[]} order
 * @param {Set<string>} still
 * @param {Move} move
 * @returns {string[]}
 */
export function moved(order, still, { operation, before }) {
  if (still.has(operation) || before === operation || !order.includes(operation)) {
    return order;
  }
  const free = order.filter((one) => !still.has(one) && one !== operation);
  const at = before === null ? free.length : free.indexOf(before);
  if (at < 0) {
    return order;
  }
  free.splice(at, 0, operation);
  return around(order, still, free);
}

/**
 * Return the free operations in their new order, around those that stay in their places.
 * @param {string[]} order
 * @param {Set<string>} still
 * @param {string[]} free
 */
function around(order, still, free) {
  let next = 0;
  return order.map((one) => (still.has(one) ? one : free[next++]));
}

/**
 * Return rows in the order wished; rows the wish does not name keep their order and come last.
 * @template {{operation: string}} T
 * @param {T[]} rows
 * @param {string[] | null} wish
 * @returns {T[]}
 */
export function arranged(rows, wish) {
  if (wish === null) {
    return rows;
  }
  const place = new Map(wish.map((operation, at) => [operation, at]));
  const last = wish.length;
  return [...rows].sort(
    (a, b) => (place.get(a.operation) ?? last) - (place.get(b.operation) ?? last),
  );
}

/**
 * Return the move that a key asks for, or null where the row is fixed or at the end of its way.
 * @param {string[]} order
 * @param {Set<string>} still
 * @param {string} operation
 * @param {"up" | "down" | "top" | "bottom"} way
 * @returns {Move | null}
 */
export function keyMove(order, still, operation, way) {
  const free = order.filter((one) => !still.has(one));
  const at = free.indexOf(operation);
  const last = free.length - 1;
  const target = { up: at - 1, down: at + 1, top: 0, bottom: last }[way];
  if (at < 0 || target < 0 || target > last || target === at) {
    return null;
  }
  const others = free.filter((one) => one !== operation);
  return { operation, before: others[target] ?? null };
}

/**
 * Return the move that a drop asks for: the row lands before the first free row at or below.
 * @param {string[]} dropped The operations as they stand on screen after the drop.
 * @param {Set<string>} still
 * @param {string} operation
 * @returns {Move}
 */
export function dropMove(dropped, still, operation) {
  const below = dropped.slice(dropped.indexOf(operation) + 1);
  return { operation, before: below.find((one) => !still.has(one)) ?? null };
}

/**
 * Return the one move that leads from an order to another in which one row stands elsewhere.
 * @param {string[]} after
 * @param {Set<string>} still
 * @param {string} operation
 * @returns {Move}
 */
export function netMove(after, still, operation) {
  const free = after.filter((one) => !still.has(one));
  return { operation, before: free[free.indexOf(operation) + 1] ?? null };
}

/**
 * Return by how many places each row that a proposal moves rises (positive) or falls.
 * @param {{before: string[], after: string[], moved: string[]}} proposal
 * @returns {Map<string, number>}
 */
export function climbs({ before, after, moved }) {
  return new Map(moved.map((one) => [one, before.indexOf(one) - after.indexOf(one)]));
}
