r"""From a `log_format` to the two ways of reading it: cut at quotes and blanks, and a regular expression.

A line that holds as many quotes as its format is cut at them, and what stands outside of them at blanks. Where
a value holds quotes (`\"`), or blanks outside of quotes (lists of attempts, a user's name), the expression
decides; both understand a line the same. A name that ends in `_raw` is of a value whose quotes nobody escapes.
A line may be cut short within its last quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AGAIN = re.compile(r"_\d+(?=(?:_raw)?$)")
VARIABLE = re.compile(r"\$(\w+)|\$\{(\w+)\}")

ATTEMPTS = r'(?:[^ ,"]*(?:(?:, | : )[^ ,"]*)*|[^ "]*)'
"""`10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80`: servers tried, and ` : ` between groups of servers."""
CLIENTS = r'(?:[^ ,"]*(?:, ?[^ ,"]*)*|[^ "]*)'
"""One address, or a list of forwarders."""
USER = r"(?:[^ ]*|[^\[ -].*?|-[^ ].*?)"
"""A name, perhaps with blanks in it; what begins with `- ` or `[` is some other value before the name."""
HOST = r"(?:[\w*-]+(?:\.[\w*-]+)+\.?|\[[0-9A-Fa-f:.]+\]|localhost|[_-])(?::\d+)?"
"""A virtual host, perhaps with its port. What has no dot may be the name of a pod that somebody put there."""
CAPTURES = r"\{.*\}"
"""HAProxy's captured headers: `{shop.example|curl}`, or two such groups; they may hold blanks."""
RAW = "_raw"
PERHAPS = "_perhaps"
"""At the end of the name of a value that stands between quotes, or as a bare `-`."""
CLF_TIME = r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}"
STATUS = r"(?:\d{3}|-)"
TIME_TAKEN = r"\d+\.\d{3}"
"""Seconds as nginx writes them; what else is appended, such as Apache's microseconds, has no such point."""
_ADDRESS = r"(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)"
_INSIDE = r'(?:[^"\\]|\\.)*|[^"]*'
"""Between quotes: a quote may stand behind a backslash, and a backslash before the last quote."""

LISTS = {
    "remote_addr": CLIENTS,
    "the_real_ip": CLIENTS,
    "the_real_ip_again": CLIENTS,
    "http_x_forwarded_for": CLIENTS,
    "proxy_add_x_forwarded_for": CLIENTS,
    "upstream_addr": ATTEMPTS,
    "upstream_status": ATTEMPTS,
    "upstream_response_time": ATTEMPTS,
    "upstream_response_length": ATTEMPTS,
    "upstream_connect_time": ATTEMPTS,
    "upstream_header_time": ATTEMPTS,
    "upstream_bytes_received": ATTEMPTS,
    "upstream_bytes_sent": ATTEMPTS,
}
"""Values that may be several, with blanks between them."""
_BARE = {
    "time_local": CLF_TIME,
    "remote_user": USER,
    "virtual_host": HOST,
    "captures": CAPTURES,
    "status": STATUS,
    "time_taken": TIME_TAKEN,
    **dict.fromkeys(("request", "http_user_agent", "http_referer", "http_cookie"), ".*?"),
    **LISTS,
}
_QUOTED = {"time_local": f"(?:{CLF_TIME})?", "status": f"{STATUS}?"}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """What stands between two blanks: a value within fixed text, or fixed text alone (`variable` is empty)."""

    variable: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class TemplateLayout:
    """`outside` is what stands before, between and behind quotes, cut at blanks; `inside` what stands within them.

    Both are empty where the format cannot be cut.
    """

    outside: tuple[tuple[TemplateColumn, ...], ...]
    inside: tuple[TemplateColumn, ...]
    expression: str


def compile_template(template: str, tail: str = "") -> TemplateLayout:
    """Both ways of reading a format; what `tail`, an expression, stands for is not cut."""
    parts = template.split('"')
    outside = [_pieces(part) for part in parts[::2]]
    inside = [_column(part) for part in parts[1::2]]
    end = (template, tail) if tail else (template.removesuffix('"'), '"*')
    expression = "".join(["^", *_expressions(end[0]), end[1], "\r?$"])
    if tail or len(parts) % 2 == 0 or None in inside or any(None in pieces for pieces in outside):
        return TemplateLayout((), (), expression)
    pieces = tuple(tuple(piece for piece in pieces if piece) for pieces in outside)
    return TemplateLayout(pieces, tuple(each for each in inside if each), expression)


def known_client(template: str) -> str:
    """What a line begins with where its first word may be somebody's name for a pod or a stream, not a client.

    Where there is a word too many before the time, the identity is `-`, or behind an address. Empty where the
    format has no identity.
    """
    before, identity, _ = template.partition(" $identity ")
    if not identity:
        return ""
    others = "[^ ]+ " * before.count(" ")
    none_too_many = r"[^ ]+ [^ ]+ [^ ]+ \["
    return rf"^{others}(?:{none_too_many}|[^ \x1b]+(?:, ?[^ ,]+)* - |{_ADDRESS}(?:, ?{_ADDRESS})* )"


def _pieces(part: str) -> list[TemplateColumn | None]:
    cut: list[TemplateColumn | None] = []
    for piece in part.split(" "):
        column = _column(piece)
        if column and column.variable == "time_local":
            cut += [
                TemplateColumn("time_local", column.before),
                TemplateColumn("time_local_offset", "", column.after),
            ]
        else:
            cut.append(column)
    return cut


def _column(text: str) -> TemplateColumn | None:
    """None where several values stand side by side."""
    found = VARIABLE.findall(text)
    if not found:
        return TemplateColumn("", before=text)
    if len(found) > 1 or (found[0][0] or found[0][1]).endswith(PERHAPS):
        return None
    before, name, braced, after = VARIABLE.split(text, maxsplit=1)
    return TemplateColumn(name or braced, before, after)


def _expressions(template: str) -> Iterator[str]:
    at = 0
    for found in VARIABLE.finditer(template):
        before, following = template[: found.start()], template[found.end() : found.end() + 1]
        alone = not VARIABLE.match(template, found.end() + 1)
        name = found[1] or found[2]
        value = _value(name, following.strip(), quoted=before.count('"') % 2 == 1, alone=alone)
        yield _escaped(template[at : found.start()])
        yield f'(?:"(?P<{name}>.*?)"|-)' if name.endswith(PERHAPS) else f"(?P<{name}>{value})"
        at = found.end()
    yield _escaped(template[at:])


def _escaped(text: str) -> str:
    """Blanks as they are: Loki's expressions know no escaped ones."""
    return re.escape(text).replace("\\ ", " ")


def _value(name: str, following: str, *, quoted: bool, alone: bool) -> str:
    """`following` is what ends a bare value that another one follows; a number tells equal names apart."""
    name = _AGAIN.sub("", name)
    if name.endswith(RAW):
        return ".*?"
    if quoted:
        return _QUOTED.get(name, _INSIDE if alone else rf"[^\"{re.escape(following)}]*")
    if name in _BARE:
        return _BARE[name]
    return '[^ "]*' if alone or not following else f'[^ "{re.escape(following)}]*'
