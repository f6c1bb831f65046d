"""The part of Go's text/template that this project sends, and Loki's functions: fields, `if`, variables, calls."""

import re
from collections.abc import Iterator
from typing import Any

ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
WORD = re.compile(r'\s*("(?:[^"\\]|\\.)*"|\d+\.\d+|\d+|\$\w+|\.\w+|:=|[()]|\w+)')

Value = str | float | int | bool


class TemplateError(Exception):
    pass


class Template:
    """Parsed once, strictly; `fill` raises TemplateError where Go's template fails."""

    def __init__(self, text: str) -> None:
        self._nodes, rest = _parse(list(_pieces(text)))
        if rest:
            raise TemplateError(f"unexpected {rest[0][1]!r}")

    def fill(self, labels: dict[str, str]) -> str:
        return _run(self._nodes, labels, {})


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for action in ACTION.finditer(text):
        yield "text", text[at : action.start()]
        yield "action", action[1].strip()
        at = action.end()
    yield "text", text[at:]


def _parse(pieces: list[tuple[str, str]]) -> tuple[list[tuple[Any, ...]], list[tuple[str, str]]]:
    """The nodes up to an `else` or `end` that belongs to somebody outside, and what follows from there."""
    nodes: list[tuple[Any, ...]] = []
    while pieces:
        (kind, written), *pieces = pieces
        if kind == "text":
            nodes.append(("text", written))
        elif written in ("else", "end"):
            return nodes, [(kind, written), *pieces]
        elif written.startswith("if "):
            then, pieces = _parse(pieces)
            otherwise: list[tuple[Any, ...]] = []
            if pieces and pieces[0][1] == "else":
                otherwise, pieces = _parse(pieces[1:])
            if not pieces or pieces[0][1] != "end":
                raise TemplateError("unexpected EOF: an if without end")
            pieces = pieces[1:]
            nodes.append(("if", _expression(written[3:]), then, otherwise))
        elif assigned := re.match(r"(\$\w+)\s*:=\s*(.*)", written, re.DOTALL):
            nodes.append(("set", assigned[1], _expression(assigned[2])))
        else:
            nodes.append(("value", _expression(written)))
    return nodes, []


def _expression(written: str) -> list[Any]:
    words, at = [], 0
    while at < len(written):
        found = WORD.match(written, at)
        if found is None:
            raise TemplateError(f"unexpected {written[at:]!r}")
        words.append(found[1])
        at = found.end()
    call, rest = _call(words)
    if rest:
        raise TemplateError(f"unexpected {rest[0]!r}")
    return call


def _call(words: list[str]) -> tuple[list[Any], list[str]]:
    call: list[Any] = []
    while words and words[0] != ")":
        word, *words = words
        if word == "(":
            inside, words = _call(words)
            if not words:
                raise TemplateError("unclosed left paren")
            call.append(inside)
            words = words[1:]
        else:
            call.append(word)
    if not call or (len(call) > 1 and call[0] not in FUNCTIONS):
        raise TemplateError(f"function {call[:1]} not defined")
    return call, words


def _run(nodes: list[tuple[Any, ...]], labels: dict[str, str], variables: dict[str, Value]) -> str:
    written = []
    for kind, *node in nodes:
        if kind == "text":
            written.append(node[0])
        elif kind == "set":
            variables[node[0]] = _value(node[1], labels, variables)
        elif kind == "if":
            branch = node[1] if _value(node[0], labels, variables) else node[2]
            written.append(_run(branch, labels, dict(variables)))
        else:
            written.append(str(_value(node[0], labels, variables)))
    return "".join(written)


def _value(call: Any, labels: dict[str, str], variables: dict[str, Value]) -> Value:
    if isinstance(call, list):
        name, *arguments = call
        values = [_value(each, labels, variables) for each in arguments]
        return FUNCTIONS[name](*values) if arguments else _value(name, labels, variables)
    if call.startswith("."):
        return labels.get(call[1:], "")
    if call.startswith("$"):
        return variables[call]
    if call.startswith('"'):
        return str(call[1:-1]).replace('\\"', '"').replace("\\\\", "\\")
    return float(call) if "." in call else int(call)


def _le(one: Value, other: Value) -> bool:
    if type(one) is not type(other) or isinstance(one, bool):
        raise TemplateError("error calling le: incompatible types for comparison")
    return one <= other  # type: ignore[operator]


def _float64(written: Value) -> float:
    """As Go's cast does it: what is no number is 0."""
    try:
        return float(written)
    except ValueError:
        return 0.0


FUNCTIONS = {
    "and": lambda *values: next((value for value in values if not value), values[-1]),
    "or": lambda *values: next((value for value in values if value), values[-1]),
    "ne": lambda one, other: one != other,
    "le": _le,
    "float64": _float64,
    "count": lambda pattern, text: len(re.findall(pattern, text)),
}
