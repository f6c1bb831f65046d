"""Changing a routine in place: its stops' order and words, and what their looks ask; saved with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from dashboards import files, viewer
from dashboards.routines.changes import changes_html
from dashboards.routines.saving import may_be_secret, saving
from dashboards.shared import process
from dashboards.state import NOW, ROUTINE, THEN, place, session
from dashboards.ui import doubts, links
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import RoutineError
from vistas.practice.routines import Branch, Changing, Origin, Version
from vistas.routine import Look, Stop, Unit, parse_span, write_span
from vistas.routine.checking import odd
from vistas.routine.difference import difference

LONGEST_TITLE = 24
WORDS = {
    "title": "Title",
    "question": "Question",
    "why": "Why look here",
    "normal": "What normal looks like",
    "plainly": "In plain words",
}


def begin(branch: Branch) -> None:
    """From the newest version, which may have lost its file meanwhile."""
    try:
        _put(Changing.begin(process.routines().find(branch.slug)))
    except RoutineError as problem:
        session().routine_refused = error_text(problem)
    st.rerun()


def draw(changing: Changing, branch: Branch) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="changing-head"
    ):
        st.header("Change it", anchor=False, width="content")
        with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
            links.draw(
                Place.RECORD, "Change it by walking", ":material/radio_button_checked:", {ROUTINE: branch.slug}
            )
            st.button(
                "Undo",
                type="tertiary",
                icon=":material/undo:",
                key="changing-undo",
                disabled=not changing.before,
                on_click=lambda: _put(changing.undone()),
            )
            st.button("Cancel", type="tertiary", key="changing-cancel", on_click=_put, args=(None,))
    with st.container(key="changing-stops", gap=None):
        for number, stop in enumerate(changing.routine.stops):
            _row(changing, stop, number)
    _preview(changing)
    if changing.is_changed:
        _save(changing, branch)


def _put(changing: Changing | None) -> None:
    me = session()
    me.changing, me.routine_refused, me.routine_doubtful = changing, "", ""


def _try(change: Callable[[], Changing]) -> None:
    try:
        _put(change())
    except RoutineError as problem:
        session().routine_refused = error_text(problem)


def _row(changing: Changing, stop: Stop, number: int) -> None:
    in_focus, last = changing.focus == stop.stop, len(changing.routine.stops) - 1
    tone = "focus" if in_focus else "row"
    with (
        st.container(key=f"changing-stop-{stop.stop}", gap="xsmall"),
        st.container(key=f"changing-{tone}-{stop.stop}", gap="xsmall"),
    ):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{number + 1} **{plain(stop.title)}** :gray[{plain(stop.question)}]", width="stretch")
            for label, icon, by, end in (
                ("Move up", "arrow_upward", -1, number == 0),
                ("Move down", "arrow_downward", 1, number == last),
            ):
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    type="tertiary",
                    key=f"own-{label[5:]}-{stop.stop}",
                    disabled=end,
                    shortcut=("Alt+Up" if by < 0 else "Alt+Down") if in_focus and not end else None,
                    help=f"{label}: {plain(stop.title)}",
                    on_click=partial(_try, partial(changing.moved, stop.stop, by)),
                )
            st.button(
                "Leave out",
                icon=":material/close:",
                type="tertiary",
                key=f"own-leave-{stop.stop}",
                help=f"Leave out {plain(stop.title)}",
                on_click=partial(_try, partial(changing.without, stop.stop)),
            )
        with st.expander("Its words and looks", type="compact", key=f"changing-open-{stop.stop}"):
            _words(changing, stop)
            for look in stop.looks:
                _look(changing, stop, look)


def _words(changing: Changing, stop: Stop) -> None:
    with st.form(f"words-{stop.stop}", border=False):
        said = {}
        for key, label in WORDS.items():
            field = st.text_input if key in {"title", "question"} else st.text_area
            longest = LONGEST_TITLE if key == "title" else 200 if key == "question" else 2000
            said[key] = field(label, getattr(stop, key), max_chars=longest, key=_key(changing, stop, key)).strip()
        if st.form_submit_button("Use these words", key=f"use-words-{stop.stop}"):
            _try(lambda: changing.reworded(stop.stop, said))
            st.rerun()


def _look(changing: Changing, stop: Stop, look: Look) -> None:
    with st.form(f"look-{stop.stop}-{look.look}", border=False):
        st.markdown(f"**{plain(look.title)}** :gray[· {plain(look.source)}]")
        names = [*(f"Query {number}" for number in range(1, len(look.query) + 1)), *(e.name for e in look.queries)]
        if len(look.asked) == 1:
            names = [look.queries[0].name if look.queries else "Query"]
        queries = [
            st.text_area(
                plain(name), text, key=_key(changing, stop, look.look, f"query-{number}"), max_chars=2000
            ).strip()
            for number, (name, text) in enumerate(zip(names, look.asked, strict=True))
        ]
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            span = st.text_input(
                "Looks back over",
                write_span(look.window) if look.window else "",
                placeholder="as far as the walk",
                help="Such as 12h or 7d",
                key=_key(changing, stop, look.look, "window"),
                width=200,
            ).strip()
            unit = st.selectbox(
                "Unit",
                list(Unit),
                index=list(Unit).index(look.unit),
                format_func=lambda each: each.value,
                key=_key(changing, stop, look.look, "unit"),
                width=200,
            )
        if st.form_submit_button("Use this", key=f"use-look-{stop.stop}-{look.look}"):
            _ask(changing, stop, look, queries, span, unit or look.unit)
            st.rerun()


def _ask(changing: Changing, stop: Stop, look: Look, queries: list[str], span: str, unit: Unit) -> None:
    try:
        window = parse_span(span) if span else None
    except ValueError as problem:
        session().routine_refused = f"{problem}."
        return
    _try(lambda: changing.asking(stop.stop, look.look, queries, window, unit))


def _key(changing: Changing, stop: Stop, *parts: str) -> str:
    """Another one after each change, so that a form shows what stands there by now."""
    return "-".join(("change", str(len(changing.before)), stop.stop, *parts))


def _preview(changing: Changing) -> None:
    """What would be told of it, before it is saved."""
    changes = difference(changing.base, changing.routine)
    if not changes:
        st.markdown(":gray[Nothing is changed yet. What you change is told here before you save it.]")
        return
    st.subheader("What this changes", anchor=False)
    st.html(changes_html(changes, changing.routine))
    for oddity in sorted(set(odd(changing.routine)) - set(odd(changing.base))):
        st.markdown(f":small[:gray[:material/info: {plain(oddity)}]]")


def _save(changing: Changing, branch: Branch) -> None:
    newest = branch.newest
    if newest.number != changing.base.version or newest.routine.digest != changing.base.digest:
        _somebody_else(changing, newest)
        return
    with st.form("save-version", border=False):
        because = st.text_input(
            "Why, in a sentence",
            placeholder="The help desk knows before us when parcels are late",
            max_chars=2000,
            key="because",
        ).strip()
        file = process.routines().file_of(branch.slug)
        if file is not None:
            st.markdown(
                f":small[:gray[It is written into {plain(str(file))}, where only what differs is touched.]]"
            )
        is_sure = may_be_secret()
        if st.form_submit_button(f"Save as version {newest.number + 1}", type="primary", key="save-version"):
            viewer.signing(lambda: doubts.asking(because, partial(_keep, changing, is_sure=is_sure)))
            st.rerun()


def _keep(changing: Changing, because: str, *, is_sure: bool) -> None:
    me = session()
    saved = saving(
        lambda: process.routines().save(
            changing.to_save(), because=because, changed_from=changing.base, is_sure=is_sure, **signed()
        )
    )
    if saved:
        me.changing, me.routine_saved = None, (saved.routine, saved.version)
        place(**{THEN: "", NOW: ""})


def _somebody_else(changing: Changing, version: Version) -> None:
    """A version was saved meanwhile: one sees what it changed, and then may save one's own after it."""
    newest = version.routine.model_copy(update={"version": version.number})
    told = f"{plain(version.by or 'Somebody')} saved version {version.number} meanwhile."
    if version.origin is Origin.FILE:
        told = "Its file was changed meanwhile."
    with st.container(key="gap-trouble-moved", gap="small"):
        st.markdown(
            f"**{told}** Yours was changed from version {changing.base.version}, and nothing of it is lost. "
            "This is what they changed:"
        )
        st.html(changes_html(difference(changing.base, newest), newest))
        if clashes := changing.clashes(newest):
            st.markdown(f"Both of you changed {plain(', '.join(clashes))}: there yours would stay.")
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"Keep mine, to be saved after version {version.number}" if clashes else "Put mine on top",
                key="changing-onto",
                help="What they changed stays, wherever you changed something else",
                on_click=lambda: _put(changing.onto(newest)),
            )
            folder = files.first_folder()
            if st.button(
                "Save mine as a new file" if folder else "Save mine as a new routine", key="changing-new"
            ):
                viewer.signing(lambda: _as_new(changing, folder))
            st.button("Keep theirs", key="changing-theirs", on_click=_put, args=(None,))


def _as_new(changing: Changing, folder: Path | None) -> None:
    base = changing.base
    made = saving(
        lambda: process.routines().keep(
            changing.to_save(),
            because=f"Changed from version {base.version} of {base.title}.",
            folder=folder,
            **signed(),
        )
    )
    if made:
        _put(None)
        go(Place.ROUTINE, routine=made.routine)
    st.rerun()
