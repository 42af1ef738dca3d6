/** The desk's requests: JSON there and back; a refusal is an error with words for a person. */

import { t } from "../shared/text.js";

/** What the server said no to, or that it could not be asked (`unreachable`). */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {Record<string, any>} details
   * @param {string} text
   */
  constructor(status, code, details, text) {
    super(text);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

function unreachable() {
  const words = t("The server does not answer. Nothing was changed; try again.");
  return new Refusal(0, "unreachable", {}, words);
}

/** @param {Response} response */
async function answerOf(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok) {
    return answer;
  }
  if (response.status === 401) {
    location.assign(`/desk/sign-in?next=${encodeURIComponent(location.pathname)}`);
  }
  const { status } = response;
  const words = answer?.text || t("The server could not do this (error %(status)s).", { status });
  throw new Refusal(status, answer?.code ?? "error", answer?.details ?? {}, words);
}

/**
 * @param {string} address
 * @param {RequestInit} request
 */
async function ask(address, request) {
  const response = await fetch(address, { credentials: "same-origin", ...request }).catch(() => {
    throw unreachable();
  });
  return answerOf(response);
}

/** Return the token that the server wants with every change. */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/**
 * @param {string} address
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function get(address, signal) {
  return ask(address, { headers: { Accept: "application/json" }, signal });
}

/**
 * @param {string} address
 * @param {object | FormData} body
 * @returns {Promise<any>}
 */
export function post(address, body) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (body instanceof FormData) {
    return ask(address, { method: "POST", headers, body });
  }
  const json = { ...headers, "Content-Type": "application/json" };
  return ask(address, { method: "POST", headers: json, body: JSON.stringify(body) });
}
