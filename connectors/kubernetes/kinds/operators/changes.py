"""One change to what runs, whoever made it: the columns of the look at changes."""

from __future__ import annotations

from datetime import datetime

from connectors.kubernetes.columns import TEXT, TIME, Holds, Row
from connectors.kubernetes.objects import Object, part, text

CHANGE: dict[str, Holds] = {
    "at": TIME,
    "kind": TEXT,
    "namespace": TEXT,
    "name": TEXT,
    "result": TEXT,
    "revision": TEXT,
    "by": TEXT,
    "details": TEXT,
}
CHANGE_KEY = ("kind", "namespace", "name", "revision", "result")
CHANGE_SPOKEN = ("revision", "result", "by", "details")


def change(
    kind: str, thing: Object, *, at: datetime | None, revision: str, result: str, by: str = "", details: str = ""
) -> Row:
    metadata = part(thing, "metadata")
    return {
        "at": at,
        "kind": kind,
        "namespace": text(metadata, "namespace"),
        "name": text(metadata, "name"),
        "revision": revision,
        "result": result,
        "by": by,
        "details": details,
    }
