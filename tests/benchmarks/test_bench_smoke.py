"""Every part of the benchmark runs, on tiny inputs: that it works, not how fast anything is."""

from __future__ import annotations

import os
import warnings

import pytest

from benchmarks.__main__ import PARTS, measure
from benchmarks.report import left_out
from benchmarks.result import Measured, Missing, Target

LARGE = "a whole app and its people, or a library of years"
MARKS = {
    "library": pytest.mark.slow(LARGE),
    "room": pytest.mark.slow(LARGE),
    "importing": pytest.mark.slow("a process that reads twenty dashboards"),
    "walking": pytest.mark.browser,
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", [pytest.param(part, marks=MARKS.get(part, pytest.mark.live)) for part in PARTS])
def test_a_part_measures_what_it_promises(part: str) -> None:
    """Somebody was measured, in every round, and something promised; whoever is missing is told loudly.

    What shall never happen, as a lost entry or an error, does not on a busy machine either.
    """
    found = measure(part, rounds=1, small=True)
    for missing in (each for each in found if isinstance(each, Missing)):
        if os.environ.get("CI") == "true":
            pytest.fail(left_out(missing))
        warnings.warn(left_out(missing), stacklevel=1)
    measured = [each for each in found if isinstance(each, Measured)]
    if not measured:
        pytest.skip(f"{part}: nothing that it measures is on this machine")
    assert all(each.seconds and min(each.seconds) > 0 for each in measured)
    promised = [each for each in found if isinstance(each, Target)]
    assert promised
    assert [each for each in promised if each.limit == 0 and not each.met] == []
