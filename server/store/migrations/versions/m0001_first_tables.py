"""The first tables."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import Bytes, Counter, Day, Flag, Minutes, Moment, Whole, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, and the row of the plant's counters."""
    _account()
    _dispatch_list()
    _journal()
    _operator()
    _plant()
    _print_job()
    _work_center()
    _work_order()
    _operation()
    _sheet()
    _station()
    _enrolment()
    _station_token()
    op.execute("insert into plant (id, rev, last_serial) values (1, 0, 1000000)")


def _partial(name: str, table: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("name", Words),
        sa.Column("role", Words, nullable=False),
        sa.Column("display_name", Words, nullable=False),
        sa.Column("active", Flag, nullable=False),
        sa.Column("password_hash", Words),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
        sa.CheckConstraint("role in ('dispatcher', 'administrator')", name="role"),
        sqlite_strict=True,
    )


def _dispatch_list() -> None:
    op.create_table(
        "dispatch_list",
        sa.Column("work_center", Words),
        sa.Column("version", Counter, nullable=False),
        sa.Column("feed", Counter, nullable=False),
        sa.Column("last_rank", Counter, nullable=False),
        sa.PrimaryKeyConstraint("work_center", name="pk_dispatch_list"),
        sa.CheckConstraint("version >= 0 and feed >= version and last_rank >= 0", name="counters"),
        sqlite_strict=True,
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("rev", Counter, autoincrement=False),
        sa.Column("id", Words),
        sa.Column("at", Moment, nullable=False),
        sa.Column("kind", Words, nullable=False),
        sa.Column("account", Words),
        sa.Column("station", Words),
        sa.Column("badge", Words),
        sa.Column("order_number", Words),
        sa.Column("operation", Whole),
        sa.Column("work_center", Words),
        sa.Column("flags", Words, nullable=False),
        sa.Column("body", Words, nullable=False),
        sa.Column("answer", Words),
        sa.PrimaryKeyConstraint("rev", name="pk_journal"),
        sa.UniqueConstraint("id", name="uq_journal_id"),
        sa.CheckConstraint("answer is null or id is not null", name="answer"),
        sqlite_strict=True,
    )
    _partial("ix_journal_flagged", "journal", ["rev"], "flags <> '[]'")
    _partial("ix_journal_order", "journal", ["order_number", "rev"], "order_number is not null")
    _partial(
        "ix_journal_resequences", "journal", ["work_center", "rev"], "kind = 'ListResequenced'"
    )


def _operator() -> None:
    op.create_table(
        "operator",
        sa.Column("badge", Words),
        sa.Column("name", Words, nullable=False),
        sa.Column("contractor", Flag, nullable=False),
        sa.Column("active", Flag, nullable=False),
        sa.Column("shift", Words, nullable=False),
        sa.PrimaryKeyConstraint("badge", name="pk_operator"),
        sqlite_strict=True,
    )


