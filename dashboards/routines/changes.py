"""Differences of two routines as HTML of our own: everything that people wrote is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from dashboards.ui import words
from vistas.routine import Routine, Stop
from vistas.routine.difference import Change, Kind, Mark, Piece, Written, pieces, untouched

_TONES: Final = {Kind.NEW: "new", Kind.LEFT_OUT: "gone"}
_MARKED: Final = {Mark.SAME: "{}", Mark.GONE: "<del>{}</del>", Mark.NEW: "<ins>{}</ins>"}
SHORT: Final = 90
"""Letters of texts that are shown as `was → is`; of longer ones the parts that differ are marked."""
_ALIKE: Final = 0.5
"""A smaller share than this that is the same, and the parts that differ would be hard to read."""


def changes_html(changes: Sequence[Change], later: Routine) -> str:
    """One below the other; last, folded, the stops that are as they were."""
    told = "".join(_change(first, others) for first, others in _gathered(changes))
    return f'<ul class="mv-diff">{told}</ul>{_untouched(changes, later)}'


def _gathered(changes: Iterable[Change]) -> Iterator[tuple[Change, list[Change]]]:
    """Of several queries of one look that are changed, the first, and with it the others."""
    for _, several in groupby(changes, key=_query_of):
        first, *others = several
        yield first, others


def _query_of(change: Change) -> object:
    """The same for all queries of a look that are changed, and its own for everything else."""
    is_one = change.about == "query" and change.kind is Kind.CHANGED and not change.item
    return (change.stop, change.look) if is_one else id(change)


def _change(change: Change, others: Sequence[Change]) -> str:
    tone = _TONES.get(change.kind, "changed")
    badge = f'<span class="mv-badge mv-{tone}">{change.kind.value}</span>'
    details = "".join(f'<p class="mv-why">{escape(each)}.</p>' for each in change.details)
    said = f"<p>{_place(change)}{_told(change)}</p>{_text(change)}{_more(others)}{details}"
    return f"<li>{badge}<div>{said}</div></li>"


def _more(others: Sequence[Change]) -> str:
    if not others:
        return ""
    told = words.count(len(others), "more of its queries is changed", "more of its queries are changed")
    return f'<details class="mv-more"><summary>{told}</summary>{"".join(map(_text, others))}</details>'


def _place(change: Change) -> str:
    if not change.place:
        return ""
    stop, *look = change.place
    where = f"<b>{escape(stop)}</b>{''.join(f', {escape(each)}' for each in look)}"
    return f"{where} " if change.kind is Kind.MOVED else f"{where}, "


def _told(change: Change) -> str:
    """With what was and is, where that is short enough for a line."""
    if not change.about and not change.look and change.kind is Kind.NEW:
        where, _, question = change.told.partition(": ")
        return f'{escape(where)}: <i class="mv-question">{escape(question)}</i>'
    if not change.about and not change.look and change.kind is Kind.LEFT_OUT:
        return f'<i class="mv-question">{escape(change.told)}</i>'
    if not _is_short(change):
        return escape(change.told)
    return f"{escape(change.told)}: {_was_is(change)}"


def _was_is(change: Change) -> str:
    quote = "“{}”" if change.written is Written.PROSE else "{}"
    before, after = (escape(quote.format(text)) if text else "" for text in (change.before, change.after))
    was = f'<span class="mv-aloud">was </span><span class="mv-was">{before}</span>' if before else ""
    arrow = '<span class="mv-to" aria-hidden="true"> → </span><span class="mv-aloud">, now </span>'
    return f"{was}{arrow if before and after else ''}{f'<b>{after}</b>' if after else ''}"


def _is_short(change: Change) -> bool:
    said = change.about and change.before != change.after and change.written is not Written.CODE
    return bool(said) and len(change.before) + len(change.after) <= SHORT


def _text(change: Change) -> str:
    """What was and is in one text, with what differs marked; apart where hardly anything is the same."""
    if not change.about or change.before == change.after or _is_short(change):
        return ""
    found = pieces(change.before, change.after)
    same = sum(len(piece.text) for piece in found if piece.mark is Mark.SAME)
    tone = "mv-code" if change.written is Written.CODE else "mv-prose"
    if same < _ALIKE * min(len(change.before), len(change.after)):
        tone += " mv-apart"
        found = (Piece(change.before, Mark.GONE), Piece(change.after, Mark.NEW))
    return f'<div class="mv-reworded {tone}">{_marked(found)}</div>'


def query_html(before: str, after: str) -> str:
    """One query in the place of another, with what differs marked."""
    return f'<div class="mv-reworded mv-code">{_marked(pieces(before, after))}</div>'


def _marked(found: Iterable[Piece]) -> str:
    return "".join(_MARKED[piece.mark].format(escape(piece.text)) for piece in found if piece.text)


def _untouched(changes: Iterable[Change], later: Routine) -> str:
    stops = untouched(changes, later)
    if not stops:
        return ""
    are = "stop is as it was" if len(stops) == 1 else "stops are as they were"
    names = "".join(f"<li>{escape(stop.title)}</li>" for stop in stops)
    summary = f"<summary>{words.spelled(len(stops))} {are}</summary>"
    return f'<details class="mv-same-stops">{summary}<ul>{names}</ul></details>'


def stops_html(routine: Routine) -> str:
    """What it looks at: a line a stop, with its question and its looks."""
    return f'<ol class="mv-all-stops">{"".join(map(_stop, routine.stops))}</ol>'


def _stop(stop: Stop) -> str:
    looks = "; ".join(look.title for look in stop.looks)
    said = f'<b>{escape(stop.title)}</b> <i class="mv-question">{escape(stop.question)}</i>'
    return f'<li><p>{said}</p><p class="mv-why">{escape(looks)}</p></li>'
