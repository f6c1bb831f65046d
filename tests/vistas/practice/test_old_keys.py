"""Entries in people's stores keep the keys they were written with, and are read all the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from vistas.practice import EntryBody, Notebooks
from vistas.practice.decisions import Evidence
from vistas.practice.decisions.entries import Linked
from vistas.practice.expertise import LineKind
from vistas.practice.expertise.entries import LineWritten
from vistas.practice.glossary.entries import Forgotten
from vistas.practice.landscape import Part, PartKind
from vistas.practice.matrix.entries import ElementAdded
from vistas.practice.rounds.entries import QuestionAsked
from vistas.practice.session.entries import HostTaken
from vistas.practice.wheel.entries import TurnAnswered
from vistas.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)
A, B = str(ONE), str(OTHER)

OLD: dict[str, tuple[dict[str, Any], EntryBody]] = {
    "rounds": ({"does": "asked", "question": "Why?"}, QuestionAsked(question="Why?")),
    "matrices": ({"does": "element-added", "id": A, "name": "shop"}, ElementAdded(id=ONE, name="shop")),
    "sessions": ({"does": "host-taken", "host": "Ada"}, HostTaken(host="Ada")),
    "glossary": ({"does": "forgotten", "id": A}, Forgotten(id=ONE)),
    "wheels": (
        {"does": "answered", "id": A, "turn": B, "says": "ask them", "whom": "platform", "places": []},
        TurnAnswered(id=ONE, turn=OTHER, text="ask them", whom="platform"),
    ),
    "expertise": (
        {
            "does": "told",
            "id": A,
            "part": {"sort": "ingress host", "name": "shop"},
            "tells": "whom to ask",
            "text": "Bea",
            "place": None,
        },
        LineWritten(id=ONE, part=Part(sort=PartKind.HOST, name="shop"), kind=LineKind.ASK, text="Bea"),
    ),
    "decisions": (
        {
            "does": "linked",
            "id": A,
            "row": B,
            "evidence": {"says": "Requests", "routine": "landscape", "stop": "front-door"},
        },
        Linked(id=ONE, row=OTHER, evidence=Evidence(title="Requests", routine="landscape", stop="front-door")),
    ),
}


@pytest.mark.parametrize("kind", OLD)
def test_an_entry_is_read_under_the_keys_it_was_written_with(store: Store, kind: str) -> None:
    written, meant = OLD[kind]
    book = getattr(Notebooks(store.journals), kind)
    journal = book.begin("Title", by="Maya", at=NOW)
    store.journals.append(journal, [json.dumps(written)], by="Maya", at=NOW)
    assert [each.what for each in book.history(journal)] == [meant]


@pytest.mark.parametrize("kind", OLD)
def test_and_is_written_under_the_present_ones(store: Store, kind: str) -> None:
    book = getattr(Notebooks(store.journals), kind)
    journal = book.begin("Title", OLD[kind][1], by="Maya", at=NOW)
    (kept,) = store.journals.entries(journal)
    assert json.loads(kept.body)["type"] == OLD[kind][0]["does"]
    assert not any(f'"{key}":' in kept.body for key in ("does", "says", "tells"))
    assert [each.what for each in book.history(journal)] == [OLD[kind][1]]
