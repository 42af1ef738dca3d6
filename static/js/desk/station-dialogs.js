/** The dialogs of the stations: a new one, and the one-time code that makes a device a station. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { span } from "../shared/clock.js";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { Dialog } from "./dialog.js";
import { useForm } from "./form.js";
import { clock } from "./page.js";
import { Notice } from "./parts.js";

/**
 * @param {object} props
 * @param {string[]} props.workCenters
 * @param {() => void} props.onClose
 * @param {() => void} props.onDone
 */
export function AddStation({ workCenters, onClose, onDone }) {
  const form = useForm({ name: "", work_center: workCenters[0] ?? "" }, async (values) => {
    await post("/desk/api/stations", values);
    onDone();
    onClose();
  });
  return html`<${Dialog}
    size="small"
    title=${t("Add a station")}
    action=${t("Add")}
    busy=${form.busy}
    ready=${form.values.name.trim() !== ""}
    onClose=${onClose}
    onSubmit=${form.submit}
  >
    <label class="field">
      <span>${t("Name")}</span>
      <input autofocus maxlength="20" spellcheck=${false} ...${form.field("name")} />
      <small>${t("Capital letters, digits and dashes, such as LATHE-2; it cannot be changed later.")}</small>
    </label>
    <label class="field">
      <span>${t("Work center")}</span>
      <select ...${form.field("work_center")}>
        ${workCenters.map((name) => html`<option key=${name}>${name}</option>`)}
      </select>
    </label>
    <p class="fault" role="alert">${form.fault}</p>
  <//>`;
}

/** Return the milliseconds until a moment, every second. @param {string | null} until */
function useCountdown(until) {
  const [now, setNow] = useState(clock.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock.now()), 1000);
    return () => clearInterval(ticking);
  }, []);
  return until === null ? 0 : Math.max(0, Date.parse(until) - now);
}

/** Return minutes and seconds. @param {number} left */
function countdown(left) {
  return span(left * 60);
}

/**
 * @param {object} props
 * @param {string} props.station
 * @param {string} props.address
 * @param {() => void} props.onClose
 */
export function EnrolDialog({ station, address, onClose }) {
  const [code, setCode] = useState(/** @type {{code: string, until: string} | null} */ (null));
  const [fault, setFault] = useState("");
  const left = useCountdown(code?.until ?? null);
  const draw = () =>
    post(`/desk/api/stations/${encodeURIComponent(station)}/code`, {})
      .then(setCode)
      .catch((error) => setFault(error.message));
  return html`<${Dialog}
    size="small"
    title=${t("Enrol a device as %(station)s", { station })}
    onClose=${onClose}
  >
    ${
      code === null
        ? html`<p>
            ${t("A one-time code makes the device at this place the station. A code made earlier stops working.")}
          </p>`
        : html`<ol class="enrol">
            <li>
              ${t("On the device, open")}
              <code class="address">${`${address}/station/${encodeURIComponent(station)}`}</code>
            </li>
            <li>
              ${t("Type this code")}
              <output class="code" aria-label=${[...code.code].join(" ")}>
                ${code.code.slice(0, 4)}<span> </span>${code.code.slice(4)}
              </output>
              <small role="timer">
                ${left > 0 ? t("It works once, for another %(left)s minutes.", { left: countdown(left) }) : t("It is too old. Make a new one.")}
              </small>
            </li>
          </ol>`
    }
    ${fault && html`<${Notice} tone="stop" icon="rejected">${fault}<//>`}
    <p>
      <button class="button" data-tone=${code === null || left === 0 ? "main" : undefined} type="button" autofocus onClick=${draw}>
        ${code === null ? t("Make a code") : t("Make a new code")}
      </button>
    </p>
  <//>`;
}
