"""What holds for pages that are run without a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from tests.watched_doors import as_before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and "afresh" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow("whole pages of an app with a library of its own"))


@pytest.fixture(scope="session", autouse=True)
def components_looked_for_once() -> Iterator[None]:
    """Streamlit reads what every installed package says of itself, for each page anew; once is enough."""
    with pytest.MonkeyPatch.context() as streamlit:
        streamlit.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(autouse=True)
def doors_as_before() -> Iterator[None]:
    with as_before():
        yield


@pytest.fixture
def afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings, a library without samples and a working directory of its own; nothing left of the test before."""
    for name in [name for name in os.environ if name.startswith("VISTAS_")]:
        monkeypatch.delenv(name)
    (tmp_path / "vistas.toml").write_text(f'person = "Maya"\ndata = "{tmp_path}/data"\nsamples = false\n')
    monkeypatch.setenv("VISTAS_CONFIG", str(tmp_path / "vistas.toml"))
    monkeypatch.chdir(tmp_path)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()
