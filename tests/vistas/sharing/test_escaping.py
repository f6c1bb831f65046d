"""Words in formats that would take some of them for instructions show as they were written."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.sharing.escaping import as_cell, as_chat_line, as_csv, as_link, as_markdown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-", "'-"),
        ("@here", "'@here"),
        (" \t=1", " \t'=1"),
        ("\x00=1", "\x00'=1"),
        ("\u200b=1", "\u200b'=1"),
        ("a,=1", "a,'=1"),
        ("a|=1", "a|'=1"),
        ("a\r=1", "a\n'=1"),
        ('"=1', "\"'=1"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("a = b - c", "a = b - c"),
        ("p95 < 300 ms", "p95 < 300 ms"),
    ],
)
def test_a_cell_is_never_a_formula(text: str, cell: str) -> None:
    assert as_cell(text) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=2, max_size=2), max_size=4))
def test_a_csv_file_reads_back_cell_by_cell(rows: list[list[str]]) -> None:
    """Behind the mark by which spreadsheets know UTF-8."""
    written = as_csv(["one", "two"], rows)
    assert written.startswith("\ufeff")
    read = list(csv.reader(StringIO(written.removeprefix("\ufeff"), newline="")))
    assert read == [["one", "two"], *([as_cell(cell) for cell in row] for row in rows)]


@pytest.mark.parametrize(
    ("says", "address", "link"),
    [
        ("Errors", "", "Errors"),
        ("Er]rors", "", r"Er\]rors"),
        ("Errors", "https://x.example/a(b)", "[Errors](<https://x.example/a(b)>)"),
        ("Er]rors", "https://x.example/?a=<b> c\n", r"[Er\]rors](<https://x.example/?a=%3Cb%3E%20c%0A>)"),
    ],
)
def test_a_link_ends_where_it_should(says: str, address: str, link: str) -> None:
    assert as_link(says, address) == link


def test_a_line_of_a_table_in_markdown_stays_one_cell() -> None:
    assert as_markdown("a | b\n| --- |") == r"a \| b \| --- \|"


def test_a_line_in_a_chat_calls_nobody_and_is_one_line() -> None:
    assert as_chat_line("<!channel> @all\n& more") == "&lt;!channel&gt; @\u200ball &amp; more"
    assert len(as_chat_line("x" * 1000)) == 400
