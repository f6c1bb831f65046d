"""`vistas list`, `show`, `export` and `import`: what is kept, and ways in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from vistas.command_line.writing import open_store, open_workspace, say, say_columns, say_json
from vistas.errors import VistaNotFound
from vistas.formatting.counts import counted

if TYPE_CHECKING:
    from vistas.store import Store, VistaSummary
    from vistas.vista import Vista

_SHORT = 8


@click.command("list")
@click.option("--routine", default="", help="Only vistas of this routine.")
@click.option("--person", default="", help="Only vistas where this person walked or noticed something.")
@click.option("--words", default="", help="Only vistas with these words in the title or a notice.")
@click.option("--unanswered", is_flag=True, help="Only vistas with a notice that nobody has answered.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Show at most this many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(routine: str, person: str, words: str, unanswered: bool, limit: int, as_json: bool) -> None:
    """List the vistas in the library, newest first."""
    from vistas.store import Search

    search = Search(routine=routine, person=person, text=words, unanswered=unanswered, limit=limit)
    page = open_workspace().store.library(search)
    if as_json:
        say_json([_summary(vista) for vista in page.vistas])
    elif page.vistas:
        say_columns(
            (
                _short(vista.id),
                f"{vista.begun_at.astimezone():%Y-%m-%d %H:%M}",
                vista.author,
                _noticed_in(vista, unanswered=unanswered),
                counted(vista.gaps, "gap"),
                _named(vista),
            )
            for vista in page.vistas
        )
    elif unanswered:
        say("No vista has a notice that nobody has answered.")
    else:
        say("No vistas match. Gather one: vistas gather landscape")


@click.command
@click.argument("vista")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(vista: str, as_json: bool) -> None:
    """Show what is in VISTA: its stops, what was gathered, and what was noticed.

    VISTA is an id that `vistas list` shows, or a .vista file.
    """
    from vistas.command_line.showing import contents, print_vista

    found = find_vista(vista)
    if as_json:
        say_json(contents(found))
    else:
        print_vista(found)


@click.command
@click.argument("vista")
@click.option(
    "--to", "path", required=True, type=click.Path(path_type=Path), help="FILE.vista, FILE.html or FILE.md."
)
def export(vista: str, path: Path) -> None:
    """Write VISTA to a file: complete (.vista), as a web page (.html), or as notes (.md)."""
    from vistas.command_line.files import check_ending, write_file

    check_ending(path)
    write_file(find_vista(vista), path)
    say(f"Written to {path}.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Import .vista FILES into the library.

    Each file is fully checked before anything is saved. Importing adds to what is here and changes none of it.
    """
    store = open_workspace().store
    for path in files:
        vista = _read(path)
        brought = store.bring_in(vista)
        say(f"{_short(vista.id)}  {vista.name}")
        say(f"  {brought.summary} {brought.left_out}".rstrip())


def _read(path: Path) -> Vista:
    from vistas.errors import BundleError
    from vistas.sharing import read_bundle

    with path.open("rb") as file:
        try:
            return read_bundle(file)
        except BundleError as error:
            raise BundleError(f"{path}: {error}") from error


def find_vista(named: str) -> Vista:
    """A .vista file, or the vista of an id. BundleError, VistaNotFound."""
    if named.endswith(".vista"):
        return _read(Path(named))
    store = open_store()
    return store.vista(_find_id(store, named))


def _find_id(store: Store, named: str) -> UUID:
    """A whole id, or the one id that begins or ends so."""
    try:
        return UUID(named)
    except ValueError:
        wanted = named.lower()
    ids = {str(vista.id) for vista in _all(store)}
    found = [UUID(each) for each in ids if each.startswith(wanted) or each.endswith(wanted)]
    if len(found) != 1:
        raise VistaNotFound(
            f"{len(found) or 'no'} vistas have an id that begins or ends with {named}; see vistas list"
        )
    return found[0]


def _all(store: Store) -> Iterator[VistaSummary]:
    from dataclasses import replace

    from vistas.store import Search

    search = Search(saved_only=False, limit=500)
    while True:
        page = store.library(search)
        yield from page.vistas
        if page.after is None:
            return
        search = replace(search, after=page.after)


def _named(vista: VistaSummary) -> str:
    return f"{vista.name}, through {vista.seen_through}'s eyes" if vista.seen_through else vista.name


def _noticed_in(vista: VistaSummary, *, unanswered: bool) -> str:
    noticed = counted(sum(vista.notices.values()), "notice")
    return f"{noticed}, {vista.unanswered} unanswered" if unanswered else noticed


def _short(vista_id: UUID) -> str:
    """The end of an id: ids of one morning begin alike."""
    return str(vista_id)[-_SHORT:]


def _summary(vista: VistaSummary) -> dict[str, Any]:
    return {
        "vista": str(vista.id),
        "name": vista.name,
        "routine": vista.routine,
        "author": vista.author,
        "begun_at": vista.begun_at.isoformat(),
        "saved_at": vista.saved_at.isoformat() if vista.saved_at else None,
        "origin": vista.origin,
        "window": {"from": vista.window.start.isoformat(), "to": vista.window.end.isoformat()},
        "notices": sum(vista.notices.values()),
        "unanswered": vista.unanswered,
        "seen_through": vista.seen_through or None,
        "gaps": vista.gaps,
    }
