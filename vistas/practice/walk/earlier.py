"""What was noticed here on earlier mornings, as far as a viewer may see it now."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from vistas.practice.notebook import Notebook
from vistas.practice.session import Session, SessionEntry
from vistas.practice.walk.first_look import lasting_by_vista
from vistas.store import EarlierNotice, Place, Store
from vistas.vista import Vista

AT_MOST: Final = 20


def earlier_here(
    store: Store,
    sessions: Notebook[Session, SessionEntry],
    vista: Vista,
    stop: str,
    look: str = "",
    *,
    viewer: str,
    now: datetime,
    limit: int = AT_MOST,
) -> tuple[EarlierNotice, ...]:
    """Notices of earlier mornings of this routine at a stop, or on one look of it; the newest first.

    Where a first look lasts, upon the vista that a notice is in or upon `vista` itself, only the viewer's own are
    there: what others noticed is kept back until one has looked oneself.
    """
    place = Place(vista.routine.routine, stop, look)
    looks = lasting_by_vista(sessions, now)
    hidden = {about for about, stops in looks.items() if stop in stops}
    found = store.earlier_notices(place, before=vista.begun_at, limit=limit)
    return tuple(each for each in found if each.notice.author == viewer or not hidden & {vista.id, each.vista})
