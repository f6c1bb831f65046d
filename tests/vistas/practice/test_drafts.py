"""A routine that is recorded by doing: whatever is done in whatever order, nothing of it is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from vistas.practice import Notebooks
from vistas.practice.drafts import (
    BegunFrom,
    ChangeUndone,
    Draft,
    DraftEntry,
    DraftSaved,
    LookAdded,
    LookDropped,
    LookPickedUp,
    LookTakenOut,
    LookTried,
    Renamed,
    StopKept,
    StopMoved,
    StopRemoved,
    StopRestored,
    StopReworded,
    Words,
    as_routine,
    named_look,
    new_stop,
    unfinished,
    words_of,
)
from vistas.practice.notebook import Stamp
from vistas.routine import Look, Routine
from vistas.routine.file import built_in_routines, read_routine, write_routine

NOW = datetime(2026, 11, 30, 7, 41, tzinfo=UTC)
WORDS = Words(question="Who waits at the checkout, and for how long?", why="They stop coming back.")
ENTRY: TypeAdapter[DraftEntry] = TypeAdapter(DraftEntry)


def look(number: int) -> Look:
    return Look(
        look="tried", title=f"Look {number}", source="prometheus", take="range", query=(f"up == {number}",)
    )


def done(draft: Draft, *entries: DraftEntry, first: int = 1) -> Draft:
    for number, entry in enumerate(entries, start=first):
        draft = entry.apply(draft, Stamp(number, NOW + timedelta(minutes=number), "Maya"))
    return draft


def kept(draft: Draft, number: int) -> StopKept:
    return StopKept(stop=new_stop(look(number), WORDS, draft.taken))


# --- whatever is done


@st.composite
def doings(draw: st.DrawFn) -> list[DraftEntry]:
    """Entries as pages write them, and about stops that are no longer there, as of two browsers at once."""
    slugs = st.sampled_from([f"stop-{number}" for number in range(4)] + ["gone"])
    ids = st.integers(0, 5).map(lambda number: UUID(int=number))
    stops = st.tuples(slugs, st.integers(0, 5)).map(
        lambda made: new_stop(look(made[1]), WORDS, ()).model_copy(update={"stop": made[0]})
    )
    entries = st.one_of(
        st.builds(LookTried, id=ids, look=st.integers(0, 5).map(look)),
        st.just(LookDropped()),
        st.builds(LookPickedUp, id=ids),
        st.builds(StopKept, stop=stops),
        st.builds(
            LookAdded,
            stop=slugs,
            look=st.integers(0, 5).map(lambda n: look(n).model_copy(update={"look": f"look-{n}"})),
        ),
        st.builds(LookTakenOut, stop=slugs, look=st.just("look-0")),
        st.builds(StopReworded, stop=slugs, words=st.just(WORDS)),
        st.builds(StopMoved, stop=slugs, to=st.integers(0, 5)),
        st.builds(StopRemoved, stop=slugs),
        st.builds(StopRestored, stop=slugs),
        st.just(ChangeUndone()),
        st.builds(Renamed, title=st.text(max_size=20)),
    )
    return draw(st.lists(entries, max_size=30))


@given(doings())
def test_whatever_is_done_what_there_is_makes_a_routine(entries: list[DraftEntry]) -> None:
    draft = done(Draft(), *entries)
    if draft.stops:
        made = as_routine(draft, "A title: with a colon", ())
        assert read_routine(write_routine(made), "draft.yaml") == made
    else:
        with pytest.raises(ValueError, match="Keep a stop first"):
            as_routine(draft, "Nothing", ())


@given(doings())
def test_everything_that_was_tried_is_kept_left_out_or_looked_at(entries: list[DraftEntry]) -> None:
    draft = done(Draft(), *entries)
    asked = {entry.look.question for entry in entries if isinstance(entry, LookTried)}
    newest = {entry.id: entry.look.question for entry in entries if isinstance(entry, LookTried)}
    in_stops = {each.question for stop in draft.stops for each in stop.looks}
    left = {each.look.question for each in draft.left_out}
    now = {draft.looking_at.look.question} if draft.looking_at else set()
    assert set(newest.values()) <= in_stops | left | now
    assert left <= asked
    assert not left & in_stops


@given(doings(), doings())
def test_what_was_done_is_undone_step_by_step(before: list[DraftEntry], after: list[DraftEntry]) -> None:
    start = done(Draft(), *before)
    draft = start
    for entry in after:
        if not isinstance(entry, ChangeUndone):
            draft = done(draft, entry, first=100)
    for _ in range(len(draft.before) - len(start.before)):
        draft = done(draft, ChangeUndone(), first=200)
    assert draft.stops == start.stops


@given(doings())
def test_each_entry_is_read_as_it_was_written(entries: list[DraftEntry]) -> None:
    for entry in entries:
        assert ENTRY.validate_json(entry.model_dump_json()) == entry


# --- one after the other


def test_a_look_that_is_kept_becomes_the_last_stop_with_honest_words() -> None:
    draft = done(Draft(), LookTried(id=UUID(int=1), look=look(1)))
    draft = done(draft, kept(draft, 1), first=2)
    (stop,) = draft.stops
    assert (stop.stop, stop.title) == ("who-waits-at-the", "Who waits at the")
    assert stop.normal.startswith("Nobody has written down yet")
    assert stop.plainly == "This shows Look 1. Nobody has put it in plain words yet."
    assert words_of(stop) == WORDS.model_copy(update={"title": stop.title})
    assert (draft.looking_at, draft.left_out) == (None, ())


def test_two_stops_of_one_question_have_slugs_of_their_own() -> None:
    draft = done(Draft(), kept(Draft(), 1))
    draft = done(draft, kept(draft, 2), first=2)
    draft = done(draft, StopRemoved(stop=draft.stops[1].stop), first=3)
    draft = done(draft, kept(draft, 3), first=4)
    assert [stop.stop for stop in draft.stops] == ["who-waits-at-the", "who-waits-at-the-3"]


def test_a_removed_stop_comes_back_where_it_stood() -> None:
    draft = Draft()
    for number in range(3):
        draft = done(draft, kept(draft, number), first=number)
    slug = draft.stops[1].stop
    without = done(draft, StopRemoved(stop=slug), first=10)
    assert slug not in [stop.stop for stop in without.stops]
    assert done(without, StopRestored(stop=slug), first=11).stops == draft.stops
    assert done(without, ChangeUndone(), first=11).stops == draft.stops
    assert done(without, ChangeUndone(), first=11).removed == ()


def test_another_look_of_the_same_name_in_a_stop_is_numbered() -> None:
    draft = done(Draft(), kept(Draft(), 1))
    added = named_look(look(1), draft.stops[0].looks)
    draft = done(draft, LookAdded(stop=draft.stops[0].stop, look=added), first=2)
    assert [each.look for each in draft.stops[0].looks] == ["look-1", "look-1-2"]


def test_a_long_word_still_fits_on_the_rail() -> None:
    words = Words(question="Donaudampfschifffahrtsgesellschaft?", why="It is long.")
    assert new_stop(look(1), words, ()).title == "Donaudampfschifffahrtsge"


def test_begun_from_a_routine_it_stays_that_routine() -> None:
    base = built_in_routines()[0]
    draft = done(Draft(), BegunFrom(routine=base), StopMoved(stop=base.stops[0].stop, to=1))
    made = as_routine(draft, base.title, ())
    assert made.routine == base.routine
    assert made.variables == base.variables
    assert [stop.stop for stop in made.stops[:2]] == [base.stops[1].stop, base.stops[0].stop]
    assert done(Draft(), BegunFrom(routine=base)).is_empty


def test_once_saved_it_is_unfinished_no_more_until_it_is_changed(notebooks: Notebooks) -> None:
    drafts, by = notebooks.drafts, {"by": "Maya", "at": NOW}
    key = drafts.begin("", LookTried(id=UUID(int=1), look=look(1)), **by)
    drafts.begin("", LookTried(id=UUID(int=1), look=look(1)), by="Tomás", at=NOW)
    drafts.begin("", **by)
    since = NOW - timedelta(days=1)
    assert [each for each, _, _ in unfinished(drafts, "Maya", since)] == [key]
    drafts.write(key, kept(Draft(), 1), **by)
    saved = as_routine(drafts.read(key), "Checkout", ())
    drafts.write(key, DraftSaved(routine=saved), by="Maya", at=NOW + timedelta(minutes=1))
    assert unfinished(drafts, "Maya", since) == ()
    drafts.write(key, Renamed(title="The checkout"), by="Maya", at=NOW + timedelta(minutes=2))
    assert [each for each, _, _ in unfinished(drafts, "Maya", since)] == [key]
    assert unfinished(drafts, "Maya", NOW + timedelta(days=1)) == ()


def test_what_it_was_saved_as_is_where_it_goes_on() -> None:
    draft = done(Draft(), kept(Draft(), 1))
    saved: Routine = as_routine(draft, "Checkout", {"checkout"})
    assert saved.routine == "checkout-2"
    draft = done(draft, DraftSaved(routine=saved.model_copy(update={"version": 3})), first=2)
    assert draft.saved
    assert (draft.saved.routine, draft.saved.version) == ("checkout-2", 3)
    assert as_routine(draft, "The checkout", {"checkout-2"}).routine == "checkout-2"
