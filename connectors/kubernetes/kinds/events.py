"""What the cluster said happened. Events live for an hour by default: an overnight story needs a collector.

Core events and events.k8s.io are two views of one store; the core one is listed. Any of their times may be null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from connectors.kubernetes.columns import TEXT, TIME, WHOLE, ObjectKind, Row
from connectors.kubernetes.objects import Object, count, latest, moment, part, text
from connectors.kubernetes.resources import EVENTS


def event_rows(event: Object, now: datetime) -> list[Row]:  # noqa: ARG001 - an event has times of its own
    about, series, metadata = part(event, "involvedObject"), part(event, "series"), part(event, "metadata")
    created = moment(metadata, "creationTimestamp")
    last = (
        moment(series, "lastObservedTime")
        or moment(event, "lastTimestamp")
        or moment(event, "eventTime")
        or created
    )
    return [
        {
            "type": text(event, "type"),
            "reason": text(event, "reason"),
            "kind": text(about, "kind"),
            "namespace": text(about, "namespace") or text(metadata, "namespace"),
            "object": text(about, "name"),
            "message": text(event, "message"),
            "count": max(1, count(series, "count"), count(event, "count")),
            "first": moment(event, "firstTimestamp") or moment(event, "eventTime") or created,
            "last": last,
        }
    ]


def group_events(rows: Iterable[Row]) -> list[Row]:
    """One row for what was said of one object for one reason, with the newest message; newest first."""
    groups: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(row[name] for name in KIND.key)
        known = groups.get(key)
        groups[key] = row if known is None else _together(known, row)
    return sorted(groups.values(), key=lambda row: (row["last"] is not None, row["last"]), reverse=True)


def _together(one: Row, other: Row) -> Row:
    newest = latest(one["last"], other["last"])
    firsts = [at for at in (one["first"], other["first"]) if at is not None]
    return {
        **(other if other["last"] == newest else one),
        "count": one["count"] + other["count"],
        "first": min(firsts, default=None),
        "last": newest,
    }


KIND = ObjectKind(
    EVENTS,
    {
        "type": TEXT,
        "reason": TEXT,
        "kind": TEXT,
        "namespace": TEXT,
        "object": TEXT,
        "message": TEXT,
        "count": WHOLE,
        "first": TIME,
        "last": TIME,
    },
    event_rows,
    key=("type", "reason", "kind", "namespace", "object"),
)
