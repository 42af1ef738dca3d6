/** Starts the kiosk: what the page brought along, the wire, the scanner, the finger. */

import { html } from "htm/preact";
import { render } from "preact";
import { Clock } from "../shared/clock.js";
import { loadMessages } from "../shared/text.js";
import { Wire } from "../shared/wire.js";
import { App } from "./app.js";
import { Keyboard } from "./keyboard.js";
import { Outbox } from "./outbox.js";
import { keepPage, persist } from "./shell.js";
import { Sounds } from "./sounds.js";
import { firstState } from "./state.js";
import { Station } from "./station.js";
import { Store } from "./store.js";
import { tabsOf } from "./tabs.js";

const OK_MS = 1500;
/** The page itself is kept once it is there: whoever stands before it comes first. */
const SETTLED_MS = 2000;

/** @typedef {{station: string, zone?: string, ok_ms?: number, px_per_mm?: number}} Page */

/**
 * Hear the scanner, wherever the focus is.
 *
 * @param {Station} station
 */
function hearKeys(station) {
  const keyboard = new Keyboard(({ text, fast }, field) => {
    // A person who types into the dialog ends with Enter as well.
    if (field && !fast) {
      return false;
    }
    station.scan(text);
    return true;
  });
  keyboard.listen(window);
}

/**
 * Feel the finger: the list stays still under it, and it allows sound.
 *
 * @param {Station} station
 * @param {Sounds} sounds
 */
function feelFinger(station, sounds) {
  const { hold } = station.feed;
  const lifted = () => hold.up();
  document.addEventListener("pointerdown", () => {
    hold.down();
    station.touched();
    sounds.arm();
  });
  document.addEventListener("keydown", () => sounds.arm(), { capture: true });
  for (const end of ["pointerup", "pointercancel", "blur"]) {
    window.addEventListener(end, lifted);
  }
  document.addEventListener("contextmenu", (event) => event.preventDefault());
}

/**
 * Tell whether keys reach this page at all.
 *
 * @param {Store} store
 */
function watchFocus(store) {
  const look = () => {
    const listening = document.hasFocus();
    if (listening !== store.state.listening) {
      store.change({ listening });
    }
  };
  for (const change of ["focus", "blur", "visibilitychange"]) {
    window.addEventListener(change, look);
  }
  look();
}

/** @param {Page} page */
async function start(page) {
  await loadMessages();
  const store = new Store(firstState(page.station));
  const sounds = new Sounds((audible) => store.change({ audible }));
  store.change({ audible: sounds.isAudible });
  const wire = new Wire("/station", { auth: { station: page.station } });
  const station = new Station(
    store,
    {
      wire,
      clock: new Clock(),
      sounds,
      // Where nothing can be kept, the screen says so.
      outbox: Outbox.open(page.station).catch(() => null),
      pages: tabsOf(page.station),
    },
    { okMs: page.ok_ms ?? OK_MS },
  );
  const place = document.getElementById("kiosk");
  if (page.px_per_mm) {
    document.documentElement.style.setProperty("--mm", `${page.px_per_mm}px`);
  }
  if (place) {
    place.replaceChildren();
    render(html`<${App} station=${station} zone=${page.zone} />`, place);
  }
  hearKeys(station);
  feelFinger(station, sounds);
  watchFocus(store);
  station.start();
  persist();
  setTimeout(async () => {
    const opens = await keepPage();
    store.change({ kept: { ...store.state.kept, opens } });
  }, SETTLED_MS);
}

start(JSON.parse(document.getElementById("page")?.textContent ?? "{}"));
