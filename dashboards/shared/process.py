"""What all sessions of one process share: the workspace, the gatherings under way, the sources' health."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboards.shared.broadcast import Broadcast
from dashboards.shared.counters import Counters
from dashboards.shared.gatherings import Gatherings
from dashboards.shared.health import HealthChecks
from dashboards.shared.news import News
from dashboards.shared.offers import Offers
from dashboards.shared.presences import Presences
from vistas.practice import Notebooks
from vistas.practice.routines import Routines
from vistas.practice.samples import Samples
from vistas.redaction import doors
from vistas.settings import load_settings
from vistas.vocabulary import HasWords, Words
from vistas.workspace import Workspace


class _Current:
    """The workspace that new work begins with. What is under way keeps the one it began with."""

    def __init__(self, opened: Workspace) -> None:
        self.workspace = opened
        self.changing = threading.Lock()


def workspace() -> Workspace:
    """Opened once from vistas.toml and the environment; SettingsError or StoreError when that cannot be."""
    return _current().workspace


def reconnect() -> None:
    """Use the sources that vistas.toml names now. SettingsError or SourceError: all stays as it was."""
    current = _current()
    with current.changing:
        current.workspace = current.workspace.reconnected(load_settings(os.environ, Path.cwd()))
    _words.clear()
    offers.clear()


@st.cache_resource(show_spinner=False)
def _current() -> _Current:
    doors.guard()
    opened = Workspace.open(load_settings(os.environ, Path.cwd()))
    doors.use(opened.redactor)
    if opened.on_recordings:
        opened.keep_recordings()
    return _Current(opened)


@st.cache_resource(show_spinner=False)
def notebooks() -> Notebooks:
    """What people write together."""
    return Notebooks(workspace().store.journals)


@st.cache_resource(show_spinner=False)
def samples() -> Samples:
    """What this store may have begun with."""
    return Samples(workspace().store, notebooks())


def routines() -> Routines:
    """All routines, with their versions."""
    return workspace().versions


@st.cache_resource(show_spinner=False)
def counters() -> Counters:
    return Counters(workspace().store)


@st.cache_resource(show_spinner=False)
def presences() -> Presences:
    return Presences()


@st.cache_resource(show_spinner=False)
def news() -> News:
    return News(counters(), notebooks().sessions, presences(), gatherings())


@st.cache_resource(show_spinner=False)
def broadcast() -> Broadcast:
    """For the server's event loop."""
    return Broadcast(news().now)


@st.cache_resource(show_spinner=False)
def offers() -> Offers:
    """What there is to choose from when a walk begins."""
    return Offers(workspace())


@st.cache_resource(show_spinner=False)
def gatherings() -> Gatherings:
    return Gatherings()


@st.cache_resource(show_spinner=False)
def _words() -> Mapping[str, Words]:
    opened = workspace()
    return {
        source.name: Words(source.type, source, opened.redactor)
        for source in opened.sources
        if isinstance(source, HasWords)
    }


def words(source: str) -> Words | None:
    """What queries of this source can be made of; None where it is asked without a language of queries."""
    return _words().get(source)


@st.cache_resource(show_spinner=False)
def health() -> HealthChecks:
    return HealthChecks(workspace().redactor)
