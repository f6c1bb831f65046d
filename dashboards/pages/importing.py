"""Bring a dashboard, and look through what would come of it."""

from __future__ import annotations

from dashboards.importing import arranging, bringing
from dashboards.state import JOURNAL, id_in_url


def show() -> None:
    journal = id_in_url(JOURNAL)
    if journal:
        arranging.draw(journal)
    else:
        bringing.draw()


show()
