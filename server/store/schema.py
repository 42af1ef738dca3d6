"""The tables: what the journal amounts to, the journal itself, and what is no fact of the floor.

A change here needs a migration; `tests/store/test_migrations.py` compares the two.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from server.store.columns import Bytes, Counter, Day, Flag, Minutes, Moment, Whole, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def _table(name: str, *parts: Column[Any] | CheckConstraint | UniqueConstraint) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _partial(name: str, *columns: Column[Any], where: str) -> Index:
    only: ColumnElement[Any] = text(where)  # type: ignore[assignment]  # Both take SQL text.
    return Index(name, *columns, sqlite_where=only, postgresql_where=only)


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)


plant = _table(
    "plant",
    Column("id", Whole, primary_key=True),
    Column("rev", Counter, nullable=False),
    Column("last_serial", Counter, nullable=False),
    CheckConstraint("last_serial between 1000000 and 9999999", name="last_serial"),
    CheckConstraint("id = 1", name="only_one"),
    CheckConstraint("rev >= 0", name="rev"),
)
"""The one row of the plant's counters; locking it is what makes writers take turns."""

work_center = _table(
    "work_center",
    Column("name", Words, primary_key=True),
    Column("description", Words, nullable=False),
    Column("department", Words, nullable=False),
    Column("frozen", Whole, nullable=False),
    CheckConstraint("frozen >= 0", name="frozen"),
)

dispatch_list = _table(
    "dispatch_list",
    # No foreign key: a routing may name a work center that is not set up yet.
    Column("work_center", Words, primary_key=True),
    Column("version", Counter, nullable=False),
    Column("feed", Counter, nullable=False),
    Column("last_rank", Counter, nullable=False),
    CheckConstraint("version >= 0 and feed >= version and last_rank >= 0", name="counters"),
)

