"""Arbitrary vistas, within what the domain allows: for whatever keeps or carries them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import polars as pl
from hypothesis import strategies as st

from vistas.requests import summary
from vistas.routine import Look, Routine, Stop, Unit
from vistas.snapshot import Absence, Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.vista import Detour, Eyes, Step, Vista, Walk
from vistas.vista.answer import ABOUT_NOW, Answer, AnswerKind
from vistas.vista.notice import LogPattern, Notice, NoticeKind, Stretch, TableRow, WholeStop

texts = st.text(st.characters(codec="utf-8"), max_size=40)
lines = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(0), timedelta(days=300))
floats = st.floats(width=64)
labels = st.dictionaries(texts, texts, max_size=3)
TIME = pl.Datetime("ms", "UTC")
SERIES = {
    "labels": pl.List(pl.Struct({"name": pl.String, "value": pl.String})),
    "times": pl.List(TIME),
    "values": pl.List(pl.Float64),
}
LINES = {"pattern": pl.String, "lines": pl.UInt64, "first": TIME, "last": TIME, "sample": pl.String}


@st.composite
def windows(draw: st.DrawFn) -> Window:
    return Window.ending(draw(moments), draw(spans) + timedelta(seconds=1))


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


times = moments.map(_milliseconds)


@st.composite
def series_frames(draw: st.DrawFn) -> Frame:
    rows = []
    for names in draw(st.lists(labels, max_size=4)):
        stamps = sorted(draw(st.lists(times, max_size=8)))
        values = draw(st.lists(floats, min_size=len(stamps), max_size=len(stamps)))
        pairs = [{"name": name, "value": names[name]} for name in sorted(names)]
        rows.append({"labels": pairs, "times": stamps, "values": values})
    step = draw(st.none() | st.sampled_from([timedelta(seconds=15), timedelta(minutes=5)]))
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=step)


@st.composite
def object_frames(draw: st.DrawFn) -> Frame:
    cells = st.fixed_dictionaries(
        {
            "name": texts,
            "status": st.none() | texts,
            "restarts": st.none() | st.integers(-(2**63), 2**63 - 1),
            "age_seconds": st.none() | floats,
            "paused": st.none() | st.booleans(),
            "since": st.none() | times,
            "images": st.none() | st.lists(texts, max_size=3),
        }
    )
    schema = {
        "name": pl.String,
        "status": pl.String,
        "restarts": pl.Int64,
        "age_seconds": pl.Float64,
        "paused": pl.Boolean,
        "since": TIME,
        "images": pl.List(pl.String),
    }
    return Frame(FrameKind.OBJECTS, pl.DataFrame(draw(st.lists(cells, max_size=5)), schema=schema), key=("name",))


@st.composite
def request_frames(draw: st.DrawFn) -> Frame:
    start = draw(moments).replace(second=0, microsecond=0)
    cells = st.fixed_dictionaries(
        {
            "minute": st.integers(0, 300).map(lambda minutes: start + timedelta(minutes=minutes)),
            "host": st.none() | texts,
            "service": st.none() | texts,
            "status": st.none() | st.integers(-1, 700),
            "latency_le": st.none() | st.sampled_from(summary.BOUNDS),
            "requests": st.integers(0, 10**9),
        }
    )
    data = pl.DataFrame(draw(st.lists(cells, max_size=6)), schema=summary.SCHEMA)
    return Frame(FrameKind.REQUESTS, data)


@st.composite
def line_frames(draw: st.DrawFn) -> Frame:
    cells = st.fixed_dictionaries(
        {
            "pattern": texts,
            "lines": st.integers(0, 2**63),
            "first": st.none() | times,
            "last": st.none() | times,
            "sample": st.none() | texts,
        }
    )
    return Frame(FrameKind.LINES, pl.DataFrame(draw(st.lists(cells, max_size=4)), schema=LINES))


names = st.sampled_from(
    ["checkout-6d8f9c7b5d-x2k4p", "checkout-6d8f9c7b5d-b7vz9", "checkout-zxghfjf2s-sghtb", "web-0", "web-1"]
)
"""Of pods, some of which differ only in what changes with a rollout."""


@st.composite
def pod_frames(draw: st.DrawFn) -> Frame:
    """Pods of few names, as they might be before and after a rollout."""
    pod = st.fixed_dictionaries(
        {
            "namespace": st.sampled_from(["shop", "ingest"]),
            "name": names,
            "status": st.sampled_from(["Running", "CrashLoopBackOff", "Pending"]),
            "restarts": st.none() | st.integers(0, 20),
            "age_seconds": st.none() | st.floats(0, 1e6),
            "images": st.lists(st.sampled_from(["checkout:1", "checkout:2"]), max_size=2),
            "memory_limit_bytes": st.none() | st.sampled_from([2.0**28, 2.0**29]),
            "owner": st.sampled_from(["", "checkout"]),
            "message": texts,
            "created": st.none() | times,
        }
    )
    schema = {
        "namespace": pl.String,
        "name": pl.String,
        "status": pl.String,
        "restarts": pl.Int64,
        "age_seconds": pl.Float64,
        "images": pl.List(pl.String),
        "memory_limit_bytes": pl.Float64,
        "owner_kind": pl.String,
        "owner": pl.String,
        "message": pl.String,
        "created": TIME,
    }
    pods = draw(st.lists(pod, max_size=6, unique_by=lambda row: (row["namespace"], row["name"])))
    rows = [{**row, "owner_kind": "Deployment" if row["owner"] else ""} for row in pods]
    return Frame(FrameKind.OBJECTS, pl.DataFrame(rows, schema=schema), key=("namespace", "name"))


@st.composite
def pod_series_frames(draw: st.DrawFn, start: datetime) -> Frame:
    """Series of such pods, a sample a minute from `start` on, some values no number."""
    rows = []
    for pod in draw(st.lists(names, max_size=5)):
        count = draw(st.integers(0, 6))
        stamps = [start + timedelta(minutes=minute) for minute in range(count)]
        values = draw(st.lists(st.floats(-1e9, 1e9) | st.just(float("nan")), min_size=count, max_size=count))
        rows.append({"labels": [{"name": "pod", "value": pod}], "times": stamps, "values": values})
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=timedelta(minutes=1))


frames = series_frames() | object_frames() | pod_frames() | request_frames() | line_frames()
gaps = st.builds(Gap, st.sampled_from(GapReason), texts, texts)
absences = st.builds(Absence, lines) | st.builds(
    Absence, lines, lines, st.sampled_from(["", "=", "!=", "=~", "!~"]), texts
)
provenances = st.builds(
    Provenance,
    source=lines,
    source_type=slugs,
    query=texts,
    asked=windows(),
    taken_at=moments,
    took=spans,
    obtained=st.none() | windows(),
    warnings=st.lists(texts, max_size=2).map(tuple),
    redacted=st.dictionaries(texts, st.integers(0, 2**60), max_size=2),
    absent=st.lists(absences, max_size=2).map(tuple),
)
looks = st.builds(
    Look,
    look=slugs,
    title=lines,
    source=lines,
    take=slugs,
    query=st.lists(lines, max_size=2).map(tuple),
    where=labels,
    unit=st.sampled_from(Unit),
    name=st.none() | texts,
    normal_below=st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@st.composite
def stops(draw: st.DrawFn) -> Stop:
    return Stop(
        stop=draw(slugs),
        title=draw(lines)[:24],
        question=draw(lines),
        why=draw(lines),
        normal=draw(lines),
        plainly=draw(lines),
        looks=tuple(draw(st.lists(looks, min_size=1, max_size=3, unique_by=lambda look: look.look))),
    )


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    return Routine(
        routine=draw(slugs),
        title=draw(lines),
        about=draw(lines),
        version=draw(st.integers(1, 9)),
        window=timedelta(minutes=draw(st.integers(1, 9000))),
        stops=tuple(draw(st.lists(stops(), min_size=1, max_size=3, unique_by=lambda stop: stop.stop))),
    )


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    window = draw(windows())
    series = tuple(draw(st.lists(labels, max_size=2)))
    return Stretch(look=draw(slugs), source=draw(lines), series=series, start=window.start, end=window.end)


anchors = (
    st.just(WholeStop())
    | stretches()
    | st.builds(TableRow, look=slugs, source=lines, key=labels)
    | st.builds(LogPattern, look=slugs, source=lines, pattern=texts)
)


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    written = draw(moments)
    changed = draw(st.booleans())
    return Notice(
        id=draw(st.uuids()),
        stop=draw(slugs),
        author=draw(lines.filter(str.strip)),
        kind=draw(st.sampled_from(NoticeKind)),
        text=draw(lines.filter(str.strip)),
        anchor=draw(anchors),
        written_at=written,
        revision=2 if changed else 1,
        revised_at=written + timedelta(minutes=3) if changed else None,
    )


@st.composite
def answers(draw: st.DrawFn, notice: Notice) -> Answer:
    written, changed = draw(moments), draw(st.booleans())
    kind = draw(st.sampled_from(AnswerKind))
    return Answer(
        id=draw(st.uuids()),
        notice=notice.id,
        author=draw(lines.filter(str.strip)),
        kind=kind,
        text=draw(texts if kind in ABOUT_NOW else lines.filter(str.strip)),
        answered_from=draw(st.none() | st.uuids()),
        written_at=written,
        revision=2 if changed else 1,
        revised_at=written + timedelta(minutes=3) if changed else None,
    )


@st.composite
def snapshots(draw: st.DrawFn, routine: Routine) -> Snapshot:
    stop, look = draw(st.sampled_from(list(routine.looks())))
    return Snapshot(stop.stop, look.look, draw(frames | gaps), draw(provenances))


steps = st.builds(Step, slugs, moments, st.none() | moments)
walks = st.builds(Walk, st.uuids(), lines, st.lists(steps, min_size=1, max_size=3).map(tuple))
detours = st.builds(Detour, slugs, looks, lines, moments)


@st.composite
def vistas(draw: st.DrawFn) -> Vista:
    """Some are seen through somebody's eyes."""
    alone = draw(vistas_alone())
    if not draw(st.booleans()):
        return alone
    earlier = draw(vistas_alone().filter(lambda earlier: earlier.id != alone.id))
    return replace(alone, eyes=Eyes.upon(earlier, draw(lines)))


