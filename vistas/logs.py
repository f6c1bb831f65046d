"""A quick look at log files: what their reader tells of them. Readers are found by entry point, as sources are."""

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


@dataclass(frozen=True, slots=True)
class LogOverview:
    """Everything some logs hold, redacted. `lines == requests + sum(set_aside) + unparsed`.

    `dialects` are requests by the format they were written in. `first` and `last` are when the oldest and the
    newest request were, None where there is none. `cells` is a `requests` frame (see `vistas.snapshot`), with no
    hosts and services, in any order; `routes` has `method`, `route` and `requests`, the busiest first; `samples`
    has `pattern`, `lines` and `sample` of lines that fit no format. `problems` is what could not be read, `notes`
    what is worth knowing besides.
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
        told: Callable[[int], None],
    ) -> LogOverview:
        """Read the files of these names, `-` for standard input, as one log.

        `dialect` is `auto` or the one they are in; `log_format` one of their own, as nginx writes it. `told` is
        called now and then, with how many bytes of text were read since. SourceError where nothing can be read;
        SettingsError where there is no such dialect, or the format cannot be read.
        """
        ...


def log_reader() -> LogReader:
    """The installed reader of access logs; SourceError where there is none."""
    found = entry_points(group=ENTRY_POINTS)
    if not found:
        raise SourceError("nothing that reads logs is installed")
    reader: LogReader = next(iter(found)).load()
    return reader
