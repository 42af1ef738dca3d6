"""Reports: pieces, pauses and crews, from the first piece to the last."""

import pytest

from server.domain.events import (
    CrewLeft,
    OperationPaused,
    OperatorKept,
    QuantityReported,
    ScanRefused,
)
from server.domain.operations import OperationState, Quantities
from server.domain.orders import OrderState
from server.domain.plant import Operator
from server.services import release
from server.services.answers import Verdict
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, operation_of, order_of
from tests.workshop import (
    ANNA,
    BEN,
    BENCH,
    DISPATCHER,
    MILL,
    NOON,
    ORDER,
    operation_id,
    record,
)

READY, RUNNING = OperationState.READY, OperationState.RUNNING
SUSPENDED, COMPLETED = OperationState.SUSPENDED, OperationState.COMPLETED


@pytest.fixture
def mill(plant: Plant) -> Kiosk:
    """Return the kiosk of the second operation."""
    return Kiosk(plant, MILL)


def last_report(plant: Plant) -> QuantityReported:
    event = journal(plant)[-1].event
    assert isinstance(event, QuantityReported)
    return event


# Pieces --------------------------------------------------------------------------------------


def test_one_touch_finishes_an_operation_and_sends_the_parts_on(plant: Plant, lathe: Kiosk) -> None:
    answer = lathe.finish(good=10)

    assert (answer.verdict, answer.code) == (Verdict.OK, "completed")
    assert answer.details == {"good": 10, "scrap": 0, "rework": 0, "left": 0, "next": MILL}
    assert answer.undo_until == NOON + plant.rules.undo_time
    assert [o.state for o in order_of(plant).operations] == [
        COMPLETED,
        READY,
        OperationState.WAITING,
    ]


def test_the_last_operation_completes_the_order(plant: Plant, lathe: Kiosk, mill: Kiosk) -> None:
    lathe.finish(10)
    mill.finish(20)

    answer = Kiosk(plant, BENCH).finish(30)

    assert answer.details["next"] is None
    assert order_of(plant).state is OrderState.COMPLETED


def test_some_pieces_keep_it_running_and_start_the_next(
    plant: Plant, lathe: Kiosk, mill: Kiosk
) -> None:
    lathe.start()

    answer = lathe.count(4)

    assert (answer.code, answer.details["left"]) == ("reported", 6)
    assert operation_of(plant, 10).state is RUNNING
    assert (operation_of(plant, 20).state, operation_of(plant, 20).arrived) == (READY, 4)
    assert mill.start(20).code == "started"


