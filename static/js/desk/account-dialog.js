/** The dialog of an account: a new one, or a change of its name, role or password. */

import { html } from "htm/preact";
import { t } from "../shared/text.js";
import { post } from "./api.js";
import { Dialog } from "./dialog.js";
import { useForm } from "./form.js";
import { frame } from "./page.js";

/** @typedef {import("./types.js").Account} Account */

/**
 * @param {object} props
 * @param {Account | null} props.account
 * @param {() => void} props.onClose
 * @param {() => void} props.onDone
 */
export function AccountDialog({ account, onClose, onDone }) {
  const initial = {
    name: account?.name ?? "",
    display_name: account?.display_name ?? "",
    role: account?.role ?? "dispatcher",
    password: "",
  };
  const form = useForm(initial, async ({ name, ...values }) => {
    if (account) {
      const address = `/desk/api/accounts/${encodeURIComponent(name)}`;
      await post(address, { ...values, active: account.active });
    } else {
      await post("/desk/api/accounts", { ...values, name });
    }
    onDone();
    onClose();
  });
  const { name, password } = form.values;
  return html`<${Dialog}
    size="small"
    title=${account ? t("Change %(name)s", { name: account.name }) : t("Add an account")}
    action=${account ? t("Save") : t("Add")}
    busy=${form.busy}
    ready=${name.trim() !== "" && (account !== null || password !== "")}
    onClose=${onClose}
    onSubmit=${form.submit}
  >
    ${account === null && html`<${NameField} form=${form} />`}
    <label class="field">
      <span>${t("Name, as others see it")}</span>
      <input maxlength="60" autocomplete="off" ...${form.field("display_name")} />
    </label>
    <label class="field">
      <span>${t("Role")}</span>
      <select disabled=${name === frame.account.name} ...${form.field("role")}>
        <option value="dispatcher">${t("Dispatcher")}</option>
        <option value="administrator">${t("Administrator: stations and accounts, too")}</option>
      </select>
    </label>
    <label class="field">
      <span>${account ? t("New password") : t("Password")}</span>
      <input type="password" autocomplete="new-password" maxlength="200" ...${form.field("password")} />
      <small>
        ${account ? t("Leave it empty to keep the password.") : t("At least 10 characters.")}
      </small>
    </label>
    <p class="fault" role="alert">${form.fault}</p>
  <//>`;
}

/** @param {{form: any}} props */
function NameField({ form }) {
  return html`<label class="field">
    <span>${t("Sign-in name")}</span>
    <input
      autofocus
      maxlength="32"
      autocapitalize="none"
      autocomplete="off"
      spellcheck=${false}
      ...${form.field("name")}
    />
    <small>${t("Small letters, digits, dots and dashes; begins with a letter.")}</small>
  </label>`;
}
