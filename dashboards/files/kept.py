"""The file that a routine is kept in, how it stands in git, and its way there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import session
from dashboards.ui.plain import error_text, plain
from vistas.errors import GitError
from vistas.routine import Routine
from vistas.routine.git import FileState, InGit, commit, in_git, proposed_message

_NOTHING_TO_DO = {
    FileState.COMMITTED: "committed",
    FileState.IGNORED: "ignored by git",
    FileState.UNMERGED: "in a merge that is not finished",
}
MOST_SHOWN = 20


def draw(routine: Routine) -> None:
    """Nothing for a routine that is in no file."""
    here, slug = process.routines().here(), routine.routine
    place = here.place(slug)
    if place is None and not here.is_gone(slug):
        return
    with st.container(key="routine-file", gap="xsmall"):
        if place is None:
            st.markdown(":small[:gray[:material/description: Its file was removed.]]")
        else:
            _file(place, routine, is_wrong=slug in here.wrong)


def _file(place: Path, routine: Routine, *, is_wrong: bool) -> None:
    try:
        found = in_git(place)
    except GitError as problem:
        _named(place.name, str(place), "")
        st.markdown(f":small[:gray[{plain(error_text(problem))}.]]")
        return
    _named(found.name if found else str(place), str(place), _told(found) if found else "")
    if is_wrong:
        mistake = next(
            (str(each) for each in process.routines().mistakes() if str(each).startswith(str(place))), ""
        )
        st.warning(plain(f"Somebody made it wrong; what it said before is walked. {mistake}"))
        return
    _last(routine.routine)
    if found and found.can_be_committed:
        _to_commit(found, routine)


def _named(name: str, whole: str, told: str) -> None:
    st.markdown(
        f":small[:gray[:material/description: {plain(name)}{f' · {plain(told)}' if told else ''}]]",
        help=plain(whole),
    )


def _told(found: InGit) -> str:
    branch = f"on {found.branch}" if found.branch else "no branch is checked out"
    return f"{_NOTHING_TO_DO.get(found.state, found.state.value)}, {branch}"


def _last(slug: str) -> None:
    """What became of the last try to commit it."""
    of, said = session().committed
    if of == slug and said:
        st.markdown(f":small[{plain(said)}]")


def _to_commit(found: InGit, routine: Routine) -> None:
    """One click, with a message that can be worded otherwise."""
    key = f"commit-message-{routine.routine}-{routine.version}"
    message = st.text_area("Message of the commit", proposed_message(routine), height=112, max_chars=4000, key=key)
    st.button(
        "Commit this file",
        icon=":material/commit:",
        key="commit-file",
        help="Runs git add and git commit for this file alone, with the hooks and the name that git has here",
        disabled=not message.strip(),
        on_click=partial(viewer.signing, partial(_commit, found.path, routine.routine, message)),
    )


def _commit(path: Path, slug: str, message: str) -> None:
    try:
        made = commit(path, message)
    except GitError as problem:
        session().committed = (slug, f"{_capital(error_text(problem))}.")
        return
    said = f" Git said: {made.said[-400:]}" if made.said else ""
    session().committed = (slug, f"Committed as {made.id} on {made.branch}.{said}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
