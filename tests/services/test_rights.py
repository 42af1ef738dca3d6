"""Rights: every service that a person uses asks the one table first."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from server.domain.errors import NotAllowed, Refusal
from server.domain.names import AccountName, BadgeNumber, StationName
from server.domain.plant import Account, Operator, Role, WorkCenter
from server.domain.sequence import Rule
from server.services import (
    accounts,
    feed,
    inquire,
    paper,
    planning,
    release,
    report,
    resequence,
    scan,
    setup,
    stations,
)
from server.services.ports import Plant
from server.services.rights import CONSOLE, RIGHTS, Right, require
from tests.services.kiosk import journal
from tests.workshop import ADMINISTRATOR, DISPATCHER, LATHE, ORDER, operation_id

MODULES = (
    *(accounts, feed, inquire, paper, planning, release, report),
    *(resequence, scan, setup, stations),
)
PASSWORD = "correct horse"
NEW = Account(ADMINISTRATOR.name, Role.DISPATCHER)
A, B = operation_id(10), operation_id(20)
Service = Callable[..., Any]

NEEDS: dict[Service, tuple[Right, tuple[Any, ...]]] = {
    accounts.add_account: (Right.ACCOUNTS, (NEW, PASSWORD)),
    accounts.change_account: (Right.ACCOUNTS, (NEW,)),
    accounts.accounts: (Right.ACCOUNTS, ()),
    inquire.loads: (Right.INQUIRE, ()),
    inquire.list_view: (Right.INQUIRE, (LATHE,)),
    inquire.find_orders: (Right.INQUIRE, ("",)),
    inquire.job_view: (Right.INQUIRE, (ORDER,)),
    inquire.flagged: (Right.INQUIRE, ()),
    inquire.print_jobs: (Right.INQUIRE, ()),
    inquire.print_job: (Right.INQUIRE, (1,)),
    inquire.pdf: (Right.PRINT, (1,)),
    inquire.operators: (Right.INQUIRE, ()),
    paper.print_traveler: (Right.PRINT, (ORDER, "coffee")),
    paper.print_dispatch_list: (Right.PRINT, (LATHE,)),
    paper.print_badges: (Right.PRINT, ([],)),
    paper.print_station_labels: (Right.PRINT, ([],)),
    paper.print_try_it: (Right.PRINT, ("",)),
    planning.import_orders: (Right.IMPORT, ([],)),
    release.due_for_release: (Right.INQUIRE, ()),
    release.release: (Right.RELEASE, ([ORDER], "")),
    release.hold: (Right.HOLD, (ORDER, "crack found")),
    release.free: (Right.HOLD, (ORDER,)),
    resequence.move: (Right.SEQUENCE, (LATHE, 1, (A, B))),
    resequence.propose: (Right.SEQUENCE, (LATHE, Rule.EDD)),
    resequence.accept: (Right.SEQUENCE, (LATHE, 1, (Rule.EDD, (A,)))),
    resequence.undo: (Right.SEQUENCE, (LATHE, 1)),
    setup.keep_work_center: (Right.STATIONS, (WorkCenter(LATHE),)),
    setup.keep_operator: (Right.STATIONS, (Operator(BadgeNumber("4103"), "Cem"),)),
    stations.add_station: (Right.STATIONS, ("KIOSK-7", LATHE)),
    stations.enrolment_code: (Right.STATIONS, (StationName(LATHE),)),
    stations.revoke: (Right.STATIONS, (StationName(LATHE),)),
    stations.stations: (Right.INQUIRE, ()),
    stations.boxes: (Right.INQUIRE, ()),
}
"""What each service needs, with arguments that it takes from somebody who may."""

WITHOUT_ACCOUNT: set[Service] = {
    *(accounts.has_accounts, accounts.create_first_account, accounts.sign_in, accounts.account),
    *(accounts.visit, accounts.visitor),
    # Stations act by their token, operators by their badge.
    *(scan.scan, report.report, report.undo, inquire.station_view),
    *(stations.enrol, stations.station_of, stations.note_seen, stations.note_contact),
    *(stations.note_box, feed.cursor, feed.take),
}
"""What nobody signs in for."""


def services(module: ModuleType) -> list[Service]:
    """Return the functions of a module that take the plant: what a screen or command calls."""
    functions = inspect.getmembers(module, inspect.isfunction)
    return [
        function
        for name, function in functions
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "plant" in inspect.signature(function).parameters
    ]


def test_every_service_is_in_the_table_or_needs_no_account() -> None:
    every = {service for module in MODULES for service in services(module)}

    assert every == NEEDS.keys() | WITHOUT_ACCOUNT
    assert all(("by" in inspect.signature(s).parameters) is (s in NEEDS) for s in every)


def refusal_of(service: Service, plant: Plant, by: Account) -> NotAllowed | None:
    """Return the refusal of somebody who may not; other refusals come after that."""
    _, arguments = NEEDS[service]
    try:
        service(plant, by, *arguments)
    except NotAllowed as refusal:
        return refusal
    except Refusal:
        pass
    return None


@pytest.mark.parametrize("service", NEEDS, ids=lambda s: f"{s.__module__}.{s.__name__}")
@pytest.mark.parametrize("role", Role)
def test_a_service_asks_the_table(plant: Plant, service: Service, role: Role) -> None:
    right, _ = NEEDS[service]
    known = len(journal(plant))

    refusal = refusal_of(service, plant, Account(AccountName("eva"), role))

    if right in RIGHTS[role]:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.details == {"right": right}
        assert len(journal(plant)) == known


@pytest.mark.parametrize("service", NEEDS, ids=lambda s: f"{s.__module__}.{s.__name__}")
def test_a_dormant_account_may_do_nothing(plant: Plant, service: Service) -> None:
    _, arguments = NEEDS[service]
    known = len(journal(plant))

    with pytest.raises(NotAllowed):
        service(plant, replace(ADMINISTRATOR, active=False), *arguments)

    assert len(journal(plant)) == known


def test_the_table_says_it_for_every_role() -> None:
    assert set(RIGHTS) == set(Role)
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)
    assert set(Right) - RIGHTS[Role.DISPATCHER] == {Right.STATIONS, Right.ACCOUNTS}


def test_who_may_is_the_actor_of_the_fact() -> None:
    assert require(DISPATCHER, Right.RELEASE).name == "dora"
    assert require(CONSOLE, Right.ACCOUNTS).name == "console"
