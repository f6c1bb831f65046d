"""A routine's page: its family, what changed between versions, what was stopped looking at, and changing it."""

from __future__ import annotations

from dashboards.routines.changes import query_html
from dashboards.routines.fitting import offer as offer_to_fit
from dashboards.routines.naming import link, links_to_all, versions_named, walked_with
from dashboards.routines.page import draw
from dashboards.routines.saving import saving as saved

__all__ = ["draw", "link", "links_to_all", "offer_to_fit", "query_html", "saved", "versions_named", "walked_with"]
