"""Access-log formats as data: one TOML file a dialect, with sample lines and what must be read from them.

A text format is written as nginx writes it in `log_format`: `$name` stands for a value, the rest for itself.
A JSON format names its keys. `fields` says which value is which column of a record; a record's columns and
their units are in `connectors.ingress.records`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

RecordField = Literal[
    "time",
    "client",
    "request",
    "method",
    "target",
    "status",
    "response_bytes",
    "seconds",
    "host",
    "service",
    "upstreams",
    "upstream_statuses",
    "upstream_seconds",
    "retries",
]
Unit = Literal["s", "ms", "us", "ns"]
Clock = Literal["clf", "iso", "unix", "haproxy"]
"""How a time is written: `07/Feb/2020:11:49:30 +0000`, ISO 8601 (the source's zone where none is written), seconds
since 1970 with a fraction, `07/Feb/2020:11:49:30.123` in the source's zone.
"""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sample(_Data):
    """A line and what stands in its record; `about` says where it is from or what it shows."""

    line: str
    about: str = ""
    expect: Mapping[str, Any] = {}


class Dialect(_Data):
    """One format of access-log line. `set_aside` names lines that are read but are no HTTP requests."""

    name: str
    title: str
    controller: str = Field(description="the product that writes it, as people are told")
    origin: str
    template: str = ""
    json_keys: tuple[str, ...] = Field(default=(), description="the keys that a JSON line must have")
    clock: Clock = Field(default="clf", description="how times are written")
    clock_at: Literal["start", "end"] = Field(
        default="end", description="which moment of a request its time is; a record's is always the end"
    )
    units: Mapping[Literal["seconds", "upstream_seconds"], Unit] = Field(
        default={}, description="in what durations are written, where that is not seconds"
    )
    fields: Mapping[RecordField, tuple[str, ...]] = Field(
        default={}, description="a record's column and where it stands: the first of these that has a value"
    )
    set_aside: str = ""
    samples: tuple[Sample, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_text_or_json(self) -> Dialect:
        if bool(self.template) == bool(self.json_keys):
            raise ValueError("a dialect has either a template or json_keys")
        if not self.set_aside and not {"time", "status"} <= set(self.fields):
            raise ValueError("a dialect says where time and status stand")
        return self

    def sources(self, column: str) -> tuple[str, ...]:
        """Where a record's column stands; nowhere is empty."""
        return next((names for name, names in self.fields.items() if name == column), ())

    @property
    def variables(self) -> tuple[str, ...]:
        """Every value that some column is read from."""
        return tuple(dict.fromkeys(name for names in self.fields.values() for name in names))


class ChatterRule(_Data):
    """What a controller says besides its access log. `pattern` may have the groups `level` and `time`.

    `odd` are the levels worth showing; `clock` is how the time is written, without year or zone.
    """

    name: str
    pattern: str
    odd: tuple[str, ...] = ()
    clock: Literal["", "klog", "nginx-error"] = ""
    samples: tuple[Sample, ...] = Field(min_length=1)


ORDER = (
    "ingress-nginx",
    "ingress-nginx-real-ip",
    "nginx-combined",
    "ingress-nginx-json",
    "ingress-nginx-stream",
)
"""In which order they are tried; among text formats only exact fits count, so it decides speed, not meaning."""


@cache
def load_dialects() -> tuple[Dialect, ...]:
    """Every built-in dialect, in the order they are tried."""
    return tuple(Dialect.model_validate({"name": name, **_read(f"{name}.toml")}) for name in ORDER)


@cache
def load_chatter() -> tuple[ChatterRule, ...]:
    """What controllers and nginx write beside access lines."""
    return tuple(ChatterRule.model_validate(rule) for rule in _read("chatter.toml")["rules"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
