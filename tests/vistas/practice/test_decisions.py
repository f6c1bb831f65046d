"""A decision table keeps every word, whoever writes at the same time and in whichever order it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vistas.practice import Notebooks, Stamp
from vistas.practice.decisions import COLUMNS, DecisionTable, Evidence, Field
from vistas.practice.decisions.entries import (
    DecisionEntry,
    Linked,
    Rechecked,
    RowAdded,
    RowMoved,
    RowRemoved,
    RowRestored,
    Titled,
    Unlinked,
    Wrote,
)
from vistas.practice.decisions.history import changes
from vistas.store import Store
from vistas.vista import new_id

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROWS = [UUID(int=number) for number in range(1, 4)]
LOOK = Evidence(title="Requests", routine="landscape", stop="front-door", look="requests")


def table_of(*entries: DecisionEntry, by: str = "Ada") -> DecisionTable:
    table = DecisionTable()
    for number, entry in enumerate(entries, start=1):
        table = entry.apply(table, Stamp(number, NOW + timedelta(seconds=number), by))
    return table


def wrote(text: str, *knew: Wrote, row: UUID = ROWS[0], field: Field = Field.CUES) -> Wrote:
    return Wrote(id=new_id(), row=row, field=field, text=text, knew=frozenset(each.id for each in knew))


def texts(table: DecisionTable, row: UUID = ROWS[0], field: Field = Field.CUES) -> list[str]:
    found = table.row(row)
    return [said.text for said in found.cell(field).texts] if found else []


def test_two_who_write_at_once_both_keep_their_words_until_somebody_joins_them() -> None:
    first = wrote("the queue grows")
    ada, bea = wrote("the queue grows by 100 a minute", first), wrote("the queue, and no 5xx", first)
    at_once = table_of(first, ada, bea)
    assert texts(at_once) == [ada.text, bea.text]
    assert at_once.rows[0].cell(Field.CUES).is_open
    joined = wrote("the queue grows by 100 a minute, and no 5xx", ada, bea)
    assert texts(table_of(first, ada, bea, joined)) == [joined.text]


def test_words_written_twice_stand_there_once() -> None:
    """The browser sends again what was not confirmed."""
    first = wrote("a")
    second = wrote("b", first)
    assert texts(table_of(first, second, first, second)) == ["b"]
    assert texts(table_of(wrote("the same"), wrote("the same"))) == ["the same"]


def test_emptying_a_cell_takes_nothing_that_was_not_seen() -> None:
    first, unseen = wrote("a"), wrote("written meanwhile")
    assert texts(table_of(first, unseen, wrote("", first))) == ["written meanwhile"]
    assert texts(table_of(first, wrote("", first))) == []


def test_a_removed_row_keeps_its_words_and_its_place() -> None:
    adding = [RowAdded(row=row) for row in ROWS]
    removed = table_of(*adding, wrote("a", row=ROWS[1]), RowRemoved(row=ROWS[1]), by="Bea")
    assert [row.id for row in removed.shown] == [ROWS[0], ROWS[2]]
    assert [(row.id, row.removed.by) for row in removed.removed if row.removed] == [(ROWS[1], "Bea")]
    restored = table_of(*adding, wrote("a", row=ROWS[1]), RowRemoved(row=ROWS[1]), RowRestored(row=ROWS[1]))
    assert [row.id for row in restored.shown] == ROWS
    assert texts(restored, ROWS[1]) == ["a"]


def test_who_writes_into_a_row_that_is_removed_meanwhile_brings_it_back() -> None:
    table = table_of(RowAdded(row=ROWS[0]), RowRemoved(row=ROWS[0]), wrote("still typing"))
    assert texts(table) == ["still typing"]
    assert table.shown == table.rows


def test_words_sent_again_bring_no_removed_row_back() -> None:
    said = wrote("a")
    assert not table_of(said, RowRemoved(row=ROWS[0]), said).shown


def test_rows_are_moved_before_another_or_to_the_end() -> None:
    one, two, three = ROWS
    adding = [RowAdded(row=row) for row in ROWS]
    assert [row.id for row in table_of(*adding, RowMoved(row=three, before=one)).rows] == [three, one, two]
    assert [row.id for row in table_of(*adding, RowMoved(row=one)).rows] == [two, three, one]
    assert [row.id for row in table_of(*adding, RowMoved(row=one, before=one)).rows] == ROWS
    assert [row.id for row in table_of(RowAdded(row=one), RowAdded(row=two, before=one)).rows] == [two, one]


def test_evidence_hangs_on_a_row_and_tells_when_it_was_looked_at_again() -> None:
    link = Linked(id=new_id(), row=ROWS[0], evidence=LOOK)
    again = Rechecked(vista=new_id(), stops={link.id: "front-door"})
    table = table_of(link, link, again, again)
    assert [each.evidence for each in table.links()] == [LOOK]
    seen = table.seen_again(link.id)
    assert seen is not None
    assert (seen.vista, seen.stops[link.id], len(table.rechecks)) == (again.vista, "front-door", 1)
    assert not list(table_of(link, Unlinked(id=link.id, row=ROWS[0])).links())


def test_a_column_is_of_a_row_and_the_incident_is_of_none() -> None:
    with pytest.raises(ValidationError):
        Wrote(id=new_id(), row=None, field=Field.CUES, text="a")
    with pytest.raises(ValidationError):
        Wrote(id=new_id(), row=ROWS[0], field=Field.INCIDENT, text="a")
    told = Wrote(id=new_id(), field=Field.INCIDENT, text="At two the pager rang.")
    assert table_of(told).incident.texts[0].text == "At two the pager rang."


def test_a_table_is_found_by_the_words_that_stand_in_it_today(notebooks: Notebooks) -> None:
    tables = notebooks.decisions
    journal = tables.begin("Roll back?", RowAdded(row=ROWS[0]), by="Ada", at=NOW)
    first = wrote("retry storms")
    tables.write(journal, first, by="Ada", at=NOW)
    assert [head.id for head in tables.find("RETRY storm")] == [journal]
    tables.write(journal, wrote("queues", first), by="Bea", at=NOW)
    assert not tables.find("retry storm")
    assert [head.id for head in tables.find("roll back")] == [journal]


def test_an_earlier_version_is_as_it_was(notebooks: Notebooks) -> None:
    tables = notebooks.decisions
    first = wrote("before")
    journal = tables.begin("Roll back?", first, by="Ada", at=NOW)
    tables.write(journal, wrote("after", first), RowRemoved(row=ROWS[0]), by="Bea", at=NOW)
    assert texts(tables.as_of(journal, 1)) == ["before"]
    assert texts(tables.as_of(journal, 2)) == ["after"]
    assert not tables.read(journal).shown


def test_the_history_tells_who_changed_what(notebooks: Notebooks) -> None:
    tables = notebooks.decisions
    named = wrote("Roll back\nor wait?", field=Field.DECISION)
    journal = tables.begin("Tuesday", named, wrote("the queue"), by="Ada", at=NOW)
    link = Linked(id=new_id(), row=ROWS[0], evidence=LOOK)
    more = (link, Titled(title="Tuesday night"), RowRemoved(row=ROWS[0]), RowAdded(row=ROWS[1]))
    tables.write(journal, *more, by="Bea", at=NOW)
    told = changes(tables.history(journal), tables.read(journal))
    assert [(each.number, each.by, each.summary, each.text) for each in told] == [
        (6, "Bea", "added a decision without text", ""),
        (5, "Bea", "removed “Roll back or wait?”", ""),
        (4, "Bea", "named the table", "Tuesday night"),
        (3, "Bea", "linked evidence to “Roll back or wait?”", "Requests"),
        (2, "Ada", "wrote cues and factors of “Roll back or wait?”", "the queue"),
        (1, "Ada", "wrote a decision", "Roll back\nor wait?"),
    ]


@st.composite
def edits(draw: st.DrawFn) -> Sequence[Wrote]:
    """Several people's edits; each knows some of those written before it."""
    made: list[Wrote] = []
    for number in range(draw(st.integers(1, 9))):
        row, field = draw(st.sampled_from(ROWS)), draw(st.sampled_from(COLUMNS[:2]))
        seen = [each for each in made if (each.row, each.field) == (row, field)]
        knew = draw(st.lists(st.sampled_from(seen), unique=True)) if seen else []
        made.append(wrote(f"text {number}", *knew, row=row, field=field))
    return made


