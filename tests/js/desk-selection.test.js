import assert from "node:assert/strict";
import test from "node:test";

import { afterKey, allOrNone, clicked, kept, NOTHING } from "../../static/js/desk/selection.js";

const SHOWN = ["A", "B", "C", "D", "E"];
const key = (name, held = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const chosen = (selection) => [...selection.chosen].sort();

test("a click chooses a row, a second click lets it go", () => {
  const once = clicked(NOTHING, SHOWN, "B", false);

  assert.deepEqual(chosen(once), ["B"]);
  assert.deepEqual(chosen(clicked(once, SHOWN, "B", false)), []);
});

test("a click with Shift chooses everything from the last click, in both directions", () => {
  const from = clicked(NOTHING, SHOWN, "C", false);

  assert.deepEqual(chosen(clicked(from, SHOWN, "E", true)), ["C", "D", "E"]);
  assert.deepEqual(chosen(clicked(from, SHOWN, "A", true)), ["A", "B", "C"]);
});

test("a click with Shift before any other chooses that row", () => {
  assert.deepEqual(chosen(clicked(NOTHING, SHOWN, "D", true)), ["D"]);
});

test("arrows move the keyboard and choose nothing", () => {
  const first = afterKey(key("ArrowDown"), NOTHING, SHOWN);
  const second = afterKey(key("ArrowDown"), first, SHOWN);

  assert.equal(first.cursor, "A");
  assert.equal(second.cursor, "B");
  assert.deepEqual(chosen(second), []);
});

test("arrows with Shift choose what they pass", () => {
  let now = { ...NOTHING, cursor: "B", anchor: "B" };
  now = afterKey(key("ArrowDown", { shiftKey: true }), now, SHOWN);
  now = afterKey(key("ArrowDown", { shiftKey: true }), now, SHOWN);

  assert.deepEqual(chosen(now), ["B", "C", "D"]);
});

test("the ends stop the keyboard", () => {
  assert.equal(afterKey(key("End"), NOTHING, SHOWN).cursor, "E");
  assert.equal(afterKey(key("Home"), { ...NOTHING, cursor: "D" }, SHOWN).cursor, "A");
  assert.equal(afterKey(key("ArrowUp"), { ...NOTHING, cursor: "A" }, SHOWN).cursor, "A");
});

test("space chooses the row that has the keyboard", () => {
  const at = { ...NOTHING, cursor: "C" };

  assert.deepEqual(chosen(afterKey(key(" "), at, SHOWN)), ["C"]);
  assert.equal(afterKey(key(" "), NOTHING, SHOWN), null);
});

test("Ctrl+A chooses all that is shown, and none when all are chosen", () => {
  const all = afterKey(key("a", { ctrlKey: true }), NOTHING, SHOWN);

  assert.deepEqual(chosen(all), SHOWN);
  assert.deepEqual(chosen(allOrNone(all, SHOWN)), []);
  assert.equal(afterKey(key("a"), NOTHING, SHOWN), null);
});

test("what is chosen under another filter stays chosen", () => {
  const before = { ...NOTHING, chosen: new Set(["X"]) };

  assert.deepEqual(chosen(allOrNone(before, ["A"])), ["A", "X"]);
});

test("rows that are gone are forgotten", () => {
  const before = { chosen: new Set(["A", "B"]), cursor: "B", anchor: "A" };

  const after = kept(before, ["A", "C"]);

  assert.deepEqual(chosen(after), ["A"]);
  assert.equal(after.cursor, null);
  assert.equal(after.anchor, "A");
});

test("an empty table takes no key", () => {
  assert.equal(afterKey(key("ArrowDown"), NOTHING, []), NOTHING);
});
