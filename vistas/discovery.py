"""What is lying about on this machine that somebody may want to connect."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

ENTRY_POINTS = "morning_vistas.offers"
"""Functions without arguments that look on this machine for one kind of tool: an Offer, or None."""


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


def answering() -> tuple[Offer, ...]:
    """What answers on this machine when it is asked; takes up to about a second."""
    asks: list[Callable[[], Offer | None]] = [entry.load() for entry in entry_points(group=ENTRY_POINTS)]
    return tuple(offer for ask in asks if (offer := ask()) is not None)
