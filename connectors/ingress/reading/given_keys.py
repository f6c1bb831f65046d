"""A JSON format of somebody's own, said in a word on the command line: `status=http_status,path=uri`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from connectors.ingress.dialects import Dialect, RecordField, Unit
from connectors.ingress.reading.custom import JsonKeys, from_json_keys
from vistas.mistakes import in_words

_COLUMNS = get_args(RecordField)
_ALSO = {
    "path": "target",
    "uri": "target",
    "url": "target",
    "verb": "method",
    "bytes": "response_bytes",
    "size": "response_bytes",
    "duration": "seconds",
    "latency": "seconds",
    "upstream": "upstreams",
}
"""What people call columns besides."""
_USUAL: Mapping[str, tuple[str, ...]] = {
    "time": ("time", "timestamp", "@timestamp", "ts", "time_iso8601", "time_local", "datetime", "date", "msec"),
    "method": ("method", "request_method", "http_method", "verb"),
    "target": ("uri", "path", "request_uri", "url", "request_path"),
    "client": ("remote_addr", "client_ip", "client", "remote_ip"),
    "host": ("host", "http_host", "vhost", "server_name"),
}
"""Where columns stand of which nothing is said."""
_MOMENTS = ("start", "end")


def from_given_keys(written: str) -> Dialect:
    """Keys by column, each perhaps with a unit (`seconds=took:ms`) or moment (`time=began:start`).

    ValueError says what is wrong with it. Columns that are not named are looked for under their usual names.
    """
    keys = _read(written)
    said = {key["key"] for key in keys.values()}
    try:
        dialect = from_json_keys(TypeAdapter(JsonKeys).validate_python({"time": _USUAL["time"][0], **keys}))
    except ValidationError as wrong:
        raise ValueError(in_words(wrong.errors()[0])) from wrong
    usual = {
        column: names
        for column, names in _USUAL.items()
        if column not in keys and not any(_clash(name, key) for name in names for key in said)
    }
    if {"method", "target", "request"} & keys.keys():
        usual = {column: names for column, names in usual.items() if column != "target" or "request" not in keys}
    marks = (f'{keys["status"]["key"].rpartition(".")[2]}"',)
    return dialect.model_copy(update={"fields": {**dialect.fields, **usual}, "json_marks": marks})


def _clash(name: str, key: str) -> bool:
    """Whether one would have to be a value and an object at once, or is taken already."""
    return name == key or key.startswith(f"{name}.")


def _read(written: str) -> dict[str, dict[str, Any]]:
    keys: dict[str, dict[str, Any]] = {}
    for pair in written.split(","):
        column, given, key = (part.strip() for part in pair.partition("="))
        column = _ALSO.get(column, column)
        if not given or not key:
            raise ValueError(f"{pair.strip()!r} names no key: use COLUMN=KEY, such as status=http_status")
        if column not in _COLUMNS:
            raise ValueError(f"there is no column {column!r}; there are {', '.join(_COLUMNS)}")
        keys[column] = _key(key)
    if "status" not in keys:
        raise ValueError("status is missing: say which key it is, such as status=http_status")
    return keys


def _key(written: str) -> dict[str, Any]:
    key, _, more = written.rpartition(":")
    if key and more in get_args(Unit):
        return {"key": key, "unit": more}
    return {"key": key, "at": more} if key and more in _MOMENTS else {"key": written}
