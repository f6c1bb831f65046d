"""Changing what is connected: written to the settings, used at once, and undone by a click."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import streamlit as st

from dashboards.shared import process
from dashboards.state import session
from vistas.connecting import Change, Keeper
from vistas.errors import VistasError


def keeper() -> Keeper:
    return Keeper(os.environ, Path.cwd())


def apply(*changes: Callable[[Keeper], Change]) -> None:
    """Write changes and use them, to be undone together. SettingsError or SourceError: then all is as before."""
    if not changes:
        return
    keeps, made = keeper(), list[Change]()
    try:
        for change in changes:
            made.append(change(keeps))
        process.reconnect()
    except VistasError:
        for each in reversed(made):
            keeps.undo(each)
        raise
    session().reconnected = tuple(made)


def undo() -> None:
    apply(*(partial(Keeper.undo, change=each) for each in reversed(session().reconnected)))


def may_connect() -> bool:
    """Whoever is at this machine: the app listens nowhere else."""
    address = str(st.get_option("server.address") or "")
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
