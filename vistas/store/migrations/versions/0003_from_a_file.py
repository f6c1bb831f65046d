"""Whether a notice was brought in with a file, whose author is who the file says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_from_a_file"
down_revision = "0002"


def upgrade() -> None:
    """Of notices that are here already nobody knows; they stay their authors'."""
    op.add_column("notices", sa.Column("from_file", sa.Boolean, nullable=False, server_default=sa.false()))
