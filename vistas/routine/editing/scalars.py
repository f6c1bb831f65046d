"""One text or number in place of another, in the style that it had, and with the lines that go on being true.

Each way of writing it is only offered; the reader decides which are right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import Any, Final

import yaml

from vistas.routine.editing.writer import WIDEST

_HEADER: Final = re.compile(r"([|>])([-+]?)([1-9]?)([-+]?)([^\n]*)")
_MOST_TRIES: Final = 40


def rewritten(raw: str, style: str, old: Any, new: Any, *, column: int, widest: int) -> Iterator[str]:
    """Ways to write `new` where `raw` is written, which is read as `old`: the best first, and perhaps none right.

    `column` is where it begins, `widest` how long a line may become.
    """
    if not isinstance(new, str):
        yield yaml.safe_dump(_number(new)).removesuffix("\n").removesuffix("\n...")
        return
    if "\n" not in raw:
        if (
            style in _ONE_LINE
            and (style == '"' or "\n" not in new)
            and column + len(written := _ONE_LINE[style](new)) <= widest
        ):
            yield written
        return
    ending = "\r\n" if "\r\n" in raw else "\n"
    for way in _on_lines(raw.replace("\r\n", "\n"), style, old, new, widest):
        yield way.replace("\n", ending)


def _on_lines(raw: str, style: str, old: Any, new: str, widest: int) -> Iterator[str]:
    if isinstance(old, str):
        yield from _with_a_word_changed(raw, style, old, new, widest)
    if style == "|":
        yield from _literal(raw, new)
    else:
        yield from _folded(raw, style, new, widest)


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_ONE_LINE: Final[dict[str, Callable[[str], str]]] = {"": str, "'": _single_quoted, '"': _double_quoted}


def _with_a_word_changed(raw: str, style: str, old: str, new: str, widest: int) -> Iterator[str]:
    """With what differs put into the line that it stands in; every line that holds the old words is tried."""
    was, becomes = _difference(old, new)
    if "\n" in was + becomes or not was:
        return
    if style in {"'", '"'}:
        was, becomes = _ONE_LINE[style](was)[1:-1], _ONE_LINE[style](becomes)[1:-1]
    found = list(takewhile(lambda place: place >= 0, _found(raw, was)))
    for place in found[:_MOST_TRIES]:
        changed = raw[:place] + becomes + raw[place + len(was) :]
        begin, end = changed.rfind("\n", 0, place) + 1, changed.find("\n", place)
        if len(changed[begin : end if end >= 0 else None].rstrip()) <= widest:
            yield changed


def _found(text: str, part: str) -> Iterator[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _difference(old: str, new: str) -> tuple[str, str]:
    """What stood in `old`, and what stands in `new` instead: whole words."""
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    while begin and old[begin - 1] not in " \n":
        begin -= 1
    while end and old[len(old) - end] not in " \n":
        end -= 1
    return old[begin : len(old) - end], new[begin : len(new) - end]


def _alike(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _literal(raw: str, new: str) -> Iterator[str]:
    header, *lines = raw.split("\n")
    indent = _indent(header, lines)
    body = new.rstrip("\n")
    if not indent or not body:
        return
    before = [line[len(indent) :] for line in lines]
    yield _block(
        header, new, _carried(lines, before, body.split("\n"), lambda each: [indent + each if each else ""])
    )


def _folded(raw: str, style: str, new: str, widest: int) -> Iterator[str]:
    """With the lines at the beginning and at the end that stay true, and new ones between them."""
    if style != ">":
        yield from _folded_without_header(raw, style, new, widest)
        return
    header, *lines = raw.split("\n")
    indent = _indent(header, lines)
    if not indent or not new.strip():
        return
    words = [_words(line.removeprefix(indent)) for line in lines]
    yield _block(header, new, _refolded(lines, words, new.rstrip("\n"), indent, max(widest, WIDEST)))


def _folded_without_header(raw: str, style: str, new: str, widest: int) -> Iterator[str]:
    inner = raw[1:-1] if style else raw
    lines = inner.split("\n")
    indent = re.match(r"[ \t]*", next((line for line in lines[1:] if line.strip()), ""))
    write = (lambda text: _ONE_LINE[style](text)[1:-1]) if style else str
    text = "\n".join(write(part) for part in new.split("\n"))
    put = _refolded(lines, [_words(line) for line in lines], text, indent[0] if indent else "", widest)
    written = "\n".join(put).removeprefix(indent[0] if indent and put[:1] != lines[:1] else "")
    yield f"{style}{written}{style}"


def _indent(header: str, lines: Sequence[str]) -> str:
    """What the lines of a block begin with. Empty where they do not say, or where a number in the header does."""
    first = next((line for line in lines if line.strip()), "")
    explicit = (found := _HEADER.match(header)) and found[3]
    return "" if explicit else first[: len(first) - len(first.lstrip(" "))]


def _block(header: str, new: str, lines: Sequence[str]) -> str:
    found = _HEADER.match(header)
    assert found  # noqa: S101 - a block has one
    last = len(new) - len(new.rstrip("\n"))
    chomping = "-" if last == 0 else "" if last == 1 else "+"
    return "\n".join((found[1] + chomping + found[3] + found[5], *lines, *[""] * (last - 1)))


def _carried(
    raws: Sequence[str], old: Sequence[Any], new: Sequence[Any], write: Callable[[Any], list[str]]
) -> list[str]:
    """The lines in `raws`, as far as what they say stays, at the beginning and at the end; the others anew."""
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    middle = [line for each in new[begin : len(new) - end] for line in write(each)]
    return [*raws[:begin], *middle, *(raws[len(raws) - end :] if end else ())]


def _words(line: str) -> list[str]:
    """An empty line stands for a line break."""
    return line.strip().split(" ") if line.strip() else ["\n"]


def _refolded(lines: Sequence[str], words: Sequence[list[str]], text: str, indent: str, widest: int) -> list[str]:
    flat = [word for part in text.split("\n") for word in (*(part.split(" ") if part else ()), "\n")][:-1]
    begin, at = 0, 0
    while begin < len(words) and flat[at : at + len(words[begin])] == words[begin]:
        at += len(words[begin])
        begin += 1
    end, until = len(words), len(flat)
    while end > begin and until - len(last := words[end - 1]) >= at and flat[until - len(last) : until] == last:
        until -= len(last)
        end -= 1
    return [*lines[:begin], *_wrapped(flat[at:until], indent, widest), *lines[end:]]


def _wrapped(words: Sequence[str], indent: str, widest: int) -> Iterator[str]:
    line: list[str] = []
    for word in words:
        is_break = word == "\n"
        if line and (is_break or len(indent) + len(" ".join((*line, word))) > widest):
            yield indent + " ".join(line)
            line = []
        if is_break:
            yield ""
        else:
            line.append(word)
    if line:
        yield indent + " ".join(line)
