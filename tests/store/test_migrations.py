"""The tables are made by migrations alone, and say the same as the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import vistas.store.migrations
from vistas.store import Store, engine
from vistas.store.migrations import NEWEST
from vistas.store.tables import metadata

OPENED_WITH = """
import sys
from pathlib import Path
from vistas.store import Store
Store.open(sys.argv[1], Path(sys.argv[2])).close()
print(*sorted({"alembic", "polars"} & sys.modules.keys()))
"""


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
