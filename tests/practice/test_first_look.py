"""First look yourself: what is kept back, from whom, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from vistas.notice import Notice, NoticeKind
from vistas.practice.first_look import lasting, visible
from vistas.practice.notebook import Stamp
from vistas.practice.session import Activity, ActivityKind, FirstLook, Session
from vistas.practice.session_entries import FirstLookBegan, Planned, Revealed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("Maya", "Tomás", "Ines")
STOPS = ("load", "ground")
MINUTE = timedelta(minutes=1)
VISTA = uuid4()


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
        session = Planned(activity=activity).upon(session, Stamp(1, NOW, "Maya"))
    return session


def test_it_lasts_upon_the_vista_that_is_walked_and_no_other() -> None:
    began = FirstLookBegan(activity=UUID(int=0), stop="load", until=NOW + MINUTE)
    session = began.upon(walked(VISTA), Stamp(2, NOW, "Maya"))
    assert set(lasting(session, VISTA, NOW)) == {"load"}
    assert not lasting(session, uuid4(), NOW)
    assert not lasting(session, VISTA, NOW + MINUTE)


def test_revealing_ends_it_before_its_time() -> None:
    session = FirstLookBegan(activity=UUID(int=0), stop="load", until=NOW + MINUTE).upon(
        walked(VISTA), Stamp(2, NOW, "Maya")
    )
    revealed = Revealed(activity=UUID(int=0), stop="load").upon(session, Stamp(3, NOW, "Tomás"))
    assert not lasting(revealed, VISTA, NOW)


def test_of_two_walks_upon_one_vista_the_longer_first_look_counts() -> None:
    session = walked(VISTA, VISTA)
    for number, minutes in ((0, 5), (1, 1)):
        began = FirstLookBegan(activity=UUID(int=number), stop="load", until=NOW + minutes * MINUTE)
        session = began.upon(session, Stamp(2 + number, NOW, "Maya"))
    assert lasting(session, VISTA, NOW)["load"].until == NOW + 5 * MINUTE
