"""Secrets beside their names: `password=…` and all its spellings, flags, tags, and pairs of `name` and `value`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vistas.redaction.names import ENDING, LONGEST_NAME, PASSWORDS, SHORT, STRONG, Name, secret_name
from vistas.redaction.ordinary import is_drawn_label, looks_chosen, means_nothing, means_something, reads_on
from vistas.redaction.randomness import holds_random
from vistas.redaction.spans import Span
from vistas.redaction.values import after_names, line_end, values_at

RULE = "password"
_NAME_ENDS = r"(?:\\{0,7}[\"'`]{1,2}|\\{0,7}[\"'][\])]|[\])])?"
_SIGN = r"(?:=>|:=|->|={1,3}~?|=~|:(?![:/]{1,2}(?![\"'])))"
_GAP = r"(?:[ \t]{0,64}|\s{0,64}(?=\\{0,7}[\"']))"
_BLOCK = r"(?:[|>][+-]?[ \t]*\n[ \t]*)?"
_FIRST_WORDS = (
    "api|access|secret|private|encryption|signing|master|license|verification|recovery|backup|activation"
    "|one-time|pass"
)
_NAME = rf"(?<![\w.-])((?:(?i:{_FIRST_WORDS})[ ])?[\w.-]++)"
_PAIR = re.compile(rf"{_NAME}{_NAME_ENDS}[ \t]{{0,64}}{_SIGN}{_GAP}{_BLOCK}")
_LISTED = re.compile(rf"{_NAME}\\*[\"'][,;]\s{{0,20}}(?=\\*[\"'])")

_LABEL = re.compile(r"[{,][ ]?(\w{1,60})=~?\\*\"([^\"\\\s{}]{16,400})\\*\"")
_SECRET = rf"(?:{STRONG}|(?<![A-Za-z])(?:{SHORT}))"
_FLAG = re.compile(
    rf"(?<![\w-])--?(?:[A-Za-z0-9]{{1,20}}[-_.]){{0,5}}(?:{PASSWORDS}|{STRONG}|{SHORT}|pass|otp){ENDING}"
    r"(?:[ \t]{1,16}|\\*[\"'][ \t]*,\s{0,40}(?=\\*[\"'])|[\"']?\n[ \t]{0,40}-[ \t]+)(?![-|<\[])",
    re.IGNORECASE,
)
_DOUBTFUL_FLAG = re.compile(r"(?<![\w-])--?(?:[A-Za-z0-9]{1,20}[-_.]){0,5}(?:auth|key|sig|code|session)[ \t]{1,8}")
_LONG_HEX = re.compile(r"[0-9A-Fa-f]{32,}")
_SPOKEN_OF_WORDS = """
    flag flags option options parameter argument is are was or and must may to file value set the for with in
