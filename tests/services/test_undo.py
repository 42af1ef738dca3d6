"""Undo: seconds after a report it is as if it had not been, unless something followed."""

import pytest

from server.domain.events import ReportUndone
from server.domain.names import WorkCenterName
from server.domain.operations import Operation, OperationState, Quantities
from server.domain.orders import OrderState
from server.services import release
from server.services.answers import Answer, Verdict
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, operation_of, order_of, planned
from tests.workshop import (
    ANNA,
    BEN,
    BENCH,
    DISPATCHER,
    LATHE,
    MILL,
    ORDER,
    Clock,
    plan,
    routing,
    step,
)

TOO_LATE = (Verdict.REFUSED, "undo-too-late")


@pytest.fixture
def mill(plant: Plant) -> Kiosk:
    """Return the kiosk of the second operation."""
    return Kiosk(plant, MILL)


def ended(answer: Answer) -> tuple[Verdict, str]:
    return answer.verdict, answer.code


def listed(plant: Plant, work_center: WorkCenterName = LATHE) -> list[Operation]:
    """Return the operations on a dispatch list."""
    rows = plant.store.read(lambda books: books.dispatch_list(work_center)).rows
    return [operation_of(plant, r.operation.number, r.operation.order) for r in rows]


@pytest.mark.parametrize("what", ["start", "pause", "join", "leave", "count", "finish", "short"])
def test_every_report_can_be_taken_back(plant: Plant, lathe: Kiosk, what: str) -> None:
    if what != "start":
        lathe.start()
    lathe.badge(BEN if what == "join" else ANNA)
    stood = order_of(plant)
    acts = {
        "start": lambda: lathe.line(10),
        "pause": lambda: lathe.touch("pause", pause_reason="tool"),
        "join": lambda: lathe.touch("join"),
        "leave": lambda: lathe.touch("leave"),
        "count": lambda: lathe.count(4),
        "finish": lambda: lathe.count(10),
        "short": lambda: lathe.count(4, closes_short=True),
    }
    done = acts[what]()
    assert order_of(plant) != stood

    answer = lathe.undo(done)

    assert ended(answer) == (Verdict.OK, "undone")
    assert answer.number == "WO100245 / 010"
    assert order_of(plant) == stood


def test_what_is_taken_back_stays_in_the_journal(plant: Plant, lathe: Kiosk) -> None:
    started = lathe.start()

    lathe.undo(started)

    event = journal(plant)[-1].event
    assert isinstance(event, ReportUndone)
    assert event.undone == started.id


def test_a_finished_operation_taken_back_lets_the_next_wait_again(
    plant: Plant, lathe: Kiosk
) -> None:
    finished = lathe.finish()
    assert operation_of(plant, 20).state is OperationState.READY

    lathe.undo(finished)

    assert operation_of(plant, 20).state is OperationState.WAITING
    assert operation_of(plant, 10) in listed(plant)


def test_a_completed_order_is_reopened(plant: Plant, lathe: Kiosk, mill: Kiosk) -> None:
    lathe.finish(10)
    mill.finish(20)
    bench = Kiosk(plant, BENCH)
    last = bench.finish(30)
    assert order_of(plant).state is OrderState.COMPLETED

    bench.undo(last)

    assert order_of(plant).state is OrderState.RUNNING
    assert listed(plant, BENCH) == [operation_of(plant, 30)]


def test_a_reroute_taken_back_is_at_its_old_place(plant: Plant) -> None:
    bench = Kiosk(plant, BENCH)
    stood = order_of(plant)
    started = bench.start(insists=True)
    assert operation_of(plant) in listed(plant, BENCH)

    bench.undo(started)

    assert order_of(plant) == stood
    assert listed(plant, LATHE) == [operation_of(plant)]


def test_a_reopened_operation_is_done_again(plant: Plant, lathe: Kiosk) -> None:
    lathe.finish()
    stood = order_of(plant)

    lathe.undo(lathe.start(insists=True))

    assert order_of(plant) == stood


def test_after_the_seconds_allowed_it_is_too_late(lathe: Kiosk, clock: Clock) -> None:
    started = lathe.start()
    clock.wait(10.1)

    assert ended(lathe.undo(started)) == TOO_LATE


def test_in_the_last_moment_it_is_not_too_late(lathe: Kiosk, clock: Clock) -> None:
    started = lathe.start()
    clock.wait(10)

    assert lathe.undo(started).code == "undone"


def test_what_was_followed_by_another_report_stays(lathe: Kiosk) -> None:
    started = lathe.start()
    counted = lathe.count(4)

    assert ended(lathe.undo(started)) == TOO_LATE
    assert lathe.undo(counted).code == "undone"


def test_what_was_followed_at_the_next_operation_stays(
    plant: Plant, lathe: Kiosk, mill: Kiosk
) -> None:
    finished = lathe.finish()
    mill.start(20)

    assert ended(lathe.undo(finished)) == TOO_LATE
    assert operation_of(plant, 10).done == Quantities(10)


def test_a_report_is_taken_back_once(lathe: Kiosk) -> None:
    started = lathe.start()
    undone = lathe.undo(started)

    assert ended(lathe.undo(started)) == TOO_LATE
    assert ended(lathe.undo(undone)) == TOO_LATE


def test_only_reports_can_be_taken_back(lathe: Kiosk) -> None:
    assert ended(lathe.undo(lathe.badge())) == TOO_LATE
    assert ended(lathe.undo(lathe.scan("nonsense"))) == TOO_LATE
    assert ended(lathe.undo("no such id")) == TOO_LATE


def test_a_report_is_taken_back_where_it_was_made(lathe: Kiosk, mill: Kiosk) -> None:
    started = lathe.start()

    assert ended(mill.undo(started)) == TOO_LATE


@pytest.mark.parametrize(
    "changed", [{"quantity": 12}, {"routing": (step(10, BENCH), *routing(LATHE, MILL)[1:])}]
)
def test_what_planning_has_changed_meanwhile_stays(
    plant: Plant, lathe: Kiosk, changed: dict[str, object]
) -> None:
    started = lathe.start()
    planned(plant, plan(ORDER, **changed))

    assert ended(lathe.undo(started)) == TOO_LATE


def test_a_hold_is_no_reason_to_keep_a_mistake(plant: Plant, lathe: Kiosk) -> None:
    started = lathe.start()
    release.hold(plant, DISPATCHER, ORDER, "crack found")

    assert lathe.undo(started).code == "undone"
    assert order_of(plant).hold == "crack found"
    assert operation_of(plant).crew != (ANNA,)
