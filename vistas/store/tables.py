"""The tables. Notices and answers are append-only: a change is a new revision, a removal a row that says so."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    false,
)

metadata = MetaData()

Key = BigInteger().with_variant(Integer(), "sqlite")

vistas = Table(
    "vistas",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("routine", String(60), nullable=False),
    Column("routine_title", Text, nullable=False),
    Column("routine_json", Text, nullable=False),
    Column("window_start", BigInteger, nullable=False),
    Column("window_end", BigInteger, nullable=False),
    Column("author", Text, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("saved_at", BigInteger),
    Column("discarded", Boolean, nullable=False, default=False),
    Column("origin", String(20), nullable=False),
    Column("ridges", JSON, nullable=False),
    Column("revision", Integer, nullable=False, default=0),
    Column("is_copy", Boolean, nullable=False, default=False, server_default=false()),
    Column("routine_version", Integer, nullable=False, default=1, server_default="1"),
    Column("routine_digest", String(64), nullable=False, default="", server_default=""),
    Index("vistas_by_time", "discarded", "begun_at", "id"),
    Index("vistas_by_routine", "routine", "begun_at"),
    Index("vistas_by_version", "routine", "routine_version", "routine_digest", "begun_at"),
)
"""Times are whole microseconds since 1970 in UTC: they sort, and every database keeps them exactly.

A copy is what a vista that is seen through somebody's eyes has of the earlier one. It is found by `eyes` alone,
under an id that is told to nobody.
"""

eyes = Table(
    "eyes",
    metadata,
    Column("vista_id", ForeignKey("vistas.id"), primary_key=True),
    Column("walker", Text, nullable=False),
    Column("earlier_id", Uuid, nullable=False, index=True),
    Column("copy_id", ForeignKey("vistas.id"), nullable=False, unique=True),
)
"""Through whose eyes a vista is seen. `earlier_id` is the earlier vista's own id, which need not be here."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("vista_id", ForeignKey("vistas.id"), primary_key=True),
    Column("stop", String(60), primary_key=True),
    Column("look", String(60), primary_key=True),
    Column("source", String(60), primary_key=True),
    Column("kind", String(20)),
    Column("digest", LargeBinary(32)),
    Column("rows", BigInteger),
    Column("key", JSON),
    Column("step", BigInteger),
    Column("gap", JSON),
    Column("provenance", JSON, nullable=False),
)

steps = Table(
    "steps",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("vista_id", ForeignKey("vistas.id"), nullable=False, index=True),
    Column("walk_id", Uuid, nullable=False),
    Column("walker", Text, nullable=False),
    Column("stop", String(60), nullable=False),
    Column("arrived_at", BigInteger, nullable=False),
    Column("left_at", BigInteger),
)

detours = Table(
    "detours",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("vista_id", ForeignKey("vistas.id"), nullable=False, index=True),
    Column("stop", String(60), nullable=False),
    Column("look_json", Text, nullable=False),
    Column("walker", Text, nullable=False),
    Column("taken_at", BigInteger, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("vista_id", ForeignKey("vistas.id"), nullable=False, index=True),
    Column("notice_id", Uuid, nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("stop", String(60), nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("written_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, default=False),
    Column("from_file", Boolean, nullable=False, default=False, server_default=false()),
    Index("notices_once", "vista_id", "notice_id", "revision", unique=True),
)

answers = Table(
    "answers",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=True),
    Column("vista_id", Uuid, nullable=False),
    Column("notice_id", Uuid, nullable=False),
    Column("answer_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_from", Uuid),
    Column("written_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False, default=False),
    Column("from_file", Boolean, nullable=False, default=False),
    Index("answers_once", "vista_id", "answer_id", "revision", unique=True),
    Index("answers_by_notice", "vista_id", "notice_id"),
)
"""`vista_id` is the vista that has the notice. It need not be here where another one has a copy of it."""

journals = Table(
    "journals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False, default=0),
    Column("discarded", Boolean, nullable=False, default=False, server_default=false()),
    Index("journals_by_time", "kind", "changed_at", "id"),
)

entries = Table(
    "entries",
    metadata,
    Column("journal_id", ForeignKey("journals.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("by", Text),
    Column("body", Text, nullable=False),
)
"""What people wrote together, one after the other; never changed. `by` is null where it was anonymous."""

unsigned = Table(
    "unsigned",
    metadata,
    Column("journal_id", ForeignKey("journals.id"), primary_key=True),
    Column("body", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""What was written without names, one row a journal; see `vistas.store.unsigned`."""
