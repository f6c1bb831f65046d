"""A recording answers as the tools did that morning, and says that it is one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from connectors.recording import RecordingSource
from vistas.errors import SettingsError
from vistas.gathering.gather import gather
from vistas.redaction import Redactor
from vistas.routine import Look, Routine
from vistas.sharing import write_bundle
from vistas.snapshot import Frame, FrameKind, Gap, GapReason, Provenance, Snapshot, Window
from vistas.source import Deadline, source_types
from vistas.vista import Vista, new_id

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
WINDOW = Window.ending(NOW, timedelta(hours=12))
PODS = Look(look="pods", title="Pods", source="kubernetes", take="pods")
RINGING = Look(look="ringing", title="Ringing", source="prometheus", take="alerts")
KNOWN = Look(look="known", title="Known", source="alertmanager", take="alerts")
REDACTOR = Redactor(b"a key of sixteen bytes and more")


def in_time() -> Deadline:
    return Deadline(timedelta(days=1))


def routine(*looks: Look) -> Routine:
    words = {"title": "S", "question": "?", "why": "w", "normal": "n", "plainly": "p"}
    stops = [{"stop": f"s{place}", "looks": [look], **words} for place, look in enumerate(looks)]
    return Routine.model_validate({"routine": "landscape", "title": "First light", "about": "a", "stops": stops})


def snapshot(stop: str, look: str, source: str, source_type: str, content: Frame | Gap) -> Snapshot:
    provenance = Provenance(source, source_type, f"asked {look}", WINDOW, NOW, timedelta(milliseconds=40))
    return Snapshot(stop, look, content, provenance)


def frame(*names: str) -> Frame:
    return Frame(FrameKind.OBJECTS, pl.DataFrame({"name": list(names)}), key=("name",))


def recording(folder: Path, *snapshots: Snapshot) -> Path:
    path = folder / "shop.vista"
    vista = Vista(
        id=new_id(),
        routine=routine(PODS, RINGING, KNOWN),
        window=WINDOW,
        author="Maya",
        begun_at=NOW,
        title="A slow leak",
        origin="recording",
        snapshots=snapshots,
    )
    write_bundle(vista, path)
    return path


def source(path: Path) -> RecordingSource:
    return RecordingSource.from_settings("shop", {"file": str(path)}, REDACTOR)


@pytest.fixture
def shop(tmp_path: Path) -> RecordingSource:
    return source(
        recording(
            tmp_path,
            snapshot("s0", "pods", "cluster", "kubernetes", frame("parser-1")),
            snapshot("s1", "ringing", "prom", "prometheus", frame("DiskFull")),
            snapshot("s2", "known", "am", "alertmanager", frame("Muted", "DiskFull")),
        )
    )


def test_a_look_gets_what_was_recorded_under_the_sources_own_name(shop: RecordingSource) -> None:
    """Data, query and type are the recorded ones; the name is the recording's, and a warning says what it is."""
    found = shop.take("s0", PODS, WINDOW, in_time())
    assert found.frame is not None
    assert_frame_equal(found.frame.data, pl.DataFrame({"name": ["parser-1"]}))
    assert (found.source, found.provenance.source_type) == ("shop", "kubernetes")
    assert found.provenance.query == "asked pods"
    assert found.provenance.warnings == ()


def test_gathering_from_a_recording_answers_every_look_of_its_routine(shop: RecordingSource) -> None:
    """Looks of two types that take the same thing keep their own answers, though one recording gives both."""
    found = gather(routine(PODS, RINGING, KNOWN), [shop], WINDOW, deadline=in_time(), redactor=REDACTOR)
    rows = {each.look: each.frame.data["name"].to_list() for each in found if each.frame is not None}
    assert rows == {"pods": ["parser-1"], "ringing": ["DiskFull"], "known": ["Muted", "DiskFull"]}


def test_another_window_than_the_recorded_one_is_told_as_what_was_obtained(shop: RecordingSource) -> None:
    later = Window.ending(NOW + timedelta(days=3), timedelta(hours=1))
    found = shop.take("s0", PODS, later, in_time()).provenance
    assert (found.asked, found.obtained) == (later, WINDOW)


