"""An annotation reaches Grafana as its documentation has it, or a reason comes back, without the token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.servers.grafana import ALL, CREATE, DELETE, WRITE, GrafanaServer
from tests.servers.misbehaving import MisbehavingServer
from vistas.errors import PostError
from vistas.extensions.annotators import Annotation, Annotator, annotating
from vistas.settings import GrafanaSettings
from vistas.source import Deadline

START = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
STRETCH = Annotation("disk &lt;full&gt;", ("morning-vistas", "shop"), START, START + timedelta(minutes=30))


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=20))


@pytest.fixture
def grafana(monkeypatch: pytest.MonkeyPatch) -> Iterator[GrafanaServer]:
    with GrafanaServer() as server:
        monkeypatch.setenv("GRAFANA_TOKEN", server.token)
        yield server


def at(server: GrafanaServer) -> GrafanaSettings:
    return GrafanaSettings(url=server.url, token_env="GRAFANA_TOKEN")


def add(annotator: Annotator) -> int:
    return annotator.add(STRETCH, in_time())


def test_a_stretch_is_added_revised_and_removed(grafana: GrafanaServer) -> None:
    number = annotating(at(grafana), add)
    assert grafana.annotations[number] == {
        "text": "disk &lt;full&gt;",
        "tags": ["morning-vistas", "shop"],
        "time": 1_796_020_200_000,
        "timeEnd": 1_796_022_000_000,
    }
    better = Annotation("disk full, cleaned up", ("morning-vistas",), START)
    assert annotating(at(grafana), lambda it: it.revise(number, better, in_time()))
    assert grafana.annotations[number]["text"] == "disk full, cleaned up"
    assert grafana.annotations[number]["timeEnd"] == 1_796_022_000_000
    annotating(at(grafana), lambda it: it.remove(number, in_time()))
    assert grafana.annotations == {}


def test_a_moment_has_no_end(grafana: GrafanaServer) -> None:
    number = annotating(at(grafana), lambda it: it.add(Annotation("now", ("morning-vistas",), START), in_time()))
    kept = grafana.annotations[number]
    assert kept["time"] == kept["timeEnd"] == 1_796_020_200_000


def test_what_was_deleted_there_is_told_and_removed_without_a_word(grafana: GrafanaServer) -> None:
    number = annotating(at(grafana), add)
    grafana.annotations.clear()
    assert not annotating(at(grafana), lambda it: it.revise(number, STRETCH, in_time()))
    annotating(at(grafana), lambda it: it.remove(number, in_time()))


@pytest.mark.parametrize("permission", sorted(ALL))
def test_a_missing_permission_is_named(grafana: GrafanaServer, permission: str) -> None:
    number = annotating(at(grafana), add)
    grafana.may = ALL - {permission}
    acts = {
        CREATE: add,
        WRITE: lambda it: it.revise(number, STRETCH, in_time()),
        DELETE: lambda it: it.remove(number, in_time()),
    }
    with pytest.raises(PostError, match=f"needs the permission {permission} on annotations:type:organization"):
        annotating(at(grafana), acts[permission])


def test_a_token_that_is_not_known_says_what_to_do_and_is_not_told(
    grafana: GrafanaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAFANA_TOKEN", "glsa_of-somebody-else")
    with pytest.raises(PostError, match="does not know the token") as refused:
        annotating(at(grafana), add)
    assert "glsa" not in str(refused.value)
    assert not annotating(at(grafana), lambda it: it.check(in_time())).ok


def test_a_token_that_is_not_there_is_said_before_anything_is_sent(
    grafana: GrafanaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRAFANA_TOKEN")
    with pytest.raises(PostError, match="GRAFANA_TOKEN"):
        annotating(at(grafana), add)
    assert grafana.received == []


def test_an_address_that_is_no_grafana_says_so(grafana: GrafanaServer) -> None:
    there = GrafanaSettings(url=f"{grafana.url}/elsewhere", token_env="GRAFANA_TOKEN")
    with pytest.raises(PostError, match="Check url under"):
        annotating(there, add)


def test_a_check_writes_nothing(grafana: GrafanaServer) -> None:
    assert annotating(at(grafana), lambda it: it.check(in_time())).ok
    assert grafana.received == ["GET /api/org"]


@pytest.mark.parametrize("how", ["hang", "500", "nonsense", "html", "half", "bomb"])
def test_whatever_a_server_does_comes_back_as_a_reason(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setenv("GRAFANA_TOKEN", "glsa_of-the-test")
    with MisbehavingServer() as server:
        there = GrafanaSettings(url=server.url_for(how), token_env="GRAFANA_TOKEN")
        with pytest.raises(PostError):
            annotating(there, lambda it: it.add(STRETCH, Deadline(timedelta(seconds=1))))
