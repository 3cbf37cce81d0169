"""The view `readable_observation`: no table changes, etl.warehouse.migration makes it after every revision.

It follows the list of an observation's fields, so that a new field needs no copy of it here.
"""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
