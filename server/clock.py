"""The clock: the one place where the product reads the time of the machine."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - everybody else is given the time
