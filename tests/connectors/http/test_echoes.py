"""A tool that repeats the secrets it was sent repeats them to nobody."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.http.client import BoundedSession
from connectors.http.settings import HttpSettings
from connectors.taking import Unobtainable
from tests.connectors.http.raw_answers import RawServer, whole
from vistas.errors import PostError
from vistas.extensions.chat import post
from vistas.source import Deadline

SECRET = "blue-fox-jumps-42"
REFUSED = b"HTTP/1.1 401 No {authorization} here\r\nContent-Type: text/plain\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[RawServer]:
    with RawServer() as listening:
        yield listening


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    return file


def said(server: RawServer, answer: bytes, **settings: Any) -> str:
    server.answer = answer
    session = BoundedSession(HttpSettings.model_validate({"url": server.url, **settings}))
    with session.within(Deadline(timedelta(seconds=20))), pytest.raises(Unobtainable) as failure:
        session.get(server.url)
    return repr(failure.value.gap)


def test_a_bearer_token_in_body_and_status(server: RawServer, secret_file: Path) -> None:
    """Whole, and the token alone, which no rule would take for one."""
    body = b"you said {authorization}, and " + SECRET.encode() + b" is unknown here"
    told = said(server, whole(body, REFUSED), bearer_token_file=secret_file)
    assert "you said ***, and *** is un" in told
    assert SECRET not in told


def test_a_password_and_its_base64(server: RawServer, secret_file: Path) -> None:
    pair = base64.b64encode(f"ann:{SECRET}".encode())
    body = b'{"error": "ann with ' + SECRET.encode() + b" (" + pair + b') may not"}'
    told = said(server, whole(body, REFUSED), username="ann", password_file=secret_file)
    assert "ann with *** (***) may not" in told
    assert SECRET not in told
    assert pair.decode() not in told


def test_a_header_of_ones_own_that_is_secret(server: RawServer, secret_file: Path) -> None:
    told = said(server, whole(SECRET.encode(), REFUSED), headers={"X-Door": {"file": str(secret_file)}})
    assert SECRET not in told


def test_the_path_of_a_webhook(server: RawServer) -> None:
    """Whole or a piece of it, as it was written or unquoted."""
    for echo in (b"POST /services/T0AB/%s not found", b"no %s in team T0AB", b"no such hook: T0AB/%s"):
        server.answer = whole(echo % SECRET.encode(), b"HTTP/1.1 404 Not Found\r\nConnection: close\r\n")
        with pytest.raises(PostError) as refused:
            post(f"{server.url}/services/T0AB/{SECRET}", "hello", deadline=Deadline(timedelta(seconds=20)))
        assert "404" in str(refused.value)
        assert SECRET not in str(refused.value)
        assert "T0AB" not in str(refused.value)
