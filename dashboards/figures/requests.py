"""A `requests` frame: how many, how answered, how fast."""

from __future__ import annotations

from dataclasses import dataclass

from plotly.graph_objects import Figure


@dataclass(frozen=True, slots=True)
class RequestFigures:
    answered: Figure
    latency: Figure | None


def request_figures() -> RequestFigures:
    raise NotImplementedError
