"""Packages of this machine's own Debian archive, unpacked and never installed.

apt is pointed at a private copy of the machine's archive settings, with source packages added.
So nothing needs root, no setting of the machine is touched, and nothing is left behind in it.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.cache import FetchError, progress

APT_SETTINGS = Path("/etc/apt")
LISTS_STAY_FRESH_FOR = 12 * 3600.0


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    both: bool = False,
) -> str:
    """A command's standard output, `both` with its errors; one that is missing or fails is a `FetchError`."""
    try:
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise FetchError(f"{command[0]} is not on this machine: fetching needs Debian's own tools") from missing
    if done.returncode != 0:
        last_words = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        raise FetchError(f"{' '.join(map(str, command[:3]))} … failed with {done.returncode}:\n{last_words}")
    return done.stdout + done.stderr if both else done.stdout


@dataclass(frozen=True)
class Archive:
    """The machine's package archive as seen through settings kept in `directory`."""

    directory: Path

    def download(self, names: Sequence[str], into: Path) -> list[Path]:
        """The newest `.deb` of each named package, not unpacked."""
        into.mkdir(parents=True, exist_ok=True)
        self._refresh()
        run([*self._apt(), "download", *names], cwd=into)
        return sorted(into.glob("*.deb"))

    def download_source(self, name: str, into: Path) -> Path:
        """The `.dsc` file of a source package, with the archives it names beside it."""
        into.mkdir(parents=True, exist_ok=True)
        self._refresh()
        run([*self._apt(), "source", "--download-only", "--only-source", name], cwd=into)
        return next(into.glob("*.dsc"))

    def _apt(self) -> list[str]:
        settings = {
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": self.directory / "sources",
            "Dir::State::lists": self.directory / "lists",
            "Dir::Cache": self.directory / "cache",
            "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
        }
        options = [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]
        return ["apt-get", "-qq", *options]

    def _refresh(self) -> None:
        stamp = self.directory / "refreshed"
        if stamp.exists() and time.time() - stamp.stat().st_mtime < LISTS_STAY_FRESH_FOR:
            return
        for part in ("sources", "lists/partial", "cache/archives/partial"):
            (self.directory / part).mkdir(parents=True, exist_ok=True)
        write_sources(self.directory / "sources")
        progress("reading the package archive's lists")
        run([*self._apt(), "update"])
        stamp.touch()


def write_sources(into: Path) -> None:
    """Write the machine's own distribution archives, binary and source, as settings for a private apt."""
    if not APT_SETTINGS.is_dir():
        raise FetchError("fetching needs Debian's apt; elsewhere, put the servers on PATH yourself")
    files = [APT_SETTINGS / "sources.list", *sorted((APT_SETTINGS / "sources.list.d").glob("*"))]
    wanted: dict[str, list[str]] = {".list": [], ".sources": []}
    for file in filter(Path.is_file, files):
        if file.suffix in wanted:
            wanted[file.suffix] += _with_sources(file.read_text(), file.suffix, distribution())
    if not any(wanted.values()):
        raise FetchError(f"apt on this machine knows no archive of {distribution()} main")
    (into / "machine.list").write_text("\n".join(dict.fromkeys(wanted[".list"])) + "\n")
    (into / "machine.sources").write_text("\n\n".join(dict.fromkeys(wanted[".sources"])) + "\n")


def distribution() -> str:
    """The code name of the machine's distribution, such as `bookworm`."""
    release = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    return release.get("VERSION_CODENAME", "").strip('"')


def _with_sources(text: str, suffix: str, codename: str) -> Iterator[str]:
    if suffix == ".list":
        for line in text.splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "deb" and codename in rest and "main" in rest.split():
                yield from (f"deb {rest}", f"deb-src {rest}")
        return
    for stanza in text.split("\n\n"):
        lines = [line for line in stanza.splitlines() if line and not line.startswith("#")]
        fields = {key.lower(): value.split() for key, _, value in (line.partition(":") for line in lines)}
        ours = any(suite.startswith(codename) for suite in fields.get("suites", []))
        if ours and "main" in fields.get("components", []) and fields.get("enabled") != ["no"]:
            yield "\n".join("Types: deb deb-src" if line.startswith("Types:") else line for line in lines)


def unpack(packages: Sequence[Path], into: Path) -> None:
    """Lay the packages' files out below `into`; their install scripts do not run."""
    into.mkdir(parents=True, exist_ok=True)
    for package in packages:
        run(["dpkg-deb", "-x", package, into])


def version_of(package: Path) -> str:
    return run(["dpkg-deb", "-f", package, "Version"]).strip()


def lacks_libraries(binary: Path) -> list[str]:
    """The shared libraries that a program needs and this machine does not have."""
    lines = run(["ldd", binary]).splitlines()
    return [line.split()[0] for line in lines if "not found" in line]
