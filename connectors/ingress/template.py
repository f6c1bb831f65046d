r"""From a `log_format` to the two ways of reading it: columns between blanks, and a regular expression.

nginx escapes quotes inside values as `\x22`, so a line can be cut at blanks outside quotes. Where a value holds
blanks of its own (lists of attempts, a user's name) the pieces do not come out even, and the expression decides.
A name that ends in `_raw` is of a value whose quotes nobody escapes; `"$name"?` may have lost its closing quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(r'"[^"]*"\??|[^ ]+')
VARIABLE = re.compile(r"\$(\w+)|\$\{(\w+)\}")

ATTEMPTS = r"[^ ,]+(?:(?:, | : )[^ ,]*)*"
"""`10.0.0.1:80, 10.0.0.2:80 : 10.0.0.3:80`: servers tried, and ` : ` between groups of servers."""
CLIENTS = r"[^ ,]+(?:, ?[^ ,]+)*"
"""One address, or a list of forwarders."""
CAPTURES = r"\{.*\}"
"""HAProxy's captured headers: `{shop.example|curl}`, or two such groups; they may hold blanks."""
RAW = "_raw"
CLF_TIME = r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}"

_SPECIAL = {
    "time_local": CLF_TIME,
    "remote_user": r"[^\[ ].*?",
    "remote_addr": CLIENTS,
    "the_real_ip": CLIENTS,
    "the_real_ip_again": CLIENTS,
    "captures": CAPTURES,
    "upstream_addr": ATTEMPTS,
    "upstream_status": ATTEMPTS,
    "upstream_response_time": ATTEMPTS,
    "upstream_response_length": ATTEMPTS,
    "status": r"\d{3}",
}


@dataclass(frozen=True, slots=True)
class Column:
    """What stands between two blanks: a value within fixed text, or fixed text alone (`variable` is empty)."""

    variable: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns` in their order; empty where the format cannot be cut at blanks."""

    columns: tuple[Column, ...]
    expression: str


def compile_template(template: str) -> Layout:
    """Both ways of reading a format."""
    tokens = TOKEN.findall(template)
    cut = [_columns(token) for token in tokens]
    expression = " ".join(_token_expression(token) for token in tokens)
    columns = () if None in cut else tuple(column for columns in cut for column in columns or ())
    return Layout(columns, f"^{expression}\r?$")


def _columns(token: str) -> tuple[Column, ...] | None:
    inside = token.removesuffix("?").strip('"') if token.startswith('"') else token
    found = VARIABLE.findall(inside)
    if not found:
        return (Column("", before=inside),)
    if len(found) > 1 or '"' in inside:
        return None
    before, name, braced, after = VARIABLE.split(inside, maxsplit=1)
    variable = name or braced
    if variable == "time_local" and not token.startswith('"'):
        return Column(variable, before=before), Column(f"{variable}_offset", after=after)
    return (Column(variable, before, after),)


def _token_expression(token: str) -> str:
    quoted = token.startswith('"')
    parts, at = [], 0
    for found in VARIABLE.finditer(token):
        name = found[1] or found[2]
        parts.append(re.escape(token[at : found.start()]))
        inside = quoted or token[: found.start()].endswith('"')
        parts.append(f"(?P<{name}>{_value_expression(name, token[found.end() : found.end() + 1], quoted=inside)})")
        at = found.end()
    end = token[at:]
    return "".join(parts) + (end if quoted and end.endswith('"?') else re.escape(end))


def _value_expression(name: str, following: str, *, quoted: bool) -> str:
    if name in _SPECIAL:
        return f"(?:{_SPECIAL[name]})?" if quoted else _SPECIAL[name]
    if name.endswith(RAW):
        return ".*?"
    if quoted:
        return '[^"]*'
    return f"[^ {re.escape(following)}]*" if following else "[^ ]+"
