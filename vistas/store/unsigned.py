"""Anonymous texts: stored under random ids, without author, time or order.

All such texts of a journal are in one row, sorted by id, which is rewritten with each change. So there is no row
number, time or count by which one could be placed between the signed entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import orjson
from sqlalchemy import Connection, insert, select, update

from vistas.store.rows import checked_text
from vistas.store.tables import unsigned

Texts = Mapping[UUID, str]


def read_unsigned(connection: Connection, journal_id: UUID) -> Texts:
    body = connection.scalar(select(unsigned.c.body).where(unsigned.c.journal_id == journal_id))
    return {UUID(key): text for key, text in orjson.loads(body or "{}").items()}


def put_unsigned(connection: Connection, journal_id: UUID, text_id: UUID, text: str, *, once: bool) -> str:
    """With this text, or without it where it is empty. With `once`, one that is there stays as it is.

    Gives what stands then.
    """
    before = read_unsigned(connection, journal_id)
    if once and text_id in before:
        return before[text_id]
    others = {key: said for key, said in before.items() if key != text_id}
    _write(connection, journal_id, {**others, text_id: checked_text(text)} if text else others)
    return text


def _write(connection: Connection, journal_id: UUID, texts: Texts) -> None:
    body = orjson.dumps({str(key): texts[key] for key in sorted(texts)}).decode()
    here = unsigned.c.journal_id == journal_id
    changed = update(unsigned).where(here).values(body=body, changes=unsigned.c.changes + 1)
    if connection.execute(changed).rowcount == 0:
        connection.execute(insert(unsigned), [{"journal_id": journal_id, "body": body, "changes": 1}])
