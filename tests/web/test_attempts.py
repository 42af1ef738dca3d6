"""How often a secret may be tried."""

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from server.domain.errors import EnrolmentFailed
from server.web.attempts import Attempts, TooManyAttempts

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LIMIT = {"1.2.3.4": 3}


def fail(attempts: Attempts) -> None:
    """Try a wrong secret."""
    with pytest.raises(EnrolmentFailed), attempts.attempt(LIMIT, NOW):
        raise EnrolmentFailed


def test_many_attempts_at_once_are_as_many_as_one_after_the_other() -> None:
    attempts = Attempts()

    with ExitStack() as open_ones:
        for _ in range(3):
            open_ones.enter_context(attempts.attempt(LIMIT, NOW))
        with pytest.raises(TooManyAttempts), attempts.attempt(LIMIT, NOW):
            pass


def test_a_right_secret_forgives_the_wrong_ones() -> None:
    attempts = Attempts()
    fail(attempts)
    fail(attempts)

    with attempts.attempt(LIMIT, NOW):
        pass

    for _ in range(3):
        fail(attempts)


def test_a_server_that_cannot_look_blames_nobody() -> None:
    attempts = Attempts()

    for _ in range(5):
        with pytest.raises(OSError, match="disk"), attempts.attempt(LIMIT, NOW):
            raise OSError("disk")
