"""What the app serves of the folders in which its browser components lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from benchmarks.open_page import Pages
from tests.servers.app import READY_WITHIN, app

pytestmark = pytest.mark.slow("a whole app")

DASHBOARDS = Path(__file__).parents[2] / "dashboards"
FOLDER = "_stcore/bidi-components/morning-vistas.components-memory-remember"


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Where the files of a component are, once a page has put it there."""
    with app() as address:
        pages = Pages(address, "walk", "")
        assert pages.open("Maya").drawn.wait(READY_WITHIN)
        yield f"{address}/{FOLDER}"
        pages.close()


def test_scripts_and_styles_are_served(served: str) -> None:
    for file in ("components/keyboard/keys.js", "components/browser/marks.css"):
        answer = requests.get(f"{served}/{file}", timeout=30)
        assert answer.content == (DASHBOARDS / file).read_bytes()


@pytest.mark.parametrize("file", ["app.py", "components/packaged.py", "components/../app.py", "app%2Epy"])
def test_nothing_else_is(served: str, file: str) -> None:
    answer = requests.Request("GET", f"{served}/{file}").prepare()
    answer.url = f"{served}/{file}"
    with requests.Session() as session:
        assert session.send(answer, timeout=30).status_code == 404
