"""Current servers, built from Go modules: `go/` holds a small module of ours for each, which pins it.

The go command fetches what `go.mod` and `go.sum` name, from wherever this machine's Go is told to, and builds
it. Of theirs only the programs are kept.
"""

import functools
import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers.cache import FetchError, cache_directory, progress
from tests.servers.packages import run

MODULES = Path(__file__).parent / "go"
STAND_IN_PAGE = "<!doctype html>\n<title>Alertmanager's own pages are built by npm</title>\n"


@dataclass(frozen=True)
class FromModule:
    """A server that a module of `go/` pins."""

    directory: str
    """The module of ours, in `go/`."""
    module: str
    """The module of theirs: the version that `go.mod` names for it is the server's."""
    packages: tuple[str, ...]
    """What is built of it; each program is called as its package is."""
    tags: tuple[str, ...] = ()
    stamps: tuple[str, ...] = ()
    """Variables of Go that hold the version, as `variable=words`, where `{v}` is the version without a `v`."""
    lacks: tuple[str, ...] = ()
    """Files that are in no Go module because npm makes them, and that the program does not compile without."""
    keeps: tuple[str, ...] = ()
    """Of a directory of theirs, the files that are built: what the others need is in no Go module any more."""

    @property
    def pinned(self) -> str:
        """The version that `go.mod` names, such as `v1.37.2`."""
        text = (MODULES / self.directory / "go.mod").read_text()
        found = re.search(rf"{re.escape(self.module)} (v\S+)", text)
        if not found:
            raise FetchError(f"go/{self.directory}/go.mod does not require {self.module}")
        return found[1]

    @property
    def version(self) -> str:
        """The release as people say it. Prometheus v3.16.0 is module v0.316.0."""
        parts = re.fullmatch(r"v0\.(\d+)(\d\d)\.(\d+)", self.pinned)
        return ".".join(str(int(part)) for part in parts.groups()) if parts else self.pinned.removeprefix("v")


KUBERNETES = "k8s.io/kubernetes"
VICTORIA = "github.com/VictoriaMetrics"
COMMON = "github.com/prometheus/common/version.Version={v}"
KUBERNETES_STAMPS = tuple(
    f"k8s.io/{package}.{variable}"
    for package in ("component-base/version", "client-go/pkg/version")
    for variable in ("gitVersion=v{v}", "gitMajor={major}", "gitMinor={minor}", "gitTreeState=archive")
)
CURRENT = {
    "prometheus": FromModule(
        "prometheus",
        "github.com/prometheus/prometheus",
        ("cmd/prometheus", "cmd/promtool"),
        # Discovery in two dozen clouds is most of what there would be to compile.
        tags=("netgo", "remove_all_sd"),
        stamps=(COMMON,),
    ),
    "alertmanager": FromModule(
        "alertmanager",
        "github.com/prometheus/alertmanager",
        ("cmd/alertmanager",),
        tags=("netgo",),
        stamps=(COMMON,),
        lacks=("ui/app/dist/elm/index.html", "ui/app/dist/mantine/index.html"),
    ),
    "victoria-metrics": FromModule(
        "victoria-metrics",
        f"{VICTORIA}/VictoriaMetrics",
        ("app/victoria-metrics",),
        stamps=(f"{VICTORIA}/VictoriaMetrics/lib/buildinfo.Version=victoria-metrics-tags-v{{v}}",),
    ),
    "victoria-logs": FromModule(
        "victoria-logs",
        f"{VICTORIA}/VictoriaLogs",
        ("app/victoria-logs",),
        stamps=(f"{VICTORIA}/VictoriaMetrics/lib/buildinfo.Version=victoria-logs-tags-v{{v}}",),
    ),
    "etcd": FromModule("etcd", "go.etcd.io/etcd/server/v3", ("",)),
    "kube-apiserver": FromModule("kubernetes", KUBERNETES, ("cmd/kube-apiserver",), stamps=KUBERNETES_STAMPS),
    "kube-controller-manager": FromModule(
        "kubernetes", KUBERNETES, ("cmd/kube-controller-manager",), stamps=KUBERNETES_STAMPS
    ),
    "node-exporter-of-2017": FromModule(
        "node-exporter-of-2017",
        "github.com/prometheus/node_exporter",
        ("",),
        stamps=(COMMON,),
        keeps=tuple(
            f"collector/{name}.go"
            for name in (
                *("collector", "helper", "paths", "cpu_linux", "filesystem_common", "filesystem_linux", "loadavg"),
                *("loadavg_linux", "meminfo", "meminfo_linux", "netdev_common", "netdev_linux", "stat_linux"),
                *("textfile", "time", "filefd_linux"),
            )
        ),
    ),
    "oauth2-proxy": FromModule(
        "oauth2-proxy",
        "github.com/oauth2-proxy/oauth2-proxy/v7",
        ("",),
        stamps=("github.com/oauth2-proxy/oauth2-proxy/v7/pkg/version.VERSION=v{v}",),
    ),
}
GATEWAY_API = "gateway-api"
CURRENT_FILES = {
    GATEWAY_API: (FromModule("gateway-api", "sigs.k8s.io/gateway-api", ()), "config/crd/standard"),
}
"""What is taken from a module as it is: the directory of it."""
NAMES = (*CURRENT, *CURRENT_FILES)


