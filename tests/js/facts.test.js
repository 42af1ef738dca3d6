import assert from "node:assert/strict";
import test from "node:test";

import { NoAnswer, NotSent } from "../../static/js/shared/wire.js";
import { BADGE_MS, Facts, SAME_MS } from "../../static/js/station/facts.js";

const anAnswer = (code, id) => ({ id, verdict: "ok", code });

/** A wire whose answers a test decides, and ears that keep what they hear. */
function setUp(answers) {
  const sent = [];
  const heard = [];
  const clock = { at: 1000 };
  const wire = {
    keep(message, payload, limit) {
      sent.push({ message, ...payload, limit });
      const next = answers.shift() ?? "ok";
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(anAnswer(next, payload.id));
    },
  };
  const ears = {
    sending: ({ payload }) => heard.push(`sending ${payload.text ?? ""}`.trim()),
    answered: ({ code }) => heard.push(code),
    failed: (failure) => heard.push(failure),
    repeated: ({ payload }) => heard.push(`repeated ${payload.text}`),
  };
  const facts = new Facts(wire, ears, () => clock.at);
  return { facts, sent, heard, clock };
}

/** Wait until everything that was begun has been answered. */
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test("every fact has an id of its own", async () => {
  const { facts, sent } = setUp([]);

  await facts.scan("1H4711");
  await facts.scan("1H4712");

  assert.match(sent[0].id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(sent[0].id, sent[1].id);
});

test("the same code at once is one scan, later it is another", async () => {
  const { facts, sent, heard, clock } = setUp([]);

  await facts.scan("1H4711");
  await facts.scan("1H4711");
  clock.at += SAME_MS;
  await facts.scan("1H4711");

  assert.equal(sent.length, 2);
  assert.deepEqual(heard, ["sending 1H4711", "ok", "repeated 1H4711", "sending 1H4711", "ok"]);
});

test("a code that was not taken may be read again at once", async () => {
  const { facts, sent, heard } = setUp([new NotSent(), "badge"]);

  await facts.scan("1H4711");
  await facts.scan("1H4711");

  assert.equal(sent.length, 2);
  assert.deepEqual(heard.filter((one) => !one.startsWith("sending")), ["not-sent", "badge"]);
});

test("what was sent and never answered is not called not taken", async () => {
  const { facts, heard } = setUp([new NoAnswer()]);

  await facts.scan("1H4711");

  assert.deepEqual(heard.at(-1), "no-answer");
});

test("facts go out in their order, and the time they waited counts", async () => {
  const { facts, sent, clock } = setUp([]);

  const first = facts.scan("1H4711");
  const second = facts.scan("3WWO1+010");
  clock.at += 4000;
  await Promise.all([first, second]);

  assert.deepEqual(sent.map(({ text }) => text), ["1H4711", "3WWO1+010"]);
  assert.equal(sent[1].limit, 6000);
});

test("a traveler waits for its badge, then goes out again under a new id", async () => {
  const { facts, sent } = setUp(["badge-needed", "badge", "started"]);

  await facts.scan("3WWO1+010");
  await facts.scan("1H4711");
  await settled();

  assert.deepEqual(sent.map(({ text }) => text), ["3WWO1+010", "1H4711", "3WWO1+010"]);
  assert.notEqual(sent[0].id, sent[2].id);
});

test("it waits no longer than it should, and not when something else was scanned", async () => {
  const late = setUp(["badge-needed", "badge"]);
  await late.facts.scan("3WWO1+010");
  late.clock.at += BADGE_MS;
  await late.facts.scan("1H4711");
  await settled();

  const other = setUp(["badge-needed", "unknown-code", "badge"]);
  for (const text of ["3WWO1+010", "XYZ", "1H4711"]) {
    await other.facts.scan(text);
  }
  await settled();

  assert.deepEqual([late.sent.length, other.sent.length], [2, 3]);
});

test("a badge that is not known may be followed by the right one", async () => {
  const { facts, sent } = setUp(["badge-needed", "unknown-badge", "badge", "started"]);

  for (const text of ["3WWO1+010", "1H9", "1H4711"]) {
    await facts.scan(text);
  }
  await settled();

  assert.equal(sent.at(-1).text, "3WWO1+010");
});

test("whoever reads the badge, what waits goes on", async () => {
  const { facts, sent } = setUp(["badge-needed", "started"]);
  await facts.scan("3WWO1+010");

  facts.answered(anAnswer("badge", "of another device"), null);
  await settled();

  assert.equal(sent.length, 2);
});

test("insisting is the same thing again, said so, as a new attempt", async () => {
  const { facts, sent } = setUp([]);
  const report = { id: "old", operation: "WO1/010", verb: "quantity", good: 12 };

  await facts.insist({ message: "report", payload: report });

  assert.notEqual(sent[0].id, "old");
  assert.deepEqual({ ...sent[0], id: "", limit: 0 }, {
    ...report, message: "report", insists: true, id: "", limit: 0,
  });
});
