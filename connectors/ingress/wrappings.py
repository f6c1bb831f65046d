"""What syslog and Docker put around a line before they write it to a file."""

from __future__ import annotations

import re
from datetime import datetime

import orjson
import polars as pl

from connectors.ingress.records import TIME

_BSD = rb"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:[^ \n]+ )?[^ \n:\[]+(?:\[\d+\])?: "
_ISO = rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:\d\d) [^ \n]+ [^ \n:\[]+\[\d+\]: "
_RFC_5424 = rb"1 \d{4}-\S+ \S+ \S+ \S+ \S+ (?:-|\[[^\]\n]*\]) "
_SYSLOG = re.compile(
    rb"^(?:<\d{1,3}>(?:" + _RFC_5424 + rb"|" + _BSD + rb")|" + _BSD + rb"|" + _ISO + rb")", re.MULTILINE
)
_DOCKER = b'{"log":"'
_LOOKED_AT = 4096
"""How many bytes of a block show whether syslog wrote it: the first lines may be somebody else's."""


def without_syslog(text: bytes) -> bytes:
    """Lines without `Mar 12 06:56:28 host haproxy[123]: ` and the like; other blocks as they are."""
    return _SYSLOG.sub(b"", text) if _SYSLOG.search(text, 0, _LOOKED_AT) else text


def is_docker(text: bytes) -> bool:
    return text.startswith(_DOCKER)


def without_docker(text: bytes) -> tuple[bytes, list[datetime | None]]:
    """The lines of a block of Docker's json-file log, and when each was taken. Parts of a long line are joined."""
    try:
        table = pl.read_ndjson(text, schema={"log": pl.String, "time": pl.String})
    except pl.exceptions.PolarsError:
        table = None
    if table is None or not table["log"].str.ends_with("\n").all() or table["log"].null_count():
        return _one_by_one(text)
    said = table["log"].str.join("").item()
    if said.count("\n") != table.height:
        return _one_by_one(text)
    return said.encode(), _times(table["time"])


def _one_by_one(text: bytes) -> tuple[bytes, list[datetime | None]]:
    lines: list[str] = []
    times: list[str | None] = []
    part = ""
    for line in text.split(b"\n")[:-1]:
        said, time = _said(line)
        part += said
        if part.endswith("\n"):
            lines.append(part[:-1].replace("\n", " "))
            times.append(time)
            part = ""
    if part:
        lines.append(part.replace("\n", " "))
        times.append(None)
    return "".join(f"{line}\n" for line in lines).encode(), _times(pl.Series(times, dtype=pl.String))


def _said(line: bytes) -> tuple[str, str | None]:
    try:
        wrapped = orjson.loads(line)
        return str(wrapped["log"]), str(wrapped["time"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return line.decode("utf-8", "replace") + "\n", None


def _times(written: pl.Series) -> list[datetime | None]:
    return written.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False).cast(TIME).to_list()
