import assert from "node:assert/strict";
import test from "node:test";

import { refusalWords } from "../../static/js/shared/refusals.js";
import { actorWords, sentence } from "../../static/js/desk/history-words.js";
import { seenWords } from "../../static/js/desk/list-seen.js";
import { changeWords, minutesLeft, whereParts, why } from "../../static/js/desk/list-words.js";
import { whereabouts } from "../../static/js/desk/order-words.js";
import { due, setZone } from "../../static/js/desk/when.js";
import { takeMessages } from "../../static/js/shared/text.js";
import { aRow } from "./builders.js";

const NOON = Date.parse("2026-11-24T11:00:00Z");
setZone("Europe/Berlin", { now: () => NOON });

const PEOPLE = { 4107: "Anna Berg" };
const aStep = (number, changes = {}) => ({
  number,
  work_center: "MILL-2",
  state: "waiting",
  arrived: 0,
  good: 0,
  crew: [],
  started_at: null,
  completed_at: null,
  ...changes,
});
const anOrder = (operations, changes = {}) => ({
  order: "WO1",
  state: "running",
  hold: null,
  quantity: 10,
  planned_release: "2026-11-26",
  operations,
  ...changes,
});

test("a running job says where, since when, by whom and how far", () => {
  const running = { state: "running", started_at: "2026-11-24T09:12:00Z", crew: ["4107"], good: 4 };
  const order = anOrder([aStep(10, { state: "completed" }), aStep(20, running), aStep(30)]);

  assert.equal(
    whereabouts(order, PEOPLE),
    "Operation 020 (2 of 3) runs at MILL-2 since 10:12 by Anna Berg; 4 of 10 done.",
  );
});

test("an order at two work centers says both", () => {
  const running = { state: "running", started_at: "2026-11-24T09:12:00Z" };
  const order = anOrder([aStep(10, running), aStep(20, { ...running, work_center: "GRIND-1" })]);

  const words = whereabouts(order);

  assert.match(words, /010 .*MILL-2/);
  assert.match(words, /020 .*GRIND-1/);
});

test("a hold comes first", () => {
  const order = anOrder([aStep(10, { state: "ready", arrived: 10 })], { hold: "Wrong drawing." });

  assert.equal(
    whereabouts(order),
    "Held: Wrong drawing. Operation 010 (1 of 1) is ready at MILL-2; 10 of 10 have arrived.",
  );
});

test("an order that nobody has released says when it is planned", () => {
  const order = anOrder([aStep(10)], { state: "planned" });

  assert.equal(
    whereabouts(order),
    "Not released yet; its release is planned for Thu, Nov 26.",
  );
});

test("a completed order says how much was good", () => {
  const done = { state: "completed", good: 9, completed_at: "2026-11-23T12:00:00Z" };

  assert.equal(
    whereabouts(anOrder([aStep(10, done)], { state: "completed" })),
    "Completed yesterday 13:00; 9 good of 10.",
  );
});

test("due dates are words of the plant's day", () => {
  const words = (day) => due(day).words;

  assert.equal(words("2026-11-21"), "3 days late");
  assert.equal(words("2026-11-23"), "1 day late");
  assert.equal(words("2026-11-24"), "today");
  assert.equal(words("2026-11-25"), "tomorrow");
  assert.equal(words("2026-12-01"), "in 7 days");
});

test("a row says why it stands there and where its parts are", () => {
  const placed = { by: "dana", at: "2026-11-24T09:42:00Z", rule: "edd" };
  const waiting = aRow({ state: "waiting", previous: "SAW-1", placed });

  assert.deepEqual(why(waiting), { words: "Earliest due date", by: "dana, 10:42" });
  assert.deepEqual(why(aRow()), { words: "As it came", by: "" });
  assert.equal(whereParts(waiting, PEOPLE), "Parts at SAW-1");
  assert.equal(whereParts(aRow({ arrived: 4 }), PEOPLE), "4 of 10 are here");
});

test("setup counts until the first start", () => {
  assert.equal(minutesLeft(aRow()), 60);
  assert.equal(minutesLeft(aRow({ started_at: "2026-11-24T09:00:00Z", good: 4 })), 24);
});

