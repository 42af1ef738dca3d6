import assert from "node:assert/strict";
import test from "node:test";

import {
  entered, firstCount, following, HIGHEST, keyed, outcome,
} from "../../static/js/station/count.js";
import { aPanel, chance } from "./builders.js";

test("the panel opens with all that is left as good, and confirming finishes", () => {
  const panel = aPanel({ remaining: 7 });

  const count = firstCount(panel);

  assert.equal(count.good, 7);
  assert.deepEqual(outcome(count, panel), { does: "finish", total: 7, left: 0, wants: null });
});

test("scrap and rework are taken from the good until the good is counted", () => {
  const filled = entered(entered(firstCount(aPanel()), "scrap", 2, 10), "rework", 1, 10);
  const counted = entered(filled, "good", 5, 10);
  const after = entered(counted, "scrap", 4, 10);

  assert.deepEqual([filled.good, counted.good, after.good], [7, 5, 5]);
});

test("fewer pieces keep it running, none do nothing, more are too many", () => {
  const panel = aPanel();
  const does = (good) => outcome(entered(firstCount(panel), "good", good, 10), panel).does;

  assert.deepEqual([does(0), does(4), does(10), does(11)], ["nothing", "report", "finish", "over"]);
});

test("all that is here finishes nothing while more will come", () => {
  const panel = aPanel({ more_will_come: true });

  assert.equal(outcome(firstCount(panel), panel).does, "report");
});

test("scrap wants its reason first, then rework", () => {
  const panel = aPanel();
  const both = entered(entered(firstCount(panel), "scrap", 1, 10), "rework", 1, 10);
  const wants = (changes) => outcome({ ...both, ...changes }, panel).wants;

  assert.deepEqual(
    [wants({}), wants({ scrap_reason: "Tool" }), wants({ scrap_reason: "Tool", rework_reason: "Burr" })],
    ["scrap", "rework", null],
  );
});

test("what others report meanwhile changes what was filled in, not what was counted", () => {
  const filled = firstCount(aPanel());
  const counted = entered(filled, "good", 6, 10);

  assert.deepEqual([following(filled, 4).good, following(counted, 4).good], [4, 6]);
});

test("whatever is entered, quantities are whole, never negative, and their sum is told right", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const draw = chance(seed);
    const panel = aPanel({ remaining: draw(50) });
    let count = firstCount(panel);
    for (let step = 0; step < 10; step += 1) {
      const kind = ["good", "scrap", "rework"][draw(3)];
      const pieces = [draw(60), -draw(60), draw(60) + 0.5, Number.NaN, 1e12][draw(5)];
      count = entered(count, kind, pieces, panel.remaining);
    }
    const { total, left, does } = outcome(count, panel);

    for (const kind of ["good", "scrap", "rework"]) {
      assert.ok(Number.isInteger(count[kind]) && count[kind] >= 0 && count[kind] <= HIGHEST);
    }
    assert.equal(total, count.good + count.scrap + count.rework);
    assert.equal(total + left, panel.remaining);
    assert.equal(does === "over", left < 0 && total > 0);
  }
});

test("the number pad replaces what was filled in, then appends", () => {
  const keys = ["1", "2", "back", "5"];

  const value = keys.reduce((sum, key, index) => keyed(sum, key, index === 0), 88);

  assert.equal(value, 15);
  assert.deepEqual([keyed(88, "clear", false), keyed(88, "back", true)], [0, 0]);
  assert.equal(keyed(HIGHEST, "9", false), HIGHEST);
});
