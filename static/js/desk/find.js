/** The search that is always there: `/` goes to it, an order number leads to its page. */

import { html } from "htm/preact";
import { render } from "preact";
import { t } from "../shared/text.js";
import { get } from "./api.js";
import { whereabouts } from "./order-words.js";
import { orderAddress, State } from "./parts.js";

/** @typedef {import("./types.js").FoundOrder} FoundOrder */

const MOST = 8;
const PAUSE_MS = 150;

/** Tell whether a key press belongs to a field. @param {KeyboardEvent} event */
function isTyping(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return target.matches("input, textarea, select, [contenteditable]");
}

/** Bring the search to life. */
export function startFind() {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById("find"));
  const input = form?.querySelector("input");
  if (!form || !input) {
    return;
  }
  const list = document.createElement("div");
  form.append(list);
  const find = new Find(input, list);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !isTyping(event) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      input.select();
    }
  });
  input.addEventListener("input", () => find.typed());
  input.addEventListener("keydown", (event) => find.pressed(event));
  form.addEventListener("submit", (event) => find.submitted(event));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) {
      find.close();
    }
  });
}

class Find {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} place
   */
  constructor(input, place) {
    this.input = input;
    this.place = place;
    /** @type {FoundOrder[] | null} */
    this.found = null;
    /** @type {Record<string, string>} */
    this.people = {};
    this.at = -1;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.asking = new AbortController();
  }

  typed() {
    clearTimeout(this.timer);
    this.asking.abort();
    if (this.input.value.trim() === "") {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    this.asking = new AbortController();
    const query = encodeURIComponent(this.input.value.trim());
    try {
      const answer = await get(`/desk/api/orders?q=${query}`, this.asking.signal);
      this.found = answer.orders.slice(0, MOST);
      this.people = answer.people;
    } catch {
      this.found = null;
    }
    this.at = -1;
    this.draw();
  }

  close() {
    clearTimeout(this.timer);
    this.asking.abort();
    this.found = null;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const count = this.found?.length ?? 0;
    if (event.key === "Escape") {
      this.close();
      this.input.blur();
    } else if (count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + by + count) % count;
      this.draw();
    }
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const typed = this.input.value.trim().toLowerCase();
    const chosen =
      this.found?.[this.at] ?? this.found?.find((one) => one.order.toLowerCase() === typed);
    if (chosen) {
      event.preventDefault();
      location.assign(orderAddress(chosen.order));
    }
  }

  draw() {
    render(
      this.found && html`<${Found} found=${this.found} at=${this.at} people=${this.people} />`,
      this.place,
    );
  }
}

/** @param {{found: FoundOrder[], at: number, people: Record<string, string>}} props */
function Found({ found, at, people }) {
  if (found.length === 0) {
    return html`<p class="found faint">${t("No order has that number, part or description.")}</p>`;
  }
  return html`<ul class="found" role="listbox">
    ${found.map(
      (one, index) => html`<li key=${one.order} role="option" aria-selected=${index === at}>
        <a href=${orderAddress(one.order)} tabindex="-1">
          <strong>${one.order}</strong>
          <span>${one.part} ${one.revision}</span>
          <${State} state=${one.hold === null ? one.state : "held"} />
          <small class="faint">${whereabouts(one, people)}</small>
        </a>
      </li>`,
    )}
  </ul>`;
}
