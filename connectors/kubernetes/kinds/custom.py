"""Custom resources: what the server prints of them, and what all have in common: a phase, conditions, an age.

Where a controller writes more into `status` than conditions: Argo CD's `health` and `sync`, Velero's and others'
`phase`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from connectors.kubernetes.columns import NUMBER, TEXT, ObjectKind, Row
from connectors.kubernetes.kinds.verdicts import VERDICTS, verdicts
from connectors.kubernetes.objects import Object, moment, part, seconds_since, text
from connectors.kubernetes.resources import Resource
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

NAMED: Final = re.compile(r"([a-z0-9-]+)\.((?:[a-z0-9-]+\.)+[a-z]+)/(v[0-9]+(?:(?:alpha|beta)[0-9]+)?)")
_LIKE: Final = "applications.argoproj.io/v1alpha1"


def custom_kind(named: str) -> ObjectKind:
    """The kind of objects called `applications.argoproj.io/v1alpha1`: resource, group and version.

    Unobtainable where it is not called so: what has no group (secrets, configmaps) is no custom resource.
    """
    found = NAMED.fullmatch(named)
    if found is None:
        message = f"{named!r} is not the name of a custom resource." if named else "It is not said which resource."
        hint = f"Write its plural, group and version as in {_LIKE}; kubectl api-resources lists them."
        raise Unobtainable(GapReason.NOT_HERE, message, hint)
    name, group, version = found.groups()
    resource = Resource(name, (f"{group}/{version}",), comes_with="the operator that defines it")
    return ObjectKind(resource, _COLUMNS, custom_rows, spoken=_SPOKEN, printed=True)


def custom_rows(thing: Object, now: datetime) -> list[Row]:
    metadata, status = part(thing, "metadata"), part(thing, "status")
    return [
        {
            "namespace": text(metadata, "namespace"),
            "name": text(metadata, "name"),
            "phase": text(status, "phase"),
            "health": text(part(status, "health"), "status"),
            "sync": text(part(status, "sync"), "status"),
            **verdicts(thing, [("", status)]),
            "age_seconds": seconds_since(moment(metadata, "creationTimestamp"), now),
        }
    ]


_COLUMNS: Final = {
    "namespace": TEXT,
    "name": TEXT,
    "phase": TEXT,
    "health": TEXT,
    "sync": TEXT,
    **VERDICTS,
    "age_seconds": NUMBER,
}
_SPOKEN: Final = ("phase", "health", "sync", "reason", "message")
"""Whoever defines the resource decides what is printed in them, too."""
