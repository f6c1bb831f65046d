"""Routines that a team keeps as files: where they go, how they stand in git, and who else changed them."""

from __future__ import annotations

from dashboards.files.choosing import first_folder, folder
from dashboards.files.conflict import draw as draw_conflict
from dashboards.files.kept import draw as draw_file

__all__ = ["draw_conflict", "draw_file", "first_folder", "folder"]
