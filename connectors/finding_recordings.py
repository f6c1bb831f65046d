"""Finds recordings: .vista files that can stand in for live tools."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.discovery import is_path, path_of
from connectors.recording import RecordingSource
from vistas.extensions.discovery import Introduction, Machine, Offer, Standing
from vistas.redaction import Redactor
from vistas.source import Deadline


def here(machine: Machine, *, asking: bool) -> Iterator[Offer]:
    """None: whoever has one knows where it is."""
    del machine, asking
    yield from ()


def meant(pasted: str, machine: Machine) -> Iterator[Offer]:
    path = path_of(pasted, machine) if is_path(pasted, machine) else None
    if path is not None and path.suffix == ".vista" and path.is_file():
        yield Offer("recording", {"type": "recording", "file": str(path)}, f"{path} is a recording.", path.name)


def introduce(offer: Offer, redactor: Redactor, deadline: Deadline) -> Introduction:
    table = {key: value for key, value in offer.table.items() if key != "type"}
    health = RecordingSource.from_settings(offer.name, table, redactor).check(deadline)
    standing = Standing.ANSWERS if health.ok else Standing.SOMETHING_ELSE
    contents = health.message.removeprefix("A recording of ").rstrip(".") if health.ok else ""
    return Introduction(standing, health.message, health.hint, health.took, tool="recording", contents=contents)
