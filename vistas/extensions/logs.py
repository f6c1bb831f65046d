"""Reading log files without a source: the contract of their reader, which is found by entry point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from vistas.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

    from vistas.redaction import Redactor

ENTRY_POINTS = "morning_vistas.logs"
"""The entry-point group of readers of logs; each is a LogReader."""

STREAM = "-"
"""The name under which standard input is read."""


BY = ("service", "host", "upstream", "status")
"""What requests can be told apart by, instead of by route."""


@dataclass(frozen=True, slots=True)
class LogOverview:
    """Everything some logs hold, redacted. `lines == requests + sum(set_aside) + unparsed`.

    `dialects` are requests by the format they were written in. `first` and `last` are when the oldest and the
    newest request were, None where there is none. `cells` is a `requests` frame (see `vistas.snapshot`), in any
    order, without hosts and services unless these are asked for. `routes` has `method` and `route`, `groups` has
    `name` (of a service, a host, …, where asked for), both `requests`, `errors_4xx`, `errors_5xx`, `p95` and
    `slowest` in seconds (null where nothing says; `p95` is known to within its bucket), the busiest first.
    `samples` has `pattern`, `lines` and `sample` of lines that fit no format, and `nearest`: the format they are
    most like, with `fits`, how many letters of the sample are like it, or `lacks`, what it has not. `problems` is
    what could not be read, `notes` what is worth knowing besides.
    """

    lines: int
    requests: int
    set_aside: Mapping[str, int]
    unparsed: int
    dialects: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    cells: pl.DataFrame
    routes: pl.DataFrame
    groups: pl.DataFrame
    samples: pl.DataFrame
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class LogReader(Protocol):
    def __call__(
        self,
        names: Sequence[str],
        redactor: Redactor,
        *,
        dialect: str,
        log_format: str,
        json_keys: str,
        by: str,
        told: Callable[[int], None],
    ) -> LogOverview:
        """Read the files of these names, `-` for standard input, as one log.

        `dialect` is `auto` or the one they are in; `log_format` one of their own, as nginx writes it, `json_keys`
        (`status=http_status,target=uri`) the keys of one in JSON. `by` is one of `BY`, or empty. `told` is called
        now and then, with how many bytes of text were read since. SourceError where nothing can be read;
        SettingsError where there is no such dialect, or a format or keys cannot be read.
        """
        ...


def log_reader() -> LogReader:
    """The installed reader of access logs; SourceError where there is none."""
    found = entry_points(group=ENTRY_POINTS)
    if not found:
        raise SourceError("nothing that reads logs is installed")
    reader: LogReader = next(iter(found)).load()
    return reader
