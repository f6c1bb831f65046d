"""Bundles that strangers made to take all memory or all time, by what is wrong with each.

Every one is small. Those of `TOO_MUCH` are refused; those of `MOST` hold as much as a bundle may, and are opened.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.vistas.sharing.making import (
    LOG,
    NOW,
    PODS,
    RATE,
    STRETCH,
    bundle,
    members,
    notice,
    objects,
    parquet,
    patterns,
    series,
    snapshot,
    vista,
    with_frame,
    zipped,
)
from vistas.requests import summary
from vistas.routine import Look
from vistas.sharing import cells, document, frame_reading
from vistas.snapshot import Frame, FrameKind, Gap, GapReason
from vistas.vista import Detour, Eyes, Step, Vista, Walk, new_id
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import LogPattern, TableRow

LONG = "x" * 1_000_000


def arrow(table: pa.Table, **options: Any) -> bytes:
    """A frame as other programs write Parquet, which share texts where this one never does."""
    buffer = BytesIO()
    pq.write_table(table, buffer, **{"compression": "zstd", "store_schema": False, **options})
    return buffer.getvalue()


def edited(
    change: Callable[[dict[str, Any]], None], content: bytes | None = None, schema: int | None = None
) -> BytesIO:
    """A bundle whose vista.json somebody has edited, written as tightly as JSON can be and not packed."""
    parts = members(content or bundle())
    document = json.loads(parts["vista.json"])
    change(document["vista"])
    document["schema"] = schema or document["schema"]
    return zipped({**parts, "vista.json": json.dumps(document, separators=(",", ":")).encode()}, ZIP_STORED)


def repeated(rows: int) -> pa.DictionaryArray:
    """One long text in so many rows, as little as that is in the file."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([LONG]))


def one_text_in_many_rows() -> BytesIO:
    return with_frame(arrow(pa.table({"a": repeated(100_000)})))


def one_text_in_many_lists() -> BytesIO:
    lists = pa.ListArray.from_arrays(pa.array(range(0, 50_001, 50), pa.int32()), repeated(50_000))
    return with_frame(arrow(pa.table({"a": lists})))


def one_text_in_many_labels() -> BytesIO:
    pairs = pa.StructArray.from_arrays([pa.array(["n"] * 50_000), repeated(50_000)], ["name", "value"])
    return with_frame(arrow(pa.table({"a": pairs})))


def texts_that_repeat_the_one_before() -> BytesIO:
    texts = pa.table({"a": pa.array([LONG] * 200)})
    return with_frame(arrow(texts, use_dictionary=False, column_encoding={"a": "DELTA_BYTE_ARRAY"}))


def many_equal_series() -> BytesIO:
    data = series(1.0).data
    return with_frame(parquet(pl.concat([data] * 200_000)), "series")


def one_series_of_endless_samples() -> BytesIO:
    one = series(1.0).data
    endless = {name: [one[name].explode().new_from_index(0, 500_000)] for name in ("times", "values")}
    return with_frame(parquet(pl.DataFrame({"labels": one["labels"], **endless})), "series")


def many_numbers() -> BytesIO:
    cells_of_a_row = {f"c{place}": pl.repeat(0, 150_000, dtype=pl.Int64, eager=True) for place in range(50)}
    return with_frame(parquet(pl.DataFrame(cells_of_a_row)))


def many_row_groups() -> BytesIO:
    rows = pa.table({f"c{place}": pa.array(range(800)) for place in range(50)})
    return with_frame(arrow(rows, row_group_size=1, use_dictionary=False, write_statistics=False))


def one_frame_under_many_keys() -> BytesIO:
    """A large frame that every snapshot names anew, each with a step of its own."""

    def many(vista: dict[str, Any]) -> None:
        first = vista["snapshots"][0]
        vista["snapshots"] = [
            {**first, "look": f"look-{place}", "frame": {**first["frame"], "step_seconds": place}}
            for place in range(document.SNAPSHOTS_AT_MOST)
        ]

    columns = {f"c{place}": pl.int_range(150_000, eager=True) for place in range(40)}
    return edited(many, with_frame(parquet(pl.DataFrame(columns))).getvalue())


def many_steps() -> BytesIO:
    step = {"stop": "e", "arrived_at": "2026-11-23T07:30:00Z"}
    return edited(lambda vista: vista["walks"][0].update(steps=[step] * 100_000))


def many_wrong_keys() -> BytesIO:
    return edited(lambda vista: vista.update({f"k{place}": 1 for place in range(300_000)}))


def a_million_wrong_keys() -> BytesIO:
    keys = b",".join(b'"%x":1' % place for place in range(800_000))
    return zipped({**members(bundle()), "vista.json": b'{"schema":1,"vista":{' + keys + b"}}"}, ZIP_STORED)


