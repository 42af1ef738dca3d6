/** The connection to the server: questions with a time limit, and facts that are sent until answered. */

import { io } from "socket.io-client";

/** No answer came in time: nobody knows whether the message arrived. */
export class NoAnswer extends Error {}

/** The message never left this screen. */
export class NotSent extends Error {}

const ATTEMPT_MS = 4000;

/** A Socket.IO namespace. */
export class Wire {
  /**
   * @param {string} namespace
   * @param {{path?: string, auth?: Record<string, unknown>}} [options]
   */
  constructor(namespace, options = {}) {
    this.socket = io(namespace, {
      path: options.path ?? "/socket.io",
      auth: options.auth,
      transports: ["websocket", "polling"],
      reconnectionDelay: 200,
      reconnectionDelayMax: 2000,
      timeout: 5000,
      autoConnect: false,
    });
  }

  /** Connect once the listeners stand. */
  open() {
    this.socket.connect();
  }

  get connected() {
    return this.socket.connected;
  }

  /**
   * Call back with every message of that name; `connect`, `disconnect` and `connect_error` too.
   *
   * @param {string} message
   * @param {(payload: any) => void} listener
   */
  on(message, listener) {
    this.socket.on(message, listener);
  }

  /**
   * Return the acknowledgement of a question; raise NotSent or NoAnswer.
   *
   * @param {string} message
   * @param {object} payload
   * @param {number} [limit] Milliseconds.
   * @returns {Promise<any>}
   */
  async ask(message, payload, limit = ATTEMPT_MS) {
    if (!this.socket.connected) {
      throw new NotSent();
    }
    try {
      return await this.socket.timeout(limit).emitWithAck(message, payload);
    } catch {
      throw new NoAnswer();
    }
  }

  /**
   * Return the answer to a fact, repeating it under its own id when the connection comes back.
   *
   * @param {string} message
   * @param {{id: string}} payload
   * @param {number} [limit] Milliseconds in which the answer has to be here; else NotSent or NoAnswer.
   * @returns {Promise<any>}
   */
  async keep(message, payload, limit = 10_000) {
    const end = performance.now() + limit;
    let left = false;
    for (let rest = limit; rest > 0; rest = end - performance.now()) {
      if (!(await this.#connection(rest))) {
        break;
      }
      left = true;
      try {
        const attempt = Math.min(ATTEMPT_MS, Math.max(1, end - performance.now()));
        return await this.ask(message, payload, attempt);
      } catch {
        // The next round repeats it; the server knows it by its id.
      }
    }
    throw left ? new NoAnswer() : new NotSent();
  }

  /**
   * Tell whether there is a connection before the time is over.
   *
   * @param {number} limit
   * @returns {Promise<boolean>}
   */
  #connection(limit) {
    if (this.socket.connected) {
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        this.socket.off("connect", settle);
        resolve(this.socket.connected);
      };
      const timer = setTimeout(settle, limit);
      this.socket.on("connect", settle);
    });
  }
}
