"""Words of people and tools in formats that take some characters for instructions: they show as the text they are.

Sources: CommonMark 0.31, 2.4 "Backslash escapes", and its extensions as GitHub and GitLab know them (links by
themselves, mentions, emoji, formulas); RFC 4180; OWASP, "CSV Injection"; Slack, "Formatting text for app
surfaces" (& < > are written as entities); Mattermost, "Incoming webhooks" and "Mention people" (`@channel`, `@all`
and `@here` call everybody).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Final

from vistas.sharing.tables import cut

LONGEST: Final = 4000
"""Characters of one text in Markdown."""
CHAT_LINE: Final = 400
"""Characters of one line in a chat; the page has it whole."""

_MEANINGFUL = re.compile(r"([\\`*_{}\[\]<>#|~&!@$^])|(:)(?=[a-z/+])|(?<=www)(\.)", re.IGNORECASE)
_AT_THE_START = re.compile(r"^(?:(?=[-+=])|(\d+)(?=[.)](?:\s|$)))")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_STARTS_A_FORMULA = re.compile(
    r"(^|[,;|\t\r\n])([\s\"'\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060-\u2069\ufeff]*)(?=[=+\-@\t\r＝＋－＠])"
)
_ENDS_AN_ADDRESS = re.compile(r"[\s<>\\\x00-\x1f]")
_BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheets know UTF-8."""


def as_markdown(raw: str, longest: int = LONGEST) -> str:
    """One line that shows as `raw` does, whatever Markdown or HTML is in it; what is invisible becomes a space."""
    visible = _INVISIBLE.sub(" ", cut(raw, longest)).strip()
    return _AT_THE_START.sub(r"\1\\", _MEANINGFUL.sub(r"\\\g<0>", visible))


def as_link(says: str, address: str) -> str:
    """A link in Markdown that shows `says` as text; the text alone where there is no address."""
    if not address:
        return as_markdown(says)
    whole = _ENDS_AN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)
    return f"[{as_markdown(says)}](<{whole}>)"


def as_csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table for spreadsheets, which take none of it for a formula."""
    buffer = StringIO()
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([as_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def as_cell(text: str) -> str:
    """Text of which no program makes a formula.

    An apostrophe stands before every `=`, `+`, `-`, `@` that begins a cell or a line or follows a separator, since
    programs split at other separators than ours, too.
    """
    return _STARTS_A_FORMULA.sub(r"\1\2'", text.replace("\r\n", "\n").replace("\r", "\n"))


def as_chat_line(said: str) -> str:
    """One line that Slack and Mattermost show alike; nobody is called by it."""
    line = cut(" ".join(said.split()), CHAT_LINE)
    for special, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        line = line.replace(special, entity)
    return line.replace("@", "@\u200b")
