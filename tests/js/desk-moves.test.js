import assert from "node:assert/strict";
import test from "node:test";

import { Refusal } from "../../static/js/desk/api.js";
import { listApi, Sender } from "../../static/js/desk/list-moves.js";

const MOVE = { operation: "A", before: null };
const changed = (version, changes) => new Refusal(409, "list-changed", { version, changes }, "");
const CHANGE = { by: "anna", at: "2026-11-24T10:00:00Z", rule: "hand", moved: ["B"] };

/** A server that gives one answer after the other, and a screen that notes what it is told. */
function aDesk(...answers) {
  const sent = [];
  const seen = { taken: [], failed: [], conflicts: [] };
  const send = async (address, body) => {
    sent.push([address, body]);
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
  const outcome = {
    taken: (version) => seen.taken.push(version),
    conflict: (conflict, repeat) => seen.conflicts.push({ conflict, repeat }),
    failed: (error) => seen.failed.push(error),
  };
  return { sender: new Sender("/lists/MILL-1", outcome, send), sent, seen };
}

test("a move names the version it was made on", async () => {
  const { sender, sent, seen } = aDesk({ version: 8 });

  await sender.act("move", MOVE, 7);

  assert.deepEqual(sent, [["/lists/MILL-1/move", { ...MOVE, version: 7 }]]);
  assert.deepEqual(seen.taken, [8]);
});

test("the second of two quick moves builds on the first", async () => {
  const { sender, sent } = aDesk({ version: 8 }, { version: 9 });

  sender.act("move", MOVE, 7);
  await sender.act("move", { operation: "B", before: "A" }, 7);

  assert.deepEqual(
    sent.map(([, body]) => body.version),
    [7, 8],
  );
});

test("somebody else's change is shown, and the move can be repeated on it", async () => {
  const { sender, sent, seen } = aDesk(changed(9, [CHANGE]), { version: 10 });

  await sender.act("move", MOVE, 7);
  const [{ conflict, repeat }] = seen.conflicts;
  await repeat();

  assert.deepEqual(conflict.changes, [CHANGE]);
  assert.equal(sent[1][1].version, 9);
  assert.deepEqual(seen.taken, [10]);
});

test("when rows only came or went the move is repeated by itself", async () => {
  const { sender, sent, seen } = aDesk(changed(9, []), { version: 10 });

  await sender.act("move", MOVE, 7);

  assert.equal(sent[1][1].version, 9);
  assert.deepEqual(seen.conflicts, []);
  assert.deepEqual(seen.taken, [10]);
});

test("a list that changes all the time is not fought for ever", async () => {
  const { sender, sent, seen } = aDesk(changed(9, []), changed(10, []), changed(11, []));

  await sender.act("move", MOVE, 7);

  assert.equal(sent.length, 3);
  assert.equal(seen.conflicts.length, 1);
});

test("another refusal ends the move, and the next one is sent all the same", async () => {
  const frozen = new Refusal(409, "frozen", {}, "It keeps its place.");
  const { sender, seen } = aDesk(frozen, { version: 8 });

  await sender.act("move", MOVE, 7);
  await sender.act("move", MOVE, 7);

  assert.deepEqual(seen.failed, [frozen]);
  assert.deepEqual(seen.taken, [8]);
});

test("the address of a list keeps odd names whole", () => {
  assert.equal(listApi("MILL 1"), "/desk/api/lists/MILL%201");
});
