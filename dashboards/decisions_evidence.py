"""Evidence of a decision table: where it opens, and the drawer in which it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NoReturn
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st

from dashboards import first_looks, process, viewer, words
from dashboards.components.sheet import Opens
from dashboards.places import Place, go
from dashboards.plain import plain
from dashboards.state import EVIDENCE, JOURNAL, now, session, zone
from vistas.errors import VistaNotFound
from vistas.notice import WholeStop
from vistas.practice.decisions import Evidence, Field, Link, Table
from vistas.practice.decisions_entries import Linked
from vistas.practice.first_look import shown_to
from vistas.practice.looking_again import look_again, stop_today
from vistas.routine import Routine, Stop
from vistas.sharing.tables import cut
from vistas.store import Search, VistaSummary
from vistas.vista import Vista, new_id

SECTION = "Decisions"
RECENT = 40
_SAYS = 200


def opens(journal: UUID, table: Table) -> Callable[[Link], Opens]:
    """The addresses of each link: as it was, live, and as it was when it was looked at again."""

    def of(link: Link) -> Opens:
        again = table.seen_again(link.id)
        return Opens(
            was=_replay(link.evidence.vista, link.evidence.stop) if link.evidence.vista else "",
            live=f"knowledge?{urlencode({'of': SECTION, JOURNAL: journal, EVIDENCE: link.id})}",
            again=_replay(again.vista, again.stops[link.id]) if again else "",
            when=moment(again.at) if again else "",
        )

    return of


def moment(at: datetime) -> str:
    """As it stands within a sentence: `today, 09:12`, `Friday, 09:12`."""
    said = words.when(at, now(), zone())
    return said[0].lower() + said[1:] if said.startswith(("Today", "Yesterday")) else said


def address(evidence: Evidence) -> str:
    """Where an export points to: as it was, where that is kept."""
    url = str(st.context.url or "")
    if not url or evidence.vista is None:
        return ""
    return f"{url.split('?', maxsplit=1)[0].rsplit('/', 1)[0]}/{_replay(evidence.vista, evidence.stop)}"


def _replay(vista: UUID, stop: str) -> str:
    return f"replay?{urlencode({'vista': vista, 'stop': stop})}"


def known_vista(vista_id: UUID | None) -> Vista | None:
    if vista_id is None:
        return None
    try:
        vista = process.workspace().store.vista(vista_id)
    except VistaNotFound:
        return None
    return shown_to(vista, viewer.name(), first_looks.under_way(vista.id), now())


def asked_today(evidence: Evidence) -> Stop | None:
    """The evidence's stop with its looks, as one would ask now."""
    return stop_today(evidence, process.workspace().routines(), known_vista(evidence.vista))


def open_live(link: Link) -> NoReturn:
    """To today's walk through that routine, begun now if nobody has; else to just this look, taken now.

    PracticeError where it cannot be asked any more.
    """
    workspace, evidence = process.workspace(), link.evidence
    routine = next((each for each in workspace.routines() if each.routine == evidence.routine), None)
    if routine is None or stop_today(evidence, [routine], None) is None:
        again = look_again(evidence.says, [link], asked_today)
        go(Place.WALK, _begin(again.routine).id, stop=again.stops[link.id])
    today = _todays_walk(routine)
    go(Place.WALK, today.id if today else _begin(routine).id, stop=evidence.stop)


def _todays_walk(routine: Routine) -> VistaSummary | None:
    midnight = now().astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    newest = Search(routine=routine.routine, since=midnight, saved_only=False, limit=1)
    return next(iter(process.workspace().store.library(newest).vistas), None)


def _begin(routine: Routine) -> Vista:
    workspace = process.workspace()
    window = workspace.window(now(), routine.window)
    return process.gatherings().start(workspace, routine, window=window, author=viewer.name(), now=now())


def ask_for(journal: UUID, row: UUID) -> None:
    """Open the drawer for this row."""
    session().linking = (journal, row)


