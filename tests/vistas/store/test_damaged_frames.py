"""A frame whose file is damaged or missing is a gap in its place, and whole again when its content comes again."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from tests.vistas.store.test_store import DATA, NOW, snapshot, vista
from vistas.command_line import run
from vistas.practice.landscape import parts_of
from vistas.practice.landscape.dependencies import observed
from vistas.sharing import read_bundle, write_bundle, write_markdown, write_page
from vistas.snapshot import GapReason, Snapshot
from vistas.store import Store
from vistas.vista import Vista

OTHER = pl.DataFrame({"name": ["sorter-1"], "restarts": [0]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/vistas.db", tmp_path / "blobs")
    yield opened
    opened.close()


def missing(path: Path) -> None:
    path.unlink()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def one_bit_flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = (missing, cut_short, one_bit_flipped, emptied)
damaged_somehow = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


def kept(store: Store, *data: pl.DataFrame) -> Vista:
    """A saved vista of a look whose frame is `DATA`, and further ones."""
    looks = tuple(snapshot(f"look-{place}", each) for place, each in enumerate(data))
    made = vista(title="A slow leak", saved_at=NOW, snapshots=(snapshot(), *looks))
    store.put(made)
    return store.vista(made.id)


def file_of(folder: Path, whole: Snapshot) -> Path:
    assert whole.frame is not None
    content = whole.frame.encoded()
    return next(path for path in (folder / "blobs").rglob("*.parquet") if path.read_bytes() == content)


def reasons(found: Vista) -> list[GapReason | None]:
    read = (each.read() for each in found.at("s1"))
    return [each.gap.reason if each.gap else None for each in read]


@pytest.mark.parametrize("damage", [*DAMAGES, a_folder_instead], ids=lambda damage: damage.__name__)
def test_a_damaged_frame_is_a_gap_and_the_others_are_there(
    store: Store, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = kept(store, OTHER)
    damage(file_of(tmp_path, snapshot()))
    found = store.vista(made.id)
    assert reasons(found) == [GapReason.DAMAGED, None]
    said = found.at("s1")[0].read().gap
    assert said is not None
    assert str(tmp_path) not in said.message


@damaged_somehow
def test_every_export_tells_it_in_its_place(store: Store, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    made = kept(store)
    damage(file_of(tmp_path, snapshot()))
    buffer = BytesIO()
    write_bundle(store.vista(made.id), buffer)
    assert reasons(read_bundle(buffer)) == [GapReason.DAMAGED]
    for page in (write_page(store.vista(made.id)), write_markdown(store.vista(made.id))):
        assert "on the disk" in page or "from the disk" in page


@damaged_somehow
def test_what_is_worked_out_from_a_vista_goes_on_without_it(
    store: Store, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = kept(store, OTHER)
    damage(file_of(tmp_path, snapshot()))
    assert parts_of(store.vista(made.id)) == ()
    assert observed(store.vista(made.id)) == ()


@damaged_somehow
def test_gathering_the_same_content_again_heals_it(
    store: Store, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = kept(store)
    damage(file_of(tmp_path, snapshot()))
    again = vista()
    store.begin(again)
    store.keep(again.id, snapshot())
    assert reasons(store.vista(made.id)) == [None]
    assert not stat.S_IMODE(file_of(tmp_path, snapshot()).stat().st_mode) & 0o077


@damaged_somehow
def test_a_file_of_the_same_vista_heals_it(store: Store, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    made = kept(store, OTHER)
    buffer = BytesIO()
    write_bundle(made, buffer)
    damage(file_of(tmp_path, snapshot()))
    store.bring_in(read_bundle(buffer))
    assert reasons(store.vista(made.id)) == [None, None]


def test_a_file_heals_nothing_with_other_content(store: Store, tmp_path: Path) -> None:
    """Evidence does not change: what a file says it was is not what it was."""
    made = kept(store)
    missing(file_of(tmp_path, snapshot()))
    store.bring_in(replace(made, snapshots=(snapshot(data=OTHER),)))
    assert reasons(store.vista(made.id)) == [GapReason.DAMAGED]


def test_only_the_frames_that_are_looked_at_are_read(store: Store, tmp_path: Path) -> None:
    """A vista opens, whatever became of the frames of its other stops."""
    made = kept(store, OTHER)
    found = store.vista(made.id)
    missing(file_of(tmp_path, snapshot(data=OTHER)))
    first, second = found.at("s1")
    assert first.read().frame is not None
    assert second.frame is not None
    assert second.read().gap is not None


def test_an_examination_names_what_is_damaged(store: Store, tmp_path: Path) -> None:
    made = kept(store, OTHER)
    assert store.examine().damaged == ()
    cut_short(file_of(tmp_path, snapshot()))
    found = store.examine()
    assert found.frames == 2
    (damaged,) = found.damaged
    assert (damaged.vista, damaged.stop, damaged.look, damaged.source) == (made.id, "s1", "pods", "cluster")


def test_the_command_names_it_and_a_file_heals_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VISTAS_DATA", str(tmp_path))
    made = kept(store, OTHER)
    assert run(["export", str(made.id), "--to", "monday.vista"]) == 0
    assert run(["store", "check"]) == 0
    assert "2 frames, all intact." in capsys.readouterr().out
    missing(file_of(tmp_path, snapshot()))

    assert run(["store", "check"]) == 1
    told = capsys.readouterr().out
    assert "1 of 2 frames are damaged" in told
    assert "s1/pods (cluster)" in told
    assert "repairs it" in told
    assert run(["store", "check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["damaged"][0]["look"] == "pods"
    assert run(["show", str(made.id)]) == 0
    assert "damaged: Its data is missing" in capsys.readouterr().out

    assert run(["import", "monday.vista"]) == 0
    assert "Already here; 0 notices and 0 walks added." in capsys.readouterr().out
    assert run(["store", "check"]) == 0


def test_frames_are_kept_as_they_came(store: Store) -> None:
    """So a file that is exported and brought in elsewhere holds the very same content."""
    made = kept(store)
    (read,) = made.at("s1")
    assert read.frame is not None
    before = read.frame.parquet()
    assert read.frame.data.equals(DATA)
    assert read.frame.parquet() == before
