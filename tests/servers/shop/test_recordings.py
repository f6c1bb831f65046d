"""The bundled recordings: they open, they are small, and what is noticed in them is there."""

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.recording import RecordingSource
from tests.servers.shop.inventory import BAD_CHECKOUT
from tests.servers.shop.mornings import JONAS, MIRA, MORNINGS
from tests.servers.shop.traffic import CLIENT_RANGES
from vistas.routine.file import built_in_routines
from vistas.sharing import read_bundle
from vistas.source import Deadline
from vistas.vista import Vista
from vistas.vista.notice import LogPattern, Stretch, TableRow, WholeStop
from vistas.workspace import bundled

TWO_MEBIBYTES = 2 << 20


@pytest.fixture(scope="module", params=bundled(), ids=lambda path: path.stem)
def recording(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def vista(recording: Path) -> Vista:
    return read_bundle(recording)


def everything_in(vista: Vista) -> str:
    """All text of all frames."""
    return "\n".join(str(s.frame.data.to_dicts()) for s in vista.snapshots if s.frame is not None)


def test_there_are_two_mornings_a_day_apart() -> None:
    """Small enough to come with the project."""
    first, second = (read_bundle(path) for path in bundled())
    assert second.window.end - first.window.end == timedelta(days=1)
    assert sum(path.stat().st_size for path in bundled()) < TWO_MEBIBYTES
    assert [path.name for path in bundled()] == [morning.file for morning in MORNINGS]


def test_everything_was_gathered(vista: Vista) -> None:
    """Every look of the routine has a frame with rows, from all three sources."""
    assert vista.origin == "recording"
    looks = {(stop.stop, look.look) for stop, look in vista.routine.looks()}
    assert {(snapshot.stop, snapshot.look) for snapshot in vista.snapshots} == looks
    assert all(snapshot.frame is not None and snapshot.frame.rows for snapshot in vista.snapshots)
    assert {snapshot.source for snapshot in vista.snapshots} == {"prometheus", "kubernetes", "ingress"}


def test_first_routine_meets_no_gap_with_nothing_connected(recording: Path, vista: Vista) -> None:
    """A look whose query was changed has no answer in a recording until `scripts/record-demo` has made it anew."""
    source = RecordingSource("demo", recording, str)
    for stop, look in built_in_routines()[0].looks():
        taken = source.take(stop.stop, look, vista.window, Deadline(timedelta(minutes=1)))
        assert taken.frame is not None, f"{stop.stop}/{look.look}"


def test_its_clock_stood_at_the_morning(vista: Vista) -> None:
    """Nothing says that it was gathered on the day the recording was made."""
    for snapshot in vista.snapshots:
        assert timedelta() <= snapshot.provenance.taken_at - vista.window.end < timedelta(minutes=2)
        assert snapshot.provenance.warnings == ()


def test_both_teammates_walked_and_noticed(vista: Vista) -> None:
    """Each went through every stop, and wrote while standing at the stop that the notice is about."""
    assert {walk.walker for walk in vista.walks} == {MIRA, JONAS} == {notice.author for notice in vista.notices}
    for notice in vista.notices:
        (walk,) = (walk for walk in vista.walks if walk.walker == notice.author)
        (step,) = (step for step in walk.steps if step.stop == notice.stop)
        assert step.left_at is not None
        assert step.arrived_at < notice.written_at < step.left_at


def test_every_notice_is_about_something_that_is_there(vista: Vista) -> None:
    """Series, rows and patterns that anchors name stand in the frames they name."""
    for notice in vista.notices:
        anchor = notice.anchor
        if isinstance(anchor, WholeStop):
            continue
        (frame,) = (s.frame for s in vista.at(notice.stop) if s.look == anchor.look and s.source == anchor.source)
        assert frame is not None
        rows = frame.data.to_dicts()
        if isinstance(anchor, Stretch):
            series = [{pair["name"]: pair["value"] for pair in row["labels"]} for row in rows]
            assert all(labels in series for labels in anchor.series)
            assert vista.window.start <= anchor.start <= anchor.end <= vista.window.end
        elif isinstance(anchor, TableRow):
            assert any({key: str(row[key]) for key in frame.key} == anchor.key for row in rows)
        else:
            assert isinstance(anchor, LogPattern)
            assert anchor.pattern in frame.data["pattern"].to_list()


def test_nothing_private_of_the_visitors_is_left(vista: Vista) -> None:
    """Mail, tokens and client addresses were in the log; the recording says that they were hidden."""
    text = everything_in(vista)
    assert "@example.org" not in text
    assert "token=" not in text
    assert not any(f"{network}." in text for network in CLIENT_RANGES)
    assert any(snapshot.provenance.redacted for snapshot in vista.snapshots)


def test_the_second_morning_shows_what_its_story_is_about() -> None:
    """The stuck rollout, the pods killed for memory, and the certificate with less than a week."""
    text = everything_in(read_bundle(bundled()[-1]))
    assert f"checkout:{BAD_CHECKOUT}" in text
    assert "ProgressDeadlineExceeded" in text
    assert "out of memory" in text
    assert "CertificateExpiresSoon" in text
