"""The Alertmanager source against a real Alertmanager."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.alertmanager import AlertmanagerSource
from tests.servers import Alertmanager, MisbehavingServer
from tests.servers.fixtures import require
from tests.waiting import LATE, Stopwatch, eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import GapReason, Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

PATIENCE = timedelta(seconds=60)


def source(url: str, **settings: Any) -> AlertmanagerSource:
    return AlertmanagerSource.from_settings("pager", {"url": url, **settings}, Redactor(b"k" * 32))


def take(url: str, kind: str, *, patience: timedelta = PATIENCE, **where: str) -> Snapshot:
    look = Look(look="a-look", title="A look", source="pager", take=kind, where=where)
    window = Window.ending(datetime.now(UTC), timedelta(hours=12))
    return source(url).take("a-stop", look, window, Deadline(patience))


def rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    assert snapshot.frame is not None, snapshot
    return snapshot.frame.data.to_dicts()


@pytest.fixture(scope="module")
def ringing() -> Iterator[Alertmanager]:
    """Two alerts, one of them silenced."""
    require("alertmanager")
    now = datetime.now(UTC)
    with Alertmanager() as server:
        server.fire(
            [
                {
                    "labels": {"alertname": "LeaseExpiring", "severity": "warning", "team": "shop"},
                    "annotations": {"summary": "login https://ops:hunter2@vault.example.org failed"},
                    "startsAt": (now - timedelta(hours=3)).isoformat(),
                },
                {"labels": {"alertname": "DiskFull", "severity": "critical", "team": "ground"}},
            ]
        )
        server.silence("DiskFull", comment="being looked at by ana@example.org", author="ana", now=now)
        eventually(lambda: [row["state"] for row in rows(take(server.url, "alerts"))] == ["active", "suppressed"])
        yield server


def test_what_rings_and_what_is_silenced(ringing: Alertmanager) -> None:
    """The ringing one first, since when; the other one as suppressed, by one silence."""
    lease, disk = rows(take(ringing.url, "alerts"))
    assert (lease["alert"], lease["state"], lease["severity"], lease["receivers"]) == (
        "LeaseExpiring",
        "active",
        "warning",
        "nobody",
    )
    assert lease["since_seconds"] == pytest.approx(3 * 3600, abs=600)
    assert (disk["alert"], disk["silenced_by"], disk["labels"]) == ("DiskFull", 1, 'team="ground"')


def test_a_filter_narrows_alerts(ringing: Alertmanager) -> None:
    assert [row["alert"] for row in rows(take(ringing.url, "alerts", team="ground"))] == ["DiskFull"]


def test_silences_say_of_what_by_whom_and_until_when(ringing: Alertmanager) -> None:
    [silence] = rows(take(ringing.url, "silences"))
    assert (silence["matchers"], silence["state"], silence["created_by"]) == (
        'alertname="DiskFull"',
        "active",
        "ana",
    )
    assert silence["ends_in_seconds"] == pytest.approx(2 * 3600, abs=600)


def test_nothing_secret_is_kept(ringing: Alertmanager) -> None:
    """Neither the credentials in an annotation nor the address in a comment."""
    alerts, silences = take(ringing.url, "alerts"), take(ringing.url, "silences")
    told = str(rows(alerts)) + str(rows(silences))
    assert "hunter2" not in told
    assert "ana@example.org" not in told
    assert alerts.provenance.redacted
    assert silences.provenance.redacted


def test_its_health_tells_the_version(ringing: Alertmanager) -> None:
    health = source(ringing.url).check(Deadline(PATIENCE))
    assert health.ok
    assert health.details["version"].startswith("0.")


@pytest.mark.parametrize("mode", MisbehavingServer.modes)
def test_whatever_goes_wrong_is_a_gap_in_time(misbehaving: MisbehavingServer, mode: str) -> None:
    patience = timedelta(seconds=0.7)
    with Stopwatch() as watch:
        snapshot = take(misbehaving.url_for(mode), "alerts", patience=patience)
    assert watch.seconds < patience.total_seconds() + LATE
    assert snapshot.gap
    assert snapshot.gap.hint


def test_an_alertmanager_that_hangs_is_too_slow() -> None:
    require("alertmanager")
    with Alertmanager() as mine:
        mine.pause()
        # A process may answer once more before the signal reaches all its threads.
        stuck = eventually(lambda: take(mine.url, "alerts", patience=timedelta(seconds=2)).gap)
        mine.resume()
    assert stuck.reason is GapReason.TOO_SLOW
