"""What each page shows in each state it can be in, run without a browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.shared import process
from dashboards.ui.places import Place
from tests.dashboards import apptest
from tests.dashboards.apptest import labels, said
from tests.vistas.sharing.making import NODES, notice, snapshot, vista
from vistas.errors import VistaNotFound
from vistas.routine.file import find_routine
from vistas.snapshot import Gap, GapReason
from vistas.store import Search, Store
from vistas.vista import Vista, new_id
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import NoticeKind

LINE = '192.0.2.1 - - [22/Nov/2026:07:00:00 +0000] "GET / HTTP/1.1" 200 9 "-" "curl"\n'
A_VISTA = (Place.WALK, Place.REPLAY, Place.WRAP_UP)
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def a_door(afresh: None, tmp_path: Path) -> None:
    """A log of one line is a source."""
    (tmp_path / "access.log").write_text(LINE)
    write_settings(tmp_path, files=["access.log"])


def write_settings(folder: Path, *, files: list[str] | None = None, more: str = "") -> None:
    door = f'[sources.door]\ntype = "ingress"\nfiles = {files}\n' if files else ""
    (folder / "vistas.toml").write_text(f'person = "Maya"\ndata = "{folder}/data"\n{more}{door}')


@pytest.fixture
def open_page() -> Open:
    """A page, about a vista where one is given, after one run."""

    def opened(place: Place = Place.MORNING, vista_id: UUID | str = "", **parameters: str) -> AppTest:
        return apptest.opened(place, vista=vista_id, **parameters)

    return opened


@pytest.fixture
def store(open_page: Open) -> Store:
    """The store of the app that is running."""
    open_page()
    return process.workspace().store


def title(app: AppTest) -> str:
    (only,) = (element.value for element in app.title)
    return only.replace("\\", "")


def expanders(app: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in app.expander]


def drawn(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def begun(store: Store, **changes: object) -> Vista:
    """A vista of Maya's that is still being walked, in the store."""
    made = replace(vista(saved_at=None, title="", id=new_id()), **changes)
    store.put(made)
    return made


# --- nothing yet


@pytest.mark.parametrize("place", [Place.MORNING, Place.LIBRARY])
def test_empty_store_says_how_it_will_fill(place: Place, open_page: Open) -> None:
    page = open_page(place)
    assert "No morning has been saved yet" in said(page)
    assert not page.exception


def test_no_walk_has_begun(open_page: Open) -> None:
    assert title(open_page(Place.WALK)) == "No walk has been started."


@pytest.mark.parametrize("place", [Place.REPLAY, Place.WRAP_UP])
def test_a_link_without_a_vista(place: Place, open_page: Open) -> None:
    assert title(open_page(place)) == "Which morning?"


@pytest.mark.parametrize("place", A_VISTA)
@pytest.mark.parametrize("written", ["x", "01890a5d-ac96-774b-bcce", "../../etc/passwd", "💥"])
def test_a_link_that_is_not_whole(place: Place, written: str, open_page: Open) -> None:
    page = open_page(place, written)
    assert title(page) == "That link is incomplete."
    assert not page.exception


@pytest.mark.parametrize("place", A_VISTA)
def test_a_vista_that_is_not_here(place: Place, open_page: Open) -> None:
    page = open_page(place, new_id())
    assert title(page) == "This morning could not be found."
    assert "ask for its .vista file" in said(page)


def test_without_settings_the_recordings_are_there_and_called_so(tmp_path: Path, open_page: Open) -> None:
    write_settings(tmp_path)
    page = open_page()
    assert "**This is a recording**" in said(page)
    assert "Checkout is stuck, and parser leaks" in said(page)
    assert "a recording" in said(open_page(Place.SOURCES))


