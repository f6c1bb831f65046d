"""nginx's lists of upstream attempts: `10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80`, `502, 504 : 200`.

`, ` stands between servers tried, ` : ` between groups of servers; an item may be `-`. The lists of one line
run parallel (nginx's log and upstream modules).
"""

from __future__ import annotations

import polars as pl

from connectors.ingress.reading.records import sane_seconds

LISTS = ("upstreams", "upstream_statuses", "upstream_seconds")
_WRITTEN = pl.col("written")


def several_attempts(written: pl.Series) -> pl.Series:
    """Which requests were tried more than once, by one of their lists."""
    return written.str.contains(" ", literal=True).fill_null(value=False)


def total_seconds(written: pl.Series, several: pl.Series) -> pl.Series:
    """The time all attempts of a request took together; null where none was made."""
    if written.null_count() == written.len():
        return written.cast(pl.Float64)
    one = sane_seconds(_WRITTEN.cast(pl.Float64, strict=False)).alias("seconds")
    seconds = written.to_frame("written").select(one).to_series()
    if not several.any():
        return seconds
    items = _items(_WRITTEN).list.eval(sane_seconds(pl.element().cast(pl.Float64, strict=False)))
    timed = items.list.drop_nulls()
    total = pl.when(timed.list.len() > 0).then(timed.list.sum())
    return seconds.scatter(
        several.arg_true(), written.filter(several).to_frame("written").select(total).to_series()
    )


def each_attempt(requests: pl.DataFrame) -> pl.DataFrame:
    """One row an attempt; `upstreams` and the like become `upstream`, `upstream_status` and `attempt_seconds`.

    `retried` says that another attempt followed. Where the lists of a line disagree, only who was tried is kept.
    """
    split = requests.with_columns(_items(pl.col(name)) for name in LISTS)
    count = pl.col("upstreams").list.len()
    silent = pl.lit([None], dtype=pl.List(pl.String)).list.gather(pl.int_ranges(0, count) * 0)
    agree = split.with_columns(
        pl.when(pl.col(name).list.len() == count).then(pl.col(name)).otherwise(silent) for name in LISTS[1:]
    )
    followed = agree.with_columns(retried=pl.int_ranges(0, count, dtype=pl.Int64))
    attempts = followed.with_columns(_last=count.cast(pl.Int64) - 1).explode(*LISTS, "retried")
    return attempts.filter(somebody("upstreams")).select(
        *(name for name in requests.columns if name not in LISTS),
        pl.col("retried") < pl.col("_last"),
        pl.col("upstreams").alias("upstream"),
        pl.col("upstream_statuses").cast(pl.Int16, strict=False).alias("upstream_status"),
        sane_seconds(pl.col("upstream_seconds").cast(pl.Float64, strict=False)).alias("attempt_seconds"),
    )


def somebody(written: str) -> pl.Expr:
    """Whether a column names who was tried."""
    return pl.col(written).is_not_null() & ~pl.col(written).is_in(["", "-"])


def _items(written: pl.Expr) -> pl.Expr:
    return written.str.replace_all(" : ", ", ", literal=True).str.split(", ")