def close() -> None:
    session().linking = None


def drawer(journal: UUID, table: Table) -> None:
    """While somebody is choosing evidence; a part of the page, so that others' changes leave it as it is."""
    linking = session().linking
    row = table.row(linking[1]) if linking and linking[0] == journal else None
    if row is None:
        return
    with st.container(key="evidence-drawer", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader("What can it be seen by?", anchor=False, width="content")
            st.button("Close", icon=":material/close:", type="tertiary", on_click=close, key="evidence-close")
        if says := row.says(Field.CUES):
            st.text(cut(says, 200))
        source = st.segmented_control(
            "From",
            ["A morning", "A routine"],
            default="A morning",
            required=True,
            label_visibility="collapsed",
            key="evidence-from",
        )
        chosen = _of_a_morning() if source == "A morning" else _of_a_routine()
        if chosen and st.button("Link it", type="primary", icon=":material/add_link:", key="evidence-link"):
            entry = Linked(id=new_id(), row=row.id, evidence=chosen)
            process.notebooks().decisions.write(journal, entry, by=viewer.name(), at=now())
            close()
            st.rerun()


def _of_a_morning() -> Evidence | None:
    """A stop, a look or a notice of a vista: it can be seen as it was."""
    text = st.text_input("Words in it", placeholder="a title, a notice", key="evidence-words")
    found = process.workspace().store.library(Search(text=text.strip(), saved_only=False, limit=RECENT)).vistas
    names = {each.id: f"{each.name} · {words.when(each.begun_at, now(), zone())}" for each in found}
    if not names:
        st.markdown(":gray[No morning has these words.]")
        return None
    vista_id = st.selectbox("Morning", list(names), format_func=names.__getitem__, key="evidence-vista")
    vista = known_vista(vista_id)
    if vista is None:
        return None
    stop = _stop(vista.routine)
    choices = {**_looks(vista.routine, stop, vista), **_notices(vista, stop)}
    return _one_of(choices, f"{vista.id}-{stop.stop}")


def _of_a_routine() -> Evidence | None:
    """A look that is known from a routine and has not been kept yet."""
    routines = process.workspace().routines()
    routine = st.selectbox("Routine", routines, format_func=lambda each: each.title, key="evidence-routine")
    if routine is None:
        return None
    stop = _stop(routine)
    return _one_of(_looks(routine, stop, None), f"{routine.routine}-{stop.stop}")


def _stop(routine: Routine) -> Stop:
    chosen = st.selectbox(
        "Stop", routine.stops, format_func=lambda each: each.question, key=f"evidence-stop-{routine.routine}"
    )
    return chosen or routine.stops[0]


def _one_of(choices: Mapping[str, Evidence], of: str) -> Evidence | None:
    chosen = st.radio("What of it", list(choices), format_func=plain, key=f"evidence-what-{of}")
    return choices.get(chosen) if chosen else None


def _looks(routine: Routine, stop: Stop, vista: Vista | None) -> dict[str, Evidence]:
    """The looks of a stop and all of them together, by what the drawer calls them."""
    at = {"routine": routine.routine, "stop": stop.stop, "vista": vista.id if vista else None}
    looks = vista.looks_at(stop.stop) if vista else stop.looks
    each = {
        look.title: Evidence(says=f"{stop.title}: {look.title}"[:_SAYS], look=look.look, **at) for look in looks
    }
    return {**each, "The whole stop": Evidence(says=stop.question, **at)}


def _notices(vista: Vista, stop: Stop) -> dict[str, Evidence]:
    found = {}
    for notice in vista.noticed_at(stop.stop):
        look = None if isinstance(notice.anchor, WholeStop) else notice.anchor.look
        says = f"{notice.author} noticed: {notice.text}"
        found[cut(says, 120)] = Evidence(
            says=cut(says, _SAYS),
            routine=vista.routine.routine,
            stop=stop.stop,
            look=look,
            vista=vista.id,
            notice=notice.id,
        )
    return found