@pytest.mark.parametrize("place", Place)
def test_wrong_settings_are_one_plain_line_on_every_page(tmp_path: Path, place: Place, open_page: Open) -> None:
    """The key and the file are named; nobody meets a stack trace."""
    write_settings(tmp_path, more="nonsense = 1\n")
    page = open_page(place)
    assert title(page) == "This page cannot be shown."
    (line,) = (text.value for text in page.text)
    assert "vistas.toml: nonsense is not a setting" in line
    assert "\n" not in line
    assert not page.exception


def test_mended_settings_open_the_door_at_the_next_reload(tmp_path: Path, open_page: Open) -> None:
    write_settings(tmp_path, more="nonsense = 1\n")
    page = open_page()
    write_settings(tmp_path, files=["access.log"])
    assert "Maya" in title(page.run())


# --- the walk


def test_a_gap_says_why_and_what_to_try(store: Store, open_page: Open) -> None:
    """And offers to ask again, but only while the walk is on."""
    made = begun(store)
    page = open_page(Place.WALK, made.id)
    assert "The cluster refused." in said(page)
    assert "Ask for a role." in said(page)
    assert "Try again" in labels(page)
    store.save(made.id, "Done", made.begun_at, by=made.author)
    assert "Try again" not in labels(open_page(Place.REPLAY, made.id))


def test_asking_again_takes_the_place_of_the_gap(store: Store, open_page: Open) -> None:
    """Nothing of that name is connected here, and so the new gap says that."""
    made = begun(store)
    page = open_page(Place.WALK, made.id)
    page = press(page, f"again-{made.id}/errors/nodes/kubernetes")
    (gap,) = (each.gap for each in store.vista(made.id).at("errors") if each.gap)
    assert gap.reason is GapReason.NO_SOURCE
    assert "Try again" not in labels(page)


def test_what_is_not_here_is_one_line(store: Store, open_page: Open) -> None:
    """With what each look lacks behind it, and a way to ask again."""
    nothing = snapshot(NODES, Gap(GapReason.NOT_HERE, "No nodes here.", "Leave it out."))
    made = begun(store, snapshots=(*vista().snapshots[:3], nothing))
    page = open_page(Place.WALK, made.id)
    assert "One look has nothing to show here: no nodes. **Why?**" in expanders(page)
    assert "<dt>Nodes</dt><dd>No nodes here. Leave it out.</dd>" in drawn(page)
    assert not [each for each in page.get("container") if "gap-" in str(each)]
    page = press(page, f"again-{made.id}/errors")
    (gap,) = (each.gap for each in store.vista(made.id).at("errors") if each.gap)
    assert gap.reason is GapReason.NO_SOURCE
    assert "One look has nothing to show here: no cluster. **Why?**" in expanders(page)
    assert "Try again" not in labels(page)


def test_a_stop_with_nothing_says_so(store: Store, open_page: Open) -> None:
    looks = vista().routine.stops[0].looks
    nothing = tuple(snapshot(look, Gap(GapReason.NOT_HERE, "Not here.")) for look in looks)
    made = begun(store, snapshots=nothing, notices=())
    page = open_page(Place.WALK, made.id)
    (line,) = (each for each in expanders(page) if "Why?" in each)
    assert line.startswith("There is nothing to look at here: no pods, ")


def test_an_interrupted_gathering_says_so(store: Store, open_page: Open) -> None:
    made = begun(store, snapshots=vista().snapshots[:1])
    page = open_page(Place.WALK, made.id)
    assert "3 looks had not answered when the app" in said(page)
    assert said(page).count("The gathering was interrupted before this look answered.") == 3


def test_a_whole_morning_is_not_called_interrupted(store: Store, open_page: Open) -> None:
    assert "interrupted" not in said(open_page(Place.WALK, begun(store).id))


def test_a_stop_that_is_not_in_the_routine_is_the_first(store: Store, open_page: Open) -> None:
    page = open_page(Place.WALK, begun(store).id, stop="nowhere")
    assert title(page) == "Whom do we fail?"


