"""What vistas.toml and the environment may say, and how it is read."""

from __future__ import annotations

from vistas.settings.file import load_settings
from vistas.settings.model import NOBODY_KNOWN, GrafanaSettings, Settings

__all__ = ["NOBODY_KNOWN", "GrafanaSettings", "Settings", "load_settings"]
