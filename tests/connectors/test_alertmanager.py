"""The Alertmanager source against answers written down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.alertmanager import AlertmanagerSource
from tests.connectors.http.answering import AnsweringServer, Reply, told
from vistas.errors import SettingsError
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _the_clock_goes_on() -> None:
    """A long run reaches these tests minutes after it read this file."""
    global NOW  # noqa: PLW0603
    NOW = datetime.now(UTC)


def source(tool: AnsweringServer, **settings: Any) -> AlertmanagerSource:
    return AlertmanagerSource.from_settings("pager", {"url": tool.url, **settings}, Redactor(b"k" * 32))


def take(alertmanager: AlertmanagerSource, kind: str, *, end: datetime | None = None, **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="pager", take=kind, where=where)
    window = Window.ending(end or NOW, timedelta(hours=12))
    return alertmanager.take("a-stop", look, window, Deadline(timedelta(seconds=10)))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame, snapshot
    return snapshot.frame.data.to_dicts()


def alert(name: str, state: str = "active", minutes: int = 5, **labels: str) -> dict[str, Any]:
    return {
        "annotations": {"description": f"{name} rings", "internal_note": "not for the disk"},
        "endsAt": (NOW + timedelta(minutes=5)).isoformat(),
        "fingerprint": f"f-{name}",
        "generatorURL": "http://me:hunter2@prometheus/graph?g0.expr=up",
        "labels": {"alertname": name, **labels},
        "receivers": [{"name": "phone"}, {"name": "chat"}],
        "startsAt": (NOW - timedelta(minutes=minutes)).isoformat(),
        "status": {"inhibitedBy": [], "silencedBy": ["id"] if state == "suppressed" else [], "state": state},
        "updatedAt": NOW.isoformat(),
    }


def silence(identity: str, state: str, hours: int = 2, **matcher: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "comment": "deploying, ask nele@example.org",
        "createdBy": "nele",
        "startsAt": NOW.isoformat(),
        "endsAt": (NOW + timedelta(hours=hours)).isoformat(),
        "matchers": [{"name": "job", "value": "a", "isRegex": False} | matcher],
        "status": {"state": state},
    }


def test_a_time_beyond_the_calendar_is_a_reason_and_no_crash() -> None:
    beyond = alert("Odd") | {"startsAt": "9999-12-31T23:59:59-01:00"}
    with AnsweringServer(**{"/api/v2/alerts": told([beyond])}) as tool:
        snapshot = take(source(tool), "alerts")
    assert snapshot.gap is not None
    assert snapshot.gap.reason is GapReason.GARBLED


def test_what_rings_comes_before_what_is_suppressed_and_the_newest_first() -> None:
    """With who is told; of the annotations only what says what happened."""
    alerts = [alert("Old", minutes=600), alert("Quiet", "suppressed"), alert("New", severity="critical", job="a")]
    with AnsweringServer(**{"/api/v2/alerts": told(alerts)}) as tool:
        new, old, quiet = rows(take(source(tool), "alerts"))
    assert (new["alert"], new["severity"], new["receivers"], new["labels"]) == (
        "New",
        "critical",
        "chat, phone",
        'job="a"',
    )
    assert (new["summary"], old["alert"]) == ("New rings", "Old")
    assert old["since_seconds"] == pytest.approx(36_000, abs=60)
    assert (quiet["state"], quiet["silenced_by"], quiet["inhibited_by"]) == ("suppressed", 1, 0)
    assert not {"hunter2", "disk"} & set(str([new, old, quiet]).split())


def test_alerts_are_filtered_by_label() -> None:
    with AnsweringServer(**{"/api/v2/alerts": told([alert("A", team="shop"), alert("B", team="ground")])}) as tool:
        assert [row["alert"] for row in rows(take(source(tool), "alerts", team="shop"))] == ["A"]


def test_silences_in_force_come_first_and_expired_ones_not_at_all() -> None:
    """The next to end on top; whoever wrote an address into a comment is protected."""
    silences = [
        silence("c", "pending"),
        silence("b", "active", 5),
        silence("x", "expired"),
        silence("a", "active", 1),
    ]
    with AnsweringServer(**{"/api/v2/silences": told(silences)}) as tool:
        snapshot = take(source(tool), "silences")
    assert [row["id"] for row in rows(snapshot)] == ["a", "b", "c"]
    assert rows(snapshot)[0]["ends_in_seconds"] == pytest.approx(3600, abs=60)
    assert "nele@example.org" not in rows(snapshot)[0]["comment"]
    assert sum(snapshot.provenance.redacted.values()) == 3


@pytest.mark.parametrize(
    ("matcher", "text"),
    [
        ({}, 'job="a"'),
        ({"isEqual": False}, 'job!="a"'),
        ({"isRegex": True, "value": "a|b"}, 'job=~"a|b"'),
        ({"isRegex": True, "isEqual": False}, 'job!~"a"'),
    ],
)
def test_a_matcher_is_written_as_alertmanager_writes_it(matcher: dict[str, Any], text: str) -> None:
    with AnsweringServer(**{"/api/v2/silences": told([silence("a", "active", **matcher)])}) as tool:
        [row] = rows(take(source(tool), "silences"))
    assert row["matchers"] == text


def test_a_window_of_the_past_is_told_that_this_is_the_present() -> None:
    with AnsweringServer(**{"/api/v2/alerts": told([])}) as tool:
        assert take(source(tool), "alerts").provenance.warnings == ()
        [warning] = take(source(tool), "alerts", end=NOW - timedelta(days=1)).provenance.warnings
    assert "only the present" in warning


@pytest.mark.parametrize("answer", [b'{"data":[]}', b"[1]", b'[{"labels":{}}]', b"null", b"["])
@pytest.mark.parametrize("kind", ["alerts", "silences"])
def test_another_shape_is_a_reason(kind: str, answer: bytes) -> None:
    with AnsweringServer(**{f"/api/v2/{kind}": Reply(answer)}) as tool:
        snapshot = take(source(tool), kind)
    assert snapshot.gap
    assert snapshot.gap.reason is GapReason.GARBLED


def test_a_healthy_alertmanager_tells_its_version() -> None:
    """Its configuration, which stands in the same answer, is not kept."""
    status = {"versionInfo": {"version": "0.28.1"}, "config": {"original": "smtp_auth_password: hunter2"}}
    with AnsweringServer(**{"/api/v2/status": told(status)}) as tool:
        health = source(tool).check(Deadline(timedelta(seconds=5)))
    assert health.ok
    assert health.message == f"Alertmanager 0.28.1 answers at {tool.url}."
    assert "hunter2" not in repr(health)


def test_an_unwell_alertmanager_says_what_to_do() -> None:
    with AnsweringServer() as tool:
        health = source(tool).check(Deadline(timedelta(seconds=5)))
    assert not health.ok
    assert "path prefix" in health.hint


def test_its_settings_are_checked_like_any_other() -> None:
    with (
        pytest.raises(SettingsError, match=r"sources\.pager\.parameters is not a setting"),
        AnsweringServer() as tool,
    ):
        source(tool, parameters={})


def test_a_kind_of_look_it_does_not_know_is_a_bug() -> None:
    with AnsweringServer() as tool, pytest.raises(ValueError, match="takes alerts, silences"):
        take(source(tool), "range")
