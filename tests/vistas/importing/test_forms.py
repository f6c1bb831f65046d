"""One dashboard in each of its forms and wrappings becomes the same routine."""

from __future__ import annotations

import json

import pytest
import yaml

from tests.vistas.importing import forms
from vistas.errors import DashboardError
from vistas.importing import Imported, Thing, import_dashboards
from vistas.importing.reading.documents import read_documents
from vistas.routine import Routine, Unit
from vistas.routine.file import read_routine, write_routine


def imported(written: str) -> Imported:
    (one,) = import_dashboards(written, "machines").dashboards
    return one


def routine_of(written: str) -> Routine:
    (routine,) = imported(written).routines
    return routine


@pytest.mark.parametrize("form", forms.FORMS)
def test_every_form_gives_the_same_routine(form: str) -> None:
    """The form is none of the routine's business; of each all panels and queries are carried."""
    one = imported(forms.FORMS[form]())
    assert one.routines == (routine_of(json.dumps(forms.modern())),)
    assert one.report.came_in(Thing.PANEL) == one.report.carried[Thing.PANEL] == 4
    assert one.report.came_in(Thing.QUERY) == one.report.carried[Thing.QUERY] == 4
    assert one.report.came_in(Thing.VARIABLE) == one.report.carried[Thing.VARIABLE] == 2


def test_routine_says_what_the_dashboard_says() -> None:
    """Rows are stops, panels looks, descriptions the why, text the plain words, thresholds what is normal."""
    routine = routine_of(json.dumps(forms.modern()))
    assert (routine.routine, routine.title, routine.about) == ("machines", "Machines", "What our machines do.")
    cpu, disk = routine.stops
    assert (cpu.title, disk.title) == ("CPU", "Disk")
    assert cpu.why == "Busy: How busy the processors are."
    assert disk.why == "What goes to the disks."
    assert disk.plainly == "Disks wear out."
    busy, up = cpu.looks
    assert busy.query[0].endswith('instance=~"$node"}[1m]))')
    assert (busy.unit, busy.normal_below, busy.name) == (Unit.RATIO, 0.9, "{{instance}}")
    assert (up.take, up.draw) == ("instant", "numbers")
    (read_and_written,) = disk.looks
    assert [each.name for each in read_and_written.queries] == ["read", "written"]
    (node,) = routine.variables
    assert (node.label, node.of, node.several, node.every) == ("instance", "up", True, ".*")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("milliseconds", Unit.MILLISECONDS),
        ("microseconds", Unit.MICROSECONDS),
        ("bits/sec", Unit.BITS_PER_SECOND),
        ("ops/sec", Unit.PER_SECOND),
        ("writes/sec", Unit.PER_SECOND),
    ],
)
def test_units_of_perses_are_ours(theirs: str, ours: Unit) -> None:
    routine = routine_of(json.dumps(forms.perses()).replace('"percent-decimal"', json.dumps(theirs)))
    assert routine.stops[0].looks[0].unit is ours


def test_routine_is_read_back_as_it_was_written() -> None:
    routine = routine_of(json.dumps(forms.modern()))
    assert read_routine(write_routine(routine), "x") == routine


def test_both_forms_of_a_query_stand_in_the_report() -> None:
    """A macro that was resolved: what stood there, and what stands there now."""
    (changed,) = [each for each in imported(json.dumps(forms.modern())).report.changed if each.before]
    assert changed.before == forms.CPU
    assert changed.after == forms.CPU.replace("$__rate_interval", "1m")
    assert changed.reason == "$__rate_interval is 1m, worked out for a window of 6h"


def test_several_dashboards_of_a_file_have_names_of_their_own() -> None:
    written = yaml.safe_dump_all([forms.config_map(forms.modern()), forms.perses(), None])
    names = [each.routines[0].routine for each in import_dashboards(written, "x").dashboards]
    assert names == ["machines", "machines-2"]


FETCHED = [
    ({"url": "https://example.com/a.json"}, "(url)"),
    ({"grafanaCom": {"id": 1860}}, "(grafanaCom)"),
    ({"jsonnet": "{}"}, "(jsonnet)"),
    ({"configMapRef": {"name": "a", "key": "b"}}, "(configMapRef)"),
    ({}, "has neither json nor gzipJson"),
    ({"gzipJson": "AAAA"}, "gzipJson is not gzipped text"),
    ({"json": "{"}, "not JSON"),
]


@pytest.mark.parametrize(("spec", "says"), FETCHED)
def test_nothing_is_fetched(spec: forms.Tree, says: str) -> None:
    """A custom resource that only says where its dashboard is, is told so."""
    with pytest.raises(DashboardError, match=r"^x: machines") as told:
        import_dashboards(json.dumps(forms.operator(spec)), "x")
    assert says in str(told.value)


def test_what_is_no_dashboard_is_told_beside_those_that_are() -> None:
    """One that is wrong, too: it keeps nobody from the others."""
    wrong = {"panels": {}}
    written = yaml.safe_dump_all([forms.modern(), {"kind": "PrometheusRule", "spec": {}}, 7, wrong])
    found = import_dashboards(written, "x")
    assert len(found.dashboards) == 1
    assert [(each.where, each.reason) for each in found.unusable] == [
        ("x: document 2", "a PrometheusRule is not a dashboard"),
        ("x: document 3", "is not a dashboard but some other value"),
        ("x: document 4", "panels must be a list"),
    ]


def test_keys_of_yaml_are_text() -> None:
    """`y` is how high a panel hangs, and `on` no switch; values are what they look like."""
    written = "a: &all\n  y: 1\n  on: yes\n  7: 1e3\n  text: '7'\nb: *all\nc: !!str 7\n---\n- null\n"
    same = {"y": 1, "on": True, "7": "1e3", "text": "7"}
    assert read_documents(written, "x") == [{"a": same, "b": same, "c": "7"}, [None]]


def test_gzipped_bomb_is_no_dashboard() -> None:
    """What is packed may be no longer than a file."""
    bomb = forms.operator({"gzipJson": forms.gzipped({"title": "x" * 25_000_000, "panels": []})})
    with pytest.raises(DashboardError, match="too long"):
        import_dashboards(json.dumps(bomb), "x")
