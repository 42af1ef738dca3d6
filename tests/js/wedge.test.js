import assert from "node:assert/strict";
import test from "node:test";

import { character, GAP_MS, Wedge } from "../../static/js/station/wedge.js";
import { chance } from "./builders.js";

const SHIFTED = ')!@#$%^&*(';
const PLAIN = "-=[]\\;'`,./";
const PLAIN_SHIFTED = '_+{}|:"~<>?';
const CODES = [
  "Minus", "Equal", "BracketLeft", "BracketRight", "Backslash", "Semicolon", "Quote", "Backquote",
  "Comma", "Period", "Slash",
];

const stroke = (changes) => ({
  code: "", key: "", at: 0, shift: false, control: false, meta: false, repeat: false, ...changes,
});

/** Return the stroke with which a US scanner types a character. */
function typing(char, at) {
  const key = char;
  if (/[a-z]/i.test(char)) {
    return stroke({ code: `Key${char.toUpperCase()}`, key, at, shift: char < "a" });
  }
  if (/[0-9]/.test(char)) {
    return stroke({ code: `Digit${char}`, key, at });
  }
  if (char === " ") {
    return stroke({ code: "Space", key, at });
  }
  if (SHIFTED.includes(char)) {
    return stroke({ code: `Digit${SHIFTED.indexOf(char)}`, key, at, shift: true });
  }
  const plain = PLAIN.indexOf(char);
  return plain < 0
    ? stroke({ code: CODES[PLAIN_SHIFTED.indexOf(char)], key, at, shift: true })
    : stroke({ code: CODES[plain], key, at });
}

/** Type a text into a decoder and return the last answer. */
function type(wedge, text, { from = 1000, pace = 8, end = "Enter" } = {}) {
  let at = from;
  const decoded = [...text].map((char) => {
    at += pace;
    return wedge.take(typing(char, at));
  });
  return [...decoded, wedge.take(stroke({ code: end, key: end, at: at + pace }))];
}

const codeOf = (decoded) => decoded.at(-1).code;

test("any printable text comes out as it was typed, at any pace of a scanner", () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const draw = chance(seed);
    const length = 3 + draw(60);
    const text = `X${Array.from({ length }, () => String.fromCharCode(33 + draw(94))).join("")}`;
    const pace = 1 + draw(GAP_MS - 1);

    const code = codeOf(type(new Wedge(), text, { pace, end: draw(2) ? "Enter" : "Tab" }));

    assert.equal(code.text, text, `seed ${seed}`);
  }
});

test("two codes back to back are two codes", () => {
  const wedge = new Wedge();

  const first = codeOf(type(wedge, "1H4711", { from: 0 }));
  const second = codeOf(type(wedge, "3WWO100245+010", { from: 60 }));

  assert.deepEqual([first.text, second.text], ["1H4711", "3WWO100245+010"]);
});

test("CapsLock and layout change nothing: the position of the key counts", () => {
  const french = stroke({ code: "KeyQ", key: "A", shift: false });
  const capsLock = stroke({ code: "KeyW", key: "w", shift: true });

  assert.deepEqual([character(french), character(capsLock)], ["q", "W"]);
});

test("a silence forgets what was not finished", () => {
  const wedge = new Wedge();
  wedge.take(typing("9", 0));
  wedge.take(typing("9", 10));

  const code = codeOf(type(wedge, "4711", { from: 10 + GAP_MS }));

  assert.equal(code.text, "4711");
});

test("Enter alone, or after a key or two, is nobody's code and stays with the page", () => {
  for (const text of ["", "1", "12"]) {
    const decoded = type(new Wedge(), text).at(-1);

    assert.deepEqual(decoded, { swallow: false, begins: false, code: null });
  }
});

test("blanks and the end of a code press no button", () => {
  const decoded = type(new Wedge(), "A 12345 6");

  assert.equal(codeOf(decoded).text, "A 12345 6");
  assert.deepEqual(
    decoded.map(({ swallow }) => swallow),
    [false, true, false, false, false, false, false, true, false, true],
  );
});

test("a key that is held down is read once", () => {
  const wedge = new Wedge();
  wedge.take(typing("4", 0));
  const held = Array.from({ length: 9 }, (_, index) =>
    wedge.take({ ...typing("4", 3 + index), repeat: true }),
  );

  const code = codeOf(type(wedge, "711", { from: 15 }));

  assert.equal(code.text, "4711");
  assert.ok(held.every(({ swallow, code: none }) => swallow && none === null));
});

test("separators typed with Control arrive, but shortcuts of the browser do not", () => {
  const wedge = new Wedge();
  const shortcut = wedge.take(stroke({ code: "KeyD", key: "d", control: true, at: 0 }));
  wedge.take(typing("W", 500));
  const separator = wedge.take(stroke({ code: "BracketRight", key: "]", control: true, at: 505 }));

  const code = codeOf(type(wedge, "Q12", { from: 505 }));

  assert.deepEqual([shortcut.swallow, separator.swallow], [false, true]);
  assert.equal(code.text, "W\x1dQ12");
});

test("a tablet that names no positions is taken at its word", () => {
  const wedge = new Wedge();
  for (const [index, key] of [..."4711"].entries()) {
    wedge.take(stroke({ key, at: index }));
  }

  assert.equal(wedge.take(stroke({ key: "Enter", at: 5 })).code.text, "4711");
});

test("the pace tells a scanner from a person", () => {
  const scanned = codeOf(type(new Wedge(), "WO100245", { pace: 20 }));
  const typed = codeOf(type(new Wedge(), "WO100245", { pace: 90 }));

  assert.deepEqual([scanned.fast, typed.fast], [true, false]);
});

test("noise without an end never grows for ever", () => {
  const wedge = new Wedge();
  const decoded = type(wedge, "7".repeat(5000), { pace: 1 });

  assert.ok(codeOf(decoded) === null || codeOf(decoded).text.length <= 301);
});