def test_pieces_are_added_up(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    lathe.count(4, scrap=1, scrap_reason="surface")

    answer = lathe.count(4, rework=1, rework_reason="deburr")

    assert answer.code == "completed"
    assert operation_of(plant).done == Quantities(8, 1, 1)


def test_scrap_does_not_arrive_at_the_next_operation(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    lathe.count(8, scrap=2, scrap_reason="surface")

    assert operation_of(plant, 20).arrived == 8


@pytest.mark.parametrize(("pieces", "what"), [({"scrap": 1}, "scrap"), ({"rework": 1}, "rework")])
def test_scrap_and_rework_say_why(
    plant: Plant, lathe: Kiosk, pieces: dict[str, int], what: str
) -> None:
    lathe.start()

    answer = lathe.count(4, **pieces)

    assert (answer.code, answer.details) == ("reason-needed", {"what": what})
    assert operation_of(plant).done == Quantities()


def test_the_reasons_are_kept(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    lathe.count(4, scrap=1, rework=2, scrap_reason="surface", rework_reason="deburr")

    report = last_report(plant)

    assert (report.scrap_reason, report.rework_reason) == ("surface", "deburr")


def test_too_many_pieces_are_refused_until_somebody_insists(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    refused = lathe.count(12)

    answer = lathe.count(12, insists=True)

    assert (refused.code, refused.may_insist) == ("too-many", True)
    assert refused.details == {"reported": 12, "arrived": 10}
    assert (answer.verdict, answer.code, answer.flags) == (
        Verdict.LOOK,
        "completed",
        ("over_quantity",),
    )
    assert last_report(plant).flags == ("over_quantity",)


def test_a_short_finish_is_flagged(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    answer = lathe.count(7, closes_short=True)

    assert (answer.code, answer.flags) == ("completed", ("short",))
    assert answer.details["left"] == 3
    assert operation_of(plant, 20).arrived == 7


def test_an_operation_may_be_closed_without_pieces(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    assert lathe.count(0).code == "nothing-reported"

    assert lathe.count(0, closes_short=True).code == "completed"
    assert operation_of(plant).state is COMPLETED


def test_an_operation_that_waits_for_more_is_closed_when_no_more_comes(
    lathe: Kiosk, mill: Kiosk
) -> None:
    lathe.start()
    lathe.count(4)
    mill.start(20)
    assert mill.count(4, 20).code == "reported"
    mill.touch("pause", 20, pause_reason="no material")
    lathe.count(0, closes_short=True)

    resumed = mill.start(20)
    closed = mill.count(0, 20, closes_short=True)

    assert (resumed.code, resumed.flags) == ("resumed", ())
    assert (closed.code, closed.flags) == ("completed", ())


@pytest.mark.parametrize("verb", ["quantity", "pause", "join"])
def test_only_what_runs_can_be_reported_on(plant: Plant, lathe: Kiosk, verb: str) -> None:
    lathe.start()
    lathe.touch("pause", pause_reason="tool")
    lathe.badge(BEN)

    answer = lathe.touch(verb, pieces=Quantities(1), pause_reason="tool")

    assert (answer.code, answer.details["state"]) == ("not-running", "suspended")
    assert isinstance(journal(plant)[-1].event, ScanRefused)


def test_work_on_an_order_held_meanwhile_is_counted_and_flagged(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    release.hold(plant, DISPATCHER, ORDER, "crack found")

    answer = lathe.count(4)

    assert (answer.verdict, answer.code, answer.flags) == (
        Verdict.LOOK,
        "reported",
        ("held_meanwhile",),
    )


def test_a_report_about_nothing_that_exists_is_refused(lathe: Kiosk) -> None:
    assert lathe.count(1, 90).code == "unknown-operation"
    assert lathe.touch("pause", operation=operation_id(10, "WO9")).code == "unknown-order"


# Who reports ---------------------------------------------------------------------------------


def test_an_operator_alone_need_not_scan_the_badge_again(plant: Plant, lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)

    lathe.count(4)

    assert last_report(plant).badge == ANNA


def test_of_two_nobody_is_guessed(plant: Plant, lathe: Kiosk) -> None:
    two_at_work(lathe)

    lathe.count(4)

    assert last_report(plant).badge is None


def test_of_two_the_one_chosen_reports(plant: Plant, lathe: Kiosk) -> None:
    two_at_work(lathe)

    lathe.count(4, badge=BEN)

    assert last_report(plant).badge == BEN


def test_whoever_is_signed_in_reports(plant: Plant, lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)
    lathe.badge(BEN)

    lathe.count(4)

    assert last_report(plant).badge == BEN


def test_somebody_else_cannot_be_chosen(lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)

    answer = lathe.count(4, badge=BEN)

    assert (answer.code, answer.details) == ("not-in-crew", {"badge": BEN})


def test_who_is_signed_in_can_be_chosen_without_being_in_the_crew(
    plant: Plant, lathe: Kiosk
) -> None:
    lathe.start(badge=ANNA)
    lathe.badge(BEN)

    lathe.count(4, badge=BEN)

    assert last_report(plant).badge == BEN


# Pauses and crews ----------------------------------------------------------------------------


def two_at_work(kiosk: Kiosk) -> None:
    """Let Anna start and Ben join."""
    kiosk.start(badge=ANNA)
    kiosk.badge(BEN)
    kiosk.touch("join")


def test_a_pause_has_a_reason(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    assert lathe.touch("pause").code == "reason-needed"
    answer = lathe.touch("pause", pause_reason="tool")

    assert (answer.code, answer.details) == ("paused", {"reason": "tool"})
    assert operation_of(plant).state is SUSPENDED
    event = journal(plant)[-1].event
    assert isinstance(event, OperationPaused)
    assert (event.badge, event.reason) == (ANNA, "tool")


def test_an_operator_joins_after_a_badge_scan(plant: Plant, lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)
    assert lathe.touch("join").code == "badge-needed"
    lathe.badge(BEN)

    answer = lathe.touch("join")

    assert (answer.code, answer.details) == ("joined", {"name": "Ben"})
    assert operation_of(plant).crew == (ANNA, BEN)


def test_nobody_joins_twice(lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)
    lathe.badge(ANNA)

    assert lathe.touch("join").code == "already-in-crew"


def test_one_of_two_leaves_and_the_other_goes_on(plant: Plant, lathe: Kiosk) -> None:
    two_at_work(lathe)

    answer = lathe.touch("leave", badge=ANNA, pause_reason="shift end")

    assert (answer.code, answer.details) == ("left", {"name": "Anna"})
    assert (operation_of(plant).crew, operation_of(plant).state) == ((BEN,), RUNNING)
    event = journal(plant)[-1].event
    assert isinstance(event, CrewLeft)
    assert event.reason == "shift end"


def test_the_one_chosen_leaves_whoever_is_signed_in(plant: Plant, lathe: Kiosk) -> None:
    two_at_work(lathe)
    lathe.badge(ANNA)

    lathe.touch("leave", badge=BEN)

    assert operation_of(plant).crew == (ANNA,)


def test_the_last_to_leave_suspends_the_operation(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    lathe.touch("leave")

    assert operation_of(plant).state is SUSPENDED


def test_of_two_it_must_be_known_who_leaves(lathe: Kiosk) -> None:
    two_at_work(lathe)

    assert lathe.touch("leave").code == "badge-needed"


def test_who_is_not_there_cannot_leave(lathe: Kiosk) -> None:
    lathe.start(badge=ANNA)
    lathe.badge(BEN)

    assert lathe.touch("leave").code == "not-in-crew"


def test_an_operator_who_has_left_the_plant_can_be_taken_off(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    assert lathe.touch("leave").details == {"name": "Anna"}
