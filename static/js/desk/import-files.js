/** Where files are dropped or chosen. */

import { html } from "htm/preact";
import { useRef, useState } from "preact/hooks";
import { oneDecimal, t } from "../shared/text.js";
import { Close, Icon } from "./parts.js";

const TYPES = ".csv,.txt,.xlsx,.json";

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1_000_000
    ? t("%(size)s kB", { size: Math.max(1, Math.round(bytes / 1000)) })
    : t("%(size)s MB", { size: oneDecimal(bytes / 1_000_000) });
}

/**
 * @param {object} props
 * @param {File[]} props.files
 * @param {File | null} props.mapping
 * @param {boolean} props.busy
 * @param {(files: File[]) => void} props.onFiles
 * @param {(mapping: File | null) => void} props.onMapping
 */
export function Picker({ files, mapping, busy, onFiles, onMapping }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [over, setOver] = useState(false);
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  return html`
    <div
      class="drop"
      role="group"
      aria-label=${t("Files of work orders")}
      data-over=${over ? "" : undefined}
      onDragOver=${(/** @type {DragEvent} */ event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave=${() => setOver(false)}
      onDrop=${drop}
    >
      <${Icon} name="import" />
      <p>
        <strong>${t("Drop files of work orders here")}</strong>${" "}
        <button class="button" type="button" disabled=${busy} onClick=${() => input.current?.click()}>
          ${t("Choose files")}
        </button>
      </p>
      <p class="faint">
        ${t("CSV, Excel (.xlsx) or JSON. The first pass is a dry run: it changes nothing.")}
      </p>
      <input
        ref=${input}
        hidden
        type="file"
        multiple
        accept=${TYPES}
        onChange=${(/** @type {any} */ event) => {
          onFiles([...event.target.files]);
          // A file that was mended is chosen again under the same name.
          event.target.value = "";
        }}
      />
      ${
        files.length > 0 &&
        html`<ul class="files">
          ${files.map(
            (file) => html`<li key=${file.name}>
              <${Icon} name="file" />${file.name} <span class="faint">${size(file.size)}</span>
            </li>`,
          )}
        </ul>`
      }
    </div>
    <${Mapping} mapping=${mapping} busy=${busy} onMapping=${onMapping} />
  `;
}

/**
 * @param {object} props
 * @param {File | null} props.mapping
 * @param {boolean} props.busy
 * @param {(mapping: File | null) => void} props.onMapping
 */
function Mapping({ mapping, busy, onMapping }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  return html`<p class="mapping">
    <span class="faint">${t("Columns with other names?")}</span>
    ${
      mapping
        ? html`<${Icon} name="file" />${mapping.name}<${Close} onClick=${() => onMapping(null)} />`
        : html`<button class="plain" type="button" disabled=${busy} onClick=${() => input.current?.click()}>
            ${t("Choose a mapping file (TOML)")}
          </button>`
    }
    <input
      ref=${input}
      hidden
      type="file"
      accept=".toml,.json"
      onChange=${(/** @type {any} */ event) => {
        onMapping(event.target.files[0] ?? null);
        event.target.value = "";
      }}
    />
  </p>`;
}
