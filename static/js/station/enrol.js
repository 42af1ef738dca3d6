/** Makes this device a station: the one-time code from the desk, typed here. */

import { html } from "htm/preact";
import { render } from "preact";
import { useState } from "preact/hooks";
import { refusalWords } from "../shared/refusals.js";
import { loadMessages, t } from "../shared/text.js";
import { Typed } from "./typed.js";

/** @typedef {{station: string, code?: string}} Page */

/**
 * Return why the code was not taken; "" when it was.
 *
 * @param {string} station
 * @param {string} code
 */
async function enrol(station, code) {
  const token = document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? "";
  try {
    const response = await fetch(`/station/${encodeURIComponent(station)}/enrol`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ code }),
    });
    const answer = await response.json();
    return response.ok ? "" : (answer.text ?? refusalWords(answer.code, answer.details));
  } catch {
    return t("The server does not answer. Try again.");
  }
}

/** @param {{page: Page}} props */
function Enrolment({ page }) {
  const [error, setError] = useState("");
  const take = async (/** @type {string} */ code) => {
    const why = await enrol(page.station, code);
    setError(why);
    if (!why) {
      location.reload();
    }
  };
  return html`<div class="enrol"><${Typed} title=${t("Enrol this device as %(station)s", page)}
    hint=${t("One-time code from the desk")} confirm=${t("Enrol")} first=${page.code ?? ""}
    error=${error} take=${take} /></div>`;
}

await loadMessages();
const place = document.getElementById("kiosk");
if (place) {
  place.replaceChildren();
  const page = JSON.parse(document.getElementById("page")?.textContent ?? "{}");
  render(html`<${Enrolment} page=${page} />`, place);
}
