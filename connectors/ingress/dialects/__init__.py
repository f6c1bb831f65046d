"""Access-log formats as data: one TOML file a dialect, with sample lines and what must be read from them.

A text format is written as nginx writes it in `log_format`: `$name` stands for a value, the rest for itself.
A JSON format names its keys, those of objects inside as `request.host`. `fields` says which value is which column
of a record; a record's columns and their units are in `connectors.ingress.records`.
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
Clock = Literal["clf", "iso", "unix", "haproxy", "any"]
"""How a time is written: `07/Feb/2020:11:49:30 +0000`; ISO 8601 (in the source's zone where none is written); a
count since 1970; `07/Feb/2020:11:49:30.123` in the source's zone; any of these but the last.
"""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sample(_Data):
    """A line and what stands in its record; `about` says where it is from or what it shows."""

    line: str
    about: str = ""
    expect: Mapping[str, Any] = {}


class Parts(_Data):
    """A value that is several in one, such as `10/0/30/69/109`; the last of them takes what is left over."""

    names: tuple[str, ...] = Field(min_length=2)
    between: str = Field(min_length=1)


class Dialect(_Data):
    """One format of access-log line. `set_aside` names lines that are read but are no HTTP requests."""

    name: str
    title: str
    controller: str = Field(description="the product that writes it, as people are told")
    origin: str
    template: str = ""
    json_marks: tuple[str, ...] = Field(default=(), description="texts that a JSON line of this dialect has in it")
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
    parts: Mapping[str, Parts] = Field(default={}, description="values to be taken apart, each part with its name")
    urls: tuple[str, ...] = Field(default=(), description="values of which the host and port alone are kept")
    with_port: tuple[str, ...] = Field(default=(), description="addresses whose port is taken off")
    nothing: Mapping[str, str] = Field(default={}, description="what stands for `-` in a value, such as <NOSRV>")
    escape: Literal["\\x", "#"] = Field(
        default="\\x",
        description="what stands before a byte's two digits in targets; before a record's always \\x",
    )
    lists_attempts: bool = Field(
        default=False, description="whether upstreams are all that were tried, one by one"
    )
    host_in_target: bool = Field(default=False, description="whether targets may begin with a host")
    numbers: tuple[str, ...] = Field(default=(), description="values that tell it apart by being numbers")
    streams_apart: bool = Field(
        default=False,
        description="whether lines without method and status are streams': a dialect set aside has these alone, "
        "another all but these",
    )
    set_aside: str = ""
    samples: tuple[Sample, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_text_or_json(self) -> Dialect:
        if bool(self.template) == bool(self.json_marks):
            raise ValueError("a dialect has either a template or json_marks")
        if not self.set_aside and not {"time", "status"} <= set(self.fields):
            raise ValueError("a dialect says where time and status stand")
        return self

    def __hash__(self) -> int:
        return hash((self.name, self.template, self.json_marks))

    def sources(self, column: str) -> tuple[str, ...]:
        """Where a record's column stands; nowhere is empty."""
        return next((names for name, names in self.fields.items() if name == column), ())

    def unit(self, column: str) -> Unit:
        """In which a column's durations are written."""
        return next((unit for name, unit in self.units.items() if name == column), "s")

    def stands_in(self, name: str) -> str:
        """The whole value that a part is of; a name that is no part is itself one."""
        return next((whole for whole, parts in self.parts.items() if name in parts.names), name)

    @property
    def variables(self) -> tuple[str, ...]:
        """Every whole value that some column is read from, or that tells the dialect apart."""
        names = (*(name for names in self.fields.values() for name in names), *self.numbers)
        return tuple(dict.fromkeys(self.stands_in(name) for name in names))


class ChatterRule(_Data):
    """What a controller says besides its access log. `pattern` may have the groups `level` and `time`.

    `odd` are the levels worth showing. `clock` is how the time is written: `klog` knows no year, `nginx-error`
    no zone, `iso` mostly one, `unix` counts seconds; without a clock there is no time.
    """

    name: str
    pattern: str
    odd: tuple[str, ...] = ()
    clock: Literal["", "klog", "nginx-error", "iso", "unix"] = ""
    samples: tuple[Sample, ...] = Field(min_length=1)


ORDER = (
    "ingress-nginx",
    "nginx-combined",
    "f5-nginx",
    "traefik",
    "traefik-json",
    "envoy",
    "istio",
    "istio-json",
    "envoy-gateway",
    "contour-json",
    "haproxy",
    "haproxy-https",
    "haproxy-captures",
    "caddy",
    "kong",
    "ingress-nginx-json",
    "ingress-nginx-real-ip",
    "nginx-timed",
    "nginx-vhost-combined",
    "nginx-common",
    "ingress-nginx-stream",
    "f5-nginx-stream",
    "envoy-stream",
    "istio-stream",
    "envoy-json-stream",
    "haproxy-tcp",
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
