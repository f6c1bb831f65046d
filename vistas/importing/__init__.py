"""Dashboards of Grafana and Perses as routines, with a report of what was carried and what was not: in = both."""

from __future__ import annotations

from vistas.importing.importing import Import, Imported, import_dashboards
from vistas.importing.naming import Slugs
from vistas.importing.reading.documents import LONGEST
from vistas.importing.reading.unwrapping import Form, Unusable
from vistas.importing.report import Remark, Report, Thing

__all__ = [
    "LONGEST",
    "Form",
    "Import",
    "Imported",
    "Remark",
    "Report",
    "Slugs",
    "Thing",
    "Unusable",
    "import_dashboards",
]
