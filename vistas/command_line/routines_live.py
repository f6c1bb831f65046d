"""`vistas routines check --live`: every look of a routine asked now, for pipelines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vistas.command_line.writing import complain, open_workspace, say, say_json
from vistas.errors import RoutineError
from vistas.formatting.counts import counted

if TYPE_CHECKING:
    from vistas.routine import Look, Routine
    from vistas.snapshot import Snapshot
    from vistas.workspace import Workspace

Finding = dict[str, Any]


def check_live(names: Sequence[str], *, as_json: bool) -> int:
    """0 where every look has what it asks for, 1 where one has not, 2 where a file is wrong or a source away."""
    workspace = open_workspace()
    findings: list[Finding] = []
    mistakes: list[str] = []
    for name in names or [routine.routine for routine in workspace.routines()]:
        try:
            routine = workspace.find_routine(name)
            findings += _findings(workspace, routine)
        except RoutineError as mistake:
            mistakes.append(str(mistake))
        except ValueError as mistake:
            mistakes.append(f"{name}: {mistake}: walk it with a default")
    if as_json:
        say_json({"findings": findings, "mistakes": mistakes})
    else:
        _print(findings, mistakes)
    if mistakes or any(each["status"] == "unreachable" for each in findings):
        return 2
    return 1 if findings else 0


def _findings(workspace: Workspace, routine: Routine) -> Iterator[Finding]:
    """Of looks at sources that are connected."""
    from vistas.gathering.gather import gather
    from vistas.source import Deadline

    walked = routine.choosing({})
    snapshots = gather(
        walked,
        workspace.sources,
        workspace.window(datetime.now(UTC), routine.window),
        deadline=Deadline(workspace.settings.gather.deadline),
        redactor=workspace.redactor,
    )
    looks = {(stop.stop, look.look): look for stop, look in walked.looks()}
    for snapshot in snapshots:
        if status := _status(snapshot):
            yield _finding(workspace, routine, looks[snapshot.stop, snapshot.look], snapshot, status)


def _status(snapshot: Snapshot) -> str:
    from vistas.snapshot import GapReason
    from vistas.vista.good_news import is_good_news

    absent = snapshot.provenance.absent
    if absent and all(map(is_good_news, absent)):
        return ""
    if snapshot.gap is None:
        return "absent" if absent else ""
    match snapshot.gap.reason:
        case GapReason.NO_SOURCE | GapReason.DAMAGED:
            return ""
        case GapReason.NOT_HERE:
            return "absent"
        case GapReason.UNREACHABLE | GapReason.TOO_SLOW | GapReason.CANCELLED:
            return "unreachable"
        case _:
            return "failed"


def _finding(workspace: Workspace, routine: Routine, look: Look, snapshot: Snapshot, status: str) -> Finding:
    found: Finding = {
        "routine": routine.routine,
        "stop": snapshot.stop,
        "look": look.look,
        "source": snapshot.source,
        "status": status,
        "reason": snapshot.gap.message if snapshot.gap else _missing(snapshot),
        "suggestion": None,
    }
    if status == "absent":
        found["suggestion"] = _suggestion(workspace, routine, look, snapshot)
    return found


def _missing(snapshot: Snapshot) -> str:
    def told(metric: str, label: str, operator: str, value: str) -> str:
        if not label:
            return f"{metric} is not there"
        return (
            f'no series of {metric} has {label}{operator}"{value}"'
            if operator
            else f"{metric} has no label {label}"
        )

    return "; ".join(
        told(each.metric, each.label, each.operator, each.value) for each in snapshot.provenance.absent
    )


def _suggestion(workspace: Workspace, routine: Routine, look: Look, snapshot: Snapshot) -> Finding | None:
    """The likeliest by the tables that has an answer now."""
    from vistas.gathering.gather import take_one
    from vistas.mornings.stale import mendings
    from vistas.source import Deadline

    for mending in mendings(look, snapshot.provenance.absent):
        taken = take_one(
            snapshot.stop,
            mending.look.model_copy(update={"source": snapshot.source}),
            workspace.sources,
            workspace.window(datetime.now(UTC), routine.window),
            deadline=Deadline(workspace.settings.gather.deadline),
            redactor=workspace.redactor,
        )
        if series := sum(each.frame.rows for each in taken if each.frame is not None):
            return {"queries": list(mending.look.asked), "series": series, "why": mending.happened}
    return None


def _print(findings: Sequence[Finding], mistakes: Sequence[str]) -> None:
    for each in findings:
        where = f"{each['routine']}: {each['stop']}/{each['look']} on {each['source']}"
        say(f"{where}: {each['status']}: {each['reason']}")
        if suggestion := each["suggestion"]:
            say(f"  {suggestion['why']} {counted(suggestion['series'], 'answer')} to: {suggestion['queries'][0]}")
    for mistake in mistakes:
        complain(mistake)
    if not findings and not mistakes:
        say("Every look has what it asks for.")
