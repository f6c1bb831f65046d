"""What a walk is drawn of, alone and in a session: the stop with its margin, and the way from stop to stop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.components import keys
from dashboards.expertise import draw_who_knows
from dashboards.mornings import eyes, stale
from dashboards.shared import process
from dashboards.shared.gatherings import Gathering
from dashboards.state import now, session, zone
from dashboards.ui.plain import plain
from dashboards.walk import detour, margin, progress, rail
from dashboards.walk import stop as stop_view
from vistas.routine import Stop
from vistas.vista import Vista, new_id
from vistas.vista.presence import stops_aside

HINT = (
    "Drag across a chart (press and hold on a touchscreen) or click a row to attach a notice to the data itself. "
    "**?** shows the keys."
)
Go = Callable[[str], None]


def arrive(vista: Vista, stop: Stop) -> bool:
    """Note where one with a name stands, once each time they get there, as long as the vista is being walked."""
    me = session()
    walk_id = me.walks.setdefault(vista.id, new_id())
    if not viewer.is_known() or vista.saved_at is not None or me.standing == (vista.id, stop.stop):
        return False
    process.workspace().store.arrive(vista.id, walk_id, viewer.name(), stop.stop, now())
    me.standing = (vista.id, stop.stop)
    return True


def seen(vista: Vista) -> set[str]:
    walk_id = session().walks.get(vista.id)
    return {step.stop for walk in vista.walks if walk.id == walk_id for step in walk.steps}


def under_way(vista_id: UUID | None) -> Gathering | None:
    gathering = process.gatherings().of(vista_id) if vista_id else None
    return None if gathering is None or gathering.finished else gathering


def aside(vista: Vista) -> frozenset[str]:
    """The stops that have nothing to show: they can be opened, and the way on passes them by."""
    return stops_aside(vista, stale.lost_by(vista))


def first(vista: Vista) -> Stop:
    """The stop to begin at: the first that is not aside, if there is one."""
    passed_by = aside(vista)
    return next((stop for stop in vista.routine.stops if stop.stop not in passed_by), vista.routine.stops[0])


def way(vista: Vista, stop: Stop, to: Go) -> None:
    """Whose eyes it is seen through, the rail, the keys that jump along it, and how the gathering goes."""
    eyes.draw_head(vista)
    rail.draw(vista.routine, stop.stop, seen(vista), to, eyes.places(vista), aside(vista))
    jumped = keys(len(vista.routine.stops), key="keys", replies=vista.eyes is not None)
    if jumped:
        to(vista.routine.stops[jumped - 1].stop)
        st.rerun()
    progress.draw(vista, process.gatherings().of(vista.id))


def stop_and_margin(vista: Vista, stop: Stop, beside: Callable[[], None] = lambda: None) -> None:
    """The evidence, and in the margin what was noticed; `beside` draws above that."""
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    notices = vista.noticed_at(stop.stop)
    gathering = process.gatherings().of(vista.id)
    with grid.cell(column_span=2):
        stop_view.draw(
            vista,
            stop,
            notices,
            zone=zone(),
            gathering=gathering,
            writable=True,
            earlier=eyes.earlier_marks(vista, stop.stop),
            before=partial(eyes.before_detour, vista, stop.stop),
        )
        detour.draw(vista, stop)
    with grid.cell():
        beside()
        eyes.draw_notices(vista, stop.stop)
        margin.draw(vista, stop.stop, notices, zone=zone(), hint=HINT)
        draw_who_knows(vista, stop.stop)


def foot(vista: Vista, stop: Stop, to: Go, at_the_end: Callable[[], None]) -> None:
    """Back and on; after the last stop what `at_the_end` draws."""
    before, after = rail.steps(vista.routine, stop.stop, aside(vista))
    titles = {each.stop: plain(each.title) for each in vista.routine.stops}
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="foot"):
        if before:
            st.button(
                titles[before],
                icon=":material/arrow_back:",
                type="tertiary",
                on_click=to,
                args=(before,),
                shortcut="Left",
                key="back",
            )
        else:
            st.space("small")
        if after:
            st.button(
                f"Next: {titles[after]}",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary",
                on_click=to,
                args=(after,),
                shortcut="Right",
                key="next",
            )
        else:
            at_the_end()
