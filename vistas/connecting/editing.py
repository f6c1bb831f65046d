"""vistas.toml as text, with one source changed: all else in it stays as it is written, byte for byte.

Each function gives the new text. SettingsError where that cannot be had without touching anything else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final

import tomlkit

from vistas.connecting.blocks import Block, blocks_of, lines_of
from vistas.errors import SettingsError

Tree = dict[str, Any]
Table = Mapping[str, Any]

SOURCES: Final = "sources"
_BY_HAND: Final = "change it there by hand"


def tables(text: str) -> Mapping[str, Table]:
    """The sources that the text has, as they are written there."""
    found = _tree(text).get(SOURCES, {})
    return found if isinstance(found, dict) else {}


def added(text: str, name: str, table: Table) -> str:
    """With another source, after those that are there."""
    if name in tables(text):
        raise SettingsError(f"there is a source {name} already")
    lines = lines_of(text)
    ends = [block.end for block in blocks_of(lines) if block.keys[0] == SOURCES]
    at = ends[-1] if ends else len(lines)
    new = [*_own_lines(lines[:at]), *_as_block(name, table, _line_end(text))]
    if at < len(lines) and lines[at].strip():
        new.append(_line_end(text))
    return _checked(
        text, "".join([*new, *lines[at:]]), lambda tree: tree.setdefault(SOURCES, {}).update({name: table})
    )


def removed(text: str, name: str) -> str:
    """Without a source: its tables, and the comments right above and below them."""
    _expect(text, name)
    lines = lines_of(text)
    for block in reversed(_blocks_of(lines, name)):
        first, end = block.first, block.end
        if end < len(lines) and not lines[end].strip() and (first == 0 or not lines[first - 1].strip()):
            end += 1  # of the empty lines around it, one is enough
        del lines[first:end]
    return _checked(text, "".join(lines), lambda tree: _drop(tree, name))


def renamed(text: str, name: str, new: str) -> str:
    """Under another name."""
    _expect(text, name)
    if new in tables(text):
        raise SettingsError(f"there is a source {new} already")
    lines = lines_of(text)
    for block in _blocks_of(lines, name):
        brackets = "[[" if lines[block.header].lstrip().startswith("[[") else "["
        after = lines[block.header][_header_length(lines[block.header]) :]
        keys = tomlkit.key([SOURCES, new, *block.keys[2:]]).as_string()
        lines[block.header] = f"{brackets}{keys}{']' * len(brackets)}{after}"
    return _checked(text, "".join(lines), lambda tree: _rename(tree, name, new))


def changed(text: str, name: str, values: Table) -> str:
    """With some of a source's settings said anew; None takes one away."""
    _expect(text, name)
    lines = lines_of(text)
    block = next((each for each in _blocks_of(lines, name) if each.keys == (SOURCES, name)), None)
    if block is None:
        raise SettingsError(f"the source {name} has no table [{SOURCES}.{name}] of its own: {_BY_HAND}")
    said = "".join(lines[block.header : block.end])
    new = _with_values(said, name, values, _line_end(text))
    return _checked(
        text,
        "".join([*lines[: block.header], new, *lines[block.end :]]),
        lambda tree: _update(tree[SOURCES][name], values),
    )


def _with_values(said: str, name: str, values: Table, line_end: str) -> str:
    """A block whose table has other values. What is new stands after its last setting."""
    document = tomlkit.parse(said.replace("\r\n", "\n"))
    table: Any = document[SOURCES][name]
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        elif key not in table or table[key] != value:
            table[key] = _as_value(value)
    text = document.as_string()
    return text.replace("\n", line_end) if line_end != "\n" else text


def _as_block(name: str, table: Table, line_end: str) -> list[str]:
    new = tomlkit.table()
    for key, value in table.items():
        new[key] = _as_value(value)
    header = f"[{tomlkit.key([SOURCES, name]).as_string()}]\n"
    return [line.replace("\n", line_end) for line in lines_of(header + new.as_string())]


def _as_value(value: Any) -> Any:
    """A table within a source's table stands on one line."""
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update({key: _as_value(inner) for key, inner in value.items()})
        return inline
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _own_lines(before: list[str]) -> list[str]:
    """What stands before a new block, with an empty line between."""
    if not before:
        return []
    end = _line_end("".join(before))
    last = before[-1] if before[-1].endswith("\n") else before[-1] + end
    return [*before[:-1], last, *([end] if last.strip() else [])]


def _blocks_of(lines: list[str], name: str) -> list[Block]:
    return [block for block in blocks_of(lines) if block.keys[:2] == (SOURCES, name)]


def _header_length(line: str) -> int:
    """Up to the last bracket of a header, without what is remarked behind it."""
    return next(end for end in range(1, len(line) + 1) if line[end - 1] == "]" and _is_whole(line[:end]))


def _is_whole(header: str) -> bool:
    try:
        return bool(tomllib.loads(header))
    except tomllib.TOMLDecodeError:
        return False


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _expect(text: str, name: str) -> None:
    if name not in tables(text):
        raise SettingsError(f"there is no source {name}")


def _tree(text: str) -> Tree:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"it is not TOML: {error}") from error


def _drop(tree: Tree, name: str) -> None:
    del tree[SOURCES][name]


def _rename(tree: Tree, name: str, new: str) -> None:
    tree[SOURCES][new] = tree[SOURCES].pop(name)


def _update(table: Tree, values: Table) -> None:
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value


def _checked(before: str, after: str, change: Callable[[Tree], Any]) -> str:
    """The new text, if it says what the old one said but for the change. SettingsError where it does not."""
    expected = _tree(before)
    change(expected)
    try:
        meant = _meaning(expected) == _meaning(_tree(after))
    except SettingsError:
        meant = False
    if not meant:
        raise SettingsError(f"its sources are written in a way that cannot be changed here: {_BY_HAND}")
    return after


def _meaning(told: Any, depth: int = 0) -> Any:
    """For comparing: a list is a list, and no sources are none."""
    if isinstance(told, Mapping):
        kept = {key: _meaning(value, depth + 1) for key, value in told.items()}
        return {key: value for key, value in kept.items() if depth or key != SOURCES or value}
    return [_meaning(each, depth + 1) for each in told] if isinstance(told, list | tuple) else told
