"""From a summary to frames, where there is more than a frame should hold."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest

from connectors.ingress.aggregation.frames import CELLS, PLACES, show
from connectors.ingress.aggregation.summary import MINUTES, Counts, Summary
from vistas.requests.summary import OTHER


@pytest.mark.parametrize("places", [PLACES, PLACES + 1])
def test_many_cells_keep_their_places_unless_these_are_many_too(places: int) -> None:
    """Nothing is said to stand together where every place has its name."""
    shown = show("requests", summary(CELLS + PLACES, places), {}, lines=0)
    hosts = shown.frame.data["host"].unique()
    assert len(hosts) == places
    assert shown.frame.data["requests"].sum() == CELLS + PLACES
    assert (OTHER in hosts) == bool(shown.warnings) == (places > PLACES)


def summary(cells: int, places: int) -> Summary:
    number = pl.int_range(cells)
    minutes = pl.select(
        (pl.lit(datetime(2026, 11, 23, tzinfo=UTC)) + pl.duration(minutes=number // places)).alias("minute"),
        pl.lit("nginx").alias("controller"),
        pl.format("host-{}", number % places).alias("host"),
        pl.lit("").alias("service"),
        pl.lit(200).alias("status"),
        pl.lit(3).alias("bucket"),
        pl.lit(1).alias("requests"),
        pl.lit(None).alias("retried"),
    )
    return Summary(Counts(), Summary.nothing().tables | {"minutes": minutes.cast(MINUTES.schema)})
