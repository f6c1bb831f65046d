"""A file of dashboards as routines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vistas.errors import DashboardError
from vistas.importing.making import make_routines
from vistas.importing.naming import LONGEST_PROSE, Mask, Slugs, one_line
from vistas.importing.reading.classic import read_classic
from vistas.importing.reading.dashboard import MOST_QUERIES, Dashboard, queries_in
from vistas.importing.reading.documents import read_documents
from vistas.importing.reading.perses import read_perses
from vistas.importing.reading.resource import read_resource
from vistas.importing.reading.unwrapping import Form, Found, Unusable, dashboards_in
from vistas.importing.report import Report
from vistas.routine import Routine

_MOST_PLACES = 2000
"""Where dashboards are looked for in one file."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One dashboard: where it stood, and what became of it. Without routines nothing of it can be looked at.

    `folded` has the routine and the stop of each that the dashboard hides at first.
    """

    where: str
    form: Form
    title: str
    routines: tuple[Routine, ...]
    folded: frozenset[tuple[str, str]]
    report: Report


@dataclass(frozen=True, slots=True)
class Import:
    """All of one file; `unusable` stood where dashboards were looked for, and is none."""

    dashboards: tuple[Imported, ...]
    unusable: tuple[Unusable, ...]


def _as_it_is(text: str) -> str:
    return text


def import_dashboards(
    written: str,
    name: str,
    *,
    slugs: Slugs | None = None,
    given: Mapping[str, str] | None = None,
    mask: Mask = _as_it_is,
) -> Import:
    """Every dashboard in a text, in any of the forms that are known; `name` is what messages call the text.

    `slugs` gives routines names that are unique beyond this file, `given` are values for variables, and `mask`
    takes secrets out of prose before it is kept. DashboardError where the text cannot be read, holds no dashboard
    or far too many; one that is wrong keeps nobody from the others.
    """
    given = given or {}
    slugs = slugs or Slugs()
    queries = 0
    dashboards: list[Imported] = []
    unusable: list[Unusable] = []
    for found in _found(written, name):
        if isinstance(found, Unusable):
            unusable.append(found)
            continue
        try:
            dashboard = _READERS[found.form](found)
        except DashboardError as error:
            unusable.append(Unusable(found.where, str(error).removeprefix(f"{found.where}: ")))
            continue
        queries += queries_in(dashboard.bands)
        if queries > MOST_QUERIES:
            raise DashboardError(f"{name} holds more than {MOST_QUERIES:,} queries: import it in parts")
        made = make_routines(dashboard, slugs, given, mask)
        title = one_line(mask(dashboard.title[:LONGEST_PROSE])) or found.title
        dashboards.append(Imported(found.where, found.form, title, made.routines, made.folded, made.report))
    if not dashboards:
        first = unusable[0] if unusable else Unusable(name, "holds nothing")
        raise DashboardError(f"{first.where}: {first.reason}")
    return Import(tuple(dashboards), tuple(unusable))


def _found(written: str, name: str) -> Iterator[Found | Unusable]:
    trees = read_documents(written, name)
    places = 0
    for number, tree in enumerate(trees, 1):
        if tree is None:
            continue
        for found in dashboards_in(tree, name if len(trees) == 1 else f"{name}: document {number}"):
            places += 1
            if places > _MOST_PLACES:
                raise DashboardError(f"{name} holds more than {_MOST_PLACES:,} objects: import it in parts")
            yield found


_READERS: Mapping[Form, Callable[[Found], Dashboard]] = {
    Form.CLASSIC: lambda found: read_classic(found.tree, found.where),
    Form.RESOURCE: lambda found: read_resource(found.tree, found.where),
    Form.PERSES: lambda found: read_perses(found.tree, found.where, found.title),
}
