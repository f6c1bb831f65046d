"""One's own routines that were begun and not saved yet, found again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import DRAFT, now, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.drafts import unfinished

SINCE: Final = timedelta(days=30)


def draw(but: UUID | None = None, *, most: int = 5) -> None:
    """A link to each, the one changed last first."""
    if not viewer.is_known():
        return
    found = unfinished(process.notebooks().drafts, viewer.name(), now() - SINCE)
    for journal, draft, begun in [each for each in found if each[0] != but][:most]:
        called = f" “{plain(draft.title)}”" if draft.title else ""
        kept = f" · {words.count(len(draft.stops), 'stop')}" if draft.stops else ""
        links.draw(
            Place.RECORD,
            f"Continue the routine{called} you began {words.when_in_sentence(begun, now(), zone())}{kept}",
            ":material/radio_button_checked:",
            {DRAFT: journal},
        )
