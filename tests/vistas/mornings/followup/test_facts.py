"""What is said of a table row in a few words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from vistas.mornings.followup.facts import describe, facts, version_of


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"status": "Complete", "ready": "2/2"}, "complete, 2 of 2 ready"),
        ({"status": "CrashLoopBackOff", "restarts": 17}, "CrashLoopBackOff, restarted 17 times"),
        ({"restarts": 0}, "no restart"),
        ({"images": ["registry:5000/shop/cart:1.4.3", "proxy"]}, "version 1.4.3, proxy"),
        ({"attempts": 6782, "failures": 1, "p95_seconds": 1.42}, "1 failure, 6\u2009782 attempts, p95 1.42 s"),
        ({"memory_bytes": 3 * 2**30}, "memory 3\u202fGiB"),
        ({"used": 8.0, "used_ratio": 0.8}, "used 80 %"),
        ({"paused": True}, "paused: yes"),
        ({"message": None, "details": ""}, ""),
        ({"age_seconds": 4.0, "since": datetime(2026, 1, 1, tzinfo=UTC)}, ""),
    ],
)
def test_cells_read_as_words(row: dict[str, Any], words: str) -> None:
    assert describe(row) == words


def test_what_changed_is_told_first_and_alone() -> None:
    then = {"name": "a", "status": "Ready", "cpu_cores": 1.0, "memory_bytes": 1024, "taints": 0}
    now = then | {"name": "b", "cpu_cores": 1.1, "memory_bytes": 4096}
    assert facts(then, now, ("name",)) == (
        "memory 1\u202fKiB, cpu 1 cores",
        "memory 4\u202fKiB, cpu 1.1 cores",
        True,
    )


def test_of_what_did_not_change_the_most_telling_is_said() -> None:
    row = {"message": "fine", "status": "Ready", "restarts": 2}
    assert facts(row, dict(row), ()) == ("ready, restarted 2 times, fine", "ready, restarted 2 times, fine", False)


def test_a_column_that_the_other_table_lacks_is_not_compared() -> None:
    assert facts({"status": "Ready", "new": 1}, {"status": "Gone"}, ()) == ("ready", "gone", True)


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("cart:1.4.3", "1.4.3"),
        ("registry:5000/cart", "registry:5000/cart"),
        ("cart@sha256:0123456789abcdef0123", "sha256:0123456789ab"),
        ("cart:1.4.3@sha256:0123456789abcdef0123", "1.4.3"),
    ],
)
def test_a_version_is_the_tag(image: str, version: str) -> None:
    assert version_of(image) == version
