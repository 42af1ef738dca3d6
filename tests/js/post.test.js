import assert from "node:assert/strict";
import test from "node:test";

import { NoAnswer, NotSent } from "../../static/js/shared/wire.js";
import { read } from "../../static/js/station/codes.js";
import { Post } from "../../static/js/station/post.js";
import { RECENT_MS } from "../../static/js/station/waiting.js";
import { MemoryOutbox } from "./memory-outbox.js";

const MADE_AT = Date.parse("2026-11-24T10:00:00Z");
const anAnswer = (id, code = "ok", verdict = "ok") => ({
  id, code, verdict, number: "", details: {}, flags: [], may_insist: false, panel: null,
  undo_until: null, operator: null,
});

/** A server that can be away, and answers what a test wants. */
function aWire() {
  const listeners = {};
  const wire = {
    connected: true,
    sent: [],
    answers: {},
    on: (message, listener) => {
      listeners[message] = listener;
    },
    async ask(message, payload) {
      if (!wire.connected) {
        throw new NotSent();
      }
      wire.sent.push({ message, ...payload });
      const next = wire.answers[payload.text]?.shift();
      if (next instanceof Error) {
        throw next;
      }
      return next ? { ...anAnswer(payload.id), ...next } : anAnswer(payload.id);
    },
    keep: (message, payload) => wire.ask(message, payload),
    away() {
      wire.connected = false;
      listeners.disconnect?.();
    },
    back() {
      wire.connected = true;
      listeners.connect?.();
    },
  };
  return wire;
}

/** A post, and all that it tells. */
function setUp({ outbox = new MemoryOutbox(), wire = aWire(), channel } = {}) {
  const clock = { at: 0 };
  const heard = [];
  let kept = null;
  const reader = {
    able: (able) => able || heard.push("unable"),
    counted: (now) => {
      kept = now;
    },
    recalled: (answer) => heard.push(`recalled ${answer.code}`),
    drained: (entry, { code }) => heard.push(`drained ${entry.payload.text} ${code}`),
    emptied: () => heard.push("emptied"),
  };
  const post = new Post(wire, Promise.resolve(outbox), reader, {
    now: () => clock.at, today: () => MADE_AT + clock.at, channel,
  });
  const take = (text, changes = {}) =>
    post.take(
      { message: "scan", payload: { id: `id-${text}`, text } },
      { operator: "", stated: false, reading: read(text), ...changes },
    );
  return { post, take, wire, outbox, heard, clock, kept: () => kept };
}

