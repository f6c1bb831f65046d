"""Routines as files in a team's folders: read when they changed, written where nobody else wrote meanwhile."""

from __future__ import annotations

from vistas.routine.folder.reading import FileRead, read_file
from vistas.routine.folder.watching import Folders
from vistas.routine.folder.writing import create_file, write_file

__all__ = ["FileRead", "Folders", "create_file", "read_file", "write_file"]
