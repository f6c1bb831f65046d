"""Secrets that were typed in: each in a file of its own beside the settings, which only its owner reads."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from vistas import private
from vistas.connecting.credentials import SUFFIXES
from vistas.errors import SettingsError

FOLDER: Final = "secrets"


@dataclass(frozen=True, slots=True)
class SecretChange:
    """What a file held and holds; None where it was not there, or is not any more."""

    path: Path
    before: bytes | None = field(repr=False)
    after: bytes | None = field(repr=False)

    @property
    def undone(self) -> SecretChange:
        return SecretChange(self.path, self.after, self.before)


def path_of(folder: Path, name: str, key: str) -> Path:
    """Where the secret of a source is kept; `key` is the setting that names it."""
    return folder / FOLDER / f"{name}{SUFFIXES[key]}"


def as_written(path: Path, folder: Path) -> str:
    """How the settings in `folder` name it."""
    return path.relative_to(folder).as_posix()


def own_secrets(folder: Path, name: str, table: Mapping[str, Any]) -> dict[str, Path]:
    """The files that were made here for a source, and that its table names; by the setting that names each."""
    found: dict[str, Path] = {}
    for inner in (table, *(value for value in table.values() if isinstance(value, Mapping))):
        for key in SUFFIXES:
            mine = path_of(folder, name, key)
            named = inner.get(key)
            if isinstance(named, str) and folder / named == mine and mine.is_file():
                found[key] = mine
    return found


def read(path: Path) -> bytes | None:
    """None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}") from error


def carry_out(changes: Iterable[SecretChange], *, removals: bool) -> None:
    """Those that take a file away, or those that write one. SettingsError where that cannot be done."""
    for change in changes:
        if (change.after is None) == removals:
            try:
                _carry_out(change)
            except OSError as error:
                raise SettingsError(f"{change.path} cannot be written: {error.strerror or error}") from error


def _carry_out(change: SecretChange) -> None:
    if change.after is None:
        change.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            change.path.parent.rmdir()  # where nothing else is in it
        return
    private.make_folder(change.path.parent)
    private.close(change.path.parent)
    beside = change.path.with_name(f".{change.path.name}.new")
    beside.unlink(missing_ok=True)
    with private.create(beside) as file:
        file.write(change.after)
    beside.replace(change.path)
