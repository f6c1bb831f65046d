"""Answers without names leave the entries, among which their place told when they were written."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004_unsigned"
down_revision = "0003_from_a_file"

journals = sa.table("journals", sa.column("id", sa.Uuid), sa.column("kind"), sa.column("revision"))
entries = sa.table(
    "entries",
    sa.column("journal_id", sa.Uuid),
    sa.column("number"),
    sa.column("by"),
    sa.column("body"),
)


def upgrade() -> None:
    unsigned = op.create_table(
        "unsigned",
        sa.Column("journal_id", sa.Uuid, sa.ForeignKey("journals.id"), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    rounds = connection.scalars(sa.select(journals.c.id).where(journals.c.kind == "round")).all()
    for journal_id in rounds:
        here = entries.c.journal_id == journal_id
        rows = connection.execute(sa.select(entries).where(here).order_by(entries.c.number)).mappings().all()
        answers = [row for row in rows if row["by"] is None and json.loads(row["body"]).get("does") == "answered"]
        if not answers:
            continue
        texts: dict[str, str] = {}
        for row in answers:
            said = json.loads(row["body"])
            texts[said["id"]] = said["text"]
        kept = {key: texts[key] for key in sorted(texts) if texts[key]}
        taken = {row["number"] for row in answers}
        connection.execute(sa.delete(entries).where(here, entries.c.number.in_(taken)))
        for number, row in enumerate((row for row in rows if row["number"] not in taken), start=1):
            renumbered = sa.update(entries).where(here, entries.c.number == row["number"]).values(number=number)
            connection.execute(renumbered)
        shorter = sa.update(journals).where(journals.c.id == journal_id)
        connection.execute(shorter.values(revision=len(rows) - len(answers)))
        body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        moved = {"journal_id": journal_id, "body": body, "changes": len(answers)}
        connection.execute(sa.insert(unsigned), [moved])
