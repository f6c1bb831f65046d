"""What came up on the wheel, and three ways on: show us, say whom you would ask, or pass.

Nobody is waited for. Whoever likes answers, also if the wheel pointed to somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from dashboards import process, viewer, who_knows, words
from dashboards.places import Place, go
from dashboards.plain import plain
from dashboards.state import now, zone
from vistas.errors import VistaNotFound
from vistas.practice.expertise_entries import THE_MAP, open_map, told_by
from vistas.practice.landscape import Sort
from vistas.practice.wheel import Answer, BegunWalk, PlaceInVista, Turn
from vistas.practice.wheel_entries import Answered, Passed, WalkBegun
from vistas.vista import Vista, new_id

ASKED = {
    Sort.WORKLOAD: "How would you find out how it is, and what it needs to be well?",
    Sort.HOST: "Who answers behind this name, and how would you see whether it does?",
    Sort.ALERT: "What does it mean when this rings, and where would you look first?",
    Sort.JOB: "What is measured here, and how would you notice that it stopped?",
    Sort.NODE: "What stands on it, and what would happen if it went?",
    Sort.ROUTE: "Where does a request to it go, and how would you follow one?",
    Sort.QUESTION: "How would you find out?",
}


def draw(journal: UUID, turn: Turn, back: Mapping[str, str]) -> None:
    """`back` are the URL's parameters by which a walk leads back to the wheel."""
    part = turn.what.part
    with st.container(gap="xsmall"):
        st.markdown(f":small[:gray[{_heading(turn)}]]")
        with st.container(key=f"wheel-part-{turn.id}"):
            st.text(part.name)
        st.markdown(ASKED[part.sort])
    if turn.passed:
        st.markdown(":gray[Passed, and that is fine. Spin again whenever you like.]")
    else:
        _ways_on(journal, turn, back)
    _escalation(journal, turn)
    for walk in turn.walks:
        if not any(place.vista == walk.vista for answer in turn.answers for place in answer.places):
            _under_way(journal, turn, walk, back)
    for answer in turn.answers:
        _answer(answer)
    _known_already(turn)


def _heading(turn: Turn) -> str:
    sort = turn.what.part.sort.value.capitalize()
    said = [sort if turn.what.part.sort is not Sort.QUESTION else "A question of ours", chance(turn.what.chance)]
    if turn.who:
        said.append(f"for {plain(turn.who.part.name)}, if they like")
    return " · ".join(said)


def chance(share: float) -> str:
    """`a chance of 1 in 12`; of a wheel with one segment, that it was certain."""
    times = round(1 / share) if share else 0
    return "it was certain" if times <= 1 else f"it had a chance of 1 in {times}"


def says(turn: Turn) -> str:
    """What is read aloud once the wheel stands."""
    for_whom = f" For {turn.who.part.name}, if they like." if turn.who else ""
    part = turn.what.part
    return f"The wheel stands at {part.name}, {part.sort.value}: {chance(turn.what.chance)}.{for_whom}"


def _ways_on(journal: UUID, turn: Turn, back: Mapping[str, str]) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover(
            "Show us how you'd find out", icon=":material/footprint:", type="primary", key=f"show-{turn.id}"
        ):
            st.markdown("Take any path. What you look at and notice is kept, and leads back here.")
            with st.container(gap=None):
                for routine in process.workspace().routines():
                    if st.button(
                        plain(routine.title),
                        key=f"show-{turn.id}-{routine.routine}",
                        type="tertiary",
                        icon=":material/arrow_forward:",
                    ):
                        _set_out(journal, turn, routine.routine, back)
        if turn.is_open and st.button(
            "Pass",
            key=f"pass-{turn.id}",
            help="Costs nothing. It is not written down who passed, and the odds stay as they are.",
        ):
            process.notebooks().wheels.write(journal, Passed(turn=turn.id), by=None, at=now())
            st.rerun()


def _set_out(journal: UUID, turn: Turn, slug: str, back: Mapping[str, str]) -> None:
    """Begin to gather, note that somebody went, and be on the way."""
    workspace, me = process.workspace(), viewer.name()
    routine = next(each for each in workspace.routines() if each.routine == slug)
    vista = process.gatherings().start(
        workspace, routine, window=workspace.window(now(), routine.window), author=me, now=now()
    )
    process.notebooks().wheels.write(journal, WalkBegun(turn=turn.id, vista=vista.id), by=me, at=now())
    go(Place.WALK, vista.id, **back)


