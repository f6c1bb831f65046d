"""Builds an `objects` frame from a tool's JSON: rows of one shape, filtered by the look, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from connectors.http.shapes import Misshapen
from vistas.redaction import Redaction
from vistas.snapshot import Frame, FrameKind

if TYPE_CHECKING:
    import polars as pl

Labels = Mapping[str, str]
_AT_ONCE = 1000
_SUMMARIES = ("summary", "message", "description")


@dataclass(frozen=True, slots=True)
class ObjectTable:
    """Column names with `"text"`, `"number"`, `"count"` or `"time"`, and which of them identify a row."""

    columns: Mapping[str, str]
    key: tuple[str, ...]

    def frame(self, rows: Iterable[Mapping[str, Any]], *, order: Sequence[pl.Expr] = ()) -> Frame:
        """The rows by `order`, the smallest first; equal ones as they came. Few of them are held as objects.

        Raises Misshapen.
        """
        import polars as pl

        schema = {name: _polars_type(kind) for name, kind in self.columns.items()}
        waiting = iter(rows)
        parts = [pl.DataFrame(schema=schema)]
        try:
            while some := list(islice(waiting, _AT_ONCE)):
                parts.append(pl.DataFrame(some, schema=schema))
        except (UnicodeError, ArithmeticError, pl.exceptions.PolarsError) as error:
            raise Misshapen("something no column can hold, such as half a character") from error
        data = pl.concat(parts)
        return Frame(FrameKind.OBJECTS, data.sort(order, maintain_order=True) if order else data, key=self.key)


def _polars_type(kind: str) -> pl.DataType:
    import polars as pl

    types = {"text": pl.String(), "number": pl.Float64(), "count": pl.UInt32(), "time": pl.Datetime("ms", "UTC")}
    return types[kind]


def fits(where: Mapping[str, str], row: Mapping[str, Any], labels: Labels) -> bool:
    """Whether a row is what the look's `where` asks for: each name is a label, or else a column.

    Of several values, with commas between them, it has one.
    """
    return all(
        (found := str(labels.get(name, row.get(name)))) == value or found in value.split(",")
        for name, value in where.items()
    )


def label_text(labels: Labels, *, without: Sequence[str] = ()) -> str:
    """`instance="a", job="b"`, sorted by name, as PromQL writes them."""
    told = sorted((name, str(value)) for name, value in labels.items() if name not in without)
    return ", ".join(f"{name}={quoted(value)}" for name, value in told)


def quoted(text: str) -> str:
    """A PromQL string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def moment(text: str | None) -> datetime | None:
    """An RFC 3339 time; None where Go's zero time says never. Raises Misshapen."""
    if not text:
        return None
    try:
        told = datetime.fromisoformat(text)
        in_utc = None if told.year == 1 else told.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Misshapen(f"not a time, or outside the calendar: {text[:40]!r}") from error
    if told.tzinfo is None:
        raise Misshapen(f"a time without a zone: {text!r}")
    return in_utc


def seconds_between(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds()


def summary(annotations: Labels, redaction: Redaction) -> str | None:
    """What an alert says of itself, in one text; its other annotations are left behind."""
    said = next((annotations[name] for name in _SUMMARIES if annotations.get(name)), None)
    return None if said is None else redaction.text(str(said))
