"""How far the feed of each station's box has come."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import Moment, Whole, Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of cursors: no feed has sent anything yet."""
    op.create_table(
        "station_feed",
        sa.Column("station", Words),
        sa.Column("epoch", Words),
        sa.Column("have", Whole, nullable=False),
        sa.Column("have_id", Words, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("station", "epoch", name="pk_station_feed"),
        sa.ForeignKeyConstraint(["station"], ["station.name"], name="fk_station_feed_station"),
        sa.CheckConstraint("have >= 0", name="have"),
        sqlite_strict=True,
    )
