"""Writes vistas to files: the suffix decides the format, and a file is written completely or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vistas.vista import Vista

ENDINGS = (".vista", ".html", ".md")


def check_ending(path: Path, endings: Sequence[str] = ENDINGS) -> None:
    if path.suffix not in endings:
        *others, last = endings
        raise click.UsageError(f"{path} must end in {', '.join(others)}{' or ' if others else ''}{last}")
    if not path.parent.is_dir():
        raise click.UsageError(f"{path.parent} is not a folder")


def write_file(vista: Vista, path: Path) -> None:
    """As `replace_file`, in the format that the suffix says."""
    replace_file(path, _written(vista, path.suffix))


def replace_file(path: Path, content: bytes) -> None:
    """Replaces what is there, in one step. An OSError names `path`, whatever could not be done."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)


def _written(vista: Vista, ending: str) -> bytes:
    if ending == ".html":
        from vistas.sharing import write_page

        return write_page(vista).encode()
    if ending == ".md":
        from vistas.sharing import write_markdown

        return write_markdown(vista).encode()
    from vistas.sharing import write_bundle

    buffer = BytesIO()
    write_bundle(vista, buffer)
    return buffer.getvalue()
