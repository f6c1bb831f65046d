"""The walk: stop by stop through this morning's landscape, marking what one notices."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from dashboards import detour_box, margin, process, progress_line, rail, stop_view, viewer, way_back, who_knows
from dashboards.components import keys
from dashboards.gatherings import Gathering
from dashboards.gone import vista_in_url
from dashboards.places import Place, go
from dashboards.plain import plain
from dashboards.state import STOP, VISTA, id_in_url, now, parameter, place, session, zone
from vistas.routine import Stop
from vistas.vista import Vista, new_id

HINT = "Drag across a chart, or click a row, to hang a notice on the data itself. **?** shows the keys."


def to(stop: str) -> None:
    place(stop=stop)


def here(vista: Vista) -> Stop:
    """The stop in the URL; the first one where there is none or it is not in this routine."""
    return vista.stop(parameter(STOP)) or vista.routine.stops[0]


def arrive(vista: Vista, stop: Stop) -> None:
    """Note where one stands, once each time one gets there, as long as the vista is being walked."""
    me = session()
    walk_id = me.walks.setdefault(vista.id, new_id())
    if vista.saved_at is not None or me.standing == (vista.id, stop.stop):
        return
    process.workspace().store.arrive(vista.id, walk_id, viewer.name(), stop.stop, now())
    me.standing = (vista.id, stop.stop)
    if vista.id in me.revisions:
        me.revisions[vista.id] += 1  # One change, and no news to this page: not drawn again for it.


def seen(vista: Vista) -> set[str]:
    walk_id = session().walks.get(vista.id)
    return {step.stop for walk in vista.walks if walk.id == walk_id for step in walk.steps}


def under_way(vista_id: UUID | None) -> Gathering | None:
    gathering = process.gatherings().of(vista_id) if vista_id else None
    return None if gathering is None or gathering.finished else gathering


def poll(vista_id: UUID, lively: Gathering | None) -> None:
    """Draw the page again when somebody wrote, when a snapshot came, or when the gathering is over.

    `lively` was under way before the vista was read, so that nothing that came since is missed.
    """

    @st.fragment(run_every=0.7 if lively else 2.0)
    def watch() -> None:
        revision = process.workspace().store.revision(vista_id)
        before = session().revisions.get(vista_id)
        session().revisions[vista_id] = revision
        if (before is not None and before != revision) or (lively and lively.finished):
            st.rerun()

    watch()


def foot(vista: Vista, stop: Stop) -> None:
    before, after = rail.steps(vista.routine, stop.stop)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="foot"):
        if before:
            title = next(each.title for each in vista.routine.stops if each.stop == before)
            st.button(
                plain(title),
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
            title = next(each.title for each in vista.routine.stops if each.stop == after)
            st.button(
                f"Next: {plain(title)}",
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary",
                on_click=to,
                args=(after,),
                shortcut="Right",
                key="next",
            )
        elif st.button(
            "Wrap up",
            icon=":material/wb_twilight:",
            icon_position="right",
            type="primary",
            shortcut="Right",
            key="wrap-up",
        ):
            wrap_up(vista)


def wrap_up(vista: Vista) -> None:
    walk_id = session().walks.get(vista.id)
    if walk_id and vista.saved_at is None:
        process.workspace().store.leave(vista.id, walk_id, now())
        session().standing = None
    go(Place.WRAP_UP, vista.id)


def resume() -> None:
    """Without a vista in the URL: the walk one was on in this session, or a helpful nothing."""
    if parameter(VISTA):
        return
    if session().last_walk:
        place(vista=str(session().last_walk))
        return
    st.title("No walk has begun.", anchor=False)
    st.markdown(
        "A walk starts by gathering one consistent picture from your tools; then you look at it stop by stop."
    )
    st.page_link(Place.MORNING.value, label="Start the morning walk", icon=":material/wb_twilight:")
    st.stop()


def show() -> None:
    resume()
    lively = under_way(id_in_url())
    vista = vista_in_url("walk")
    session().last_walk = id_in_url()
    stop = here(vista)
    gathering = process.gatherings().of(vista.id)
    arrive(vista, stop)
    way_back.draw()
    rail.draw(vista.routine, stop.stop, seen(vista), to)
    jumped = keys(len(vista.routine.stops), key="keys")
    if jumped:
        place(stop=vista.routine.stops[jumped - 1].stop)
        st.rerun()
    progress_line.draw(vista, gathering)
    grid = st.grid(3, min_column_width=340, gap=("medium", 56))
    notices = vista.noticed_at(stop.stop)
    with grid.cell(column_span=2):
        stop_view.draw(vista, stop, notices, zone=zone(), gathering=gathering, writable=True)
        detour_box.draw(vista, stop)
    with grid.cell():
        margin.draw(vista, stop.stop, notices, zone=zone(), hint=HINT)
        who_knows.draw(vista, stop.stop)
    st.space("small")
    foot(vista, stop)
    poll(vista.id, lively)


show()