@pytest.mark.parametrize(
    "look",
    [
        PODS.model_copy(update={"take": "nodes"}),
        PODS.model_copy(update={"where": {"namespace": "shop"}}),
        PODS.model_copy(update={"look": "detour-1", "take": "jobs"}),
    ],
)
def test_a_look_that_was_not_recorded_is_a_gap_that_names_the_recording(shop: RecordingSource, look: Look) -> None:
    """Also where its name is a recorded one but its question is another."""
    gap = shop.take("s0", look, WINDOW, in_time()).gap
    assert gap is not None
    assert gap.reason is GapReason.NOT_HERE
    assert "A slow leak" in gap.message


def test_the_same_question_at_another_stop_gets_its_answer(shop: RecordingSource) -> None:
    elsewhere = PODS.model_copy(update={"look": "all-pods"})
    found = shop.take("other", elsewhere, WINDOW, in_time())
    assert (found.stop, found.look, found.frame and found.frame.rows) == ("other", "all-pods", 1)


def test_of_several_recorded_sources_the_first_frame_is_shown_and_the_others_told(tmp_path: Path) -> None:
    refused = Gap(GapReason.REFUSED, "The cluster refused.", "")
    found = source(
        recording(
            tmp_path,
            snapshot("s0", "pods", "blue", "kubernetes", refused),
            snapshot("s0", "pods", "green", "kubernetes", frame("a", "b")),
        )
    ).take("s0", PODS, WINDOW, in_time())
    assert found.frame is not None
    assert found.frame.rows == 2
    assert found.provenance.warnings[-1] == (
        "It also holds an answer from blue, which is not shown: a gap (The cluster refused.)."
    )


def test_a_recorded_gap_stays_a_gap(tmp_path: Path) -> None:
    refused = Gap(GapReason.REFUSED, "The cluster refused.", "Ask for a role.")
    found = source(recording(tmp_path, snapshot("s0", "pods", "blue", "kubernetes", refused)))
    assert found.take("s0", PODS, WINDOW, in_time()).gap == refused


def test_it_stands_for_what_it_was_made_from_and_looks_at_its_own_window(shop: RecordingSource) -> None:
    assert shop.stands_for >= {"prometheus", "kubernetes", "alertmanager", "ingress"}
    assert shop.window == WINDOW


def test_it_takes_whatever_any_installed_type_takes() -> None:
    for type_ in source_types().values():
        assert type_.takes <= RecordingSource.takes


def test_a_sound_recording_feels_well(shop: RecordingSource) -> None:
    health = shop.check(in_time())
    assert (health.ok, health.message) == (True, "A recording of A slow leak, 23 Nov 2026.")


def test_a_damaged_recording_is_an_unwell_health_and_gaps(tmp_path: Path) -> None:
    """It has lost its middle since it was connected; nothing raises."""
    path = recording(tmp_path, snapshot("s0", "pods", "cluster", "kubernetes", frame("parser-1")))
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + whole[400:])
    damaged = source(path)
    health, gap = damaged.check(in_time()), damaged.take("s0", PODS, WINDOW, in_time()).gap
    assert not health.ok
    assert "shop.vista cannot be read" in health.message
    assert gap is not None
    assert (gap.reason, gap.message) == (GapReason.GARBLED, health.message)
    assert damaged.window is None
    assert "kubernetes" in damaged.stands_for


def test_a_file_that_is_not_there_is_a_settings_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"sources\.shop\.file: there is no file .*none\.vista"):
        source(tmp_path / "none.vista")


@pytest.mark.parametrize(
    ("table", "key"), [({"path": "x"}, "path"), ({}, "file"), ({"file": "x", "speed": 2}, "speed")]
)
def test_a_wrong_key_is_named_with_its_place(table: dict[str, object], key: str) -> None:
    with pytest.raises(SettingsError, match=rf"sources\.shop\.{key}"):
        RecordingSource.from_settings("shop", table, REDACTOR)


def test_two_recordings_of_one_look_answer_each_for_itself(tmp_path: Path, shop: RecordingSource) -> None:
    other = RecordingSource("second", shop._file, str)
    found = gather(routine(PODS), [shop, other], WINDOW, deadline=in_time(), redactor=REDACTOR)
    assert [each.source for each in found] == ["shop", "second"]
    assert replace(found[0].provenance, source="second") == found[1].provenance
