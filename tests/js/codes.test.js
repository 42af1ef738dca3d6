import assert from "node:assert/strict";
import test from "node:test";

import { read, typed } from "../../static/js/station/codes.js";

const kinds = (texts, how = read) => texts.map((text) => how(text).kind);

test("a badge says whose it is, however the scanner wraps it", () => {
  for (const text of ["1H4101", "]C01H4101", "1h4101", "\x021H4101\x03", " 1H4101\r\n"]) {
    assert.deepEqual(read(text), { kind: "badge", badge: "4101" });
  }
  assert.deepEqual(read("3H900"), { kind: "badge", badge: "900" });
});

test("an operation without a sheet says which one it is", () => {
  assert.deepEqual(read("3WWO100245+10"), { kind: "operation", operation: "WO100245/010" });
  assert.deepEqual(read("3wa+b+010").kind, "refused");
});

test("what may be ours is left to the server", () => {
  const envelope = "[)>\x1e06\x1dWWO1\x1d10W0000001\x1dQ5\x1e\x04";
  const texts = [envelope, "[)>garbage", "0000001017", "10W0000001", "10SLATHE-2", "4WPAUSE", "WO1"];

  assert.deepEqual(new Set(kinds(texts)), new Set(["other"]));
});

test("what is surely none of ours is refused here, for the reason that the server has", () => {
  const reasons = (text) => [read(text).code, read(text).reason];

  assert.deepEqual(reasons("4006381333931"), ["unknown-code", "not-ours"]);
  assert.deepEqual(reasons("]E04006381333931"), ["unknown-code", "supplier-code"]);
  assert.deepEqual(reasons("größe"), ["unknown-code", "not-ascii"]);
  assert.deepEqual(reasons("0000001010"), ["unreadable", "check-digit"]);
  assert.deepEqual(reasons("1H12"), ["unreadable", "malformed"]);
  assert.deepEqual(reasons("1H\x1d4101"), ["unreadable", "control-characters"]);
  assert.deepEqual(reasons(" \r"), ["unreadable", "empty"]);
  assert.deepEqual(reasons("x".repeat(257)), ["unreadable", "too-long"]);
});

test("a number that somebody types is never refused here", () => {
  assert.deepEqual(typed("4101"), { kind: "badge", badge: "4101" });
  assert.deepEqual(typed("wo1 / 020"), { kind: "operation", operation: "WO1/020" });
  assert.deepEqual(typed("WO1-020"), { kind: "operation", operation: "WO1/020" });
  assert.deepEqual(kinds(["0000001017", "hello", "???", "A/1", "00000 01017"], typed), Array(5).fill("other"));
});
