"""Accounts of the desk; a password is known by its hash only."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from server.domain.names import AccountName
from server.domain.plant import Account, Role
from server.store.asked import Asked
from server.store.schema import account
from server.store.session import Clause, Record, Statement

_ACCOUNTS = select(account.c.name, account.c.role, account.c.display_name, account.c.active)

ACCOUNT = Statement(_ACCOUNTS.where(account.c.name == bindparam("name")))
ACCOUNTS = Statement(_ACCOUNTS.order_by(account.c.name))
PASSWORD_HASH = Statement(
    select(account.c.password_hash).where(account.c.name == bindparam("name"))
)


def _keep(insert: sqlite.Insert | postgresql.Insert) -> Clause:
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "role": new.role,
            "display_name": new.display_name,
            "active": new.active,
            "password_hash": func.coalesce(new.password_hash, account.c.password_hash),
        },
    )


KEEP_ACCOUNT = Statement(
    {"sqlite": _keep(sqlite.insert(account)), "postgresql": _keep(postgresql.insert(account))}
)


class AccountsAsked(Asked):
    """What can be asked about accounts."""

    def account(self, name: AccountName) -> Account | None:
        """Return an account, if there is one of that name."""
        record = self._session.first(ACCOUNT, name=name)
        return _account_from(record) if record else None

    def accounts(self) -> tuple[Account, ...]:
        """Return every account by name."""
        return tuple(map(_account_from, self._session.all(ACCOUNTS)))

    def password_hash(self, name: AccountName) -> str | None:
        """Return the stored hash of an account's password."""
        stored: str | None = self._session.value(PASSWORD_HASH, name=name)
        return stored


class AccountsKept(AccountsAsked):
    """Accounts within a unit of work."""

    def keep_account(self, account: Account, password_hash: str | None) -> None:
        """Keep an account; without a hash its password stays."""
        self._session.run(
            KEEP_ACCOUNT,
            name=account.name,
            role=account.role.value,
            display_name=account.display_name,
            active=account.active,
            password_hash=password_hash,
        )


def _account_from(record: Record) -> Account:
    name, role, display_name, active = record
    return Account(name, Role(role), display_name, active)
