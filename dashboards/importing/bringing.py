"""Dropping or pasting a dashboard; what was found in it; and what one has begun and not kept yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import IO

import streamlit as st

from dashboards import viewer
from dashboards.importing.stop_rows import write
from dashboards.shared import process
from dashboards.state import now, session, zone
from dashboards.ui import links, words
from dashboards.ui.places import Place, go
from dashboards.ui.plain import error_text, plain
from dashboards.writing import signed
from vistas.errors import DashboardError
from vistas.importing import LONGEST, Imported, Slugs, import_dashboards
from vistas.practice.imports import PutAway, unfinished
from vistas.practice.imports.bringing import brought, told
from vistas.redaction import doors

MOST_FILES = 20
SHOWN = 40
"""Dashboards of one file that are listed; a file can hold hundreds."""
RECENTLY = timedelta(days=30)


def draw() -> None:
    with st.container(key="bringing", gap="small"):
        st.title("Bring a dashboard.", anchor=False)
        st.markdown(
            "A dashboard of Grafana or Perses becomes a routine: each row a stop, each panel a look. "
            "You choose what of it you walk, and in which order."
        )
        files = st.file_uploader(
            "Dashboards as JSON or YAML, as they are exported or lie in a ConfigMap",
            type=["json", "yaml", "yml"],
            accept_multiple_files=True,
            max_upload_size=LONGEST // 1_000_000,
            key="import-files",
        )
        with st.expander("Or paste one", type="compact", icon=":material/content_paste:"):
            pasted = st.text_area(
                "The dashboard's JSON or YAML", key="import-pasted", max_chars=LONGEST, height=160
            )
            st.button("Read it", key="import-read")
        _look_into(files[:MOST_FILES], pasted)
        _found()
    _begun()


def _look_into(files: Sequence[IO[bytes]], pasted: str) -> None:
    """Read what is new, once. A single dashboard is opened at once."""
    me = session()
    names = [
        *(str(getattr(file, "file_id", "")) for file in files),
        *([_digest(pasted)] if pasted.strip() else []),
    ]
    if me.import_read == tuple(names):
        return
    me.import_read = tuple(names)
    found: list[Imported] = []
    troubles: list[str] = []
    slugs = Slugs()
    with st.spinner("Reading…"):
        for name, written in _texts(files, pasted, troubles):
            try:
                read = import_dashboards(written, name, slugs=slugs, mask=doors.masked)
            except DashboardError as problem:
                troubles.append(error_text(problem))
                continue
            found += read.dashboards
            troubles += [doors.masked(f"{each.where}: {each.reason}") for each in read.unusable]
    me.import_found, me.import_troubles = tuple(found), tuple(troubles)
    if len(found) == 1 and found[0].routines and not troubles:
        _open(found[0])


def _texts(files: Sequence[IO[bytes]], pasted: str, troubles: list[str]) -> Iterator[tuple[str, str]]:
    for file in files:
        name = doors.masked(str(file.name)[:100])
        try:
            yield name, file.read(LONGEST + 1).decode()
        except UnicodeDecodeError as error:
            troubles.append(f"{name} is not UTF-8 text (byte {error.start})")
    if pasted.strip():
        yield "What you pasted", pasted


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _open(imported: Imported) -> None:
    viewer.signing(lambda: _begin(imported))


def _begin(imported: Imported) -> None:
    mask = process.workspace().redactor.begin().text
    first = brought(imported, mask)
    journal = process.notebooks().imports.begin(first.routine.title, first, **signed())
    go(Place.IMPORTING, journal=str(journal))


def _found() -> None:
    """Each dashboard with what would come of it."""
    me = session()
    for imported in me.import_found[:SHOWN]:
        _card(imported)
    if len(me.import_found) > SHOWN:
        st.markdown(f":gray[And {len(me.import_found) - SHOWN} more: bring the files that hold them one by one.]")
    for number, trouble in enumerate(me.import_troubles[:SHOWN]):
        with st.container(key=f"gap-calm-import-{number}", gap="xsmall"):
            st.text(trouble)


def _card(imported: Imported) -> None:
    key = hashlib.sha256(f"{imported.where}/{imported.title}".encode(errors="replace")).hexdigest()[:16]
    stops = sum(len(routine.stops) for routine in imported.routines)
    looks = sum(1 for routine in imported.routines for _ in routine.looks())
    with st.container(key=f"import-found-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap="xxsmall"):
            st.markdown(f"**{plain(imported.title) or 'Without a title'}**")
            said = (
                f"{words.count(stops, 'stop')}, {words.count(looks, 'look')}" if stops else _why_nothing(imported)
            )
            st.markdown(f":small[:gray[{plain(imported.where)} · {said}]]")
        if stops and st.button("Look through it", key=f"import-open-{key}"):
            _open(imported)


def _why_nothing(imported: Imported) -> str:
    """The first reason why nothing of a dashboard can be looked at."""
    left = told(imported, doors.masked).left
    reason = f": its panel {plain(left[0].reason)}" if left else ""
    return f"nothing of it can be looked at here{reason}"


def _begun() -> None:
    if not viewer.is_known():
        return
    begun = unfinished(process.notebooks().imports, viewer.name(), now() - RECENTLY)
    if not begun:
        return
    st.header("Not kept yet", anchor=False)
    for journal, each in begun[:12]:
        changed = words.when(each.changed_at, now(), zone()) if each.changed_at else ""
        with st.container(
            key=f"import-begun-{journal}", horizontal=True, vertical_alignment="center", gap="small"
        ):
            links.draw(Place.IMPORTING, plain(each.title), ":material/edit:", {"journal": journal})
            st.markdown(f":gray[{words.count(len(each.walk), 'stop')} · {plain(changed)}]", width="content")
            st.button(
                "Put away",
                type="tertiary",
                key=f"import-away-{journal}",
                on_click=write,
                args=(journal, PutAway()),
            )
