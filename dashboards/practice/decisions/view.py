"""A decision table as people work on it, in a session or by itself: the questions, the sheet, its versions."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.practice.decisions import evidence
from dashboards.practice.decisions import recheck as decisions_recheck
from dashboards.practice.decisions.sheet import sheet
from dashboards.shared import process
from dashboards.state import VERSION, now, parameter, place, session, zone
from dashboards.ui import words
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import PracticeError
from vistas.practice.decisions import DecisionTable, Link, Wording
from vistas.practice.decisions.entries import SheetEntry, Titled
from vistas.practice.decisions.export import write_csv, write_markdown
from vistas.practice.decisions.history import TableChange, changes
from vistas.practice.decisions.probes import METHOD, SWEEPS
from vistas.sharing.tables import cut
from vistas.store import Head

CHANGES = 20


def draw(journal: UUID, *, titled: bool = False) -> None:
    """The table of this journal, to be written in; an earlier version where the URL names one, to be read.

    `titled` is whether the page leaves it to the table to say its title.
    """
    notebook = process.notebooks().decisions
    head, newest = notebook.head(journal), notebook.read(journal)
    version = version_in_url(head.revision)
    tools(head, newest, titled=titled)
    if version is None:
        decisions_recheck.draw(newest)
        questions()
        sheet(
            newest,
            key=f"sheet-{journal}",
            me=viewer.name(),
            opens=evidence.opens(journal, newest),
            when=when,
            on_write=partial(write, journal),
            on_link=partial(evidence.ask_for, journal),
        )
        evidence.drawer(journal, newest)
    else:
        earlier(journal, version)
    versions(head, newest)


def watched(journal: UUID) -> tuple[UUID, ...]:
    """What changes it: the table, and its evidence while that is being looked at again."""
    found = decisions_recheck.newest(process.notebooks().decisions.read(journal))
    coming = found is not None and found[1].saved_at is None
    return (journal, found[0].vista) if found and coming else (journal,)


def write(journal: UUID, entries: tuple[SheetEntry, ...]) -> None:
    process.notebooks().decisions.write(journal, *entries, **signed())


def when(said: Wording | Link) -> str:
    return words.when(said.at, now(), zone())


def version_in_url(newest: int) -> int | None:
    """The earlier version that is asked for; None for the newest and for what is no version."""
    text = parameter(VERSION)
    number = int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
    return number if 0 < number < newest else None


def tools(head: Head, table: DecisionTable, *, titled: bool) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="decision-head"
    ):
        if titled:
            st.header(plain(head.title), anchor=False, width="content")
        doors(head, table)


def doors(head: Head, table: DecisionTable) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="decision-doors"
    ):
        if any(table.links()) and st.button(
            "Look again",
            icon=":material/refresh:",
            type="tertiary",
            key="look-again",
            help="Runs all linked looks now. The result is saved and linked with its date.",
        ):
            recheck(head, table)
        with st.popover("Export", icon=":material/ios_share:", type="tertiary", key="decisions-export"):
            export(head.title, table)
        with st.popover("Rename", icon=":material/edit:", type="tertiary", key="decisions-rename"):
            rename(head)


def recheck(head: Head, table: DecisionTable) -> None:
    try:
        again = decisions_recheck.begin(head.id, head.title, table)
    except PracticeError as problem:
        st.toast(plain(error_text(problem)), icon=":material/info:")
        return
    if again.lost:
        lost = words.count(len(again.lost), "look")
        st.toast(f"{lost} can no longer be run.", icon=":material/info:")
    st.rerun()


def export(title: str, table: DecisionTable) -> None:
    """Made when it is asked for."""
    name = words.file_name(title, "decisions")
    st.download_button(
        "Notes (.md)",
        partial(write_markdown, title, table, evidence.address),
        f"{name}.md",
        "text/markdown",
        icon=":material/notes:",
        type="tertiary",
        key="decisions-md",
        on_click="ignore",
    )
    st.download_button(
        "Spreadsheet (.csv)",
        lambda: write_csv(table),
        f"{name}.csv",
        "text/csv",
        icon=":material/table:",
        type="tertiary",
        key="decisions-csv",
        on_click="ignore",
    )


def rename(head: Head) -> None:
    with st.form("decisions-title", border=False):
        title = st.text_input("What is it about?", value=head.title, max_chars=200, key=f"title-{head.id}")
        if st.form_submit_button("Rename") and title.strip():
            viewer.signing(lambda: _rename(head.id, title.strip()))
            st.rerun()


def _rename(journal: UUID, title: str) -> None:
    notebook = process.notebooks().decisions
    notebook.rename(journal, title)
    notebook.write(journal, Titled(title=title), **signed())


def questions() -> None:
    """What to ask, sweep by sweep, for whoever interviews."""
    with st.expander("Questions to ask, in four sweeps", type="compact", icon=":material/forum:"):
        titles = [sweep.title for sweep in SWEEPS]
        chosen = st.segmented_control(
            "Sweep",
            titles,
            default=titles[0],
            required=True,
            format_func=lambda title: f"{titles.index(title) + 1} · {title}",
            label_visibility="collapsed",
            persist_state="session",
            key="sweep",
        )
        sweep = next(each for each in SWEEPS if each.title == chosen)
        with st.container(key="sweeps", gap="xsmall"):
            st.markdown(sweep.about)
            st.markdown("\n".join(f"- {plain(probe.question)}" for probe in sweep.probes))
        st.markdown(f":small[:gray[{plain(METHOD)}]]")


def earlier(journal: UUID, version: int) -> None:
    """The table as it was, with the way back."""
    notebook = process.notebooks().decisions
    table = notebook.as_of(journal, version)
    change = next(each for each in changes(notebook.history(journal), table) if each.number == version)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="gap-calm-version"):
        st.text(
            f"As of {evidence.moment(change.at)}, after {change.by} {change.summary}",
            width="content",
        )
        st.button(
            "Back to the latest version",
            icon=":material/undo:",
            type="tertiary",
            on_click=place_version,
            key="to-now",
        )
    sheet(
        table,
        key=f"sheet-{journal}-{version}",
        me=viewer.name(),
        opens=evidence.opens(journal, table),
        when=when,
    )


def place_version(number: int = 0) -> None:
    place(**{VERSION: str(number) if number else ""})


def versions(head: Head, table: DecisionTable) -> None:
    """Who changed what and when, the newest first; each leads to the table as it was then."""
    if head.revision == 0:
        return
    shown = changes_shown()
    door = st.expander(
        f"Versions · {words.count(head.revision, 'change')}",
        type="compact",
        icon=":material/history:",
        on_change="rerun",
        key=f"versions-{head.id}",
    )
    if not door.open:
        return
    with door:
        told = changes(process.notebooks().decisions.history(head.id), table)
        with st.container(key="changes", gap="xsmall"):
            for change in told[:shown]:
                one_change(change, newest=change.number == head.revision)
        if len(told) > shown:
            st.button(
                "Show more", type="tertiary", icon=":material/expand_more:", on_click=more, key="more-changes"
            )


def more() -> None:
    session().changes_shown = changes_shown() + 5 * CHANGES


def changes_shown() -> int:
    return session().changes_shown or CHANGES


def one_change(change: TableChange, *, newest: bool) -> None:
    with st.container(key=f"change-{change.number}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(f"{words.when(change.at, now(), zone())} · {change.by} {change.summary}", width="content")
            if newest:
                st.badge("now", color="gray")
            else:
                st.button(
                    "View this version",
                    type="tertiary",
                    on_click=place_version,
                    args=(change.number,),
                    key=f"see-{change.number}",
                )
        if change.text:
            with st.container(key=f"where-{change.number}"):
                st.text(cut(change.text, 300))
