"""A routine written out as a Grafana dashboard, with what it does not show there as it does here."""

from __future__ import annotations

from vistas.exporting.dashboard import Exported, export_dashboard, write_dashboard

__all__ = ["Exported", "export_dashboard", "write_dashboard"]
