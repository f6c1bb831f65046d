"""What always holds, whatever was gathered and whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.strategies import frames, gaps, moments, routines, snapshots, windows
from vistas.charts.prepared import label_sets
from vistas.formatting.columns import row_keys
from vistas.mornings.followup import FollowUp, Outcome, follow_up
from vistas.snapshot import Frame, FrameKind, Gap, Snapshot, Window
from vistas.vista import Vista, new_id
from vistas.vista.notice import Anchor, LogPattern, Notice, NoticeKind, Stretch, TableRow, WholeStop


def hung(stop: str, anchor: Anchor, vista: Vista) -> Notice:
    return Notice(
        id=new_id(),
        stop=stop,
        author="Maya",
        kind=NoticeKind.NOTICED,
        text="There.",
        anchor=anchor,
        written_at=vista.begun_at,
    )


@st.composite
def noticed(draw: st.DrawFn) -> tuple[Vista, Notice]:
    """A vista, and a notice on some of its data as a page would hang it there."""
    routine, window = draw(routines()), draw(windows())
    at = draw(snapshots(routine).filter(lambda each: each.frame is not None))
    others = draw(st.lists(snapshots(routine), max_size=2, unique_by=_place))
    here = (*(each for each in others if _place(each) != _place(at)), at)
    vista = Vista(new_id(), routine, window, "Maya", window.end, snapshots=here)
    return vista, hung(at.stop, draw(anchors_on(at)), vista)


def _place(snapshot: Snapshot) -> tuple[str, str, str]:
    return snapshot.stop, snapshot.look, snapshot.source


@st.composite
def anchors_on(draw: st.DrawFn, at: Snapshot) -> Anchor:
    assert at.frame is not None
    where = {"look": at.look, "source": at.source}
    match at.frame.kind:
        case FrameKind.OBJECTS if keys := row_keys(at.frame.data, at.frame.key):
            return TableRow(**where, key=draw(st.sampled_from(keys)))
        case FrameKind.LINES if at.frame.rows:
            return LogPattern(**where, pattern=draw(st.sampled_from(at.frame.data["pattern"].to_list())))
        case FrameKind.SERIES | FrameKind.REQUESTS:
            lines = draw(st.lists(st.sampled_from(lines_of(at.frame)), max_size=3)) if lines_of(at.frame) else []
            start, end = sorted((draw(times_in(at)), draw(times_in(at))))
            return Stretch(**where, series=tuple(lines), start=start, end=end)
        case _:
            return WholeStop()


def lines_of(frame: Frame) -> list[dict[str, str]]:
    """The labels by which a chart of it names its lines."""
    if frame.kind is FrameKind.SERIES:
        return label_sets(frame.data)
    statuses = [status for status in frame.data["status"].to_list() if status and 100 <= status < 600]
    return [{"class": f"{status // 100}xx"} for status in statuses]


def times_in(at: Snapshot) -> st.SearchStrategy:  # type: ignore[type-arg]
    """Moments of the window and of the data, and any others."""
    assert at.frame is not None
    window = at.provenance.asked
    data = at.frame.data
    known = data["times"].explode().drop_nulls().to_list() if at.frame.kind is FrameKind.SERIES else []
    return st.sampled_from([window.start, window.end, *known]) | moments


@given(noticed())
@examples(40)
def test_what_was_noticed_is_found_again_on_the_same_morning(made: tuple[Vista, Notice]) -> None:
    vista, notice = made
    found = follow_up(notice, vista, vista)
    if isinstance(notice.anchor, WholeStop):
        assert found.outcome is Outcome.READ_YOURSELF
        return
    assert found.outcome is Outcome.FOUND
    assert found.then == found.now
    assert found.let_go == ()
    assert [where(each) for each in found.anchors] == [where(notice.anchor)] * len(found.anchors)
    assert found.anchors


def where(anchor: Anchor) -> object:
    """What an anchor names, in whatever order and how often."""
    if isinstance(anchor, Stretch):
        series = frozenset(frozenset(labels.items()) for labels in anchor.series)
        return anchor.look, anchor.source, series, anchor.start, anchor.end
    return anchor


@given(noticed(), st.data())
@examples(20)
def test_a_gap_on_either_side_never_says_that_something_is_gone(
    made: tuple[Vista, Notice], data: st.DataObject
) -> None:
    vista, notice = made
    gone = vista.with_snapshots(replace(each, content=data.draw(gaps)) for each in vista.snapshots)
    bare = vista.with_snapshots(())
    for then, now in ((vista, gone), (gone, vista), (vista, bare), (bare, vista)):
        found = follow_up(notice, then, now)
        expected = Outcome.READ_YOURSELF if isinstance(notice.anchor, WholeStop) else Outcome.INCOMPARABLE
        assert found.outcome is expected


@given(noticed(), st.data())
@examples(40)
def test_only_labels_that_were_there_are_let_go(made: tuple[Vista, Notice], data: st.DataObject) -> None:
    """On any other morning, whatever it holds."""
    vista, notice = made
    other = elsewhere(vista, data)
    found = follow_up(notice, vista, other)
    assert set(found.let_go) <= set(labels_of(notice.anchor))
    assert found.then or not found.now
    assert len(found.sentence.splitlines()) == 1
    for anchor in found.anchors:
        assert is_there(anchor, found, other)


def elsewhere(vista: Vista, data: st.DataObject) -> Vista:
    """A day later: some looks as they were, some with data of their kind, some with whatever."""
    day = timedelta(days=data.draw(st.integers(-2, 9)))
    changed = []
    for each in vista.snapshots:
        content: Frame | Gap = data.draw(st.just(each.content) | frames | gaps)
        asked = Window(each.provenance.asked.start + day, each.provenance.asked.end + day)
        changed.append(replace(each, content=content, provenance=replace(each.provenance, asked=asked)))
    return replace(vista, snapshots=tuple(changed))


def labels_of(anchor: Anchor) -> Iterable[str]:
    match anchor:
        case Stretch():
            return [name for labels in anchor.series for name in labels]
        case TableRow():
            return anchor.key
        case _:
            return ()


def is_there(anchor: Anchor, found: FollowUp, vista: Vista) -> bool:
    """Whether a page of that vista has what it names."""
    if isinstance(anchor, WholeStop):
        return True
    wanted = (found.stop, anchor.look, anchor.source)
    frame = next(each.frame for each in vista.snapshots if _place(each) == wanted)
    assert frame is not None
    match anchor:
        case TableRow():
            return anchor.key in row_keys(frame.data, list(anchor.key))
        case LogPattern():
            return anchor.pattern in frame.data["pattern"].to_list()
        case _:
            series = frame.kind is FrameKind.SERIES
            return not series or all(labels in label_sets(frame.data) for labels in anchor.series)


pods = st.sampled_from(
    ["a-7d9f8b6c54-x2x4z", "a-7d9f8b6c54-b2b2b", "a-5c6b7d8f94-q9w8t", "b-5c6b7d8f94-q9w8t", "a-0"]
)
instances = st.sampled_from(["1:80", "2:80", "3:80"])
rows = st.fixed_dictionaries({"namespace": st.sampled_from("st"), "pod": pods, "instance": instances})


@given(st.lists(rows, min_size=1, max_size=5), st.lists(rows, max_size=5), st.data())
@examples(100)
def test_what_was_beside_it_is_never_taken_for_it(
    before: list[dict[str, str]], after: list[dict[str, str]], data: st.DataObject
) -> None:
    """Unless its own labels are there, or it is found by its owner, which says so."""
    from tests.vistas.mornings.followup.mornings import FRIDAY, SHARE, THURSDAY, follow, series, stretch

    wanted = data.draw(st.sampled_from(before))
    then = series(THURSDAY, *((labels, [0.1]) for labels in before))
    now = series(FRIDAY, *((labels, [0.2]) for labels in after))
    found = follow(stretch(wanted), {SHARE: then}, {SHARE: now})
    taken = [labels for each in found.anchors if isinstance(each, Stretch) for labels in each.series]
    if found.outcome is Outcome.FOUND:
        assert taken
        assert all(labels == wanted for labels in taken)
    elif found.outcome is Outcome.FOUND_WITHOUT_LABELS:
        assert wanted not in after
        assert not any(labels in before for labels in taken)
        kept = wanted.keys() - set(found.let_go)
        assert all(labels[name] == wanted[name] for labels in taken for name in kept)
    elif found.outcome is Outcome.FOUND_BY_OWNER:
        assert all(labels["namespace"] == wanted["namespace"] for labels in taken)
        assert all(labels["pod"][0] == wanted["pod"][0] for labels in taken)
    else:
        assert wanted not in after
