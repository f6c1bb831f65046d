"""`vistas compare` of two large mornings in the library, and the same in a browser.

On the command line it is from the start of Python to the last line printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import comparing_page
from benchmarks.many_looks import two_mornings
from benchmarks.processes import Ran, programs_in_turn, run
from benchmarks.result import Disagreement, Finding, Target
from vistas.store import Store

SECONDS = 2.0
MEGABYTES = 400
DIFFERENT = 1
TEXT = "as text"
WAYS = {TEXT: (), "as JSON": ("--json",)}
"""JSON tells eight times as many changes, each with its cells; what is promised is the text."""


def measure(rounds: int, small: bool) -> list[Finding]:
    looks, pods = (3, 100) if small else (30, 5_000)
    with tempfile.TemporaryDirectory() as folder:
        then, now = _kept(Path(folder), looks, pods)
        compare = partial(_compare, Path(folder), then, now)
        contenders: dict[str, Callable[[], Ran]] = {
            name: partial(compare, options) for name, options in WAYS.items()
        }
        task = f"two vistas of {looks} looks, {pods:,} pods each"
        ran = programs_in_turn(task, rounds, contenders, amount=2 * looks * pods, unit="pods")
        seen = list(comparing_page.measure(Path(folder), then, now, rounds, task))
    largest = max(each.peak_bytes or 0 for each in ran.values())
    return [
        *ran.values(),
        Target("two vistas compared on the command line", ran[TEXT].median, "at most", SECONDS, "s"),
        Target("two vistas compared: resident", largest / 1e6, "at most", MEGABYTES, "MB"),
        *seen,
    ]


def _kept(folder: Path, looks: int, pods: int) -> tuple[str, str]:
    """The ids of both, in a library in the folder."""
    store = Store.open(f"sqlite:///{folder}/vistas.db", folder / "blobs")
    then, now = two_mornings(looks, pods)
    for each in (then, now):
        store.put(each)
    store.close()
    return str(then.id), str(now.id)


def _compare(folder: Path, then: str, now: str, options: tuple[str, ...]) -> Ran:
    command = [sys.executable, "-m", "vistas.command_line", "compare", then, now, *options]
    ran = run(command, {**os.environ, "VISTAS_DATA": str(folder)}, may_end_with=DIFFERENT)
    if "changed" not in ran.output:
        raise Disagreement(f"nothing is different: {ran.output[:500]}")
    return ran
