"""A bundle carries a vista whole, and the same vista always as the same bytes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from polars.testing import assert_frame_equal

from tests.strategies import vistas, without_frames
from tests.vistas.sharing.making import NOW, bundle, notice, vista
from vistas.errors import BundleError
from vistas.sharing import read_bundle, write_bundle
from vistas.vista import Vista


@given(vistas())
def test_any_vista_comes_back_as_it_went(made: Vista) -> None:
    """Whatever people and tools wrote; only where it was made is told anew."""
    back = read_bundle(BytesIO(bundle(made)))
    came_whole(made, back)
    again = replace(back, origin=made.origin)
    if made.eyes is not None and back.eyes is not None:
        came_whole(made.eyes.earlier, back.eyes.earlier)
        again = replace(again, eyes=back.eyes.seeing(partial(replace, origin=made.eyes.earlier.origin)))
    assert bundle(made) == bundle(again)


def came_whole(made: Vista, back: Vista) -> None:
    """All but the earlier vista, of which no more is compared than its name and its day."""
    expected = "recording" if made.origin == "recording" else "imported"
    assert without_frames(back) == replace(without_frames(made), origin=expected)
    for was, came in zip(made.snapshots, back.snapshots, strict=True):
        if was.frame is not None and came.frame is not None:
            assert_frame_equal(was.frame.data, came.frame.data)
            assert (came.frame.kind, came.frame.key, came.frame.step, came.frame.rows) == (
                was.frame.kind,
                was.frame.key,
                was.frame.step,
                was.frame.rows,
            )


def test_equal_frames_are_written_once() -> None:
    made = vista()
    twice = made.with_snapshots([*made.snapshots, replace(made.snapshots[0], look="again")])
    assert len(ZipFile(BytesIO(bundle(twice))).namelist()) == len(ZipFile(BytesIO(bundle(made))).namelist())


def test_a_path_and_a_file_are_written_alike(tmp_path: Path) -> None:
    made = vista()
    write_bundle(made, tmp_path / "m.vista")
    assert (tmp_path / "m.vista").read_bytes() == bundle(made)
    assert without_frames(read_bundle(tmp_path / "m.vista")).title == "A slow leak"


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"none\.vista cannot be read: No such file"):
        read_bundle(tmp_path / "none.vista")


def test_endless_repetition_is_not_taken_for_a_bomb() -> None:
    """A reader refuses what unpacks to a hundred times its size, so a writer never packs so well."""
    made = vista(notices=tuple(notice("a" * 4000) for _ in range(400)))
    assert len(read_bundle(BytesIO(bundle(made))).notices) == 400


def test_what_no_file_can_hold_is_refused_when_it_is_written() -> None:
    with pytest.raises(BundleError, match="cannot be written to a file"):
        bundle(vista(title="half a character \ud800"))


def test_a_time_before_1970_is_refused_with_the_name_of_its_field() -> None:
    with pytest.raises(BundleError, match=r"begun_at: .*1970"):
        bundle(vista(begun_at=NOW.replace(year=1066)))
