import assert from "node:assert/strict";
import test from "node:test";

import { withAnswer } from "../../static/js/station/answering.js";
import { Hold, STILL_MS } from "../../static/js/station/hold.js";
import { panelNow } from "../../static/js/station/panel-now.js";
import { withScreen } from "../../static/js/station/screen.js";
import {
  firstState, MARKED_MS, withDelta, withoutOldMarks, withShown, withSnapshot,
} from "../../static/js/station/state.js";
import { aDelta, aPanel, aRow } from "./builders.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const aSnapshot = (changes) => ({
  station: "MILL-1", work_center: "MILL-1", description: "", plant: "", now: "2026-11-24T10:00:00Z",
  rev: 7, version: 3, feed: 41, people: { 4711: "Anna Berg", 4712: "Ben" },
  reasons: { scrap: [], rework: [], pause: [] }, operator: null, demo: false, undo_seconds: 10,
  rows: [aRow({ operation: "A", rank: 1 }), aRow({ operation: "B", rank: 2 })], ...changes,
});
const anAnswer = (changes) => ({
  id: "1", verdict: "ok", code: "started", number: "WO1 / 010", details: {}, flags: [],
  may_insist: false, panel: null, undo_until: null, operator: null, ...changes,
});
const context = { sent: null, now: NOW, okMs: 1500, callMs: 20_000 };
const sent = { message: "scan", payload: { id: "1", text: "XYZ" } };
const loaded = withShown(withSnapshot(firstState("MILL-1"), aSnapshot()), NOW);

test("the first list has no marks, whatever was moved before", () => {
  assert.equal(loaded.phase, "ready");
  assert.equal(loaded.marks.size, 0);
});

test("what is told is live at once and shown when it may", () => {
  const placed = { by: "Anna", at: "2026-11-24T10:00:00Z", rule: "hand" };
  const told = withDelta(loaded, aDelta({ order: ["B", "A"], moved: ["B"], placed }));

  assert.equal(told.shown, loaded.shown);
  const shown = withShown(told, NOW);

  assert.deepEqual(shown.shown.rows.map((row) => row.operation), ["B", "A"]);
  assert.deepEqual([...shown.marks.keys()], ["B"]);
  assert.equal(withoutOldMarks(shown, NOW + MARKED_MS - 1), shown);
  assert.equal(withoutOldMarks(shown, NOW + MARKED_MS).marks.size, 0);
});

test("several deltas that were held are one change with all its marks", () => {
  const placed = { by: "Anna", at: "2026-11-24T10:00:00Z", rule: "hand" };
  const first = withDelta(loaded, aDelta({ rows: [aRow({ operation: "C", rank: 3 })] }));
  const second = withDelta(first, aDelta({ feed: 43, order: ["C", "B", "A"], moved: ["B"], placed }));

  const { marks } = withShown(second, NOW);

  assert.deepEqual([marks.get("C").kind, marks.get("B")?.kind], ["new", "moved"]);
  assert.equal(withDelta(loaded, aDelta({ feed: 44 })), null);
});

test("a page that opens without the server shows the last list, and says of when it is", () => {
  const screen = { about: loaded.about, live: loaded.live, at: NOW - 60_000 };

  const opened = withScreen(firstState("MILL-1"), screen);

  assert.deepEqual([opened.phase, opened.listedAt], ["ready", NOW - 60_000]);
  assert.deepEqual(opened.shown.rows.map((row) => row.operation), ["A", "B"]);
  assert.equal(withScreen(loaded, screen), loaded);
  assert.equal(withScreen(firstState("MILL-1"), null).phase, "loading");
});

test("a badge that only this page has read outlives the list of a server that is back", () => {
  const operator = { badge: "4711", name: "Anna", until: "2026-11-24T10:01:00Z", kept: true };

  assert.equal(withSnapshot({ ...loaded, operator }, aSnapshot()).operator, operator);
  assert.equal(withSnapshot({ ...loaded, operator: { ...operator, kept: false } }, aSnapshot()).operator, null);
});

test("a verdict stays as long as its kind asks for", () => {
  const until = (verdict) => withAnswer(loaded, anAnswer({ verdict }), context).band.until;

  assert.deepEqual(
    ["ok", "look", "refused", "call"].map(until),
    [NOW + 1500, NOW + 3000, null, NOW + 20_000],
  );
});

