"""How the command line writes: plain columns, one line a complaint, no secrets, nothing that drives a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vistas.redaction import doors

if TYPE_CHECKING:
    from vistas.settings import Settings
    from vistas.store import Store
    from vistas.workspace import Workspace


def settings_here() -> Settings:
    """The settings of whoever calls, from the environment and the working directory they call from.

    Their rules say from then on what is masked in all that is written.
    """
    from vistas.settings import load_settings

    settings = load_settings(os.environ, Path.cwd())
    doors.use(settings.redactor(keep_key=False))
    return settings


def open_workspace() -> Workspace:
    """The workspace of whoever calls."""
    from vistas.workspace import Workspace

    workspace = Workspace.open(settings_here())
    doors.use(workspace.redactor)
    return workspace


def open_store() -> Store:
    """The library of whoever calls, without what their sources need."""
    from vistas.store import Store

    settings = settings_here()
    return Store.open(settings.store.database, settings.store.blobs)


def plain(text: str) -> str:
    """`text` on one line, without the characters by which a log line could drive somebody's terminal."""
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} else letter for letter in text)


def say(text: str = "") -> None:
    click.echo(plain(doors.masked(text)))


def say_json(value: Any) -> None:
    click.echo(json.dumps(doors.masked_json(value), ensure_ascii=True, indent=2, allow_nan=False))


def complain(text: str) -> None:
    click.echo(f"vistas: {plain(doors.masked(text))}", file=sys.stderr)


def show_progress(line: str) -> None:
    """In place of the last such line of a terminal; an empty one wipes it."""
    click.echo(f"\r\x1b[K{plain(doors.masked(line))}", nl=False, file=sys.stderr)


def say_columns(rows: Iterable[Sequence[str]]) -> None:
    """Rows of cells, each column as wide as its widest cell, the last as long as it likes."""
    cells = [[plain(doors.masked(cell)) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
