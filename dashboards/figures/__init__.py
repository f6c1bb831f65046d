"""Frame → Plotly figure: pure functions, testable without a page.

    figure_for(look, snapshot) -> Figure                 lines, stacked areas or a heatmap over time
    request_figures(snapshot) -> RequestFigures          a `requests` frame: by status, latency, slowest services
    describe(title, figure, window, zone) -> str              one sentence for those who cannot see it

A figure is drawn in the light colours of `dashboards.theme.TOKENS`; the browser exchanges them by the theme.
Times are epoch milliseconds in UTC; the browser writes them in the viewer's zone. What the chart component reads
beside the traces is in `layout.meta` (see `base.blank`) and in each trace's `meta`: its name, its labels.
"""

from __future__ import annotations

from dashboards.figures.alt import describe
from dashboards.figures.dispatch import figure_for
from dashboards.figures.requests import RequestFigures, request_figures

__all__ = ["RequestFigures", "describe", "figure_for", "request_figures"]
