"""What somebody pasted, as a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

from vistas.extensions.discovery import Machine


def path_of(pasted: str, machine: Machine) -> Path:
    """Absolute, with `~` as the home that is looked in."""
    if pasted == "~" or pasted.startswith("~/"):
        return machine.home / pasted[2:]
    return machine.folder / pasted.removeprefix("file://")


def is_path(pasted: str, machine: Machine) -> bool:
    """Whether it is written as a path, or is there."""
    if "\0" in pasted or re.match(r"(?i)[a-z][a-z0-9+.-]*://", pasted.removeprefix("file://")):
        return False
    return pasted.startswith(("/", "~", "./", "../", "file://")) or os.path.lexists(path_of(pasted, machine))
