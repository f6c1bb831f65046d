"""A full room as the benchmark sees it: what counts as shown, and what a page is drawn again for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from benchmarks.open_page import OpenPage, Pages
from benchmarks.result import Target
from benchmarks.room import Pace, Written, at_pace, opened_notebooks
from tests.servers.app import running_app
from tests.waiting import eventually
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, SessionEntry, Turned
from vistas.practice.session.words import Jotted
from vistas.vista import new_id

A_WHILE = 2.0
PACE = Pace(every=2.0, slowest=1.0, most_cpu=0.5)


def missed(cpu: float, *shown: dict[str, float]) -> list[str]:
    """The promises that are broken where `a` and `b` were kept at 10 s, and pages showed them so."""
    run = Written(seconds=10.0, cpu_seconds=cpu, own_cpu_seconds=1.0, kept_at={"a": 10.0, "b": 10.0})
    found = at_pace(2, PACE, [run], shown)
    return [each.what for each in found if isinstance(each, Target) and not each.met]


@pytest.mark.parametrize(
    ("cpu", "shown", "late"),
    [
        (1.0, ({"a": 10.5, "b": 9.9}, {"a": 10.5, "b": 11.0}), []),
        (1.0, ({"a": 10.5, "b": 10.5}, {"a": 10.5, "b": 11.5}), ["until a page shows it, 95th percentile"]),
        (1.0, ({"a": 10.5, "b": 10.5}, {"a": 10.5}), ["until a page shows it, 95th percentile"]),
        (6.0, ({"a": 10.5, "b": 10.5}, {"a": 10.5, "b": 10.5}), ["of one core"]),
    ],
)
def test_a_late_page_and_a_dear_one_break_a_promise(
    cpu: float, shown: tuple[dict[str, float], ...], late: list[str]
) -> None:
    assert missed(cpu, *shown) == [f"2 people write every 2 s: {what}" for what in late]


@contextmanager
def two_pages() -> Iterator[tuple[Notebooks, UUID, list[OpenPage]]]:
    """Of one room, in an app of their own, once nothing more happens by itself."""
    with running_app() as app, opened_notebooks(app.data) as notebooks:
        room = notebooks.sessions.begin("Two", HostTaken(host="Ines"), by="Ines", at=datetime.now(UTC))
        pages = Pages(app.address, "session", f"room={room}")
        try:
            for name in ("Maya", "Tomás"):
                pages.open(name)
            yield notebooks, room, pages.all
        finally:
            pages.close()


@pytest.mark.slow("a whole app and its people")
def test_a_line_reaches_each_page_without_a_run_and_a_turn_with_one() -> None:
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="Queues")
    with two_pages() as (notebooks, room, pages):

        def write(*entries: SessionEntry) -> None:
            notebooks.sessions.write(room, *entries, by="Ines", at=datetime.now(UTC))

        write(Planned(activity=topic), Turned(activity=topic.id))
        assert eventually(lambda: all(page.pushed for page in pages)), "both listen to the topic's lines"
        runs = [eventually(lambda page=page: at_rest(page)) for page in pages]
        write(Jotted(activity=topic.id, id=new_id(), text="said once"))
        assert eventually(lambda: all("said once" in page.shown for page in pages))
        assert [page.runs for page in pages] == runs
        write(HostTaken(host="Maya"))
        assert eventually(lambda: all(page.runs > before for page, before in zip(pages, runs, strict=True)))
        assert not any(page.errors for page in pages)


def at_rest(page: OpenPage) -> int:
    """How many runs there were, once none has been for a moment."""
    before = page.runs
    time.sleep(A_WHILE)
    return before if page.runs == before else 0
