import assert from "node:assert/strict";
import test from "node:test";

import { whereParts } from "../../static/js/desk/list-words.js";
import { hereWords, lostWords } from "../../static/js/shared/pieces.js";
import { leftOf, parts, spaced, whys } from "../../static/js/station/why.js";
import { aRow } from "./builders.js";

const TODAY = "2026-11-24";
const texts = (row) => whys(row, TODAY, "Europe/Berlin").map((why) => why.text);

test("reasons come strongest first: hold, hot, due, placed", () => {
  const placed = { by: "Anna", at: "2026-11-24T09:42:00Z", rule: "hand" };
  const row = aRow({ hold: "drawing", hot: true, due: "2026-11-21", placed });

  assert.deepEqual(texts(row), [
    "On hold: drawing",
    "Hot",
    "3 days late",
    "Placed by Anna 10:42 by hand",
  ]);
});

test("a rule is named with who applied it, but nobody chose first come first served", () => {
  const placed = { by: "Anna", at: "2026-11-24T09:42:00Z", rule: "edd" };
  const due = "2026-12-01";

  assert.deepEqual(texts(aRow({ due, placed })), ["Earliest due date · Anna 10:42"]);
  assert.deepEqual(texts(aRow({ due, placed: { ...placed, rule: "fcfs" } })), [
    "First come, first served",
  ]);
});

test("a waiting row says where its parts are", () => {
  const row = aRow({ state: "waiting", previous: "LATHE-2", due: "2026-12-01" });

  assert.deepEqual(texts(row), ["Parts are at LATHE-2"]);
});

test("today and yesterday are told as such", () => {
  assert.deepEqual(texts(aRow({ due: TODAY })), ["Due today"]);
  assert.deepEqual(texts(aRow({ due: "2026-11-23" })), ["1 day late"]);
});

test("next is the first that can start; the rest keep their order", () => {
  const rows = [
    aRow({ operation: "A", state: "running" }),
    aRow({ operation: "B", state: "waiting" }),
    aRow({ operation: "C", hold: "material" }),
    aRow({ operation: "D", state: "suspended" }),
    aRow({ operation: "E" }),
  ];

  const { now, next, rest } = parts(rows);

  assert.deepEqual(
    [now.map((row) => row.operation), next.operation, rest.map((row) => row.operation)],
    [["A"], "D", ["B", "C", "E"]],
  );
});

test("an empty list has neither now nor next", () => {
  assert.deepEqual(parts([]), { now: [], next: null, rest: [] });
});

test("where fewer pieces are here than were ordered, station and desk say the same", () => {
  const short = aRow({ state: "ready", arrived: 5, quantity: 6 });

  assert.equal(hereWords(short), "5 of 6 are here");
  assert.equal(whereParts(short, {}), hereWords(short));
  assert.equal(hereWords(aRow()), "");
  assert.equal(lostWords(aRow({ scrap: 1, rework: 2 })), "1 scrap, 2 rework");
});

test("what is left never falls below zero", () => {
  assert.equal(leftOf(aRow({ arrived: 10, good: 6, scrap: 1 })), 3);
  assert.equal(leftOf(aRow({ arrived: 4, good: 6 })), 0);
});

test("an operation is written as it is printed", () => {
  assert.equal(spaced("A/7-B/010"), "A/7-B / 010");
});
