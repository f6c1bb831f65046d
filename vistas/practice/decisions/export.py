"""A decision table taken elsewhere: as Markdown to read, and as CSV for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from vistas.practice.decisions.probes import METHOD
from vistas.practice.decisions.state import (
    COLUMNS,
    TITLES,
    DecisionCell,
    DecisionRow,
    DecisionTable,
    Evidence,
    Field,
)
from vistas.sharing.escaping import as_csv, as_link, as_markdown

OR: Final = "— or —"
"""Between texts of one cell that nobody has joined."""
EVIDENCE: Final = "Evidence"

Address = Callable[[Evidence], str]
"""Where evidence can be opened; empty where there is no address."""


def no_address(_: Evidence) -> str:
    return ""


def written(cell: DecisionCell) -> str:
    return f"\n{OR}\n".join(said.text for said in cell.texts)


def write_csv(table: DecisionTable) -> str:
    """One line a decision, with the evidence in a last column."""
    return as_csv([*(TITLES[field] for field in COLUMNS), EVIDENCE], map(_cells, table.shown))


def _cells(row: DecisionRow) -> list[str]:
    evidence = "\n".join(link.evidence.title for link in row.links)
    return [*(written(row.cell(field)) for field in COLUMNS), evidence]


def write_markdown(title: str, table: DecisionTable, address: Address = no_address) -> str:
    """A section a decision. Whatever people wrote shows as the text it is."""
    return "\n".join(_lines(title, table, address)) + "\n"


def _lines(title: str, table: DecisionTable, address: Address) -> Iterator[str]:
    yield f"# {as_markdown(title, 200)}"
    if table.incident.texts:
        yield ""
        yield from _cell(TITLES[Field.INCIDENT], table.incident)
    for number, row in enumerate(table.shown, start=1):
        yield ""
        yield from _row(number, row, address)
    yield ""
    yield f"*{as_markdown(METHOD)}*"


def _row(number: int, row: DecisionRow, address: Address) -> Iterator[str]:
    decision = row.cell(Field.DECISION)
    yield f"## {number}. {' · '.join(as_markdown(said.text, 400) for said in decision.texts) or '…'}"
    for field in COLUMNS:
        if field is not Field.DECISION and row.cell(field).texts:
            yield ""
            yield from _cell(TITLES[field], row.cell(field))
    if row.links:
        yield ""
        yield f"**{EVIDENCE}**"
        yield ""
        yield from (_link(link.evidence, address) for link in row.links)


def _cell(title: str, cell: DecisionCell) -> Iterator[str]:
    yield f"**{title}**"
    for place, said in enumerate(cell.texts):
        yield ""
        if place:
            yield OR
            yield ""
        lines = [as_markdown(line) for line in said.text.splitlines()]
        yield from (
            f"{line}  " if line and after else line for line, after in zip(lines, [*lines[1:], ""], strict=True)
        )


def _link(evidence: Evidence, address: Address) -> str:
    return f"- {as_link(evidence.title, address(evidence))}"
