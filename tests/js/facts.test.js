import assert from "node:assert/strict";
import test from "node:test";

import { Facts, SAME_MS } from "../../static/js/station/facts.js";
import { BADGE_MS } from "../../static/js/station/keeping.js";

const anAnswer = (code, id, operator = null) => ({ id, verdict: "ok", code, operator });
const kept = { is: "kept" };
const notSent = { is: "failed", failure: "not-sent" };

/** A post whose outcomes a test decides, and ears that keep what they hear. */
function setUp(outcomes, operator = null) {
  const sent = [];
  const heard = [];
  const clock = { at: 1000 };
  const post = {
    async take({ message, payload }, { operator, stated, reading }) {
      sent.push({ message, ...payload, operator, stated, kind: reading?.kind });
      const next = outcomes.shift() ?? "ok";
      return next.is ? next : { is: "answered", answer: anAnswer(next, payload.id) };
    },
  };
  const ears = {
    operator: () => operator,
    badgeMs: () => 60_000,
    sending: ({ payload }) => heard.push(`sending ${payload.text ?? ""}`.trim()),
    answered: ({ code }) => heard.push(code),
    kept: ({ payload }, reading) => heard.push(`kept ${payload.text} ${reading?.kind}`),
    failed: (failure) => heard.push(failure),
    repeated: ({ payload }) => heard.push(`repeated ${payload.text}`),
  };
  const facts = new Facts(post, ears, () => clock.at);
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
  const { facts, sent, heard } = setUp([notSent, "badge"]);

  await facts.scan("1H4711");
  await facts.scan("1H4711");

  assert.equal(sent.length, 2);
  assert.deepEqual(heard.filter((one) => !one.startsWith("sending")), ["not-sent", "badge"]);
});

test("what is kept is a scan that was taken: the same code at once is a repeat", async () => {
  const { facts, heard } = setUp([kept]);

  await facts.scan("1H4711");
  await facts.scan("1H4711");

  assert.deepEqual(heard, ["sending 1H4711", "kept 1H4711 badge", "repeated 1H4711"]);
});

test("a badge goes along with what follows, even when it has no answer yet", async () => {
  const { facts, sent, clock } = setUp([kept, kept, kept, kept]);

  facts.scan("1H4711");
  facts.scan("3WWO1+010");
  clock.at += 59_999;
  facts.send({ message: "report", payload: { id: "1", operation: "WO1/010", verb: "join" } });
  clock.at += 1;
  await facts.scan("3WWO2+010");

  assert.deepEqual(sent.map(({ operator }) => operator), ["", "4711", "4711", ""]);
});

test("a report that was taken signs off", async () => {
  const { facts, sent } = setUp(["badge", "started", kept]);

  for (const text of ["1H4711", "3WWO1+010", "3WWO2+010"]) {
    await facts.scan(text);
  }

  assert.equal(sent[2].operator, "");
});

test("whoever the server says is signed in is named, and stated when only this page knows", async () => {
  const known = setUp([kept], { badge: "4101", name: "Anna", until: "" });
  const here = setUp(["started"], { badge: "4101", name: "Anna", until: "", kept: true });

  await known.facts.scan("3WWO1+010");
  await here.facts.scan("3WWO1+010");

  assert.deepEqual([known.sent[0].operator, known.sent[0].stated], ["4101", false]);
  assert.deepEqual([here.sent[0].operator, here.sent[0].stated], ["4101", true]);
});

test("a traveler that the server knows goes on with a badge that is kept", async () => {
  const { facts, sent } = setUp(["badge-needed", kept, kept]);

  await facts.scan("3WWO1+010");
  await facts.scan("1H4711");
  await settled();

  assert.deepEqual(sent.map(({ text }) => text), ["3WWO1+010", "1H4711", "3WWO1+010"]);
  assert.deepEqual([sent[2].operator, sent[2].stated], ["4711", true]);
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
  assert.deepEqual({ ...sent[0], id: "" }, {
    ...report, message: "report", insists: true, id: "", operator: "", stated: false,
    kind: undefined,
  });
});
