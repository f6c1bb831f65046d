"""Which version of a routine a vista was walked with, and ways to a routine's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import streamlit as st

from dashboards.shared import process
from dashboards.state import NOW, ROUTINE
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.routines import Here
from vistas.routine import Routine
from vistas.store import VistaSummary
from vistas.vista import Vista

ICON = ":material/account_tree:"


def versions_named(vistas: Iterable[VistaSummary]) -> Mapping[UUID, str]:
    """`version 2` for those that were not walked with the newest version of their routine."""
    here = process.routines().here()
    named = ((each.id, _older(here, each.routine, each.routine_version, each.routine_digest)) for each in vistas)
    return {vista: name for vista, name in named if name}


def walked_with(vista: Vista) -> None:
    """A link to the version that it was walked with; nothing where its routine is not here."""
    routine, here = vista.routine, process.routines().here()
    if not here.versions(routine.routine):
        return
    version = here.walked_as(routine.routine, routine.version, routine.digest)
    older = _older(here, routine.routine, routine.version, routine.digest)
    title = plain(routine.title)
    parameters = {ROUTINE: routine.routine} | ({NOW: str(version.number)} if version and older else {})
    with st.container(key="walked-with", width="content"):
        links.draw(Place.ROUTINE, f"walked with {older} of {title}" if older else title, ICON, parameters)


def _older(here: Here, slug: str, number: int, digest: str) -> str:
    """Empty for the newest version, and for a routine that is not here."""
    versions = here.versions(slug)
    if not versions:
        return ""
    version = here.walked_as(slug, number, digest)
    if version is None:
        return "an earlier version"
    return "" if version is versions[-1] else f"version {version.number}"


def link(routine: Routine, label: str = "") -> None:
    """The way to its page, named by its number of versions where it has several."""
    several = f"Version {routine.version}" if routine.version > 1 else "About it"
    links.draw(Place.ROUTINE, label or several, ICON, {ROUTINE: routine.routine})


def links_to_all() -> None:
    """Every routine by its title."""
    for routine in process.workspace().routines():
        number = f" :gray[· version {routine.version}]" if routine.version > 1 else ""
        links.draw(Place.ROUTINE, f"{plain(routine.title)}{number}", None, {ROUTINE: routine.routine})
