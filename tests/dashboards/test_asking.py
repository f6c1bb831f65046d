"""The words that an editor asks for, as the server answers a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import uvicorn
from starlette.applications import Starlette

from dashboards.serving.routes import routes
from dashboards.shared import process
from tests.dashboards import apptest
from tests.servers.ports import free_port
from tests.waiting import eventually

pytestmark = pytest.mark.usefixtures("afresh")


@pytest.fixture
def home() -> Iterator[str]:
    """Where the routes are served, by themselves."""
    apptest.started()
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes()), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    eventually(lambda: server.started)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def ask(home: str, origin: str | None = None, **asked: Any) -> requests.Response:
    headers = {"Origin": home if origin is None else origin}
    return requests.post(f"{home}/asked/vocabulary", json=asked, headers=headers, timeout=30)


def test_of_a_source_that_has_no_words_there_are_none(home: str) -> None:
    """As of the recordings, and of what is not connected."""
    (recording,) = process.workspace().sources
    for source in (recording.name, "nobody"):
        answer = ask(home, source=source, what="metrics", typed="up")
        assert answer.json() == {"words": [], "all": True}
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", ["", "null", "http://elsewhere.example"])
def test_another_page_than_ours_is_not_answered(home: str, origin: str) -> None:
    assert ask(home, origin, source="prometheus", what="metrics").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"source": "a", "what": "everything"},
        {"source": "a", "what": "values", "typed": "x" * 2001},
        {"source": "a", "what": "values", "more": 1},
    ],
)
def test_what_is_no_question_is_refused(home: str, asked: dict[str, Any]) -> None:
    assert ask(home, **asked).status_code == 400


def test_a_question_is_short(home: str) -> None:
    assert ask(home, source="a" * 30_000, what="metrics").status_code == 413


def test_it_is_asked_by_post_alone(home: str) -> None:
    """A link or a picture on another page asks nothing."""
    assert requests.get(f"{home}/asked/vocabulary", headers={"Origin": home}, timeout=30).status_code == 405
