"""`vistas store check`: whether what is kept is still there, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.writing import open_workspace, say, say_columns, say_json

if TYPE_CHECKING:
    from vistas.store import DamagedFrame

_HEALS = "Gathering or importing the same content again repairs it, as vistas import FILE.vista does."


@click.group
def store() -> None:
    """Check what is saved."""


@store.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(as_json: bool) -> int:
    """Read every saved frame, and list those that are damaged or missing. Exits with 1 if any are."""
    found = open_workspace().store.examine()
    if as_json:
        say_json({"frames": found.frames, "damaged": [_as_json(each) for each in found.damaged]})
    elif found.damaged:
        say(f"{len(found.damaged):,} of {found.frames:,} frames are damaged:")
        say_columns(
            (str(each.vista)[-8:], f"{each.stop}/{each.look} ({each.source})", each.message, each.name)
            for each in found.damaged
        )
        say(_HEALS)
    else:
        say(f"{found.frames:,} frames, all intact.")
    return 1 if found.damaged else 0


def _as_json(each: DamagedFrame) -> dict[str, Any]:
    return {
        "vista": str(each.vista),
        "name": each.name,
        "stop": each.stop,
        "look": each.look,
        "source": each.source,
        "says": each.message,
    }
