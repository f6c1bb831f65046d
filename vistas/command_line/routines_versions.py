"""`vistas routines show`, `versions` and `diff`: what a routine is, what it was, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vistas.command_line.writing import open_workspace, say, say_columns
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.practice.routines import Version
    from vistas.store import WalkedVersion


@click.command
@click.argument("routine", metavar="SLUG|FILE")
@click.option("--version", "number", type=click.IntRange(1), help="An earlier version; by default the newest.")
def show(routine: str, number: int | None) -> int:
    """Print a routine as the file it can be: SLUG@2 is its second version, as is SLUG --version 2."""
    from vistas.routine.file import write_routine

    found = open_workspace().find_routine(f"{routine}@{number}" if number else routine)
    for line in write_routine(found.masked(doors.masked)).splitlines():
        say(line)
    return 0


@click.command
@click.argument("slug")
def versions(slug: str) -> int:
    """List a routine's versions, the newest first: who made each, why, and on how many mornings it was walked."""
    from vistas.command_line.log_words import count

    workspace = open_workspace()
    walked = workspace.store.walked(slug)

    def row(version: Version) -> tuple[str, ...]:
        mornings = sum(each.mornings for each in walked if _is_of(each, version))
        when = f"{version.at:%Y-%m-%d}" if version.at else ""
        walks = count(mornings, "morning") if mornings else "not walked"
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
