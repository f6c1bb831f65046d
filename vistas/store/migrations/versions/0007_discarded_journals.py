"""A journal can be thrown away as a vista can: it is kept, and no longer shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_discarded_journals"
down_revision = "0006_routine_versions"


def upgrade() -> None:
    op.add_column("journals", sa.Column("discarded", sa.Boolean, nullable=False, server_default=sa.false()))
