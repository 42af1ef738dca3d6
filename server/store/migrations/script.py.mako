"""${message}."""

import sqlalchemy as sa
from alembic import op

from server.store.columns import Bytes, Counter, Day, Flag, Minutes, Moment, Whole, Words

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "pass"}