def many_objects_with_wrong_keys() -> BytesIO:
    wrong = {f"k{key}": 1 for key in range(190)}
    return edited(lambda vista: vista.update(snapshots=[wrong] * 1_900))


def many_gaps() -> BytesIO:
    gap = {"stop": "e", "look": "l", "gap": {"reason": "refused", "says": ""}, "provenance": {}}
    return edited(lambda vista: vista.update(snapshots=[gap] * 60_000))


def many_notices() -> BytesIO:
    def write(vista: dict[str, Any]) -> None:
        first = vista["notices"][0]
        vista["notices"] = [{**first, "id": str(new_id())} for _ in range(20_000)]

    return edited(write)


def a_million_answers() -> BytesIO:
    return edited(lambda vista: vista.update(answers=[{}] * 1_000_000))


def many_answers() -> BytesIO:
    def write(vista: dict[str, Any]) -> None:
        said = {"notice": vista["notices"][0]["id"], "author": "a", "kind": "still so", "written_at": str(NOW)}
        vista["answers"] = [{**said, "id": str(new_id())} for _ in range(40_000)]

    return edited(write)


def an_earlier_vista_as_large_again() -> BytesIO:
    """Each within its bounds, and too much together."""
    gap = Gap(GapReason.TOO_SLOW, "slow " * 50)
    kept = tuple(snapshot(named(PODS, place), gap) for place in range(document.SNAPSHOTS_AT_MOST))
    large = BytesIO(bundle(vista(snapshots=kept))).getvalue()

    def follow(found: dict[str, Any]) -> None:
        earlier = {**found, "id": str(new_id())}
        found["eyes"] = {"walker": "Maya", "earlier": earlier}

    return edited(follow, large, schema=2)


def earlier_vistas_without_end() -> BytesIO:
    """One in the other, as deep as the parts of a document allow."""
    deep = b'{"walker":"a","earlier":{"eyes":' * 60_000
    return zipped({**members(bundle()), "vista.json": b'{"schema":2,"vista":{"eyes":' + deep}, ZIP_STORED)


def many_labels_of_an_anchor() -> BytesIO:
    def write(vista: dict[str, Any]) -> None:
        vista["notices"][0]["anchor"]["series"] = [{"class": "5xx"}] * 90_000

    return edited(write)


def a_million_lists() -> BytesIO:
    return zipped({"vista.json": (b"[" + b"[]," * 1_000_000 + b"[]]")}, ZIP_STORED)


def a_deep_document() -> BytesIO:
    deep = b'{"schema": 1, "vista": ' + b"[" * 300_000
    return zipped({**members(bundle()), "vista.json": deep}, ZIP_STORED)


def endless_numbers() -> BytesIO:
    long = json.dumps({"schema": 1, "vista": {"title": 0}}).replace("0", "9" * 5_000_000)
    return zipped({**members(bundle()), "vista.json": long.encode()}, ZIP_STORED)


def as_many_entries_as_there_may_be() -> BytesIO:
    gap = Gap(GapReason.TOO_SLOW, "slow " * 50)
    steps = tuple(Step("errors", NOW + timedelta(seconds=place)) for place in range(document.STEPS_AT_MOST))
    off = Look(look="detour", title="Off the path", source="prometheus", take="range", query=("up",))
    whole = vista(
        snapshots=tuple(snapshot(named(PODS, place), gap) for place in range(document.SNAPSHOTS_AT_MOST)),
        walks=(Walk(new_id(), "Maya", steps), Walk(new_id(), "Tariq", steps)),
        notices=tuple(notice("word " * 100) for _ in range(document.NOTICES_AT_MOST)),
        detours=tuple(
            Detour("errors", named(off, place), "Maya", NOW) for place in range(document.DETOURS_AT_MOST)
        ),
    )
    return BytesIO(bundle(whole))