def why_without_go() -> str:
    """Why current servers cannot be built on this machine; empty where they can."""
    go = shutil.which("go")
    return _shortcoming(go) if go else "Go is not on this machine"


@functools.cache
def _shortcoming(go: str) -> str:
    newest = max((path.parent for path in MODULES.glob("*/go.mod")), key=_needs)
    # Asked in the module, so that a Go that fetches newer ones of itself says what it will be.
    said = subprocess.run([go, "env", "GOVERSION"], cwd=newest, capture_output=True, text=True, check=False)
    found = re.match(r"go(\d+)\.(\d+)(?:\.(\d+))?", said.stdout.strip())
    if not found:
        return f"the Go on this machine does not say its version: {(said.stderr or said.stdout).strip()[:200]}"
    if tuple(int(part or 0) for part in found.groups()) < _needs(newest):
        return f"Go {'.'.join(map(str, _needs(newest)))} is needed and this machine has {found[0][2:]}"
    return ""


def _needs(module: Path) -> tuple[int, ...]:
    """The Go that a module of ours asks for."""
    [line] = re.findall(r"^go (\d+)\.(\d+)(?:\.(\d+))?$", (module / "go.mod").read_text(), re.MULTILINE)
    return tuple(int(part or 0) for part in line)


def key_of(name: str) -> str:
    """What a server's directory in the cache is called: `prometheus@v0.316.0`."""
    return f"{name}@{_pinning(name).pinned}"


def directory_of(name: str) -> Path | None:
    """Where the pinned version of a server is, or None when it is not built yet."""
    directory = cache_directory() / key_of(name)
    return directory if directory.is_dir() else None


def program_name(name: str) -> str:
    """What the server's own program is called."""
    return Path(CURRENT[name].packages[0]).name or name


def version_of(name: str) -> str:
    return _pinning(name).version


def build(name: str, work: Path) -> Path:
    """Build a server, or take its files, below `work`; the directory that holds them. Raises FetchError."""
    made = work / "made"
    if name in CURRENT_FILES:
        pinning, part = CURRENT_FILES[name]
        shutil.copytree(_source(pinning) / part, made)
        return made
    made.mkdir()
    server = CURRENT[name]
    progress(f"{name} {server.version}: building from its Go module, once per machine")
    began = time.monotonic()
    changed = server.lacks or server.keeps
    module = _module_with_copy(server, work) if changed else MODULES / server.directory
    for package in server.packages:
        _compile(server, package, module, made / (Path(package).name or name))
    progress(f"{name} {server.version}: built in {time.monotonic() - began:.0f} s")
    return made


def _pinning(name: str) -> FromModule:
    return CURRENT_FILES[name][0] if name in CURRENT_FILES else CURRENT[name]


def _compile(server: FromModule, package: str, module: Path, target: Path) -> None:
    major, minor, *_ = (*server.version.split("."), "")
    said = [stamp.format(v=server.version, major=major, minor=minor) for stamp in server.stamps]
    flags = " ".join(["-s -w", *(f"-X {stamp}" for stamp in said)])
    path = f"{server.module}/{package}".rstrip("/")
    tags = ["-tags", ",".join(server.tags)] if server.tags else []
    _go(module, "build", "-trimpath", *tags, "-ldflags", flags, "-o", target, path)


def _module_with_copy(server: FromModule, work: Path) -> Path:
    """Our module anew, with a copy of theirs: what npm would have made stands in, and what is not kept is gone."""
    copy, ours = work / "theirs", work / "ours"
    shutil.copytree(_source(server), copy)
    for directory, _, _ in os.walk(copy):
        Path(directory).chmod(0o755)
    for file in server.lacks:
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        (copy / file).write_text(STAND_IN_PAGE)
    _leave_out(server, copy)
    shutil.copytree(MODULES / server.directory, ours)
    _go(ours, "mod", "edit", f"-replace={server.module}={copy}")
    return ours


def _leave_out(server: FromModule, copy: Path) -> None:
    for directory in {(copy / file).parent for file in server.keeps}:
        for file in directory.glob("*.go"):
            if str(file.relative_to(copy)) not in server.keeps:
                file.unlink()
    if not (copy / "go.mod").exists():  # It is older than modules are.
        (copy / "go.mod").write_text(f"module {server.module}\n\ngo 1.16\n")


def _source(pinning: FromModule) -> Path:
    """Where Go keeps the pinned module, fetched and compared with `go.sum`."""
    told = json.loads(_go(MODULES / pinning.directory, "mod", "download", "-json", pinning.module))
    return Path(told["Dir"])


def _go(module: Path, *arguments: str | Path) -> str:
    if reason := why_without_go():
        raise FetchError(reason)
    environment = {**os.environ, "CGO_ENABLED": "0", "GOWORK": "off"}
    return run(["nice", "go", *arguments], cwd=module, env=environment)
