"""`vistas routines import`: dashboards as routine files, with what was carried and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vistas.command_line.values import ASSIGNMENT
from vistas.command_line.writing import complain, say, say_json, settings_here
from vistas.errors import DashboardError
from vistas.formatting.counts import counted
from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.importing import Import, Imported, Remark, Report
    from vistas.routine import Routine

_NAMED = 3
"""So many places are named of one remark; --json has all."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to write routine files into; none by default.",
)
@click.option(
    "--set",
    "values",
    multiple=True,
    type=ASSIGNMENT,
    help="A value for a variable of the dashboards; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(
    files: tuple[Path, ...], folder: Path | None, values: tuple[tuple[str, str], ...], as_json: bool
) -> int:
    """Make routines of the Grafana or Perses dashboards in FILES: JSON or YAML, bare or in Kubernetes objects.

    Prints what was carried and what was not, and why. Exits with 2 if a file could not be read.
    """
    imports, mistakes = _import(files, dict(values))
    written = _write(imports, folder) if folder else {}
    if as_json:
        say_json(
            {
                "dashboards": [_as_json(each, written) for found in imports for each in found.dashboards],
                "unusable": [
                    {"where": each.where, "reason": each.reason} for found in imports for each in found.unusable
                ],
                "mistakes": mistakes,
            }
        )
    else:
        for found in imports:
            _print(found, written)
        _print_hints(imports, written)
        for mistake in mistakes:
            complain(mistake)
    return 2 if mistakes else 0


def _import(files: Sequence[Path], values: Mapping[str, str]) -> tuple[list[Import], list[str]]:
    """All that could be read, under names that no other routine has; one wrong file keeps nobody from the rest."""
    from vistas.importing import Slugs, import_dashboards
    from vistas.routine.file import built_in_routines

    settings_here()
    slugs = Slugs(frozenset(routine.routine for routine in built_in_routines()))
    imports, mistakes = [], []
    for path in files:
        try:
            imports.append(import_dashboards(_read(path), str(path), slugs=slugs, given=values, mask=doors.masked))
        except DashboardError as error:
            mistakes.append(str(error))
    return imports, mistakes


def _read(path: Path) -> str:
    from vistas.importing import LONGEST

    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
    except OSError as error:
        raise DashboardError(f"{path} cannot be read: {error.strerror}") from error
    if len(content) > LONGEST:
        raise DashboardError(f"{path} is longer than {LONGEST:,} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise DashboardError(f"{path} is not UTF-8 text (byte {error.start})") from error


def _write(imports: Sequence[Import], folder: Path) -> dict[str, Path]:
    """Every routine into a file of its own, or none at all where one is there already."""
    from vistas.routine.file import write_routine

    folder.mkdir(parents=True, exist_ok=True)
    files = {routine.routine: (folder / f"{routine.routine}.yaml", routine) for routine in _routines(imports)}
    for path, _ in files.values():
        if path.exists():
            raise DashboardError(
                f"{path} is already there, nothing was written: move it away, or choose another --out"
            )
    for path, routine in files.values():
        with path.open("x", encoding="utf-8") as file:
            file.write(write_routine(routine))
    return {slug: path for slug, (path, _) in files.items()}


def _routines(imports: Sequence[Import]) -> Iterator[Routine]:
    for found in imports:
        for dashboard in found.dashboards:
            yield from dashboard.routines


def _as_json(imported: Imported, written: Mapping[str, Path]) -> dict[str, Any]:
    from vistas.importing import Thing

    report = imported.report
    return {
        "dashboard": imported.where,
        "form": imported.form.value,
        "title": imported.title,
        "routines": [
            {
                "routine": routine.routine,
                "stops": len(routine.stops),
                "looks": sum(1 for _ in routine.looks()),
                "file": str(written[routine.routine]) if routine.routine in written else None,
            }
            for routine in imported.routines
        ],
        "counts": {
            thing.value: {"in": report.came_in(thing), "carried": report.carried[thing]} for thing in Thing
        },
        "not_carried": [{"what": remark.thing, **_remark(remark)} for remark in report.left],
        "changed": [_remark(remark) for remark in report.changed],
        "unchecked": [_remark(remark) for remark in report.unchecked],
    }


def _remark(remark: Remark) -> dict[str, str | None]:
    return {
        "where": remark.where,
        "reason": remark.reason,
        "before": remark.before or None,
        "after": remark.after or None,
    }


def _print(found: Import, written: Mapping[str, Path]) -> None:
    for imported in found.dashboards:
        say(f"{imported.where}: {imported.title or 'without a title'} ({imported.form.value})")
        for routine in imported.routines:
            looks = counted(sum(1 for _ in routine.looks()), "look")
            where = f", written to {written[routine.routine]}" if routine.routine in written else ""
            say(f"  routine {routine.routine}: {counted(len(routine.stops), 'stop')}, {looks}{where}")
        if not imported.routines:
            say("  no routine: nothing of it can be looked at here")
        say(f"  carried: {_tally(imported.report)}")
        _print_remarks("not carried", imported.report.left)
        _print_remarks("carried differently", imported.report.changed)
        _print_remarks("kept as it is, cannot be checked here", imported.report.unchecked)
    for unusable in found.unusable:
        say(f"{unusable.where}: {unusable.reason}")


def _print_hints(imports: Sequence[Import], written: Mapping[str, Path]) -> None:
    from vistas.importing import Thing

    left = (remark for found in imports for each in found.dashboards for remark in each.report.left)
    if any(remark.thing is Thing.VARIABLE for remark in left):
        say("A variable gets a value by --set NAME=VALUE.")
    if not written and any(True for _ in _routines(imports)):
        say("Nothing was written. Add --out FOLDER to write routine files.")


def _tally(report: Report) -> str:
    from vistas.importing import Thing

    counts = ((report.carried[thing], report.came_in(thing), thing) for thing in Thing)
    told = [f"{carried:,} of {_plural(came_in, thing)}" for carried, came_in, thing in counts if came_in]
    return ", ".join(told) or "nothing, there was nothing in it"


def _plural(number: int, what: str) -> str:
    return f"{number:,} queries" if what == "query" and number != 1 else counted(number, what)


def _print_remarks(heading: str, remarks: Sequence[Remark]) -> None:
    """One line for each reason, with where it holds."""
    if not remarks:
        return
    say(f"  {heading}:")
    places: dict[str, list[str]] = {}
    for remark in remarks:
        places.setdefault(remark.reason, []).append(remark.where)
    for reason, where in places.items():
        more = f" and {len(where) - _NAMED:,} more" if len(where) > _NAMED else ""
        say(f"    {'; '.join(where[:_NAMED])}{more}: {reason}")
