"""Frame → Plotly figure: pure functions, testable without a page.

    figure_for(look, snapshot) -> Figure                 lines, stacked areas, a heatmap or states over time
    request_figure(look, snapshot) -> Figure             a `requests` frame: by status class, and how long it took
    then_and_now_figure(look, both, window, step) -> Figure   series then and now, a panel each
    drawing_of(look, frame) -> Drawing                   how a look is drawn where it does not say
    describe(title, figure, window, zone) -> str              one sentence for those who cannot see it

A figure is drawn in the light colours of `dashboards.ui.theme.TOKENS`; the browser exchanges them by the theme.
Times are epoch milliseconds in UTC; the browser writes them in the viewer's zone. What the chart component reads
beside the traces is in `layout.meta` (see `base.blank`) and in each trace's `meta`: its name, its labels.
"""

from __future__ import annotations

from dashboards.figures.alt import describe
from dashboards.figures.dispatch import drawing_of, figure_for
from dashboards.figures.requests import request_figure
from dashboards.figures.then_and_now import ThenAndNow, then_and_now, then_and_now_figure

__all__ = [
    "ThenAndNow",
    "describe",
    "drawing_of",
    "figure_for",
    "request_figure",
    "then_and_now",
    "then_and_now_figure",
]
