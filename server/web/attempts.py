"""How often a secret may be tried: passwords and codes cannot be guessed by trying."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil

from server.domain.errors import EnrolmentFailed, Refusal, SetUpFailed, SignInFailed


class TooManyAttempts(Refusal):
    """A secret was tried too often; wait, then try again."""

    code = "too-many-attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)


class Attempts:
    """Counts failures by who tries and what; a success forgives them.

    An attempt counts from its beginning, so that many at once are not free of charge.

    It remembers a limited number of failures, the newest: a flood cannot fill the memory.
    """

    def __init__(self, pause: timedelta = timedelta(minutes=5), remembered: int = 10_000) -> None:
        self._pause = pause
        self._remembered = remembered
        self._failures: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def attempt(self, most: Mapping[str, int], now: datetime) -> Iterator[None]:
        """Let somebody try whose keys have not failed more often than each may.

        Raise TooManyAttempts instead of trying at all.
        """
        with self._lock:
            for key, limit in most.items():
                self._check(key, limit, now)
            for key in most:
                self._count(key, now)
        is_wrong = False
        try:
            yield
        except (SignInFailed, SetUpFailed, EnrolmentFailed):
            is_wrong = True
            raise
        finally:
            # A server that cannot look is no fault of whoever asks.
            if not is_wrong:
                self._forgive(most)

    def _check(self, key: str, limit: int, now: datetime) -> None:
        count, until = self._failures.get(key, (0, now))
        if count >= limit and now < until:
            raise TooManyAttempts(ceil((until - now).total_seconds()))

    def _count(self, key: str, now: datetime) -> None:
        count, until = self._failures.pop(key, (0, now))
        fresh = 1 if now >= until else count + 1
        self._failures[key] = (fresh, now + self._pause)
        while len(self._failures) > self._remembered:
            self._failures.popitem(last=False)

    def _forgive(self, keys: Iterable[str]) -> None:
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)
