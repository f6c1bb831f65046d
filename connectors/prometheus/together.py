"""Several queries as one answer: each series says which query it is of, and what did not come is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connectors.prometheus.decoding import Decoded
from vistas.routine import NAMED_BY, NamedQuery
from vistas.snapshot import Absence, Frame, FrameKind, Gap

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Part:
    """One query with its answer, or why there is none; `absent` are its metrics where none of them exists."""

    asked: NamedQuery
    answer: Decoded | Gap
    absent: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    missing: tuple[Absence, ...] = ()

    @property
    def lacking(self) -> tuple[Absence, ...]:
        """What the query reads and is not there."""
        return (*map(Absence, self.absent), *self.missing)

    @property
    def decoded(self) -> Decoded | None:
        return self.answer if isinstance(self.answer, Decoded) and not self.absent else None

    @property
    def gap(self) -> Gap | None:
        return self.answer if isinstance(self.answer, Gap) else None


def joined(parts: Sequence[Part]) -> Frame:
    """One frame of all series, in the order of the queries; only those that answered are in it."""
    import polars as pl

    frames = [
        _named(part.asked.name, part.decoded.frame.data) for part in parts if part.decoded and is_series(part)
    ]
    data = pl.concat(frames, how="diagonal")
    if "histograms" in data.columns:
        nothing = pl.lit([], dtype=data.schema["histograms"])
        data = data.with_columns(pl.col("histograms").fill_null(nothing))
    step = next((part.decoded.frame.step for part in parts if part.decoded), None)
    return Frame(FrameKind.SERIES, data, step=step)


def is_series(part: Part) -> bool:
    """False where a query gave a text, which has no place among series."""
    return part.decoded is not None and part.decoded.frame.kind is FrameKind.SERIES


def warnings_of(parts: Sequence[Part]) -> tuple[str, ...]:
    """What failed or is absent by the names of the queries, then what the tool said of each."""
    said: dict[str, list[str]] = {}
    for part in parts:
        for remark in _remarks(part):
            said.setdefault(remark, []).append(part.asked.name)
    lacking = [warning for part in parts for warning in _lacking(part)]
    whose = {
        remark: "" if len(names) == len(parts) else f" ({', '.join(names)})" for remark, names in said.items()
    }
    return (*lacking, *(f"{remark}{names}" for remark, names in whose.items()))


def _lacking(part: Part) -> Iterator[str]:
    if part.gap:
        yield f"“{part.asked.name}” is not shown: {part.gap.message}"
    elif part.absent:
        yield f"Missing in this window: {', '.join(part.absent)}. So “{part.asked.name}” is not shown."
    elif not is_series(part):
        yield f"“{part.asked.name}” is not shown: it answers with a text."


def _remarks(part: Part) -> Iterable[str]:
    return (*part.decoded.warnings, *part.remarks) if part.decoded else ()


def _named(name: str, data: pl.DataFrame) -> pl.DataFrame:
    """With one more label, in its place among the others."""
    import polars as pl

    label = {"name": NAMED_BY, "value": name}
    labels = [
        sorted([*(pair for pair in pairs if pair["name"] != NAMED_BY), label], key=lambda pair: pair["name"])
        for pairs in data["labels"].to_list()
    ]
    return data.with_columns(pl.Series("labels", labels, dtype=data.schema["labels"]))
