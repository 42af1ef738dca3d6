"""The feed of a station box: what of its journal the server has, said by the server alone.

A box numbers what it sends from 1, without a gap, and names with each event the one before it.
All numbers belong to an epoch, which begins with the journal's file and begins anew when the file
and the server no longer tell the same story: the disk was restored or cloned, or the server was.
Then the box sends everything that it still holds once more, under new numbers and the old ids,
and the ids keep anything from counting twice.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the server has come in one epoch of a station: the last number and its id."""

    have: int = 0
    have_id: str = ""


class Standing(StrEnum):
    """How an event stands to a cursor."""

    KNOWN = "known"
    """The server has gone past its number; whether it was this event, only its id can tell."""
    NEXT = "next"
    APART = "apart"
    """Something is missing before it, or something else came before it."""


def standing(cursor: Cursor, seq: int, prev: str) -> Standing:
    """Return how an event stands, given its number and the id of the one before it."""
    if seq <= cursor.have:
        return Standing.KNOWN
    if seq == cursor.have + 1 and prev == cursor.have_id:
        return Standing.NEXT
    return Standing.APART


class Kept(Protocol):
    """What a box still holds of one epoch."""

    @property
    def first(self) -> int:
        """Return the lowest number that is still held; one more than `last` when none is."""
        ...

    @property
    def last(self) -> int:
        """Return the highest number that was ever given; 0 when none was."""
        ...

    def id_at(self, seq: int) -> str | None:
        """Return the id of an event that is still held."""
        ...


class Accord(StrEnum):
    """Whether a box and the server tell the same story of an epoch."""

    SAME = "same"
    FORKED = "forked"
    """The server has another event under a number of ours: this disk is a copy, or was restored."""
    GAP = "gap"
    """The server is so old that it misses what was pruned here long ago."""


def accord(cursor: Cursor, kept: Kept) -> Accord:
    """Return whether what the server has is what this box has sent; else it needs a new epoch."""
    if cursor.have > kept.last:
        return Accord.FORKED
    if cursor.have == 0:
        return Accord.SAME if kept.first == 1 else Accord.GAP
    if cursor.have < kept.first:
        return Accord.GAP
    return Accord.SAME if kept.id_at(cursor.have) == cursor.have_id else Accord.FORKED
