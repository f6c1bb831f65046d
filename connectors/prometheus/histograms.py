"""Native histograms in answers of Prometheus.

A frame that has them has one more column, one list a series, in time:
`histograms`  List[Struct{`time` Datetime("ms", "UTC"), `count` Float64, `sum` Float64,
              `buckets` List[Struct{`lower` Float64, `upper` Float64, `count` Float64}]}]

Source of the shape: prometheus `docs/querying/api.md`, "Native histograms".
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw

from connectors.http.json_answers import each_as
from connectors.http.shapes import Misshapen, number
from connectors.prometheus.samples import lists, pieces

if TYPE_CHECKING:
    import polars as pl

_CALENDAR = (-62_135_596_800, 253_402_300_799)
"""The seconds from year 1 to year 9999."""
_AT_ONCE = 256
"""So many histograms become columns at once: all of them would be held several times over."""


class _Histogram(msgspec.Struct):
    count: str
    sum: str
    buckets: list[tuple[int, str, str, str]] | None = None
    """How the bounds belong to it, both bounds, and how many are within."""


def read_histograms(found: Sequence[Sequence[Raw]]) -> tuple[pl.Series, pl.Series]:
    """Of each series its histograms, as `[170,{"count":"2",…}]`; and the times of all. Raises Misshapen."""
    import polars as pl

    flat = list(chain.from_iterable(found))
    read = [_structs(flat[start : start + _AT_ONCE]) for start in range(0, len(flat), _AT_ONCE)] or [_structs([])]
    structs = pl.concat(read, rechunk=False)
    histograms = lists("histograms", pieces(structs, list(map(len, found))), structs.dtype)
    return histograms, structs.struct.field("time")


def _structs(told: list[Raw]) -> pl.Series:
    import polars as pl

    numbers, buckets, lengths = array("d"), array("d"), array("q")
    for seconds, histogram in each_as(told, tuple[float, _Histogram]):
        numbers.extend((_milliseconds(seconds), number(histogram.count), number(histogram.sum)))
        lengths.append(len(histogram.buckets or ()))
        for _, lower, upper, count in histogram.buckets or ():
            buckets.extend((number(lower), number(upper), number(count)))
    table = _table(numbers, ("time", "count", "sum")).with_columns(
        pl.col("time").cast(pl.Int64).cast(pl.Datetime("ms", "UTC")),
        _nested(_table(buckets, ("lower", "upper", "count")), lengths).alias("buckets"),
    )
    return table.to_struct("histograms")


def _milliseconds(seconds: float) -> float:
    earliest, latest = _CALENDAR
    if not earliest <= seconds <= latest:
        raise Misshapen(f"a time outside the calendar: {seconds}")
    return round(seconds * 1000)


def _table(flat: array[float], names: Sequence[str]) -> pl.DataFrame:
    """Rows of as many numbers as there are names, one after the other."""
    import numpy as np
    import polars as pl

    rows = np.frombuffer(flat).reshape(-1, len(names)) if flat else np.empty((0, len(names)))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Float64))


def _nested(rows: pl.DataFrame, lengths: Sequence[int]) -> pl.Series:
    """A list of structs for each length, of so many rows, one after the other."""
    import numpy as np
    import polars as pl

    owners = np.arange(len(lengths), dtype=np.int64)
    owned = rows.with_columns(pl.Series("owner", np.repeat(owners, lengths)))
    held = owned.group_by("owner", maintain_order=True).agg(pl.struct(*rows.columns).alias("held"))
    everybody = pl.DataFrame({"owner": owners}).join(held, on="owner", how="left", maintain_order="left")
    return everybody["held"].fill_null(pl.lit([], dtype=pl.List(pl.Struct(rows.schema))))
