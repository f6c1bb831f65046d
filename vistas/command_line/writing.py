"""How the command line writes: plain columns, one line a complaint, and nothing that drives a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from vistas.workspace import Workspace


def open_workspace() -> Workspace:
    """The workspace of whoever calls, from the environment and the working directory they call from."""
    from vistas.settings import load_settings
    from vistas.workspace import Workspace

    return Workspace.open(load_settings(os.environ, Path.cwd()))


def plain(text: str) -> str:
    """`text` on one line, without the characters by which a log line could drive somebody's terminal."""
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"} else letter for letter in text)


def say(text: str = "") -> None:
    click.echo(plain(text))


def say_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=True, indent=2, allow_nan=False))


def complain(text: str) -> None:
    click.echo(f"vistas: {plain(text)}", file=sys.stderr)


def say_columns(rows: Iterable[Sequence[str]]) -> None:
    """Rows of cells, each column as wide as its widest cell, the last as long as it likes."""
    cells = [[plain(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
