"""Who asks for the app under a name that it does not go by: the app itself, as `vistas open` starts it."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.servers.app import OPEN, app
from vistas.command_line.open import _known_as

pytestmark = pytest.mark.slow("a whole app")

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
KNOWN = [
    "localhost",
    "localhost:9",
    "127.0.0.1",
    "127.0.0.1:8501",
    "[::1]",
    "[::1]:8501",
    "LOCALHOST.:1",
    "vistas.example.org",
]
UNKNOWN = [
    "evil.example",
    "evil.example:8501",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "a@localhost",
    "",
    "192.0.2.1",
]
PAGES = ["/", "/morning", "/_stcore/host-config", "/app/static/sun.png", "/nowhere"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with app(("env", 'VISTAS_SERVER__HOSTS=["vistas.example.org"]', *OPEN)) as started:
        yield started


def test_the_server_takes_the_app_in_silence() -> None:
    """Whoever starts it sees where it is, and no warning of Streamlit's about how it is imported."""
    taken = subprocess.run(
        [sys.executable, "-c", "import streamlit_app"], capture_output=True, check=True, text=True
    )
    assert taken.stdout + taken.stderr == ""


def status(address: str, path: str, *hosts: str, headers: dict[str, str] | None = None) -> int:
    asking = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=30)
    asking.putrequest("GET", path, skip_host=True)
    for host in hosts:
        asking.putheader("Host", host)
    for name, value in (headers or {}).items():
        asking.putheader(name, value)
    asking.endheaders()
    try:
        return asking.getresponse().status
    finally:
        asking.close()


@pytest.mark.parametrize("host", KNOWN)
def test_a_known_name_is_answered(host: str, address: str) -> None:
    """Whatever the port: it may be forwarded."""
    assert status(address, "/", host) == 200
    assert status(address, "/_stcore/stream", host, headers=UPGRADE) == 101


@pytest.mark.parametrize("host", UNKNOWN)
def test_any_other_name_is_refused(host: str, address: str) -> None:
    """Pages, files and WebSockets alike."""
    assert {status(address, path, host) for path in PAGES} == {421}
    assert status(address, "/_stcore/stream", host, headers=UPGRADE) == 403


def test_two_names_are_none(address: str) -> None:
    assert status(address, "/", "localhost", "evil.example") in {400, 421}
    assert status(address, "/", "evil.example", "localhost") in {400, 421}


def test_a_probe_needs_no_name(address: str) -> None:
    """A cluster asks a pod by its address, and is told that it is well and nothing else."""
    assert status(address, "/_stcore/health", "10.1.2.3:8501") == 200


def test_beyond_this_machine_any_name_is_answered_until_somebody_says_which() -> None:
    assert _known_as("192.0.2.1", ()) == ("*",)
    assert _known_as("localhost", ()) == _known_as("127.0.0.1", ()) == ("localhost", "127.0.0.1", "::1")
    assert _known_as("::1", ["a.example"]) == ("localhost", "127.0.0.1", "::1", "a.example")
    assert "a.example" in _known_as("192.0.2.1", ["a.example"])
    assert "*" not in _known_as("192.0.2.1", ["a.example"])
