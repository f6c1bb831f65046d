"""Other people's words inside our Markdown: read as they were written."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.ui.plain import plain, prose


def unescaped(markdown: str) -> str:
    """What CommonMark makes of backslash escapes: the punctuation that follows, as it is."""
    return re.sub(rf"\\([{re.escape(string.punctuation)}])", r"\1", markdown)


@given(st.text())
def test_what_is_read_is_what_was_written(text: str) -> None:
    """Letter by letter, with every run of blanks as one."""
    assert unescaped(plain(text)) == " ".join(re.split(r"\s+", text)).strip()


@given(st.text(alphabet=string.punctuation + "ab \n"))
def test_no_mark_is_left_that_markdown_would_take(text: str) -> None:
    """Every punctuation mark is escaped exactly once."""
    assert not re.sub(rf"\\[{re.escape(string.punctuation)}]", "", plain(text)).strip("ab ")


@pytest.mark.parametrize(
    "line", ["# no heading", "- no list", "1. no list", "> no quote", "---", "| no | table |", "    x"]
)
def test_no_line_begins_a_block(line: str) -> None:
    assert not re.match(r"[#>|\-]|\d+[.)]|\s{4}", plain(line))


@given(st.text())
def test_prose_keeps_paragraphs_and_nothing_else(text: str) -> None:
    paragraphs = prose(text).split("\n\n")
    assert all("\n" not in paragraph for paragraph in paragraphs)
    assert "".join(unescaped(prose(text)).split()) == "".join(text.split())


def test_prose_of_two_paragraphs() -> None:
    assert prose("One,\nstill one.\n\n \n\nTwo *stars*.\n") == "One\\, still one\\.\n\nTwo \\*stars\\*\\."