def _escalation(journal: UUID, turn: Turn) -> None:
    """Its words stay while others write, spin and pass."""
    with st.form(f"how-{turn.id}", border=False, clear_on_submit=True):
        how = st.text_area(
            "Or: how I'd escalate",
            key=f"how-words-{turn.id}",
            placeholder="what I would do when I can't find out",
            height=72,
            max_chars=2000,
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            whom = st.text_input(
                "And to whom", key=f"how-whom-{turn.id}", placeholder="a person, a team", max_chars=200
            )
            kept = st.form_submit_button("Keep it", key=f"how-keep-{turn.id}")
    if kept and (how.strip() or whom.strip()):
        _keep(journal, turn, Answer(new_id(), viewer.name(), now(), how.strip(), whom.strip()))
        st.rerun()


def _under_way(journal: UUID, turn: Turn, walk: BegunWalk, back: Mapping[str, str]) -> None:
    mine = walk.walker == viewer.name()
    with st.container(key=f"under-way-{walk.vista}", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.text("You are on a walk" if mine else f"{walk.walker} is on a walk", width="content")
            st.page_link(
                Place.WALK.value,
                label="Go on" if mine else "Look along",
                icon=":material/footprint:",
                query_params={"vista": str(walk.vista), **back},
            )
        if mine:
            with st.form(f"shown-{walk.vista}", border=False):
                said = st.text_input(
                    "What shows it?", key=f"shown-words-{walk.vista}", placeholder="a few words", max_chars=400
                )
                kept = st.form_submit_button("Keep this walk as the answer", key=f"shown-keep-{walk.vista}")
            if kept:
                try:
                    _keep_walk(journal, turn, walk, said.strip())
                except VistaNotFound:
                    st.warning("This walk was thrown away. Bring it back from the home page, or set out anew.")
                else:
                    st.rerun()


def _keep_walk(journal: UUID, turn: Turn, walk: BegunWalk, said: str) -> None:
    """The walk is saved under the name of what it shows, and its stops answer."""
    store, moment = process.workspace().store, now()
    vista = store.vista(walk.vista)
    if vista.saved_at is None:
        store.save(vista.id, f"How to find out: {turn.what.part.name}", moment)
    answer = Answer(new_id(), walk.walker, moment, said, places=_places(vista, walk.walker))
    _keep(journal, turn, answer)


def _places(vista: Vista, walker: str) -> tuple[PlaceInVista, ...]:
    """The stops where the walker noticed something; where there are none, the one they stood at last."""
    noticed = [notice.stop for notice in vista.notices if notice.author == walker]
    stood = [step.stop for walk in vista.walks if walk.walker == walker for step in walk.steps][-1:]
    slugs = dict.fromkeys(noticed or stood or [vista.routine.stops[0].stop])
    stops = [stop for slug in slugs if (stop := vista.stop(slug))]
    return tuple(PlaceInVista(vista=vista.id, stop=stop.stop, title=stop.title) for stop in stops)


def _keep(journal: UUID, turn: Turn, answer: Answer) -> None:
    """Onto the map first: its lines have ids of their own, so that trying again doubles nothing."""
    books = process.notebooks()
    told = told_by(answer, turn.what.part)
    if told:
        books.expertise.write(
            open_map(books.expertise, by=answer.by, at=answer.at), *told, by=answer.by, at=answer.at
        )
    answered = Answered(id=answer.id, turn=turn.id, says=answer.says, whom=answer.whom, places=answer.places)
    books.wheels.write(journal, answered, by=answer.by, at=answer.at)


def _answer(answer: Answer) -> None:
    with st.container(key=f"notice-loose-{answer.id}", gap="xsmall"):
        st.badge("showed it" if answer.shows else "would ask", color="green" if answer.shows else "blue")
        if answer.whom:
            st.text(f"Ask {answer.whom}")
        if answer.says:
            st.text(answer.says)
        for place in answer.places:
            st.page_link(
                Place.REPLAY.value,
                label=plain(place.title),
                icon=":material/play_arrow:",
                query_params={"vista": str(place.vista), "stop": place.stop},
            )
        with st.container(key=f"by-{answer.id}"):
            st.text(f"{answer.by}, {words.clock(answer.at, zone())}")


def _known_already(turn: Turn) -> None:
    """What the map told before; what was just answered stands above."""
    known = process.notebooks().expertise.read(THE_MAP).of(turn.what.part)
    if known.lines:
        with st.expander("On the map of expertise", type="compact", icon=":material/map:", key=f"known-{turn.id}"):
            who_knows.lines(known.lines, key=str(turn.id))
