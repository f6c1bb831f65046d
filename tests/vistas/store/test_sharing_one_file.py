"""Several threads and processes on one SQLite file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.vistas.store.test_store import notice, vista
from tests.waiting import Stopwatch
from vistas.store import Search, Store, engine

OPEN_AND_WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from vistas.vista.notice import Notice, NoticeKind
from vistas.store import Store
from vistas.vista import new_id

folder, vista_id, who = Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3]
store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
for number in range(60):
    store.write_notice(
        vista_id,
        Notice(
            id=new_id(),
            stop="s1",
            author=who,
            kind=NoticeKind.NOTICED,
            text=f"{who} {number}",
            written_at=datetime.now(UTC),
        ),
    )
"""
OPEN = """
import sys
from pathlib import Path

from vistas.store import Store

Store.open(sys.argv[1], Path(sys.argv[2]))
"""


def finish(processes: list[subprocess.Popen[str]]) -> list[str]:
    """What each of them complained of; nothing when all went well."""
    return [said for process in processes if (said := process.communicate(timeout=150)[1]) or process.returncode]


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], stderr=subprocess.PIPE, text=True
    )


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    begun = vista()
    store.begin(begun)
    complaints = finish([start(OPEN_AND_WRITE, tmp_path, begun.id, who) for who in ("Ines", "Maya")])
    assert complaints == []
    kept = {each.text for each in store.notices(begun.id)}
    store.close()
    assert kept == {f"{who} {number}" for who in ("Ines", "Maya") for number in range(60)}


@pytest.mark.slow("several processes")
def test_processes_that_start_at_once_make_the_tables_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/new/v.db"
    assert finish([start(OPEN, address, tmp_path / "blobs") for _ in range(4)]) == []
    assert Store.open(address, tmp_path / "blobs").check().startswith("0 vistas")


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """Somebody's slow import must not hold up everybody's pages."""
    store = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    begun = vista(notices=(notice(),))
    store.put(begun)
    other = engine.open_engine(f"sqlite:///{tmp_path}/v.db")
    with engine.writing(other).begin() as connection:
        connection.execute(text("UPDATE vistas SET title = 'half done'"))
        with Stopwatch() as watch:
            assert store.vista(begun.id).title == ""
            assert store.revision(begun.id) == 0
            assert len(store.library(Search(saved_only=False)).vistas) == 1
    store.close()
    other.dispose()
    assert watch.seconds < engine.BUSY_SECONDS / 2
