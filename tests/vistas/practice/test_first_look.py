"""First look yourself: what is kept back, from whom, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from tests.vistas.store.test_store import vista as a_vista
from vistas.practice.notebook import Stamp
from vistas.practice.session import Activity, ActivityKind, FirstLook, Session
from vistas.practice.session.entries import FirstLookBegan, Planned, Revealed
from vistas.practice.walk.first_look import has_looked, lasting, shown_to, visible
from vistas.vista import Eyes, Step, Vista, Walk
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Notice, NoticeKind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("Maya", "Tomás", "Ines")
STOPS = ("load", "ground")
MINUTE = timedelta(minutes=1)
VISTA = uuid4()
MORNING = a_vista()


def notice(author: str, stop: str) -> Notice:
    return Notice(id=uuid4(), stop=stop, author=author, kind=NoticeKind.NOTICED, text="a dip", written_at=NOW)


notices = st.lists(st.builds(notice, st.sampled_from(PEOPLE), st.sampled_from(STOPS)), max_size=12)


@given(notices, st.sampled_from(PEOPLE))
def test_while_it_lasts_the_answer_does_not_depend_on_what_others_wrote_there(
    written: list[Notice], viewer: str
) -> None:
    """So nothing drawn from it, no count and no mark, can give anything away."""
    looks = {"load": FirstLook(NOW, NOW + MINUTE)}
    own_and_elsewhere = [each for each in written if each.author == viewer or each.stop != "load"]
    assert visible(written, viewer, looks, NOW) == tuple(own_and_elsewhere)


@given(notices, st.sampled_from(PEOPLE), st.integers(0, 600))
def test_once_the_time_is_up_everybody_sees_everything(written: list[Notice], viewer: str, later: int) -> None:
    looks = {"load": FirstLook(NOW, NOW + MINUTE)}
    assert visible(written, viewer, looks, NOW + MINUTE + timedelta(seconds=later)) == tuple(written)


def walked(*about: UUID) -> Session:
    session = Session()
    for number, vista in enumerate(about):
        activity = Activity(id=UUID(int=number), kind=ActivityKind.WALK, title="Walk", about=vista)
        session = Planned(activity=activity).apply(session, Stamp(1, NOW, "Maya"))
    return session


def test_it_lasts_upon_the_vista_that_is_walked_and_no_other() -> None:
    began = FirstLookBegan(activity=UUID(int=0), stop="load", until=NOW + MINUTE)
    session = began.apply(walked(VISTA), Stamp(2, NOW, "Maya"))
    assert set(lasting(session, VISTA, NOW)) == {"load"}
    assert not lasting(session, uuid4(), NOW)
    assert not lasting(session, VISTA, NOW + MINUTE)


def test_revealing_ends_it_before_its_time() -> None:
    session = FirstLookBegan(activity=UUID(int=0), stop="load", until=NOW + MINUTE).apply(
        walked(VISTA), Stamp(2, NOW, "Maya")
    )
    revealed = Revealed(activity=UUID(int=0), stop="load").apply(session, Stamp(3, NOW, "Tomás"))
    assert not lasting(revealed, VISTA, NOW)


def test_of_two_walks_upon_one_vista_the_longer_first_look_counts() -> None:
    session = walked(VISTA, VISTA)
    for number, minutes in ((0, 5), (1, 1)):
        began = FirstLookBegan(activity=UUID(int=number), stop="load", until=NOW + minutes * MINUTE)
        session = began.apply(session, Stamp(2 + number, NOW, "Maya"))
    assert lasting(session, VISTA, NOW)["load"].until == NOW + 5 * MINUTE


@st.composite
def threads(draw: st.DrawFn) -> Vista:
    """Notices with answers to some of them, by people who are at the same stops."""
    written = draw(notices)
    answered = draw(st.lists(st.sampled_from(written), max_size=8)) if written else []
    said = tuple(
        Answer(
            id=uuid4(),
            notice=each.id,
            author=draw(st.sampled_from(PEOPLE)),
            kind=AnswerKind.NO_LONGER,
            written_at=NOW,
        )
        for each in answered
    )
    return replace(MORNING, notices=tuple(written), answers=said)


@given(threads(), threads(), st.sampled_from(PEOPLE))
def test_while_it_lasts_no_thread_tells_what_others_wrote_there(seen: Vista, then: Vista, viewer: str) -> None:
    """Neither in the vista nor in the one that it follows; and their own stays with them."""
    looks = {"load": FirstLook(NOW, NOW + MINUTE)}
    shown = shown_to(replace(seen, eyes=Eyes.upon(then, "Maya")), viewer, looks, NOW)
    assert shown.eyes is not None
    for was, left in ((seen, shown), (then, shown.eyes.earlier)):
        assert left.notices == visible(was.notices, viewer, looks, NOW)
        stops = {notice.id: notice.stop for notice in left.notices}
        assert left.answers == tuple(
            each
            for each in was.answers
            if each.notice in stops and (stops[each.notice] != "load" or each.author == viewer)
        )


@given(threads(), st.sampled_from(PEOPLE))
def test_without_a_first_look_everything_is_shown(seen: Vista, viewer: str) -> None:
    over = {"load": FirstLook(NOW - MINUTE, NOW)}
    assert shown_to(seen, viewer, over, NOW) == shown_to(seen, viewer, {}, NOW) == seen


def test_one_has_looked_once_one_noticed_something_or_went_on() -> None:
    steps = (Step("load", NOW, NOW + MINUTE), Step("ground", NOW + MINUTE))
    walked = replace(MORNING, walks=(Walk(uuid4(), "Maya", steps),), notices=(notice("Ines", "ground"),))
    assert [has_looked(walked, stop, "Maya") for stop in STOPS] == [True, False]
    assert [has_looked(walked, stop, "Ines") for stop in STOPS] == [False, True]
    assert not has_looked(walked, "load", "")
