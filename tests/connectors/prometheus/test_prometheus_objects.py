"""Alerts, rules and targets as tables."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import Raw

from connectors.object_frame import label_text, moment
from connectors.prometheus.objects import alerts_frame, rules_frame, targets_frame
from vistas.redaction import Redaction, Redactor
from vistas.snapshot import Frame

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def redaction() -> Redaction:
    return Redactor(b"k" * 32).begin()


def raw(told: list[dict[str, Any]]) -> list[Raw]:
    return [Raw(json.dumps(each).encode()) for each in told]


def rows(frame: Frame) -> list[dict[str, Any]]:
    return frame.data.to_dicts()


def alert(
    name: str, state: str = "firing", since: str = "2026-03-02T07:59:00.5Z", **labels: str
) -> dict[str, Any]:
    return {
        "labels": {"alertname": name, **labels},
        "annotations": {"summary": f"{name} rings", "runbook_url": "https://wiki/?token=abc"},
        "state": state,
        "activeAt": since,
        "value": "1e+00",
    }


def test_an_alert_tells_what_rings_since_when_and_how_bad(redaction: Redaction) -> None:
    """Of its annotations only the summary is kept."""
    frame = alerts_frame(raw([alert("TargetGone", severity="critical", job="b", instance="a:1")]), {}, redaction)
    assert rows(frame) == [
        {
            "alert": "TargetGone",
            "state": "firing",
            "severity": "critical",
            "active_since": datetime(2026, 3, 2, 7, 59, 0, 500_000, UTC),
            "value": 1.0,
            "summary": "TargetGone rings",
            "labels": 'instance="a:1", job="b"',
        }
    ]
    assert frame.key == ("alert", "labels")


def test_alerts_that_fire_come_first_and_the_newest_among_them(redaction: Redaction) -> None:
    old, new = "2026-03-01T08:00:00Z", "2026-03-02T07:00:00Z"
    told = [alert("C", "pending", new), alert("B", "firing", old), alert("A", "firing", new)]
    assert [row["alert"] for row in rows(alerts_frame(raw(told), {}, redaction))] == ["A", "B", "C"]


def test_a_filter_is_about_labels_and_columns(redaction: Redaction) -> None:
    told = [alert("A", team="shop"), alert("B", "pending", team="shop"), alert("C", team="ground")]
    found = rows(alerts_frame(raw(told), {"team": "shop", "state": "firing"}, redaction))
    assert [row["alert"] for row in found] == ["A"]


def test_credentials_in_a_summary_are_masked(redaction: Redaction) -> None:
    told = alert("A")
    told["annotations"]["summary"] = "GET https://me:hunter2@db/ failed"
    [row] = rows(alerts_frame(raw([told]), {}, redaction))
    assert "hunter2" not in row["summary"]
    assert sum(redaction.counts.values()) == 1


RULES = [
    {
        "name": "landscape",
        "file": "/etc/rules.yml",
        "rules": [
            {
                "name": "job:up:count",
                "type": "recording",
                "health": "ok",
                "query": "count by (job) (up)",
                "labels": {"a": "b"},
            },
            {
                "name": "TargetGone",
                "type": "alerting",
                "state": "firing",
                "health": "ok",
                "query": "up == 0",
                "duration": 300,
                "labels": {"severity": "critical"},
                "alerts": [{}, {}],
                "evaluationTime": 0.002,
                "lastEvaluation": "2026-03-02T07:59:59.123456789+00:00",
            },
            {
                "name": "Broken",
                "type": "alerting",
                "state": "inactive",
                "health": "err",
                "query": "x",
                "lastError": "many-to-many",
            },
        ],
    }
]


def test_rules_that_fail_come_first_then_those_that_fire(redaction: Redaction) -> None:
    broken, firing, recording = rows(rules_frame(raw(RULES), {}, redaction))
    assert (broken["rule"], broken["last_error"]) == ("Broken", "many-to-many")
    assert (firing["alerts"], firing["for_seconds"], firing["evaluation_seconds"]) == (2, 300.0, 0.002)
    assert firing["last_evaluation"] == datetime(2026, 3, 2, 7, 59, 59, 123_000, UTC)
    assert (recording["state"], recording["labels"], recording["group"]) == (None, 'a="b"', "landscape")


def test_rules_are_filtered_by_what_they_are(redaction: Redaction) -> None:
    assert [row["rule"] for row in rows(rules_frame(raw(RULES), {"type": "recording"}, redaction))] == [
        "job:up:count"
    ]


def target(job: str, health: str, **more: Any) -> dict[str, Any]:
    return {
        "discoveredLabels": {"__param_token": "hunter2", "__meta_kubernetes_pod_annotation_secret": "hunter2"},
        "labels": {"job": job, "instance": "a:1", "path": "/metrics"},
        "scrapePool": job,
        "scrapeUrl": "http://a:1/metrics?token=hunter2&module=http",
        "lastError": "",
        "lastScrape": "2026-03-02T07:59:45Z",
        "lastScrapeDuration": 0.25,
        "health": health,
        **more,
    }


def test_a_target_keeps_no_secret_of_its_discovery_or_its_address(redaction: Redaction) -> None:
    """Discovered labels stay out; an address keeps its keys and loses its values."""
    [row] = rows(targets_frame(raw([target("a", "up")]), {}, NOW, redaction))
    assert "hunter2" not in str(row)
    assert "module=" in row["address"]
    assert (row["since_scrape_seconds"], row["scrape_seconds"], row["labels"]) == (15.0, 0.25, 'path="/metrics"')


def test_targets_that_are_down_come_first(redaction: Redaction) -> None:
    """One never scraped has neither a time nor a duration."""
    never = target("b", "unknown", lastScrape="0001-01-01T00:00:00Z", lastScrapeDuration=0)
    frame = targets_frame(
        raw([target("a", "up"), never, target("c", "down", lastError="refused")]), {}, NOW, redaction
    )
    down, unknown, up = rows(frame)
    assert (down["job"], down["last_error"], up["job"]) == ("c", "refused", "a")
    assert (unknown["last_scrape"], unknown["scrape_seconds"], unknown["since_scrape_seconds"]) == (
        None,
        None,
        None,
    )


EMPTY: list[Callable[[Redaction], Frame]] = [
    lambda redaction: alerts_frame(raw([]), {}, redaction),
    lambda redaction: rules_frame(raw([]), {}, redaction),
    lambda redaction: targets_frame(raw([]), {}, NOW, redaction),
]


@pytest.mark.parametrize("frame", EMPTY)
def test_a_table_without_rows_has_its_columns_and_its_key(
    frame: Callable[[Redaction], Frame], redaction: Redaction
) -> None:
    empty = frame(redaction)
    assert empty.rows == 0
    assert set(empty.key) <= set(empty.data.columns)


def test_labels_are_written_as_promql_writes_them() -> None:
    """Sorted, quoted, on one line."""
    assert label_text({"b": 'say "x"\\\n', "a": "é"}) == 'a="é", b="say \\"x\\"\\\\\\n"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02T09:30:00.123456789+01:30", datetime(2026, 3, 2, 8, 0, 0, 123456, UTC)),
        ("0001-01-01T00:00:00Z", None),
        ("", None),
        (None, None),
    ],
)
def test_a_time_is_read_in_utc_and_never_is_none(text: str | None, expected: datetime | None) -> None:
    assert moment(text) == expected
