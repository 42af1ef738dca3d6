"""Accounts: who may sign in at the desk."""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from server.domain.errors import Invalid, NameTaken, NotAllowed, SignInFailed
from server.domain.events import AccountKept
from server.domain.names import AccountName
from server.domain.plant import SYSTEM, Account, Role
from server.services.ports import Books, Inquiries, Plant
from server.services.rights import CONSOLE, Right, require

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
_NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
RESERVED = (str(CONSOLE.name), SYSTEM.name)
"""Who the journal names when nobody has signed in: no person may be taken for them."""
_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Visit:
    """Who has signed in, and with which password: what a session remembers."""

    name: AccountName
    proof: str
    """A digest of the stored hash, so that a new password ends what began with the old one."""


def has_accounts(plant: Plant) -> bool:
    """Tell whether anybody can sign in at all; the first start asks for the first account."""
    return bool(plant.store.read(lambda books: books.accounts()))


def create_first_account(plant: Plant, account: Account, password: str) -> None:
    """Create the first account, an administrator; raise NotAllowed once there is one."""
    # Strangers may ask for this: hashing, which takes long on purpose, is not for them to start.
    if has_accounts(plant):
        raise NotAllowed(Right.ACCOUNTS)
    hashed = _checked_hash(account, password)
    first = replace(account, role=Role.ADMINISTRATOR)

    def work(books: Books) -> None:
        if books.accounts():
            raise NotAllowed(Right.ACCOUNTS)
        books.keep_account(first, hashed)
        books.record(AccountKept(first.name, first.role), SYSTEM, plant.now())

    plant.change(work)


def add_account(plant: Plant, by: Account, account: Account, password: str) -> None:
    """Create an account."""
    actor = require(by, Right.ACCOUNTS)
    hashed = _checked_hash(account, password)

    def work(books: Books) -> None:
        if books.account(account.name) is not None:
            raise NameTaken(account.name)
        books.keep_account(account, hashed)
        books.record(AccountKept(account.name, account.role), actor, plant.now())

    plant.change(work)


def change_account(plant: Plant, by: Account, account: Account, password: str = "") -> None:
    """Change the role, name or activity of an account; a new password only when one is given."""
    actor = require(by, Right.ACCOUNTS)
    hashed = _checked_hash(account, password, is_new=False) if password else None
    if account.name == by.name and (not account.active or account.role is not by.role):
        raise NotAllowed(Right.ACCOUNTS)

    def work(books: Books) -> None:
        if books.account(account.name) is None:
            raise Invalid([{"field": "name", "value": account.name, "expected": "known-account"}])
        books.keep_account(account, hashed)
        kept = AccountKept(account.name, account.role, account.active)
        books.record(kept, actor, plant.now())

    plant.change(work)


def sign_in(plant: Plant, name: str, password: str) -> Account:
    """Return the account of that name and password; raise SignInFailed for anything else."""
    account_name = AccountName(name.strip().lower())

    def work(books: Inquiries) -> tuple[Account | None, str | None]:
        return books.account(account_name), books.password_hash(account_name)

    account, hashed = plant.store.read(work)
    verified = _verifies(hashed or _nobodys_hash(), password)
    if account is None or not account.active or not verified:
        raise SignInFailed
    return account


def accounts(plant: Plant, by: Account) -> tuple[Account, ...]:
    """Return every account."""
    require(by, Right.ACCOUNTS)
    return plant.store.read(lambda books: books.accounts())


def account(plant: Plant, name: str) -> Account | None:
    """Return an active account by name."""
    found = plant.store.read(lambda books: books.account(AccountName(name)))
    return found if found and found.active else None


def visit(plant: Plant, account: Account) -> Visit:
    """Return what a session remembers of an account that has just signed in."""
    return plant.store.read(lambda books: Visit(account.name, _proof(books, account.name)))


def visitor(plant: Plant, visit: Visit) -> Account | None:
    """Return whom a session belongs to: an active account with the same password as then."""

    def work(books: Inquiries) -> Account | None:
        found = books.account(visit.name)
        is_good = found and found.active and _proof(books, visit.name) == visit.proof
        return found if is_good else None

    return plant.store.read(work)


def _proof(books: Inquiries, name: AccountName) -> str:
    return hashlib.sha256((books.password_hash(name) or "").encode()).hexdigest()


@cache
def _nobodys_hash() -> str:
    """Return what is verified when there is no such account: the answer takes as long either way.

    Made when it is first needed, because making it takes a noticeable time of the start.
    """
    return _hasher.hash("nobody signs in with this")


def _verifies(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _checked_hash(account: Account, password: str, *, is_new: bool = True) -> str:
    """Return the hash of a password; raise Invalid with everything wrong with the form."""
    errors = []
    if is_new and account.name in RESERVED:
        expected = f"not-reserved:{', '.join(RESERVED)}"
        errors.append({"field": "name", "value": account.name, "expected": expected})
    if not _NAME.fullmatch(account.name):
        errors.append({"field": "name", "value": account.name, "expected": "account-name"})
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        expected = f"length:{SHORTEST_PASSWORD}-{LONGEST_PASSWORD}"
        errors.append({"field": "password", "value": "", "expected": expected})
    if errors:
        raise Invalid(errors)
    return _hasher.hash(password)
