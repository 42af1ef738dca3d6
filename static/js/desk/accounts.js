/** Accounts: who may sign in at the desk, and as what. */

import { html } from "htm/preact";
import { useState } from "preact/hooks";
import { t } from "../shared/text.js";
import { AccountDialog } from "./account-dialog.js";
import { get, post } from "./api.js";
import { frame, show } from "./page.js";
import { Mark } from "./parts.js";
import { tellError } from "./tell.js";

/** @typedef {import("./types.js").Account} Account */
/** @typedef {import("./types.js").AccountsPage} AccountsPage */

/** @param {string} role */
function roleWords(role) {
  return role === "administrator" ? t("Administrator") : t("Dispatcher");
}

/** @param {{page: AccountsPage}} props */
function Accounts({ page }) {
  const [accounts, setAccounts] = useState(page.accounts);
  const [editing, setEditing] = useState(/** @type {Account | "new" | null} */ (null));
  const refresh = () =>
    get("/desk/api/accounts")
      .then((answer) => setAccounts(answer.accounts))
      .catch(tellError);
  /** @param {Account} account */
  const toggle = ({ name, role, display_name, active }) =>
    post(`/desk/api/accounts/${encodeURIComponent(name)}`, { role, display_name, active: !active })
      .then(refresh)
      .catch(tellError);
  return html`
    <div class="tools">
      <button class="button" type="button" onClick=${() => setEditing("new")}>
        ${t("Add an account")}
      </button>
    </div>
    <table class="table" data-lines="one">
      <thead>
        <tr>
          <th>${t("Sign-in name")}</th>
          <th>${t("Name")}</th>
          <th>${t("Role")}</th>
          <th class="col-state">${t("State")}</th>
          <th class="tight"></th>
        </tr>
      </thead>
      <tbody>
        ${accounts.map(
          (account) => html`<${AccountRow}
            key=${account.name}
            account=${account}
            onEdit=${() => setEditing(account)}
            onToggle=${() => toggle(account)}
          />`,
        )}
      </tbody>
    </table>
    ${
      editing &&
      html`<${AccountDialog}
        account=${editing === "new" ? null : editing}
        onClose=${() => setEditing(null)}
        onDone=${refresh}
      />`
    }
  `;
}

/** @param {{account: Account, onEdit: () => void, onToggle: () => void}} props */
function AccountRow({ account, onEdit, onToggle }) {
  const isMe = account.name === frame.account.name;
  return html`<tr>
    <td>
      <span class="strong">${account.name}</span>
      ${isMe && html` <span class="faint">${t("(you)")}</span>`}
    </td>
    <td>${account.display_name}</td>
    <td>${roleWords(account.role)}</td>
    <td>
      ${
        account.active
          ? html`<${Mark} tone="ok" icon="passed">${t("Active")}<//>`
          : html`<${Mark} tone="faint" icon="cancelled">${t("Deactivated")}<//>`
      }
    </td>
    <td class="tight">
      <button class="plain" type="button" onClick=${onEdit}>${t("Change")}</button>
      <button class="plain" type="button" disabled=${isMe} onClick=${onToggle}>
        ${account.active ? t("Deactivate") : t("Activate")}
      </button>
    </td>
  </tr>`;
}

show(Accounts);
