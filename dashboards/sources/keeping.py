"""Changing what is connected: written to the settings, used at once, and undone by a click."""

from __future__ import annotations

import os
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import streamlit as st

from dashboards.shared import process
from dashboards.state import session
from vistas.connecting import Change, Keeper
from vistas.errors import VistasError


def keeper() -> Keeper:
    return Keeper(os.environ, Path.cwd())


def apply(change: Callable[[Keeper], Change]) -> None:
    """Write a change and use it. SettingsError or SourceError where that cannot be: then all is as before."""
    keeps = keeper()
    made = change(keeps)
    try:
        process.reconnect()
    except VistasError:
        keeps.undo(made)
        raise
    session().reconnected = made


def undo() -> None:
    made = session().reconnected
    if made is not None:
        apply(lambda keeps: keeps.undo(made))


def may_connect() -> bool:
    """Whoever is at this machine: the app listens nowhere else."""
    address = str(st.get_option("server.address") or "")
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