@given(edits(), st.randoms(use_true_random=False))
def test_no_text_goes_until_somebody_who_saw_it_writes_another(written: Sequence[Wrote], shuffled: object) -> None:
    """And the order in which they arrive makes no difference."""
    arrived = list(written)
    shuffled.shuffle(arrived)  # type: ignore[attr-defined]
    table = table_of(*arrived)
    for row in ROWS:
        for field in COLUMNS[:2]:
            here = [each for each in written if (each.row, each.field) == (row, field)]
            seen = frozenset[UUID]().union(*(each.knew for each in here))
            assert sorted(texts(table, row, field)) == sorted(each.text for each in here if each.id not in seen)


def row_entries() -> st.SearchStrategy[DecisionEntry]:
    row = st.sampled_from(ROWS)
    before = st.none() | row
    return st.one_of(
        st.builds(RowAdded, row=row, before=before),
        st.builds(RowMoved, row=row, before=before),
        st.builds(RowRemoved, row=row),
        st.builds(RowRestored, row=row),
        st.builds(wrote, st.text(max_size=5), row=row),
        st.builds(Linked, id=st.uuids(), row=row, evidence=st.just(LOOK)),
    )


@given(st.lists(row_entries(), max_size=12))
def test_rows_stay_one_of_each_and_keep_what_was_written(entries: list[DecisionEntry]) -> None:
    tables = [table_of(*entries[:count]) for count in range(len(entries) + 1)]
    for before, after in pairwise(tables):
        ids = [row.id for row in after.rows]
        assert len(ids) == len(set(ids))
        assert {row.id for row in before.rows} <= set(ids)
        for row in before.rows:
            now = after.row(row.id)
            assert now is not None
            assert set(row.cell(Field.CUES).texts) <= set(now.cell(Field.CUES).texts)
            assert row.links == now.links[: len(row.links)]


@given(st.lists(row_entries(), min_size=1, max_size=8), st.data())
def test_a_version_is_what_its_entries_add_up_to(
    tmp_path_factory: pytest.TempPathFactory, entries: list[DecisionEntry], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("versions")
    store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
    tables = Notebooks(store.journals).decisions
    journal = tables.begin("t", *entries, by="Ada", at=NOW)
    number = data.draw(st.integers(0, len(entries)))
    table = DecisionTable()
    for at, entry in enumerate(entries[:number], start=1):
        table = entry.apply(table, Stamp(at, NOW, "Ada"))
    assert tables.as_of(journal, number) == table
    store.close()
