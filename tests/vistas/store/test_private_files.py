"""What a store keeps is its owner's: nobody else on the machine reads it, whatever the umask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vistas.store.test_store import notice, snapshot, vista
from vistas.redaction.key import workspace_key
from vistas.store import Store


@pytest.fixture(autouse=True)
def everything_is_allowed() -> Iterator[None]:
    """A umask under which every new file is everybody's, unless who makes it says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def opened(home: Path) -> Store:
    workspace_key(home)
    return Store.open(f"sqlite:///{home}/vistas.db", home / "blobs")


def used(store: Store) -> None:
    begun = vista()
    store.begin(begun)
    store.keep(begun.id, snapshot())
    store.write_notice(begun.id, notice())


def open_to_others(home: Path) -> list[str]:
    return sorted(
        str(path.relative_to(home.parent))
        for path in (home, *home.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    )


def names(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()}


def test_a_new_store_is_its_owners(tmp_path: Path) -> None:
    """While it is in use, too, with the files that SQLite keeps beside the database."""
    home = tmp_path / "not" / "there" / "yet"
    store = opened(home)
    used(store)
    assert {"vistas.db", "vistas.db-wal", "vistas.db-shm", "blobs", "redaction.key"} <= names(home)
    assert open_to_others(tmp_path / "not") == []
    store.close()


def test_a_store_that_others_could_read_is_closed_to_them_when_it_is_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = opened(home)
    used(before)
    for path in (home, *home.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    after = opened(home)
    assert open_to_others(home) == []
    used(after)
    assert open_to_others(home) == []
    before.close()
    after.close()


def test_a_folder_that_holds_other_things_stays_as_open_as_it_was(tmp_path: Path) -> None:
    """A store in somebody's project: its files are closed, the project is not."""
    home = tmp_path / "project"
    home.mkdir(mode=0o755)
    (home / "vistas.toml").touch(0o644)
    store = opened(home)
    used(store)
    assert open_to_others(home) == ["project", "project/vistas.toml"]
    store.close()


def test_what_a_link_leads_to_is_not_changed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch(0o644)
    home = tmp_path / "home"
    (home / "blobs").mkdir(parents=True)
    (home / "blobs" / "link").symlink_to(elsewhere)
    opened(home).close()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644
    assert not stat.S_IMODE((home / "blobs").stat().st_mode) & 0o077