operator = _table(
    "operator",
    Column("badge", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("contractor", Flag, nullable=False),
    Column("active", Flag, nullable=False),
    Column("shift", Words, nullable=False),
)

station = _table(
    "station",
    Column("name", Words, primary_key=True),
    Column("work_center", Words, ForeignKey(work_center.c.name), nullable=False),
    Column("enrolled_at", Moment),
    # No foreign key: what a badge scan said is a fact, whoever has been set up.
    Column("badge", Words),
    Column("badge_at", Moment),
    Column("seen_version", Counter, nullable=False, server_default=text("0")),
    Column("seen_at", Moment),
    Column("contact_at", Moment),
    CheckConstraint("(badge is null) = (badge_at is null)", name="badge"),
)

# A station may have several devices: a screen, and a box beside a scanner.
station_token = _table(
    "station_token",
    Column("token_hash", Words, primary_key=True),
    Column("station", Words, ForeignKey(station.c.name), nullable=False, index=True),
)

station_box = _table(
    "station_box",
    Column("station", Words, ForeignKey(station.c.name), primary_key=True),
    Column("said", Words, nullable=False),
)

station_feed = _table(
    "station_feed",
    Column("station", Words, ForeignKey(station.c.name), primary_key=True),
    Column("epoch", Words, primary_key=True),
    Column("have", Whole, nullable=False),
    Column("have_id", Words, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("have >= 0", name="have"),
)

enrolment = _table(
    "enrolment",
    Column("station", Words, ForeignKey(station.c.name), primary_key=True),
    Column("code_hash", Words, nullable=False),
    Column("until", Moment, nullable=False),
)

account = _table(
    "account",
    Column("name", Words, primary_key=True),
    Column("role", Words, nullable=False),
    Column("display_name", Words, nullable=False),
    Column("active", Flag, nullable=False),
    Column("password_hash", Words),
    _one_of("role", "dispatcher", "administrator"),
)

work_order = _table(
    "work_order",
    Column("number", Words, primary_key=True),
    Column("part", Words, nullable=False),
    Column("revision", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("quantity", Whole, nullable=False),
    Column("due", Day, nullable=False),
    Column("planned_release", Day, nullable=False),
    Column("priority", Whole, nullable=False),
    Column("hot", Flag, nullable=False),
    # The plan's own routing: an operation may have been rerouted, or dropped by a later plan.
    Column("routing", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("hold", Words),
    Column("released_at", Moment),
    # Number, part and description without regard to case: neither database folds like Python.
    Column("searched", Words, nullable=False),
    CheckConstraint("priority between 1 and 9", name="priority"),
    _one_of("state", "planned", "released", "running", "completed", "cancelled"),
    CheckConstraint("released_at is not null or state in ('planned', 'cancelled')", name="release"),
    CheckConstraint("quantity >= 0", name="quantity"),
)
_partial(
    "ix_work_order_planned",
    work_order.c.planned_release,
    work_order.c.number,
    where="state = 'planned'",
)

operation = _table(
    "operation",
    Column("order_number", Words, ForeignKey(work_order.c.number), primary_key=True),
    Column("number", Whole, primary_key=True),
    Column("work_center", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("alternates", Words, nullable=False),
    Column("setup_minutes", Minutes, nullable=False),
    Column("run_minutes", Minutes, nullable=False),
    Column("state", Words, nullable=False),
    Column("arrived", Whole, nullable=False),
    Column("good", Whole, nullable=False),
    Column("scrap", Whole, nullable=False),
    Column("rework", Whole, nullable=False),
    Column("crew", Words, nullable=False),
    Column("started_at", Moment),
    Column("completed_at", Moment),
    Column("enlisted", Flag, nullable=False),
    # The list on which it stands or last stood, and where: coming back there, it has its place.
    Column("list", Words),
    Column("rank", Counter),
    Column("placed_by", Words),
    Column("placed_at", Moment),
    Column("placed_rule", Words),
    _one_of("state", "waiting", "ready", "running", "suspended", "completed"),
    CheckConstraint("(list is null) = (rank is null)", name="place"),
    CheckConstraint("(placed_by is null) = (placed_at is null)", name="placed"),
    CheckConstraint("number >= 0", name="number"),
)
# Without the rank: a list is short enough to sort, and a resequence need not touch the index.
_partial("ix_operation_list", operation.c.list, operation.c.state, where="enlisted")

sheet = _table(
    "sheet",
    Column("serial", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", Words, nullable=False),
    Column("order_number", Words, ForeignKey(work_order.c.number), index=True),
    Column("work_center", Words),
    Column("print_number", Whole, nullable=False),
    Column("reason", Words, nullable=False),
    Column("lines", Words, nullable=False),
    Column("superseded_at", Moment),
    Column("superseded_why", Words, nullable=False),
    # No foreign key: a sheet may be superseded before the one that replaces it is issued.
    Column("replaced_by", Words),
    CheckConstraint("length(serial) = 7", name="serial"),
)

journal = _table(
    "journal",
    Column("rev", Counter, primary_key=True, autoincrement=False),
    Column("id", Words, unique=True),
    Column("at", Moment, nullable=False),
    Column("kind", Words, nullable=False),
    Column("account", Words),
    Column("station", Words),
    Column("badge", Words),
    Column("order_number", Words),
    Column("operation", Whole),
    Column("work_center", Words),
    Column("flags", Words, nullable=False),
    Column("body", Words, nullable=False),
    Column("answer", Words),
    CheckConstraint("answer is null or id is not null", name="answer"),
)
_partial(
    "ix_journal_order",
    journal.c.order_number,
    journal.c.rev,
    where="order_number is not null",
)
_partial(
    "ix_journal_resequences",
    journal.c.work_center,
    journal.c.rev,
    where="kind = 'ListResequenced'",
)
_partial("ix_journal_flagged", journal.c.rev, where="flags <> '[]'")

print_job = _table(
    "print_job",
    Column("id", Whole, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("context", Words, nullable=False),
    Column("serials", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("queued_by", Words, nullable=False),
    Column("claimed_at", Moment),
    Column("ended_at", Moment),
    Column("error", Words, nullable=False),
    Column("pdf", Bytes),
    Column("attempts", Whole, nullable=False, server_default=text("0")),
    _one_of("state", "queued", "rendering", "ready", "failed"),
    CheckConstraint("(state = 'ready') = (pdf is not null)", name="pdf"),
)
_partial("ix_print_job_open", print_job.c.id, where="state in ('queued', 'rendering')")
