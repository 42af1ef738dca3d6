"""Moves: always a permutation, what is fixed keeps its place, and the fewest moves explain it."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.errors import Frozen, NotOnTheList
from server.domain.names import OperationId
from server.domain.sequence import Line, Order, arrange, fixed, move, moved
from tests.workshop import NOON, operation_id

A, B, C, D, E = every = tuple(operation_id(10, f"WO-{letter}") for letter in "ABCDE")
STRANGER = operation_id(10, "WO-X")
Still = frozenset[OperationId]

lists = st.integers(0, 8).map(lambda n: tuple(operation_id(10 * at) for at in range(1, n + 1)))


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Return a list in any order."""
    return tuple(draw(st.permutations(draw(lists))))


@st.composite
def lists_with_fixed(draw: st.DrawFn) -> tuple[Order, Still]:
    """Return a list and what may not move on it."""
    order = draw(orders())
    return order, frozenset(one for one in order if draw(st.booleans()))


def keeps_places(before: Order, after: Order, still: Still) -> bool:
    """Tell whether what is fixed stands exactly where it stood."""
    pairs = zip(before, after, strict=True)
    return all(old == new for old, new in pairs if old in still or new in still)


def test_an_operation_goes_just_before_another() -> None:
    assert move((A, B, C, D), frozenset(), D, B) == (A, D, B, C)
    assert move((A, B, C, D), frozenset(), A, D) == (B, C, A, D)


def test_an_operation_goes_to_the_end() -> None:
    assert move((A, B, C, D), frozenset(), B, None) == (A, C, D, B)


def test_an_operation_before_itself_stays() -> None:
    assert move((A, B, C), frozenset(), B, B) == (A, B, C)


def test_a_move_goes_around_what_is_fixed() -> None:
    assert move((A, B, C, D, E), frozenset({A, C}), E, B) == (A, E, C, B, D)


def test_nothing_fixed_moves_and_nothing_moves_before_it() -> None:
    for operation, before in ((A, C), (A, A), (C, A), (A, None)):
        with pytest.raises(Frozen) as refused:
            move((A, B, C), frozenset({A}), operation, before)
        assert refused.value.details == {"operation": str(A)}


@pytest.mark.parametrize(("operation", "before"), [(STRANGER, A), (A, STRANGER)])
def test_both_ends_of_a_move_must_be_on_the_list(
    operation: OperationId, before: OperationId
) -> None:
    with pytest.raises(NotOnTheList) as refused:
        move((A, B), frozenset(), operation, before)

    assert refused.value.details == {"operation": str(STRANGER)}


@given(lists_with_fixed(), st.data())
def test_any_move_gives_a_permutation_around_what_is_fixed(
    listed: tuple[Order, Still], data: st.DataObject
) -> None:
    order, still = listed
    places = st.sampled_from([*order, STRANGER])
    try:
        after = move(order, still, data.draw(places), data.draw(st.none() | places))
    except (Frozen, NotOnTheList):
        return

    assert sorted(after) == sorted(order)
    assert keeps_places(order, after, still)


@given(orders(), st.data())
def test_a_move_without_anything_fixed_does_what_it_says(order: Order, data: st.DataObject) -> None:
    if len(order) < 2:
        return
    operation, before = data.draw(st.permutations(order))[:2]

    after = move(order, frozenset(), operation, before)

    assert after.index(before) == after.index(operation) + 1
    assert [o for o in after if o != operation] == [o for o in order if o != operation]
    assert len(moved(order, after)) <= 1


@given(lists_with_fixed(), st.data())
def test_any_wish_gives_a_permutation_around_what_is_fixed(
    listed: tuple[Order, Still], data: st.DataObject
) -> None:
    order, still = listed
    wanted = data.draw(st.lists(st.sampled_from([*order, STRANGER, A])))

    after = arrange(order, still, wanted)

    assert sorted(after) == sorted(order)
    assert keeps_places(order, after, still)


@given(lists_with_fixed(), st.data())
def test_what_a_wish_names_comes_in_its_order_and_before_the_rest(
    listed: tuple[Order, Still], data: st.DataObject
) -> None:
    order, still = listed
    wanted = data.draw(st.permutations(order))[: data.draw(st.integers(0, len(order)))]

    free = [o for o in arrange(order, still, wanted) if o not in still]

    named = [o for o in wanted if o not in still]
    assert free == named + [o for o in order if o not in still and o not in named]


def test_a_wish_passes_over_what_has_left_the_list() -> None:
    assert arrange((A, B, C), frozenset({A}), (STRANGER, C, A, C, B)) == (A, C, B)


@given(orders(), st.data())
def test_the_moves_told_explain_the_new_order(before: Order, data: st.DataObject) -> None:
    after = tuple(data.draw(st.permutations(before)))
    moves = moved(before, after)

    # Applying exactly these moves, from the last to the first, each to just before its neighbour.
    order = before
    for operation in reversed(moves):
        at = after.index(operation)
        order = move(order, frozenset(), operation, after[at + 1] if at + 1 < len(after) else None)

    assert order == after
    assert [o for o in before if o not in moves] == [o for o in after if o not in moves]


def test_no_fewer_moves_would_explain_the_new_order() -> None:
    for after in permutations(every):
        moves = moved(every, after)

        fewer = combinations(every, len(moves) - 1) if moves else ()
        for some in fewer:
            assert [o for o in every if o not in some] != [o for o in after if o not in some]


def test_what_is_new_on_the_list_counts_as_moved() -> None:
    assert moved((A, B), (C, A, B)) == (C,)


def test_what_has_left_the_list_has_not_moved() -> None:
    assert moved((A, B, C), (A, C)) == ()


def line(operation: OperationId, *, is_running: bool) -> Line:
    return Line(operation, NOON, NOON, False, is_running, 1.0, 1.0, 1)  # noqa: FBT003 - not hot.


def test_all_that_runs_and_the_top_of_the_rest_is_fixed() -> None:
    lines = [line(one, is_running=one == C) for one in (A, B, C, D)]

    assert fixed(lines, 0) == {C}
    assert fixed(lines, 1) == {A, C}
    assert fixed(lines, 9) == {A, B, C, D}


@given(st.lists(st.tuples(st.integers(0, 1), st.booleans(), st.integers(0, 5), st.integers(0, 5))))
def test_two_dispatchers_moving_at_once_keep_the_list_a_permutation(
    attempts: list[tuple[int, bool, int, int]],
) -> None:
    order: Order = every
    version = 0
    seen = [(order, version)] * 2

    for who, looks_first, operation, before in attempts:
        if looks_first:
            seen[who] = (order, version)
        list_seen, version_seen = seen[who]
        neighbour = list_seen[before] if before < len(list_seen) else None
        if version_seen == version and operation < len(list_seen):
            order = move(order, frozenset(), list_seen[operation], neighbour)
            version += 1

    assert sorted(order) == sorted(every)
