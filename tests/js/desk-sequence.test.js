import assert from "node:assert/strict";
import test from "node:test";

import {
  arranged,
  climbs,
  dropMove,
  fixedOf,
  keyMove,
  moved,
  netMove,
} from "../../static/js/desk/sequence.js";
import { aRow } from "./builders.js";

const row = (operation, state = "ready") => aRow({ operation, state });

test("what runs and the top of the rest may not move", () => {
  const rows = [row("A"), row("B", "running"), row("C"), row("D")];

  assert.deepEqual(fixedOf(rows, 1), new Set(["B", "A"]));
  assert.deepEqual(fixedOf(rows, 0), new Set(["B"]));
});

test("a row lands just before another", () => {
  const order = ["A", "B", "C", "D"];

  assert.deepEqual(moved(order, new Set(), { operation: "D", before: "B" }), ["A", "D", "B", "C"]);
  assert.deepEqual(moved(order, new Set(), { operation: "A", before: null }), ["B", "C", "D", "A"]);
});

test("what is fixed keeps its place while others flow around it", () => {
  const still = new Set(["A", "C"]);

  const after = moved(["A", "B", "C", "D", "E"], still, { operation: "E", before: "B" });

  assert.deepEqual(after, ["A", "E", "C", "B", "D"]);
});

test("a move that means nothing leaves the order as it was", () => {
  const order = ["A", "B"];

  assert.equal(moved(order, new Set(["A"]), { operation: "A", before: null }), order);
  assert.equal(moved(order, new Set(["A"]), { operation: "B", before: "A" }), order);
  assert.equal(moved(order, new Set(), { operation: "X", before: "A" }), order);
  assert.equal(moved(order, new Set(), { operation: "A", before: "A" }), order);
});

test("every move gives a permutation", () => {
  const order = ["A", "B", "C", "D", "E"];
  for (const operation of order) {
    for (const before of [...order, null]) {
      const after = moved(order, new Set(["A", "D"]), { operation, before });

      assert.deepEqual([...after].sort(), order);
      assert.equal(after[0], "A");
      assert.equal(after[3], "D");
    }
  }
});

test("keys move a row by one, to the top and to the end of what is free", () => {
  const order = ["A", "B", "C", "D"];
  const still = new Set(["A"]);

  assert.deepEqual(keyMove(order, still, "C", "up"), { operation: "C", before: "B" });
  assert.deepEqual(keyMove(order, still, "C", "down"), { operation: "C", before: null });
  assert.deepEqual(keyMove(order, still, "D", "top"), { operation: "D", before: "B" });
  assert.deepEqual(keyMove(order, still, "B", "bottom"), { operation: "B", before: null });
});

test("a key cannot move what is fixed, nor beyond the ends", () => {
  const order = ["A", "B", "C"];
  const still = new Set(["A"]);

  assert.equal(keyMove(order, still, "A", "down"), null);
  assert.equal(keyMove(order, still, "B", "up"), null);
  assert.equal(keyMove(order, still, "B", "top"), null);
  assert.equal(keyMove(order, still, "C", "bottom"), null);
});

test("a drop above something fixed means before the next free row", () => {
  const still = new Set(["A", "C"]);

  const move = dropMove(["A", "E", "C", "B", "D"], still, "E");

  assert.deepEqual(move, { operation: "E", before: "B" });
});

test("a drop at the end means last", () => {
  assert.deepEqual(dropMove(["A", "B", "C"], new Set(), "C"), { operation: "C", before: null });
});

test("some presses of a key come to one move", () => {
  const still = new Set(["A"]);
  let order = ["A", "B", "C", "D", "E"];
  for (const _ of [1, 2]) {
    order = moved(order, still, keyMove(order, still, "E", "up"));
  }

  assert.deepEqual(order, ["A", "B", "E", "C", "D"]);
  assert.deepEqual(netMove(order, still, "E"), { operation: "E", before: "C" });
});

test("rows that a wish does not name come last, in their order", () => {
  const rows = ["A", "B", "C", "D"].map((operation) => row(operation));

  const shown = arranged(rows, ["C", "A"]).map((one) => one.operation);

  assert.deepEqual(shown, ["C", "A", "B", "D"]);
  assert.equal(arranged(rows, null), rows);
});

test("a proposal tells by how many places its rows climb", () => {
  const proposal = { before: ["A", "B", "C"], after: ["C", "A", "B"], moved: ["C"] };

  assert.deepEqual(climbs(proposal), new Map([["C", 2]]));
});
