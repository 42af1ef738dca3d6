"""The floor: state is a function of the journal, and what is taken back is as it was."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.errors import UnknownOrder, UnknownSheet
from server.domain.events import (
    AccountKept,
    BadgeRead,
    CrewJoined,
    CrewLeft,
    Entry,
    Event,
    FloorReport,
    ListResequenced,
    OperationPaused,
    OperationStarted,
    OperatorKept,
    OrderPlanned,
    OrderReleased,
    OrderReplanned,
    QuantityReported,
    ReportUndone,
    ScanRefused,
    SheetIssued,
    SheetSuperseded,
    StationEnrolled,
    StationKept,
    StationRevoked,
    TravelerRead,
    WorkCenterKept,
)
from server.domain.floor import MemoryFloor, apply, before, name_of, replay, reported
from server.domain.names import Serial, StationName
from server.domain.operations import Operation, OperationState, Quantities
from server.domain.paper import DocumentKind, Sheet
from server.domain.plant import SYSTEM, Actor, Operator, Role, WorkCenter
from server.domain.rows import Placement
from tests.domain.happenings import happen, happenings
from tests.workshop import (
    ADMINISTRATOR,
    ANNA,
    BEN,
    BENCH,
    LATHE,
    MILL,
    NOON,
    ORDER,
    operation_id,
    order,
    plan,
    routing,
    step,
)

READY, RUNNING = OperationState.READY, OperationState.RUNNING
SUSPENDED, COMPLETED = OperationState.SUSPENDED, OperationState.COMPLETED
LATHE_KIOSK = StationName("LATHE-2")
AT_LATHE = Actor(station=LATHE_KIOSK)
FIRST, SECOND = operation_id(10, "WO1"), operation_id(10, "WO2")
LATER = NOON + timedelta(minutes=5)
SHEET = Sheet(Serial("1000001"), DocumentKind.TRAVELER, "f", NOON, "dora", ORDER)


def journal(*events: Event, actor: Actor = SYSTEM) -> list[Entry]:
    return [Entry(rev, NOON, actor, event) for rev, event in enumerate(events, start=1)]


@settings(max_examples=40)
@given(st.data())
def test_a_replay_gives_the_same_floor(data: st.DataObject) -> None:
    floor = MemoryFloor()
    revs = range(1, data.draw(st.integers(1, 15)))
    entries = [happen(floor, rev, data.draw(happenings(floor))) for rev in revs]

    assert replay(entries) == floor


@settings(max_examples=40)
@given(st.data())
def test_a_replay_may_stop_and_go_on_anywhere(data: st.DataObject) -> None:
    floor = MemoryFloor()
    revs = range(1, data.draw(st.integers(1, 12)))
    entries = [happen(floor, rev, data.draw(happenings(floor))) for rev in revs]
    at = data.draw(st.integers(0, len(entries)))

    resumed = replay(entries[:at])
    for entry in entries[at:]:
        apply(resumed, entry)

    assert resumed == floor


@settings(max_examples=40)
@given(st.data())
def test_every_list_holds_each_open_operation_of_the_floor_once(data: st.DataObject) -> None:
    floor = MemoryFloor()
    for rev in range(1, data.draw(st.integers(1, 12))):
        happen(floor, rev, data.draw(happenings(floor)))

    listed = [one for name in (LATHE, MILL, BENCH) for one in floor.listed(name)]

    on_the_floor = [whole for whole in floor.orders.values() if whole.is_on_the_floor]
    assert sorted(listed) == sorted(
        one.id for whole in on_the_floor for one in whole.operations if one.is_open
    )


stand = st.builds(
    Operation,
    st.just(ORDER),
    st.just(step(alternates=(BENCH,))),
    st.sampled_from(OperationState),
    arrived=st.integers(0, 10),
    done=st.builds(Quantities, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    crew=st.sampled_from([(), (ANNA,), (ANNA, BEN)]),
    started_at=st.sampled_from([None, NOON]),
    completed_at=st.sampled_from([None, NOON]),
)


@given(stand, st.data())
def test_what_is_taken_back_is_exactly_as_it_was(stood: Operation, data: st.DataObject) -> None:
    kept = before(stood)
    badge = data.draw(st.sampled_from([ANNA, BEN]))
    place = data.draw(st.sampled_from([LATHE, MILL, BENCH]))
    pieces = data.draw(st.builds(Quantities, st.integers(0, 9), st.integers(0, 9)))
    reports: list[FloorReport] = [
        OperationStarted(stood.id, badge, place, kept),
        CrewJoined(stood.id, badge, kept),
        CrewLeft(stood.id, badge, kept),
        OperationPaused(stood.id, badge, "tool", kept),
        QuantityReported(stood.id, badge, pieces, data.draw(st.booleans()), kept),
    ]

    after = reported(stood, data.draw(st.sampled_from(reports)), LATER)

    assert reported(after, ReportUndone(stood.id, "an-id", kept), LATER) == stood


READY_OPERATION = order().operation(10)
BEFORE = before(READY_OPERATION)
STARTED = OperationStarted(READY_OPERATION.id, ANNA, LATHE, BEFORE)


def after(*reports: FloorReport, operation: Operation = READY_OPERATION) -> Operation:
    for report in reports:
        operation = reported(operation, report, LATER)
    return operation


def test_a_start_sets_an_operation_running() -> None:
    running = after(STARTED)

    assert (running.state, running.crew, running.started_at) == (RUNNING, (ANNA,), LATER)


def test_a_second_start_keeps_when_it_first_started_and_nobody_twice() -> None:
    running = after(STARTED, operation=replace(READY_OPERATION, started_at=NOON, crew=(ANNA,)))

    assert (running.started_at, running.crew) == (NOON, (ANNA,))


def test_a_start_elsewhere_moves_the_operation_there() -> None:
    running = after(replace(STARTED, work_center=BENCH))

    assert (running.work_center, running.step.alternates) == (BENCH, (LATHE,))


def test_a_finished_operation_that_starts_again_is_finished_no_more() -> None:
    running = after(STARTED, operation=replace(READY_OPERATION, completed_at=NOON))

    assert running.completed_at is None


def test_operators_join_and_leave_a_crew() -> None:
    joined = after(STARTED, CrewJoined(READY_OPERATION.id, BEN, BEFORE))
    left = after(CrewLeft(READY_OPERATION.id, ANNA, BEFORE), operation=joined)
    alone = after(CrewLeft(READY_OPERATION.id, BEN, BEFORE), operation=left)

    assert (joined.crew, joined.state) == ((ANNA, BEN), RUNNING)
    assert (left.crew, left.state) == ((BEN,), RUNNING)
    assert (alone.crew, alone.state) == ((), SUSPENDED)


def test_a_pause_takes_the_whole_crew_off() -> None:
    paused = after(STARTED, OperationPaused(READY_OPERATION.id, ANNA, "tool", BEFORE))

    assert (paused.crew, paused.state) == ((), SUSPENDED)


def test_pieces_are_counted_until_the_operation_is_complete() -> None:
    some = QuantityReported(READY_OPERATION.id, ANNA, Quantities(4), completes=False, before=BEFORE)
    rest = QuantityReported(READY_OPERATION.id, ANNA, Quantities(6), completes=True, before=BEFORE)

    counted = after(STARTED, some)
    completed = after(rest, operation=counted)

    assert (counted.state, counted.done, counted.crew) == (RUNNING, Quantities(4), (ANNA,))
    assert (completed.state, completed.done, completed.crew) == (COMPLETED, Quantities(10), ())
    assert completed.completed_at == LATER


def test_a_report_signs_the_operator_off() -> None:
    floor = replay(journal(OrderPlanned(plan()), OrderReleased(ORDER)))
    apply(floor, Entry(3, NOON, AT_LATHE, BadgeRead(ANNA)))
    assert floor.signed_in == {LATHE_KIOSK: (ANNA, NOON)}

    apply(floor, Entry(4, LATER, AT_LATHE, STARTED))

    assert floor.signed_in == {}


@pytest.mark.parametrize(
    "event", [TravelerRead(operation_id()), ScanRefused("x", "unknown-code", operation_id())]
)
def test_a_scan_that_changes_nothing_leaves_the_operator_signed_in(event: Event) -> None:
    floor = replay(journal(BadgeRead(ANNA), event, actor=AT_LATHE))

    assert floor.signed_in == {LATHE_KIOSK: (ANNA, NOON)}


def test_a_badge_that_was_kept_for_later_signs_nobody_in() -> None:
    kept = BadgeRead(ANNA, signs_in=False)

    assert replay(journal(kept, actor=AT_LATHE)).signed_in == {}


def test_a_badge_read_nowhere_signs_nobody_in() -> None:
    assert replay(journal(BadgeRead(ANNA))) == MemoryFloor()


def test_secrets_and_rights_are_no_part_of_the_floor() -> None:
    kept = AccountKept(ADMINISTRATOR.name, Role.ADMINISTRATOR)
    station = LATHE_KIOSK

    floor = replay(journal(kept, StationEnrolled(station), StationRevoked(station)))

    assert floor == MemoryFloor()


def test_the_plant_is_kept_as_it_was_last_set_up() -> None:
    floor = replay(
        journal(
            WorkCenterKept(WorkCenter(LATHE, frozen=1)),
            WorkCenterKept(WorkCenter(LATHE, frozen=3)),
            OperatorKept(Operator(ANNA, "Anna")),
            OperatorKept(Operator(ANNA, "Anna", active=False)),
            StationKept(StationName("KIOSK"), LATHE),
            StationKept(StationName("KIOSK"), MILL),
        )
    )

    assert floor.work_centers == {LATHE: WorkCenter(LATHE, frozen=3)}
    assert floor.operators == {ANNA: Operator(ANNA, "Anna", active=False)}
    assert floor.stations == {"KIOSK": MILL}


def test_a_superseded_sheet_says_since_when_why_and_by_what() -> None:
    floor = replay(
        journal(SheetIssued(SHEET), SheetSuperseded(SHEET.serial, "reprint", Serial("1000002")))
    )

    sheet = floor.sheet(SHEET.serial)
    assert not sheet.is_current
    assert (sheet.superseded_at, sheet.superseded_why, sheet.replaced_by) == (
        NOON,
        "reprint",
        "1000002",
    )


def released(*numbers: str) -> MemoryFloor:
    plans = [plan(number, routing=routing(LATHE)) for number in numbers]
    events: list[Event] = [OrderPlanned(one) for one in plans]
    return replay(journal(*events, *(OrderReleased(one.number) for one in plans)))


def test_an_operation_joins_its_list_at_the_end() -> None:
    assert released("WO2", "WO1").listed(LATHE) == (
        operation_id(10, "WO2"),
        operation_id(10, "WO1"),
    )


def test_a_resequence_gives_each_operation_its_place_and_the_moved_one_its_placement() -> None:
    floor = released("WO1", "WO2")
    one, two = floor.listed(LATHE)

    happen(floor, 9, ListResequenced(LATHE, "hand", (one, two), (two, one), (two,), 2))

    assert floor.listed(LATHE) == (two, one)
    assert floor.places[two].placed == Placement("system", NOON, "hand")
    assert floor.places[one].placed is None


def test_an_operation_dropped_and_planned_again_joins_at_the_end() -> None:
    floor = released("WO1", "WO2")
    elsewhere = plan("WO1", routing=(step(20, MILL),))

    happen(floor, 8, OrderReplanned(elsewhere, ("routing",)))
    happen(floor, 9, OrderReplanned(plan("WO1", routing=routing(LATHE)), ("routing",)))

    assert floor.listed(LATHE) == (SECOND, FIRST)


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownOrder) as unknown_order:
        MemoryFloor().order(ORDER)
    with pytest.raises(UnknownSheet) as unknown_sheet:
        MemoryFloor().sheet(SHEET.serial)

    assert unknown_order.value.details == {"order": ORDER}
    assert unknown_sheet.value.details == {"serial": "1000001"}


def test_a_fact_is_stored_under_the_name_of_its_class() -> None:
    assert name_of(STARTED) == "OperationStarted"
