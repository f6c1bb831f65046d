"""What `vistas show` prints of a vista: for people, and as JSON."""

from __future__ import annotations

from typing import Any

from vistas.command_line.writing import say
from vistas.sharing.marks import say_eyes
from vistas.snapshot import Snapshot
from vistas.vista import Eyes, Vista
from vistas.vista.written import Written


def contents(vista: Vista) -> dict[str, Any]:
    return {
        "vista": str(vista.id),
        "name": vista.name,
        "routine": vista.routine.routine,
        "author": vista.author,
        "window": {"from": vista.window.start.isoformat(), "to": vista.window.end.isoformat()},
        "seen_through": vista.eyes and _followed(vista.eyes),
        "stops": [
            {
                "stop": stop.stop,
                "question": stop.question,
                "looks": [_look(snapshot) for snapshot in vista.at(stop.stop)],
                "notices": _noticed_at(vista, stop.stop),
                "noticed_then": _noticed_at(vista.eyes.earlier, stop.stop) if vista.eyes else [],
            }
            for stop in vista.routine.stops
        ],
    }


def _followed(eyes: Eyes) -> dict[str, Any]:
    return {
        "walker": eyes.walker,
        "vista": str(eyes.vista),
        "name": eyes.name,
        "begun_at": eyes.begun_at.isoformat(),
    }


def _noticed_at(vista: Vista, stop: str) -> list[dict[str, Any]]:
    return [
        {**_written(notice), "answers": [_written(answer) for answer in answers]}
        for notice, answers in vista.threads_at(stop)
    ]


def _written(written: Written) -> dict[str, Any]:
    return {**written.model_dump(mode="json"), "from_file": written.from_file}


def _look(snapshot: Snapshot) -> dict[str, Any]:
    read = snapshot.whole()
    frame, gap = read.frame, read.gap
    return {
        "look": snapshot.look,
        "source": snapshot.source,
        "query": snapshot.provenance.query,
        "state": "frame" if frame else "gap",
        "rows": frame.rows if frame else 0,
        "reason": f"{gap.reason.value}: {gap.message}" if gap else None,
    }


def print_vista(vista: Vista) -> None:
    say(vista.name)
    start, end = vista.window.start.astimezone(), vista.window.end.astimezone()
    say(f"{vista.author}, {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M %Z}")
    if vista.eyes:
        say(say_eyes(vista.eyes))
    for stop in vista.routine.stops:
        say()
        say(f"{stop.title}: {stop.question}")
        for snapshot in vista.at(stop.stop):
            look = _look(snapshot)
            say(f"  {look['look']} ({look['source']}): {look['reason'] or str(look['rows']) + ' rows'}")
        _print_notices(vista, stop.stop)
        if vista.eyes:
            _print_notices(vista.eyes.earlier, stop.stop, "then: ")


def _print_notices(vista: Vista, stop: str, when: str = "") -> None:
    for notice, answers in vista.threads_at(stop):
        say(f"  {when}“{notice.text}” ({notice.signed}, {notice.kind.value})")
        for answer in answers:
            said = f"{answer.kind.value}: “{answer.text}”" if answer.text else answer.kind.value
            say(f"    {said} ({answer.signed})")
