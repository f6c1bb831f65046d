"""`vistas routines show`, `versions` and `diff`: what a routine is, what it was, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vistas.command_line.writing import open_workspace, say, say_columns
from vistas.errors import RoutineError
from vistas.formatting.counts import counted
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.practice.routines import Version
    from vistas.routine import Routine
    from vistas.store import WalkedVersion
    from vistas.workspace import Workspace


@click.command
@click.argument("routine", metavar="SLUG|FILE")
@click.option("--version", "number", type=click.IntRange(1), help="An earlier version; by default the newest.")
def show(routine: str, number: int | None) -> int:
    """Print a routine as the file it is or can be: SLUG@2 is its second version, as is SLUG --version 2.

    What stands in a file is printed as it stands there, with its comments.
    """
    from vistas.routine.file import write_routine

    workspace = open_workspace()
    found = workspace.find_routine(f"{routine}@{number}" if number else routine)
    text = _own_text(workspace, routine, found) or write_routine(found.masked(doors.masked))
    for line in text.splitlines():
        say(line)
    return 0


def _own_text(workspace: Workspace, named: str, found: Routine) -> str:
    """What stands in its file; empty where it has none, or another version stands there."""
    from vistas.routine.file import SUFFIXES
    from vistas.routine.folder import read_file

    path = Path(named) if named.endswith(SUFFIXES) else workspace.versions.file_of(found.routine)
    if path is None:
        return ""
    read = read_file(path)
    try:
        return read.text if read.routine().digest == found.digest else ""
    except RoutineError:
        return ""


@click.command
@click.argument("slug")
def versions(slug: str) -> int:
    """List a routine's versions, the newest first: who made each, why, and on how many mornings it was walked."""
    workspace = open_workspace()
    walked = workspace.store.walked(slug)

    def row(version: Version) -> tuple[str, ...]:
        mornings = sum(each.mornings for each in walked if _is_of(each, version))
        when = f"{version.at:%Y-%m-%d}" if version.at else ""
        walks = counted(mornings, "morning") if mornings else "not walked"
        return (f"{slug}@{version.number}", version.origin, version.by or "", when, walks, version.because)

    say_columns(row(version) for version in reversed(workspace.versions.versions(slug)))
    return 0


def _is_of(walked: WalkedVersion, version: Version) -> bool:
    return (walked.version, walked.digest) == (version.number, version.routine.digest)


@click.command
@click.argument("earlier", metavar="A")
@click.argument("later", metavar="B")
def diff(earlier: str, later: str) -> int:
    """Say what B looks at otherwise than A. Each is a SLUG, an earlier version such as SLUG@2, or a FILE."""
    from vistas.routine.difference import difference, in_lines

    workspace = open_workspace()
    lines = list(in_lines(difference(workspace.find_routine(earlier), workspace.find_routine(later))))
    for line in lines or ["Both look at the same."]:
        say(line)
    return 0
