"""Notices what other processes have committed, such as an import at the command line."""

from collections.abc import Callable


class Heard:
    """Which facts the screens of this process have been told, whoever committed them."""

    def __init__(self) -> None:
        self._revisions: set[int] = set()

    def note(self, revision: int, facts: int) -> None:
        """Note that the facts of a change have been told, the last of which has that revision."""
        self._revisions.update(range(revision - facts + 1, revision + 1))

    def misses(self, after: int, until: int) -> bool:
        """Tell whether facts after one revision, up to another, were not told; forget them all."""
        told = sum(after < revision <= until for revision in self._revisions)
        self._revisions = {revision for revision in self._revisions if revision > until}
        return told < until - after


class Follower:
    """Compares what has been committed with what the screens of this process have been told.

    The revision counter is gapless: a fact that is not told within the time between two looks
    was committed by somebody who has not told us, or whose word was lost on its way.
    """

    def __init__(self, revision: Callable[[], int], heard: Heard) -> None:
        self._revision = revision
        self._heard = heard
        self._followed = self._due = revision()

    def look(self) -> bool:
        """Tell whether facts that were committed before the last look have not been told."""
        committed = self._revision()
        misses = self._heard.misses(self._followed, self._due)
        self._followed, self._due = self._due, committed
        return misses
