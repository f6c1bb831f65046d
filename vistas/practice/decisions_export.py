"""A decision table taken elsewhere: as Markdown to read, and as CSV for a spreadsheet.

Source of the guard against formulas: OWASP, "CSV Injection".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Final

from vistas.practice.decisions import COLUMNS, TITLES, Cell, Evidence, Field, Row, Table
from vistas.practice.probes import METHOD
from vistas.sharing.markdown import text

OR: Final = "— or —"
"""Between texts of one cell that nobody has joined."""
EVIDENCE: Final = "Evidence"
_STARTS_A_FORMULA = re.compile(r"(^|[,;|\t\r\n])([\s\"']*)(?=[=+\-@\t\r＝＋－＠])")

Address = Callable[[Evidence], str]
"""Where evidence can be opened; empty where there is no address."""


def no_address(_: Evidence) -> str:
    return ""


def written(cell: Cell) -> str:
    return f"\n{OR}\n".join(said.text for said in cell.texts)


def write_csv(table: Table) -> str:
    """One line a decision (RFC 4180), with the evidence in a last column.

    A spreadsheet takes none of it for a formula: an apostrophe stands before every `=`, `+`, `-`, `@` that begins
    a cell or a line or follows a separator, since programs split at other separators than ours, too.
    """
    buffer = StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow([*(TITLES[field] for field in COLUMNS), EVIDENCE])
    for row in table.shown:
        cells = [written(row.cell(field)) for field in COLUMNS]
        writer.writerow([harmless(each) for each in (*cells, "\n".join(link.evidence.says for link in row.links))])
    return buffer.getvalue()


def harmless(cell: str) -> str:
    """Text of which no program makes a formula."""
    return _STARTS_A_FORMULA.sub(r"\1\2'", cell.replace("\r\n", "\n").replace("\r", "\n"))


def write_markdown(title: str, table: Table, address: Address = no_address) -> str:
    """A section a decision. Whatever people wrote shows as the text it is."""
    return "\n".join(_lines(title, table, address)) + "\n"


def _lines(title: str, table: Table, address: Address) -> Iterator[str]:
    yield f"# {text(title, 200)}"
    if table.incident.texts:
        yield ""
        yield from _cell(TITLES[Field.INCIDENT], table.incident)
    for number, row in enumerate(table.shown, start=1):
        yield ""
        yield from _row(number, row, address)
    yield ""
    yield f"*{text(METHOD)}*"


def _row(number: int, row: Row, address: Address) -> Iterator[str]:
    decision = row.cell(Field.DECISION)
    yield f"## {number}. {' · '.join(text(said.text, 400) for said in decision.texts) or '…'}"
    for field in COLUMNS:
        if field is not Field.DECISION and row.cell(field).texts:
            yield ""
            yield from _cell(TITLES[field], row.cell(field))
    if row.links:
        yield ""
        yield f"**{EVIDENCE}**"
        yield ""
        yield from (_link(link.evidence, address) for link in row.links)


def _cell(title: str, cell: Cell) -> Iterator[str]:
    yield f"**{title}**"
    for place, said in enumerate(cell.texts):
        yield ""
        if place:
            yield OR
            yield ""
        lines = [text(line) for line in said.text.splitlines()]
        yield from (
            f"{line}  " if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)
        )


def _link(evidence: Evidence, address: Address) -> str:
    says, where = text(evidence.says), address(evidence)
    return f"- [{says}](<{where}>)" if where else f"- {says}"
