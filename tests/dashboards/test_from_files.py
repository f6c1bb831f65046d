"""What pages show of vistas that came with a file, and of what a disk has damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import said
from tests.vistas.sharing.making import notice, vista
from vistas.store import Store


@pytest.fixture(autouse=True)
def maya(afresh: None, tmp_path: Path) -> None:
    (tmp_path / "vistas.toml").write_text(f'person = "Maya"\ndata = "{tmp_path}/data"\n')


@pytest.fixture
def store() -> Store:
    apptest.opened(Place.MORNING)
    return process.workspace().store


def changes_offered(page: AppTest) -> int:
    return sum(area.label == "What you noticed" for area in page.text_area)


def test_a_notice_from_a_file_is_marked_and_offers_no_change(store: Store) -> None:
    """Also to somebody of the name that the file gives its author; her own notice she can change."""
    made = vista(notices=(notice("All is well."),))
    store.bring_in(made)
    store.write_notice(made.id, notice("It is not."))
    page = apptest.opened(Place.WALK, vista=made.id)
    assert not page.exception
    assert "Maya (from a file), " in said(page)
    assert changes_offered(page) == 1


@pytest.mark.parametrize("place", [Place.WALK, Place.REPLAY])
def test_a_damaged_frame_is_a_gap_of_its_page(store: Store, tmp_path: Path, place: Place) -> None:
    made = vista()
    store.put(made)
    for path in (tmp_path / "data" / "blobs").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-1])
    page = apptest.opened(place, vista=made.id)
    assert not page.exception
    assert "Its data is damaged on the disk." in said(page)
    assert "The cluster refused." in said(page)
