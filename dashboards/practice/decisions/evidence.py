"""Evidence of a decision table: where it opens, and the drawer in which it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NoReturn
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.practice.decisions.sheet import Opens
from dashboards.shared import process
from dashboards.state import EVIDENCE, JOURNAL, SECTION, now, session, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.walk import first_looks_under_way
from dashboards.writing import begin_walk, write
from vistas.errors import RoutineError, VistaNotFound
from vistas.gathering.morning import chosen_of, walked_with
from vistas.practice.decisions import DecisionTable, Evidence, Field, Link
from vistas.practice.decisions.entries import Linked
from vistas.practice.decisions.recheck import look_again, stop_today
from vistas.practice.session import ActivityKind
from vistas.practice.walk.first_look import shown_to
from vistas.routine import Routine, Stop
from vistas.sharing.tables import cut
from vistas.store import Search, VistaSummary
from vistas.vista import Vista, new_id
from vistas.vista.notice import WholeStop

DECISIONS = links.SECTIONS[ActivityKind.DECISIONS]
RECENT = 40
MOST_TODAY = 20
_LONGEST_TITLE = 200


def opens(journal: UUID, table: DecisionTable) -> Callable[[Link], Opens]:
    """The addresses of each link: as it was, live, and as it was when it was looked at again."""

    def of(link: Link) -> Opens:
        again = table.seen_again(link.id)
        return Opens(
            was=_replay(link.evidence.vista, link.evidence.stop) if link.evidence.vista else "",
            live=links.near(Place.KNOWLEDGE, {SECTION: DECISIONS, JOURNAL: journal, EVIDENCE: link.id}),
            again=_replay(again.vista, again.stops[link.id]) if again else "",
            when=moment(again.at) if again else "",
        )

    return of


def moment(at: datetime) -> str:
    return words.when_in_sentence(at, now(), zone())


def address(evidence: Evidence) -> str:
    """Where an export points to: as it was, where that is kept."""
    return links.to(Place.REPLAY, links.stop(evidence.vista, evidence.stop)) if evidence.vista else ""


def _replay(vista: UUID, stop: str) -> str:
    return links.near(Place.REPLAY, links.stop(vista, stop))


def known_vista(vista_id: UUID | None) -> Vista | None:
    if vista_id is None:
        return None
    try:
        vista = process.workspace().store.vista(vista_id)
    except VistaNotFound:
        return None
    return shown_to(vista, viewer.name(), first_looks_under_way(vista.id), now())


def asked_today(evidence: Evidence) -> Stop | None:
    """The evidence's stop with its looks, as one would ask now."""
    vista = known_vista(evidence.vista)
    return stop_today(evidence, list(_as_walked(process.workspace().routines(), vista)), vista)


def _as_walked(routines: Iterable[Routine], vista: Vista | None) -> Iterator[Routine]:
    """With what a vista was walked with, else with their defaults; without those that lack a value."""
    chosen = chosen_of(vista.routine) if vista else {}
    for routine in routines:
        with suppress(RoutineError):
            yield walked_with(routine, chosen)


def open_live(link: Link) -> NoReturn:
    """To today's walk through that routine, begun now if nobody has; else to just this look, taken now.

    PracticeError where it cannot be asked any more.
    """
    workspace, evidence = process.workspace(), link.evidence
    here = (each for each in workspace.routines() if each.routine == evidence.routine)
    routine = next(_as_walked(here, known_vista(evidence.vista)), None)
    if routine is None or stop_today(evidence, [routine], None) is None:
        again = look_again(evidence.title, [link], asked_today)
        go(Place.WALK, begin_walk(again.routine).id, stop=again.stops[link.id])
    today = _todays_walk(routine)
    go(Place.WALK, today.id if today else begin_walk(routine).id, stop=evidence.stop)


def _todays_walk(routine: Routine) -> VistaSummary | None:
    midnight = now().astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    named = routine.routine
    newest = Search(routine=named, since=midnight, saved_only=False, limit=MOST_TODAY if routine.variables else 1)
    found = process.workspace().store.library(newest).vistas
    return next((each for each in found if not routine.variables or each.routine_title == routine.name), None)


def ask_for(journal: UUID, row: UUID) -> None:
    """Open the drawer for this row."""
    session().linking = (journal, row)


