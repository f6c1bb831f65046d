"""Two walks, or all of a morning, side by side on a page; another morning's walk can be laid beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import WAYS, now, place, zone
from dashboards.ui import words
from dashboards.ui.choosing import one_of
from dashboards.ui.plain import plain
from dashboards.walk import first_looks_under_way
from dashboards.ways.in_url import Pair, pairs_in_url, written
from dashboards.ways.picture import picture
from vistas.errors import VistaNotFound
from vistas.mornings.ways import Ways, Where, lane_names, side_by_side, where
from vistas.practice.walk.first_look import shown_to
from vistas.store import Search
from vistas.vista import Vista, Walk
from vistas.vista.replay import walks_of

OFFERED = 30
"""Other mornings that one can choose from, the newest."""


def ways(vista: Vista) -> None:
    """Those that the URL names, else all walks of this vista; closed unless the URL names some."""
    named = pairs_in_url()
    box = st.expander(
        "Ways through the morning",
        expanded=bool(named),
        type="compact",
        icon=":material/route:",
        key=f"ways-{vista.id}",
        on_change="rerun",
    )
    if box.open:
        with box:
            _side_by_side(vista, named)


def of_each(*vistas: Vista) -> None:
    """The longest way of each morning, side by side; closed at first, and not there where one was never walked."""
    walks = [(vista, walk) for vista in map(_as_shown, vistas) for walk in walks_of(vista)[:1]]
    if len(walks) < len(vistas):
        return
    key = "-".join(str(vista.id) for vista in vistas)
    box = st.expander(
        "How each morning was walked",
        type="compact",
        icon=":material/route:",
        key=f"ways-{key}",
        on_change="rerun",
    )
    if box.open:
        with box:
            draw(walks, key)


def draw(walks: Sequence[tuple[Vista, Walk]], key: str) -> int:
    """Walks side by side where there are several, on whatever page; tells how many lanes there are.

    Each vista is as its viewer may see it. `key` is of this picture alone.
    """
    shown = side_by_side(walks)
    if len(shown.lanes) > 1:
        st.markdown(
            ":gray[As they walked, top to bottom; taller where they stayed longer. An edge marks a notice, "
            "a coloured line a stop where both had one.]"
        )
        names = lane_names(shown.lanes, zone())
        picture(shown, names, key=f"ways-picture-{key}")
        _in_words(shown, names, key)
    return len(shown.lanes)


def _side_by_side(vista: Vista, named: Sequence[Pair]) -> None:
    walks = list(_named(vista, named)) if named else [(vista, walk) for walk in walks_of(vista)]
    if draw(walks, str(vista.id)) <= 1:
        st.markdown(":gray[One way so far. Lay another beside it:]")
    _another(vista, walks)


def _named(vista: Vista, pairs: Sequence[Pair]) -> Iterator[tuple[Vista, Walk]]:
    """Those that are here; each vista as its viewer may see it."""
    store = process.workspace().store
    read: dict[UUID, Vista] = {vista.id: vista}
    for vista_id, walk_id in pairs:
        try:
            about = read.get(vista_id) or read.setdefault(vista_id, _as_shown(store.vista(vista_id)))
        except VistaNotFound:
            continue
        yield from ((about, walk) for walk in walks_of(about) if walk_id in (walk.id, None))


def _as_shown(vista: Vista) -> Vista:
    return shown_to(vista, viewer.name(), first_looks_under_way(vista.id), now())


def _in_words(shown: Ways, names: Sequence[str], key: str) -> None:
    """Where both noticed something, where one did; then who came by where others did not."""
    everybody = len(shown.lanes)
    parts = [_sentence(each, shown, " noticed something") for each in shown.noticed]
    parts += [_sentence(each, shown, " came by") for each in shown.stood if len(each.lanes) < everybody]
    grid = st.grid("auto", min_column_width=220, gap="medium")
    for number, (title, stops) in enumerate(parts):
        with grid.cell(), st.container(key=f"ways-where-{key}-{number}", gap=None):
            st.markdown(f"**{plain(title)}**")
            st.text(stops)
    for lane, name in zip(shown.lanes, names, strict=True):
        if lane.besides:
            stops = ", ".join(dict.fromkeys(shown.titles[notice.stop] for notice in lane.besides))
            st.markdown(
                f":small[:gray[{plain(name)} also noticed something without having walked there: {plain(stops)}.]]"
            )


def _sentence(common: Where, shown: Ways, what: str) -> tuple[str, str]:
    said = where(common, shown.lanes, zone())
    return f"{said[0].upper()}{said[1:]}{what}", ", ".join(shown.titles[stop] for stop in common.stops)


def _another(vista: Vista, walks: Sequence[tuple[Vista, Walk]]) -> None:
    """The longest way of another morning of this routine; or back to this morning's own."""
    search = Search(routine=vista.routine.routine, limit=OFFERED)
    there = {vista.id, *(about.id for about, _ in walks)}
    found = [each for each in process.workspace().store.library(search).vistas if each.id not in there]
    mornings = (
        (str(each.id), f"{each.author}, {words.when(each.begun_at, now(), zone())} · {each.name}")
        for each in found
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        key = f"ways-another-{vista.id}-{len(walks)}"
        chosen = one_of("Beside another morning", mornings, key=key, placeholder="choose a morning", width=420)
        if chosen:
            _lay_beside(walks, UUID(chosen))
        if pairs_in_url():
            st.button("Only this morning", type="tertiary", on_click=place, kwargs={WAYS: ""}, key="ways-alone")


def _lay_beside(walks: Sequence[tuple[Vista, Walk]], other: UUID) -> None:
    """The longest way here, and the longest there."""
    there = walks_of(process.workspace().store.vista(other))
    if not there:
        st.markdown(":gray[Nobody walked that morning: it was gathered without a walk.]")
        return
    here: list[Pair] = [(about.id, walk.id) for about, walk in walks[:1]]
    place(**{WAYS: written([*here, (other, there[0].id)])})
    st.rerun()
