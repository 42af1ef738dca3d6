"""The clock of the station box: the one place where it reads the time of the machine."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware and in UTC; a box without a network may be far off."""
    return datetime.now(UTC)  # noqa: TID251 - everybody else is given the time
