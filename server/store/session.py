"""Statements that are compiled once for each database, and the session that runs them.

SQLAlchemy writes the SQL and knows how values are stored; running it goes straight to the driver,
because that costs a confirmation a few microseconds for each statement instead of some fifty.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Delete, Dialect, Insert, Select, Table, TypeDecorator, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Clause = Select[Any] | Insert | Update | Delete
Value = str | int | float | bytes | date | None
"""What a column can be given; `datetime` is a `date` and `bool` an `int`."""
Values = Mapping[str, Value]
Record = tuple[Any, ...]
Processor = Callable[[Any], Any]


class Prepared:
    """The SQL of a statement for one database, and how its values come and go."""

    def __init__(self, clause: Clause, dialect: Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(clause)
        self.sql = str(compiled)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        self._constants = {name: bind.value for name, bind in binds.items() if not bind.required}
        names = compiled.positiontup if compiled.positional else list(binds)
        self._binds = [(name, _writer(binds[name].type, dialect)) for name in names or ()]
        self._positional = compiled.positional
        readers = [_reader(column.type, dialect) for column in clause.exported_columns]
        self._readers = [(at, reader) for at, reader in enumerate(readers) if reader]

    def given(self, values: Values) -> Any:  # noqa: ANN401 - a list or a dict, as the driver likes.
        """Return the values as the driver takes them."""
        every = {**self._constants, **values} if self._constants else values
        if self._positional:
            return [convert(every[n]) if convert else every[n] for n, convert in self._binds]
        return {n: convert(every[n]) if convert else every[n] for n, convert in self._binds}

    def taken(self, records: Iterable[Record]) -> list[Record]:
        """Return records as the domain knows their values."""
        if not self._readers:
            return list(records)
        return [self._read(record) for record in records]

    def _read(self, record: Record) -> Record:
        values = list(record)
        for at, reader in self._readers:
            values[at] = reader(values[at])
        return tuple(values)


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """Return what turns a value into what is stored; the driver itself knows the plain kinds."""
    return kind.bind_processor(dialect) if isinstance(kind, TypeDecorator) else None


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """Return what turns what is stored into a value; the driver itself knows the plain kinds."""
    return kind.result_processor(dialect, None) if isinstance(kind, TypeDecorator) else None


class Statement:
    """A statement of SQLAlchemy, compiled when a database first needs it."""

    def __init__(self, clause: Clause | Mapping[str, Clause]) -> None:
        self._clause = clause
        self._prepared: dict[str, Prepared] = {}

    def prepared(self, dialect: Dialect) -> Prepared:
        """Return the statement for a database."""
        found = self._prepared.get(dialect.name)
        if found is None:
            clause = self._clause
            chosen = clause[dialect.name] if isinstance(clause, Mapping) else clause
            found = self._prepared[dialect.name] = Prepared(chosen, dialect)
        return found


def upsert(table: Table) -> Statement:
    """Return the statement that inserts a row, or overwrites the one with the same key."""
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.columns if column.name not in keys]
    lite, post = sqlite.insert(table), postgresql.insert(table)
    return Statement(
        {
            "sqlite": lite.on_conflict_do_update(keys, set_={c: lite.excluded[c] for c in others}),
            "postgresql": post.on_conflict_do_update(
                index_elements=keys, set_={c: post.excluded[c] for c in others}
            ),
        }
    )


class Session:
    """One connection during one transaction."""

    def __init__(self, cursor: DBAPICursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self._dialect = dialect

    def command(self, sql: str) -> None:
        """Run SQL that has neither values nor rows, such as `commit`."""
        self._cursor.execute(sql)

    def number(self, sql: str) -> int:
        """Return the one number that SQL without values yields."""
        return int(self._cursor.execute(sql).fetchone()[0])

    def all(self, statement: Statement, **values: Value) -> list[Record]:
        """Return every row that a statement yields."""
        prepared = statement.prepared(self._dialect)
        self._cursor.execute(prepared.sql, prepared.given(values))
        return prepared.taken(self._cursor.fetchall())

    def first(self, statement: Statement, **values: Value) -> Record | None:
        """Return the only or first row, if there is one."""
        rows = self.all(statement, **values)
        return rows[0] if rows else None

    def value(self, statement: Statement, **values: Value) -> Any:  # noqa: ANN401 - what it is, only the statement knows.
        """Return the first value of the first row; None when there is no row."""
        row = self.first(statement, **values)
        return row[0] if row else None

    def run(self, statement: Statement, **values: Value) -> int:
        """Return how many rows a statement has changed."""
        prepared = statement.prepared(self._dialect)
        self._cursor.execute(prepared.sql, prepared.given(values))
        return self._cursor.rowcount

    def run_each(self, statement: Statement, rows: Iterable[Values]) -> None:
        """Run a statement once for each set of values."""
        prepared = statement.prepared(self._dialect)
        given = [prepared.given(row) for row in rows]
        if given:
            self._cursor.executemany(prepared.sql, given)
