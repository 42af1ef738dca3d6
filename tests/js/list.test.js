import assert from "node:assert/strict";
import test from "node:test";

import { applyDelta, listOf, marks } from "../../static/js/shared/list.js";
import { aDelta, aRow, chance, shuffled } from "./builders.js";

const operations = (list) => list.rows.map((row) => row.operation);
const listed = (...names) =>
  listOf({
    work_center: "MILL-1",
    version: 3,
    feed: 41,
    rows: names.map((operation, index) => aRow({ operation, rank: index + 1 })),
  });
const BY_ANNA = { by: "Anna", at: "2026-11-20T09:42:00Z", rule: "hand" };

test("a snapshot is sorted by rank", () => {
  const rows = [aRow({ operation: "B", rank: 2 }), aRow({ operation: "A", rank: 1 })];

  assert.deepEqual(operations(listOf({ work_center: "M", version: 1, feed: 1, rows })), ["A", "B"]);
});

test("a delta that follows is applied: gone, new and changed rows", () => {
  const rows = [aRow({ operation: "D", rank: 1.5 }), aRow({ operation: "C", good: 4, rank: null })];

  const after = applyDelta(listed("A", "B", "C"), aDelta({ version: 4, rows, gone: ["B"] }));

  assert.deepEqual(operations(after), ["A", "D", "C"]);
  assert.deepEqual([after.version, after.feed, after.rows[2].good], [4, 42, 4]);
});

test("what a delta leaves open stays as it was", () => {
  const before = listOf({ ...listed("A"), rows: [aRow({ operation: "A", rank: 7, placed: BY_ANNA })] });

  const after = applyDelta(before, aDelta({ rows: [aRow({ operation: "A", good: 1, rank: null })] }));

  assert.deepEqual([after.rows[0].rank, after.rows[0].placed], [7, BY_ANNA]);
});

test("a delta that is known changes nothing, and one after a gap asks for a snapshot", () => {
  const list = listed("A");

  assert.equal(applyDelta(list, aDelta({ feed: 41, gone: ["A"] })), list);
  assert.equal(applyDelta(list, aDelta({ feed: 43 })), null);
});

test("only rows that were moved get the new placement, and are marked with their way", () => {
  const before = listed("A", "B", "C");

  const after = applyDelta(
    before,
    aDelta({ order: ["C", "A", "B"], moved: ["C"], placed: BY_ANNA }),
  );

  assert.deepEqual(operations(after), ["C", "A", "B"]);
  assert.deepEqual(
    [...marks(before, after)],
    [["C", { kind: "moved", up: true, by: BY_ANNA }]],
  );
});

test("rows that came while nobody looked are marked as new", () => {
  const after = applyDelta(listed("A"), aDelta({ rows: [aRow({ operation: "B", rank: 9 })] }));

  assert.deepEqual([...marks(listed("A"), after)], [["B", { kind: "new" }]]);
});

test("a row that somebody finished marks nothing", () => {
  const after = applyDelta(listed("A", "B", "C"), aDelta({ gone: ["A"] }));

  assert.equal(marks(listed("A", "B", "C"), after).size, 0);
});

test("any run of deltas ends where the snapshot of their end is", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const draw = chance(seed);
    let list = listed("A", "B", "C", "D");
    const truth = new Map(list.rows.map((row) => [row.operation, row]));
    for (let step = 0; step < 12; step += 1) {
      const delta = aDelta({ feed: list.feed + 1, ...anyChange(draw, truth, step) });
      list = applyDelta(list, delta);
    }
    const snapshot = listOf({ ...list, rows: shuffled(draw, [...truth.values()]) });

    assert.deepEqual(list.rows, snapshot.rows, `seed ${seed}`);
  }
});

/** Change the truth at random, and return the part of a delta that tells it. */
function anyChange(draw, truth, step) {
  const names = [...truth.keys()];
  const kind = draw(3);
  if (kind === 0 && names.length > 1) {
    const gone = names[draw(names.length)];
    truth.delete(gone);
    return { gone: [gone] };
  }
  if (kind === 1) {
    const row = aRow({ operation: `N${step}`, rank: 100 + step, good: draw(9) });
    truth.set(row.operation, row);
    return { rows: [row] };
  }
  const order = shuffled(draw, names);
  const moved = order.filter(() => draw(2) === 0);
  for (const [index, name] of order.entries()) {
    const row = truth.get(name);
    const placed = moved.includes(name) ? BY_ANNA : row.placed;
    truth.set(name, { ...row, rank: index + 1, placed });
  }
  return { order, moved, placed: BY_ANNA };
}
