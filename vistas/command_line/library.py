"""`vistas list`, `show`, `export` and `import`: what is kept, and ways in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from vistas.command_line.writing import open_workspace, say, say_columns, say_json
from vistas.errors import VistaNotFound

if TYPE_CHECKING:
    from vistas.snapshot import Snapshot
    from vistas.store import Store, VistaSummary
    from vistas.vista import Vista

_SHORT = 8


@click.command("list")
@click.option("--routine", default="", help="Only of this routine.")
@click.option("--person", default="", help="Only where this person walked or noticed.")
@click.option("--words", default="", help="Only with these words in the title or a notice.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_(routine: str, person: str, words: str, limit: int, as_json: bool) -> None:
    """List the vistas in the library, newest first."""
    from vistas.store import Search

    page = open_workspace().store.library(Search(routine=routine, person=person, text=words, limit=limit))
    if as_json:
        say_json([_summary(vista) for vista in page.vistas])
    elif page.vistas:
        say_columns(
            (
                _short(vista.id),
                f"{vista.begun_at.astimezone():%Y-%m-%d %H:%M}",
                vista.author,
                f"{sum(vista.notices.values())} noticed",
                f"{vista.gaps} gaps",
                vista.name,
            )
            for vista in page.vistas
        )
    else:
        say("No vista fits. Gather one: vistas gather landscape")


@click.command
@click.argument("vista")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(vista: str, as_json: bool) -> None:
    """Show what is in VISTA: its stops, what was gathered, and what was noticed.

    VISTA is an id that `vistas list` shows, or a .vista file.
    """
    found = _find(vista)
    if as_json:
        say_json(_contents(found))
    else:
        _tell(found)


@click.command
@click.argument("vista")
@click.option(
    "--to", "path", required=True, type=click.Path(path_type=Path), help="FILE.vista, FILE.html or FILE.md."
)
def export(vista: str, path: Path) -> None:
    """Write VISTA to a file: whole (.vista), as a page that opens anywhere (.html), or as notes (.md)."""
    from vistas.command_line.files import check_ending, write_file

    check_ending(path)
    write_file(_find(vista), path)
    say(f"Written to {path}.")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(files: tuple[Path, ...]) -> None:
    """Bring .vista FILES into the library. Each is checked through before anything of it is kept."""
    store = open_workspace().store
    for path in files:
        vista = _read(path)
        store.put(vista)
        say(f"{_short(vista.id)}  {vista.name}")


def _read(path: Path) -> Vista:
    from vistas.errors import BundleError
    from vistas.sharing import read_bundle

    with path.open("rb") as file:
        try:
            return read_bundle(file)
        except BundleError as error:
            raise BundleError(f"{path}: {error}") from error


def _find(named: str) -> Vista:
    if named.endswith(".vista"):
        return _read(Path(named))
    store = open_workspace().store
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
        raise VistaNotFound(f"{len(found) or 'no'} vistas have an id like {named}; vistas list shows them")
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
        "gaps": vista.gaps,
    }


def _contents(vista: Vista) -> dict[str, Any]:
    return {
        "vista": str(vista.id),
        "name": vista.name,
        "routine": vista.routine.routine,
        "author": vista.author,
        "window": {"from": vista.window.start.isoformat(), "to": vista.window.end.isoformat()},
        "stops": [
            {
                "stop": stop.stop,
                "question": stop.question,
                "looks": [_look(snapshot) for snapshot in vista.at(stop.stop)],
                "notices": [notice.model_dump(mode="json") for notice in vista.noticed_at(stop.stop)],
            }
            for stop in vista.routine.stops
        ],
    }


def _look(snapshot: Snapshot) -> dict[str, Any]:
    frame, gap = snapshot.frame, snapshot.gap
    return {
        "look": snapshot.look,
        "source": snapshot.source,
        "query": snapshot.provenance.query,
        "state": "frame" if frame else "gap",
        "rows": frame.rows if frame else 0,
        "reason": f"{gap.reason.value}: {gap.says}" if gap else None,
    }


def _tell(vista: Vista) -> None:
    say(vista.name)
    start, end = vista.window.start.astimezone(), vista.window.end.astimezone()
    say(f"{vista.author}, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M %Z}")
    for stop in vista.routine.stops:
        say()
        say(f"{stop.title}: {stop.question}")
        for snapshot in vista.at(stop.stop):
            look = _look(snapshot)
            say(f"  {look['look']} ({look['source']}): {look['reason'] or str(look['rows']) + ' rows'}")
        for notice in vista.noticed_at(stop.stop):
            say(f"  “{notice.text}” ({notice.author}, {notice.kind.value})")
