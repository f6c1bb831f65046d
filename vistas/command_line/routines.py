"""`vistas routines`: which there are, and whether routine files are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vistas.command_line.routines_export import export
from vistas.command_line.routines_import import import_
from vistas.command_line.routines_versions import diff, show, versions
from vistas.command_line.writing import complain, open_workspace, say, say_columns, settings_here
from vistas.errors import RoutineError
from vistas.formatting.counts import counted

if TYPE_CHECKING:
    from vistas.routine import Routine


@click.group(invoke_without_command=True)
@click.pass_context
def routines(context: click.Context) -> None:
    """List the routines: the built-in ones, those in your folders, and those kept in the store."""
    if context.invoked_subcommand:
        return
    workspace = open_workspace()
    for mistake in workspace.mistakes_in_routines():
        complain(str(mistake))
    say_columns(
        (
            routine.routine,
            f"version {routine.version}",
            counted(len(routine.stops), "stop"),
            f"about {routine.minutes} min",
            routine.title,
        )
        for routine in workspace.routines()
    )


routines.add_command(import_)
routines.add_command(export)
routines.add_command(show)
routines.add_command(versions)
routines.add_command(diff)


@routines.command
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--live", is_flag=True, help="Ask the connected sources as well; FILES may be names of routines then."
)
@click.option("--json", "as_json", is_flag=True, help="With --live: print JSON.")
def check(files: tuple[Path, ...], *, live: bool, as_json: bool) -> int:
    """Check routine FILES, or every file in your folders. Each mistake is one line: FILE:LINE: KEY: reason.

    What can be walked but looks odd is told, and is no mistake.

    With --live every look is asked, of all routines where none is named. Exits with 1 if one has nothing of what
    it asks for, with what probably happened; with 2 if a file is wrong, or a source did not answer.
    """
    from vistas.command_line.routines_live import check_live
    from vistas.routine.file import routine_files

    if live:
        return check_live([str(each) for each in files], as_json=as_json)
    if as_json:
        raise click.UsageError("--json goes with --live")

    paths = files or tuple(routine_files(_folders()))
    if not paths:
        say("No routines folder is set; the built-in routines are fine.")
    mistakes = [mistake for path in paths for mistake in _mistakes(path)]
    for mistake in mistakes:
        complain(mistake)
    return 2 if mistakes else 0


def _folders() -> Sequence[Path]:
    return settings_here().routines


def _mistakes(path: Path) -> Iterator[str]:
    from vistas.routine.checking import odd
    from vistas.routine.file import load_routine

    try:
        routine = load_routine(path)
    except RoutineError as error:
        yield str(error)
        return
    untakable = list(_unsupported_looks(routine))
    yield from (f"{path}: {mistake}" for mistake in untakable)
    for oddity in odd(routine):
        complain(f"{path}: note: {oddity}")
    if not untakable:
        say(f"{path}: {routine.title}, {counted(len(routine.stops), 'stop')}, OK")


def _unsupported_looks(routine: Routine) -> Iterator[str]:
    """Looks at a type of source that cannot take them. What a source of one's own name is, is not known here."""
    from vistas.source import source_types

    types = source_types()
    for stop, look in routine.looks():
        if look.source in types and look.take not in types[look.source].takes:
            known = ", ".join(sorted(types[look.source].takes))
            yield f"{stop.stop}/{look.look}: a source of type {look.source} takes {known}, not {look.take}"
        elif look.offset and look.take in getattr(types.get(look.source), "present", ()):
            yield f"{stop.stop}/{look.look}: {look.take} are always as of now, so offset cannot be"
