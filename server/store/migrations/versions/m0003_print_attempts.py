"""How often a worker has taken a print job."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import Whole

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Count the attempts: no job has cost a worker its life yet."""
    op.add_column(
        "print_job", sa.Column("attempts", Whole, nullable=False, server_default=sa.text("0"))
    )
