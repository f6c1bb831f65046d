"""The app on a walk of which every stop is one chart of 10 series × 720 points: `python -m benchmarks.wide_walk`.

Flags are those of `vistas open`.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from tests.browser.stage_data import DAY, END, series_frame
from vistas.routine import Routine
from vistas.settings import load_settings
from vistas.snapshot import Provenance, Snapshot, Window
from vistas.vista import Vista
from vistas.workspace import Workspace

VISTA = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
SERIES, POINTS, STOPS = 10, 720, 6
LOOK = {"look": "rate", "title": "Rate", "source": "prometheus", "take": "range", "query": "up"}
WORDS = {"question": "How much?", "why": "To see.", "normal": "As ever.", "plainly": "A chart."}
ROUTINE = Routine.model_validate(
    {
        "routine": "wide",
        "title": "Wide",
        "about": "Charts.",
        "stops": [
            {"stop": f"stop-{number}", "title": f"Chart {number}", "looks": [LOOK], **WORDS}
            for number in range(STOPS)
        ],
    }
)


def wide_vista() -> Vista:
    window = Window.ending(END, DAY)
    provenance = Provenance("prometheus", "prometheus", "up", window, END, timedelta(seconds=1))
    snapshots = [
        Snapshot(stop.stop, "rate", series_frame([f"{stop.stop}-{place}" for place in range(SERIES)]), provenance)
        for stop in ROUTINE.stops
    ]
    return Vista(VISTA, ROUTINE, window, author="Maya", begun_at=END, snapshots=tuple(snapshots))


if __name__ == "__main__":
    Workspace.open(load_settings(os.environ, Path.cwd())).store.put(wide_vista())
    command = [sys.executable, "-m", "vistas.command_line", "open", "--no-browser", *sys.argv[1:]]
    os.execv(sys.executable, command)
