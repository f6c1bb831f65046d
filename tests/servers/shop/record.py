"""Makes the bundled recordings: each morning gathered from the shop's real servers, and walked by two teammates.

What is real: Prometheus, kube-apiserver with etcd, nginx, all their answers, and the project's own gathering.
What is made: the shop's metrics and objects (seeded, always the same), and who visited it when. A night
lasts too long to wait for, so nginx logs the time that each request brings along, and the gathering runs
with its clock at the morning's half past seven.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.servers.cache import progress
from tests.servers.clock import clock_at
from tests.servers.process import ServerError
from tests.servers.shop.mornings import MORNINGS, Morning, Said
from tests.servers.shop.running import Shop, shop
from vistas.charts.ridges import ridges
from vistas.gathering.gather import gather
from vistas.redaction import Redactor
from vistas.routine import Routine
from vistas.routine.file import built_in_routines
from vistas.sharing import write_bundle
from vistas.snapshot import Frame, Snapshot, Window
from vistas.source import Deadline, build_source
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import Notice

RECORDINGS = Path(__file__).parents[3] / "vistas" / "recordings"
PSEUDONYMS = b"lantern books: no visitor is real"
"""The key of the clients' pseudonyms; their addresses are out of the ranges for documentation."""
GATHERS_WITHIN = timedelta(seconds=60)
ATTEMPTS = 3
"""libfaketime crashes a program of many threads once in a long while."""
LOG_FOLDER = re.compile(r"/\S*/(?=controller-\d+\.log)")
AT_A_STOP = timedelta(seconds=48)
FOR_A_NOTICE = timedelta(seconds=17)
SECOND_WALKER_LATER = timedelta(minutes=25)


def main() -> int:
    """Record every morning; or, told which and from where, gather that one with this process's own clock."""
    parser = argparse.ArgumentParser(prog="scripts/record-demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=RECORDINGS, help="the folder the recordings go to")
    parser.add_argument("--gather", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--sources", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.gather is not None:
        record(MORNINGS[asked.gather], asked.sources, asked.out)
        return 0
    for number, morning in enumerate(MORNINGS):
        progress(f"{morning.title}: building the shop as it was that morning")
        with shop(morning.moment) as running:
            _gather_in_the_morning(number, running, asked.out)
    return 0


def _gather_in_the_morning(number: int, running: Shop, out: Path) -> None:
    morning = datetime.fromtimestamp(MORNINGS[number].moment, UTC)
    told = ["--gather", str(number), "--sources", json.dumps(sources(running)), "--out", str(out)]
    command = [sys.executable, "-X", "faulthandler", "-m", __spec__.name, *told]
    for attempt in range(1, ATTEMPTS + 1):
        ended = subprocess.run(command, env=clock_at(morning), check=False).returncode
        if ended == 0:
            return
        if ended > 0 or attempt == ATTEMPTS:
            raise ServerError(f"gathering ended with {ended}")
        progress(f"gathering was brought down by signal {-ended}; once more")


def sources(running: Shop) -> dict[str, dict[str, Any]]:
    """The shop's servers as vistas.toml would describe them."""
    return {
        "prometheus": {"type": "prometheus", "url": running.prometheus.url},
        "kubernetes": {"type": "kubernetes", "kubeconfig": str(running.kube_api.kubeconfig)},
        "ingress": {"type": "ingress", "files": [str(log) for log in running.logs]},
    }


def record(morning: Morning, tables: dict[str, dict[str, Any]], out: Path) -> None:
    """Gather the landscape, walk it, and write the recording."""
    redactor = Redactor(PSEUDONYMS)
    connected = [build_source(name, table, redactor) for name, table in tables.items()]
    routine = built_in_routines()[0]
    begun = datetime.fromtimestamp(morning.moment, UTC)
    window = Window.ending(begun, routine.window)
    deadline = Deadline(GATHERS_WITHIN)
    snapshots = gather(routine, connected, window, deadline=deadline, redactor=redactor)
    if gaps := [snapshot for snapshot in snapshots if not isinstance(snapshot.content, Frame)]:
        raise ServerError(f"not everything was gathered: {gaps}")
    vista = Vista(
        id=new_id(),
        routine=routine,
        window=window,
        author=morning.author,
        begun_at=begun,
        title=morning.title,
        origin="recording",
        snapshots=tuple(without_folder(snapshot) for snapshot in snapshots),
        ridges=ridges(snapshots),
        **walked(morning, routine, snapshots, begun),
    )
    target = out / morning.file
    with target.open("wb") as file:
        write_bundle(vista, file)
    progress(f"{target.name}: {target.stat().st_size / 1024:.0f} KiB, {len(snapshots)} looks")


def without_folder(snapshot: Snapshot) -> Snapshot:
    """The logs' names alone: the folder they lay in was made for the recording and is gone."""
    provenance = snapshot.provenance
    return replace(snapshot, provenance=replace(provenance, query=LOG_FOLDER.sub("", provenance.query)))


def walked(morning: Morning, routine: Routine, snapshots: tuple[Snapshot, ...], begun: datetime) -> dict[str, Any]:
    """The walks and notices of all teammates, and when the first of them saved the vista."""
    walks, notices, starts = [], [], begun + timedelta(seconds=40)
    for walker, said in morning.walks.items():
        steps = _steps(routine, said, starts)
        walks.append(Walk(new_id(), walker, steps))
        notices += _notices(walker, said, steps, snapshots)
        starts += SECOND_WALKER_LATER
    return {"walks": tuple(walks), "notices": tuple(notices), "saved_at": walks[0].steps[-1].left_at}


def _steps(routine: Routine, said: tuple[Said, ...], starts: datetime) -> tuple[Step, ...]:
    """One step a stop, the longer the more was said there."""
    arrivals = [starts]
    for stop in routine.stops:
        written = sum(one.stop == stop.stop for one in said)
        arrivals.append(arrivals[-1] + AT_A_STOP + written * FOR_A_NOTICE)
    spans = zip(routine.stops, pairwise(arrivals), strict=True)
    return tuple(Step(stop.stop, arrived, left) for stop, (arrived, left) in spans)


def _notices(
    walker: str, said: tuple[Said, ...], steps: tuple[Step, ...], snapshots: tuple[Snapshot, ...]
) -> list[Notice]:
    """Each written a while after its walker came to the stop; marked on what was gathered there."""
    written = {step.stop: step.arrived_at + AT_A_STOP / 2 for step in steps}
    notices = []
    for one in said:
        here = [snapshot for snapshot in snapshots if snapshot.stop == one.stop]
        written[one.stop] += FOR_A_NOTICE
        notices.append(
            Notice(
                id=new_id(),
                stop=one.stop,
                author=walker,
                kind=one.kind,
                text=one.text,
                anchor=one.mark.anchor(here),
                written_at=written[one.stop],
            )
        )
    return notices


if __name__ == "__main__":
    sys.exit(main())
