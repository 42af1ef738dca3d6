/** A small form: its values, what is wrong with them, and whether it is being sent. */

import { useState } from "preact/hooks";
import { Refusal } from "./api.js";

/**
 * @template {Record<string, string>} T
 * @param {T} initial
 * @param {(values: T) => Promise<void>} send
 */
export function useForm(initial, send) {
  const [values, setValues] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(/** @type {Refusal | null} */ (null));
  const wrong = new Set(
    (refusal?.details.errors ?? []).map((/** @type {{field: string}} */ error) => error.field),
  );
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await send(values);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      setRefusal(error);
      setBusy(false);
    }
  };
  /** @param {keyof T & string} name */
  const field = (name) => ({
    name,
    value: values[name],
    "aria-invalid": wrong.has(name),
    onInput: (/** @type {any} */ event) => setValues({ ...values, [name]: event.target.value }),
  });
  return { values, busy, fault: refusal?.message ?? "", submit, field };
}
