"""What of a notice is sent to Grafana, and what is kept of where it went."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from vistas.practice import Notebooks
from vistas.practice.annotations import Placed, annotation_of
from vistas.practice.annotations.entries import Put, TakenAway, journal_of, write
from vistas.routine.file import built_in_routines
from vistas.snapshot import Window
from vistas.store import Store
from vistas.vista import Vista, new_id
from vistas.vista.notice import Anchor, Notice, NoticeKind, Stretch, TableRow, WholeStop

END = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)
VISTA = Vista(new_id(), built_in_routines()[0], Window.ending(END, timedelta(hours=12)), "Ann", END, title="A <b>")
ADDRESS = "https://vistas.example.org/replay?vista=1&stop=a"
STRETCH = Stretch(look="a", source="main", start=END - timedelta(hours=2), end=END - timedelta(hours=1))


def a_notice(text: str = "full", anchor: Anchor = STRETCH) -> Notice:
    kind = NoticeKind.SURPRISED
    return Notice(id=new_id(), stop="a", author="Ann <i>", kind=kind, text=text, anchor=anchor, written_at=END)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80).filter(str.strip))
def test_what_people_wrote_is_never_markup(text: str) -> None:
    """The one element is our link, and unescaped it says what was written."""
    sent = annotation_of(a_notice(text), VISTA, ADDRESS, mask=str)
    assert re.findall(r"<[^>]*>", sent.text) == [f'<a href="{ADDRESS.replace("&", "&amp;")}">', "</a>"]
    assert unescape(sent.text).startswith(a_notice(text).text)


def test_it_says_who_noticed_and_where_from() -> None:
    sent = annotation_of(a_notice("disk full"), VISTA, ADDRESS, tags=("shop", "morning-vistas"), mask=str)
    assert sent.text.splitlines() == [
        "disk full",
        'Ann &lt;i&gt;, surprised. <a href="https://vistas.example.org/replay?vista=1&amp;stop=a">A &lt;b&gt;</a>',
    ]
    assert sent.tags == ("morning-vistas", "shop")


def test_it_stands_where_the_notice_does() -> None:
    def times(anchor: Anchor) -> tuple[datetime, datetime | None]:
        sent = annotation_of(a_notice(anchor=anchor), VISTA, ADDRESS, mask=str)
        return sent.start, sent.end

    assert times(STRETCH) == (STRETCH.start, STRETCH.end)
    assert times(STRETCH.model_copy(update={"end": STRETCH.start})) == (STRETCH.start, None)
    assert times(WholeStop()) == (END, None)
    assert times(TableRow(look="a", source="main", key={"pod": "x"})) == (END, None)


def test_what_leaves_is_masked() -> None:
    said = a_notice("it was hunter2")
    sent = annotation_of(said, VISTA, ADDRESS, mask=lambda text: text.replace("hunter2", "***"))
    assert "hunter2" not in sent.text


def test_where_notices_went_is_kept(store: Store) -> None:
    notebook, vista, (one, other) = Notebooks(store.journals).annotations, new_id(), (new_id(), new_id())

    def placed() -> dict[UUID, Placed]:
        return dict(Notebooks(store.journals).annotations.read(journal_of(vista)).placed)

    assert placed() == {}
    for notice, number in ((one, 7), (other, 8)):
        entry = Put(notice=notice, annotation=number, grafana="https://g.example.org", revision=1)
        write(notebook, vista, entry, by="Ann", at=END)
    again = Put(notice=one, annotation=7, grafana="https://g.example.org", revision=3)
    write(notebook, vista, again, by="Ann", at=END)
    write(notebook, vista, TakenAway(notice=other), by="Ann", at=END)
    assert placed() == {one: Placed(7, "https://g.example.org", 3)}
