"""Logs given on the command line, in place of every source of ingress logs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from vistas.extensions.logs import STREAM

if TYPE_CHECKING:
    from vistas.routine import Routine
    from vistas.workspace import Workspace

INGRESS = "ingress"
WHERE = ("files", "pods", "loki", "victoria_logs", "clickhouse")
"""The settings of an ingress source that say where its logs are."""


def with_logs(workspace: Workspace, routine: Routine, files: Sequence[str]) -> Workspace:
    """The workspace with one source that reads these files, named as the routine asks for it.

    It keeps the settings of the source it stands in for; recordings are left out beside it.
    """
    from vistas.source import build_source

    _insist_on_a_log(files)
    name = _asked_for(workspace, routine)
    table = {key: value for key, value in workspace.settings.sources.get(name, {}).items() if key not in WHERE}
    given = build_source(name, {**table, "type": INGRESS, "files": list(files)}, workspace.redactor)
    others = () if workspace.on_recordings else workspace.sources
    return replace(workspace, sources=(given, *(source for source in others if source.type != INGRESS)))


def _insist_on_a_log(files: Sequence[str]) -> None:
    if STREAM not in files:
        return
    if len(files) > 1:
        raise click.UsageError("standard input (-) cannot be combined with files")
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError(
            "standard input is a terminal: pipe a log into it, such as journalctl -u nginx -o cat"
        )


def _asked_for(workspace: Workspace, routine: Routine) -> str:
    """What the one source of ingress logs has to be called, so that all looks at such logs find it."""
    from vistas.source import source_types

    tables, types = workspace.settings.sources, source_types()
    connected = [name for name, table in tables.items() if table["type"] == INGRESS]
    unknown = {
        look.source
        for _, look in routine.looks()
        if look.source not in (*tables, *types) and look.take in types[INGRESS].takes
    }
    named = sorted({look.source for _, look in routine.looks()} & {*connected, *unknown})
    if len(named) > 1:
        message = (
            f"{routine.routine} asks several ingress sources ({', '.join(named)}): a log can stand in for only one"
        )
        raise click.UsageError(message)
    if named:
        return named[0]
    return (
        connected[0]
        if len(connected) == 1
        else next(name for name in ("logs", "given-logs") if name not in tables)
    )
