"""A store of its own for each test, and what sessions keep in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vistas.practice import Notebooks
from vistas.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def notebooks(store: Store) -> Notebooks:
    return Notebooks(store.journals)
