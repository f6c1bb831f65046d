"""Others' changes: what a page is told of, and how, run without a browser."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import uvicorn
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from dashboards import live
from dashboards.serving.routes import routes
from dashboards.shared import news, process
from dashboards.shared.broadcast import Broadcast
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.servers.ports import free_port
from tests.vistas.sharing.making import notice, vista
from tests.waiting import eventually
from vistas.errors import StoreError
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, SessionEntry, Turned
from vistas.practice.session.words import Jotted, Learned
from vistas.vista import Vista, new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("afresh")


def busy_room() -> tuple[UUID, UUID]:
    """A session that is busy with a topic."""
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="Queues")
    first = (HostTaken(host="Maya"), Planned(activity=topic), Turned(activity=topic.id))
    return process.notebooks().sessions.begin("Thursday", *first, by="Maya", at=NOW), topic.id


def write(room: UUID, entry: SessionEntry, by: str = "Tomás") -> None:
    process.notebooks().sessions.write(room, entry, by=by, at=NOW)


# --- walk and replay


def walked() -> Vista:
    """One of Maya's that is still being walked."""
    apptest.started()
    made = replace(vista(saved_at=None, title="", id=new_id()), notices=())
    process.workspace().store.put(made)
    return made


def waited_for(page: AppTest) -> Mapping[str, int]:
    seen: Mapping[str, int] = page.session_state["morning_vistas"].watching.seen[live.PAGE]
    return seen


@pytest.mark.parametrize("place", [Place.WALK, Place.REPLAY])
def test_a_page_that_has_been_drawn_has_no_news(place: Place) -> None:
    """That somebody stands at a stop by having come there is none to themselves."""
    made = walked()
    seen = waited_for(apptest.opened(place, vista=made.id))
    assert str(made.id) in seen
    assert process.news().now(seen).items() <= seen.items()


@pytest.mark.parametrize("place", [Place.WALK, Place.REPLAY])
def test_a_notice_that_comes_between_reading_and_noting_is_news(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = walked()
    store = process.workspace().store
    read, late = store.vista, notice(id=new_id(), author="Tomás", text="came in between")

    def read_just_before(vista_id: UUID) -> Vista:
        found = read(vista_id)
        store.write_notice(vista_id, late)
        return found

    monkeypatch.setattr(store, "vista", read_just_before)
    seen = waited_for(apptest.opened(place, vista=made.id))
    assert process.news().now([str(made.id)])[str(made.id)] > seen[str(made.id)]


# --- what there can be news of


def test_a_room_s_frame_moves_with_its_turns_and_not_with_what_is_written_in_it() -> None:
    apptest.started()
    room, topic = busy_room()
    names = (news.frame(room), news.inside(room), str(room))
    before = process.news().now(names)
    write(room, Jotted(activity=topic, id=new_id(), text="a line"))
    jotted = process.news().now(names)
    assert moved(before, jotted) == {str(room)}
    write(room, Learned(id=new_id(), text="a lesson"))
    learned = process.news().now(names)
    assert moved(jotted, learned) == {str(room), news.inside(room)}
    write(room, HostTaken(host="Tomás"))
    assert moved(learned, process.news().now(names)) == {str(room), news.frame(room)}


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> set[str]:
    return {name for name, number in after.items() if before[name] != number}


def test_who_comes_is_news_to_their_room_and_to_the_lobby() -> None:
    apptest.started()
    room, other = uuid4(), uuid4()
    names = (news.people(room), news.people(other), news.ROOMS)
    before = process.news().now(names)
    assert process.news().now(names) == before
    process.presences().here(room, "Maya", "a browser")
    assert moved(before, process.news().now(names)) == {news.people(room), news.ROOMS}


@pytest.mark.parametrize("name", ["", "frame/", "frame/x", "nobody/0", str(UUID(int=0))])
def test_of_what_is_not_there_nothing_is_told(name: str) -> None:
    apptest.started()
    assert process.news().now([name]) == {}


# --- one look for all who wait


class Counting:
    """Numbers to be looked at; the store does not answer the next `fails` times."""

    def __init__(self) -> None:
        self.stands: dict[str, int] = {"a": 1, "b": 1}
        self.asked: list[frozenset[str]] = []
        self.fails = 0

    def __call__(self, names: Iterable[str]) -> Mapping[str, int]:
        self.asked.append(frozenset(names))
        if self.fails:
            self.fails -= 1
            raise StoreError("not now")
        return {name: self.stands[name] for name in self.asked[-1]}


def test_who_follows_is_told_everything_and_then_what_changed() -> None:
    async def followed() -> None:
        look = Counting()
        heard = Broadcast(look).follow(["a", "b"])
        assert await anext(heard) == {"a": 1, "b": 1}
        look.stands["b"], look.fails = 2, 2
        assert await anext(heard) == {"b": 2}
        assert look.fails == 0

    asyncio.run(followed())


def test_who_is_slow_is_told_the_newest_once() -> None:
    async def followed() -> None:
        look = Counting()
        broadcast = Broadcast(look)
        slow, quick = broadcast.follow(["a"]), broadcast.follow(["a"])
        assert (await anext(slow), await anext(quick)) == ({"a": 1}, {"a": 1})
        for number in (2, 3):
            look.stands["a"] = number
            assert await anext(quick) == {"a": number}
        assert await anext(slow) == {"a": 3}

    asyncio.run(followed())


def test_nobody_looks_for_those_who_left() -> None:
    async def followed() -> None:
        look = Counting()
        broadcast = Broadcast(look)
        stays, leaves = broadcast.follow(["a"]), broadcast.follow(["b"])
        await anext(stays)
        await anext(leaves)
        await leaves.aclose()
        look.asked.clear()
        look.stands["a"] = 2
        await anext(stays)
        assert look.asked[-1] == {"a"}

    asyncio.run(followed())


# --- the routes


@pytest.fixture
def port() -> Iterator[int]:
    """Where the routes are served, by themselves."""
    apptest.started()
    found = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes()), port=found, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    eventually(lambda: server.started)
    yield found
    server.should_exit = True
    thread.join()


