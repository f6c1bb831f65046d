"""Headers that carry credentials: Authorization in all its schemes, and cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vistas.redaction.ordinary import decodes_to_pair, looks_chosen, means_nothing, reads_on
from vistas.redaction.randomness import holds_random
from vistas.redaction.spans import Span
from vistas.redaction.values import line_end, value_at, values_at

_SIGN = (
    r"(?:\\{0,7}[\"'`]|\\{0,7}[\"'][\])]|[\])])?"
    r"(?:[ \t]{0,40}(?:=>|:=|[=:])\s{0,40}|\\*[\"'],\s{0,20}(?=\\*[\"'])"
    r"|,\s{0,20}(?=\\*[\"'])|[ \t]{1,20}(?=\\*[\"']))"
)
_AUTHORIZATION = re.compile(rf"(?i:authorization(?:[_-]?(?:header|value))?){_SIGN}")
_SCHEME_FIRST = re.compile(r"[A-Za-z][\w-]{1,24}[ \t]{1,8}")
_WHOLE_LINE = re.compile(
    r"(?i:(?:digest|aws4-[\w-]+|signature|hawk|oauth|mac|hmac[\w-]*|token|apikey|dpop|eg1-[\w-]+)[ \t])"
)
_KNOWN_SCHEME = re.compile(
    r"(?i:(?:bearer|basic|negotiate|ntlm|digest|signature|hawk|oauth|mac|token|apikey|dpop)[ \t])"
)
_HAS_PARTS = re.compile(r"[\w-]+=")
_COOKIE = re.compile(rf"(?i:cookies?2?(?:[_-]?(?:header|value|string))?){_SIGN}")
_CRUMB = re.compile(
    r"[^\s;,\"'=]*(?:=(?:\\*\"[^\"\\\n]*+\\*\"|'[^'\n]*+'(?=[;,\s]|$)|[^\s;\"'`]*+))?"
    r"(?:[;,][ \t]{0,8}(?=[^\s\"'])|;(?=\S))?"
)
_DATE = re.compile(r"(?i:[ ]?\d\d[ -][a-z]{3}[ -]\d{2,4} \d\d:\d\d:\d\d GMT)(?:[;,][ \t]{0,8})?")
_ITEMS = re.compile(r"[\[{(][^\n\]})]*+")
_VALUES = re.compile(r"(?i:\\*[\"']?value\\*[\"']?\s{0,3}[:=]\s{0,3})|[:=,]\s{0,3}(?=\\*[\"'])")
_SCHEME = re.compile(
    r"(?i:\b(bearer|basic|negotiate|apikey|api-key|token|ssws|geniekey|bot|dpop))"
    r"(?:\\?[ \t]{1,8}|[ \t]?[:=][ \t]?|\\*[\"'],\s{0,8})\\*[\"'`<(]?([A-Za-z0-9._~+/=:%|!$-]{1,8192}+)"
)
_PROSE_WORDS = """
    token tokens auth authentication authorization scheme realm credentials header headers method type format
    error scope plugin handler
"""
_PROSE = frozenset(_PROSE_WORDS.split())
_SHORTEST_BEARER = 4
_LOWER_WORD = re.compile(r"[a-z]{1,14}(?:[-_][a-z]{1,14})*[.,:]?")


def authorization(text: str) -> Iterator[Span]:
    """Whatever stands in an Authorization header; schemes of many parts go to the end of their line."""
    at = 0
    while found := _AUTHORIZATION.search(text, at):
        at = found.end()
        for start, value_end in values_at(text, at):
            end = _with_scheme(text, start, value_end) if start == found.end() else value_end
            if not means_nothing(text[start:end]) and not _is_prose(found[0], text, start, end):
                at = max(at, end)
                yield Span(start, end, "authorization")


def _is_prose(name: str, text: str, start: int, end: int) -> bool:
    return reads_on(name, text, start, end) and not _KNOWN_SCHEME.match(text, start)


def _with_scheme(text: str, start: int, end: int) -> int:
    scheme = _SCHEME_FIRST.match(text, start)
    if scheme is None:
        return end
    if _WHOLE_LINE.match(text, start) and _HAS_PARTS.match(text, scheme.end()):
        return line_end(text, start)
    return max(end, value_at(text, scheme.end())[1])


def cookies(text: str) -> Iterator[Span]:
    """A Cookie or Set-Cookie header whole, quoted values in it or not; each value of a list of cookies."""
    at = 0
    while found := _COOKIE.search(text, at):
        at = found.end()
        if text[at : at + 1] in {"{", "["} and (items := _ITEMS.match(text, at)):
            yield from _listed_cookies(text, at, items.end())
            at = items.end()
            continue
        start, end = value_at(text, at)
        if start == found.end():
            end = _crumbs_end(text, start)
        value = text[start:end].strip()
        at = max(at, end)
        if not means_nothing(value) and ("=" in value or not reads_on(found[0], text, start, end)):
            yield Span(start, end, "cookie")


def _listed_cookies(text: str, start: int, end: int) -> Iterator[Span]:
    inside = text[start:end]
    if "name" in inside and (named := [*re.finditer(r"(?i:value\\*[\"']?\s{0,3}[:=]\s{0,3})", inside)]):
        places = [start + found.end() for found in named]
    else:
        places = [start + 1 if inside[1:2] in {'"', "'", "\\"} and inside[0] == "[" else 0]
        if not places[0]:
            if not means_nothing(inside[1:]):
                yield Span(start + 1, end, "cookie")
            return
    for place in places:
        for first, last in values_at(text, place - 1 if text[place - 1 : place] == "[" else place):
            if not means_nothing(text[first:last]):
                yield Span(first, last, "cookie")


def _crumbs_end(text: str, at: int) -> int:
    """Where `a=b; c="d"; e` ends: at a blank that follows no semicolon, or at the quote around it all."""
    end = at
    while (crumb := _CRUMB.match(text, at)) and crumb.end() > at:
        at = end = crumb.end()
        if date := _DATE.match(text, at):
            at = end = date.end()
            continue
        if not crumb[0].rstrip(" \t").endswith((";", ",")):
            break
    return at if end == at else end


def schemes(text: str) -> Iterator[Span]:
    """`Bearer …` and its kind without the header's name; `Basic …` only where it decodes to `user:password`."""
    at = 0
    while found := _SCHEME.search(text, at):
        token = found[2].rstrip(".,:")
        at = found.end(1)
        if _is_of_scheme(found[1].lower(), token):
            at = found.end()
            yield Span(found.start(2), found.start(2) + len(token), "authorization")


def _is_of_scheme(scheme: str, token: str) -> bool:
    if scheme == "basic":
        return decodes_to_pair(token)
    if scheme in {"bearer", "negotiate", "apikey", "dpop", "ssws", "geniekey"}:
        word = token.lower()
        plain = _LOWER_WORD.fullmatch(token) or word.split("=")[0].rstrip(":") in _PROSE
        return not plain and not means_nothing(token) and len(token) >= _SHORTEST_BEARER
    return holds_random(token) or (scheme != "bot" and len(token) >= _LONG and looks_chosen(token))


_LONG = 16
