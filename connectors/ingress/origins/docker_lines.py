"""Docker's json-file logs: a line in each object, or a part of one."""

from __future__ import annotations

import re
from datetime import datetime

import orjson
import polars as pl

from connectors.ingress.reading.records import TIME

_BEGINS = re.compile(rb'^\{"log":"', re.MULTILINE)
_KEYS = frozenset({"log", "stream", "attrs", "time"})


def is_docker(text: bytes, looked_at: int) -> bool:
    """Whether a line among the first `looked_at` bytes is Docker's."""
    begins = _BEGINS.search(text, 0, looked_at)
    return begins is not None and _decoded(text[begins.start() :].split(b"\n", 1)[0]) is not None


def without_docker(text: bytes) -> tuple[bytes, list[datetime | None]]:
    """The lines of a block of Docker's json-file log, and when each was taken. Parts of a long line are joined."""
    try:
        table = pl.read_ndjson(text, schema={"log": pl.String, "time": pl.String})
    except pl.exceptions.PolarsError:
        table = None
    if (
        table is None
        or table.height != text.count(b"\n")
        or not table["log"].str.ends_with("\n").all()
        or table["log"].null_count()
    ):
        return _one_by_one(text)
    said = table["log"].str.join("").item()
    if said.count("\n") != table.height:
        return _one_by_one(text)
    return said.encode(), _times(table["time"])


def _one_by_one(text: bytes) -> tuple[bytes, list[datetime | None]]:
    """What is not Docker's stays as it is, and harms no part of a line around it."""
    lines: list[bytes] = []
    times: list[str | None] = []
    parts: dict[str, str] = {}
    for line in text.split(b"\n")[:-1]:
        said = _decoded(line)
        if said is None:
            lines.append(line)
            times.append(None)
            continue
        log, stream, time = said
        part = parts.pop(stream, "") + log
        if part.endswith("\n"):
            lines.append(part[:-1].replace("\n", " ").encode("utf-8", "replace"))
            times.append(time)
        else:
            parts[stream] = part
    for part in parts.values():
        lines.append(part.replace("\n", " ").encode("utf-8", "replace"))
        times.append(None)
    return b"".join(line + b"\n" for line in lines), _times(pl.Series(times, dtype=pl.String))


def _decoded(line: bytes) -> tuple[str, str, str] | None:
    """The text, the stream and the time; None where the line is not as Docker writes it."""
    try:
        wrapped = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(wrapped, dict) or not wrapped.keys() <= _KEYS or not {"log", "time"} <= wrapped.keys():
        return None
    return str(wrapped["log"]), str(wrapped.get("stream", "")), str(wrapped["time"])


def _times(written: pl.Series) -> list[datetime | None]:
    return written.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False).cast(TIME).to_list()
