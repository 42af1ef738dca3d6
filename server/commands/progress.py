"""Bars on the terminal for what takes long."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

import click

from server.services.ports import Progress

MANY = 300
"""From so many rows or orders on, a bar is shown."""
STEP = 50
"""After so many more the bar is drawn again."""


@contextmanager
def shown(finding: str, doing: str) -> Iterator[Progress]:
    """Lend what shows a bar when there is much to do: of what is found first, then of what is done.

    The first bar has no end, as nobody knows yet how much there is.
    """
    with ExitStack() as lasting:
        yield _Bars(finding, doing, lasting)


class _Bars:
    """Shows one bar after another, each when it hears of enough to do."""

    def __init__(self, finding: str, doing: str, lasting: ExitStack) -> None:
        self._finding = finding
        self._doing = doing
        self._lasting = lasting
        self._of: int | None = None
        self._bar: Any = None

    def __call__(self, done: int, of: int | None) -> None:
        """Take how many are done."""
        if (done if of is None else of) < MANY:
            return
        if self._bar is None or of != self._of:
            self._begin(of)
        if done % STEP == 0 or done == of:
            self._bar.update(done - self._bar.pos)

    def _begin(self, of: int | None) -> None:
        self._lasting.close()
        self._of = of
        self._bar = self._lasting.enter_context(
            click.progressbar(
                count() if of is None else range(of),
                label=self._finding if of is None else self._doing,
                show_pos=True,
                file=sys.stderr,
            )
        )
