"""What one look returned: a frame or a gap, with where it came from.

A frame is a Polars table of one of four kinds. Their columns are contracts:

`series`    one row a series.
            `labels`  List[Struct{name: String, value: String}], sorted by name
            `times`   List[Datetime("ms", "UTC")], ascending
            `values`  List[Float64]; NaN and ±Inf are kept; where a series was silent there is no sample
            `histograms`  List[Struct{…}] only where native histograms came (see `connectors.prometheus.decoding`)
`objects`   one row an object; `key` names the columns that identify a row; units stand in column names
            (`age_seconds`, `memory_bytes`, `ready_ratio`); times are Datetime("ms", "UTC")
`requests`  one row a cell of the summary:
            `minute` Datetime, `host`, `service` String, `status` Int16, `latency_le` Float64 (upper bound of the
            bucket in seconds; null when the line has no latency), `requests` UInt64. Rows add up.
            `controller` String and `retried` UInt64 only where it is known which product answered, and whether
            attempts were made again (see `vistas.requests.summary`)
`lines`     one row a log pattern: `pattern` String, `lines` UInt64, `first`, `last` Datetime, `sample` String
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from vistas.errors import FrameDamaged

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Window:
    """The time span looked at: `start` inclusive, `end` exclusive, both aware and in UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a window's times carry their zone")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise ValueError(f"a window ends after it starts: {self.start} … {self.end}")

    @classmethod
    def ending(cls, end: datetime, span: timedelta) -> Window:
        return cls(end - span, end)

    @property
    def span(self) -> timedelta:
        return self.end - self.start

    def of_look(self, span: timedelta | None, offset: timedelta | None) -> Window:
        """What a look with a window or an offset of its own looks at, where a walk looks at this."""
        end = self.end - (offset or timedelta())
        return Window(end - (span or self.span), end)


class FrameKind(StrEnum):
    SERIES = "series"
    OBJECTS = "objects"
    REQUESTS = "requests"
    LINES = "lines"


class Frame:
    """A typed table, in hand or still on disk: `data` reads it the first time it is asked for."""

    def __init__(
        self, kind: FrameKind, data: pl.DataFrame, *, key: tuple[str, ...] = (), step: timedelta | None = None
    ) -> None:
        self.kind = kind
        self.key = key
        self.step = step
        self.rows = data.height
        self.__dict__["data"] = data

    @classmethod
    def stored(
        cls,
        kind: FrameKind,
        read: Callable[[], bytes],
        *,
        rows: int,
        key: tuple[str, ...] = (),
        step: timedelta | None = None,
    ) -> Frame:
        """`read` gives the Parquet bytes; it is called once, when the data is first looked at."""
        frame = cls.__new__(cls)
        frame.kind, frame.key, frame.step, frame.rows = kind, key, step, rows
        frame._stored = read  # noqa: SLF001 - its own class
        return frame

    _stored: Callable[[], bytes] | None = None

    @cached_property
    def data(self) -> pl.DataFrame:
        import polars as pl

        assert self._stored is not None  # noqa: S101 - what is not stored has its data from the beginning
        return pl.read_parquet(BytesIO(self._stored()))

    def unread(self) -> Frame:
        """The same frame, its data still to be read: for whoever looks at many and keeps none."""
        if (read := self._stored) is None:
            return self
        return Frame.stored(self.kind, read, rows=self.rows, key=self.key, step=self.step)

    def check(self) -> None:
        """FrameDamaged where it is stored and not there whole any more; its bytes are read, and not decoded."""
        if self._stored is not None:
            self._stored()

    def parquet(self) -> bytes:
        """The data as zstd Parquet, as it is stored and bundled; what was stored so is given as it was.

        FrameDamaged where that is not there whole any more; the same goes for `data`.
        """
        return self.encoded() if self._stored is None else self._stored()

    def encoded(self) -> bytes:
        """The data as zstd Parquet, written anew."""
        buffer = BytesIO()
        self.data.write_parquet(buffer, compression="zstd", statistics=False)
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"Frame({self.kind.value}, {self.rows} rows)"


class GapReason(StrEnum):
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TOO_SLOW = "too slow"
    NOT_HERE = "nothing to look at here"
    GARBLED = "answer not understood"
    TOO_MUCH = "too much data"
    CANCELLED = "cancelled"
    NO_SOURCE = "no such source"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no data. `message` is what happened, `hint` what to try; both one plain sentence."""

    reason: GapReason
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """What a query reads and the tool does not have, in the window that was asked.

    With a metric alone: the metric; with a label: that label of it; with a value: any series whose label meets it.
    """

    metric: str
    label: str = ""
    operator: str = ""
    value: str = ""

    @property
    def is_metric(self) -> bool:
        return not self.label

    @property
    def is_label(self) -> bool:
        """Whether none of the metric's series has the label at all."""
        return bool(self.label) and not self.operator

    def masked(self, mask: Callable[[str], str]) -> Absence:
        value = mask(f"{self.label}={self.value}").removeprefix(f"{self.label}=") if self.value else ""
        return Absence(mask(self.metric), mask(self.label), self.operator, value)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a snapshot came from.

    `query` is the query as it was sent; `obtained` the stretch of time the data really covers, where that is
    known and may differ from `asked`; `redacted` counts what each redaction rule took out. `absent` is why an
    answer is empty, where that is known: what the query reads and is not there.
    """

    source: str
    source_type: str
    query: str
    asked: Window
    taken_at: datetime
    took: timedelta
    obtained: Window | None = None
    warnings: tuple[str, ...] = ()
    redacted: Mapping[str, int] = field(default_factory=dict)
    absent: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`stop` and `look` are slugs of the routine; with the source they identify the snapshot in a vista."""

    stop: str
    look: str
    content: Frame | Gap
    provenance: Provenance

    @property
    def source(self) -> str:
        return self.provenance.source

    def read(self) -> Snapshot:
        """The same with its data read; a gap where that is not there whole any more. What is drawn is this."""
        if self.frame is None:
            return self
        try:
            _ = self.frame.data
        except FrameDamaged as error:
            return self.damaged(error)
        return self

    def whole(self) -> Snapshot:
        """As `read`, but only the bytes are looked at, not decoded."""
        try:
            if self.frame is not None:
                self.frame.check()
        except FrameDamaged as error:
            return self.damaged(error)
        return self

    def damaged(self, error: FrameDamaged) -> Snapshot:
        hint = "Gathering or importing the same content again repairs it; vistas store check shows other damage."
        return replace(self, content=Gap(GapReason.DAMAGED, str(error), hint))

    def unread(self) -> Snapshot:
        return replace(self, content=self.content.unread()) if isinstance(self.content, Frame) else self

    @property
    def frame(self) -> Frame | None:
        return self.content if isinstance(self.content, Frame) else None

    @property
    def gap(self) -> Gap | None:
        return self.content if isinstance(self.content, Gap) else None
