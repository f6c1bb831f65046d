"""What was in which state, when: numbers and labels as runs of words, gaps left empty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl

from tests.vistas.sharing.making import NOW, SERIES, WINDOW
from vistas.charts.states import Run, StateRow, states_of
from vistas.routine import Drawing, Look
from vistas.snapshot import Frame, FrameKind

STEP = timedelta(minutes=5)
BEGIN = round(WINDOW.start.timestamp() * 1000)
MINUTES = 60_000


def look(**more: Any) -> Look:
    return Look(look="n", title="N", source="p", take="range", draw=Drawing.STATES, **more)


def frame(*series: tuple[dict[str, str], list[float | None]], step: timedelta | None = STEP) -> Frame:
    """Samples every five minutes from the beginning of the window; None where there is none."""
    rows = []
    for labels, values in series:
        known = [(WINDOW.start + STEP * place, value) for place, value in enumerate(values) if value is not None]
        rows.append(
            {
                "labels": [{"name": name, "value": value} for name, value in sorted(labels.items())],
                "times": [time for time, _ in known],
                "values": [float(value) for _, value in known],
            }
        )
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=step)


def told(row: StateRow) -> list[tuple[int, int, str]]:
    """In minutes from the beginning."""
    return [((run.start - BEGIN) // MINUTES, (run.end - BEGIN) // MINUTES, run.word) for run in row.runs]


def test_numbers_are_words_and_equal_ones_one_run() -> None:
    """A number that nobody named stays a number; what is no number is nothing."""
    asked = look(states={"0": "down", "1": "up"})
    found = states_of(asked, frame(({"node": "a"}, [1, 1, 0, 0, 7, float("nan"), 1])), WINDOW)
    [row] = found.rows
    assert told(row) == [(0, 10, "up"), (10, 20, "down"), (20, 25, "7"), (30, 35, "up")]
    assert row.labels == {"node": "a"}
    assert (row.changes, row.last) == (3, "up")


def test_silence_is_left_empty() -> None:
    """A sample speaks for its step where the next one is late."""
    [row] = states_of(look(), frame(({}, [1, 1, None, None, None, 1])), WINDOW).rows
    assert told(row) == [(0, 10, "1"), (25, 30, "1")]


def test_a_label_names_the_state() -> None:
    """Of the series above zero; the others of the same thing belong to the same row, which the label names not."""
    asked = look(state_label="phase", name="{{pod}}")
    found = states_of(
        asked,
        frame(
            ({"pod": "a", "phase": "Pending"}, [1, 1, 0, 0, 1]),
            ({"pod": "a", "phase": "Running"}, [0, 0, 1, 0, 1]),
            ({"pod": "b", "phase": "Running"}, [1, 1, 1, 1, 1]),
        ),
        WINDOW,
    )
    assert [(row.name, row.labels) for row in found.rows] == [("a", {"pod": "a"}), ("b", {"pod": "b"})]
    assert told(found.rows[0]) == [(0, 10, "Pending"), (10, 15, "Running"), (20, 25, "Pending and Running")]


def test_what_changed_most_comes_first_and_the_rest_is_counted() -> None:
    series = [({"node": f"n{place:02}"}, [1.0] * 8) for place in range(20)]
    series[13] = ({"node": "n13"}, [1, 0, 1, 0, 1, 1, 1, 1])
    series[5] = ({"node": "n05"}, [0.0] * 8)
    found = states_of(look(states={"1": "up", "0": "down"}), frame(*series), WINDOW, most=4)
    assert [row.name for row in found.rows] == ["n13", "n05", "n00", "n01"]
    assert found.words == ("up", "down")
    assert found.caption == "and 16 more, which changed less"


def test_only_the_window_is_told() -> None:
    asked = frame(({}, [1.0] * 3))
    later = asked.data.with_columns(pl.col("times").list.eval(pl.element() - timedelta(minutes=7)))
    [row] = states_of(look(), Frame(FrameKind.SERIES, later, step=STEP), WINDOW).rows
    assert row.runs == (Run(BEGIN, BEGIN + 8 * MINUTES, "1"),)


def test_one_moment_is_told_as_of_the_end() -> None:
    data = frame(({"node": "a"}, [1.0])).data.with_columns(times=pl.Series([[NOW]], dtype=SERIES["times"]))
    [row] = states_of(look(states={"1": "up"}), Frame(FrameKind.SERIES, data), WINDOW).rows
    assert row.last == "up"


def test_without_series_there_is_nothing() -> None:
    assert states_of(look(), frame(), WINDOW).rows == ()
