"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vistas",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("routine", sa.String(60), nullable=False),
        sa.Column("routine_title", sa.Text, nullable=False),
        sa.Column("routine_json", sa.Text, nullable=False),
        sa.Column("window_start", sa.BigInteger, nullable=False),
        sa.Column("window_end", sa.BigInteger, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("saved_at", sa.BigInteger),
        sa.Column("discarded", sa.Boolean, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("ridges", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("vistas_by_time", "vistas", ["discarded", "begun_at", "id"])
    op.create_index("vistas_by_routine", "vistas", ["routine", "begun_at"])
    op.create_table(
        "snapshots",
        sa.Column("vista_id", sa.Uuid, sa.ForeignKey("vistas.id"), primary_key=True),
        sa.Column("stop", sa.String(60), primary_key=True),
        sa.Column("look", sa.String(60), primary_key=True),
        sa.Column("source", sa.String(60), primary_key=True),
        sa.Column("kind", sa.String(20)),
        sa.Column("digest", sa.LargeBinary(32)),
        sa.Column("rows", sa.BigInteger),
        sa.Column("key", sa.JSON),
        sa.Column("step", sa.BigInteger),
        sa.Column("gap", sa.JSON),
        sa.Column("provenance", sa.JSON, nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("number", KEY, primary_key=True, autoincrement=True),
        sa.Column("vista_id", sa.Uuid, sa.ForeignKey("vistas.id"), nullable=False, index=True),
        sa.Column("walk_id", sa.Uuid, nullable=False),
        sa.Column("walker", sa.Text, nullable=False),
        sa.Column("stop", sa.String(60), nullable=False),
        sa.Column("arrived_at", sa.BigInteger, nullable=False),
        sa.Column("left_at", sa.BigInteger),
    )
    op.create_table(
        "detours",
        sa.Column("number", KEY, primary_key=True, autoincrement=True),
        sa.Column("vista_id", sa.Uuid, sa.ForeignKey("vistas.id"), nullable=False, index=True),
        sa.Column("stop", sa.String(60), nullable=False),
        sa.Column("look_json", sa.Text, nullable=False),
        sa.Column("walker", sa.Text, nullable=False),
        sa.Column("taken_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("number", KEY, primary_key=True, autoincrement=True),
        sa.Column("vista_id", sa.Uuid, sa.ForeignKey("vistas.id"), nullable=False, index=True),
        sa.Column("notice_id", sa.Uuid, nullable=False, index=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("stop", sa.String(60), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("anchor", sa.Text, nullable=False),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
    )
    op.create_index("notices_once", "notices", ["vista_id", "notice_id", "revision"], unique=True)
