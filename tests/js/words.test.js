import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { ANSWERS, answerWords, quantityWords } from "../../static/js/shared/answers.js";
import { FLAGS, INSISTS, REFUSALS, refusalWords } from "../../static/js/shared/refusals.js";
import { oneDecimal, t, takeMessages } from "../../static/js/shared/text.js";

/** Return what a pattern captures in a file of the repository. */
function captured(path, pattern) {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

const answer = (changes) => ({
  id: "1",
  verdict: "ok",
  code: "started",
  number: "WO100245 / 010",
  details: {},
  flags: [],
  may_insist: false,
  panel: null,
  undo_until: null,
  operator: null,
  ...changes,
});

test("every refusal of the server has words", () => {
  const codes = captured("server/domain/errors.py", /^ {4}code(?:: ClassVar\[str\])? = "([\w-]+)"/gm);

  assert.ok(codes.length > 30);
  assert.deepEqual(
    codes.filter((code) => !(code in REFUSALS)),
    [],
  );
});

test("every reason for an unknown code has words of its own", () => {
  const source = captured("server/domain/scanned.py", /class Reason\(StrEnum\):([\s\S]*?)\n\n\n/g)[0];
  const reasons = [...source.matchAll(/= "([\w-]+)"/g)].map((match) => match[1]);

  const words = reasons.map((reason) => refusalWords("unreadable", { reason }));

  assert.ok(reasons.length >= 10);
  assert.ok(new Set(words).size >= reasons.length - 1); // Two kinds of damage are told alike.
});

test("every flag and every rule that may be broken has words", () => {
  const rules = captured("server/domain/errors.py", /class \w+\(FloorRule\):[\s\S]*?code = "([\w-]+)"/g);
  const flags = [
    ...captured("server/domain/errors.py", /^ {4}flag = "(\w+)"/gm),
    ...captured("server/domain/judge.py", /^ {4}"(\w+)": "/gm),
  ];

  assert.deepEqual(
    rules.filter((code) => !(code in INSISTS)),
    [],
  );
  assert.deepEqual(
    flags.filter((flag) => !(flag in FLAGS)),
    [],
  );
});

test("every answer of the services has a word and a sentence", () => {
  const codes = [
    ...captured("server/services/scan.py", /(?:accepted|reversible)\(\s*"(\w+)"/g),
    ...captured("server/services/report.py", /(?:accepted|reversible)\(\s*"(\w+)"/g),
    "completed",
    "reported",
    "resumed",
    "started",
  ];

  assert.deepEqual(
    codes.filter((code) => !ANSWERS.includes(code)),
    [],
  );
});

test("a refusal says not taken, why, and what to do", () => {
  const refused = answer({
    verdict: "refused",
    code: "wrong-work-center",
    details: { right: "MILL-1", here: "LATHE-2" },
  });

  assert.deepEqual(answerWords(refused), {
    word: "Not taken",
    sentence: "These parts belong to MILL-1, not to LATHE-2.",
  });
});

test("what is unusual is said, and that the dispatcher learns of it", () => {
  const flagged = answer({
    verdict: "look",
    code: "completed",
    details: { good: 8, scrap: 2, rework: 0, left: 0, next: null },
    flags: ["short"],
  });

  assert.deepEqual(answerWords(flagged), {
    word: "Look: finished",
    sentence:
      "8 good, 2 scrap. That was the last operation. The dispatcher is told: fewer than had arrived.",
  });
});

test("quantities of nothing are no blank", () => {
  assert.equal(quantityWords({ good: 0, scrap: 0, rework: 0 }), "0 good");
  assert.equal(quantityWords({ good: 0, scrap: 3, rework: 0 }), "3 scrap");
});

test("the catalogue translates and keeps the places of values", (context) => {
  context.after(() => takeMessages({ locale: "en", messages: {} }));
  takeMessages({ locale: "de", messages: { "%(good)s good": "%(good)s gut", Started: "" } });

  assert.equal(t("%(good)s good", { good: 7 }), "7 gut");
  assert.equal(t("Started"), "Started");
  assert.equal(t("%(good)s of %(missing)s", { good: 1 }), "1 of %(missing)s");
});

test("a number has the decimal sign of the reader's language", (context) => {
  context.after(() => takeMessages({ locale: "en", messages: {} }));
  takeMessages({ locale: "en", messages: {} });
  const english = oneDecimal(2.25);
  takeMessages({ locale: "de", messages: {} });

  assert.deepEqual([english, oneDecimal(2), oneDecimal(2.25)], ["2.3", "2,0", "2,3"]);
});
