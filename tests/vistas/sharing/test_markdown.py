"""Notes show what people and tools wrote as the text it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from tests.strategies import vistas
from tests.vistas.sharing.making import PODS, RATE, WINDOW, notice, objects, routine, snapshot, vista
from vistas.sharing import write_markdown
from vistas.sharing.escaping import as_markdown
from vistas.sharing.page import write_page
from vistas.snapshot import Window
from vistas.vista import Vista
from vistas.vista.presence import lacking_in

EARLIER = Window(WINDOW.start - timedelta(days=7), WINDOW.end - timedelta(days=7))


def test_notes_tell_who_noticed_what_where_and_when() -> None:
    notes = write_markdown(vista())
    assert "# A slow leak" in notes
    assert "walked by Maya, Mon 23 Nov 2026, 07:30 UTC" in notes
    assert "## 1. Whom do we fail?" in notes
    assert (
        "> **(1) surprised** · 03:30 to 04:30  \n> Two in five failed.  \n> *Maya, Mon 23 Nov 2026, 07:30 UTC*"
        in notes
    )
    assert "| parser-1 (2) | 3 |" in notes
    assert r"| 9 (3) | 502 GET /search |" in notes
    assert "**No data: refused.** The cluster refused. Ask for a role." in notes
    assert "*From kubernetes (kubernetes), Mon 23 Nov 2026, 07:30 UTC, in 40 ms:* pods" in notes


def test_words_and_window_of_a_look_stand_above_what_it_gave() -> None:
    look = RATE.model_copy(update={"text": "Before *any* sale.\n\nAnd after.", "offset": timedelta(days=7)})
    whole = vista(routine=routine(look), notices=())
    earlier = [replace(each, provenance=replace(each.provenance, asked=EARLIER)) for each in whole.snapshots]
    shown = replace(whole, snapshots=tuple(earlier))
    notes, page = write_markdown(shown), write_page(shown)
    assert "### Requests · the same hours, 7 days earlier\n\nBefore \\*any\\* sale.\n\nAnd after" in notes
    assert "the same hours, 7 days earlier</span></h3>" in page
    assert '<p class="about">Before *any* sale.</p>' in page


def test_a_recording_is_said_to_be_one() -> None:
    assert "(a recording)" in write_markdown(vista(origin="recording"))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("# not a heading", r"\# not a heading"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[click](javascript:x)", r"\[click\](javascript\:x)"),
        ("![x](http://evil)", r"\!\[x\](http\://evil)"),
        ("a | b", r"a \| b"),
        ("`code` *bold* _em_ ~no~", r"\`code\` \*bold\* \_em\_ \~no\~"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("===", r"\==="),
        ("15.5 h at 07:30", "15.5 h at 07:30"),
        ("two\nlines\r\nand\x00more\x1b[31m", r"two lines and more \[31m"),
        ("@everyone see www.evil.example", r"\@everyone see www\.evil.example"),
        ("\u202eright to left", "right to left"),
        ("back\\slash", r"back\\slash"),
        (":smile: $x$", r"\:smile: \$x\$"),
    ],
)
def test_markdown_in_a_text_is_text(raw: str, shown: str) -> None:
    assert as_markdown(raw) == shown


def test_a_megabyte_is_cut() -> None:
    long = "x" * 1_000_000
    made = vista(title=long, snapshots=(snapshot(PODS, objects(name=[long], note=[long]), query=long),))
    assert len(write_markdown(made)) < 5000


def test_a_notice_of_many_lines_stays_in_its_quotation() -> None:
    notes = write_markdown(vista(notices=(notice("one\n\n# two\n---\n    three"),)))
    said = notes[notes.index("**surprised**") :].split("\n\n")[0].splitlines()
    assert all(line.startswith("> ") for line in said[1:])
    assert r"> \# two  " in said
    assert r"> \---  " in said


@given(vistas())
def test_any_vista_can_be_told(made: Vista) -> None:
    """No tag, no control character; a heading for each stop and each look that is there, and one of the whole."""
    notes = write_markdown(replace(made, title="T"))
    assert not re.search(r"(?<!\\)<", notes)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", notes)
    absent = [snapshot for lacking in lacking_in(made) for snapshot in lacking.snapshots]
    shown = sum(len(made.at(stop.stop)) for stop in made.routine.stops) - len(absent)
    headings = [line for line in notes.split("\n") if re.match(r"#{1,6} ", line)]
    assert len(headings) == 1 + len(made.routine.stops) + shown
