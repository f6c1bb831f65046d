"""Keep what one looks at: as a stop with a question and a why, as one more look of a stop, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboards.components import keep_draft
from dashboards.drafts.desk import Desk
from dashboards.ui import doubts
from dashboards.ui.plain import plain
from vistas.practice.drafts import (
    LookAdded,
    LookDropped,
    StopKept,
    Tried,
    Words,
    named_look,
    new_stop,
)
from vistas.practice.drafts.making import LONGEST_TITLE

MASKED = (
    "What this look asks for seems to hold a secret, and was masked when it was kept. A routine can hold it only "
    "without the secret: change the query and try again."
)
_FIELDS = ("question", "why", "title", "normal", "plainly")


def draw(desk: Desk, tried: Tried) -> None:
    with st.container(key="record-keep", gap="small"):
        st.header("Keep this as a stop", anchor=False)
        if not tried.look.is_whole:
            st.warning(MASKED)
            _not_this_one(desk)
            return
        number = len(desk.draft.stops) + 1
        with st.form(f"record-form-{desk.key}-{desk.draft.kept}", border=False):
            fields = _fields(f"{desk.key}-{desk.draft.kept}")
            kept = st.form_submit_button(f"Keep as stop {number}", type="primary", key="record-keeps")
        if kept:
            _keep(desk, tried, fields)
        with st.container(horizontal=True, gap="medium", key="record-or"):
            _add_instead(desk, tried)
            _not_this_one(desk)


def _fields(at: str) -> dict[str, str]:
    """What was typed. Question and why outlive a reload of the page."""
    question, why = f"record-question-{at}", f"record-why-{at}"
    said = {
        "question": st.text_area(
            "What do you ask here?",
            key=question,
            max_chars=200,
            height=76,
            placeholder="Who waits at checkout, and for how long?",
        ),
        "why": st.text_area(
            "Why do you look here?",
            key=why,
            max_chars=2000,
            height=96,
            placeholder="What you would miss if you walked past.",
        ),
    }
    with st.expander("More words for whoever walks it after you", type="compact"):
        said["title"] = st.text_input(
            "On the rail",
            key=f"record-rail-{at}",
            max_chars=LONGEST_TITLE,
            placeholder="one or two words; else the beginning of the question",
        )
        said["normal"] = st.text_area(
            "What normal looks like", key=f"record-normal-{at}", max_chars=2000, height=80
        )
        said["plainly"] = st.text_area(
            "In plain words, for people who do not run servers",
            key=f"record-plainly-{at}",
            max_chars=2000,
            height=80,
        )
    keep_draft(question)
    keep_draft(why)
    return {name: str(value or "").strip() for name, value in said.items()}


def _keep(desk: Desk, tried: Tried, fields: dict[str, str]) -> None:
    if not fields["question"] or not fields["why"]:
        missing = "the question" if not fields["question"] else "why you look here"
        st.warning(f"Write {missing} first: the next one who walks it has nothing else to go by.")
        return
    said_once_sure(Words(**fields), partial(_keep_so, desk, tried))
    st.rerun()


def _keep_so(desk: Desk, tried: Tried, words: Words) -> None:
    desk.write(StopKept(stop=new_stop(tried.look, words, desk.draft.taken)))


def said_once_sure(words: Words, act: Callable[[Words], object]) -> None:
    """Do it with these words, once somebody has said that what looks like a secret in them may be kept."""
    for field in _FIELDS:
        text = getattr(words, field)
        if doubts.doubt(text):
            doubts.asking(text, lambda said, field=field: act(words.model_copy(update={field: said})))  # type: ignore[misc]
            return
    act(words)


def _add_instead(desk: Desk, tried: Tried) -> None:
    stops = desk.draft.stops
    if not stops:
        return
    if len(stops) == 1:
        if st.button("Add to stop 1 instead", type="tertiary", key="record-add"):
            _add(desk, tried, stops[0].stop)
        return
    with st.popover("Add to a stop instead", type="tertiary", key="record-add"):
        for number, stop in reversed(list(enumerate(stops, start=1))):
            if st.button(f"{number} · {plain(stop.question)}", type="tertiary", key=f"record-add-{stop.stop}"):
                _add(desk, tried, stop.stop)


def _add(desk: Desk, tried: Tried, slug: str) -> None:
    stop = desk.draft.stop(slug)
    if stop:
        desk.write(LookAdded(stop=slug, look=named_look(tried.look, stop.looks)))
        st.rerun()


def _not_this_one(desk: Desk) -> None:
    if st.button("Not this one", type="tertiary", key="record-drop"):
        desk.write(LookDropped())
        st.rerun()
