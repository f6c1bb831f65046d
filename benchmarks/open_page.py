"""A page of the app that is open, without a browser: it speaks Streamlit's protocol, and draws nothing.

It asks for its page, and then, as a browser does, for each fragment that polls, at the interval that it was told.
"""

from __future__ import annotations

import threading
import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

WAKES_EVERY = 0.05


class OpenPage:
    """`runs` counts how often the server drew the page or a part of it, `redrawn` how often in whole.

    `drawn` is set once it was drawn for the first time.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        self._state = ClientState(query_string=query, page_name=page)
        self._line: ClientConnection = connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=address,  # type: ignore[arg-type]
            max_size=None,
        )
        self._ticks: dict[str, tuple[float, float]] = {}
        self._closed = threading.Event()
        self.drawn = threading.Event()
        self.runs = self.redrawn = self.errors = 0
        self._send(self._state)
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        self._line.close()

    def _send(self, state: ClientState) -> None:
        self._line.send(BackMsg(rerun_script=state).SerializeToString())

    def _live(self) -> None:
        while not self._closed.is_set():
            try:
                self._take(ForwardMsg.FromString(bytes(self._line.recv(timeout=WAKES_EVERY))))
            except TimeoutError:
                pass
            except ConnectionClosed:
                self.errors += 1
                return
            self._tick()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.runs += 1
        elif kind == "navigation":
            self._state.page_script_hash = message.navigation.page_script_hash
        elif kind == "page_config_changed":
            self.redrawn += 1
            self._ticks.clear()
        elif kind == "auto_rerun":
            asked = message.auto_rerun
            self._ticks[asked.fragment_id] = (asked.interval, time.monotonic() + asked.interval)
        elif kind == "script_finished":
            self.drawn.set()
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self.errors += 1

    def _tick(self) -> None:
        now = time.monotonic()
        for fragment, (interval, due) in list(self._ticks.items()):
            if now >= due:
                self._ticks[fragment] = (interval, now + interval)
                asked = ClientState(fragment_id=fragment, is_auto_rerun=True)
                asked.MergeFrom(self._state)
                self._send(asked)