@contextmanager
def pushed(port: int, path: str, origin: str = "") -> Iterator[ClientConnection]:
    here = f"127.0.0.1:{port}"
    with connect(f"ws://{here}/pushed/{path}", origin=Origin(origin or f"http://{here}")) as line:
        yield line


def received(line: ClientConnection) -> Any:
    return json.loads(line.recv())


def test_a_page_is_told_of_what_it_names(port: int) -> None:
    room, _ = busy_room()
    with pushed(port, f"news?of={news.frame(room)}") as line:
        first = received(line)
        write(room, HostTaken(host="Tomás"))
        assert moved(first, received(line)) == {news.frame(room)}


def test_a_topic_s_lines_come_whole_and_then_one_by_one(port: int) -> None:
    room, topic = busy_room()
    one = new_id()
    write(room, Jotted(activity=topic, id=one, text="one"))
    with pushed(port, f"lines?room={room}&activity={topic}&zone=Europe/Vienna") as line:
        assert told(line) == (True, ["one"])
        write(room, Jotted(activity=topic, id=new_id(), text="two"))
        assert told(line) == (False, ["two"])
        write(room, Jotted(activity=topic, id=one, text="one, said better"))
        assert told(line) == (True, ["one, said better", "two"])


def told(line: ClientConnection) -> tuple[bool, list[str]]:
    message = received(line)
    return message["whole"], [each["text"] for each in message["lines"]]


@pytest.mark.parametrize("path", ["news?of=rooms", f"lines?room={UUID(int=1)}&activity={UUID(int=2)}"])
def test_a_page_of_another_origin_is_told_nothing(port: int, path: str) -> None:
    with pytest.raises(InvalidStatus), pushed(port, path, origin="http://elsewhere.example"):
        pass


def test_a_link_to_no_topic_is_told_nothing(port: int) -> None:
    with pytest.raises(InvalidStatus), pushed(port, "lines?room=x"):
        pass
