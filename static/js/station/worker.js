/**
 * Opens the kiosk when the server cannot be reached: a service worker, on https and localhost only.
 *
 * It keeps the page and its static files, never an answer. While the server is there everything
 * comes from it, so that nobody sees an old screen. The server puts `shell` before this file.
 */

/** @type {any} */
const worker = self;
/** @type {{version: string, files: string[], messages: string}} */
const { version, files, messages } = worker.shell;

const SHELLS = "floorline-shell-";
const SHELL = `${SHELLS}${version}`;
/** How long the server may take before what is kept is shown. */
const PATIENCE_MS = 3000;

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(files);
  // Without the catalogue the screens speak English.
  await shell.add(messages).catch(() => {});
  await worker.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(SHELLS) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** @param {Request} request */
function isShell({ method, mode, url }) {
  const { origin, pathname } = new URL(url);
  const known = mode === "navigate" || pathname === messages || files.includes(pathname);
  return method === "GET" && origin === worker.location.origin && known;
}

/**
 * Return the server's answer, or raise when it is none or takes too long.
 *
 * @param {Promise<Response>} asked
 * @returns {Promise<Response>}
 */
async function inTime(asked) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  const response = /** @type {Response} */ (await Promise.race([asked, late]));
  if (response.status >= 500) {
    throw new Error("a proxy answers for a server that is away");
  }
  return response;
}

/** @param {Request} request */
async function answer(request) {
  const asked = fetch(request);
  try {
    return await inTime(asked);
  } catch {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    return kept ?? asked;
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  if (isShell(event.request)) {
    event.respondWith(answer(event.request));
  }
});
