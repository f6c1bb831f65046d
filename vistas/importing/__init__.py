"""Dashboards of Grafana and Perses as routines, with a report of what was carried and what was not: in = both."""

from __future__ import annotations

from vistas.importing.arranging import can_join, cut, joined, reworded
from vistas.importing.importing import Import, Imported, import_dashboards
from vistas.importing.naming import Slugs
from vistas.importing.proposal import MOST_PROPOSED, Proposal, propose
from vistas.importing.reading.documents import LONGEST
from vistas.importing.reading.unwrapping import Form, Unusable
from vistas.importing.report import Remark, Report, Thing

__all__ = [
    "LONGEST",
    "MOST_PROPOSED",
    "Form",
    "Import",
    "Imported",
    "Proposal",
    "Remark",
    "Report",
    "Slugs",
    "Thing",
    "Unusable",
    "can_join",
    "cut",
    "import_dashboards",
    "joined",
    "propose",
    "reworded",
]
