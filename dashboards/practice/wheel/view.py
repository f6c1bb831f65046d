"""A wheel on the page: the wheel itself, what came up, what is on it, and the odds. In a room and outside."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

import streamlit as st

from dashboards import viewer, writing
from dashboards.expertise import first_choice
from dashboards.expertise import parts as parts_in_view
from dashboards.practice.wheel import turn as wheel_turn
from dashboards.practice.wheel.rings import Ring, wheel
from dashboards.shared import process
from dashboards.ui import words
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import PracticeError
from vistas.practice.landscape import Part, PartKind
from vistas.practice.wheel import Turn, Wheel, spinning
from vistas.practice.wheel.entries import MOST, Filled, QuestionAdded, SteppedOn, TakenOff, WheelEntry

RULE = (
    f"Everything on the wheel has the same chance, except what came up in one of the last {spinning.RECENT_SPINS} "
    "spins, on this wheel or an earlier one: that has a quarter of it. Nothing else counts. The server decides "
    "once, for everyone; passing changes nothing."
)
CHANCE = random.SystemRandom()
SLOTS = 2
"""One for the newest turn and one for the turn before it, in which somebody may still be writing."""


def begin(title: str) -> UUID:
    """A new wheel with a few of each sort of what the newest vistas show."""
    found = first_choice(parts_in_view())
    return process.notebooks().wheels.begin(title, Filled(parts=found), **signed())


def draw(journal: UUID, *, back: Mapping[str, str]) -> None:
    """`back` are the URL's parameters by which one finds back here from a walk."""
    state = process.notebooks().wheels.read(journal)
    lately = spinning.recently_landed(process.notebooks().wheels)
    grid = st.grid(2, min_column_width=380, gap=("large", 56))
    with grid.cell():
        _wheel(journal, state, lately)
    with grid.cell():
        _result(journal, state, back)
    _on_the_wheel(journal, state)
    _odds(state, lately)


def _wheel(journal: UUID, state: Wheel, lately: frozenset[str]) -> None:
    turn = state.turn
    what, who = Ring(spinning.odds(state.segments, lately)), Ring(spinning.odds(state.ring, lately))
    if turn and turn.is_open:
        what, who = Ring.stopped(turn.what), Ring.stopped(turn.who) if turn.who else Ring(())
    elif turn:
        what = Ring(what.odds, turn.what)
    wheel(
        what,
        who if who.odds else None,
        key=f"wheel-{journal}",
        turn=state.turn_id,
        says=wheel_turn.says(turn) if turn else "",
        on_spin=lambda seen: _spin(journal, seen),
    )


def _spin(journal: UUID, seen: UUID | None) -> None:
    try:
        spinning.spin(process.notebooks().wheels, journal, seen=seen, **signed(), chance=CHANCE)
    except PracticeError as problem:
        st.toast(plain(error_text(problem)))


def _result(journal: UUID, state: Wheel, back: Mapping[str, str]) -> None:
    """The newest turn; the one before stays on the page, unseen, for as long as somebody has words there."""
    with st.container(key="wheel-result"):
        if not state.turns:
            _before_the_first()
            return
        for slot in range(SLOTS):
            with st.container(key=f"wheel-slot-{slot}"):
                turn = _in_slot(state, slot)
                if turn:
                    wheel_turn.draw(journal, turn, back)
        st.html(f"<style>{_seen(state)}</style>")


def _slot(number: int) -> int:
    """Where the turn of this number is drawn: slots are taken by turns, so that no form moves on the page."""
    return number % SLOTS


def _in_slot(state: Wheel, slot: int) -> Turn | None:
    """The newest turn, or the one before it, whichever is drawn in this slot."""
    return next((turn for turn in state.turns[-SLOTS:] if _slot(state.by_id[turn.id]) == slot), None)


def _seen(state: Wheel) -> str:
    newest = _slot(len(state.turns) - 1)
    before = _slot(len(state.turns) - 2)
    written = ":is(textarea, input[type=text]):not(:placeholder-shown)"
    passed = f".st-key-wheel-slot-{newest} [data-testid=stForm]:not(:has({written})){{display:none}}"
    return (
        f".stApp:has(.mv-turning) .st-key-wheel-slot-{newest}{{opacity:0;visibility:hidden}}"
        f".st-key-wheel-slot-{newest}{{order:-1}}"
        f".st-key-wheel-slot-{before}:not(:has({written})){{display:none}}"
        + (passed if state.turns[-1].passed else "")
    )