def test_what_is_typed_in_the_margin_is_kept_and_signed(store: Store, open_page: Open) -> None:
    made = begun(store, notices=())
    page = open_page(Place.WALK, made.id)
    page.chat_input[0].set_value("  **so** quiet ").run()
    (written,) = store.notices(made.id)
    assert (written.text, written.author, written.kind) == ("**so** quiet", "Maya", NoticeKind.NOTICED)
    assert "**so** quiet" in [text.value for text in page.text]


def test_a_removed_notice_comes_back_with_undo(store: Store, open_page: Open) -> None:
    mine = notice("mine alone")
    made = begun(store, notices=(mine,))
    page = press(open_page(Place.WALK, made.id), f"remove-{mine.id}")
    assert store.notices(made.id) == ()
    assert "mine alone" not in said(page)
    page = press(page, "undo-remove")
    assert [each.text for each in store.notices(made.id)] == ["mine alone"]
    assert "mine alone" in said(page)
    assert "undo-remove" not in {button.key for button in page.button}


def test_a_changed_notice_says_so_and_an_empty_change_is_refused(store: Store, open_page: Open) -> None:
    mine = notice("mine alone")
    made = begun(store, notices=(mine,))
    page = open_page(Place.WALK, made.id)
    page.text_area(key=f"edit-{mine.id}-1").set_value("   ")
    page = press(page, f"keep-{mine.id}")
    assert "A notice needs a few words" in page.warning[0].value
    page.text_area(key=f"edit-{mine.id}-1").set_value("better said")
    page = press(page, f"keep-{mine.id}")
    assert [each.text for each in store.notices(made.id)] == ["better said"]
    assert any(text.value.endswith(", edited") for text in page.text)


def test_somebody_elses_notice_can_be_answered_and_not_changed(store: Store, open_page: Open) -> None:
    theirs = notice("theirs", author="Jonas")
    page = open_page(Place.WALK, begun(store, notices=(theirs,)).id)
    assert "theirs" in said(page)
    assert [each.key for each in page.button if str(theirs.id) in (each.key or "")] == [f"to-answer-{theirs.id}"]


# --- the wrap-up


def test_saving_gives_a_title_and_renaming_another(store: Store, open_page: Open) -> None:
    made = begun(store)
    page = open_page(Place.WRAP_UP, made.id)
    page.text_input(key=f"title-{made.id}").set_value("A slow one")
    page = press(page, "save")
    assert (store.vista(made.id).title, store.vista(made.id).saved_at is None) == ("A slow one", False)
    assert ":green-badge[saved]" in said(page)
    assert {"Rename", "Replay"} <= labels(page)
    page.text_input(key=f"title-{made.id}").set_value("A slower one")
    press(page, "save")
    assert store.vista(made.id).title == "A slower one"


def of_the_ground(store: Store, *, by: str = "Maya") -> Vista:
    """A walk in which nothing was there but the first look, and that was in trouble."""
    planned = find_routine("ground", ())
    gone, lost = Gap(GapReason.NOT_HERE, "Not here."), Gap(GapReason.REFUSED, "It refused.")
    made = tuple(
        replace(snapshot(look, lost if number == 0 else gone), stop=stop.stop)
        for number, (stop, look) in enumerate(planned.looks())
    )
    return begun(store, routine=planned, snapshots=made, notices=(), author=by, origin="live")


def test_the_wrap_up_tells_trouble_and_folds_what_is_not_there(store: Store, open_page: Open) -> None:
    made = of_the_ground(store)
    page = open_page(Place.WRAP_UP, made.id)
    assert "What could not be seen" in said(page)
    assert said(page).count("It refused.") == 1
    assert "Not here." not in said(page)
    (line,) = (each for each in expanders(page) if "Why?" in each)
    assert " looks have nothing to show here: " in line


