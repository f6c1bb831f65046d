"""A page of the app that is open, without a browser: it speaks Streamlit's protocol, and draws nothing.

It asks for its page, and then does what a browser would: it asks for each fragment that polls, at the interval
that it was told; it listens where a component of ours listens, and tells when there is news.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Coroutine, Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

ASKS_FOR_NAME: Final = "Your name"
LISTENER = "morning-vistas.components-listener-listener"
LINES = "morning-vistas.components-lines-lines"
OPENS_WITHIN: Final = 60.0
PAUSE: Final = 0.3
"""Seconds that a browser leaves between two drawings."""


class Pages:
    """The pages of many people, kept open by one thread; `close` closes them."""

    def __init__(self, address: str, page: str, query: str) -> None:
        self._address, self._page, self._query = address, page, query
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.all: list[OpenPage] = []

    def open(self, name: str) -> OpenPage:
        """One more, as somebody; it is drawn once its `drawn` is set."""
        made = OpenPage(self._address, self._page, self._query, name)
        self.all.append(made)
        self._wait_for(made.open())
        return made

    def close(self) -> None:
        for page in self.all:
            self._wait_for(page.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(OPENS_WITHIN)


class OpenPage:
    """`runs` counts how often the server drew the page or a part of it, `redrawn` how often in whole.

    `drawn` is set once it was drawn for the first time. `shown` tells of each line of a topic when it was on
    the page first, by its text and the monotonic clock: when a redraw with it was over, or it came without one.
    """

    def __init__(self, address: str, page: str, query: str, name: str) -> None:
        self._address, self._name = address, name
        self._state = ClientState(query_string=query, page_name=page)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._lines: set[str] = set()
        self._told: dict[str, int] = {}
        self._answered = asyncio.Event()
        self.drawn = threading.Event()
        self.runs = self.redrawn = self.errors = self.pushed = 0
        self.shown: dict[str, float] = {}

    async def open(self) -> None:
        self._line = await self._connect("_stcore/stream", ["streamlit"])
        self._begin("page", self._live())
        await self._send(self._state)

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._line.close()

    async def _connect(self, path: str, protocols: list[Any] | None = None) -> ClientConnection:
        where = f"ws://{urlsplit(self._address).netloc}/{path}"
        return await connect(where, subprotocols=protocols, origin=self._address, max_size=None)  # type: ignore[arg-type]

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """In place of the last of this name."""
        if before := self._tasks.pop(name, None):
            before.cancel()
        self._tasks[name] = asyncio.get_running_loop().create_task(work)

    async def _send(self, state: ClientState) -> None:
        await self._line.send(BackMsg(rerun_script=state).SerializeToString())

    async def _live(self) -> None:
        try:
            async for message in self._line:
                await self._take(ForwardMsg.FromString(bytes(message)))  # type: ignore[arg-type]
        except ConnectionClosed:
            self.errors += 1

    async def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.runs += 1
        elif kind == "navigation":
            self._state.page_script_hash = message.navigation.page_script_hash
        elif kind == "page_config_changed":
            self.redrawn += 1
        elif kind == "auto_rerun":
            asked = message.auto_rerun
            self._begin(f"tick {asked.fragment_id}", self._tick(asked.fragment_id, asked.interval))
        elif kind == "script_finished":
            self.drawn.set()
            self._show(self._lines)
        elif kind == "delta":
            await self._see(message.delta)

    async def _see(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors += 1
        elif kind == "text_input" and element.text_input.label == ASKS_FOR_NAME and self._name:
            await self._say_name(element.text_input)
        elif kind == "bidi_component":
            self._mount(element.bidi_component, delta.fragment_id)

    async def _say_name(self, asked: TextInput) -> None:
        said = self._state.widget_states.widgets.add()
        said.id, said.string_value = asked.id, self._name
        self._name = ""
        await self._send(self._state)

    def _mount(self, component: BidiComponent, fragment: str) -> None:
        """What the scripts of our components would do."""
        if component.component_name == LISTENER:
            self._wait_for_news(_data(component)["told"], component.id, fragment)
        elif component.component_name == LINES:
            data = _data(component)
            self._lines.update(line["text"] for line in data["lines"])
            where = data.get("from")
            if where and "lines" not in self._tasks:
                self._begin("lines", self._read_lines(where))

    async def _tick(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            asked = ClientState(fragment_id=fragment, is_auto_rerun=True)
            asked.MergeFrom(self._state)
            await self._send(asked)

    def _wait_for_news(self, told: dict[str, int], component: str, fragment: str) -> None:
        known, self._told = self._told, told
        self._answered.set()
        if known.keys() != told.keys():
            self._begin("news", self._hear(sorted(told), component, fragment))

    async def _hear(self, names: list[str], component: str, fragment: str) -> None:
        stands: dict[str, int] = {}
        async with await self._connect(f"pushed/news?{urlencode([('of', name) for name in names])}") as line:
            async for message in line:
                stands.update(json.loads(message))
                if self._telling is None or self._telling.done():
                    self._begin("telling", self._tell_while_behind(stands, component, fragment))

    @property
    def _telling(self) -> asyncio.Task[None] | None:
        return self._tasks.get("telling")

    async def _tell_while_behind(self, stands: Mapping[str, int], component: str, fragment: str) -> None:
        """What comes meanwhile is read; the next telling is about all of it."""
        while any(self._told.get(name) != number for name, number in stands.items()):
            await self._tell(component, fragment)

    async def _tell(self, component: str, fragment: str) -> None:
        asked = ClientState(fragment_id=fragment)
        asked.MergeFrom(self._state)
        told = asked.widget_states.widgets.add()
        told.id = f"$$STREAMLIT_INTERNAL_KEY_{component}__events"
        told.json_trigger_value = json.dumps([{"event": "news", "value": str(uuid4())}])
        self._answered.clear()
        await self._send(asked)
        await self._answered.wait()
        await asyncio.sleep(PAUSE)

    async def _read_lines(self, where: dict[str, str]) -> None:
        async with await self._connect(f"pushed/lines?{urlencode(where)}") as line:
            async for message in line:
                self.pushed += 1
                self._show(each["text"] for each in json.loads(message)["lines"])

    def _show(self, texts: Any) -> None:
        now = time.monotonic()
        for text in texts:
            self.shown.setdefault(text, now)


def _data(component: BidiComponent) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        component.json if component.WhichOneof("data") == "json" else component.mixed.json
    )
    return found
