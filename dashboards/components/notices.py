"""Components on which one writes notices: what they are given, and what they send, checked and handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter

from dashboards.components import outbox, packaged
from dashboards.components.marks import Mark, Marked, OnMark
from dashboards.ui.theme import TOKENS
from vistas.vista.notice import Anchor, NoticeKind, NoticeText, Stretch

_LATEST = 32_503_680_000_000
"""The year 3000 in epoch milliseconds: what lies beyond is no time a browser meant."""


class _Written(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: UUID
    kind: NoticeKind
    text: NoticeText
    anchor: Anchor


_ALL = TypeAdapter(tuple[_Written, ...])


@dataclass(frozen=True, slots=True)
class NoticesOn:
    """Makes notices of what a browser sent: it says when, or which row; whose look it is, the page knows."""

    look: str
    source: str

    def validate_python(self, sent: object, /) -> tuple[Marked, ...]:
        """ValidationError where it is none."""
        found = sent if isinstance(sent, list) else [sent]
        written = _ALL.validate_python([self._anchored(each) for each in found])
        return tuple(Marked(each.id, each.kind, each.text, each.anchor) for each in written)

    def _anchored(self, sent: object) -> object:
        if not isinstance(sent, dict) or not isinstance(anchor := sent.get("anchor"), dict):
            return sent
        return {**sent, "anchor": {**anchor, **_times(anchor), "look": self.look, "source": self.source}}


def mount(
    script: str,
    *,
    key: str,
    look: str,
    source: str,
    marks: Sequence[dict[str, Any]],
    on_mark: OnMark | None,
    data: dict[str, Any],
) -> None:
    """Put a component on the page on which one can write."""
    packaged.show(
        script,
        key=key,
        on={
            "wrote": outbox.taking(key, NoticesOn(look, source), on_mark and partial(_each, on_mark), words=typed)
        },
        data={
            **data,
            "key": key,
            "marks": list(marks),
            "writable": on_mark is not None,
            "answers": outbox.answers(key),
            "kinds": [kind.value for kind in NoticeKind],
            "tokens": {name: list(shades) for name, shades in TOKENS.items()},
        },
    )


def mark_data(mark: Mark) -> dict[str, Any]:
    """A notice as the browser draws it, without its place."""
    notice = mark.notice
    return {
        "id": str(notice.id),
        "number": mark.number,
        "kind": notice.kind.value,
        "text": notice.text,
        "author": notice.signed,
        "people": mark.people,
        "earlier": mark.earlier,
    }


def stretch_marks(marks: Sequence[Mark], look: str, source: str) -> list[dict[str, Any]]:
    """The notices that hang on a stretch of this look."""
    return [
        {
            **mark_data(mark),
            "start": milliseconds(anchor.start),
            "end": milliseconds(anchor.end),
            "series": list(anchor.series),
        }
        for mark in marks
        if isinstance(anchor := mark.notice.anchor, Stretch) and (anchor.look, anchor.source) == (look, source)
    ]


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def typed(sent: object) -> object:
    """The words in it: neither labels of series nor patterns of logs are anything that somebody wrote."""
    found = sent if isinstance(sent, list) else []
    return [each.get("text") for each in found if isinstance(each, dict)]


def _each(on_mark: OnMark, written: tuple[Marked, ...]) -> None:
    for marked in written:
        on_mark(marked)


def _times(anchor: Mapping[str, Any]) -> dict[str, datetime]:
    return {
        name: datetime.fromtimestamp(anchor[name] / 1000, UTC)
        for name in ("start", "end")
        if isinstance(anchor.get(name), int | float) and 0 <= anchor[name] <= _LATEST
    }
