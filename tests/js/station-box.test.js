/** How the box of a station is, as the desk says it. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { boxWords } from "../../static/js/desk/station-box.js";
import { setZone } from "../../static/js/desk/when.js";

const WELL = {
  at: "2026-11-02T12:00:00Z",
  unsent: 0,
  oldest_at: null,
  devices: [{ name: "/dev/scanner", listens: true }],
  version: "1.0",
  clock_ahead_s: 2,
  clock_unsure_s: 0.1,
};

/** @param {object} differs */
const words = (differs) => boxWords({ ...WELL, ...differs }).map((said) => said.words);

beforeEach(() => setZone("UTC", { now: () => Date.parse("2026-11-02T12:00:00Z") }));

test("a box that is well says one quiet thing", () => {
  assert.deepEqual(boxWords(WELL), [{ words: "All sent", tone: "ok", icon: "live" }]);
});

test("unsent scans are counted with the age of the oldest", () => {
  const said = words({ unsent: 7, oldest_at: "2026-11-02T10:42:00Z" });
  assert.equal(said.length, 1);
  assert.match(said[0], /^7 unsent, the oldest of 10:42/);
});

test("every scanner that is not listened to is named, before all else", () => {
  const devices = [
    { name: "usb:05e0:1701", listens: false },
    { name: "/dev/b", listens: true },
  ];
  const said = words({ devices, unsent: 1, oldest_at: "2026-11-02T10:42:00Z" });
  assert.equal(said[0], "Scanner not listening: usb:05e0:1701");
  assert.equal(said.length, 2);
});

test("a clock is told of when it is surely more than a minute off", () => {
  assert.deepEqual(words({ clock_ahead_s: 61 }), ["Clock 1 min ahead"]);
  assert.deepEqual(words({ clock_ahead_s: -1_209_600 }), ["Clock 20160 min behind"]);
  assert.deepEqual(words({ clock_ahead_s: 61, clock_unsure_s: 5 }), ["All sent"]);
});
