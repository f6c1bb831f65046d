"""Alertmanager as a source: what is firing, and what has been silenced."""

from __future__ import annotations

from connectors.alertmanager.source import AlertmanagerSource

__all__ = ["AlertmanagerSource"]
