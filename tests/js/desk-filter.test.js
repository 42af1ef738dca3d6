import assert from "node:assert/strict";
import test from "node:test";

import { canOverride, reason } from "../../static/js/desk/check-words.js";
import { counts, daysLeftInWeek, failedChecks, shows } from "../../static/js/desk/release-filter.js";

const WEDNESDAY = "2026-11-25";
const due = (days_late, failed = []) => ({
  days_late,
  checks: failed.map((name) => ({ name, passed: false, code: "no-revision", details: {} })),
});

test("late is before today, today is today", () => {
  assert.equal(shows("late", due(1), WEDNESDAY), true);
  assert.equal(shows("late", due(0), WEDNESDAY), false);
  assert.equal(shows("today", due(0), WEDNESDAY), true);
});

test("this week ends on Sunday and holds what is late", () => {
  assert.equal(daysLeftInWeek(WEDNESDAY), 4);
  assert.equal(daysLeftInWeek("2026-11-29"), 0);
  assert.equal(shows("week", due(-4), WEDNESDAY), true);
  assert.equal(shows("week", due(-5), WEDNESDAY), false);
  assert.equal(shows("week", due(9), WEDNESDAY), true);
});

test("every filter is counted", () => {
  const orders = [due(2), due(0, ["hold"]), due(-10)];

  assert.deepEqual(counts(orders, WEDNESDAY), { all: 3, late: 1, today: 1, week: 2, failed: 1 });
});

test("without a routing no reason helps", () => {
  assert.equal(canOverride(failedChecks(due(0, ["hold", "lead-time"]))), true);
  assert.equal(canOverride(failedChecks(due(0, ["routing"]))), false);
});

test("a failed check says why in words", () => {
  const late = { code: "too-late", details: { needed_hours: 12.5, due: "2026-11-26" } };
  const bare = { code: "no-standard", details: { operations: ["010", "030"] } };

  assert.equal(reason(late), "Needs 12.5 h, due Thu, Nov 26");
  assert.equal(reason(bare), "No run standard in operation 010, 030");
});
