"""Changing a routine file without writing it anew: what a person wrote around the change stays as it was."""

from __future__ import annotations

from vistas.routine.editing.editing import edited

__all__ = ["edited"]