def test_a_routine_is_fitted_and_that_can_be_undone(store: Store, open_page: Open) -> None:
    """As a routine of one's own, whose first version is what it was made from."""
    made = of_the_ground(store)
    page = open_page(Place.WRAP_UP, made.id)
    first = next(made.routine.looks())[1]
    number = sum(1 for _ in made.routine.looks()) - 1
    (offered,) = (each for each in labels(page) if each.startswith("Leave out what this landscape does not have"))
    assert f"({number} looks, {len(made.routine.stops) - 1} stops)" in offered
    page = press(page, "fit-it")
    assert "Saved as version 2" in said(page)
    slug = "the-ground-fitted"
    assert page.query_params["routine"] in (slug, [slug])
    before, after = process.routines().versions(slug)
    assert [look.look for _, look in after.routine.looks()] == [first.look]
    assert before.routine.stops == made.routine.stops
    assert after.routine.after is not None
    assert (after.routine.after.routine, after.by) == ("ground", "Maya")
    assert after.because.startswith("Nothing of the kind was there ")
    page = open_page(Place.WRAP_UP, made.id)
    assert "fit-it" not in {button.key for button in page.button}
    process.routines().go_back(slug, 1, by="Maya", at=made.begun_at)
    assert process.routines().find(slug).stops == made.routine.stops
    assert "fit-it" in {button.key for button in open_page(Place.WRAP_UP, made.id).button}


def test_ones_own_routine_is_fitted_in_its_next_version(store: Store, open_page: Open) -> None:
    planned = find_routine("ground", ())
    open_page()
    own = process.routines().fork(planned, title="My ground", by="Maya", at=of_the_ground(store).begun_at)
    made = replace(of_the_ground(store), routine=own, id=new_id())
    store.put(made)
    press(open_page(Place.WRAP_UP, made.id), "fit-it")
    assert [each.number for each in process.routines().versions(own.routine)] == [1, 2]


@pytest.mark.parametrize("origin", ["recording", "imported"])
def test_only_what_was_looked_at_here_is_fitted(store: Store, open_page: Open, origin: str) -> None:
    made = replace(of_the_ground(store), origin=origin, id=new_id())
    store.put(made)
    assert "fit-it" not in {button.key for button in open_page(Place.WRAP_UP, made.id).button}


def test_a_title_of_nothing_is_refused(store: Store, open_page: Open) -> None:
    made = begun(store)
    page = open_page(Place.WRAP_UP, made.id)
    page.text_input(key=f"title-{made.id}").set_value("   ")
    page = press(page, "save")
    assert "Give it a few words" in page.warning[0].value
    assert store.vista(made.id).saved_at is None


def test_a_quiet_morning_is_fine(store: Store, open_page: Open) -> None:
    page = open_page(Place.WRAP_UP, begun(store, notices=()).id)
    assert "Nothing was marked. That is fine" in said(page)
    assert "The cluster refused." in said(page)


def test_a_walk_is_thrown_away(store: Store, open_page: Open) -> None:
    made = begun(store)
    page = press(open_page(Place.WRAP_UP, made.id), "discard")
    assert "Maya" in title(page)
    with pytest.raises(VistaNotFound):
        store.vista(made.id)


def test_somebody_elses_walk_is_not_offered_to_be_thrown_away(store: Store, open_page: Open) -> None:
    page = open_page(Place.WRAP_UP, begun(store, author="Jonas").id)
    assert "discard" not in {button.key for button in page.button}


# --- the library


@pytest.fixture
def shelf(store: Store) -> Store:
    for name, author, text in (("Slow leak", "Jonas", "memory climbs"), ("Quiet", "Mira", "nothing at all")):
        said_by = notice(text, author=author, id=new_id())
        store.put(vista(id=new_id(), title=name, author=author, walks=(), notices=(said_by,)))
    return store


def cards(page: AppTest) -> set[str]:
    return {"Slow leak", "Quiet"} & {text.value for text in page.text}


def test_the_library_shows_all(shelf: Store, open_page: Open) -> None:
    assert cards(open_page(Place.LIBRARY)) == {"Slow leak", "Quiet"}