def _plant() -> None:
    op.create_table(
        "plant",
        sa.Column("id", Whole),
        sa.Column("rev", Counter, nullable=False),
        sa.Column("last_serial", Counter, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plant"),
        sa.CheckConstraint("last_serial between 1000000 and 9999999", name="last_serial"),
        sa.CheckConstraint("id = 1", name="only_one"),
        sa.CheckConstraint("rev >= 0", name="rev"),
        sqlite_strict=True,
    )


def _print_job() -> None:
    op.create_table(
        "print_job",
        sa.Column("id", Whole),
        sa.Column("kind", Words, nullable=False),
        sa.Column("title", Words, nullable=False),
        sa.Column("context", Words, nullable=False),
        sa.Column("serials", Words, nullable=False),
        sa.Column("state", Words, nullable=False),
        sa.Column("queued_at", Moment, nullable=False),
        sa.Column("queued_by", Words, nullable=False),
        sa.Column("claimed_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("error", Words, nullable=False),
        sa.Column("pdf", Bytes),
        sa.PrimaryKeyConstraint("id", name="pk_print_job"),
        sa.CheckConstraint("(state = 'ready') = (pdf is not null)", name="pdf"),
        sa.CheckConstraint("state in ('queued', 'rendering', 'ready', 'failed')", name="state"),
        sqlite_strict=True,
    )
    _partial("ix_print_job_open", "print_job", ["id"], "state in ('queued', 'rendering')")


def _work_center() -> None:
    op.create_table(
        "work_center",
        sa.Column("name", Words),
        sa.Column("description", Words, nullable=False),
        sa.Column("department", Words, nullable=False),
        sa.Column("frozen", Whole, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_work_center"),
        sa.CheckConstraint("frozen >= 0", name="frozen"),
        sqlite_strict=True,
    )


def _work_order() -> None:
    op.create_table(
        "work_order",
        sa.Column("number", Words),
        sa.Column("part", Words, nullable=False),
        sa.Column("revision", Words, nullable=False),
        sa.Column("description", Words, nullable=False),
        sa.Column("quantity", Whole, nullable=False),
        sa.Column("due", Day, nullable=False),
        sa.Column("planned_release", Day, nullable=False),
        sa.Column("priority", Whole, nullable=False),
        sa.Column("hot", Flag, nullable=False),
        sa.Column("routing", Words, nullable=False),
        sa.Column("state", Words, nullable=False),
        sa.Column("hold", Words),
        sa.Column("released_at", Moment),
        sa.Column("searched", Words, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_work_order"),
        sa.CheckConstraint("priority between 1 and 9", name="priority"),
        sa.CheckConstraint("quantity >= 0", name="quantity"),
        sa.CheckConstraint(
            "released_at is not null or state in ('planned', 'cancelled')", name="release"
        ),
        sa.CheckConstraint(
            "state in ('planned', 'released', 'running', 'completed', 'cancelled')", name="state"
        ),
        sqlite_strict=True,
    )
    _partial(
        "ix_work_order_planned", "work_order", ["planned_release", "number"], "state = 'planned'"
    )


def _operation() -> None:
    op.create_table(
        "operation",
        sa.Column("order_number", Words),
        sa.Column("number", Whole),
        sa.Column("work_center", Words, nullable=False),
        sa.Column("description", Words, nullable=False),
        sa.Column("alternates", Words, nullable=False),
        sa.Column("setup_minutes", Minutes, nullable=False),
        sa.Column("run_minutes", Minutes, nullable=False),
        sa.Column("state", Words, nullable=False),
        sa.Column("arrived", Whole, nullable=False),
        sa.Column("good", Whole, nullable=False),
        sa.Column("scrap", Whole, nullable=False),
        sa.Column("rework", Whole, nullable=False),
        sa.Column("crew", Words, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("completed_at", Moment),
        sa.Column("enlisted", Flag, nullable=False),
        sa.Column("list", Words),
        sa.Column("rank", Counter),
        sa.Column("placed_by", Words),
        sa.Column("placed_at", Moment),
        sa.Column("placed_rule", Words),
        sa.PrimaryKeyConstraint("order_number", "number", name="pk_operation"),
        sa.ForeignKeyConstraint(
            ["order_number"], ["work_order.number"], name="fk_operation_order_number"
        ),
        sa.CheckConstraint("number >= 0", name="number"),
        sa.CheckConstraint("(list is null) = (rank is null)", name="place"),
        sa.CheckConstraint("(placed_by is null) = (placed_at is null)", name="placed"),
        sa.CheckConstraint(
            "state in ('waiting', 'ready', 'running', 'suspended', 'completed')", name="state"
        ),
        sqlite_strict=True,
    )
    _partial("ix_operation_list", "operation", ["list", "state"], "enlisted")


def _sheet() -> None:
    op.create_table(
        "sheet",
        sa.Column("serial", Words),
        sa.Column("kind", Words, nullable=False),
        sa.Column("fingerprint", Words, nullable=False),
        sa.Column("issued_at", Moment, nullable=False),
        sa.Column("issued_by", Words, nullable=False),
        sa.Column("order_number", Words),
        sa.Column("work_center", Words),
        sa.Column("print_number", Whole, nullable=False),
        sa.Column("reason", Words, nullable=False),
        sa.Column("lines", Words, nullable=False),
        sa.Column("superseded_at", Moment),
        sa.Column("superseded_why", Words, nullable=False),
        sa.Column("replaced_by", Words),
        sa.PrimaryKeyConstraint("serial", name="pk_sheet"),
        sa.ForeignKeyConstraint(
            ["order_number"], ["work_order.number"], name="fk_sheet_order_number"
        ),
        sa.CheckConstraint("length(serial) = 7", name="serial"),
        sqlite_strict=True,
    )
    op.create_index("ix_sheet_order_number", "sheet", ["order_number"])


def _station() -> None:
    op.create_table(
        "station",
        sa.Column("name", Words),
        sa.Column("work_center", Words, nullable=False),
        sa.Column("enrolled_at", Moment),
        sa.Column("badge", Words),
        sa.Column("badge_at", Moment),
        sa.Column("seen_version", Counter, nullable=False, server_default=sa.text("0")),
        sa.Column("seen_at", Moment),
        sa.Column("contact_at", Moment),
        sa.PrimaryKeyConstraint("name", name="pk_station"),
        sa.ForeignKeyConstraint(
            ["work_center"], ["work_center.name"], name="fk_station_work_center"
        ),
        sa.CheckConstraint("(badge is null) = (badge_at is null)", name="badge"),
        sqlite_strict=True,
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("station", Words),
        sa.Column("code_hash", Words, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_enrolment"),
        sa.ForeignKeyConstraint(["station"], ["station.name"], name="fk_enrolment_station"),
        sqlite_strict=True,
    )


def _station_token() -> None:
    op.create_table(
        "station_token",
        sa.Column("token_hash", Words),
        sa.Column("station", Words, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_station_token"),
        sa.ForeignKeyConstraint(["station"], ["station.name"], name="fk_station_token_station"),
        sqlite_strict=True,
    )
    op.create_index("ix_station_token_station", "station_token", ["station"])
