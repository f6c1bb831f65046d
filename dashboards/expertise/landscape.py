"""Parts of the landscape in the newest vistas, to put on a wheel or on the map of expertise."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboards.shared import process
from vistas.practice.landscape import Part, PartKind, landscape
from vistas.store import Search

VISTAS = 6
"""How many of the newest vistas are read together, for no single routine looks at everything."""
EACH = 7
"""Parts of one sort that a new wheel begins with."""


def parts() -> tuple[Part, ...]:
    """Of vistas gathered here; of what was brought in or recorded where nothing was gathered yet."""
    store = process.workspace().store
    live = store.library(Search(saved_only=False, origin="live", limit=VISTAS)).vistas
    newest = live or store.library(Search(saved_only=False, limit=VISTAS)).vistas
    return _shown_by(tuple((vista.id, store.revision(vista.id)) for vista in newest))


@st.cache_data(show_spinner=False, max_entries=20)
def _shown_by(vistas: tuple[tuple[UUID, int], ...]) -> tuple[Part, ...]:
    store = process.workspace().store
    return landscape(store.vista(vista_id) for vista_id, _ in vistas)


def first_choice(found: tuple[Part, ...]) -> tuple[Part, ...]:
    """A few of each sort, from all over the alphabet: as many as can still be read on a wheel."""
    return tuple(part for sort in PartKind for part in _spread([each for each in found if each.sort is sort]))


def _spread(found: Sequence[Part]) -> list[Part]:
    most = min(EACH, len(found))
    return [found[place * len(found) // most] for place in range(most)]
