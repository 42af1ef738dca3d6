import assert from "node:assert/strict";
import test from "node:test";

import {
  BADGE_MS, adopting, entryOf, meaningOf, MOST_FAILURES, pauseMs, payloadOf,
} from "../../static/js/station/keeping.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const anEntry = (changes = {}) => ({
  seq: 1, id: "1", message: "scan", payload: { id: "1", text: "3WWO1+010" },
  at: "2026-11-24T10:00:00.000Z", operator: "", stated: false, judged: false, ...changes,
});

test("a fact in time says no more than it always did", () => {
  assert.deepEqual(payloadOf(anEntry({ operator: "4101" }), false), { id: "1", text: "3WWO1+010" });
});

test("a late fact says when it was made and whose badge was read for it", () => {
  const late = payloadOf(anEntry({ operator: "4101" }), true);
  const undo = payloadOf(anEntry({ message: "undo", payload: { id: "1", undone: "0" } }), true);

  assert.deepEqual([late.operator, late.at], ["4101", "2026-11-24T10:00:00.000Z"]);
  assert.deepEqual(undo, { id: "1", undone: "0", at: "2026-11-24T10:00:00.000Z" });
});

test("a badge that the server has not seen goes along in time, too", () => {
  const payload = payloadOf(anEntry({ operator: "4101", stated: true }), false);

  assert.deepEqual([payload.operator, payload.at], ["4101", undefined]);
});

test("a badge goes to the fact right before it, for twenty seconds", () => {
  const adopts = (last, after) => adopting(last, "4101", NOW + after)?.operator ?? null;

  assert.equal(adopts(anEntry(), BADGE_MS - 1), "4101");
  assert.equal(adopts(anEntry(), BADGE_MS), null);
  assert.equal(adopts(anEntry(), -1), null);
  assert.equal(adopts(null, 0), null);
  assert.equal(adopts(anEntry({ operator: "4102" }), 0), null);
  assert.equal(adopts(anEntry({ judged: true }), 0), null);
  assert.equal(adopts(anEntry({ message: "undo" }), 0), null);
});

test("what the page has refused itself is kept as that", () => {
  const sent = { message: "scan", payload: { id: "1", text: "XYZ" } };
  const refused = { kind: "refused", code: "unknown-code", reason: "not-ours" };

  assert.equal(entryOf(sent, { operator: "", stated: false, reading: refused }, NOW).judged, true);
  assert.equal(entryOf(sent, { operator: "", stated: false, reading: null }, NOW).judged, false);
});

test("a server that fails is asked again, but those behind it do not wait for ever", () => {
  const failed = { verdict: "refused", code: "failed" };

  assert.equal(meaningOf(failed, 1), "again");
  assert.equal(meaningOf(failed, MOST_FAILURES), "answer");
  assert.equal(meaningOf({ verdict: "refused", code: "store-away" }, 99), "again");
  assert.equal(meaningOf(null, 0), "again");
  assert.equal(meaningOf({ verdict: "refused", code: "not-allowed" }, 0), "shut");
  assert.equal(meaningOf({ verdict: "refused", code: "held" }, 0), "answer");
});

test("pauses grow, and not for ever", () => {
  assert.deepEqual([1, 2, 3, 99].map(pauseMs), [1000, 2000, 4000, 30_000]);
});
