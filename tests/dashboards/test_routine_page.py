"""A routine's page without a browser: its family, what changed, what was stopped, and changing it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.routines.changes import changes_html, stops_html
from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards.apptest import labels, opened, said, started
from tests.dashboards.test_comparing import shown
from vistas.practice.routines import Routines
from vistas.routine import Routine
from vistas.routine.difference import difference
from vistas.routine.file import built_in_routines, load_routine, write_routine

NOW = datetime(2026, 11, 3, 8, tzinfo=UTC)
BAD = "<img src=x onerror=alert(1)>"


@pytest.fixture
def routines(afresh: None) -> Routines:
    started()
    return process.routines()


def routine(slug: str, **address: object) -> AppTest:
    return opened(Place.ROUTINE, routine=slug, **address)


def without_the_first(routine: Routine) -> Routine:
    return routine.model_copy(update={"stops": routine.stops[1:]})


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label.replace("\\", "") == label]
    return button.click().run()


def test_a_routine_of_one_version_says_so_kindly(routines: Routines) -> None:
    app = routine("ground")
    assert "This is its only version, so nothing has changed yet." in said(app)
    assert "As it came with Morning Vistas." in said(app)
    assert all(stop.title in shown(app) for stop in routines.find("ground").stops)


def test_a_routine_is_taken_along_as_a_dashboard_with_what_is_not_there(routines: Routines) -> None:
    page = said(routine("moving-house"))
    assert "Version 1, to be imported in Grafana." in page
    assert "for which Grafana has no panel" in page


def test_an_unknown_routine_offers_those_there_are(afresh: None) -> None:
    app = routine("gone")
    assert app.title[0].value == "Which routine?"
    assert "There is no routine called gone here" in said(app).replace("**", "")


def test_what_was_left_out_is_told_with_its_reason_and_comes_back(routines: Routines) -> None:
    ground = routines.find("ground")
    routines.save(without_the_first(ground), because="Nobody looks there.", by="Jonas", at=NOW)
    app = routine("ground")
    assert "<q>Nobody looks there.</q>" in shown(app)
    assert ">left out</span>" in shown(app)
    assert "What we stopped looking at" in said(app)
    for _ in ground.stops[0].looks:
        (again, *_) = [each for each in app.button if each.label == "Bring back"]
        app = again.click().run()
    assert routines.find("ground").digest == ground.digest
    assert "What we stopped looking at" not in said(app)
    assert f"Saved as version {2 + len(ground.stops[0].looks)}, today." in said(app)


def test_going_back_is_a_version_that_can_be_undone(routines: Routines) -> None:
    ground = routines.find("ground")
    routines.save(without_the_first(ground), because="Shorter.", by="Jonas", at=NOW)
    app = press(routine("ground"), "Go back to version 1")
    assert "Saved as version 3, today." in said(app)
    assert routines.find("ground").digest == ground.digest
    press(app, "Undo")
    assert [each.number for each in routines.versions("ground")] == [1, 2, 3, 4]
    assert routines.find("ground").stops == ground.stops[1:]


def test_one_version_is_compared_with_any_other_of_the_address(routines: Routines) -> None:
    ground = routines.find("ground")
    second = routines.save(without_the_first(ground), because="Shorter.", by="Jonas", at=NOW)
    routines.save(second.model_copy(update={"minutes": 3}), because="Quicker.", by="Ana", at=NOW)
    newest = shown(routine("ground"))
    assert "Quicker." in newest
    assert "left out" not in newest
    both = shown(routine("ground", then=1, now=3))
    assert "Shorter." in both
    assert "left out" in both
    assert "Both look at the same" not in said(routine("ground", then="nonsense", now="9@9"))


def test_a_fork_names_what_it_was_made_from(routines: Routines) -> None:
    second = routines.save(without_the_first(routines.find("ground")), because="Shorter.", by="Jonas", at=NOW)
    fork = routines.fork(second, title="Ana's ground", by="Ana", at=NOW)
    assert "It was made from version 2 of it, Jonas's." in said(routine(fork.routine))
    assert "Ana · 1 version" in said(routine("ground"))
    assert "The ground, version 2" in str([each.options for each in routine(fork.routine).selectbox])


def test_changing_is_told_before_it_is_saved(routines: Routines) -> None:
    ground = routines.find("ground")
    app = press(routine("ground"), "Change it")
    assert "Nothing is changed yet." in said(app)
    app = app.button(key=f"own-leave-{ground.stops[0].stop}").click().run()
    assert ">left out</span>" in shown(app)
    app = press(app, "Undo")
    assert "Nothing is changed yet." in said(app)
    app = app.button(key=f"own-down-{ground.stops[0].stop}").click().run()
    assert ">moved</span>" in shown(app)
    app.text_input(key="because").input("Ask the disks first.")
    app = app.button(key="save-version").click().run()
    saved = routines.find("ground")
    assert (saved.version, saved.by, saved.because) == (2, "Maya", "Ask the disks first.")
    assert [stop.stop for stop in saved.stops[:2]] == [ground.stops[1].stop, ground.stops[0].stop]
    assert {"Undo", "Change it"} <= labels(app)


def test_what_somebody_else_saved_meanwhile_is_shown_and_ones_own_kept(routines: Routines) -> None:
    ground = routines.find("ground")
    app = press(routine("ground"), "Change it")
    app = app.button(key=f"own-leave-{ground.stops[1].stop}").click().run()
    routines.save(ground.model_copy(update={"minutes": 3}), because="Quicker.", by="Jonas", at=NOW)
    app = app.run()
    assert "Jonas saved version 2 meanwhile." in said(app).replace("**", "")
    assert "Keep theirs" in labels(app)
    app = press(app, "Put mine on top")
    app = app.button(key="save-version").click().run()
    saved = routines.find("ground")
    assert (saved.version, saved.minutes, saved.stops) == (3, 3, (ground.stops[0], *ground.stops[2:]))


def test_a_routine_in_a_file_is_changed_in_its_file(afresh: None, tmp_path: Path) -> None:
    """Only what differs is written; what somebody wrote there meanwhile is not written over."""
    ground = next(each for each in built_in_routines() if each.routine == "ground")
    file, settings = tmp_path / "routines" / "night.yaml", tmp_path / "vistas.toml"
    file.parent.mkdir()
    written = "# Ours.\n" + write_routine(ground.model_copy(update={"routine": "night"}))
    file.write_text(written)
    settings.write_text(f'{settings.read_text()}routines = ["{file.parent}"]\n')
    started()
    app = press(routine("night"), "Change it").button(key=f"own-down-{ground.stops[0].stop}").click().run()
    app.text_input(key="because").input("Disks first.")
    app = app.button(key="save-version").click().run()
    assert file.read_text().startswith("# Ours.\n")
    assert [stop.stop for stop in load_routine(file).stops[:2]] == [stop.stop for stop in ground.stops[1::-1]]
    app = press(app, "Change it").button(key=f"own-down-{ground.stops[0].stop}").click().run()
    file.write_text(written)
    app = app.button(key="save-version").click().run()
    assert "Its file was changed meanwhile." in said(app)
    assert file.read_text() == written


def test_what_people_wrote_is_text() -> None:
    ground = next(each for each in built_in_routines() if each.routine == "ground")
    stop = ground.stops[0].model_copy(update={"title": BAD[:24], "question": BAD, "why": BAD, "normal": BAD * 9})
    look = stop.looks[0].model_copy(update={"title": BAD, "query": (BAD,), "name": BAD, "where": {BAD: BAD}})
    later = ground.model_copy(
        update={"title": BAD, "stops": (stop.model_copy(update={"looks": (look,)}), *ground.stops[2:])}
    )
    for html in (
        changes_html(difference(ground, later), later),
        changes_html(difference(later, ground), ground),
        stops_html(later),
    ):
        assert "<img" not in html
        assert "&lt;img" in html
