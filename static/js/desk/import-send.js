/** Sends files of work orders, telling how far they are; fetch cannot tell that. */

import { t } from "../shared/text.js";
import { csrfToken, Refusal } from "./api.js";

const TEXT = /\.(csv|tsv|txt)$/i;

/**
 * Return how many rows there are below the headers, or null when only the server can tell.
 * @param {File[]} files
 */
export async function countRows(files) {
  if (!files.every((file) => TEXT.test(file.name))) {
    return null;
  }
  try {
    const texts = await Promise.all(files.map((file) => file.text()));
    return texts.reduce((rows, text) => rows + Math.max(0, lines(text) - 1), 0);
  } catch {
    // A file that cannot be read is told of when it is sent.
    return null;
  }
}

/** @param {string} text */
function lines(text) {
  return text.split(/\r\n|\n|\r/).filter((line) => line.trim()).length;
}

/**
 * Return the report of an import or its dry run.
 * @param {File[]} files
 * @param {File | null} mapping
 * @param {boolean} dryRun
 * @param {(part: number) => void} onProgress From 0 to 1, when everything is sent.
 * @returns {Promise<import("./types.js").ImportReport>}
 */
export async function send(files, mapping, dryRun, onProgress) {
  const form = new FormData();
  for (const file of files) {
    form.append("files", file);
  }
  if (mapping) {
    form.append("mapping", await mapping.text());
  }
  form.append("dry_run", dryRun ? "true" : "false");
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/desk/api/import");
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.upload.onload = () => onProgress(1);
    request.onload = () => {
      const { status, response } = request;
      status === 200 ? resolve(response) : reject(refused(status, response));
    };
    // A file that was changed on disk after it was chosen fails like a lost connection.
    request.onerror = () => reject(new Refusal(0, "unreachable", {}, lostWords()));
    request.send(form);
  });
}

function lostWords() {
  return t("The files could not be sent. Choose them again if they have changed, and try again.");
}

/**
 * @param {number} status
 * @param {any} answer
 */
function refused(status, answer) {
  const words = answer?.text || t("The server could not do this (error %(status)s).", { status });
  return new Refusal(status, answer?.code ?? "error", answer?.details ?? {}, words);
}
