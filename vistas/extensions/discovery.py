"""Tools found on this machine that somebody may want to connect."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from vistas.border import Fault, attempt

ENTRY_POINTS = "morning_vistas.offers"
"""Functions without arguments that look on this machine for one kind of tool: an Offer, or None."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A source that could be connected: `table` is what would stand under [sources.NAME] in vistas.toml."""

    name: str
    table: Mapping[str, str]
    text: str

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
    """What answers on this machine when it is asked; takes about a second at most. What fails offers nothing."""
    asks = [partial(_asked, entry) for entry in entry_points(group=ENTRY_POINTS)]
    found = [attempt("discovery", ask) for ask in asks]
    return tuple(offer for offer in found if offer is not None and not isinstance(offer, Fault))


def _asked(entry: EntryPoint) -> Offer | None:
    ask: Callable[[], Offer | None] = entry.load()
    return ask()
