"""A table taken elsewhere says what it said here, and does nothing that its words did not ask for."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from vistas.practice.decisions import (
    COLUMNS,
    TITLES,
    DecisionCell,
    DecisionRow,
    DecisionTable,
    Evidence,
    Field,
    Link,
    Wording,
)
from vistas.practice.decisions.export import write_csv, write_markdown
from vistas.practice.decisions.probes import SWEEPS, probes_for
from vistas.sharing.escaping import as_cell

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30).map(str.strip)
tempting = st.text(st.sampled_from("=+-@,;\t\n\"' |a"), max_size=12).map(str.strip)


def cell(*texts: str) -> DecisionCell:
    return DecisionCell(tuple(Wording(UUID(int=number), text, "Ada", NOW) for number, text in enumerate(texts)))


def table(evidence: Evidence | None = None, **texts: str) -> DecisionTable:
    links = (Link(UUID(int=7), evidence, "Ada", NOW),) if evidence else ()
    return DecisionTable(
        rows=(DecisionRow(UUID(int=1), {Field(name): cell(text) for name, text in texts.items()}, links),)
    )


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_line_a_decision_and_every_column_by_its_title() -> None:
    made = DecisionTable(
        rows=(DecisionRow(UUID(int=1), {Field.DECISION: cell("Roll back?"), Field.CUES: cell("5xx", "queue")}),)
    )
    (row,) = read(write_csv(made))
    assert list(row) == [*(TITLES[field] for field in COLUMNS), "Evidence"]
    assert row["Decision"] == "Roll back?"
    assert row["Cues and factors"] == "5xx\n— or —\nqueue"
    assert row["Strategies"] == ""


def test_a_formula_is_text_in_a_spreadsheet() -> None:
    told = '=HYPERLINK("http://bad.example";"click")\n- a list\na;@SUM(1)'
    (row,) = read(write_csv(table(cues=told)))
    assert row["Cues and factors"] == '\'=HYPERLINK("http://bad.example";"click")\n\'- a list\na;\'@SUM(1)'


@given(words | tempting)
@example('";=1+1')
@example("a\r\n=1")
def test_no_piece_of_the_file_begins_as_a_formula(text: str) -> None:
    """Whatever a program splits it at."""
    assert re.search(r'(^\ufeff?|[,;|\t\r\n])[\s"]*[=+\-@＝＋－＠]', write_csv(table(cues=text))) is None


@given(words | tempting)
def test_the_guard_takes_no_letter_away(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    guarded = iter(as_cell(text))
    assert all(letter in guarded for letter in plain)
    assert len(as_cell(text)) - len(plain) == as_cell(text).count("'") - plain.count("'")


@given(st.lists(words | tempting, max_size=3))
def test_a_removed_row_is_not_in_the_file(texts: list[str]) -> None:
    rows = tuple(DecisionRow(UUID(int=number), {Field.CUES: cell(text)}) for number, text in enumerate(texts))
    assert len(read(write_csv(DecisionTable(rows=rows)))) == len(texts)


def test_markdown_shows_words_as_they_were_written() -> None:
    told = "# not a title\n<script>alert(1)</script> | *no* emphasis\n\n1. not a list [x](http://bad.example)"
    made = write_markdown("Roll back? <b>", table(decision="Wait | go", cues=told))
    assert made.startswith(
        "# Roll back? \\<b\\>\n\n## 1. Wait \\| go\n\n**Cues and factors**\n\n\\# not a title  \n"
    )
    assert "\\<script\\>" in made
    assert "\n1\\. not a list \\[x\\]" in made


@given(words | tempting)
def test_no_line_of_a_text_begins_a_block_of_markdown(text: str) -> None:
    made = write_markdown("t", table(decision="d", cues=text)).splitlines()
    own = {"# t", "## 1. d", "**Cues and factors**", ""}
    theirs = [line for line in made[:-1] if line not in own]
    assert not [line for line in theirs if re.match(r"(#|>|[-+*=_]|\d+[.)](\s|$)|```|~~~|\||<| {4})", line)]


def test_evidence_is_linked_where_there_is_an_address() -> None:
    evidence = Evidence(title="Requests [5xx]", routine="landscape", stop="front-door")
    with_address = write_markdown(
        "t", table(evidence), lambda each: f"http://vistas.example/walk?stop={each.stop}"
    )
    assert "- [Requests \\[5xx\\]](<http://vistas.example/walk?stop=front-door>)" in with_address
    assert "- Requests \\[5xx\\]\n" in write_markdown("t", table(evidence))


def test_every_sweep_has_questions_and_every_cell_gets_some() -> None:
    assert [sweep.title for sweep in SWEEPS] == ["Choose a story", "Draw the timeline", "Go deeper", "What if"]
    assert all(probes_for(field) for field in Field)
    asked = [probe.question for sweep in SWEEPS for probe in sweep.probes]
    assert len(set(asked)) == len(asked)
    assert all(len(each) < 100 and each[-1] in "?." for each in asked)
