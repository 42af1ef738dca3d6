import assert from "node:assert/strict";
import test from "node:test";

import {
  begun,
  dropped,
  grabbed,
  resynced,
  shownRows,
  taken,
  told,
  unwished,
  wished,
} from "../../static/js/desk/list-state.js";
import { aDelta, aRow } from "./builders.js";

const ME = "ada";
const BY_ANNA = { by: "anna", at: "2026-11-24T10:00:00Z", rule: "hand" };
const rows = ["A", "B", "C"].map((operation, index) => aRow({ operation, rank: index + 1 }));
const aList = () => begun({ work_center: "MILL-1", version: 2, feed: 41, rows });
const names = (state) => shownRows(state).map((row) => row.operation);
const swap = (changes = {}) =>
  aDelta({ order: ["B", "A", "C"], moved: ["B"], placed: BY_ANNA, ...changes });

test("a delta moves the rows, and the ones that somebody else moved flash", () => {
  const state = told(aList(), swap(), ME);

  assert.deepEqual(names(state), ["B", "A", "C"]);
  assert.deepEqual([...state.flashing], ["B"]);
});

test("my own move does not flash", () => {
  const state = told(aList(), swap({ placed: { ...BY_ANNA, by: ME } }), ME);

  assert.equal(state.flashing.size, 0);
});

test("nothing moves while a row is under the hand", () => {
  const held = told(grabbed(aList()), swap(), ME);

  assert.deepEqual(names(held), ["A", "B", "C"]);
  assert.deepEqual(names(dropped(held, ME)), ["B", "A", "C"]);
});

test("a missing delta is noticed, and a snapshot repairs it", () => {
  const lost = told(aList(), swap({ feed: 44 }), ME);

  assert.equal(lost.lost, true);
  const again = resynced(lost, { work_center: "MILL-1", version: 5, feed: 44, rows });
  assert.equal(again.lost, false);
  assert.equal(again.list.feed, 44);
});

test("a delta that is known already changes nothing", () => {
  const state = aList();

  assert.equal(told(state, swap({ feed: 41 }), ME), state);
});

test("a wish is shown until the list has come up to it", () => {
  const wish = wished(aList(), ["C", "A", "B"]);
  const answered = taken(wish, 3);

  assert.deepEqual(names(wish), ["C", "A", "B"]);
  assert.deepEqual(names(answered), ["C", "A", "B"]);
  const arrived = told(answered, aDelta({ order: ["C", "A", "B"], moved: ["C"] }), ME);
  assert.equal(arrived.wish, null);
  assert.deepEqual(names(arrived), ["C", "A", "B"]);
});

test("an answer that comes after its delta ends the wish", () => {
  const arrived = told(wished(aList(), ["B", "A", "C"]), swap(), ME);

  assert.notEqual(arrived.wish, null);
  assert.equal(taken(arrived, 3).wish, null);
});

test("a wish that came to nothing leaves the list as the server says it", () => {
  assert.deepEqual(names(unwished(wished(aList(), ["C", "B", "A"]))), ["A", "B", "C"]);
});

test("a row that comes while a wish stands is shown last", () => {
  const newcomer = aRow({ operation: "N", rank: 1 });
  const state = told(wished(aList(), ["C", "B", "A"]), aDelta({ rows: [newcomer] }), ME);

  assert.deepEqual(names(state), ["C", "B", "A", "N"]);
});
