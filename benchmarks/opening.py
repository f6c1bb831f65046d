"""Which frames are read to show a saved vista's first stop: `python -m benchmarks.opening` prints JSON.

A process of its own, on a library with the bundled recordings in the working directory: the interpreter itself
tells of every file that is opened.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from vistas.store import Search

APP = Path(__file__).resolve().parents[1] / "streamlit_app.py"


class Undrawn(Exception):
    """The stop was not shown, so that it says nothing that little was read for it."""


def first_stop() -> dict[str, int]:
    """How many frames the vista has, how many of them its first stop, and how many were read to show that."""
    read: set[str] = set()
    sys.addaudithook(lambda event, about: _note(event, about, read))
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    store = process.workspace().store
    vista = store.vista(store.library(Search(routine="landscape")).vistas[0].id)
    page.switch_page(Place.REPLAY.value)
    page.query_params["vista"] = str(vista.id)
    page.query_params["stop"] = stop = vista.routine.stops[0].stop
    page.run()
    shown = " ".join(str(each.value) for each in page.markdown)
    if page.exception or not all(look.title in shown for look in vista.looks_at(stop)):
        raise Undrawn(f"{vista.name} at {stop}: {[each.message for each in page.exception]}")
    if not read:
        raise Undrawn(f"{vista.name} at {stop}: no frame was read")
    return {
        "frames": sum(snapshot.frame is not None for snapshot in vista.snapshots),
        "of_the_stop": sum(snapshot.frame is not None for snapshot in vista.at(stop)),
        "read": len(read),
    }


def _note(event: str, about: tuple[Any, ...], read: set[str]) -> None:
    """Remember a frame's file that is opened to be read; one that is being written has another name."""
    if event == "open" and about[1] == "r" and str(about[0]).endswith(".parquet"):
        read.add(str(about[0]))


if __name__ == "__main__":
    os.environ |= {"VISTAS_DATA": str(Path.cwd())}
    print(json.dumps(first_stop()))
