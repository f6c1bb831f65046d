"""Compare: two vistas as one page, which can be linked to; without two in the address, a choice of them."""

from __future__ import annotations

from uuid import UUID

from dashboards import ways
from dashboards.mornings.comparison import choosing, view
from dashboards.shared import process
from dashboards.state import NOW, THEN, id_in_url, parameter
from vistas.errors import VistaNotFound
from vistas.vista import Vista


def found(vista_id: UUID | None) -> Vista | None:
    try:
        return process.workspace().store.vista(vista_id) if vista_id else None
    except VistaNotFound:
        return None


def trouble(*pairs: tuple[str, Vista | None]) -> str:
    """What is wrong with the address."""
    lost = [name for name, vista in pairs if parameter(name) and vista is None]
    if not lost:
        return ""
    which = "The earlier morning" if lost == [THEN] else "The later morning" if lost == [NOW] else "Both mornings"
    return f"{which} could not be found: discarded, perhaps, or in someone else's store."


def show() -> None:
    then, now = found(id_in_url(THEN)), found(id_in_url(NOW))
    if then is None or now is None:
        choosing.nothing_yet(trouble((THEN, then), (NOW, now)))
        return
    view.draw(then, now, lambda: choosing.both(then, now))
    if then.id != now.id:
        ways.of_each(then, now)


show()
