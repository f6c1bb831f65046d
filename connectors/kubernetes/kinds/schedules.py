"""When a CronJob should have run. Syntax: Kubernetes documentation, "CronJob", that of robfig/cron."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

MANY = 100
"""Runs are counted so far."""
SLACK = timedelta(minutes=5)
"""How late a run may begin before it counts as missed."""
WESTERNMOST = timedelta(hours=12)
"""How far a controller's clock may be behind UTC."""

_OFFSETS = sorted(range(-12 * 60, 14 * 60 + 1, 30), key=abs)
_MOMENT = timedelta(seconds=1)
_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_EVERY = re.compile(r"@every\s+((?:\d+(?:\.\d+)?(?:h|m|s))+)\Z")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)(h|m|s)")
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_ZONED = re.compile(r"(?:CRON_)?TZ=(\S+)\s+(.+)\Z")


@dataclass(frozen=True, slots=True)
class Missed:
    """How many runs were due and did not come, up to MANY, and when the first of them was due."""

    runs: int
    first: datetime | None


def missed_runs(
    schedule: str, time_zone: str, last: datetime | None, made: datetime | None, now: datetime
) -> Missed | None:
    """Runs that were due after the last one, or since it was made; None where that cannot be told.

    Without a time zone the controller's own counts, which nobody tells: the last run shows it.
    """
    since = last or made
    if since is None:
        return None
    zoned = _ZONED.match(schedule.strip())
    zone, plan = zoned.groups() if zoned else (time_zone, schedule.strip())
    until = now - SLACK
    try:
        if every := _EVERY.match(plan):
            return _each(_span(every[1]), since, until)
        plan = _MACROS.get(plan, plan).replace("?", "*")
        if zone:
            return _by_plan(plan, ZoneInfo(zone), since, until)
        return _by_plan(plan, _shown_zone(plan, last), since, until if last else until - WESTERNMOST)
    except (CronSimError, LookupError, ValueError, OverflowError, OSError):
        return None


def _shown_zone(plan: str, last: datetime | None) -> tzinfo:
    """The zone nearest to UTC in which a run was due at that time."""
    if last is None:
        return UTC
    for minutes in _OFFSETS:
        zone = timezone(timedelta(minutes=minutes))
        if next(CronSim(plan, (last - _MOMENT).astimezone(zone))) == last:
            return zone
    return UTC


def _span(said: str) -> timedelta:
    return timedelta(seconds=sum(float(number) * _SECONDS[unit] for number, unit in _SPAN.findall(said)))


def _each(span: timedelta, last: datetime, until: datetime) -> Missed | None:
    if span < timedelta(seconds=1):
        return None
    runs = max(0, (until - last) // span)
    return Missed(min(runs, MANY), last + span if runs else None)


def _by_plan(plan: str, zone: tzinfo, last: datetime, until: datetime) -> Missed:
    first, runs = None, 0
    for due in CronSim(plan, last.astimezone(zone)):
        if due > until or runs == MANY:
            break
        first, runs = first or due.astimezone(UTC), runs + 1
    return Missed(runs, first)
