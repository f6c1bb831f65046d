"""What there is to choose from, and why there is less where a tool does not answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from connectors.prometheus import PrometheusSource
from connectors.recording import RecordingSource
from tests.connectors.http.answering import AnsweringServer, Reply, told
from tests.vistas.gathering.test_gather import REDACTOR, Reel
from vistas.choices import Choices, choices, matching
from vistas.routine import Look, Routine, Variable
from vistas.snapshot import Frame, FrameKind, Provenance, Snapshot, Window
from vistas.source import Deadline, Source

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
VALUES = "/api/v1/label/namespace/values"


def ask(variable: Variable, *sources: Source, of: str = "") -> Choices:
    return choices(variable, of, sources, now=NOW, deadline=Deadline(timedelta(seconds=20)), redactor=REDACTOR)


def prometheus(tool: AnsweringServer, name: str = "main") -> PrometheusSource:
    return PrometheusSource.from_settings(name, {"url": tool.url}, REDACTOR)


class Cluster(Reel):
    takes = frozenset({"nodes"})

    def take(self, stop: str, look: Look, window: Window, deadline: Deadline) -> Snapshot:
        frame = Frame(FrameKind.OBJECTS, pl.DataFrame({"name": ["node-2", "node-1", "node-2"]}), key=("name",))
        provenance = Provenance(self.name, self.type, look.take, window, NOW, timedelta())
        return Snapshot(stop, look.look, frame, provenance)


def test_a_fixed_list_needs_nobody() -> None:
    assert ask(Variable(variable="v", values=("b", "a"))) == Choices(("b", "a"))
    assert ask(Variable(variable="v")) == Choices()


def test_values_of_a_label_come_from_every_prometheus() -> None:
    """Once each, in the order of reading; those that would be masked are not offered: they could not be kept."""
    answer = told({"status": "success", "data": ["shop", "Ops", "ann@example.org", ""]})
    more = told({"status": "success", "data": ["shop", "mail"]})
    with AnsweringServer(**{VALUES: answer}) as one, AnsweringServer(**{VALUES: more}) as other:
        variable = Variable(variable="namespace", label="namespace")
        found = ask(variable, prometheus(one), prometheus(other, "second"), of='kube_pod_info{x="1"}')
        assert one.received[0].form["match[]"] == ['kube_pod_info{x="1"}']
    assert found == Choices(("mail", "Ops", "shop"))


def test_a_dead_tool_is_a_note_and_the_others_answer() -> None:
    answer = told({"status": "success", "data": ["shop"]})
    with AnsweringServer(**{VALUES: answer}) as one, AnsweringServer(**{VALUES: Reply(status=503)}) as other:
        found = ask(Variable(variable="n", label="namespace"), prometheus(one), prometheus(other, "second"))
    assert found.values == ("shop",)
    assert "503" in found.note
    nothing = ask(Variable(variable="n", label="namespace"))
    assert nothing == Choices((), "Nothing called 'prometheus', or of that type, is connected.")


def test_names_of_objects_come_from_the_cluster() -> None:
    found = ask(Variable(variable="node", objects="nodes"), Cluster("main", kind="kubernetes"))
    assert found == Choices(("node-1", "node-2"))


def test_a_source_without_labels_says_so() -> None:
    found = ask(Variable(variable="v", label="a", source="reel"), Reel())
    assert found == Choices((), "reel has no labels to choose from.")


def test_a_recording_offers_what_it_was_walked_with() -> None:
    recording = RecordingSource.from_settings(
        "recording", {"file": "2026-11-20-checkout-is-stuck.vista"}, REDACTOR
    )
    assert recording.chosen == {}
    assert ask(Variable(variable="n", label="namespace"), recording) == Choices()


def routine(*variables: dict[str, Any]) -> Routine:
    stop = {"stop": "s", "title": "S", "question": "q", "why": "w", "normal": "n", "plainly": "p"}
    look = {"look": "l", "title": "L", "source": "s", "take": "range", "query": "up"}
    return Routine.model_validate(
        {"routine": "r", "title": "R", "about": "a", "variables": variables, "stops": [{**stop, "looks": [look]}]}
    )


def test_one_choice_narrows_another() -> None:
    """As long as nothing is chosen for the other, nothing is narrowed."""
    pod = {"variable": "pod", "label": "pod", "of": 'kube_pod_info{namespace="$namespace"}'}
    made = routine({"variable": "namespace"}, pod)
    variable = made.variables[1]
    assert matching(variable, made, {}) == ""
    assert matching(variable, made, {"namespace": ("shop",)}) == 'kube_pod_info{namespace="shop"}'
    every = routine({"variable": "namespace", "every": ".+"}, pod)
    assert matching(every.variables[1], every, {}) == 'kube_pod_info{namespace=".+"}'
