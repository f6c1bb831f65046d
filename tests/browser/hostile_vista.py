"""A vista in which everything that a tool or a person can write is meant to do harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from tests.browser.stage_data import END, instant_frame, requests_frame, series_frame
from vistas.routine import Drawing, Look, Routine, Stop
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import Anchor, LogPattern, Notice, NoticeKind, Stretch, TableRow, WholeStop

ELSEWHERE = "198.51.100.7"
"""A documentation address (RFC 5737) that nothing may ever be asked of."""
TAGS = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script></style></textarea>'
MARKDOWN = (
    f":red[x] $x^2$ **b** `c` ![p](http://{ELSEWHERE}/p.png) [l](javascript:window.hurt=1) :material/home: :bug:"
)
CONTROL = "\x00\x07\x1b[31m\x7f\u202eltr\u2066\u200b\ufeff"
HOSTILE = f"{TAGS} {MARKDOWN} {CONTROL}"
SHORT = "<b>![](//198.51.100.7)"
"""As much as a stop's title takes."""
LINE = (
    ":red[x] $x$ **b** `c` ![p](http://198.51.100.7/p.png) <img src=x onerror=window.hurt=1> :material/home: :bug:"
)
"""As much as a line takes, without what cannot be seen, so that it can be looked for on the page."""
MEBIBYTE = HOSTILE + "x" * (1 << 20)
WARNINGS = (HOSTILE, f"{HOSTILE} of replica 2", HOSTILE, "", "x" * 100_000, "x" * 100_001, MEBIBYTE)
"""Two replicas warn alike: equal words, and such as are equal once they are cut."""
WINDOW = Window.ending(END, timedelta(hours=24))
WHERE = "front-door"


def labelled(look: str, **how: object) -> Look:
    return Look.model_validate(
        {"look": look, "title": LINE, "source": WHERE, "take": "x", "name": HOSTILE[:200], **how}
    )


STOPS = (
    Stop(
        stop="lines",
        title=SHORT,
        question=LINE,
        why=HOSTILE,
        normal=HOSTILE,
        plainly=f"{HOSTILE}\n\n# {HOSTILE}",
        looks=(
            labelled("lines"),
            labelled("stacked", draw=Drawing.STACKED),
            labelled("numbers", draw=Drawing.NUMBERS),
        ),
    ),
    Stop(
        stop="tables",
        title="$x$",
        question=LINE,
        why=HOSTILE,
        normal=HOSTILE,
        plainly=HOSTILE,
        looks=(labelled("objects"), labelled("patterns"), labelled("bars", draw=Drawing.BARS)),
    ),
    Stop(
        stop="requests",
        title=":red[x]",
        question=LINE,
        why=HOSTILE,
        normal=HOSTILE,
        plainly=HOSTILE,
        looks=(labelled("classes"), labelled("heatmap", draw=Drawing.HEATMAP), labelled("gap")),
    ),
)


def hostile_vista(*, saved: bool) -> Vista:
    routine = Routine(routine="hostile", title=LINE, about=HOSTILE, stops=STOPS)
    walker = f"{LINE}"[:80]
    begun = datetime.now(UTC) - timedelta(minutes=9)
    steps = tuple(
        Step(stop.stop, begun + timedelta(minutes=place), begun + timedelta(minutes=place + 1))
        for place, stop in enumerate(STOPS)
    )
    return Vista(
        id=new_id(),
        routine=routine,
        window=WINDOW,
        author=walker,
        begun_at=begun,
        title=LINE if saved else "",
        saved_at=begun + timedelta(minutes=5) if saved else None,
        snapshots=snapshots(),
        walks=(Walk(new_id(), walker, steps),),
        notices=notices(walker, begun),
        ridges=((0.1, 0.9, 0.4),),
    )


def snapshots() -> tuple[Snapshot, ...]:
    names = [HOSTILE, MEBIBYTE, "\x00", " " * 9, "plain"]
    frames: dict[tuple[str, str], Frame | Gap] = {
        ("lines", "lines"): series_frame(names),
        ("lines", "stacked"): series_frame(names),
        ("lines", "numbers"): instant_frame(names),
        ("tables", "objects"): objects(),
        ("tables", "patterns"): patterns(),
        ("tables", "bars"): instant_frame(names),
        ("requests", "classes"): requests(),
        ("requests", "heatmap"): requests(),
        ("requests", "gap"): Gap(GapReason.GARBLED, MEBIBYTE, HOSTILE),
    }
    provenance = Provenance(
        WHERE, HOSTILE, MEBIBYTE, WINDOW, END, timedelta(seconds=1), WINDOW, WARNINGS, {HOSTILE: 3}
    )
    return tuple(Snapshot(stop, look, content, provenance) for (stop, look), content in frames.items())


def objects() -> Frame:
    columns = {
        "namespace": [HOSTILE, "shop", "\x00"],
        "name": ["a", MEBIBYTE, "c"],
        "status": [HOSTILE, None, "Running"],
        "message": [MEBIBYTE, HOSTILE, ""],
        "images": [[HOSTILE], ["a", HOSTILE], []],
        HOSTILE[:60]: [1.0, float("nan"), float("inf")],
    }
    return Frame(FrameKind.OBJECTS, pl.DataFrame(columns), key=("namespace", "name"))


def patterns() -> Frame:
    said = [HOSTILE, MEBIBYTE, "\x1b]0;title\x07"]
    columns = {
        "pattern": said,
        "lines": [9, 2, 1],
        "first": [END - timedelta(hours=1)] * 3,
        "last": [END] * 3,
        "sample": [MEBIBYTE, HOSTILE, "\u2028\u2029"],
    }
    schema = {"lines": pl.UInt64, "first": pl.Datetime("ms", "UTC"), "last": pl.Datetime("ms", "UTC")}
    return Frame(FrameKind.LINES, pl.DataFrame(columns, schema_overrides=schema))


def requests() -> Frame:
    frame = requests_frame(120)
    named = frame.data.with_columns(host=pl.lit(HOSTILE), service=pl.lit(MEBIBYTE[:100_000]))
    return Frame(FrameKind.REQUESTS, named)


def notices(author: str, written: datetime) -> tuple[Notice, ...]:
    begin, end = END - timedelta(hours=6), END - timedelta(hours=4)
    anchors: list[tuple[str, Anchor]] = [
        ("lines", WholeStop()),
        ("lines", Stretch(look="lines", source=WHERE, series=({"service": HOSTILE},), start=begin, end=end)),
        ("tables", TableRow(look="objects", source=WHERE, key={"namespace": HOSTILE, "name": "a"})),
        ("tables", LogPattern(look="patterns", source=WHERE, pattern=MEBIBYTE)),
        ("requests", Stretch(look="classes", source=WHERE, start=begin, end=end)),
    ]
    text = HOSTILE + "y" * (4000 - len(HOSTILE))
    made = Notice(
        id=new_id(), stop="lines", author=author, kind=NoticeKind.SURPRISED, text=text, written_at=written
    )
    texts = [LINE, text, LINE, text, LINE]
    return tuple(
        made.model_copy(update={"id": new_id(), "stop": stop, "anchor": anchor, "text": said})
        for (stop, anchor), said in zip(anchors, texts, strict=True)
    )
