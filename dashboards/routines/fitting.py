"""After a walk: the routine without what its landscape does not have, as a version of one's own."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from dashboards import viewer
from dashboards.routines.saving import saving
from dashboards.shared import process
from dashboards.state import ROUTINE, now, session, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import plain
from dashboards.writing import signed
from vistas.errors import RoutineError
from vistas.practice.routines import Origin
from vistas.routine import Routine
from vistas.vista import Vista
from vistas.vista.fitting import Fitted, fitted
from vistas.vista.presence import Lost

NAMED: Final = 12
LONGEST_TITLE: Final = 190


def offer(vista: Vista, lost: Lost) -> None:
    """Nothing where the newest version asks for nothing that this vista of it lacked. `lost` is not left out."""
    found = _found(vista, lost)
    if found is None:
        return
    newest, fits = found
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="fit-routine"):
        if same := _same(newest, fits):
            by = f", by {plain(same.by)}" if same.by and same.by != viewer.name() else ""
            label = f"{plain(same.title)}{by}, is without them"
            links.draw(Place.ROUTINE, label, ":material/account_tree:", {ROUTINE: same.routine})
            return
        if st.button(
            f"Leave out what this landscape does not have ({_counted(fits)})",
            type="tertiary",
            icon=":material/playlist_remove:",
            help=_becomes(newest),
            wrap=True,
            key="fit-it",
        ):
            viewer.signing(partial(_keep, newest, fits, vista))
    if trouble := session().routine_refused:
        st.warning(plain(trouble), icon=":material/info:")


def _found(vista: Vista, lost: Lost) -> tuple[Routine, Fitted] | None:
    """What a recording or somebody else's vista lacks says nothing about the landscape here."""
    if vista.origin != "live":
        return None
    try:
        newest = process.routines().find(vista.routine.routine)
    except RoutineError:
        return None
    fits = fitted(newest, vista, lost)
    return (newest, fits) if fits else None


def _same(newest: Routine, fits: Fitted) -> Routine | None:
    """A routine made from this one that looks at just what is left of it."""
    made = (each for each in process.workspace().routines() if each.after and each.after.routine == newest.routine)
    return next((each for each in made if each.stops == fits.routine.stops), None)


def _counted(fits: Fitted) -> str:
    """`5 looks, 1 stop`"""
    stops = [words.count(len(fits.stops), "stop")] if fits.stops else []
    return ", ".join([words.count(len(fits.looks), "look"), *stops])


def _is_mine(newest: Routine) -> bool:
    version = process.routines().versions(newest.routine)[-1]
    return version.origin not in {Origin.BUILT_IN, Origin.FILE} and version.by == viewer.name()


def _becomes(newest: Routine) -> str:
    if _is_mine(newest):
        return f"Saved as version {newest.version + 1} of {plain(newest.title)}; it can be undone"
    return f"Saved as a routine of your own, made from {plain(newest.title)}, which stays as it is"


def _keep(newest: Routine, fits: Fitted, vista: Vista) -> None:
    """What is left was in the routine before: there is no new secret in it."""
    routines, because = process.routines(), _because(fits, vista)

    def keep() -> Routine:
        own = newest
        if not _is_mine(newest):
            title = f"{newest.title[:LONGEST_TITLE]}, fitted"
            own = routines.fork(newest, title=title, is_sure=True, **signed())
        changed = own.model_copy(update={"stops": fits.routine.stops})
        return routines.save(changed, because=because, changed_from=own, is_sure=True, **signed())

    if made := saving(keep):
        session().routine_saved = (made.routine, made.version)
        go(Place.ROUTINE, routine=made.routine)
    st.rerun()


def _because(fits: Fitted, vista: Vista) -> str:
    titles = [look.title for _, look in fits.looks]
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    at = words.when_in_sentence(vista.begun_at, now(), zone())
    return f"Nothing of the kind was there {at}: {', '.join(titles[:NAMED])}{more}."
