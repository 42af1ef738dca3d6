/** Print jobs on their way to PDF, followed live. */

import { useEffect, useState } from "preact/hooks";
import { get } from "./api.js";
import { useLive } from "./fresh.js";

/** @typedef {import("./types.js").PrintJob} PrintJob */

const DONE = new Set(["ready", "failed"]);
const MOST = 40;

/** @param {number} job */
export function paperAddress(job) {
  return `/desk/print/${job}.pdf`;
}

/**
 * Return the states of print jobs by number, as they become ready.
 * @param {number[]} jobs
 * @returns {Record<number, string>}
 */
export function useJobStates(jobs) {
  const [states, setStates] = useState(/** @type {Record<number, string>} */ ({}));
  /** @param {{job: number, state: string}} told */
  const note = ({ job, state }) => setStates((before) => ({ ...before, [job]: state }));
  useLive("print", note);
  const key = jobs.join();
  useEffect(() => {
    // What became ready before this screen listened is asked for once.
    askFor(key === "" ? [] : key.split(","), (told) =>
      setStates((before) =>
        DONE.has(before[told.job]) ? before : { ...before, [told.job]: told.state },
      ),
    );
  }, [key]);
  return states;
}

/**
 * @param {string[]} jobs
 * @param {(told: {job: number, state: string}) => void} note
 */
async function askFor(jobs, note) {
  for (const job of jobs.slice(0, MOST)) {
    const answer = await get(`/desk/api/print/${job}`).catch(() => null);
    if (answer) {
      note({ job: Number(job), state: answer.state });
    }
  }
}
