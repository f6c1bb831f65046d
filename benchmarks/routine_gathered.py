"""A built-in routine gathered: `python -m benchmarks.routine_gathered ROUTINE SOURCES MOMENT`.

SOURCES is JSON as vistas.toml would say it, MOMENT the end of the window in Unix seconds. Looks at others are
left out. It first gathers once and prints the HTTP requests that this took, as JSON: method, target, headers and
body of each. Then it gathers anew for each empty line on its standard input, with sources that know nothing yet.
For a line that says, as JSON, where the hosts are and whose certificates they have, it only fetches the bodies of
these requests. Each answer is a line of JSON: how many looks or requests were answered and how many were asked,
seconds of the wall clock, and seconds of user and system time.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from vistas.gathering.gather import gather
from vistas.redaction import Redactor
from vistas.routine import Routine
from vistas.routine.file import find_routine
from vistas.snapshot import Window
from vistas.source import Deadline, build_source

PATIENCE = timedelta(minutes=2)
AT_ONCE = 16
"""How many requests are under way together where only bodies are fetched."""


class Sent:
    """Every HTTP request that Python's own client sends from now on, of whichever thread."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self._last: dict[int, dict[str, Any]] = {}
        self.is_over = False
        sys.addaudithook(self._notice)

    def _notice(self, event: str, details: tuple[Any, ...]) -> None:
        if event != "http.client.send" or self.is_over:
            return
        text, thread = bytes(details[1]).decode("latin-1"), threading.get_ident()
        head, ends, _ = text.partition("\r\n\r\n")
        opening, *headers = head.split("\r\n")
        if ends and opening.endswith(" HTTP/1.1"):
            method, target, _ = opening.split(" ")
            self._last[thread] = {"method": method, "target": target, "headers": headers, "body": ""}
            self.requests.append(self._last[thread])
        else:
            self._last[thread]["body"] += text


def only(routine: Routine, sources: dict[str, Any]) -> Routine:
    """The routine with its looks at these sources alone."""
    stops = [
        stop.model_copy(update={"looks": tuple(look for look in stop.looks if look.source in sources)})
        for stop in routine.stops
    ]
    return routine.model_copy(update={"stops": tuple(stop for stop in stops if stop.looks)})


def fetch_bodies(sent: Sequence[dict[str, Any]], urls: dict[str, str], authority: str) -> tuple[int, int]:
    """The same requests by `requests` alone, many at once over kept connections; what they bring is let go."""

    def fetch(asked: dict[str, Any]) -> bool:
        headers = dict(line.split(": ", 1) for line in asked["headers"])
        headers = {name: said for name, said in headers.items() if name.lower() != "content-length"}
        url, body = urls[headers.pop("Host")] + asked["target"], asked["body"] or None
        answer = session.request(
            asked["method"], url, headers=headers, data=body, verify=authority, timeout=PATIENCE.total_seconds()
        )
        return bool(answer.ok and answer.content)

    with requests.Session() as session, ThreadPoolExecutor(AT_ONCE) as threads:
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(pool_maxsize=AT_ONCE))
        return sum(threads.map(fetch, sent)), len(sent)


def main() -> None:
    name, told, moment = sys.argv[1:]
    tables = json.loads(told)
    routine = only(find_routine(name), tables)
    window = Window.ending(datetime.fromtimestamp(float(moment), UTC), routine.window)

    def way() -> tuple[int, int]:
        redactor = Redactor(b"k" * 32)
        sources = [build_source(source, table, redactor) for source, table in tables.items()]
        snapshots = gather(routine, sources, window, deadline=Deadline(PATIENCE), redactor=redactor)
        return sum(1 for snapshot in snapshots if snapshot.frame), len(snapshots)

    sent = Sent()
    way()
    sent.is_over = True
    print(json.dumps(sent.requests), flush=True)
    for line in sys.stdin:
        places = json.loads(line) if line.strip() else None
        began, used = time.perf_counter(), time.process_time()
        answered = fetch_bodies(sent.requests, **places) if places else way()
        print(json.dumps([*answered, time.perf_counter() - began, time.process_time() - used]), flush=True)


if __name__ == "__main__":
    main()
