"""Answers to notices; and vistas that are seen through somebody's eyes, with what they need of the earlier one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_eyes_and_answers"
down_revision = "0004_unsigned"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("vistas", sa.Column("is_copy", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "eyes",
        sa.Column("vista_id", sa.Uuid, sa.ForeignKey("vistas.id"), primary_key=True),
        sa.Column("walker", sa.Text, nullable=False),
        sa.Column("earlier_id", sa.Uuid, nullable=False, index=True),
        sa.Column("copy_id", sa.Uuid, sa.ForeignKey("vistas.id"), nullable=False, unique=True),
    )
    op.create_table(
        "answers",
        sa.Column("number", KEY, primary_key=True, autoincrement=True),
        sa.Column("vista_id", sa.Uuid, nullable=False),
        sa.Column("notice_id", sa.Uuid, nullable=False),
        sa.Column("answer_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("answered_from", sa.Uuid),
        sa.Column("written_at", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("from_file", sa.Boolean, nullable=False),
    )
    op.create_index("answers_once", "answers", ["vista_id", "answer_id", "revision"], unique=True)
    op.create_index("answers_by_notice", "answers", ["vista_id", "notice_id"])