def close() -> None:
    session().linking = None


def drawer(journal: UUID, table: DecisionTable) -> None:
    """While somebody is choosing evidence; a part of the page, so that others' changes leave it as it is."""
    linking = session().linking
    row = table.row(linking[1]) if linking and linking[0] == journal else None
    if row is None:
        return
    with st.container(key="evidence-drawer", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header("What shows this?", anchor=False, width="content")
            st.button("Close", icon=":material/close:", type="tertiary", on_click=close, key="evidence-close")
        if says := row.text(Field.CUES):
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
        if chosen and st.button("Link", type="primary", icon=":material/add_link:", key="evidence-link"):
            entry = Linked(id=new_id(), row=row.id, evidence=chosen)
            write(process.notebooks().decisions, journal, entry)
            close()
            st.rerun()


def _of_a_morning() -> Evidence | None:
    """A stop, a look or a notice of a vista: it can be seen as it was."""
    text = st.text_input("Search", placeholder="a title or a notice", key="evidence-words")
    found = process.workspace().store.library(Search(text=text.strip(), saved_only=False, limit=RECENT)).vistas
    names = words.distinguished(
        (each.id, f"{each.name} · {words.when(each.begun_at, now(), zone())}") for each in found
    )
    if not names:
        st.markdown(":gray[No mornings match.]")
        return None
    vista_id = st.selectbox("Morning", list(names), format_func=names.__getitem__, key="evidence-vista")
    vista = known_vista(vista_id)
    if vista is None:
        return None
    stop = _stop(vista.routine)
    choices = (*_looks(vista.routine, stop, vista), *_notices(vista, stop))
    return _one_of(choices, f"{vista.id}-{stop.stop}")


def _of_a_routine() -> Evidence | None:
    """A look that is known from a routine and has not been kept yet."""
    routines = {each.routine: each for each in process.workspace().routines()}
    titles = words.distinguished((each.routine, each.title) for each in routines.values())
    chosen = st.selectbox("Routine", list(titles), format_func=titles.__getitem__, key="evidence-routine")
    if chosen is None:
        return None
    routine = routines[chosen]
    stop = _stop(routine)
    return _one_of(_looks(routine, stop, None), f"{routine.routine}-{stop.stop}")


def _stop(routine: Routine) -> Stop:
    asked = words.distinguished((each.stop, each.question) for each in routine.stops)
    chosen = st.selectbox(
        "Stop", list(asked), format_func=asked.__getitem__, key=f"evidence-stop-{routine.routine}"
    )
    return routine.find_stop(chosen or "") or routine.stops[0]


def _one_of(choices: Sequence[tuple[str, Evidence]], of: str) -> Evidence | None:
    called = words.distinguished((place, " ".join(name.split())) for place, (name, _) in enumerate(choices))
    by_name = {called[place]: evidence for place, (_, evidence) in enumerate(choices)}
    chosen = st.radio("Which part", list(by_name), format_func=plain, key=f"evidence-what-{of}")
    return by_name.get(chosen) if chosen else None


def _looks(routine: Routine, stop: Stop, vista: Vista | None) -> list[tuple[str, Evidence]]:
    """The looks of a stop and all of them together, by what the drawer calls them."""
    at = {"routine": routine.routine, "stop": stop.stop, "vista": vista.id if vista else None}
    looks = vista.looks_at(stop.stop) if vista else stop.looks
    each = [
        (look.title, Evidence(title=f"{stop.title}: {look.title}"[:_LONGEST_TITLE], look=look.look, **at))
        for look in looks
    ]
    return [*each, ("The whole stop", Evidence(title=stop.question, **at))]


def _notices(vista: Vista, stop: Stop) -> list[tuple[str, Evidence]]:
    found = []
    for notice in vista.noticed_at(stop.stop):
        look = None if isinstance(notice.anchor, WholeStop) else notice.anchor.look
        says = f"{notice.signed} noticed: {notice.text}"
        evidence = Evidence(
            title=cut(says, _LONGEST_TITLE),
            routine=vista.routine.routine,
            stop=stop.stop,
            look=look,
            vista=vista.id,
            notice=notice.id,
        )
        found.append((cut(says, 120), evidence))
    return found
