"""Pages and notes show what was answered below each notice, and say through whose eyes a vista is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vistas.sharing.making import NOW, notice, vista
from tests.vistas.sharing.test_earlier_vistas import answered
from tests.vistas.sharing.test_page import EVIL, Page, is_harmless
from vistas.sharing import write_markdown, write_page
from vistas.vista import Eyes
from vistas.vista.answer import AnswerKind


def test_notes_show_an_answer_below_its_notice_with_its_kind_first() -> None:
    told = write_markdown(answered(vista(), kind=AnswerKind.DIFFERENT, text="one in ten\nby now", revision=2))
    assert (
        "> *Maya, Mon 23 Nov 2026, 07:30 UTC*\n"
        ">\n"
        "> > **different now**  \n"
        "> > one in ten  \n"
        "> > by now  \n"
        "> > *Ines, Mon 23 Nov 2026, 07:30 UTC, edited since*\n"
    ) in told


def test_an_answer_needs_no_words() -> None:
    assert "> > **still so**  \n> > *Ines, " in write_markdown(answered(vista()))
    page = Page(write_page(answered(vista())))
    assert len(page.classed("div", "answer")) == 1
    assert page.text.index("surprised") < page.text.index("still so") < page.text.index("Ines, ")
    assert len(page.classed("p", "said")) == len(vista().notices)


@pytest.mark.parametrize("write", [write_page, write_markdown])
def test_an_export_says_whose_eyes_it_is_seen_through_and_what_they_noticed(write: object) -> None:
    then = answered(vista(title="A leak", notices=(notice("It dripped."),)), text="gone since")
    made = replace(vista(notices=(notice("Dry today."),)), eyes=Eyes.upon(then, "Maya"))
    told = write(made)  # type: ignore[operator]
    shown = Page(told).text if write is write_page else told
    assert "Seen through Maya's eyes, who walked A leak on Mon 23 Nov 2026." in shown
    places = [shown.index(said) for said in ("Dry today.", "It dripped.", "gone since")]
    assert places == sorted(places)
    assert "Seen through" not in write(then)  # type: ignore[operator]


def test_hostile_words_in_threads_and_eyes_are_text() -> None:
    then = answered(vista(title=EVIL, notices=(notice(EVIL),)), text=EVIL, author=EVIL[:60])
    made = replace(answered(vista(), text=EVIL, author=EVIL[:60]), eyes=Eyes.upon(then, EVIL))
    is_harmless(Page(write_page(made)))
    notes = write_markdown(made)
    assert "\\<script\\>" in notes
    assert "<script>" not in notes.replace("\\<", "").replace("\\>", "")


def test_an_answer_of_many_lines_stays_in_its_quotation() -> None:
    notes = write_markdown(
        answered(vista(notices=(notice(),)), text="one\n\n# two\n---\n    three", written_at=NOW)
    )
    said = notes[notes.index("**still so**") :].split("\n\n")[0].splitlines()
    assert all(line.startswith("> > ") for line in said[1:])
