"""The number of the form of each seal and of each stored catalogue; those that stand are of the first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("seal", "catalogue"):
        op.add_column(table, sa.Column("form", sa.SmallInteger(), nullable=False, server_default="1"))
