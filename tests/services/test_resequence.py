"""Resequence: by hand, by rule, back again, and two dispatchers at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.errors import (
    Frozen,
    ListChanged,
    NothingToUndo,
    NotOnTheList,
    Refusal,
    UnknownWorkCenter,
)
from server.domain.events import ListResequenced, WorkCenterKept
from server.domain.names import OperationId, OrderNumber, WorkCenterName
from server.domain.plant import WorkCenter
from server.domain.rows import DispatchList, Placement
from server.domain.sequence import Rule
from server.services import planning, resequence
from server.services.ports import Plant
from tests.services.kiosk import Kiosk, journal, planned, released, rows
from tests.workshop import (
    ADMINISTRATOR,
    DISPATCHER,
    LATHE,
    NOON,
    ORDER,
    Around,
    a_plant,
    examples,
    operation_id,
    plan,
    record,
)

A, B, C, D = (operation_id(10, number) for number in ("WO1", "WO2", "WO3", "WO4"))


@pytest.fixture
def plant(around: Around) -> Plant:
    """Return a plant with the list A, B, C, D at the lathe, of which A is frozen."""
    plant = a_plant(around)
    for number, quantity in (("WO1", 40), ("WO2", 30), ("WO3", 20), ("WO4", 10)):
        released(plant, number, quantity=quantity)
    return plant


def listed(plant: Plant) -> DispatchList:
    return plant.store.read(lambda books: books.dispatch_list(LATHE))


def order(plant: Plant) -> tuple[OperationId, ...]:
    return tuple(row.operation for row in listed(plant).rows)


def move(plant: Plant, operation: OperationId, before: OperationId | None, version: int = 4) -> int:
    return resequence.move(plant, DISPATCHER, LATHE, version, (operation, before))


# By hand -------------------------------------------------------------------------------------


def test_a_move_gives_the_list_a_new_version(plant: Plant) -> None:
    assert (order(plant), listed(plant).version) == ((A, B, C, D), 4)

    version = move(plant, D, B)

    assert version == listed(plant).version == 5
    assert order(plant) == (A, D, B, C)


def test_a_moved_row_says_by_whom_and_when(plant: Plant) -> None:
    move(plant, D, B)

    placed = {row.operation: row.placed for row in listed(plant).rows}
    assert placed == {A: None, B: None, C: None, D: Placement("dora", NOON, "hand")}


def test_a_move_is_a_fact(plant: Plant) -> None:
    move(plant, D, B)

    assert journal(plant)[-1].event == ListResequenced(
        LATHE, "hand", (A, B, C, D), (A, D, B, C), (D,), 4
    )


def test_screens_are_told_the_new_order_and_what_moved(plant: Plant, around: Around) -> None:
    move(plant, D, B)

    (delta,) = around.announcer.told[-1].lists
    assert (delta.order, delta.moved, delta.version) == ((A, D, B, C), (D,), 5)
    assert delta.placed == Placement("dora", NOON, "hand")


def test_a_move_to_where_it_stands_changes_nothing(plant: Plant) -> None:
    known = len(journal(plant))

    assert move(plant, C, D) == 4
    assert move(plant, D, None) == 4
    assert len(journal(plant)) == known


def test_the_frozen_top_does_not_move(plant: Plant) -> None:
    for operation, before in ((A, None), (D, A)):
        with pytest.raises(Frozen):
            move(plant, operation, before)


def test_a_work_center_may_freeze_more_or_nothing(plant: Plant) -> None:
    record(plant, WorkCenterKept(WorkCenter(LATHE, frozen=3)))
    with pytest.raises(Frozen):
        move(plant, D, C)

    record(plant, WorkCenterKept(WorkCenter(LATHE, frozen=0)))
    move(plant, D, A)

    assert order(plant) == (D, A, B, C)


def test_what_runs_does_not_move_wherever_it_stands(plant: Plant) -> None:
    lathe = Kiosk(plant)
    lathe.badge()
    lathe.line(10, "WO3")

    with pytest.raises(Frozen):
        move(plant, C, None)
    move(plant, D, B)

    assert order(plant) == (A, D, C, B)


def test_what_is_not_on_the_list_cannot_be_moved(plant: Plant) -> None:
    with pytest.raises(NotOnTheList):
        move(plant, operation_id(20, "WO1"), B)


def test_an_unknown_list_cannot_be_resequenced(plant: Plant) -> None:
    with pytest.raises(UnknownWorkCenter):
        resequence.move(plant, DISPATCHER, WorkCenterName("PAINT"), 0, (A, None))


# Two dispatchers -----------------------------------------------------------------------------


def test_the_second_of_two_dispatchers_is_told_what_changed(plant: Plant) -> None:
    move(plant, D, B)

    with pytest.raises(ListChanged) as refused:
        resequence.move(plant, ADMINISTRATOR, LATHE, 4, (C, B))

    assert refused.value.details == {
        "version": 5,
        "changes": [{"by": "dora", "at": NOON.isoformat(), "rule": "hand", "moved": [str(D)]}],
    }
    assert order(plant) == (A, D, B, C)


def test_the_second_can_repeat_on_what_the_list_says_now(plant: Plant) -> None:
    move(plant, D, B)

    version = resequence.move(plant, ADMINISTRATOR, LATHE, 5, (C, B))

    assert version == 6
    assert order(plant) == (A, D, C, B)


def test_all_changes_since_are_told_the_oldest_first(plant: Plant) -> None:
    move(plant, D, B)
    move(plant, C, B, 5)

    with pytest.raises(ListChanged) as refused:
        move(plant, B, C, 4)

    assert [change["moved"] for change in refused.value.details["changes"]] == [[str(D)], [str(C)]]


def test_changes_the_dispatcher_has_seen_are_not_told(plant: Plant) -> None:
    move(plant, D, B)
    move(plant, C, B, 5)

    with pytest.raises(ListChanged) as refused:
        move(plant, B, C, 5)

    assert [change["moved"] for change in refused.value.details["changes"]] == [[str(C)]]


def test_a_list_that_grew_is_another_version_without_a_resequence(plant: Plant) -> None:
    released(plant, "WO5")

    with pytest.raises(ListChanged) as refused:
        move(plant, D, B)

    assert refused.value.details == {"version": 5, "changes": []}


def test_a_start_does_not_change_the_version(plant: Plant) -> None:
    lathe = Kiosk(plant)
    lathe.badge()
    lathe.line(10, "WO1")

    assert move(plant, D, C) == 5


# By rule -------------------------------------------------------------------------------------


def test_a_proposal_changes_nothing(plant: Plant) -> None:
    known = len(journal(plant))

    proposal = resequence.propose(plant, DISPATCHER, LATHE, Rule.SPT)

    assert (proposal.version, proposal.before) == (4, (A, B, C, D))
    assert (proposal.after, proposal.moved) == ((A, D, C, B), (D, C))
    assert len(journal(plant)) == known


@pytest.mark.parametrize("rule", Rule)
def test_an_accepted_proposal_is_the_list(plant: Plant, rule: Rule) -> None:
    proposal = resequence.propose(plant, DISPATCHER, LATHE, rule)

    resequence.accept(plant, DISPATCHER, LATHE, proposal.version, (rule, proposal.after))

    assert order(plant) == proposal.after
    placed = {row.operation: row.placed for row in listed(plant).rows if row.placed}
    assert placed == {one: Placement("dora", NOON, rule) for one in proposal.moved}


def test_a_proposal_on_an_old_version_is_refused(plant: Plant) -> None:
    proposal = resequence.propose(plant, DISPATCHER, LATHE, Rule.SPT)
    move(plant, D, B)

    with pytest.raises(ListChanged):
        resequence.accept(plant, DISPATCHER, LATHE, proposal.version, (Rule.SPT, proposal.after))


def test_hot_orders_go_first_by_every_rule(plant: Plant) -> None:
    planning.import_orders(plant, DISPATCHER, rows(plan("WO4", hot=True)))

    proposal = resequence.propose(plant, DISPATCHER, LATHE, Rule.FCFS)

    assert proposal.after == (A, D, B, C)


def test_the_frozen_top_stays_whatever_the_proposal_says(plant: Plant) -> None:
    resequence.accept(plant, DISPATCHER, LATHE, 4, (Rule.SPT, (D, C, B, A)))

    assert order(plant) == (A, D, C, B)


# Back again ----------------------------------------------------------------------------------


def undo(plant: Plant, version: int) -> int:
    return resequence.undo(plant, DISPATCHER, LATHE, version)


def test_the_last_resequence_is_taken_back(plant: Plant) -> None:
    move(plant, D, B)

    assert undo(plant, 5) == 6

    assert order(plant) == (A, B, C, D)
    event = journal(plant)[-1].event
    assert isinstance(event, ListResequenced)
    assert event.rule == "undo"


def test_an_undo_keeps_what_came_and_went_since(plant: Plant) -> None:
    move(plant, D, B)
    lathe = Kiosk(plant)
    lathe.badge()
    lathe.line(10, "WO1")
    lathe.touch("quantity", operation=A, closes_short=True)
    released(plant, "WO5")

    undo(plant, listed(plant).version)

    # D is at the top now, so it is frozen where it is.
    assert order(plant) == (D, B, C, operation_id(10, "WO5"))


def test_there_is_one_step_back(plant: Plant) -> None:
    move(plant, D, B)
    move(plant, C, D, 5)
    undo(plant, 6)

    with pytest.raises(NothingToUndo):
        undo(plant, 7)

    assert order(plant) == (A, D, B, C)


def test_a_list_nobody_resequenced_has_nothing_to_undo(plant: Plant) -> None:
    with pytest.raises(NothingToUndo) as refused:
        undo(plant, 4)

    assert refused.value.details == {"work_center": LATHE}


def test_an_undo_on_an_old_version_is_refused(plant: Plant) -> None:
    move(plant, D, B)

    with pytest.raises(ListChanged):
        undo(plant, 4)


# Any interleaving ----------------------------------------------------------------------------

attempts = st.lists(
    st.tuples(
        st.sampled_from([DISPATCHER, ADMINISTRATOR]),
        st.sampled_from(["move", "rule", "undo", "look"]),
        st.sampled_from([A, B, C, D]),
        st.sampled_from([A, B, C, D, None]),
        st.sampled_from(Rule),
    ),
    max_size=10,
)


@settings(max_examples=examples(40))
@given(attempts)
def test_any_interleaving_of_two_dispatchers_keeps_the_list_whole(
    said: list[tuple[object, str, OperationId, OperationId | None, Rule]],
) -> None:
    plant = a_plant()
    released(plant, "WO1", "WO2", "WO3", "WO4")
    seen = {DISPATCHER.name: listed(plant).version, ADMINISTRATOR.name: listed(plant).version}

    for who, act, operation, before, rule in said:
        by = DISPATCHER if who is DISPATCHER else ADMINISTRATOR
        version, stood = seen[by.name], order(plant)
        try:
            match act:
                case "move":
                    place = (operation, before)
                    seen[by.name] = resequence.move(plant, by, LATHE, version, place)
                case "rule":
                    proposal = resequence.propose(plant, by, LATHE, rule)
                    wish = (rule, proposal.after)
                    seen[by.name] = resequence.accept(plant, by, LATHE, version, wish)
                case "undo":
                    seen[by.name] = resequence.undo(plant, by, LATHE, version)
                case _:
                    seen[by.name] = listed(plant).version
        except Refusal:
            assert order(plant) == stood

        assert sorted(order(plant)) == [A, B, C, D]
        assert order(plant)[0] == A
    assert ORDER not in {OrderNumber(one.order) for one in order(plant)}
    assert planned(plant).created == ()