def _before_the_first() -> None:
    st.header("Who? What? Where?", anchor=False)
    st.markdown(
        "Spin, and something comes up: a part of your landscape, or a question you put there. "
        "Then anyone who likes shows how they would find out, or says who they would ask. "
        "Not knowing is why you are here."
    )
    st.markdown(":gray[A pass is always one click away, and costs nothing.]")


def _on_the_wheel(journal: UUID, state: Wheel) -> None:
    title = f"What is on the wheel: {words.count(len(state.segments), 'segment')}"
    with st.expander(title, type="compact", icon=":material/donut_large:", key="on-wheel"):
        _myself(journal, state)
        _question(journal)
        _chosen(journal, state)


def _myself(journal: UUID, state: Wheel) -> None:
    me = viewer.name()
    on = me in state.people
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="wheel-people"):
        others = ", ".join(plain(name) for name in state.people)
        st.markdown(f"In the inner ring: {others}" if others else "Nobody is in the inner ring.", width="content")
        if st.button(
            "Take me off" if on else "Add me",
            key="wheel-me",
            type="tertiary",
            disabled=not viewer.is_known(),
            help=None if viewer.is_known() else "Say who you are first.",
        ):
            process.notebooks().wheels.write(journal, SteppedOn(on=not on), **signed())
            st.rerun()


def _question(journal: UUID) -> None:
    with (
        st.form("wheel-question", border=False, clear_on_submit=True),
        st.container(horizontal=True, gap="small", vertical_alignment="bottom"),
    ):
        asked = st.text_input(
            "A question of your own",
            key="wheel-question-text",
            placeholder="Where would we see that backups stopped?",
            max_chars=200,
        )
        if st.form_submit_button("Add to the wheel", key="wheel-question-add") and asked.strip():
            question = Part(sort=PartKind.QUESTION, name=asked)
            _write(journal, QuestionAdded(question=question))


def _chosen(journal: UUID, state: Wheel) -> None:
    """Which parts can come up; the newest vistas say which there are."""
    found = tuple(dict.fromkeys((*state.parts, *parts_in_view())))
    all_parts = (*state.questions, *found)
    names = {part.key: part for part in all_parts}
    called = words.distinguished((key, f"{part.name} · {part.sort.value}") for key, part in names.items())
    newest = uuid5(journal, "\n".join(part.key for part in state.segments))
    chosen = st.multiselect(
        "What can come up",
        list(names),
        default=[part.key for part in state.segments],
        format_func=called.__getitem__,
        key=f"wheel-parts-{newest}",
        max_selections=MOST,
        placeholder="Nothing yet",
    )
    wanted = [names[each] for each in chosen]
    if set(wanted) != set(state.segments) and st.button("Update the wheel", key="wheel-change", type="primary"):
        _write(journal, *_changes(state, wanted))


def _changes(state: Wheel, wanted: Sequence[Part]) -> list[WheelEntry]:
    parts = tuple(part for part in wanted if part.sort is not PartKind.QUESTION)
    left = [part for part in state.questions if part not in wanted and part.key not in state.taken_off]
    back = [part for part in wanted if part.key in state.taken_off]
    return [
        Filled(parts=parts),
        *(TakenOff(part=part) for part in left),
        *(TakenOff(part=part, off=False) for part in back),
    ]


def _write(journal: UUID, *entries: WheelEntry) -> None:
    writing.write(process.notebooks().wheels, journal, *entries)
    st.rerun()


def _odds(state: Wheel, lately: frozenset[str]) -> None:
    with st.expander("The odds of the next spin", type="compact", icon=":material/balance:", key="wheel-odds"):
        st.markdown(RULE)
        for ring in (state.segments, state.ring):
            if ring:
                rows = sorted(spinning.odds(ring, lately), key=lambda each: -each[1])
                st.table(
                    {
                        "Segment": [plain(part.name) for part, _ in rows],
                        "What": [part.sort.value for part, _ in rows],
                        "Chance": [f"{share:.1%}" for _, share in rows],
                        "Came up recently": ["yes" if part.key in lately else "" for part, _ in rows],
                    },
                    hide_index=True,
                    border="horizontal",
                )
