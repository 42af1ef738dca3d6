import assert from "node:assert/strict";
import test from "node:test";

import { NoAnswer, NotSent } from "../../static/js/shared/wire.js";
import { Direct } from "../../static/js/station/direct.js";

/** A wire whose answers a test decides. */
function setUp(answers) {
  const sent = [];
  const clock = { at: 1000 };
  const wire = {
    keep(message, payload, limit) {
      sent.push({ message, ...payload, limit });
      const next = answers.shift() ?? { code: "ok" };
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
    },
  };
  return { direct: new Direct(wire, () => clock.at), sent, clock };
}

test("what was sent and never answered is not called not taken", async () => {
  const { direct } = setUp([new NoAnswer(), new NotSent()]);

  const unsure = await direct.send("scan", { id: "1" });
  const refused = await direct.send("scan", { id: "2" });

  assert.deepEqual([unsure.failure, refused.failure], ["no-answer", "not-sent"]);
});

test("facts go out in their order, and the time they waited counts", async () => {
  const { direct, sent, clock } = setUp([]);

  const first = direct.send("scan", { id: "1" });
  const second = direct.send("scan", { id: "2" });
  clock.at += 4000;
  await Promise.all([first, second]);

  assert.deepEqual(sent.map(({ id, limit }) => [id, limit]), [["1", 6000], ["2", 6000]]);
});