/** Wait until everything that was begun has come to its end. */
async function settled() {
  for (let rounds = 0; rounds < 50; rounds += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What was sent, without what every message has. */
const texts = (wire) => wire.sent.map(({ text }) => text);

test("a fact is kept before it is sent, and forgotten with its answer", async () => {
  const { post, take, wire, outbox } = setUp();
  const { ask } = wire;
  let before = -1;
  wire.ask = (...message) => {
    before = outbox.facts.length;
    return ask(...message);
  };
  await post.start();

  const outcome = await take("1H4101");

  assert.deepEqual([outcome.is, outcome.answer.id], ["answered", "id-1H4101"]);
  assert.equal(before, 1);
  assert.deepEqual(wire.sent, [{ message: "scan", id: "id-1H4101", text: "1H4101" }]);
  assert.deepEqual(outbox.facts, []);
});

test("while the server is away facts are kept, and go out in their order when it is back", async () => {
  const { post, take, wire, outbox, heard, clock, kept } = setUp();
  await post.start();
  wire.away();

  for (const text of ["1H4101", "3WWO1+010", "3WWO2+010"]) {
    assert.deepEqual(await take(text, { operator: "4101" }), { is: "kept" });
  }
  await settled();
  assert.deepEqual([kept().unsent, kept().since], [3, "2026-11-24T10:00:00.000Z"]);
  clock.at += RECENT_MS;
  wire.back();
  await settled();

  assert.deepEqual(texts(wire), ["1H4101", "3WWO1+010", "3WWO2+010"]);
  assert.deepEqual(wire.sent[1], {
    message: "scan", id: "id-3WWO1+010", text: "3WWO1+010", operator: "4101",
    at: "2026-11-24T10:00:00.000Z",
  });
  assert.deepEqual([outbox.facts.length, heard.at(-1)], [0, "emptied"]);
});

test("what an earlier page has left goes out first", async () => {
  const outbox = new MemoryOutbox();
  const earlier = setUp({ outbox });
  await earlier.post.start();
  earlier.wire.away();
  await earlier.take("1H4101");

  const { post, take, wire } = setUp({ outbox });
  post.start();
  await take("3WWO1+010");

  assert.deepEqual(texts(wire), ["1H4101", "3WWO1+010"]);
  assert.deepEqual([wire.sent[0].at, wire.sent[1].at], ["2026-11-24T10:00:00.000Z", undefined]);
});

test("only what was refused is kept to be seen", async () => {
  const { post, take, wire, clock, kept } = setUp();
  wire.answers["3WWO1+010"] = [{ code: "held", verdict: "refused", number: "WO1 / 010" }];
  await post.start();
  wire.away();
  for (const text of ["1H4101", "3WWO1+010", "3WWO2+010"]) {
    await take(text);
  }
  clock.at += RECENT_MS;

  wire.back();
  await settled();

  assert.deepEqual(kept().refused.map(({ number, code }) => [number, code]), [["WO1 / 010", "held"]]);
  await post.seen(kept().refused);
  assert.deepEqual(kept().refused, []);
});

test("what this page has refused itself is sent, and not told a second time", async () => {
  const { post, take, wire, clock, kept } = setUp();
  wire.answers.XYZ = [{ code: "unknown-code", verdict: "refused" }];
  await post.start();
  wire.away();
  await take("XYZ");
  clock.at += RECENT_MS;

  wire.back();
  await settled();

  assert.deepEqual([texts(wire), kept().refused], [["XYZ"], []]);
});

test("the answer to the last one is for the operator who still stands there", async () => {
  const { post, take, wire, heard } = setUp();
  await post.start();
  wire.away();
  await take("1H4101");
  await take("3WWO1+010");

  wire.back();
  await settled();

  assert.deepEqual(heard, ["emptied", "drained 1H4101 ok", "recalled ok", "emptied"]);
});

test("a badge that is read right after its traveler is sent with it", async () => {
  const { post, take, wire, clock } = setUp();
  await post.start();
  wire.away();
  await take("3WWO1+010");
  clock.at += 19_000;
  await take("1H4101");
  await take("3WWO2+010", { operator: "4101" });
  await take("3WWO3+010");
  clock.at += 21_000;
  await take("1H4102");

  wire.back();
  await settled();

  assert.deepEqual(wire.sent.map(({ operator }) => operator), ["4101", "", "4101", "", ""]);
});

test("a traveler whose badge came while it was on its way goes out once more, in its place", async () => {
  const { post, take, wire, outbox } = setUp();
  await post.start();
  wire.away();
  await take("3WWO1+010");
  const { ask } = wire;
  wire.ask = async (message, payload) => {
    wire.ask = ask;
    take("1H4101");
    take("3WWO2+010", { operator: "4101" });
    await settled();
    return { ...(await ask(message, payload)), code: "badge-needed", verdict: "call" };
  };

  wire.back();
  await settled();
  await settled();

  assert.deepEqual(texts(wire), ["3WWO1+010", "3WWO1+010", "1H4101", "3WWO2+010"]);
  assert.deepEqual([wire.sent[0].operator, wire.sent[1].operator], ["", "4101"]);
  assert.notEqual(wire.sent[0].id, wire.sent[1].id);
  assert.deepEqual(outbox.facts, []);
});

test("a lost answer is asked for again under the same id", async () => {
  const { post, take, wire } = setUp();
  wire.answers["1H4101"] = [new NoAnswer()];
  await post.start();
  const told = take("1H4101");
  await settled();

  wire.away();
  assert.deepEqual(await told, { is: "kept" });
  wire.back();
  await settled();

  assert.deepEqual(wire.sent.map(({ id }) => id), ["id-1H4101", "id-1H4101"]);
});

test("a station that was shut out keeps what it has", async () => {
  const { post, take, wire, outbox } = setUp();
  wire.answers["1H4101"] = [{ code: "not-allowed", verdict: "refused" }];
  await post.start();

  assert.deepEqual(await take("1H4101"), { is: "kept" });

  assert.equal(outbox.facts.length, 1);
});

test("where nothing can be kept, facts are sent directly and the screen is told", async () => {
  const { post, take, wire, outbox, heard } = setUp();
  await post.start();
  outbox.fault = new Error("quota");

  const outcome = await take("1H4101");
  wire.answers["3WWO1+010"] = [new NotSent()];
  const failed = await take("3WWO1+010");
  outbox.fault = null;
  await take("3WWO2+010");

  assert.deepEqual([outcome.is, failed], ["answered", { is: "failed", failure: "not-sent" }]);
  assert.deepEqual(heard.filter((one) => one === "unable").length, 2);
  assert.deepEqual(texts(wire), ["1H4101", "3WWO1+010", "3WWO2+010"]);
});

test("a browser without a store is served too", async () => {
  const { post, take, heard } = setUp({ outbox: null });
  await post.start();

  const outcome = await take("1H4101");

  assert.equal(outcome.is, "answered");
  assert.deepEqual(heard, ["unable", "unable"]);
});

test("another page of the station may send it: this one hears the answer", async () => {
  const channel = { onmessage: null, postMessage() {} };
  const { post, take, wire } = setUp({ channel });
  wire.answers["1H4101"] = [new NoAnswer()];
  await post.start();
  const told = take("1H4101");
  await settled();

  channel.onmessage({ data: anAnswer("id-1H4101", "badge") });

  assert.equal((await told).answer.code, "badge");
});

test("what somebody has seen on one page is seen on the others", async () => {
  const outbox = new MemoryOutbox();
  const beside = { onmessage: null };
  const here = setUp({ outbox, channel: { postMessage: (data) => beside.onmessage({ data }) } });
  const there = setUp({ outbox, channel: beside });
  outbox.refused.push({ seq: 1, id: "1", number: "WO1 / 010", code: "held", details: {}, at: "" });
  await here.post.start();
  await there.post.start();
  assert.equal(there.kept().refused.length, 1);

  await here.post.seen(here.kept().refused);
  await settled();

  assert.deepEqual(there.kept().refused, []);
});