"""
_SPOKEN_OF = frozenset(_SPOKEN_OF_WORDS.split())
_TAG = re.compile(
    rf"<(?:[\w-]{{1,20}}:)?[\w-]{{0,40}}?{_SECRET}{ENDING}(?:\s[^<>]{{0,200}})?>(?:<!\[CDATA\[)?([^<\]]++)(?=</|\]\]>)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:name|key|variable|header|field|attribute|k|n)\\*[\"']?\s{0,3}[:=]\s{0,3}\\*[\"']?"
    rf"[\w.-]{{0,60}}?(?:{_SECRET}{ENDING}|_KEY|authorization|cookie)\\*[\"']?[\s,;}}{{-]{{1,40}}"
    r"\\*[\"']?(?:string_?)?(?:value|val|v)\\*[\"']?\s{0,3}[:=]>?\s{0,3}",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"\bvalue\\*[\"']?\s{0,3}[:=]\s{0,3}\\*[\"']([^\"\\\n]{1,300})\\*[\"'],?\s{0,3}\\*[\"']?(?:name|key)\\*[\"']?"
    rf"\s{{0,3}}[:=]\s{{0,3}}\\*[\"'][\w.-]{{0,60}}?(?:{_SECRET}{ENDING}|_KEY|authorization|cookie)\\*[\"']",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"(?<![A-Za-z])(?:{PASSWORDS}|pwd|token|(?:api|access|secret|auth)[ _-]?key|secret(?=[ \t]+(?:is|was)\b))"
    r"(?:[ \t]+for[ \t]+(?:user[ \t]+)?[^\s:]{1,60})?"
    r"(?:[ \t]+(?:is|was|now|of|to|set|changed|as|with|using|equals)\b){0,4}"
    r"(?::?[ \t]+(?:(?:\.{2,9}|…|>{1,3}|-{1,2}|[–—|])[ \t]*)?"
    r"|[ \t]*(?:\.{2,20}:?|[|…–—])[ \t]*)\(?(?=[\"'`]?[^\s\"'`(])",
    re.IGNORECASE,
)
_SQL = re.compile(
    r"\b(?:identified\s+(?:with\s+\S{1,40}\s+)?(?:by|as)\s{1,3}|password(?:\s+for\s+\S{1,60}\s{0,3}=\s{0,3})?"
    r"(?:\s{1,3}|\s{0,3}\(\s?))(?=[\"'])",
    re.IGNORECASE,
)


def pairs(text: str) -> Iterator[Span]:
    """`password=…`, `"api_key": "…"`, `token: …` in every way of quoting, JSON inside JSON included."""
    at = 0
    while found := _PAIR.search(text, at):
        at = found.end()
        if (name := secret_name(found[1])) is None:
            continue
        for start, value_end in values_at(text, at):
            end = _end_in_query(text, found.start(), start, value_end)
            if means_something(name, found, text[start:end]) and not reads_on(found[0], text, start, end):
                at = max(at, _to_line_end(text, name, found, start, end))
                yield Span(start, at, RULE)
            elif end - start > _LONG:
                at = max(at, end)


def _end_in_query(text: str, name: int, start: int, end: int) -> int:
    """Between `?` and `&` a value ends with the next `&`, whatever it is."""
    if name and text[name - 1] in _MARKS:
        return min((place for mark in "&#" if (place := text.find(mark, start, end)) >= 0), default=end)
    return end


def _to_line_end(text: str, name: Name, found: re.Match[str], start: int, end: int) -> int:
    """Where a line is nothing but a name and its value, the value may hold blanks."""
    begin = text.rfind("\n", max(0, found.start() - LONGEST_NAME), found.start()) + 1
    alone = (begin > 0 or found.start() < LONGEST_NAME) and not text[begin : found.start()].strip(" \t-")
    is_line = alone and ": " in found[0] and start == found.end() and name.kind == "strong"
    return line_end(text, end) if is_line and text[end : end + 1] == " " else end


_MARKS = frozenset("?&")
_LONG = 1000


def labels(text: str) -> Iterator[Span]:
    """`{session="…"}`: the value of a label that looks random, unless its name says that it is an id."""
    for found in _LABEL.finditer(text):
        if is_drawn_label(found[1], found[2]):
            yield Span(*found.span(2), "token")


def listed(text: str) -> Iterator[Span]:
    """`["password", "…"]`, as raw headers and arguments are: the value has to look chosen."""

    def fits(found: re.Match[str], start: int, end: int) -> bool:
        name = secret_name(found[1])
        return name is not None and name.kind in {"strong", "short"} and looks_chosen(text[start:end])

    return (Span(start, end, RULE) for start, end in after_names(_LISTED, text, fits))


def flags(text: str) -> Iterator[Span]:
    """`--password x`, also as two arguments of a list."""
    yield from _behind(_FLAG, text, lambda value: value.lower() not in _SPOKEN_OF)
    yield from _behind(_DOUBTFUL_FLAG, text, holds_random)


def tags(text: str) -> Iterator[Span]:
    """`<password>x</password>`."""
    for found in _TAG.finditer(text):
        if not means_nothing(found[1]):
            yield Span(*found.span(1), RULE)


def named_values(text: str) -> Iterator[Span]:
    """`{"name": "DB_PASSWORD", "value": "x"}`, as environment variables and headers are listed."""
    yield from _behind(_NAMED, text, bool)
    for found in _NAMED_AFTER.finditer(text):
        if not means_nothing(found[1]):
            yield Span(*found.span(1), RULE)


def spoken(text: str) -> Iterator[Span]:
    """`the password is Hunter2`: only what nobody would take for a word."""
    return _behind(_SPOKEN, text, lambda value: looks_chosen(value) or bool(_LONG_HEX.fullmatch(value)))


def sql(text: str) -> Iterator[Span]:
    """`IDENTIFIED BY 'x'`, `PASSWORD 'x'`."""
    return _behind(_SQL, text, lambda value: len(value) > 1)


def _behind(pattern: re.Pattern[str], text: str, suits: Callable[[str], bool]) -> Iterator[Span]:
    def fits(_: re.Match[str], start: int, end: int) -> bool:
        return not means_nothing(text[start:end]) and suits(text[start:end])

    return (Span(start, end, RULE) for start, end in after_names(pattern, text, fits))
