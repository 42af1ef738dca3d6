"""Accounts: who may sign in, the first one, and not locking oneself out."""

from dataclasses import replace

import pytest

from server.domain.errors import Invalid, NameTaken, NotAllowed, SignInFailed
from server.domain.events import AccountKept
from server.domain.names import AccountName
from server.domain.plant import SYSTEM, Account, Role
from server.services import accounts
from server.services.ports import Books, Plant
from tests.services.kiosk import journal
from tests.workshop import ADMINISTRATOR, DISPATCHER, a_plant

PASSWORD = "correct horse"


@pytest.fixture
def plant() -> Plant:
    """Return a plant whose administrator can sign in."""
    plant = a_plant()
    accounts.create_first_account(plant, ADMINISTRATOR, PASSWORD)
    return plant


def test_a_new_plant_asks_for_its_first_account() -> None:
    plant = a_plant()
    assert not accounts.has_accounts(plant)

    accounts.create_first_account(plant, DISPATCHER, PASSWORD)

    assert accounts.has_accounts(plant)
    assert accounts.sign_in(plant, "dora", PASSWORD).role is Role.ADMINISTRATOR


def test_there_is_one_first_account_only(plant: Plant) -> None:
    with pytest.raises(NotAllowed):
        accounts.create_first_account(plant, DISPATCHER, PASSWORD)

    assert accounts.account(plant, "dora") is None


def test_name_and_password_sign_in(plant: Plant) -> None:
    assert accounts.sign_in(plant, " Adam ", PASSWORD) == ADMINISTRATOR


@pytest.mark.parametrize(
    ("name", "password"),
    [("adam", "wrong horse"), ("adam", ""), ("eva", PASSWORD), ("", ""), ("adam", "x" * 10_000)],
)
def test_anything_else_does_not(plant: Plant, name: str, password: str) -> None:
    with pytest.raises(SignInFailed) as refused:
        accounts.sign_in(plant, name, password)

    assert refused.value.details == {}


def test_a_dormant_account_does_not_sign_in(plant: Plant) -> None:
    accounts.add_account(plant, ADMINISTRATOR, DISPATCHER, PASSWORD)
    accounts.change_account(plant, ADMINISTRATOR, replace(DISPATCHER, active=False))

    with pytest.raises(SignInFailed):
        accounts.sign_in(plant, "dora", PASSWORD)
    assert accounts.account(plant, "dora") is None


def test_an_account_without_a_password_does_not_sign_in(plant: Plant) -> None:
    def work(books: Books) -> None:
        books.keep_account(DISPATCHER, "not a hash")

    plant.change(work)

    with pytest.raises(SignInFailed):
        accounts.sign_in(plant, "dora", "not a hash")


def test_an_account_is_added_once(plant: Plant) -> None:
    accounts.add_account(plant, ADMINISTRATOR, DISPATCHER, PASSWORD)
    assert accounts.accounts(plant, ADMINISTRATOR) == (ADMINISTRATOR, DISPATCHER)

    with pytest.raises(NameTaken) as refused:
        accounts.add_account(plant, ADMINISTRATOR, DISPATCHER, PASSWORD)

    assert refused.value.details == {"name": "dora"}


def test_everything_wrong_with_an_account_is_told_at_once(plant: Plant) -> None:
    bad = Account(AccountName("Dora!"), Role.DISPATCHER)

    with pytest.raises(Invalid) as refused:
        accounts.add_account(plant, ADMINISTRATOR, bad, "short")

    assert refused.value.details["errors"] == [
        {"field": "name", "value": "Dora!", "expected": "account-name"},
        {"field": "password", "value": "", "expected": "length:10-200"},
    ]


@pytest.mark.parametrize("name", ["console", "system"])
def test_nobody_takes_a_name_under_which_floorline_acts(plant: Plant, name: str) -> None:
    namesake = Account(AccountName(name), Role.DISPATCHER)
    errors = [{"field": "name", "value": name, "expected": "not-reserved:console, system"}]

    with pytest.raises(Invalid) as added:
        accounts.add_account(plant, ADMINISTRATOR, namesake, PASSWORD)
    with pytest.raises(Invalid) as first:
        accounts.create_first_account(a_plant(), namesake, PASSWORD)

    assert added.value.details["errors"] == first.value.details["errors"] == errors


def test_an_account_of_a_reserved_name_from_before_can_still_be_changed(plant: Plant) -> None:
    early = Account(AccountName("system"), Role.DISPATCHER)
    plant.change(lambda books: books.keep_account(early, "not a hash"))

    accounts.change_account(plant, ADMINISTRATOR, early, PASSWORD)

    assert accounts.sign_in(plant, "system", PASSWORD) == early


def test_an_account_changes_and_keeps_its_password(plant: Plant) -> None:
    accounts.add_account(plant, ADMINISTRATOR, DISPATCHER, PASSWORD)

    accounts.change_account(plant, ADMINISTRATOR, replace(DISPATCHER, role=Role.ADMINISTRATOR))

    assert accounts.sign_in(plant, "dora", PASSWORD).role is Role.ADMINISTRATOR


def test_a_password_changes_when_a_new_one_is_given(plant: Plant) -> None:
    accounts.change_account(plant, ADMINISTRATOR, ADMINISTRATOR, "battery staple")

    assert accounts.sign_in(plant, "adam", "battery staple") == ADMINISTRATOR
    with pytest.raises(SignInFailed):
        accounts.sign_in(plant, "adam", PASSWORD)


def test_a_new_password_is_long_enough_too(plant: Plant) -> None:
    with pytest.raises(Invalid):
        accounts.change_account(plant, ADMINISTRATOR, ADMINISTRATOR, "short")


def test_only_accounts_that_exist_change(plant: Plant) -> None:
    with pytest.raises(Invalid) as refused:
        accounts.change_account(plant, ADMINISTRATOR, DISPATCHER)

    (error,) = refused.value.details["errors"]
    assert error == {"field": "name", "value": "dora", "expected": "known-account"}


@pytest.mark.parametrize(
    "changed",
    [replace(ADMINISTRATOR, active=False), replace(ADMINISTRATOR, role=Role.DISPATCHER)],
)
def test_administrators_do_not_lock_themselves_out(plant: Plant, changed: Account) -> None:
    with pytest.raises(NotAllowed):
        accounts.change_account(plant, ADMINISTRATOR, changed)

    assert accounts.account(plant, "adam") == ADMINISTRATOR


def test_administrators_may_change_their_own_name(plant: Plant) -> None:
    accounts.change_account(plant, ADMINISTRATOR, replace(ADMINISTRATOR, display_name="Adam A."))

    found = accounts.account(plant, "adam")
    assert found
    assert found.display_name == "Adam A."


def test_accounts_are_facts_and_passwords_are_not(plant: Plant) -> None:
    first = journal(plant)[-1]

    assert first.event == AccountKept(ADMINISTRATOR.name, Role.ADMINISTRATOR)
    assert first.actor == SYSTEM
    assert "argon2" not in repr(journal(plant))
