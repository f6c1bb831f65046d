"""A real kube-apiserver, built from Debian's source package: no package ships the program.

The source package has every dependency vendored, so the build asks for nothing else. It takes
about five minutes on two cores and 2.5 GB of disk, both given back afterwards.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.cache import FetchError, progress
from tests.servers.packages import Archive, run, unpack

PROGRAM = "kube-apiserver"
TREE = "k8s.io/kubernetes"
TOOLCHAIN = ("golang-1.19-go", "golang-1.19-src", "golang-github-modern-go-reflect2-dev")
RECIPE_IS_FOR = "1.20."
NOT_IN_THE_API = re.compile("/(code-generator|sample-apiserver|kube-openapi|gengo)(/|$)")


def build(archive: Archive, work: Path) -> tuple[Path, str]:
    """Build the API server below `work`; the directory holding it, and its version."""
    progress(f"{PROGRAM}: building from source, once per machine (about five minutes on two cores)")
    recipe = _Recipe(work)
    recipe.unpack(archive)
    recipe.replace_reflection_library()
    recipe.generate_openapi()
    return recipe.compile(), recipe.version


@dataclass
class _Recipe:
    work: Path
    version: str = ""

    @property
    def tree(self) -> Path:
        return self.work / "gopath/src" / TREE

    def unpack(self, archive: Archive) -> None:
        """Lay out the compiler and the source."""
        unpack(archive.download(TOOLCHAIN, self.work / "packages"), self.work / "root")
        description = archive.download_source("kubernetes", self.work / "source")
        found = re.search(r"_(?:.*really)?([0-9.]+)", description.name)
        self.version = found[1] if found else ""
        if not self.version.startswith(RECIPE_IS_FOR):
            raise FetchError(f"the archive offers {description.name}; the build here is for {RECIPE_IS_FOR}x")
        self.tree.parent.mkdir(parents=True)
        run(["dpkg-source", "--no-check", "-x", description, self.tree])

    def replace_reflection_library(self) -> None:
        """The vendored reflect2 1.0.1 corrupts memory under Go 1.18 and later; Debian has 1.0.2."""
        vendored = self.tree / "vendor/github.com/modern-go/reflect2"
        for old in vendored.glob("*.go"):
            old.unlink()
        packaged = self.work / "root/usr/share/gocode/src/github.com/modern-go/reflect2"
        for new in packaged.glob("*.go"):
            (vendored / new.name).write_bytes(new.read_bytes())

    def generate_openapi(self) -> None:
        """Make the one generated file that the source package lacks."""
        generator = self.work / "openapi-gen"
        self._go("build", "-o", generator, "./vendor/k8s.io/kube-openapi/cmd/openapi-gen")
        inputs = ",".join(f"{TREE}/{directory}" for directory in sorted(set(self._described_directories())))
        header = "vendor/k8s.io/code-generator/hack/boilerplate.go.txt"
        target = ["-p", f"{TREE}/pkg/generated/openapi", "-O", "zz_generated.openapi", "-h", header]
        report = self.work / "violations.txt"
        run([generator, "-i", inputs, *target, "-r", report], cwd=self.tree, env=self._environment())
        if report.read_bytes() != (self.tree / "api/api-rules/violation_exceptions.list").read_bytes():
            raise FetchError("the generated API description differs from what the source expects")

    def compile(self) -> Path:
        """Compile the server; the directory that holds it."""
        target = self.work / "made"
        target.mkdir()
        self._go("build", "-trimpath", "-ldflags", self._stamp(), "-o", target / PROGRAM, f"{TREE}/cmd/{PROGRAM}")
        return target

    def _described_directories(self) -> Iterator[str]:
        for top in ("pkg", "plugin", "vendor/k8s.io"):
            for directory, _, files in os.walk(self.tree / top, followlinks=True):
                relative = str(Path(directory).relative_to(self.tree))
                if top == "vendor/k8s.io" and NOT_IN_THE_API.search(relative.removeprefix(top)):
                    continue
                sources = (Path(directory, file) for file in files if file.endswith(".go"))
                written = (path for path in sources if not path.name.startswith("zz_generated"))
                if any(b"+k8s:openapi-gen=" in path.read_bytes() for path in written):
                    yield relative

    def _stamp(self) -> str:
        major, minor = self.version.split(".")[:2]
        says = {"gitVersion": f"v{self.version}", "gitMajor": major, "gitMinor": minor, "gitTreeState": "archive"}
        places = ("component-base/version", "client-go/pkg/version")
        stamps = [
            f"-X {TREE}/vendor/k8s.io/{place}.{key}={value}" for place in places for key, value in says.items()
        ]
        return " ".join(["-s -w", *stamps])

    def _go(self, *arguments: str | Path) -> None:
        compiler = self.work / "root/usr/lib/go-1.19/bin/go"
        run(["nice", compiler, *arguments], cwd=self.tree, env=self._environment())

    def _environment(self) -> dict[str, str]:
        goroot = self.work / "root/usr/lib/go-1.19"
        places = {"GOROOT": goroot, "GOPATH": self.work / "gopath", "GOCACHE": self.work / "gocache"}
        modes = {"GO111MODULE": "off", "GOFLAGS": "", "GOPROXY": "off", "CGO_ENABLED": "0"}
        path = f"{goroot}/bin:{os.environ['PATH']}"
        return {**os.environ, **modes, **{key: str(value) for key, value in places.items()}, "PATH": path}