@pytest.mark.parametrize(
    ("box", "written", "found"),
    [
        ("q", "slow", {"Slow leak"}),
        ("q", "nothing at all", {"Quiet"}),
        ("q", "%", set()),
        ("q", "' OR 1=1 --", set()),
        ("by", "mira", {"Quiet"}),
        ("by", "Nobody", set()),
    ],
)
def test_the_library_is_searched(box: str, written: str, found: set[str], shelf: Store, open_page: Open) -> None:
    page = open_page(Place.LIBRARY)
    page = page.text_input(key=box).set_value(written).run()
    assert cards(page) == found
    assert ("No mornings match" in said(page)) == (not found)


def test_the_library_shows_what_nobody_has_answered(shelf: Store, open_page: Open) -> None:
    quiet = next(each for each in shelf.library(Search()).vistas if each.name == "Quiet")
    (noticed,) = shelf.vista(quiet.id).notices
    answer = Answer(
        id=new_id(), notice=noticed.id, author="Maya", kind=AnswerKind.STILL_SO, written_at=quiet.begun_at
    )
    shelf.answers.write(quiet.id, answer)
    page = open_page(Place.LIBRARY)
    page = page.toggle(key="unanswered").set_value(True).run()
    assert cards(page) == {"Slow leak"}


def test_a_search_can_be_sent_as_a_link(shelf: Store, open_page: Open) -> None:
    assert cards(open_page(Place.LIBRARY, q="slow")) == {"Slow leak"}
    ground, landscape = (find_routine(slug).title for slug in ("ground", "landscape"))
    assert cards(open_page(Place.LIBRARY, routine=ground)) == set()
    assert cards(open_page(Place.LIBRARY, routine=landscape)) == {"Slow leak", "Quiet"}


def test_a_link_with_a_routine_that_is_gone_is_no_trace(shelf: Store, open_page: Open) -> None:
    assert not open_page(Place.LIBRARY, routine="nowhere").exception


# --- the sources


def settled(page: AppTest) -> AppTest:
    """Once every source has been looked at."""
    ends = time.monotonic() + 100
    while "checking…" in said(page) and time.monotonic() < ends:
        page = page.run()
    return page


def test_a_source_that_is_well_answers(open_page: Open) -> None:
    page = settled(open_page(Place.SOURCES))
    assert ":orange-badge[needs attention]" not in said(page)
    assert "1 log of nginx-combined" in said(page)


def test_a_source_that_is_unwell_says_why_and_what_to_try(tmp_path: Path, open_page: Open) -> None:
    write_settings(tmp_path, files=["gone.log"])
    page = settled(open_page(Place.SOURCES))
    assert ":orange-badge[needs attention]" in said(page)
    assert "There is no file " in said(page)
    assert "**What to try:** Check the path" in said(page)


def test_who_comes_from_elsewhere_is_told_where_to_connect(open_page: Open) -> None:
    """It listens wherever Streamlit does, in a test: not on this machine alone."""
    page = settled(open_page(Place.SOURCES))
    assert "On the machine that this runs on: `vistas connect`" in said(page)
    assert not [each for each in page.text_input if each.label == "What to connect"]


# --- who is looking


def test_a_changed_name_greets_and_signs(store: Store, open_page: Open) -> None:
    made = begun(store, notices=())
    page = open_page()
    page = page.text_input(key="who-name-Maya").set_value("  $x$ **Ann** ").run()
    assert title(page).endswith(", $x$ **Ann**.")
    page.switch_page(Place.WALK.value)
    page.query_params["vista"] = str(made.id)
    page.run().chat_input[0].set_value("hello").run()
    assert [each.author for each in store.notices(made.id)] == ["$x$ **Ann**"]


def test_a_name_of_nothing_is_nobody(open_page: Open) -> None:
    """And not the one of the settings."""
    page = open_page()
    assert "," not in title(page.text_input(key="who-name-Maya").set_value("  ").run())
