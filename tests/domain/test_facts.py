"""Facts and refusals: what each is about, and that none is mistaken for another."""

from typing import get_args

import pytest

from server.domain import errors
from server.domain.errors import Refusal
from server.domain.events import (
    EVENTS,
    BadgeRead,
    Event,
    ListResequenced,
    OperationPaused,
    OrderFreed,
    OrderHeld,
    OrderPlanned,
    OrderReleased,
    OrderReplanned,
    ScanRefused,
    SheetIssued,
    SheetSuperseded,
    operation_of,
    order_of,
)
from server.domain.floor import before
from server.domain.names import AccountName, Serial, StationName
from server.domain.paper import DocumentKind, Sheet
from server.domain.plant import SYSTEM, Actor
from tests.workshop import ANNA, LATHE, NOON, ORDER, operation_id, order, plan

TRAVELER = Sheet(Serial("1000001"), DocumentKind.TRAVELER, "f", NOON, "dora", ORDER)
LIST_SHEET = Sheet(Serial("1000002"), DocumentKind.DISPATCH_LIST, "f", NOON, "dora")
PAUSED = OperationPaused(operation_id(), ANNA, "tool", before(order().operation(10)))


def refusals(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    """Return every refusal of the domain; the web has some of its own."""
    below = [one for child in kind.__subclasses__() for one in (child, *refusals(child))]
    return [one for one in below if one.__module__ == errors.__name__]


def test_every_kind_of_fact_can_be_stored() -> None:
    assert set(EVENTS) == set(get_args(Event))
    assert len({kind.__name__ for kind in EVENTS}) == len(EVENTS)


@pytest.mark.parametrize(
    ("event", "number"),
    [
        (OrderPlanned(plan()), ORDER),
        (OrderReplanned(plan(), ("due",)), ORDER),
        (OrderReleased(ORDER), ORDER),
        (OrderHeld(ORDER, "crack"), ORDER),
        (OrderFreed(ORDER), ORDER),
        (SheetIssued(TRAVELER), ORDER),
        (SheetIssued(LIST_SHEET), None),
        (SheetSuperseded(Serial("1000001"), "reprint"), None),
        (SheetSuperseded(Serial("1000001"), "reprint", order=ORDER), ORDER),
        (PAUSED, ORDER),
        (ScanRefused("x", "unknown-code"), None),
        (ScanRefused("x", "held", operation_id()), ORDER),
        (BadgeRead(ANNA), None),
        (ListResequenced(LATHE, "hand", (), (), (), 0), None),
    ],
)
def test_a_fact_knows_its_order(event: Event, number: str | None) -> None:
    assert order_of(event) == number


def test_a_fact_knows_its_operation() -> None:
    assert operation_of(PAUSED) == operation_id()
    assert operation_of(BadgeRead(ANNA)) is None
    assert operation_of(ScanRefused("x", "unknown-code")) is None


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [one.code for one in refusals() if one is not errors.FloorRule]

    assert len(set(codes)) == len(codes)
    assert Refusal.code not in codes


def test_every_refusal_is_drawn_at_the_top_of_the_module() -> None:
    assert [one.__name__ for one in refusals() if one.__name__ not in (errors.__doc__ or "")] == []


def test_the_text_of_a_refusal_is_its_code_and_its_details() -> None:
    refusal = errors.UnknownBadge("4199")

    assert str(refusal) == "unknown-badge {'badge': '4199'}"
    assert refusal.details == {"badge": "4199"}


@pytest.mark.parametrize(
    ("refusal", "details"),
    [
        (errors.UnknownCode("X", "not-ours"), {"text": "X", "reason": "not-ours"}),
        (errors.UnreadableCode("X", "empty"), {"text": "X", "reason": "empty"}),
        (errors.NotATraveler("command"), {"what": "command"}),
        (errors.UnknownWorkCenter("PAINT"), {"work_center": "PAINT"}),
        (errors.UnknownStation("KIOSK"), {"station": "KIOSK"}),
        (
            errors.SheetSuperseded(Serial("1000001"), ORDER, None),
            {"serial": "1000001", "order": ORDER, "replaced_by": None},
        ),
        (
            errors.ReleaseChecksFailed(ORDER, ("hold",)),
            {"order": ORDER, "failed": ["hold"]},
        ),
        (errors.AlreadyReleased(ORDER, "running"), {"order": ORDER, "state": "running"}),
        (errors.NothingToUndo(LATHE), {"work_center": LATHE}),
        (errors.ListChanged(3, [{"by": "dora"}]), {"version": 3, "changes": [{"by": "dora"}]}),
        (errors.NotAllowed("release"), {"right": "release"}),
        (errors.NameTaken("dora"), {"name": "dora"}),
        (errors.Invalid([{"field": "name"}]), {"errors": [{"field": "name"}]}),
    ],
)
def test_a_refusal_carries_its_data(refusal: Refusal, details: dict[str, object]) -> None:
    assert refusal.details == details


def test_an_actor_has_the_shortest_name_that_says_who() -> None:
    account, station = AccountName("dora"), StationName("KIOSK")

    assert Actor(account, station, ANNA).name == "dora"
    assert Actor(None, station, ANNA).name == ANNA
    assert Actor(None, station).name == "KIOSK"
    assert SYSTEM.name == "system"
