"""A dialect of somebody's own: an nginx `log_format`, or the keys of a JSON line.

Both raise ValueError with what is wrong, in words for whoever wrote `vistas.toml`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from connectors.ingress.dialects import Clock, Dialect, RecordField, Sample, Unit
from connectors.ingress.reading.template import RAW, VARIABLE

CUSTOM = "custom"
VARIABLES: Mapping[RecordField, tuple[str, ...]] = {
    "time": ("msec", "time_iso8601", "time_local"),
    "client": ("remote_addr", "the_real_ip", "proxy_protocol_addr", "realip_remote_addr", "http_x_real_ip"),
    "request": ("request",),
    "method": ("request_method",),
    "target": ("request_uri", "uri", "document_uri"),
    "status": ("status",),
    "response_bytes": ("body_bytes_sent", "bytes_sent"),
    "seconds": ("request_time",),
    "host": ("host", "http_host", "server_name", "ssl_server_name"),
    "service": ("service_name", "proxy_upstream_name"),
    "upstreams": ("upstream_addr",),
    "upstream_statuses": ("upstream_status",),
    "upstream_seconds": ("upstream_response_time",),
}
"""nginx's variables (its log, core and upstream modules; ingress-nginx's own), the best first."""
_CLOCKS: Mapping[str, Clock] = {"msec": "unix", "time_iso8601": "iso", "time_local": "clf"}
_DIRECTIVE = re.compile(r"^log_format\s+[^\s'\"]+\s+")
_ESCAPE = re.compile(r"^escape=(default|json|none)\s+")
_PART = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)
_PARTS = re.compile(rf"(?:(?:{_PART.pattern})\s*)+", re.DOTALL)
_BARE_VALUE = re.compile(r"(:\s*)\$(\w+|\{\w+\})")
_BACKSLASHED = {"t": "\t", "n": "\n", "r": "\r"}


class JsonKey(BaseModel):
    """Where a column stands in a JSON line. A dot in `key` stands in a name, or steps into an object."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(min_length=1)
    unit: Unit = Field(default="s", description="of seconds and upstream_seconds: s, ms, us or ns")
    at: Literal["start", "end"] = Field(default="end", description="of time: which moment of a request it is")


def _key_alone(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


JsonKeys = Mapping[RecordField, Annotated[JsonKey, BeforeValidator(_key_alone)]]


def from_log_format(log_format: str) -> Dialect:
    """An nginx `log_format`: the string alone, its quoted parts, or the whole directive."""
    written, escape = _unquoted(log_format.strip())
    if written.startswith("{"):
        return _json_format(written)
    template, names = _template(written, raw=escape == "none")
    fields = {
        column: tuple(names[each] for each in variables if each in names)
        for column, variables in VARIABLES.items()
    }
    fields["time"] = fields["time"][:1]
    clock = next((_CLOCKS[each] for each in VARIABLES["time"] if each in names), None)
    _require(clock is not None, "it has none of $time_local, $time_iso8601 and $msec")
    _require(bool(fields["status"]), "it has no $status")
    return _dialect(
        template=template,
        clock=clock,
        fields={column: places for column, places in fields.items() if places},
        lists_attempts="upstream_addr" in names,
    )


def from_json_keys(keys: JsonKeys) -> Dialect:
    """JSON lines whose keys are named column by column."""
    for column in ("time", "status"):
        _require(column in keys, f"{column} is missing: say which key it is")
    for column, place in keys.items():
        _require(place.unit == "s" or column.endswith("seconds"), f"{column} has no unit")
        _require(place.at == "end" or column == "time", f"{column} cannot have `at`: only time can")
    units = {column: place.unit for column, place in keys.items() if column.endswith("seconds")}
    return _json_dialect(
        {column: (place.key,) for column, place in keys.items()},
        units=units,
        clock_at=keys["time"].at,
        lists_attempts="upstreams" in keys,
    )


def _unquoted(written: str) -> tuple[str, str]:
    """The format itself, and how its values are escaped."""
    directive = _DIRECTIVE.match(written)
    written = written[directive.end() :] if directive else written
    named = _ESCAPE.match(written)
    escape, written = (named[1], written[named.end() :]) if named else ("default", written)
    bare = written.rstrip(";").rstrip() if directive or written.startswith("'") else written
    if (directive or bare.startswith("'")) and _PARTS.fullmatch(bare):
        return "".join(_unescaped(single or double) for single, double in _PART.findall(bare)), escape
    _require(not directive, "its strings do not end: each begins and ends with the same quote")
    return bare, escape


def _unescaped(part: str) -> str:
    return re.sub(r"\\(['\"\\tnr])", lambda found: _BACKSLASHED.get(found[1], found[1]), part)


def _template(written: str, *, raw: bool) -> tuple[str, dict[str, str]]:
    """The format with a name for each value, and the name of each variable where it stands first."""
    names: dict[str, str] = {}
    parts, at = [], 0
    for number, found in enumerate(VARIABLE.finditer(written)):
        variable = found[1] or found[2]
        name = variable if variable not in names else f"{variable}_{number}"
        if raw and written[: found.start()].count('"') % 2:
            name += RAW
        names.setdefault(variable, name)
        parts += [written[at : found.start()], f"${{{name}}}"]
        at = found.end()
    _require(bool(names), "it has no $variable")
    return "".join(parts) + written[at:], names


def _json_format(written: str) -> Dialect:
    try:
        example = json.loads(_BARE_VALUE.sub(r'\1"$\2"', written))
    except ValueError as broken:
        raise ValueError(f"it starts like JSON but is not: {broken}") from broken
    keys: dict[str, str] = {}
    for key, text in _leaves(example):
        if alone := VARIABLE.fullmatch(text):
            keys.setdefault(alone[1] or alone[2], key)
    fields = {
        column: places
        for column, variables in VARIABLES.items()
        if (places := tuple(keys[each] for each in variables if each in keys))
    }
    _require("time" in fields, "no key has the value $time_local, $time_iso8601 or $msec")
    _require("status" in fields, "no key has the value $status")
    return _json_dialect(fields, lists_attempts="upstreams" in fields)


def _leaves(example: Any, within: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(example, dict):
        for key, value in example.items():
            yield from _leaves(value, f"{within}.{key}" if within else key)
    elif isinstance(example, str):
        yield within, example


def _json_dialect(fields: Mapping[RecordField, tuple[str, ...]], **more: Any) -> Dialect:
    keys = sorted({key for places in fields.values() for key in places})
    for key in keys:
        inside = [other for other in keys if other.startswith(f"{key}.")]
        _require(not inside, f"{key} cannot be a value and hold {''.join(inside[:1])}")
    marks = tuple(f'{fields[column][0].rpartition(".")[2]}"' for column in ("time", "status"))
    either = {column: _either(places) for column, places in fields.items()}
    return _dialect(json_marks=marks, clock="any", fields=either, **more)


def _either(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Each key as a way into objects, and as one name with dots in it."""
    return tuple(place for key in keys for place in ([key, f'"{key}"'] if "." in key else [key]))


def _dialect(**parts: Any) -> Dialect:
    title = "the format in vistas.toml"
    return Dialect(
        name=CUSTOM, title=title, controller="(custom)", origin="vistas.toml", samples=(Sample(line=""),), **parts
    )


def _require(fine: bool, otherwise: str) -> None:
    if not fine:
        raise ValueError(otherwise)
