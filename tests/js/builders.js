/** Values for the tests of the browser code, whole unless a test says otherwise. */

/** @param {object} changes */
export const aRow = (changes = {}) => ({
  operation: "WO100245/010",
  work_center: "MILL-1",
  part: "BRK-2231",
  revision: "C",
  title: "Bracket, left",
  description: "Mill pockets",
  state: "ready",
  due: "2026-11-24",
  priority: 5,
  hot: false,
  hold: null,
  quantity: 10,
  arrived: 10,
  good: 0,
  scrap: 0,
  rework: 0,
  setup_minutes: 20,
  run_minutes: 4,
  crew: [],
  started_at: null,
  previous: null,
  next: "WASH",
  rank: 1,
  placed: null,
  ...changes,
});

/** @param {object} changes */
export const aDelta = (changes = {}) => ({
  work_center: "MILL-1",
  version: 3,
  feed: 42,
  rows: [],
  gone: [],
  order: null,
  moved: [],
  placed: null,
  ...changes,
});

/** @param {object} changes */
export const aPanel = (changes = {}) => ({
  operation: "WO100245/010",
  part: "BRK-2231",
  revision: "C",
  title: "Bracket, left",
  description: "Mill pockets",
  quantity: 10,
  arrived: 10,
  good: 0,
  scrap: 0,
  rework: 0,
  remaining: 10,
  more_will_come: false,
  crew: [{ badge: "4711", name: "Anna Berg" }],
  may_join: null,
  ...changes,
});

/**
 * Return a source of chance that the seed decides: `draw(n)` is 0 to n - 1.
 *
 * @param {number} seed
 */
export function chance(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/**
 * @param {(limit: number) => number} draw
 * @param {any[]} values
 */
export function shuffled(draw, values) {
  const left = [...values];
  return values.map(() => left.splice(draw(left.length), 1)[0]);
}
