"""Controllers side by side in what is shared: the page draws them, a bundle keeps them, and older ones open."""

from __future__ import annotations

from io import BytesIO

import polars as pl
import pytest

from tests.browser.stage_data import DAY, END, move_frame, requests_frame
from tests.vistas.sharing.making import bundle, parquet, routine, snapshot, vista, with_frame
from vistas.errors import BundleError
from vistas.requests.summary import SCHEMA
from vistas.routine import Look
from vistas.sharing import read_bundle, write_page
from vistas.snapshot import Frame, FrameKind, Window
from vistas.vista import Vista

MOVED = Look(look="moved", title="Both doors", source="ingress", take="controllers")


def morning(frame: Frame) -> Vista:
    taken = snapshot(MOVED, frame, asked=Window.ending(END, DAY))
    return vista(routine=routine(MOVED), snapshots=(taken,), notices=())


def test_the_page_draws_a_panel_a_measure() -> None:
    page = write_page(morning(move_frame()))
    for caption in ("Requests per minute", "Share answered with 5xx or not at all", "How long it took"):
        assert caption in page
    for name in ("ingress-nginx p95", "Traefik p50", ">Controller<"):
        assert name in page
    assert page.count('class="line s1"') == 6
    assert "Host" not in page


def test_frames_with_and_without_controllers_come_back_as_they_went() -> None:
    for frame in (move_frame(), requests_frame(60)):
        (back,) = read_bundle(BytesIO(bundle(morning(frame)))).snapshots
        assert back.frame is not None
        assert back.frame.data.equals(frame.data)


@pytest.mark.parametrize(
    ("column", "values"),
    [("controller", pl.Series([], dtype=pl.Int8)), ("retried", pl.Series([], dtype=pl.Float64))],
)
def test_a_column_of_another_type_is_refused(column: str, values: pl.Series) -> None:
    data = pl.DataFrame(schema=SCHEMA).with_columns(values.alias(column))
    with pytest.raises(BundleError, match=f"has a column {column} of"):
        read_bundle(with_frame(parquet(data), FrameKind.REQUESTS.value))
