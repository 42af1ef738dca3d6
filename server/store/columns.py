"""Kinds of columns: how the values of the domain lie in SQLite and in PostgreSQL."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Dialect,
    Double,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import TEXT, TIMESTAMP
from sqlalchemy.dialects.sqlite import BLOB, REAL
from sqlalchemy.types import TypeEngine


def _is_sqlite(dialect: Dialect) -> bool:
    return dialect.name == "sqlite"


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC: ISO text of fixed width in SQLite, so that it sorts by time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column itself."""
        return dialect.type_descriptor(Text() if _is_sqlite(dialect) else TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        """Return what is stored; raise ValueError for a moment that does not know its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        utc = value.astimezone(UTC)
        return utc.isoformat(timespec="microseconds") if _is_sqlite(dialect) else utc

    def process_result_value(
        self, value: str | datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return the moment that was stored."""
        del dialect
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(UTC) if moment else None


class Day(TypeDecorator[date]):
    """A calendar date: ISO text in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column itself."""
        return dialect.type_descriptor(Text() if _is_sqlite(dialect) else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | date | None:
        """Return what is stored."""
        return value.isoformat() if value is not None and _is_sqlite(dialect) else value

    def process_result_value(self, value: str | date | None, dialect: Dialect) -> date | None:
        """Return the date that was stored."""
        del dialect
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    """Yes or no: 1 or 0 in SQLite, whose STRICT tables know no boolean."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of the column itself."""
        return dialect.type_descriptor(Integer() if _is_sqlite(dialect) else Boolean())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Return what is stored."""
        return int(value) if value is not None and _is_sqlite(dialect) else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Return what was stored."""
        del dialect
        return None if value is None else bool(value)


Words = Text().with_variant(TEXT(collation="C"), "postgresql")
"""Text that sorts by code point in both databases, as Python does."""
Whole = Integer()
Counter = BigInteger().with_variant(Integer(), "sqlite")
"""A number that only grows."""
Minutes: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
Bytes = LargeBinary().with_variant(BLOB(), "sqlite")
