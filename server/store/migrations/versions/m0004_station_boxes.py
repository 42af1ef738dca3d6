"""How the boxes of stations last said that they are."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table; every box says within seconds how it is."""
    op.create_table(
        "station_box",
        sa.Column("station", Words),
        sa.Column("said", Words, nullable=False),
        sa.PrimaryKeyConstraint("station", name="pk_station_box"),
        sa.ForeignKeyConstraint(["station"], ["station.name"], name="fk_station_box_station"),
        sqlite_strict=True,
    )
