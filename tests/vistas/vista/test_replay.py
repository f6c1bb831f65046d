"""A replay keeps the order and the pace, without the coffee breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vistas.routine import Routine
from vistas.snapshot import Window
from vistas.vista import Step, Vista, Walk, new_id
from vistas.vista.notice import Notice, NoticeKind
from vistas.vista.replay import LONGEST, UNWALKED, timeline, walks_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def notice(seconds: float, stop: str = "a") -> Notice:
    return Notice(
        id=new_id(), stop=stop, author="Ines", kind=NoticeKind.NOTICED, text="x", written_at=after(seconds)
    )


def vista(*stays: tuple[str, float, float | None], notices: tuple[Notice, ...] = ()) -> Vista:
    stops = [
        {
            "stop": slug,
            "title": "S",
            "question": "?",
            "why": "w",
            "normal": "n",
            "plainly": "p",
            "looks": [{"look": "l", "title": "L", "source": "s", "take": "pods"}],
        }
        for slug in "abc"
    ]
    steps = tuple(Step(stop, after(begin), None if end is None else after(end)) for stop, begin, end in stays)
    return Vista(
        new_id(),
        Routine.model_validate({"routine": "r", "title": "R", "about": "a", "stops": stops}),
        Window.ending(NOON, timedelta(hours=1)),
        "Maya",
        NOON,
        walks=(Walk(new_id(), "Ines", steps),) if steps else (),
        notices=notices,
    )


def test_stays_are_as_long_as_they_were_up_to_a_limit() -> None:
    walked = vista(("a", 0, 10), ("c", 10, 4000), ("a", 4000, 4030))
    played = timeline(walked, walked.walks[0])
    assert [scene.stop for scene in played.scenes] == ["a", "c", "a"]
    assert [scene.ends - scene.begins for scene in played.scenes] == [
        timedelta(seconds=10),
        LONGEST,
        timedelta(seconds=30),
    ]
    assert played.walker == "Ines"


def test_a_notice_appears_when_it_was_made() -> None:
    early, during, late = notice(-60), notice(15, "b"), notice(9999)
    walked = vista(("a", 0, 10), ("b", 10, 30), notices=(early, during, late))
    played = timeline(walked, walked.walks[0])
    assert played.appears == {
        early.id: timedelta(),
        during.id: timedelta(seconds=15),
        late.id: timedelta(),
    }
    assert played.visible(timedelta(seconds=14)) == {early.id, late.id}
    assert played.visible(timedelta(seconds=15)) == {early.id, during.id, late.id}


def test_a_vista_nobody_walked_shows_every_stop() -> None:
    unwalked = vista()
    played = timeline(unwalked, None)
    assert [scene.stop for scene in played.scenes] == ["a", "b", "c"]
    assert played.length == UNWALKED * 3
    assert walks_of(unwalked) == ()


@given(st.lists(st.floats(0, 600), min_size=1, max_size=9), st.floats(-10, 9000))
def test_every_position_has_its_scene(stays: list[float], position: float) -> None:
    begun, steps = 0.0, []
    for stay in stays:
        steps.append(("a", begun, begun + stay))
        begun += stay
    walked = vista(*steps)
    played = timeline(walked, walked.walks[0])
    place = played.scene_at(timedelta(seconds=position))
    scene = played.scenes[place]
    assert 0 <= place < len(played.scenes)
    assert scene.begins <= timedelta(seconds=max(0, position)) or place == 0
    assert played.scenes[-1].ends == played.length
