"""Today through a colleague's eyes: the same routine and their detours, asked now, the earlier morning at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tests.connectors.http.answering import AnsweringServer, told
from vistas.errors import RoutineError
from vistas.gathering import morning
from vistas.routine import Look
from vistas.routine.file import find_routine
from vistas.settings import load_settings
from vistas.sharing import read_bundle, write_bundle
from vistas.snapshot import GapReason, Window
from vistas.source import Deadline
from vistas.vista import PlacedStop, Vista, new_id, order_of_stops
from vistas.workspace import Workspace

THEN = datetime(2026, 11, 19, 8, tzinfo=UTC)
NOW = THEN + timedelta(days=1)
SECRET = "hunter2-correct-horse"
WORDS = {"title": "T", "question": "Is it up?", "why": "To know.", "normal": "One.", "plainly": "A heart."}
QUERIES = {"pulse": "up", "load": "load", "shop": f'up{{address="https://ann:{SECRET}@shop.example/"}}'}
ROUTINE = {
    "routine": "door",
    "title": "The door",
    "about": "Who comes in.",
    "stops": [
        {
            "stop": stop,
            "looks": [{"look": stop, "title": stop, "source": "main", "take": "instant", "query": query}],
            **WORDS,
        }
        for stop, query in QUERIES.items()
    ],
}
ASIDE = Look.model_validate(
    {"look": "aside", "title": "Nodes", "source": "main", "take": "instant", "query": ["nodes"]}
)


def in_time() -> Deadline:
    return Deadline(timedelta(seconds=60))


@pytest.fixture
def tool() -> Iterator[AnsweringServer]:
    answer = told({"status": "success", "data": {"resultType": "vector", "result": []}})
    with AnsweringServer(**{"/api/v1/query": answer}) as server:
        yield server


@pytest.fixture
def workspace(tool: AnsweringServer, tmp_path: Path) -> Workspace:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "door.yaml").write_text(json.dumps(ROUTINE))
    environ = {"VISTAS_DATA": str(tmp_path / "data"), "VISTAS_SOURCES__MAIN__TYPE": "prometheus"}
    environ |= {"VISTAS_ROUTINES": str(tmp_path / "routines"), "VISTAS_SOURCES__MAIN__URL": tool.url}
    return Workspace.open(load_settings(environ, tmp_path))


@pytest.fixture
def thursday(workspace: Workspace) -> Vista:
    """Maya went to the load first, looked aside there, and never came to the shop."""
    routine = find_routine("door", workspace.settings.routines)
    window = Window.ending(THEN, timedelta(hours=3))
    begun = morning.begin(workspace, routine, window=window, author="Ines", now=THEN)
    morning.gather_into(workspace, begun, deadline=in_time())
    walk = new_id()
    for minute, stop in enumerate(("load", "pulse", "load")):
        workspace.store.arrive(begun.id, walk, "Maya", stop, THEN + timedelta(minutes=minute))
    for walker in ("Maya", "Jonas"):
        aside = ASIDE.model_copy(update={"title": f"Nodes of {walker}"})
        morning.take_detour(workspace, begun.id, "load", aside, walker=walker, now=THEN, deadline=in_time())
    return workspace.store.vista(begun.id)


def through(workspace: Workspace, earlier: Vista) -> Vista:
    begun = morning.begin_through(workspace, earlier, "Maya", author="Ines", now=NOW)
    morning.gather_into(workspace, begun, deadline=in_time())
    return workspace.store.vista(begun.id)


def test_the_stops_come_as_they_were_taken_then(thursday: Vista) -> None:
    (detour, _) = thursday.detours
    assert order_of_stops(thursday, "Maya") == (
        PlacedStop("load", True, (detour,)),
        PlacedStop("pulse", True),
        PlacedStop("shop", False),
    )
    assert [each.stop for each in order_of_stops(thursday, "nobody")] == ["pulse", "load", "shop"]


def test_today_is_gathered_as_it_was_then_with_their_detour(workspace: Workspace, thursday: Vista) -> None:
    """Under the same names, so that each look finds its like; what others looked aside at is theirs."""
    today = through(workspace, thursday)
    assert (today.routine, today.window) == (thursday.routine, Window.ending(NOW, timedelta(hours=3)))
    assert [(each.look, each.stop, each.walker) for each in today.detours] == [
        (thursday.detours[0].look, "load", "Maya")
    ]
    taken = {(each.stop, each.look): each for each in today.snapshots}
    then = {(each.stop, each.look) for each in thursday.snapshots if each.look != thursday.detours[1].look.look}
    assert taken.keys() == then
    assert all(each.frame is not None and each.provenance.asked == today.window for each in taken.values())


def test_what_was_masked_is_asked_as_the_routine_still_has_it(
    workspace: Workspace, thursday: Vista, tool: AnsweringServer, tmp_path: Path
) -> None:
    """And where that is gone, it is a gap that says why: a masked query is no question."""
    asked = len(tool.forms("/api/v1/query"))
    today = through(workspace, thursday)
    assert any(SECRET in form["query"][0] for form in tool.forms("/api/v1/query")[asked:])
    assert SECRET not in repr(today.routine)
    (tmp_path / "routines" / "door.yaml").unlink()
    (gap,) = [each.gap for each in through(workspace, thursday).snapshots if each.gap]
    assert gap.reason is GapReason.REFUSED
    assert "masked" in gap.message


def test_the_earlier_morning_travels_along_in_a_file(
    workspace: Workspace, thursday: Vista, tmp_path: Path
) -> None:
    buffer = BytesIO()
    write_bundle(through(workspace, thursday), buffer)
    elsewhere = Workspace.open(load_settings({"VISTAS_DATA": str(tmp_path / "elsewhere")}, tmp_path))
    brought = elsewhere.store.bring_in(read_bundle(buffer))
    eyes = elsewhere.store.vista(brought.vista).eyes
    assert eyes is not None
    assert (eyes.walker, eyes.vista) == ("Maya", thursday.id)
    assert order_of_stops(eyes.earlier, "Maya") == order_of_stops(thursday, "Maya")
    assert {each.look for each in eyes.earlier.snapshots} == {each.look for each in thursday.snapshots}


CHOICE = {
    **ROUTINE,
    "routine": "choice",
    "variables": [{"variable": "shop"}],
    "stops": [
        {
            "stop": "pulse",
            "looks": [
                {"look": "up", "title": "U", "source": "main", "take": "instant", "query": 'up{shop="$shop"}'}
            ],
            **WORDS,
        }
    ],
}


def test_somebody_is_followed_with_what_they_chose_or_with_something_else(workspace: Workspace) -> None:
    """Something else only where this version of the routine is here: what they chose stands in its queries."""
    [folder] = workspace.settings.routines
    (folder / "choice.yaml").write_text(json.dumps(CHOICE))
    routine, window = workspace.find_routine("choice"), Window.ending(THEN, timedelta(hours=1))
    with pytest.raises(RoutineError, match="shop needs a value"):
        morning.begin(workspace, routine, window=window, author="Maya", now=THEN)
    begun = morning.begin(workspace, routine, window=window, author="Maya", now=THEN, chosen={"shop": ("north",)})
    earlier = workspace.store.vista(begun.id)
    assert (earlier.name, earlier.routine.digest) == ("The door · north", routine.digest)
    same = morning.begin_through(workspace, earlier, "Maya", author="Jonas", now=NOW)
    assert same.routine.stops[0].looks[0].query == ('up{shop="north"}',)
    chosen = {"shop": ("south",)}
    other = morning.begin_through(workspace, earlier, "Maya", author="Jonas", now=NOW, chosen=chosen)
    assert other.routine.stops[0].looks[0].query == ('up{shop="south"}',)
    assert (other.name, other.eyes and other.eyes.name) == ("The door · south", "The door · north")
    unknown = replace(earlier, routine=earlier.routine.model_copy(update={"written_as": "0" * 64}))
    with pytest.raises(RoutineError, match="no longer here"):
        morning.begin_through(workspace, unknown, "Maya", author="Jonas", now=NOW, chosen=chosen)
