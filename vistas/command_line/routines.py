"""`vistas routines`: which there are, and whether routine files are right."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vistas.command_line.writing import complain, say, say_columns
from vistas.errors import RoutineError

if TYPE_CHECKING:
    from vistas.routine import Routine


@click.group(invoke_without_command=True)
@click.pass_context
def routines(context: click.Context) -> None:
    """List the routines: the built-in ones and those in your folders."""
    if context.invoked_subcommand:
        return
    from vistas.routine_file import known_routines

    say_columns(
        (routine.routine, f"{len(routine.stops)} stops", f"about {routine.minutes} min", routine.title)
        for routine in known_routines(_folders())
    )


@routines.command
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> int:
    """Check routine FILES, or else every file in your folders. Each mistake is one line: FILE:LINE: KEY: why."""
    from vistas.routine_file import routine_files

    paths = files or tuple(routine_files(_folders()))
    if not paths:
        say("No folder of routines is set; the built-in ones are right.")
    mistakes = [mistake for path in paths for mistake in _mistakes(path)]
    for mistake in mistakes:
        complain(mistake)
    return 2 if mistakes else 0


def _folders() -> Sequence[Path]:
    from vistas.settings import load_settings

    return load_settings(os.environ, Path.cwd()).routines


def _mistakes(path: Path) -> Iterator[str]:
    from vistas.routine_file import load_routine

    try:
        routine = load_routine(path)
    except RoutineError as error:
        yield str(error)
        return
    untakable = list(_untakable(routine))
    yield from (f"{path}: {mistake}" for mistake in untakable)
    if not untakable:
        say(f"{path}: {routine.title}, {len(routine.stops)} stops, right")


def _untakable(routine: Routine) -> Iterator[str]:
    """Looks at a type of source that cannot take them. What a source of one's own name is, is not known here."""
    from vistas.source import source_types

    types = source_types()
    for stop, look in routine.looks():
        if look.source in types and look.take not in types[look.source].takes:
            known = ", ".join(sorted(types[look.source].takes))
            yield f"{stop.stop}/{look.look}: a source of type {look.source} takes {known}, not {look.take}"
