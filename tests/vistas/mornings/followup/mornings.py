"""Two small mornings, a day apart, and notices on the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from tests.strategies import LINES, SERIES
from vistas.mornings.followup import FollowUp, follow_up
from vistas.routine import Look, Routine, Unit
from vistas.snapshot import Frame, FrameKind, Gap, Provenance, Snapshot, Window
from vistas.vista import Vista, new_id
from vistas.vista.notice import Anchor, LogPattern, Notice, NoticeKind, Stretch, TableRow

THURSDAY = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
FRIDAY = THURSDAY + timedelta(days=1)
NIGHT = timedelta(hours=12)
STEP = timedelta(minutes=1)


@dataclass(frozen=True, eq=False)
class Asked:
    """A look to gather under; unlike a `Look` it can be a key."""

    look: Look

    @classmethod
    def of(cls, take: str, source: str, *, look: str = "", **changes: Any) -> Asked:
        return cls(Look(look=look or take, title=take.capitalize(), source=source, take=take, **changes))

    def but(self, **changes: Any) -> Asked:
        return Asked(self.look.model_copy(update=changes))


SHARE = Asked.of("range", "prometheus", look="share", query=("share",), unit=Unit.RATIO)
PODS = Asked.of("pods", "cluster")
DEPLOYMENTS = Asked.of("deployments", "cluster")
STANDS_OUT = Asked.of("stands-out", "cluster")
LOG = Asked.of("lines", "ingress", look="log")
ALL = (SHARE, PODS, DEPLOYMENTS, STANDS_OUT, LOG)

Gathered = Mapping[Asked, Frame | Gap | Snapshot]


def morning(end: datetime, content: Gathered, *, span: timedelta = NIGHT, **changes: Any) -> Vista:
    """One stop with the given looks, each gathered over the `span` up to `end`."""
    looks = {asked.look.look: asked.look for asked in (*ALL, *content)}
    words = {"title": "Night", "question": "?", "why": "w", "normal": "n", "plainly": "p"}
    stop = {"stop": "night", "looks": list(looks.values()), **words}
    routine = Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": [stop]})
    window = Window.ending(end, span)
    gathered = tuple(
        each if isinstance(each, Snapshot) else snapshot(asked, each, window) for asked, each in content.items()
    )
    made: dict[str, Any] = {"snapshots": gathered, **changes}
    return Vista(new_id(), routine, window, "Maya", end, **made)


def snapshot(asked: Asked, content: Frame | Gap, window: Window, **changes: Any) -> Snapshot:
    look = asked.look
    said: dict[str, Any] = {"source": look.source, "source_type": look.source, "query": look.take, **changes}
    provenance = Provenance(asked=window, taken_at=window.end, took=timedelta(seconds=1), **said)
    return Snapshot("night", look.look, content, provenance)


def series(
    end: datetime, *lines: tuple[Mapping[str, str], Sequence[float]], step: timedelta | None = STEP
) -> Frame:
    """Each line ends at `end`, a minute between its values."""
    rows = [
        {
            "labels": [{"name": name, "value": labels[name]} for name in sorted(labels)],
            "times": [end - STEP * (len(values) - 1 - place) for place in range(len(values))],
            "values": [float(value) for value in values],
        }
        for labels, values in lines
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=step)


def table(*rows: Mapping[str, Any], key: tuple[str, ...] = ("namespace", "name")) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame(list(rows), infer_schema_length=None), key=key)


def pod(name: str, owner: str = "", **cells: Any) -> dict[str, Any]:
    """A pod that runs; its owner is a Deployment where one is named."""
    kind = "Deployment" if owner else ""
    whole = {"status": "Running", "ready": "1/1", "restarts": 0, "images": ["shop/cart:1.4.2"]}
    return {"namespace": "shop", "name": name, **whole, "owner_kind": kind, "owner": owner, **cells}


def deployment(name: str = "cart", **cells: Any) -> dict[str, Any]:
    whole = {"status": "Complete", "ready": "2/2", "images": ["shop/cart:1.4.3"]}
    return {"namespace": "shop", "name": name, **whole, **cells}


def patterns(**lines: int) -> Frame:
    """Patterns by their text, `_` for a space."""
    rows = [
        {"pattern": text.replace("_", " "), "lines": number, "first": THURSDAY, "last": THURSDAY, "sample": ""}
        for text, number in lines.items()
    ]
    return Frame(FrameKind.LINES, pl.DataFrame(rows, schema=LINES))


def notice(anchor: Anchor) -> Notice:
    return Notice(
        id=new_id(),
        stop="night",
        author="Maya",
        kind=NoticeKind.NOTICED,
        text="There.",
        anchor=anchor,
        written_at=THURSDAY,
    )


def stretch(
    *series: Mapping[str, str], minutes: int = 10, end: datetime = THURSDAY, asked: Asked = SHARE
) -> Stretch:
    """The last minutes before `end`."""
    named = tuple(dict(each) for each in series)
    return Stretch(
        look=asked.look.look,
        source=asked.look.source,
        series=named,
        start=end - timedelta(minutes=minutes),
        end=end,
    )


def row(asked: Asked = PODS, **key: str) -> TableRow:
    return TableRow(look=asked.look.look, source=asked.look.source, key=key or {"namespace": "shop", "name": OLD})


def pattern(text: str) -> LogPattern:
    return LogPattern(look="log", source="ingress", pattern=text)


OLD, NEW, NEWER = "cart-7d9f8b6c54-x2x4z", "cart-5c6b7d8f94-q9w8t", "cart-5c6b7d8f94-b2b2b"


def follow(anchor: Anchor, then: Gathered, now: Gathered) -> FollowUp:
    """What became of a notice of Thursday by Friday."""
    return follow_up(notice(anchor), morning(THURSDAY, then), morning(FRIDAY, now))
