"""States over time: one band a thing, a run of colour and word for each state it was in.

What lasted longest is quiet, so that the rest stands out. Each run's word is in `meta.runs` of its row, from which
the chart component writes it; the words with their colours are in `layout.meta.key`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from plotly.graph_objects import Figure

from dashboards.figures import base
from dashboards.ui.theme import LIGHT
from vistas.charts.scale import Scale
from vistas.charts.states import Run, StateRow, States, states_of
from vistas.routine import Look
from vistas.snapshot import Frame, Window

BAND, NAME, HEAD = 20, 26, 12
"""Pixels: of a band, of its name above it, and of the room for numbers of notices above all."""
_USUAL: Final = "then"
_OTHERS: Final = (
    *("series-1", "series-2", "series-5", "series-6"),
    *("series-8", "series-9", "series-10", "series-11"),
)
"""On each of them the paper's colour can be read."""
_REST: Final = "series-7"
_FLAT: Final = Scale(-0.5, 0.5, (), ())


def state_figure(look: Look, frame: Frame, window: Window) -> Figure:
    """As high as its rows need it."""
    states = states_of(look, frame, window)
    colours = _colours(states.words)
    panels = [base.Panel(row.name, _FLAT) for row in states.rows] or [base.Panel("", _FLAT)]
    odd = [row.last for row in states.rows if row.last != states.words[0]] if states.words else []
    inner = HEAD + len(panels) * (NAME + BAND)
    height = inner + base.BOTTOM + (base.CAPTIONED if panels[0].caption else base.TOP)
    sheet = base.blank(window, panels, height=height, names=odd)
    for place in range(len(panels)):
        bottom = inner - HEAD - (place + 1) * (NAME + BAND)
        sheet.layout["yaxis" if place == 0 else f"yaxis{place + 1}"].domain = (
            bottom / inner,
            (bottom + BAND) / inner,
        )
    sheet.layout.meta = {
        **sheet.layout.meta,
        "key": [{"text": word, "colour": colour} for word, colour in colours.items()],
        "left_out": states.caption,
    }
    return base.drawn(sheet, [*_bands(states, colours), *_readable(states, colours, frame)])


def _colours(words: tuple[str, ...]) -> Mapping[str, str]:
    names = (_USUAL, *_OTHERS)
    return {word: LIGHT[names[place] if place < len(names) else _REST] for place, word in enumerate(words)}


def _bands(states: States, colours: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """For each row and word one trace with a rectangle a run."""
    for place, row in enumerate(states.rows):
        for word in dict.fromkeys(run.word for run in row.runs):
            runs = [run for run in row.runs if run.word == word]
            yield {
                "type": "scatter",
                "x": [each for run in runs for each in (run.start, run.start, run.end, run.end, run.start, None)],
                "y": [each for _ in runs for each in (-0.5, 0.5, 0.5, -0.5, -0.5, None)],
                "yaxis": base.axis_name(place),
                "mode": "lines",
                "line": {"width": 0, "color": colours[word]},
                "fill": "toself",
                "fillcolor": colours[word],
            }


def _readable(states: States, colours: Mapping[str, str], frame: Frame) -> Iterator[dict[str, Any]]:
    """One trace a row, unseen, from which the chart component reads what one points at."""
    step = frame.step.total_seconds() * 1000 if frame.step else None
    for place, row in enumerate(states.rows):
        points = list(_points(row))
        yield {
            "type": "scatter",
            "x": [time for time, _ in points],
            "y": [value for _, value in points],
            "yaxis": base.axis_name(place),
            "mode": "lines",
            "line": {"width": 0, "color": colours.get(row.last, LIGHT["soft"])},
            "meta": {
                "name": row.name,
                "labels": row.labels,
                "runs": [_told(run, colours) for run in row.runs],
                **({"step": step} if step else {}),
            },
        }


def _told(run: Run, colours: Mapping[str, str]) -> dict[str, Any]:
    colour = colours[run.word]
    return {
        "start": run.start,
        "end": run.end,
        "word": run.word,
        "colour": colour,
        "quiet": colour == LIGHT[_USUAL],
    }


def _points(row: StateRow) -> Iterator[tuple[int, float | None]]:
    """The ends of each run, and around a gap that there is nothing."""
    for run, following in pairwise((*row.runs, None)):
        assert run is not None  # noqa: S101 - only the last is none
        yield run.start, 0.0
        yield run.end - 1, 0.0
        if following is None or following.start > run.end:
            yield run.end, None
        if following is not None and following.start > run.end:
            yield following.start - 1, None
