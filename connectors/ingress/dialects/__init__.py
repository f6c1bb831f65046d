"""Access-log formats as data: one TOML file a dialect, with sample lines and what must be read from them, in a
folder for each family of programs.

A text format is written as nginx writes it in `log_format`: `$name` stands for a value, the rest for itself.
A JSON format names its keys, those of objects inside as `request.host`. `fields` says which value is which column
of a record; a record's columns and their units are in `connectors.ingress.reading.records`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
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
KeyUnit = Literal["s", "ms", "us", "ns", "point", "either", "said"]
"""`point`: seconds, where a point is written, as nginx does; `either`: so, or whole milliseconds where Envoy wrote
the line; `said`: only where the value names its unit, which counts for all of them.
"""
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
    tail: str = Field(default="", description="an expression for what follows the template, its values as groups")
    last_resort: bool = Field(
        default=False, description="whether it is tried only with lines that are of no other dialect"
    )
    json_marks: tuple[str, ...] = Field(default=(), description="texts that a JSON line of this dialect has in it")
    before_json: str = Field(
        default="", description="an expression for what stands before an object, its groups being values of that"
    )
    json_unless: tuple[tuple[str, ...], ...] = Field(
        default=(),
        description="texts that, all of one of these together, only lines of another dialect have in them",
    )
    rarely: tuple[str, ...] = Field(
        default=(),
        description="keys looked for only where the usual ones leave something out, in objects inside too",
    )
    evidence: tuple[str, ...] = Field(
        default=(),
        description="keys one of which a line has besides its method or target, unless it has both of them: "
        "without any such list no evidence of a request is asked for",
    )
    clock: Clock = Field(default="clf", description="how times are written")
    clock_at: Literal["start", "end"] = Field(
        default="end", description="which moment of a request its time is; a record's is always the end"
    )
    ends: tuple[str, ...] = Field(
        default=(), description="values of its time that are a request's end, whatever clock_at says of the others"
    )
    units: Mapping[Literal["seconds", "upstream_seconds"], Unit] = Field(
        default={}, description="in what durations are written, where that is not seconds"
    )
    key_units: Mapping[str, KeyUnit] = Field(
        default={}, description="the units of seconds by key, where they are several: see KeyUnit"
    )
    in_milliseconds: tuple[str, ...] = Field(
        default=(), description="keys that only a program writes whose durations are milliseconds"
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
        fields = (name for names in self.fields.values() for name in names)
        names = (*fields, *self.numbers, *self.evidence, *self.in_milliseconds)
        return tuple(dict.fromkeys(self.stands_in(name) for name in names))


class ChatterRule(_Data):
    """What a controller says besides its access log. `pattern` may have the groups `level` and `time`.

    `odd` are the levels worth showing. `clock` is how the time is written: `klog` knows no year, `nginx-error`
    no zone, `iso` mostly one, `unix` counts seconds, `any` is either of these; without a clock there is no time.
    """

    name: str
    pattern: str
    odd: tuple[str, ...] = ()
    clock: Literal["", "klog", "nginx-error", "iso", "unix", "any"] = ""
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
    "haproxy-https-captures",
    "caddy",
    "kong",
    "kong-json",
    "ingress-nginx-json",
    "nginx-json",
    "ingress-nginx-real-ip",
    "nginx-timed",
    "nginx-combined-timed",
    "nginx-main-timed",
    "nginx-rt",
    "nginx-proxy-manager",
    "nginx-proxy-manager-standard",
    "nginx-vhost-combined",
    "nginx-common",
    "ingress-nginx-stream",
    "f5-nginx-stream",
    "envoy-stream",
    "istio-stream",
    "envoy-json-stream",
    "haproxy-tcp",
    "ingress-nginx-more",
    "ingress-nginx-real-ip-more",
    "traefik-bare",
    "envoy-more",
    "nginx-vhost-more",
    "nginx-more",
)
"""In which order they are tried; among text formats only exact fits count, so it decides speed, not meaning."""


HERE = files(__name__)


@cache
def load_dialects() -> tuple[Dialect, ...]:
    """Every built-in dialect, in the order they are tried."""
    by_name = {file.name.removesuffix(".toml"): file for file in _files()}
    return tuple(Dialect.model_validate({"name": name, **_read(by_name[name])}) for name in ORDER)


@cache
def load_chatter() -> tuple[ChatterRule, ...]:
    """What controllers and nginx write beside access lines."""
    return tuple(ChatterRule.model_validate(rule) for rule in _read(HERE / "chatter.toml")["rules"])


def _files() -> Iterator[Traversable]:
    """One folder a family of programs."""
    for family in HERE.iterdir():
        if family.is_dir():
            yield from (file for file in family.iterdir() if file.name.endswith(".toml"))


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
