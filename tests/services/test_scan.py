"""Scans: a badge signs in, a line starts what is ready and opens what is running."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.events import (
    BadgeRead,
    OperationStarted,
    OperatorKept,
    ScanRefused,
    StationKept,
)
from server.domain.names import BadgeNumber, Serial, StationName
from server.domain.operations import OperationState, Quantities
from server.domain.plant import Operator
from server.domain.symbols import (
    LineNumber,
    form_code,
    line_code,
    operation_envelope,
    order_envelope,
    order_operation,
)
from server.services import paper, release
from server.services.answers import SignedIn, Verdict
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, line_of, operation_of, planned, released, sheets
from tests.workshop import (
    ANNA,
    BEN,
    BENCH,
    DISPATCHER,
    LATHE,
    MILL,
    NOON,
    ORDER,
    Clock,
    a_plant,
    plan,
    record,
    routing,
)

RUNNING, COMPLETED = OperationState.RUNNING, OperationState.COMPLETED
SIXTY_SECONDS = timedelta(seconds=60)


# Badges --------------------------------------------------------------------------------------


def test_a_badge_signs_an_operator_in_for_the_next_action(lathe: Kiosk) -> None:
    answer = lathe.badge()

    assert (answer.verdict, answer.code, answer.details) == (
        Verdict.OK,
        "badge",
        {"name": "Anna"},
    )
    assert answer.operator == SignedIn(ANNA, "Anna", NOON + SIXTY_SECONDS)


def test_a_badge_nobody_has_is_refused(lathe: Kiosk) -> None:
    answer = lathe.badge(BadgeNumber("4999"))

    assert (answer.verdict, answer.code) == (Verdict.REFUSED, "unknown-badge")
    assert answer.number == "4999"


def test_the_badge_of_somebody_who_left_is_refused(plant: Plant, lathe: Kiosk) -> None:
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    assert lathe.badge().code == "unknown-badge"


def test_a_badge_holds_for_its_time_and_not_longer(lathe: Kiosk, clock: Clock) -> None:
    lathe.badge()
    clock.wait(60)
    assert lathe.line().code == "started"

    lathe.badge()
    clock.wait(61)
    assert lathe.line().operator is None


def test_a_badge_holds_for_one_action(lathe: Kiosk, plant: Plant) -> None:
    released(plant, "WO2")
    lathe.start()

    assert lathe.line(10, "WO2").code == "badge-needed"


def test_a_badge_that_was_kept_is_recorded_and_signs_nobody_in(lathe: Kiosk, plant: Plant) -> None:
    answer = lathe.scan(f"1H{ANNA}", late=True)

    assert (answer.code, answer.operator) == ("badge", None)
    assert journal(plant)[-1].event == BadgeRead(ANNA, signs_in=False)
    assert lathe.line().code == "badge-needed"


def test_what_was_kept_is_done_by_the_badge_that_was_read_for_it(
    lathe: Kiosk, plant: Plant, clock: Clock
) -> None:
    lathe.badge(BEN)
    clock.wait(7200)

    answer = lathe.line(operator=ANNA, late=True)

    assert answer.code == "started"
    assert operation_of(plant).crew == (ANNA,)
    assert journal(plant)[-1].actor.badge == ANNA


def test_what_was_kept_without_a_badge_is_not_done_by_whoever_is_signed_in_now(
    lathe: Kiosk,
) -> None:
    lathe.badge()

    assert lathe.line(operator="", late=True).code == "badge-needed"


def test_a_kept_badge_is_judged_when_it_arrives(plant: Plant, lathe: Kiosk) -> None:
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    assert lathe.scan(f"1H{ANNA}", late=True).code == "unknown-badge"
    assert lathe.line(operator=ANNA, late=True).code == "badge-needed"


def test_a_kept_report_is_made_by_the_badge_that_was_read_for_it(
    lathe: Kiosk, plant: Plant
) -> None:
    lathe.start()

    joined = lathe.touch("join", operator=BEN)

    assert joined.code == "joined"
    assert operation_of(plant).crew == (ANNA, BEN)


def test_a_badge_that_becomes_invalid_signs_nobody_in(plant: Plant, lathe: Kiosk) -> None:
    lathe.badge()
    record(plant, OperatorKept(Operator(ANNA, "Anna", active=False)))

    answer = lathe.line()
    refused = lathe.scan("nonsense")

    assert (answer.code, answer.operator) == ("badge-needed", None)
    assert (refused.code, refused.operator) == ("unknown-code", None)


def test_an_old_badge_has_nothing_to_do_with_a_later_scan(
    plant: Plant, lathe: Kiosk, clock: Clock
) -> None:
    lathe.badge()
    clock.wait(600)

    lathe.scan("nonsense")

    assert journal(plant)[-1].actor.badge is None


# Starting ------------------------------------------------------------------------------------


def test_badge_and_traveler_start_a_ready_operation(plant: Plant, lathe: Kiosk) -> None:
    answer = lathe.start()

    assert (answer.verdict, answer.code) == (Verdict.OK, "started")
    assert answer.number == "WO100245 / 010"
    assert answer.details == {"name": "Anna", "part": "P-7001", "remaining": 10}
    assert answer.undo_until == NOON + plant.rules.undo_time
    assert operation_of(plant).state is RUNNING
    assert operation_of(plant).crew == (ANNA,)


def test_a_start_keeps_who_where_and_from_which_sheet(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    entry = journal(plant)[-1]
    assert isinstance(entry.event, OperationStarted)
    assert entry.event.sheet == sheets(plant)[0].serial
    assert (entry.actor.station, entry.actor.badge) == ("LATHE-2", ANNA)


def test_a_traveler_without_a_badge_asks_for_one(plant: Plant, lathe: Kiosk) -> None:
    answer = lathe.line()

    assert (answer.verdict, answer.code) == (Verdict.CALL, "badge-needed")
    assert operation_of(plant).state is OperationState.READY


def test_the_rules_speak_before_the_badge_is_asked_for(plant: Plant) -> None:
    assert Kiosk(plant, BENCH).line().code == "wrong-work-center"


def test_a_suspended_operation_is_resumed(lathe: Kiosk) -> None:
    lathe.start()
    lathe.touch("pause", pause_reason="tool")

    assert lathe.start().code == "resumed"


def test_one_operator_runs_several_operations(plant: Plant, lathe: Kiosk) -> None:
    released(plant, "WO2")
    lathe.start()

    lathe.badge()
    lathe.line(10, "WO2")

    assert operation_of(plant).crew == operation_of(plant, 10, "WO2").crew == (ANNA,)


def test_a_double_read_never_starts_and_finishes(plant: Plant, lathe: Kiosk) -> None:
    lathe.start()

    for _ in range(3):
        assert lathe.line().code == "panel"

    assert operation_of(plant).done == Quantities()


# What a code stands for ----------------------------------------------------------------------


def test_an_envelope_of_an_operation_starts_it(plant: Plant, lathe: Kiosk) -> None:
    lathe.badge()

    answer = lathe.scan(operation_envelope(ORDER, 10, sheets(plant)[0].serial, 10))

    assert (answer.code, answer.flags) == ("started", ())


def test_paper_without_a_sheet_number_is_flagged(plant: Plant, lathe: Kiosk) -> None:
    lathe.badge()

    answer = lathe.scan(order_operation(ORDER, 10))

    assert (answer.verdict, answer.flags) == (Verdict.LOOK, ("uncontrolled_paper",))
    event = journal(plant)[-1].event
    assert isinstance(event, OperationStarted)
    assert event.flags == ("uncontrolled_paper",)


@pytest.mark.parametrize("text", ["WO100245 010", "wo100245/010", "WO100245-010"])
def test_a_number_typed_by_hand_is_not_flagged(lathe: Kiosk, text: str) -> None:
    lathe.badge()

    answer = lathe.scan(text, typed=True)

    assert (answer.verdict, answer.code, answer.flags) == (Verdict.OK, "started", ())


def test_a_typed_order_number_means_its_operation_here(lathe: Kiosk) -> None:
    lathe.badge()

    assert lathe.scan("wo100245", typed=True).number == "WO100245 / 010"


def test_the_head_of_a_traveler_means_the_operation_of_this_work_center(plant: Plant) -> None:
    head = order_envelope(ORDER, sheets(plant)[0].serial, 10)
    Kiosk(plant, LATHE).finish()
    mill = Kiosk(plant, MILL)
    mill.badge()

    answer = mill.scan(head)

    assert (answer.code, answer.number) == ("started", "WO100245 / 020")


@pytest.mark.parametrize(
    ("done", "meant"),
    [((), 10), ((10,), 30), ((10, 20), 30), ((10, 20, 30), 10)],
)
def test_of_several_operations_here_the_one_that_can_be_meant_is_taken(
    done: tuple[int, ...], meant: int
) -> None:
    plant = a_plant()
    released(plant, ORDER, routing=routing(LATHE, MILL, LATHE))
    for number in done:
        Kiosk(plant, MILL if number == 20 else LATHE).finish(number)

    answer = Kiosk(plant, LATHE).scan("WWO100245")

    assert answer.number == f"WO100245 / {meant:03d}"


def test_a_running_operation_is_meant_before_a_ready_one() -> None:
    plant = a_plant()
    released(plant, ORDER, routing=routing(LATHE, LATHE))
    lathe = Kiosk(plant)
    lathe.start()
    lathe.count(4)

    lathe.start(20)
    lathe.touch("pause", 20, pause_reason="tool")

    assert lathe.scan("WWO100245").number == "WO100245 / 010"


@pytest.mark.parametrize(
    ("whole", "code"),
    [({}, "not-released"), ({"routing": routing(MILL)}, "not-a-traveler")],
)
def test_an_order_that_cannot_be_started_here_says_why(
    plant: Plant, lathe: Kiosk, whole: dict[str, object], code: str
) -> None:
    planned(plant, plan("WO2", **whole))

    assert lathe.scan("WO2", typed=True).code == code


def test_a_line_of_a_printed_dispatch_list_starts_work_too(plant: Plant, lathe: Kiosk) -> None:
    job = paper.print_dispatch_list(plant, DISPATCHER, LATHE)
    printed = plant.store.read(lambda books: books.print_job(job))
    assert printed
    (serial,) = printed.document.serials
    lathe.badge()

    answer = lathe.scan(line_code(serial, LineNumber(1)))

    assert (answer.code, answer.number, answer.flags) == ("started", "WO100245 / 010", ())


def test_a_second_traveler_supersedes_the_first(plant: Plant, lathe: Kiosk) -> None:
    old = line_of(plant, 10)
    paper.print_traveler(plant, DISPATCHER, ORDER, "coffee")

    answer = lathe.scan(old, insists=True)

    new, first = sheets(plant)
    assert (answer.verdict, answer.code, answer.may_insist) == (
        Verdict.REFUSED,
        "sheet-superseded",
        False,
    )
    assert answer.details == {
        "serial": first.serial,
        "order": ORDER,
        "replaced_by": new.serial,
    }
    assert answer.number == "WO100245 / 010"


def test_every_code_of_a_superseded_sheet_is_refused(plant: Plant, lathe: Kiosk) -> None:
    serial = sheets(plant)[0].serial
    paper.print_traveler(plant, DISPATCHER, ORDER, "coffee")

    envelopes = (operation_envelope(ORDER, 10, serial, 10), order_envelope(ORDER, serial, 10))

    assert [lathe.scan(text).code for text in envelopes] == ["sheet-superseded"] * 2


def test_a_sheet_of_another_order_is_no_sheet(plant: Plant, lathe: Kiosk) -> None:
    released(plant, "WO2")
    other = sheets(plant, "WO2")[0].serial

    envelopes = (operation_envelope(ORDER, 10, other, 10), order_envelope(ORDER, other, 10))

    assert [lathe.scan(text).code for text in envelopes] == ["unknown-sheet"] * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (line_code(Serial("9999999"), LineNumber(1)), "unknown-sheet"),
        (operation_envelope(ORDER, 10, Serial("9999999"), 10), "unknown-sheet"),
        (order_operation(ORDER, 90), "unknown-operation"),
        ("3WWO9+010", "unknown-order"),
        ("WWO9", "unknown-order"),
        ("10SKIOK", "not-a-traveler"),
        ("4WFINISH", "not-a-traveler"),
        (form_code(Serial("1000001")), "not-a-traveler"),
        ("https://example.com", "unknown-code"),
        ("[)>\x1e06\x1dWWO1", "unreadable"),
        ("1000001018", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_what_starts_no_work_is_refused_and_kept(
    plant: Plant, lathe: Kiosk, text: str, code: str
) -> None:
    answer = lathe.scan(text)

    assert (answer.verdict, answer.code, answer.may_insist) == (Verdict.REFUSED, code, False)
    event = journal(plant)[-1].event
    assert isinstance(event, ScanRefused)
    assert (event.text, event.code, event.details) == (text, code, answer.details)


def test_a_line_that_the_sheet_does_not_have_is_refused(plant: Plant, lathe: Kiosk) -> None:
    answer = lathe.scan(line_code(sheets(plant)[0].serial, LineNumber(99)))

    assert answer.code == "unknown-sheet"


@given(st.text() | st.text("0123456789WQHS+-/[)>\x1d\x1e\x04\x00 \ud800\udfff", max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    kiosk = Kiosk(a_plant())

    for typed in (False, True):
        assert kiosk.scan(text, typed=typed).verdict in {Verdict.REFUSED, Verdict.OK}


# Refusals of a start -------------------------------------------------------------------------


def test_the_floor_may_insist_on_what_it_sees(plant: Plant) -> None:
    bench = Kiosk(plant, BENCH)
    bench.badge()
    refused = bench.line()

    answer = bench.line(insists=True)

    assert (refused.verdict, refused.may_insist) == (Verdict.REFUSED, True)
    assert refused.details == {"right": LATHE, "here": BENCH}
    assert (answer.verdict, answer.code, answer.flags) == (
        Verdict.LOOK,
        "started",
        ("rerouted",),
    )
    assert operation_of(plant).work_center == BENCH


def test_a_refusal_leaves_the_operator_signed_in(plant: Plant) -> None:
    bench = Kiosk(plant, BENCH)
    bench.badge()

    answer = bench.line()

    assert answer.operator == SignedIn(ANNA, "Anna", NOON + SIXTY_SECONDS)


def test_nothing_of_a_held_order_starts(plant: Plant, lathe: Kiosk) -> None:
    release.hold(plant, DISPATCHER, ORDER, "crack found")
    lathe.badge()

    answer = lathe.line(insists=True)

    assert (answer.code, answer.may_insist) == ("held", False)
    assert answer.details == {"order": ORDER, "why": "crack found"}


def test_an_operation_may_be_started_out_of_order(plant: Plant) -> None:
    mill = Kiosk(plant, MILL)
    mill.badge()

    assert mill.line(20).details == {"previous": "010", "work_center": LATHE, "arrived": 0}
    assert mill.line(20, insists=True).flags == ("out_of_order",)


def test_a_finished_operation_may_be_opened_again(plant: Plant, lathe: Kiosk) -> None:
    lathe.finish()
    lathe.badge()

    assert lathe.line().code == "already-done"
    assert lathe.line(insists=True).flags == ("already_done",)
    assert operation_of(plant).is_running


# Stations ------------------------------------------------------------------------------------


def test_a_station_acts_for_the_work_center_it_stands_at(plant: Plant) -> None:
    record(plant, StationKept(StationName("KIOSK-7"), LATHE))

    assert Kiosk(plant, "KIOSK-7").start().code == "started"


def test_a_badge_signs_in_at_one_station_only(plant: Plant, lathe: Kiosk) -> None:
    Kiosk(plant, MILL).badge()

    assert lathe.line().code == "badge-needed"
    assert isinstance(journal(plant)[-2].event, BadgeRead)