@st.composite
def vistas_alone(draw: st.DrawFn) -> Vista:
    """Notices, where there are looks to hang them on, hang on those of the routine now and then."""
    routine = draw(routines())
    here = tuple(
        draw(st.lists(snapshots(routine), max_size=4, unique_by=lambda each: (each.stop, each.look, each.source)))
    )
    found = draw(st.lists(notices(), max_size=3, unique_by=lambda notice: notice.id))
    return Vista(
        id=draw(st.uuids()),
        routine=routine,
        window=draw(windows()),
        author=draw(lines),
        begun_at=draw(moments),
        title=draw(texts),
        saved_at=draw(st.none() | moments),
        origin=draw(st.sampled_from(["live", "recording", "imported"])),
        snapshots=here,
        walks=tuple(draw(st.lists(walks, max_size=2, unique_by=lambda walk: walk.id))),
        detours=tuple(draw(st.lists(detours, max_size=2))),
        notices=tuple(_hung(notice, here, draw) for notice in found),
        ridges=tuple(draw(st.lists(st.lists(st.floats(0, 1), max_size=5).map(tuple), max_size=4))),
        answers=draw(threads(found)),
    )


def threads(found: list[Notice]) -> st.SearchStrategy[tuple[Answer, ...]]:
    """Answers to some of the notices, in the order they were written."""
    if not found:
        return st.just(())
    given = st.lists(st.sampled_from(found).flatmap(answers), max_size=3, unique_by=lambda answer: answer.id)
    return given.map(lambda several: tuple(sorted(several, key=in_order)))


def in_order(answer: Answer) -> tuple[datetime, UUID]:
    return (answer.written_at, answer.id)


def _hung(notice: Notice, here: tuple[Snapshot, ...], draw: st.DrawFn) -> Notice:
    if not here or isinstance(notice.anchor, WholeStop) or draw(st.booleans()):
        return notice
    at = draw(st.sampled_from(here))
    anchor = notice.anchor.model_copy(update={"look": at.look, "source": at.source})
    return notice.model_copy(update={"stop": at.stop, "anchor": anchor})


def without_frames(vista: Vista) -> Vista:
    """For comparing: frames compare by their data, apart from the rest."""
    bare = (replace(each, content=each.gap or Gap(GapReason.NOT_HERE, "a frame")) for each in vista.snapshots)
    return vista.with_snapshots(bare)
