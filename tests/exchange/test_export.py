"""The analyst's file says what the plant says, and is sound."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from server.domain.events import (
    Before,
    Entry,
    OperationStarted,
    OrderPlanned,
    OrderReleased,
    QuantityReported,
    ScanRefused,
    WorkCenterKept,
)
from server.domain.names import (
    AccountName,
    BadgeNumber,
    OperationId,
    OrderNumber,
    WorkCenterName,
)
from server.domain.operations import OperationState, Quantities, RoutingStep
from server.domain.orders import Plan
from server.domain.plant import Actor, WorkCenter
from server.exchange.export import Exported, export_plant
from server.exchange.export_schema import TABLES, VIEWS
from server.services.ports import Books
from tests.conftest import AnyStore
from tests.fakes.memory_inquiries import MemoryInquiries
from tests.fakes.memory_state import MemoryState

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
LATHE, MILL, LASER = (WorkCenterName(name) for name in ("LATHE-1", "MILL-1", "LASER-9"))
BADGE = BadgeNumber("4711")
DISPATCHER = Actor(account=AccountName("ada"))
FIRST = Plan(
    number=OrderNumber("WO1"),
    part="SHAFT-20",
    revision="C",
    description="Welle für Prüfstand",
    quantity=40,
    due=date(2026, 3, 30),
    planned_release=date(2026, 3, 20),
    hot=True,
    routing=(
        RoutingStep(10, LATHE, "Turn", (MILL,), setup_minutes=30, run_minutes=1.5),
        RoutingStep(20, LASER, "Mark", run_minutes=0.5),
    ),
)
SECOND = replace(FIRST, number=OrderNumber("WO2"), description="Flange", hot=False)
TURNING = OperationId(FIRST.number, 10)
AS_IT_WAS = Before(OperationState.READY, (), Quantities(), LATHE, None, None)


def a_day_at_the_plant(books: Books) -> None:
    for name in (LATHE, MILL):
        books.record(WorkCenterKept(WorkCenter(name, department="Cutting")), DISPATCHER, NOON)
    for plan in (FIRST, SECOND):
        books.record(OrderPlanned(plan), DISPATCHER, NOON)
    books.record(OrderReleased(FIRST.number), DISPATCHER, NOON)
    books.record(OperationStarted(TURNING, BADGE, LATHE, AS_IT_WAS), DISPATCHER, NOON)
    pieces = Quantities(good=12, scrap=1)
    running = replace(AS_IT_WAS, state=OperationState.RUNNING, crew=(BADGE,), started_at=NOON)
    report = QuantityReported(TURNING, BADGE, pieces, completes=False, before=running)
    books.record(report, DISPATCHER, NOON, "confirmation-1")
    nowhere = OperationId(OrderNumber("WO9"), 10)
    books.record(ScanRefused("WO9/010", "unknown-order", nowhere), DISPATCHER, NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plant.sqlite"


Export = Callable[[], Exported]


@pytest.fixture
def export(store: AnyStore, path: Path) -> Export:
    store.write(a_day_at_the_plant)
    return lambda: store.read(lambda inquiries: export_plant(inquiries, path, NOON))


@pytest.fixture
def exported(export: Export, path: Path) -> Iterator[Database]:
    export()
    with closing(Database(path)) as database:
        yield database


def test_an_export_says_what_it_contains(export: Export) -> None:
    assert export() == Exported(revision=8, orders=2, operations=4, entries=8)


def test_orders_and_operations_are_there_as_they_stand(exported: Database) -> None:
    order = exported.table("orders").get("WO1")
    operation = exported.table("operations").get("WO1/010")

    assert (order["state"], order["due"], order["hot"]) == ("running", "2026-03-30", 1)
    assert (operation["state"], operation["good"], operation["scrap"]) == ("running", 12, 1)
    assert operation["started_at"] == "2026-03-31T12:00:00.000+00:00"
    assert json.loads(operation["alternates"]) == ["MILL-1"]


def test_the_journal_is_complete_and_in_order(exported: Database) -> None:
    entries = list(exported.table("journal").rows)

    assert [entry["rev"] for entry in entries] == list(range(1, 9))
    assert entries[6]["event"] == "QuantityReported"
    assert entries[6]["entry_id"] == "confirmation-1"
    assert json.loads(entries[6]["details"])["quantities"]["good"] == 12
    assert (entries[7]["order_number"], entries[7]["operation"]) == (None, "WO9/010")


def test_dispatch_lists_refer_to_their_operations(exported: Database) -> None:
    places = [(r["work_center"], r["place"], r["operation"]) for r in
              exported.table("dispatch_lists").rows]  # fmt: skip

    assert ("LATHE-1", 1, "WO1/010") in places


def test_a_work_center_that_only_a_routing_names_is_marked(exported: Database) -> None:
    assert exported.table("work_centers").get("LASER-9")["is_set_up"] == 0
    assert exported.table("work_centers").get("LATHE-1")["is_set_up"] == 1


def test_nothing_refers_to_what_is_not_there(exported: Database) -> None:
    assert list(exported.query("pragma foreign_key_check")) == []
    assert next(exported.query("pragma integrity_check"))["integrity_check"] == "ok"


def test_tables_are_strict_with_keys_references_and_indexes(exported: Database) -> None:
    for expected in TABLES:
        table = exported.table(expected.name)
        keys = [expected.key] if isinstance(expected.key, str) else list(expected.key)
        references = {(f.column, f.other_table, f.other_column) for f in table.foreign_keys}
        indexes = {tuple(index.columns) for index in table.indexes}

        assert table.strict
        assert table.pks == keys
        assert references == set(expected.references)
        assert set(expected.indexes) <= indexes


@pytest.mark.parametrize("words", ["prüfstand", "SHAFT", "wo1", "Prüf*"])
def test_orders_are_found_by_their_words(exported: Database, words: str) -> None:
    found = exported.table("orders").search(words)

    assert "WO1" in {order["number"] for order in found}


def test_views_answer_the_first_questions(exported: Database) -> None:
    (late, next_one) = exported.query("select * from open_operations")
    (report,) = exported.query("select * from reports")
    progress = {r["order_number"]: r for r in exported.query("select * from order_progress")}

    assert set(exported.view_names()) == set(VIEWS)
    assert (late["operation"], late["remaining"], late["is_late"]) == ("WO1/010", 27, 1)
    assert (next_one["operation"], next_one["remaining"]) == ("WO1/020", 12)
    assert (report["order_number"], report["good"], report["scrap"]) == ("WO1", 12, 1)
    # 30 minutes of setup and 27 times 1.5 left of turning, 40 times 0.5 of marking.
    assert progress["WO1"]["standard_hours_left"] == round((30 + 27 * 1.5 + 40 * 0.5) / 60, 2)
    assert progress["WO2"]["completed"] == 0


def test_a_file_that_is_there_is_kept_unless_told_otherwise(
    store: AnyStore, export: Export, path: Path
) -> None:
    path.write_text("precious")

    with pytest.raises(FileExistsError):
        export()

    assert path.read_text() == "precious"
    store.read(lambda inquiries: export_plant(inquiries, path, NOON, replace=True))
    assert path.read_bytes().startswith(b"SQLite format 3")


class LostInquiries(MemoryInquiries):
    """A store that is gone before the journal has been read."""

    def entries(self, after: int, limit: int) -> tuple[Entry, ...]:
        raise ConnectionError(after, limit)


def test_an_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    inquiries = LostInquiries(MemoryState())

    with pytest.raises(ConnectionError):
        export_plant(inquiries, tmp_path / "plant.sqlite", NOON)

    assert list(tmp_path.iterdir()) == []
