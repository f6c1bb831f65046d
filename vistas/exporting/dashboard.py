"""A routine as a dashboard in Grafana's classic model: stops are rows, looks are panels, words are text panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vistas.exporting import panels, variables
from vistas.exporting.layout import Page, height_of
from vistas.exporting.sources import DataSources
from vistas.exporting.tree import Tree, span
from vistas.exporting.words import Words
from vistas.redaction import doors
from vistas.routine import Look, Routine, Stop

SCHEMA: Final = 39
TAG: Final = "morning-vistas"
_LONGEST_UID: Final = 40


@dataclass(frozen=True, slots=True)
class Exported:
    """`told` has, in plain words, what is not there as it is here: where, and what."""

    dashboard: Tree
    told: tuple[tuple[str, str], ...]


def export_dashboard(routine: Routine) -> Exported:
    """One that can be imported into any Grafana, where its data sources are chosen.

    Nothing is masked in it: `write_dashboard` does that.
    """
    names = [each.variable for each in routine.variables]
    asked = [look.source for _, look in routine.looks() if panels.is_queried(look)]
    asked += [each.asked for each in routine.variables if each.label]
    sources, words = DataSources(asked, names), Words(names)
    chosen = [variables.write_variable(each, sources) for each in routine.variables]
    dashboard = {
        "uid": f"mv-{routine.routine}"[:_LONGEST_UID],
        "title": routine.title,
        "description": routine.about,
        "tags": [TAG],
        "schemaVersion": SCHEMA,
        "version": routine.version,
        "editable": True,
        "graphTooltip": 1,
        "timezone": "browser",
        "refresh": "",
        "time": {"from": f"now-{span(routine.window)}", "to": "now"},
        "templating": {"list": [*sources.variables(), *chosen]},
        "annotations": {"list": [_notices()]},
        "links": [],
        "panels": list(_panels(routine, sources, words)),
    }
    return Exported(dashboard, tuple(_told(routine)))


def write_dashboard(exported: Exported) -> bytes:
    """The file, masked as whatever leaves."""
    import orjson

    return orjson.dumps(doors.masked_json(exported.dashboard), option=orjson.OPT_INDENT_2) + b"\n"


def _notices() -> Tree:
    """What was noticed and put into Grafana."""
    return {
        "name": "Morning Vistas",
        "datasource": {"type": "grafana", "uid": "-- Grafana --"},
        "enable": True,
        "iconColor": "orange",
        "target": {"type": "tags", "tags": [TAG], "matchAny": False, "limit": 100},
    }


def _panels(routine: Routine, sources: DataSources, words: Words) -> Iterator[Tree]:
    page = Page()
    for stop in routine.stops:
        yield page.place({"type": "row", "title": stop.title, "collapsed": False, "panels": []})
        about = words.about(stop)
        yield page.place(about, wide=True, height=height_of(about["options"]["content"]))
        for look in stop.looks:
            yield page.place(_panel(look, sources, words), wide=len(stop.looks) == 1)
        page.end_line()


def _panel(look: Look, sources: DataSources, words: Words) -> Tree:
    if not panels.is_panel(look):
        return words.instead(look)
    panel = panels.write_panel(look, sources)
    return {**panel, "description": words.markdown(look.text)} if look.text else panel


def _told(routine: Routine) -> Iterator[tuple[str, str]]:
    for variable in routine.variables:
        for said in variables.told_of(variable):
            yield f"variable ${variable.variable}", said
    for stop, look in routine.looks():
        for said in panels.told_of(look):
            yield _where(stop, look), said


def _where(stop: Stop, look: Look) -> str:
    return f"stop “{stop.title}”, look “{look.title}”"
