"""What stands out about Velero's Backups and Schedules: one would restore the newest backup of a schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from connectors.kubernetes.judging.batch import LATE, SEVERAL
from connectors.kubernetes.judging.endpoints import Tables
from connectors.kubernetes.judging.finding import Finding, Morning, Seen, Severity, facts, span_in_words
from connectors.kubernetes.kinds.schedules import MANY

LONG_RUN = timedelta(hours=6)
IN_PART = frozenset({"PartiallyFailed", "FinalizingPartiallyFailed", "WaitingForPluginOperationsPartiallyFailed"})
FAILED = frozenset({"Failed", "FailedValidation"})
GOING_ON = frozenset({"New", "Queued", "ReadyToStart", "InProgress", "WaitingForPluginOperations", "Finalizing"})
LEAVING = "Deleting"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def judge_backups(tables: Tables, morning: Morning, *, whole: bool) -> Iterator[Finding]:  # noqa: ARG001 - its kin need it
    """Of a schedule the newest that ended, and what has been going on for long; of those made by hand each."""
    series: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for backup in tables["backups"]:
        alone = "" if backup["schedule"] else backup["name"]
        series[backup["namespace"], backup["schedule"], alone].append(backup)
    for backups in series.values():
        newest_first = sorted(backups, key=lambda one: one["started"] or _LONG_AGO, reverse=True)
        ended = [one for one in newest_first if one["status"] not in {*GOING_ON, LEAVING}]
        yield from _newest(ended, morning)
        for backup in newest_first:
            yield from _lasting(backup, morning)


def _newest(ended: Sequence[Seen], morning: Morning) -> Iterator[Finding]:
    wrong = list(takewhile(lambda one: one["status"] in FAILED | IN_PART, ended))
    if not wrong:
        return
    backup = wrong[0]
    at = backup["ended"] or backup["started"]
    if not backup["schedule"] and not morning.is_recent(at):
        return
    errors = f"{backup['errors']} error{'' if backup['errors'] == 1 else 's'}" if backup["errors"] else None
    row = f"the last {len(wrong)} of its schedule went wrong" if len(wrong) > 1 else None
    good = next(
        (one["ended"] or one["started"] for one in ended[len(wrong) :] if one["status"] == "Completed"), None
    )
    last_good = f"the last whole one is from {good:%Y-%m-%d %H:%M} UTC" if good else None
    what = "Saved only a part" if backup["status"] in IN_PART else f"Saved nothing ({backup['status']})"
    schedule = f"of schedule {backup['schedule']}" if backup["schedule"] else None
    yield _finding(
        "Backup", backup, what, at, Severity.FAILING, errors, backup["message"], row, last_good, schedule
    )


def _lasting(backup: Seen, morning: Morning) -> Iterator[Finding]:
    started = backup["started"]
    if backup["status"] in GOING_ON and morning.older(started, LONG_RUN):
        what = f"Has been going on for {span_in_words(morning.now - started)}"
        yield _finding("Backup", backup, what, started, Severity.WATCH, backup["status"])


def judge_backup_schedule(schedule: Seen, morning: Morning) -> Iterator[Finding]:
    plan = f"schedule {schedule['schedule']}"
    last = schedule["last_backup"]
    if schedule["status"] == "FailedValidation":
        what = "Makes no backups: it is not valid"
        yield _finding("Schedule", schedule, what, None, Severity.FAILING, schedule["message"], plan)
    elif schedule["paused"]:
        yield _finding("Schedule", schedule, "Is paused", last, Severity.WATCH, plan)
    else:
        yield from _overdue(schedule, morning, plan)


def _overdue(schedule: Seen, morning: Morning, plan: str) -> Iterator[Finding]:
    missed, due = schedule["missed_runs"] or 0, schedule["due_since"]
    if not missed or (missed < SEVERAL and not morning.older(due, LATE)):
        return
    number = f"{'at least ' if missed >= MANY else ''}{missed} backup{'' if missed == 1 else 's'}"
    what = f"Has missed {number}" if schedule["last_backup"] else f"Has never made a backup: {number} missed"
    yield _finding("Schedule", schedule, what, due, Severity.FAILING, plan)


def _finding(
    kind: str, seen: Seen, what: str, since: datetime | None, severity: Severity, *details: str | None
) -> Finding:
    return Finding(kind, seen["namespace"], seen["name"], what, since, severity, facts(*details))