def as_many_answers_as_there_may_be() -> BytesIO:
    """Half of it in the earlier vista that it follows."""

    def half() -> Vista:
        said = tuple(notice("word " * 50) for _ in range(document.NOTICES_AT_MOST // 2))
        given = tuple(
            Answer(id=new_id(), notice=each.id, author="Ines", kind=AnswerKind.STILL_SO, text="so", written_at=NOW)
            for each in said
            for _ in range(document.ANSWERS_AT_MOST // document.NOTICES_AT_MOST)
        )
        gap = Gap(GapReason.TOO_SLOW, "slow " * 50)
        kept = tuple(snapshot(named(PODS, place), gap) for place in range(document.SNAPSHOTS_AT_MOST // 2))
        return vista(snapshots=kept, notices=said, answers=given)

    return BytesIO(bundle(replace(half(), eyes=Eyes.upon(half(), "Maya"))))


def as_many_frames_as_there_may_be() -> BytesIO:
    frames = (objects(name=[f"pod-{place}"], restarts=[place]) for place in range(1_000))
    kept = (snapshot(named(PODS, place), frame) for place, frame in enumerate(frames))
    return BytesIO(bundle(vista(snapshots=tuple(kept), notices=())))


def as_many_marks_as_there_may_be() -> BytesIO:
    """Every notice hangs on every series, on a row or on a pattern of frames as long as they may be."""
    one = series(1.0, 2.0).data
    many = Frame(FrameKind.SERIES, pl.concat([one] * 2_000), step=timedelta(minutes=5))
    rows = objects(name=[f"pod-{place}" for place in range(150_000)])
    anchors = (
        STRETCH,
        STRETCH.model_copy(update={"series": ({"class": "5xx"},)}),
        TableRow(look="pods", source="kubernetes", key={"name": "pod-149999"}),
        LogPattern(look="log", source="ingress", pattern="GET /149999"),
    )
    made = vista(
        snapshots=(
            snapshot(RATE, many),
            snapshot(PODS, rows),
            snapshot(LOG, patterns(*(f"GET /{place}" for place in range(150_000)))),
        ),
        notices=tuple(notice(anchor=anchors[place % 4]) for place in range(document.NOTICES_AT_MOST)),
    )
    return BytesIO(bundle(made))


def as_many_cells_as_there_may_be() -> BytesIO:
    """One list in one cell, and one text in many rows, as long as they may be."""
    listed = Frame(FrameKind.OBJECTS, pl.DataFrame({"name": ["a"], "l": [pl.int_range(1_900_000, eager=True)]}))
    text = "x" * (cells.TEXT_AT_MOST // 100_000 - 1)
    shared = Frame(FrameKind.OBJECTS, pl.DataFrame({"name": pl.Series([text]).new_from_index(0, 100_000)}))
    long = Frame(FrameKind.SERIES, pl.concat([series(*map(float, range(12_000))).data] * 48))
    return BytesIO(bundle(vista(snapshots=(snapshot(PODS, listed), snapshot(LOG, shared), snapshot(RATE, long)))))


def as_many_bytes_as_there_may_be() -> BytesIO:
    """Numbers that no packing makes smaller."""

    def noise(seed: int) -> Frame:
        random = np.random.default_rng(seed)
        return objects(name=range(200_000), **{f"c{place}": random.random(200_000) for place in range(14)})

    kept = tuple(snapshot(named(PODS, place), noise(place)) for place in range(2))
    return BytesIO(bundle(vista(snapshots=kept, notices=())))


def as_many_requests_as_there_may_be() -> BytesIO:
    """A minute, a service, a status and a bucket a row: what some days of a busy front door are."""
    rows = frame_reading.ROWS_AT_MOST[FrameKind.REQUESTS]
    number = pl.int_range(rows, eager=True)
    columns = {
        "minute": pl.from_epoch(number // 200 * 60, time_unit="s").dt.replace_time_zone("UTC"),
        "host": "shop.example.org",
        "service": pl.Series([f"shop/service-{place}" for place in range(40)]).gather(number % 40),
        "status": pl.Series([200, 304, 404, 502]).gather(number % 4),
        "latency_le": (number % 50) / 10,
        "requests": 1 + number % 9,
        "controller": "ingress-nginx",
        "retried": 0,
    }
    types = {**summary.SCHEMA, **summary.OPTIONAL}
    told = (pl.lit(value).cast(types[name]).alias(name) for name, value in columns.items())
    data = number.to_frame("row").select(told)
    return BytesIO(bundle(vista(snapshots=(snapshot(LOG, Frame(FrameKind.REQUESTS, data)),), notices=())))


def named(look: Look, number: int) -> Look:
    return look.model_copy(update={"look": f"look-{number}"})


TOO_MUCH: tuple[Callable[[], BytesIO], ...] = (
    one_text_in_many_rows,
    one_text_in_many_lists,
    one_text_in_many_labels,
    texts_that_repeat_the_one_before,
    many_equal_series,
    one_series_of_endless_samples,
    many_numbers,
    many_row_groups,
    one_frame_under_many_keys,
    many_steps,
    many_wrong_keys,
    a_million_wrong_keys,
    many_objects_with_wrong_keys,
    many_gaps,
    many_notices,
    a_million_answers,
    many_answers,
    an_earlier_vista_as_large_again,
    earlier_vistas_without_end,
    many_labels_of_an_anchor,
    a_million_lists,
    a_deep_document,
    endless_numbers,
)
MOST: tuple[Callable[[], BytesIO], ...] = (
    as_many_entries_as_there_may_be,
    as_many_answers_as_there_may_be,
    as_many_frames_as_there_may_be,
    as_many_marks_as_there_may_be,
    as_many_cells_as_there_may_be,
    as_many_bytes_as_there_may_be,
)
