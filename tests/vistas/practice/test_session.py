"""A session: an agenda, a stack of what is parked, a host; whatever is written, it stays one that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.examples import examples
from vistas.practice import EntryBody, Notebooks, Stamp
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.practice.session.entries import (
    Attached,
    Finished,
    FirstLookBegan,
    HostTaken,
    Joined,
    Planned,
    Returned,
    Revealed,
    SessionEntry,
    Stood,
    Turned,
    Unplanned,
)
from vistas.practice.session.words import CarriedOver, Jotted, Learned
from vistas.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WALK, TABLE, WHEEL, TOPIC = (UUID(int=number) for number in range(1, 5))
ENTRY: TypeAdapter[SessionEntry] = TypeAdapter(SessionEntry)

ids = st.sampled_from((WALK, TABLE, WHEEL, TOPIC, UUID(int=99)))
people = st.sampled_from(("Maya", "Tomás", "Ines"))
words = st.text(max_size=12)
lines = words.map(lambda text: f"a {text} z".replace("\x00", ""))
activities = st.builds(
    Activity, id=ids, kind=st.sampled_from(ActivityKind), title=lines, about=st.none() | st.uuids()
)
ENTRIES: st.SearchStrategy[SessionEntry] = st.one_of(
    st.builds(Joined),
    st.builds(HostTaken, host=people),
    st.builds(Planned, activity=activities, before=st.none() | ids),
    st.builds(Unplanned, activity=ids),
    st.builds(Turned, activity=ids, park=st.booleans(), because=words),
    st.builds(Returned, to=st.none() | ids),
    st.builds(Finished, activity=ids),
    st.builds(Attached, activity=ids, about=st.uuids()),
    st.builds(Stood, activity=ids, place=st.dictionaries(words, words, max_size=2)),
    st.builds(FirstLookBegan, activity=ids, stop=words, until=st.just(NOW + timedelta(minutes=1))),
    st.builds(Revealed, activity=ids, stop=words),
    st.builds(Learned, id=ids, text=words),
    st.builds(Jotted, activity=ids, id=ids, text=words),
    st.builds(CarriedOver, id=ids, text=lines, carry=st.booleans()),
)
histories = st.lists(st.tuples(ENTRIES, st.none() | people), max_size=40)


def folded(*written: SessionEntry, by: str | None = "Maya", start: Session | None = None) -> Session:
    state = start or Session()
    for number, entry in enumerate(written, start=1):
        state = entry.apply(state, Stamp(number, NOW + timedelta(minutes=number), by))
    return state


def planned(*activity_ids: UUID) -> Session:
    kinds = {WALK: ActivityKind.WALK, TABLE: ActivityKind.DECISIONS, WHEEL: ActivityKind.WHEEL}
    agenda = (Activity(id=each, kind=kinds.get(each, ActivityKind.TOPIC), title="t") for each in activity_ids)
    return folded(*(Planned(activity=each) for each in agenda))


def makes_sense(session: Session) -> None:
    """What holds after whatever was written: the pages rely on it."""
    agenda = [each.id for each in session.agenda]
    assert len(agenda) == len(set(agenda))
    assert len(session.people) == len(set(session.people))
    assert len(session.parked) == len(set(session.parked))
    assert session.current is None or session.current in agenda
    assert set(session.parked) <= set(agenda) - {session.current}
    for pivot in session.pivots:
        assert pivot.back_at is None or pivot.back_at >= pivot.at
    away = {pivot.left for pivot in session.pivots if pivot.back_at is None}
    assert session.current not in away
    assert not session.host or session.host in session.people


@given(histories)
def test_whatever_is_written_in_whatever_order_makes_sense(history: list[tuple[SessionEntry, str | None]]) -> None:
    state = Session()
    for number, (entry, by) in enumerate(history, start=1):
        state = entry.apply(state, Stamp(number, NOW + timedelta(seconds=number), by))
        makes_sense(state)
        assert isinstance(state.words, str)


@given(ENTRIES)
def test_an_entry_is_read_back_as_it_was_written(entry: SessionEntry) -> None:
    assert isinstance(entry, EntryBody)
    assert ENTRY.validate_json(entry.model_dump_json()) == entry


@given(st.permutations([TABLE, WHEEL, TOPIC]))
def test_returning_goes_back_through_the_turns_last_first(away: list[UUID]) -> None:
    """Parking is a stack: as many returns as turns lead back to where one was, through all in between."""
    session = folded(Turned(activity=WALK), start=planned(WALK, TABLE, WHEEL, TOPIC))
    session = folded(*(Turned(activity=each, park=True) for each in away), start=session)
    assert session.parked == (WALK, *away[:-1])
    passed = []
    while session.parked:
        session = folded(Returned(), start=session)
        passed.append(session.current)
    assert passed == [*reversed(away[:-1]), WALK]
    assert all(pivot.back_at for pivot in session.pivots)


def test_a_pivot_says_who_turned_why_and_when_they_were_back() -> None:
    session = folded(
        Turned(activity=WALK),
        Turned(activity=TOPIC, park=True, because="  the pager went "),
        Returned(to=WALK),
        start=planned(WALK, TOPIC),
    )
    (pivot,) = session.pivots
    assert (pivot.left, pivot.towards, pivot.because, pivot.by) == (WALK, TOPIC, "the pager went", "Maya")
    assert (pivot.at, pivot.back_at) == (NOW + timedelta(minutes=2), NOW + timedelta(minutes=3))


def test_of_two_who_return_at_once_one_returns() -> None:
    session = folded(
        Turned(activity=WALK),
        Turned(activity=TABLE, park=True),
        Turned(activity=TOPIC, park=True),
        Returned(to=TABLE),
        Returned(to=TABLE),
        start=planned(WALK, TABLE, TOPIC),
    )
    assert (session.current, session.parked) == (TABLE, (WALK,))


def test_turning_to_what_is_parked_takes_it_off_the_stack_and_ends_its_pivot() -> None:
    session = folded(
        Turned(activity=WALK),
        Turned(activity=TOPIC, park=True),
        Turned(activity=WALK, park=True),
        start=planned(WALK, TOPIC),
    )
    assert (session.current, session.parked) == (WALK, (TOPIC,))
    assert [pivot.back_at is not None for pivot in session.pivots] == [True, False]


def test_going_on_without_parking_leaves_nothing_on_the_stack_and_is_no_pivot() -> None:
    session = folded(
        Turned(activity=WALK), Finished(activity=WALK), Turned(activity=TABLE), start=planned(WALK, TABLE)
    )
    assert not session.parked
    assert not session.pivots
    assert session.finished == {WALK}


def test_what_is_taken_up_again_is_not_over() -> None:
    session = folded(Turned(activity=WALK), Finished(activity=WALK), start=planned(WALK, TABLE))
    assert folded(Turned(activity=TABLE), Turned(activity=WALK), start=session).finished == frozenset()


def test_what_the_room_is_busy_with_cannot_be_taken_off_the_agenda() -> None:
    session = folded(Turned(activity=WALK), Turned(activity=TABLE, park=True), start=planned(WALK, TABLE))
    assert folded(Unplanned(activity=TABLE), start=session) == session
    without = folded(Unplanned(activity=WALK), start=session)
    assert (without.parked, [each.id for each in without.agenda]) == ((), [TABLE])


def test_an_activity_that_is_moved_keeps_what_it_works_on() -> None:
    """Whoever moves it may not have seen yet that somebody attached a table."""
    session = planned(WALK, TABLE)
    stale, journal = session.agenda[1], UUID(int=7)
    moved = folded(Attached(activity=TABLE, about=journal), Planned(activity=stale, before=WALK), start=session)
    assert [(each.id, each.about) for each in moved.agenda] == [(TABLE, journal), (WALK, None)]


def test_only_the_host_says_where_the_host_stands() -> None:
    hosted = folded(HostTaken(host="Maya"), start=planned(WALK))
    stood = Stood(activity=WALK, place={"stop": "front-door"})
    assert folded(stood, by="Tomás", start=hosted).host_at == {}
    assert folded(stood, by="Maya", start=hosted).host_at == {WALK: {"stop": "front-door"}}


def test_hosting_goes_to_whom_it_is_handed_and_they_have_come_by_that() -> None:
    session = folded(Joined(), HostTaken(host="Maya"), HostTaken(host="Ines"))
    assert (session.host, session.people) == ("Ines", ("Maya", "Ines"))


@pytest.mark.parametrize(
    ("write", "kept"),
    [
        (lambda line, text: Learned(id=line, text=text), lambda session: session.learned),
        (
            lambda line, text: Jotted(activity=TOPIC, id=line, text=text),
            lambda session: session.jotted.get(TOPIC, ()),
        ),
    ],
    ids=["learned", "jotted"],
)
def test_words_are_changed_and_taken_back_by_who_said_them_alone(
    write: Callable[[UUID, str], SessionEntry], kept: Callable[[Session], tuple[object, ...]]
) -> None:
    line = UUID(int=5)
    said = folded(write(line, "the disk was full"))
    assert kept(folded(write(line, "mine now"), by="Tomás", start=said)) == kept(said)
    assert kept(folded(write(line, ""), by="Tomás", start=said)) == kept(said)
    changed = kept(folded(write(line, "the queue was full"), start=said))
    assert [getattr(each, "text", "") for each in changed] == ["the queue was full"]
    assert kept(folded(write(line, ""), start=said)) == ()


def test_a_first_look_hides_until_it_is_over_or_revealed() -> None:
    until = NOW + timedelta(minutes=5)
    session = folded(FirstLookBegan(activity=WALK, stop="door", until=until), start=planned(WALK))
    look = session.first_looks[WALK, "door"]
    assert look.hides(NOW)
    assert not look.hides(until)
    revealed = folded(Revealed(activity=WALK, stop="door"), start=session).first_looks[WALK, "door"]
    assert not revealed.hides(NOW)


def test_a_session_left_for_a_week_is_as_it_was_left(tmp_path: Path, notebooks: Notebooks) -> None:
    """Read anew by another process, to the last word, and found by what was said in it."""
    walk = Activity(id=WALK, kind=ActivityKind.WALK, title="Walk")
    topic = Activity(id=TOPIC, kind=ActivityKind.TOPIC, title="Pager")
    first = (
        Joined(),
        HostTaken(host="Maya"),
        Planned(activity=walk),
        Turned(activity=WALK),
        Planned(activity=topic),
    )
    room = notebooks.sessions.begin("Monday", *first, by="Maya", at=NOW)
    later = (Turned(activity=TOPIC, park=True), Jotted(activity=TOPIC, id=UUID(int=8), text="the Ölpreis alert"))
    notebooks.sessions.write(room, *later, by="Ines", at=NOW)
    left = notebooks.sessions.read(room)
    other = Store.open(f"sqlite:///{tmp_path}/v.db", tmp_path / "blobs")
    try:
        again = Notebooks(other.journals).sessions
        assert again.read(room) == left
        assert (left.parked, left.current) == ((WALK,), TOPIC)
        assert [head.id for head in again.find("ölpreis")] == [room]
    finally:
        other.close()


@examples(25)
@given(histories)
def test_a_session_read_bit_by_bit_is_the_same_as_read_at_once(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[SessionEntry, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("session")
    store = Store.open(f"sqlite:///{folder}/v.db", folder / "blobs")
    try:
        one, other = Notebooks(store.journals).sessions, Notebooks(store.journals).sessions
        room = one.begin("Session", by="Maya", at=NOW)
        for entry, by in history:
            one.write(room, entry, by=by, at=NOW)
            one.read(room)
        assert one.read(room) == other.read(room) == one.as_of(room, len(history))
    finally:
        store.close()
