"""Connecting a tool: what was pasted is recognised and tried; what is kept goes into vistas.toml."""

from __future__ import annotations

from vistas.connecting.credentials import NOBODY, Credentials
from vistas.connecting.keeping import Change, Keeper
from vistas.connecting.known import connected_as
from vistas.connecting.preview import StopPreview, preview
from vistas.connecting.telling import answers_in, how_it_feels, in_a_sentence, why_not
from vistas.connecting.trying import Pasted, Tried, recognise, try_out, url_of

__all__ = [
    "NOBODY",
    "Change",
    "Credentials",
    "Keeper",
    "Pasted",
    "StopPreview",
    "Tried",
    "answers_in",
    "connected_as",
    "how_it_feels",
    "in_a_sentence",
    "preview",
    "recognise",
    "try_out",
    "url_of",
    "why_not",
]