test("one's own refusal can be insisted on, and that of a scanner beside the screen", () => {
  const refusal = anAnswer({ verdict: "refused", code: "wrong-work-center", may_insist: true });
  const scan = { text: "1000123456", typed: false };
  const insist = (answer, own) => withAnswer(loaded, answer, { ...context, sent: own }).band.insist;

  assert.equal(insist(refusal, sent), sent);
  assert.deepEqual(insist({ ...refusal, scan }, null), {
    message: "scan", payload: { id: "1", ...scan },
  });
  assert.equal(insist(refusal, null), null);
  assert.equal(insist({ ...refusal, may_insist: false }, sent), null);
});

test("undo is offered until its time is over or it was used", () => {
  const started = withAnswer(loaded, anAnswer({ undo_until: "2026-11-24T10:00:10Z" }), context);
  const badge = withAnswer(started, anAnswer({ id: "2", code: "badge" }), context);
  const undone = withAnswer(badge, anAnswer({ id: "3", code: "undone" }), context);

  assert.deepEqual(started.undo, { id: "1", word: "Started", from: NOW, until: NOW + 10_000 });
  assert.deepEqual([badge.undo, undone.undo], [started.undo, null]);
});

test("the panel opens, survives badges and refusals, and closes with its report", () => {
  const report = { message: "report", payload: { id: "4" } };
  const opened = withAnswer(loaded, anAnswer({ code: "panel", panel: aPanel() }), { ...context, sent });
  const badge = withAnswer(opened, anAnswer({ code: "badge" }), { ...context, sent });
  const refused = withAnswer(badge, anAnswer({ verdict: "refused", code: "too-many" }), {
    ...context, sent: report,
  });
  const reported = withAnswer(refused, anAnswer({ code: "reported" }), { ...context, sent: report });

  assert.ok(opened.opened && badge.opened && refused.opened);
  assert.equal(reported.opened, null);
});

test("a panel opened by a touch needs no verdict beside it", () => {
  const answer = anAnswer({ code: "panel", panel: aPanel() });

  const touched = withAnswer(loaded, answer, { ...context, sent: { ...sent, touched: true } });

  assert.equal(touched.band, null);
  assert.ok(touched.opened);
});

test("an open panel shows what others have reported, and who may join", () => {
  const row = aRow({ operation: "A", good: 4, crew: ["4711"] });
  const before = withShown(withDelta(loaded, aDelta({ rows: [row] })), NOW);
  const operator = { badge: "4712", name: "Ben", until: "2026-11-24T10:01:00Z" };
  const opened = { panel: aPanel({ operation: "A" }), id: "1" };

  const panel = panelNow({ ...before, opened, operator });

  assert.deepEqual([panel.good, panel.remaining], [4, 6]);
  assert.deepEqual(panel.crew, [{ badge: "4711", name: "Anna Berg" }]);
  assert.deepEqual(panel.may_join, { badge: "4712", name: "Ben" });
  assert.equal(panelNow({ ...before, opened, operator: { ...operator, badge: "4711" } }).may_join, null);
});

test("the ring of a badge begins anew with every scan of it", () => {
  const until = (text) => ({ badge: "4711", name: "Anna", until: text });
  const first = withAnswer(loaded, anAnswer({ code: "badge", operator: until("a") }), context);
  const same = withAnswer(first, anAnswer({ operator: until("a") }), { ...context, now: NOW + 5000 });
  const again = withAnswer(same, anAnswer({ operator: until("b") }), { ...context, now: NOW + 9000 });

  assert.deepEqual([first.signedAt, same.signedAt, again.signedAt], [NOW, NOW, NOW + 9000]);
});

test("the list keeps still under a finger and for a while after it", () => {
  const hold = new Hold();
  assert.equal(hold.rest(0), 0);

  hold.down();
  hold.touched(1000);
  assert.equal(hold.rest(60_000), Number.POSITIVE_INFINITY);

  hold.up();
  assert.deepEqual([hold.rest(1000), hold.rest(1000 + STILL_MS)], [STILL_MS, 0]);
  hold.touched(9000);
  hold.release();
  assert.equal(hold.rest(9001), 0);
});
