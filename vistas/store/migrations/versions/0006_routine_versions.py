"""With which version of its routine a vista was walked, so that it can be asked without reading routines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from pydantic import ValidationError

from vistas.routine import Routine

revision = "0006_routine_versions"
down_revision = "0005_eyes_and_answers"


def upgrade() -> None:
    op.add_column("vistas", sa.Column("routine_version", sa.Integer, nullable=False, server_default="1"))
    op.add_column("vistas", sa.Column("routine_digest", sa.String(64), nullable=False, server_default=""))
    op.create_index("vistas_by_version", "vistas", ["routine", "routine_version", "routine_digest", "begun_at"])
    _fill_in(op.get_bind())


def _fill_in(connection: sa.Connection) -> None:
    """Each routine is read once, however many vistas have it."""
    kept = sa.table(
        "vistas",
        sa.column("id", sa.Uuid),
        sa.column("routine_json", sa.Text),
        sa.column("routine_version", sa.Integer),
        sa.column("routine_digest", sa.String),
    )
    by_routine: dict[str, list[object]] = {}
    for vista_id, text in connection.execute(sa.select(kept.c.id, kept.c.routine_json)):
        by_routine.setdefault(text, []).append(vista_id)
    one = sa.update(kept).where(kept.c.id == sa.bindparam("vista"))
    for text, ids in by_routine.items():
        try:
            routine = Routine.model_validate_json(text)
        except ValidationError:
            continue  # It is told as a routine that cannot be read, where that vista is opened.
        told = {"routine_version": routine.version, "routine_digest": routine.digest}
        connection.execute(one.values(**told), [{"vista": vista_id} for vista_id in ids])