test("a conflict names who moved what", () => {
  const change = { by: "dana", at: "2026-11-24T09:42:00Z", rule: "hand", moved: ["A", "B"] };
  const many = { ...change, moved: ["A", "B", "C", "D", "E"] };

  assert.equal(changeWords(change), "dana at 10:42 (By hand): A, B");
  assert.equal(changeWords(many), "dana at 10:42 (By hand): A, B, C and 2 more");
});

test("a station has seen the list, is behind, is away, or was never there", () => {
  const line = {
    station: "LATHE-2",
    connected: true,
    contact_at: "2026-11-24T08:00:00Z",
    seen_version: 7,
    seen_at: "2026-11-24T09:42:00Z",
  };
  const words = (changes) => seenWords({ ...line, ...changes }, 7).words;

  assert.equal(words({}), "Seen by LATHE-2 at 10:42");
  assert.equal(words({ seen_version: 6 }), "Not yet seen by LATHE-2: it has version 6");
  assert.equal(
    words({ seen_version: 0, connected: false }),
    "Not yet seen by LATHE-2; not connected since 09:00",
  );
  assert.equal(
    words({ seen_version: 0, connected: false, contact_at: null }),
    "LATHE-2 has no device yet",
  );
});

test("the history is sentences", () => {
  const entry = (kind, event) => ({ rev: 1, at: "", actor: {}, kind, event });
  const quantities = { good: 4, scrap: 1, rework: 0 };
  const report = { operation: "WO1/020", badge: "4107", quantities, scrap_reason: "cracked" };
  const overrides = [{ check: "drawing-revision", reason: "comes tomorrow" }];

  assert.equal(
    sentence(entry("QuantityReported", { ...report, completes: true }), PEOPLE),
    "Anna Berg finished operation 020: 4 good, 1 scrap (cracked).",
  );
  assert.equal(
    sentence(entry("OrderReleased", { overrides }), PEOPLE),
    "Released although these checks failed: drawing revision. Reason: comes tomorrow.",
  );
  assert.equal(
    sentence(entry("OrderReplanned", { changed: ["due", "operation 020"] }), PEOPLE),
    "Planning changed: due date, operation 020.",
  );
  assert.equal(
    sentence(entry("SheetSuperseded", { serial: "1000001", why: "quantity, due" }), PEOPLE),
    "Sheet 1000001 was superseded. Changed: quantity, due date.",
  );
  assert.equal(sentence(entry("SomethingNew", {}), PEOPLE), "SomethingNew");
});

test("a refused scan says in the history what it said to the operator", () => {
  const refused = (code, details) =>
    sentence({ rev: 1, at: "", actor: {}, kind: "ScanRefused", event: { code, details } }, PEOPLE);
  const places = { right: "MILL-1", here: "LATHE-2" };

  assert.equal(
    refused("wrong-work-center", places),
    `A scan was refused: ${refusalWords("wrong-work-center", places)}`,
  );
  assert.match(refused("held", { order: "WO1", why: "crack" }), /WO1 is on hold: crack\. Ask/);
  assert.equal(refused("wrong-work-center", {}), "A scan was refused: wrong work center.");
});

test("a default reason is said in the reader's language, the plant's own as it is written", () => {
  const paused = (reason) =>
    sentence(
      { rev: 1, at: "", actor: {}, kind: "OperationPaused",
        event: { operation: "WO1/020", badge: "4107", reason } },
      PEOPLE,
    );
  takeMessages({ locale: "de", messages: {}, reasons: { pause: { break: "Pause" } } });

  const said = ["break", "tool missing", "constructor"].map(paused);

  takeMessages({ locale: "en", messages: {} });
  assert.deepEqual(
    [...said, paused("break")].map((words) => words.split(": ")[1]),
    ["Pause.", "tool missing.", "constructor.", "break."],
  );
});

test("the history says who, and from where", () => {
  const by = (actor) => actorWords({ actor }, PEOPLE);

  assert.equal(by({ account: "dana", station: null, badge: null }), "dana");
  assert.equal(by({ account: null, station: "MILL-2", badge: "4107" }), "Anna Berg at MILL-2");
  assert.equal(by({ account: null, station: "MILL-2", badge: null }), "MILL-2");
  assert.equal(by({ account: null, station: null, badge: null }), "Floorline");
});
