"""What every store promises about sheets of paper."""

import pytest

from server.domain.errors import UnknownSheet
from server.domain.events import SheetIssued, SheetSuperseded
from server.domain.names import Serial
from server.domain.paper import DocumentKind
from tests.builders import LATHE, NOON, plan, recording, released, sheet, wo
from tests.conftest import AnyStore


def test_a_sheet_comes_back_as_it_was_issued(store: AnyStore) -> None:
    traveler = sheet(print_number=3, reason="reprint: torn")
    listing = sheet(
        1_000_002, kind=DocumentKind.DISPATCH_LIST, order=None, work_center=LATHE, lines=()
    )
    store.write(released(plan(1)))

    store.write(recording(SheetIssued(traveler), SheetIssued(listing)))

    assert store.read(lambda i: i.sheet(traveler.serial)) == traveler
    assert store.read(lambda i: i.sheet(listing.serial)) == listing


def test_an_unknown_sheet_is_refused(store: AnyStore) -> None:
    with pytest.raises(UnknownSheet):
        store.read(lambda i: i.sheet(Serial("1000001")))


def test_a_superseded_sheet_says_when_why_and_what_to_use(store: AnyStore) -> None:
    store.write(released(plan(1)))
    store.write(recording(SheetIssued(sheet(1_000_001))))
    superseded = SheetSuperseded(Serial("1000001"), "quantity", Serial("1000002"))

    store.write(recording(superseded, SheetIssued(sheet(1_000_002))))

    old = store.read(lambda i: i.sheet(Serial("1000001")))
    assert (old.superseded_at, old.superseded_why, old.replaced_by) == (
        NOON,
        "quantity",
        "1000002",
    )
    assert not old.is_current
    assert store.read(lambda i: i.sheet(Serial("1000002"))).is_current


def test_the_sheets_of_an_order_come_newest_first(store: AnyStore) -> None:
    store.write(released(plan(1), plan(2)))
    issued = [sheet(1_000_000 + at, order) for at, order in [(1, 1), (2, 2), (3, 1)]]
    store.write(recording(*map(SheetIssued, issued)))

    assert store.read(lambda i: i.sheets(wo(1))) == (issued[2], issued[0])
    assert store.read(lambda i: i.sheets(wo(9))) == ()
