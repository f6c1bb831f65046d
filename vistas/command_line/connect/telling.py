"""What `vistas connect` says: what it found, and what it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from vistas.command_line.writing import complain, say, say_json
from vistas.formatting.counts import counted

if TYPE_CHECKING:
    from vistas.connecting import Change, Pasted, StopPreview, Tried


def line_of(tried: Tried) -> str:
    from vistas.connecting import in_a_sentence

    return in_a_sentence(tried)


def what_was_found(tried: Sequence[Tried]) -> None:
    from vistas.connecting import how_it_feels, url_of

    for each in tried:
        say(f"{'✓' if each.told.answers else '✗'} {line_of(each)}")
        if each.told.answers and (url := url_of(each.offer)):
            say(f"  {how_it_feels(each.told)} at {url}")
        width = max((len(part.name) for part in each.told.parts), default=0)
        for part in each.told.parts:
            say(f"  {part.name:{width}}  {part.gives}".rstrip())


def stops(title: str, previewed: Sequence[StopPreview]) -> None:
    showing = [stop for stop in previewed if stop.shows]
    if not showing:
        return
    others = [stop.title for stop in previewed if not stop.shows]
    of = f"{len(showing)} of the {counted(len(previewed), 'stop')} of “{title}”"
    say(f"  {of} {'has' if len(showing) == 1 else 'have'} something to show with it alone.")
    if others:
        say(f"  Nothing yet: {', '.join(others)}.")


def why_not(pasted: Pasted, tried: Sequence[Tried], *, as_json: bool) -> None:
    from vistas.connecting import why_not as reason

    message, hint = reason(pasted, tried)
    if as_json:
        say_json({**_found(pasted, tried), "message": message, "hint": hint})
    else:
        complain(f"{message} {hint}".strip())


def known(pasted: Pasted, tried: Sequence[Tried], name: str, *, as_json: bool) -> None:
    if as_json:
        say_json({**_found(pasted, tried), "connected_as": name})
    else:
        say(f"It is connected already, as {name}.")


def kept(pasted: Pasted, tried: Sequence[Tried], name: str, change: Change, *, as_json: bool) -> None:
    if as_json:
        written = {"name": name, "file": str(change.file), "secrets": [str(each.path) for each in change.secrets]}
        say_json({**_found(pasted, tried), "connected_as": name, "kept": written})
        return
    say(f"Kept as {name} in {change.file}.")
    for secret in change.secrets:
        say(f"What it signs in with is in {secret.path}, which only you can read.")
    say("`vistas check` says how all sources are; `vistas open` shows them.")


def _found(pasted: Pasted, tried: Sequence[Tried]) -> dict[str, Any]:
    found = [
        {
            "type": each.offer.table["type"],
            "finder": each.offer.finder,
            "tool": each.told.tool,
            "contents": each.told.contents,
            "standing": each.told.standing.value,
            "says": each.told.message,
            "hint": each.told.hint,
            "took_seconds": round(each.told.took.total_seconds(), 3),
            "table": dict(each.offer.table),
        }
        for each in tried
    ]
    return {"address": pasted.text, "found": found, "connected_as": None, "kept": None}
