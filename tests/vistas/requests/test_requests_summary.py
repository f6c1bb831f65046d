"""Reading a `requests` frame: against the plain arithmetic over single requests."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import quantiles as exact_quantiles

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from vistas.requests.summary import (
    BOUNDS,
    KEYS,
    SCHEMA,
    bucket_bounds,
    bucket_numbers,
    latency_over_time,
    merge,
    percentiles,
    rate_per_minute,
    status_class,
    totals,
)

MORNING = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
Request = tuple[int, str, int, float | None]
"""Minute, service, status, seconds."""


def cube(requests: list[Request]) -> pl.DataFrame:
    numbers = bucket_numbers(pl.Series([seconds for *_, seconds in requests], dtype=pl.Float64))
    rows = pl.DataFrame(
        {
            "minute": [MORNING + timedelta(minutes=minute) for minute, *_ in requests],
            "service": [service for _, service, *_ in requests],
            "status": [status for _, _, status, _ in requests],
        },
        schema={name: SCHEMA[name] for name in ("minute", "service", "status")},
    )
    cells = rows.with_columns(bucket_bounds(pl.lit(numbers)).alias("latency_le"), host=pl.lit(""))
    return merge([cells.group_by(KEYS).agg(pl.len().cast(pl.UInt64).alias("requests"))])


requests = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from(["a", "b"]),
        st.sampled_from([0, 200, 301, 404, 499, 502, 504]),
        st.one_of(st.none(), st.floats(0.001, 90_000)),
    ),
    max_size=60,
)


def test_bounds_are_a_ruler() -> None:
    """Ten to a decade, each at most 27 % above the one before, from a millisecond to a day and beyond."""
    assert (BOUNDS[0], BOUNDS[10], BOUNDS[30], BOUNDS[-2:]) == (0.001, 0.01, 1.0, (100_000.0, float("inf")))
    steps = [upper / lower for lower, upper in pairwise(BOUNDS[:-1])]
    assert all(1.2 < step < 1.29 for step in steps)


@pytest.mark.parametrize(
    ("seconds", "upper"),
    [
        (0.0, 0.001),
        (0.001, 0.001),
        (0.0011, 0.00125),
        (1.0, 1.0),
        (1.01, 1.25),
        (1e6, float("inf")),
        (None, None),
        (float("nan"), None),
    ],
)
def test_bucket(seconds: float | None, upper: float | None) -> None:
    """A latency stands in the bucket whose upper bound it does not exceed."""
    numbers = bucket_numbers(pl.Series([seconds], dtype=pl.Float64))
    assert pl.select(bucket_bounds(pl.lit(numbers))).item() == upper


@given(requests, requests)
def test_summaries_add_up(one: list[Request], other: list[Request]) -> None:
    assert_frame_equal(merge([cube(one), cube(other)]), cube(one + other))


whole_cubes = st.builds(
    lambda made, extra: cube(made).with_columns(
        *([pl.lit(extra[0], dtype=pl.String).alias("controller")] if len(extra) > 0 else []),
        *([pl.lit(extra[1], dtype=pl.UInt64).alias("retried")] if len(extra) > 1 else []),
    ),
    requests,
    st.one_of(
        st.just(()),
        st.tuples(st.sampled_from(["ingress-nginx", "Traefik", None])),
        st.tuples(st.sampled_from(["ingress-nginx", "Traefik", None]), st.one_of(st.none(), st.integers(0, 9))),
    ),
)


@given(whole_cubes, whole_cubes, whole_cubes)
def test_summaries_merge_in_any_grouping(one: pl.DataFrame, two: pl.DataFrame, three: pl.DataFrame) -> None:
    """Whether they say who answered and what was tried again, or, as older ones, do not."""
    at_once = merge([one, two, three])
    assert_frame_equal(merge([merge([one, two]), three]), at_once)
    assert_frame_equal(merge([one, merge([three, two])]), at_once)
    assert at_once["requests"].sum() == sum(each["requests"].sum() for each in (one, two, three))
    assert at_once.columns[: len(SCHEMA)] == list(SCHEMA)
    if "retried" in at_once.columns:
        known = [each["retried"].sum() for each in (one, two, three) if "retried" in each.columns]
        assert at_once["retried"].sum() == sum(known)


def test_what_no_summary_says_is_no_column() -> None:
    assert merge([cube([(0, "a", 200, 0.1)])]).columns == list(SCHEMA)


def test_unknown_is_not_none_at_all() -> None:
    """Null stays null where nobody says; 0 is said."""
    silent = cube([(0, "a", 200, 0.1)]).with_columns(
        controller=pl.lit("Kong"), retried=pl.lit(None, dtype=pl.UInt64)
    )
    telling = cube([(0, "a", 200, 0.1)]).with_columns(
        controller=pl.lit("Traefik"), retried=pl.lit(0, dtype=pl.UInt64)
    )
    told = merge([silent, telling, silent])
    assert dict(told.select("controller", "retried").rows()) == {"Kong": None, "Traefik": 0}


@given(requests)
def test_totals_are_counts(made: list[Request]) -> None:
    whole = totals(cube(made)).row(0, named=True)
    assert whole["requests"] == len(made)
    assert whole["errors_4xx"] == sum(400 <= status < 500 for _, _, status, _ in made)
    assert whole["errors_5xx"] == sum(status >= 500 for _, _, status, _ in made)
    by_service = totals(cube(made), ["service"])
    assert dict(by_service.select("service", "requests").rows()) == {
        service: sum(request[1] == service for request in made)
        for service in sorted({request[1] for request in made})
    }


@given(
    requests.filter(lambda made: any(seconds is not None for *_, seconds in made)),
    st.sampled_from([0.5, 0.95, 0.99, 1.0]),
)
def test_percentile_is_within_its_bucket(made: list[Request], quantile: float) -> None:
    """The percentile read off the buckets lies in the bucket of the request that really is at that rank."""
    seconds = sorted(seconds for *_, seconds in made if seconds is not None)
    rank = next(place for place in range(1, len(seconds) + 1) if place >= quantile * len(seconds) - 1e-9)
    real = seconds[rank - 1]
    found = percentiles(cube(made), [quantile])[f"p{quantile * 100:g}"][0]
    upper = next(bound for bound in BOUNDS if bound >= real)
    lower = max((bound for bound in BOUNDS if bound < upper), default=0.0)
    assert lower * 0.999 <= found <= upper * 1.001


def test_percentiles_of_many_requests() -> None:
    """Close to the exact ones where requests are plenty."""
    seconds = [0.001 * 1.01**step for step in range(900)]
    found = percentiles(cube([(0, "a", 200, one) for one in seconds])).row(0, named=True)
    exact = exact_quantiles(seconds, n=100)
    assert [found["p50"], found["p95"], found["p99"]] == pytest.approx([exact[49], exact[94], exact[98]], rel=0.03)


def test_percentiles_without_latencies() -> None:
    """A format without durations has no percentile; its service still has a row."""
    found = percentiles(cube([(0, "a", 200, None), (0, "b", 200, 0.5)]), [0.5], ["service"])
    assert found.rows(named=True)[0] == {"service": "a", "p50": None}
    assert percentiles(cube([]), [0.5]).is_empty()


def test_rates_fill_silent_steps() -> None:
    """A minute without requests is 0, not a gap in the line; each name spans the whole time."""
    made: list[Request] = [(0, "a", 200, None), (0, "a", 502, None), (3, "b", 204, None)]
    rates = rate_per_minute(cube(made), "class")
    assert rates.filter(pl.col("name") == "2xx")["per_minute"].to_list() == [1.0, 0.0, 0.0, 1.0]
    assert rates.filter(pl.col("name") == "5xx")["per_minute"].to_list() == [1.0, 0.0, 0.0, 0.0]
    wide = rate_per_minute(cube(made), step=timedelta(minutes=2))
    assert wide.rows() == [(MORNING, "", 1.0), (MORNING + timedelta(minutes=2), "", 0.5)]
    assert rate_per_minute(cube([])).columns == ["time", "name", "per_minute"]


@pytest.mark.parametrize("by", ["", "host", "service", "status", "class"])
@given(made=requests)
def test_rates_add_up_to_the_requests(by: str, made: list[Request]) -> None:
    rates = rate_per_minute(cube(made), by)
    assert round(rates["per_minute"].sum()) == len(made)


def test_latency_over_time() -> None:
    made: list[Request] = [(0, "a", 200, 0.001), (0, "a", 200, 1.0), (2, "b", 200, 0.1)]
    found = latency_over_time(cube(made), (1.0,), "service")
    assert found.rows() == [
        (MORNING, "a", 1.0, pytest.approx(1.0)),
        (MORNING + timedelta(minutes=2), "b", 1.0, pytest.approx(0.1)),
    ]


def test_status_classes() -> None:
    statuses = pl.DataFrame({"status": [0, 9, 101, 200, 599, 600]}, schema={"status": pl.Int16})
    assert statuses.select(status_class(pl.col("status"))).to_series().to_list() == [
        "none",
        "none",
        "1xx",
        "2xx",
        "5xx",
        "none",
    ]
