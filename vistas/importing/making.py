"""A dashboard as a routine, or as several where one cannot hold it; with a report of all that was in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from vistas.importing.datasources import Datasources
from vistas.importing.macros import read_span
from vistas.importing.naming import LONGEST_LINE, LONGEST_PROSE, Mask, Slugs, clipped, one_line, prose
from vistas.importing.panels.carrying import Carried, Panels
from vistas.importing.queries import Queries
from vistas.importing.reading.dashboard import Dashboard
from vistas.importing.reading.tree import at, table, text
from vistas.importing.report import Report, Thing
from vistas.importing.stops import Group, groups_under, make_stop
from vistas.importing.variables import Known, read_variables
from vistas.routine import Routine, Stop, Variable, references

MOST_STOPS = 40
_MOST_LETTERS = 300_000
"""Of all queries and prose in one routine: a file of ours may have a million characters."""
_WINDOW = timedelta(hours=12)
_SHORTEST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Made:
    """`folded` has the routine and the stop of each that the dashboard hides at first."""

    routines: tuple[Routine, ...]
    folded: frozenset[tuple[str, str]]
    report: Report


def make_routines(dashboard: Dashboard, slugs: Slugs, given: Mapping[str, str], mask: Mask) -> Made:
    """No routine where nothing of the dashboard can be looked at; the report says why."""
    report = Report()
    datasources = Datasources(dashboard.variables, dashboard.inputs)
    variables = list(read_variables(dashboard.variables, given, lambda each: datasources.trouble(each, None)))
    known = {variable.name: variable for variable in variables}
    values = {name: Known(name, "given", (value,)) for name, value in given.items()}
    inputs = {name: Known(name, "input", (value,)) for name, value in dashboard.inputs.items()}
    window = _window(dashboard.since, report)
    queries = Queries(datasources, {**inputs, **values, **known}, window, report)
    groups = _groups(dashboard, Panels(queries, report, mask), report, mask)
    choices = _choices(variables, queries, report, mask)
    _count_variables(variables, queries.used, datasources, report)
    _count_the_rest(dashboard, report)
    title = one_line(mask(dashboard.title[:LONGEST_PROSE])) or "Dashboard"
    stops = [(group, make_stop(group, Slugs(), title)) for group in groups]
    _tell_cut_prose(stops, report)
    routines = tuple(
        _routines(
            [stop for _, stop in stops], title, mask(prose(dashboard.description)), window, choices.values(), slugs
        )
    )
    named = ((routine.routine, stop.stop) for routine in routines for stop in routine.stops)
    folded = frozenset(name for name, (group, _) in zip(named, stops, strict=True) if group.folded)
    return Made(routines, folded, report)


def _window(since: str, report: Report) -> timedelta:
    """From `now-6h`; twelve hours where it is not of that form."""
    span = read_span(since.removeprefix("now-")) if since.startswith("now-") else None
    if span is not None and span >= _SHORTEST:
        return span
    if since:
        report.change("the dashboard", f"has a time range that means nothing here ({since[:40]}); here it is 12h")
    return _WINDOW


def _groups(dashboard: Dashboard, panels: Panels, report: Report, mask: Mask) -> list[Group]:
    """What will be stops, in order. Words that stand where nothing can be looked at go on to the next stop."""
    groups: list[Group] = []
    waiting: list[Carried] = []
    for band in dashboard.bands:
        title = one_line(mask(band.title[:LONGEST_PROSE]))
        for changed in band.changes:
            report.change(f"row “{title}”", changed)
        carried = [*waiting, *filter(None, map(panels.carry, band.panels))]
        if not any(panel.looks for panel in carried):
            waiting = carried
            continue
        waiting = []
        groups += groups_under(title, carried, folded=band.folded)
    for panel in waiting:
        report.leave(Thing.PANEL, f"panel “{panel.title}”", "has words only, and no stop follows to hold them")
    for _ in (panel for group in groups for panel in group.panels if panel.words and not panel.looks):
        report.carry(Thing.PANEL)
    return groups


def _choices(variables: Sequence[Known], queries: Queries, report: Report, mask: Mask) -> dict[str, Variable]:
    """What is chosen when a walk begins: what a query names that was carried, and what that is listed by."""
    found: dict[str, Variable] = {}
    for known in reversed(variables):
        if not known.choice or known.name not in queries.used:
            continue
        variable = known.choice.variable
        series = queries.series_of(variable.of or "")
        of: str | None = series.text or None
        if series.unknown or len(series.text) > LONGEST_PROSE:
            by = ", ".join(series.unknown[:3]) or "a long selector"
            report.change(f"variable ${known.name}", f"lists only some in the dashboard, by {by}; here all")
            of = None
        else:
            queries.used |= series.used
        title = one_line(mask(variable.title)) if variable.title else ""
        found[known.name] = variable.model_copy(update={"of": of, "title": title or None})
    return {known.name: found[known.name] for known in variables if known.name in found}


def _count_variables(variables: Sequence[Known], used: set[str], datasources: Datasources, report: Report) -> None:
    for variable in variables:
        where = f"variable ${one_line(variable.name, 60)}"
        trouble = datasources.trouble_with(variable.name) if variable.kind == "datasource" else ""
        if trouble:
            report.leave(Thing.VARIABLE, where, f"whatever it stands for {trouble}")
        elif variable.kind == "datasource" or variable.name in used:
            report.carry(Thing.VARIABLE)
            for told in (variable.reason, *(variable.choice.told if variable.choice else ())):
                if told:
                    report.change(where, one_line(told))
        elif variable.choice or variable.values or variable.every is not None:
            report.leave(Thing.VARIABLE, where, "no query that was carried could use it")
        else:
            report.leave(Thing.VARIABLE, where, one_line(variable.reason))


def _count_the_rest(dashboard: Dashboard, report: Report) -> None:
    for annotation in dashboard.annotations:
        if not at(annotation, "builtIn"):
            name = one_line(text(at(annotation, "name")), 60)
            report.leave(Thing.ANNOTATION, f"annotation “{name}”", "routines have no annotations")
    for link in dashboard.links:
        name = one_line(text(table(link).get("title")) or text(table(link).get("name")), 60)
        report.leave(Thing.LINK, f"link “{name}”", "links are not carried")


def _tell_cut_prose(stops: Sequence[tuple[Group, Stop]], report: Report) -> None:
    for group, stop in stops:
        words = sum(len(panel.words) for panel in group.panels)
        why = sum(len(panel.why) for panel in group.panels)
        if max(words, why) > LONGEST_PROSE - 100 and any(
            prose.endswith("…") for prose in (stop.plainly, stop.why)
        ):
            report.change(f"stop “{stop.title}”", f"its words are cut: a stop takes {LONGEST_PROSE:,} letters")


def _routines(
    stops: Sequence[Stop],
    title: str,
    description: str,
    window: timedelta,
    choices: Iterable[Variable],
    slugs: Slugs,
) -> Iterator[Routine]:
    parts = list(_parts(stops))
    for number, part in enumerate(parts, 1):
        told = f" (part {number} of {len(parts)})" if len(parts) > 1 else ""
        names = Slugs()
        yield Routine(
            routine=slugs.give(title if number == 1 else f"{title[:50]} {number}", "dashboard"),
            title=f"{clipped(title, LONGEST_LINE - len(told))}{told}",
            about=clipped(description, LONGEST_PROSE) or f"Brought from the dashboard “{title}”.",
            minutes=min(max(len(part), 1), 180),
            window=window,
            variables=_used_in(part, choices),
            stops=tuple(stop.model_copy(update={"stop": names.give(stop.title, "stop")}) for stop in part),
        )


def _used_in(stops: Sequence[Stop], choices: Iterable[Variable]) -> tuple[Variable, ...]:
    """Those that its queries name, and those that these are listed by."""
    choices = list(choices)
    named = {name for stop in stops for look in stop.looks for query in look.asked for name in references(query)}
    for each in reversed(choices):
        if each.variable in named:
            named |= references(each.of or "")
    return tuple(each for each in choices if each.variable in named)


def _parts(stops: Sequence[Stop]) -> Iterator[list[Stop]]:
    part: list[Stop] = []
    letters = 0
    for stop in stops:
        more = _letters(stop)
        if part and (len(part) == MOST_STOPS or letters + more > _MOST_LETTERS):
            yield part
            part, letters = [], 0
        part.append(stop)
        letters += more
    if part:
        yield part


def _letters(stop: Stop) -> int:
    return sum(len(each) for each in (stop.why, stop.normal, stop.plainly)) + sum(
        sum(len(each or "") for each in (look.title, look.name, look.text, *look.asked)) for look in stop.looks
    )
