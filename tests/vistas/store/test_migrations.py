"""The tables are made by migrations alone, and say the same as the code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, create_engine, insert, text
from sqlalchemy import table as sql_table

import vistas.store.migrations
from tests.vistas.store.test_answers import answer
from tests.vistas.store.test_store import NOW, notice, vista
from vistas.practice import Notebooks
from vistas.store import Search, Store, engine, tables
from vistas.store.migrations import NEWEST
from vistas.store.rows import notice_row, vista_row
from vistas.store.tables import metadata

OPENED_WITH = """
import sys
from pathlib import Path
from vistas.store import Store
Store.open(sys.argv[1], Path(sys.argv[2])).close()
print(*sorted({"alembic", "polars"} & sys.modules.keys()))
"""


def made_at(revision: str, address: str) -> Engine:
    """An empty store as it was when this migration was the newest."""
    config = Config()
    config.set_main_option("script_location", str(Path(vistas.store.migrations.__file__).parent))
    older = create_engine(address)
    with older.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return older


def test_migrated_tables_are_the_tables_of_the_code(tmp_path: Path) -> None:
    """A column added to one and not to the other would fail only at the users'."""
    opened = engine.open_engine(f"sqlite:///{tmp_path}/v.db")
    with opened.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    opened.dispose()


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    folder = Path(vistas.store.migrations.__file__).parent
    assert ScriptDirectory(str(folder)).get_current_head() == NEWEST


def test_a_database_of_somebody_elses_tables_is_brought_up_to_date(tmp_path: Path) -> None:
    """An empty file, or one that other programs use as well, has no version and gets every migration."""
    other = engine.create_engine(f"sqlite:///{tmp_path}/v.db")
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE others (number INTEGER)"))
    other.dispose()
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    assert store.check().endswith(NEWEST)
    store.close()


def test_an_up_to_date_store_opens_without_the_heavy_libraries(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/v.db"
    Store.open(address, tmp_path).close()
    opened = subprocess.run(
        [sys.executable, "-c", OPENED_WITH, address, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert opened.stdout.split() == []


def test_notices_of_an_older_store_stay_their_authors(tmp_path: Path) -> None:
    """What was written before it was known which notices came with files can be changed as before."""
    address = f"sqlite:///{tmp_path}/v.db"
    made_at("0002", address).dispose()
    store = Store.open(address, tmp_path / "blobs")
    begun = vista()
    store.begin(begun)
    written = store.write_notice(begun.id, notice())
    revised = store.revise_notice(begun.id, written.id, by="Maya", text="x", kind=written.kind, at=NOW)
    assert not revised.from_file
    store.close()


def test_answers_without_names_leave_the_places_they_were_written_at(tmp_path: Path) -> None:
    """An older store's are gathered beside the entries, in their last words; the numbers close up behind them."""
    address = f"sqlite:///{tmp_path}/v.db"
    with made_at("0003_from_a_file", address).begin() as connection:
        journal = UUID(int=7)
        connection.execute(
            text("INSERT INTO journals VALUES (:id, 'round', 'Why?', 'Ada', 0, 0, 7)"), {"id": journal.hex}
        )
        names, began = {"does": "names-chosen", "anonymous": True}, {"does": "writing-began"}
        answers = [answered(9, "sleep"), answered(8, "habit"), answered(9, "the sleep of others"), answered(8, "")]
        written = [("Ada", names), ("Ada", began), *((None, each) for each in answers[:3])]
        written += [("Bea", {"does": "answers-revealed"}), (None, answers[3])]
        for number, (by, body) in enumerate(written, start=1):
            row = {"journal": journal.hex, "number": number, "by": by, "body": json.dumps(body)}
            connection.execute(text("INSERT INTO entries VALUES (:journal, :number, 0, :by, :body)"), row)
    store = Store.open(address, tmp_path / "blobs")
    assert [(each.number, each.by) for each in store.journals.entries(journal)] == [
        (1, "Ada"),
        (2, "Ada"),
        (3, "Bea"),
    ]
    assert store.journals.head(journal).revision == 3
    found = Notebooks(store.journals).rounds.read(journal)
    assert [(each.id, each.text, each.by) for each in found.ordered] == [(UUID(int=9), "the sleep of others", "")]
    store.close()


def answered(which: int, words: str) -> dict[str, str]:
    return {"does": "answered", "id": str(UUID(int=which)), "text": words}


def test_a_morning_of_an_older_store_is_there_and_can_be_answered(tmp_path: Path) -> None:
    """Nobody's eyes, no answers, and listed as before."""
    address = f"sqlite:///{tmp_path}/v.db"
    begun, said = vista(saved_at=NOW), notice()
    with made_at("0004_unsigned", address).begin() as connection:
        newer = {"is_copy", "routine_version", "routine_digest"}
        older = {name: value for name, value in vista_row(begun.id, begun).items() if name not in newer}
        for table, row in (("vistas", older), ("notices", notice_row(begun.id, said))):
            columns = [column(name, tables.metadata.tables[table].c[name].type) for name in row]
            connection.execute(insert(sql_table(table, *columns)), [row])
    store = Store.open(address, tmp_path / "blobs")
    (found,) = store.library(Search(unanswered=True)).vistas
    assert (found.id, found.unanswered, found.seen_through) == (begun.id, 1, "")
    assert (found.routine_version, found.routine_digest) == (begun.routine.version, begun.routine.digest)
    answered = store.answers.write(begun.id, answer(said))
    back = store.vista(begun.id)
    assert (back.eyes, back.answers, back.notices) == (None, (answered,), (said,))
    assert store.library(Search(unanswered=True)).vistas == ()
    store.close()
