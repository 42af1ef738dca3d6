"""A feed goes on where the server is, and begins anew when the two tell different stories."""

from dataclasses import dataclass

import pytest

from server.domain.feed import Accord, Cursor, Standing, accord, standing


@dataclass(frozen=True)
class Held:
    """What a box holds of an epoch: the ids of its events, and how many of them it has pruned."""

    ids: tuple[str, ...]
    pruned: int = 0

    @property
    def first(self) -> int:
        return self.pruned + 1

    @property
    def last(self) -> int:
        return len(self.ids)

    def id_at(self, seq: int) -> str | None:
        return self.ids[seq - 1] if self.pruned < seq <= len(self.ids) else None


@pytest.mark.parametrize(
    ("seq", "prev", "found"),
    [
        (3, "b", Standing.NEXT),
        (3, "x", Standing.APART),
        (4, "b", Standing.APART),
        (2, "a", Standing.KNOWN),
        (1, "whatever", Standing.KNOWN),
    ],
)
def test_only_what_follows_without_a_gap_comes_next(seq: int, prev: str, found: Standing) -> None:
    assert standing(Cursor(2, "b"), seq, prev) is found


def test_the_first_event_follows_on_nothing() -> None:
    assert standing(Cursor(), 1, "") is Standing.NEXT
    assert standing(Cursor(), 1, "a") is Standing.APART


@pytest.mark.parametrize("have", range(4))
def test_a_server_that_has_less_tells_the_same_story(have: int) -> None:
    ids = ("a", "b", "c")
    cursor = Cursor(have, ids[have - 1] if have else "")

    assert accord(cursor, Held(ids)) is Accord.SAME


@pytest.mark.parametrize(
    ("cursor", "held", "why"),
    [
        (Cursor(3, "c"), Held(("a", "b")), Accord.FORKED),
        (Cursor(2, "x"), Held(("a", "b")), Accord.FORKED),
        (Cursor(1, "a"), Held(("a", "b", "c"), pruned=2), Accord.GAP),
        (Cursor(2, "b"), Held(("a", "b", "c"), pruned=2), Accord.GAP),
        (Cursor(), Held(("a", "b", "c"), pruned=1), Accord.GAP),
    ],
    ids=["disk restored", "disk cloned", "server very old", "nothing to compare", "server empty"],
)
def test_another_story_needs_a_new_epoch(cursor: Cursor, held: Held, why: Accord) -> None:
    assert accord(cursor, held) is why


def test_what_was_pruned_up_to_the_cursor_is_not_missed() -> None:
    assert accord(Cursor(3, "c"), Held(("a", "b", "c"), pruned=2)) is Accord.SAME
