"""What vistas.toml and the environment may say, and how it is read."""

from __future__ import annotations

from vistas.settings.file import load_settings
from vistas.settings.model import NOBODY_KNOWN, GrafanaSettings, PausedSource, Settings

__all__ = ["NOBODY_KNOWN", "GrafanaSettings", "PausedSource", "Settings", "load_settings"]
