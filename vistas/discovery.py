"""What is lying about on this machine that somebody may want to connect. Nothing is opened, nothing is asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that could be connected: `table` is what would stand under [sources.NAME] in vistas.toml."""

    name: str
    table: Mapping[str, str]
    says: str

    def toml(self) -> str:
        lines = (f'{key} = "{value}"' for key, value in self.table.items())
        return "\n".join((f"[sources.{self.name}]", *lines, ""))


def find_kubeconfig(environ: Mapping[str, str], home: Path) -> Path | None:
    """The kubeconfig that kubectl would read first, if there is one."""
    named = [Path(path) for path in environ.get("KUBECONFIG", "").split(os.pathsep) if path]
    return next((path for path in named or [home / ".kube" / "config"] if path.is_file()), None)


def offers(environ: Mapping[str, str], home: Path) -> tuple[Offer, ...]:
    """What was found without asking anybody."""
    kubeconfig = find_kubeconfig(environ, home)
    if kubeconfig is None:
        return ()
    table = {"type": "kubernetes", "kubeconfig": str(kubeconfig)}
    return (Offer("cluster", table, f"There is a kubeconfig at {kubeconfig}."),)
