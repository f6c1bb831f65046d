"""The family of a routine as a tree: its versions, and what others made from which of them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards.routines.compared import SHIPPED, key_of
from dashboards.routines.telling import Walked, reason, signed, walked_by_version
from dashboards.shared import process
from dashboards.state import NOW, ROUTINE, THEN, place
from dashboards.ui import links, words
from dashboards.ui.places import Place
from dashboards.ui.plain import plain
from vistas.practice.routines import Branch, Family, Version
from vistas.routine import Ancestor

DEEPEST = 3
"""So many generations of forks are drawn; those below are reached through them."""


def draw(family: Family, slug: str, picked: tuple[str, str]) -> None:
    """`picked` are the keys of the two versions that are compared."""
    branch = family.find(slug) or family.eldest
    st.header("Its family", anchor=False)
    with st.container(key="family", gap=None):
        _above(branch, family)
        walked, unknown = walked_by_version(branch.versions, process.workspace().store.walked(slug))
        for version in reversed(branch.versions):
            _version(branch, version, walked[version.number], picked)
        for fork in branch.forks_of_others():
            _fork(fork)
    if unknown.mornings:
        told = "One morning was" if unknown.mornings == 1 else f"{unknown.mornings:,} mornings were"
        st.markdown(f":small[:gray[{told} walked with a version that is not kept here.]]")
    if branch.shipped is not None:
        _shipped(branch)
    if branch.forks:
        st.markdown(":small[:gray[Forks keep their credit, whatever becomes of them.]]")


def _above(branch: Branch, family: Family) -> None:
    """What it was made from: a way there, or its name where it is not here."""
    after = branch.made_from
    if after is None:
        return
    with st.container(key="family-above", gap=None):
        by = f", {plain(after.by)}'s" if after.by else ""
        here = family.find(after.routine)
        if here and here.slug != branch.slug:
            parameters = {ROUTINE: after.routine, NOW: str(after.version)}
            links.draw(Place.ROUTINE, f"**{plain(after.title)}**", ":material/north:", parameters)
            st.markdown(f":small[:gray[It was made from version {after.version} of it{by}.]]")
        else:
            st.markdown(_not_here(after, by))


def _not_here(after: Ancestor, by: str) -> str:
    title, number = plain(after.title), after.version
    return f":small[:gray[Made from version {number} of **{title}**{by}, which is not here.]]"


def _version(branch: Branch, version: Version, walked: Walked, picked: tuple[str, str]) -> None:
    newest = version is branch.newest
    tone = "newest" if newest else "picked" if key_of(branch.slug, version.number) in picked else "old"
    before = branch.versions[version.number - 2] if version.number > 1 else None
    with st.container(key=f"family-{tone}-{version.number}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                f"Version {version.number}",
                type="tertiary",
                key=f"version-{version.number}",
                help="Show what changed with it",
                on_click=partial(_compare_with_before, version),
            )
            if walked.is_of_this_morning:
                st.badge("walked this morning", color="orange")
        st.markdown(plain(reason(version, before)))
        st.markdown(f":small[:gray[{plain(' · '.join(filter(None, (signed(version), walked.told()))))}]]")
        for fork in branch.forks_of(version.number):
            _fork(fork)


def _compare_with_before(version: Version) -> None:
    place(**{NOW: str(version.number), THEN: str(version.number - 1) if version.number > 1 else ""})


def _fork(fork: Branch, depth: int = 1) -> None:
    newest = fork.newest
    with st.container(key=f"made-from-{fork.slug}", gap=None):
        links.draw(Place.ROUTINE, f"**{plain(newest.routine.title)}**", None, {ROUTINE: fork.slug})
        told = (fork.versions[0].by, words.count(len(fork.versions), "version"), _stops(fork))
        st.markdown(f":small[:gray[{plain(' · '.join(filter(None, told)))}]]")
        for each in fork.forks if depth < DEEPEST else ():
            _fork(each, depth + 1)


def _stops(fork: Branch) -> str:
    return words.count(len(fork.newest.routine.stops), "stop")


def _shipped(branch: Branch) -> None:
    """What comes with the project today is another one than the team began with."""
    with st.container(key="family-shipped", gap="xsmall"):
        st.markdown("Morning Vistas comes with a newer version of this routine than the one yours began with.")
        st.button(
            "See the difference",
            type="tertiary",
            key="shipped",
            on_click=lambda: place(**{THEN: str(branch.newest.number), NOW: SHIPPED}),
        )
