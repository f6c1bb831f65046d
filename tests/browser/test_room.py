"""A session room in three browsers: come together, turn to something, look around, turn away and back, host on."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.room_stage import begin_room, busy_with, join, link_of, turn_to
from tests.servers.remembered import remember
from vistas.practice import Notebooks
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.practice.session.entries import HostTaken, Joined, Planned, Turned
from vistas.practice.session.words import Jotted
from vistas.settings import load_settings
from vistas.store import Store
from vistas.vista import new_id

APP = Path(__file__).parents[2] / "streamlit_app.py"
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Nothing is connected."""
    home = tmp_path_factory.mktemp("room")
    return {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], environment: dict[str, str]) -> str:
    return app_server(APP, env=environment)


@pytest.fixture
def notebooks(environment: dict[str, str]) -> Iterator[Notebooks]:
    """Of another process, beside the running app."""
    settings = load_settings(environment, Path(environment["HOME"]))
    store = Store.open(settings.store.database, settings.store.blobs)
    yield Notebooks(store.journals)
    store.close()


def room_of(page: Page) -> UUID:
    found = re.search(r"room=([0-9a-f-]+)", page.url)
    assert found
    return UUID(found[1])


def plan(notebooks: Notebooks, room: UUID, *titles: str) -> None:
    """Topics onto the agenda, by somebody elsewhere."""
    topics = [Activity(id=new_id(), kind=ActivityKind.TOPIC, title=title) for title in titles]
    notebooks.sessions.write(
        room, *(Planned(activity=each) for each in topics), by="Elsewhere", at=datetime.now(UTC)
    )


def jot(page: Page, text: str) -> None:
    line = page.get_by_placeholder("A line worth keeping")
    line.fill(text)
    line.press("Enter")


def look_at(page: Page, title: str) -> None:
    page.locator(".st-key-agenda").get_by_role("button", name=title).click()


def test_three_come_together_and_follow_while_one_looks_around_and_comes_back(
    address: str, new_page: Open, notebooks: Notebooks
) -> None:
    """The third's name is not known before; whoever looks around moves nobody, and is moved by nobody."""
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    third = new_page()
    third.goto(link_of(host))
    third.get_by_label("Your name").fill("Ines")
    third.get_by_role("button", name="Join").click()
    expect(host.locator(".st-key-people")).to_contain_text("Ines")
    expect(third.locator(".st-key-people")).to_contain_text("Tomás")

    plan(notebooks, room_of(host), "Backups", "Queues")
    turn_to(host, ActivityKind.TOPIC, "Why was it slow")
    for page in (guest, third):
        expect(busy_with(page)).to_contain_text("Why was it slow")

    look_at(guest, "Queues")
    expect(guest.locator(".st-key-talk").get_by_role("heading", name="Queues")).to_be_visible()
    assert "activity=" in guest.url
    jot(guest, "longer since Friday")
    jot(third, "the disk was full")
    expect(host.locator(".st-key-talk")).to_contain_text("the disk was full")
    expect(guest.locator(".st-key-talk")).to_contain_text("longer since Friday")
    expect(busy_with(host)).to_contain_text("Why was it slow")

    host.get_by_role("button", name="Next:").click()
    expect(busy_with(third)).to_contain_text("Backups")
    expect(guest.locator(".st-key-away")).to_contain_text("The room is on Backups.")
    guest.get_by_role("button", name="Back to the host").click()
    expect(busy_with(guest)).to_contain_text("Backups")
    expect(guest.locator(".st-key-away")).to_have_count(0)
    assert "activity=" not in guest.url


def test_the_room_turns_away_and_returns_and_its_record_says_so(address: str, new_page: Open) -> None:
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    turn_to(host, ActivityKind.TOPIC, "Planned talk")
    turn_to(host, ActivityKind.TOPIC, "The pager", because="Ines was *paged*")
    expect(busy_with(guest)).to_contain_text("The pager")
    expect(guest.locator(".st-key-room-foot")).to_contain_text("Parked: Planned talk")
    host.get_by_role("button", name="Return to Planned talk").click()
    expect(busy_with(guest)).to_contain_text("Planned talk")
    expect(guest.locator(".st-key-room-foot")).to_have_count(0)
    guest.locator(".st-key-turns summary").click()
    timeline = guest.locator(".st-key-timeline")
    expect(timeline).to_contain_text("Maya switched from “Planned talk” to “The pager”")
    expect(timeline).to_contain_text("Ines was *paged*")
    expect(timeline).to_contain_text("back at")


def test_the_host_hands_over_and_a_room_without_its_host_is_picked_up(address: str, new_page: Open) -> None:
    """Meanwhile the others keep what they have, and nothing is asked of them."""
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    third = join(new_page(), link_of(host), "Ines")
    turn_to(host, ActivityKind.TOPIC, "Queues")
    host.get_by_role("button", name="Hand over").click()
    host.get_by_role("button", name="To Tomás").click()
    expect(host.locator("[class*=st-key-person-host]")).to_contain_text("Tomás")
    expect(host.get_by_role("button", name="Switch to something else")).to_have_count(0)
    expect(guest.get_by_role("button", name="Switch to something else")).to_be_visible()

    guest.close()
    expect(third.locator(".st-key-host-gone")).to_contain_text("Tomás is not here right now")
    expect(busy_with(third)).to_contain_text("Queues")
    third.get_by_role("button", name="Take over as host").click()
    expect(third.locator("[class*=st-key-person-host]")).to_contain_text("Ines (you)")
    turn_to(third, ActivityKind.TOPIC, "Going on")
    expect(busy_with(host)).to_contain_text("Going on")
    expect(host.locator(".st-key-host-gone")).to_have_count(0)


def test_what_one_types_is_left_alone_by_twenty_updates_from_others(
    address: str, new_page: Open, notebooks: Notebooks
) -> None:
    """Text, caret and focus stay, in a line and in a box that unfolds; each update is seen meanwhile."""
    host = begin_room(new_page(), address, "Maya")
    turn_to(host, ActivityKind.TOPIC, "Queues")
    room = room_of(host)
    topic = notebooks.sessions.read(room).current
    assert topic
    line = host.get_by_placeholder("A line worth keeping")
    line.click()
    typed = ""
    for number in range(20):
        said = Jotted(activity=topic, id=new_id(), text=f"update {number}.")
        notebooks.sessions.write(room, said, by="Ines", at=datetime.now(UTC))
        for word in (f"word{number}", " and", " more "):
            line.press_sequentially(word, delay=15)
            typed += word
        expect(host.locator(".st-key-talk")).to_contain_text(f"update {number}.")
        expect(line).to_be_focused()
        expect(line).to_have_value(typed)
    assert line.evaluate("box => box.selectionStart") == len(typed)
    line.press("Enter")
    expect(host.locator(".st-key-talk")).to_contain_text(typed.strip())

    host.get_by_role("button", name="Switch to something else").click()
    why = host.get_by_label("Why? (optional)")
    why.press_sequentially("because it")
    plan(notebooks, room, "Another topic")
    expect(host.locator(".st-key-agenda")).to_contain_text("Another topic")
    expect(why).to_be_focused()
    expect(why).to_have_value("because it")


def test_a_session_is_joined_from_the_home_page_and_gone_on_with_a_week_later(
    address: str, new_page: Open, notebooks: Notebooks
) -> None:
    host = begin_room(new_page(), address, "Maya", "Thursday on queues")
    guest = new_page()
    remember(guest.context, "Tomás")
    guest.goto(address)
    door = guest.locator("[class*=st-key-session-to-join]").filter(has_text="Thursday on queues")
    expect(door).to_contain_text("with Maya")
    door.get_by_role("button", name="Join").click()
    expect(host.locator(".st-key-people")).to_contain_text("Tomás")

    a_week_ago = datetime.now(UTC) - timedelta(days=7)
    topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="Left open")
    left = (Joined(), HostTaken(host="Ines"), Planned(activity=topic), Turned(activity=topic.id))
    words = Jotted(activity=topic.id, id=new_id(), text="to be gone on with")
    notebooks.sessions.begin("Last week", *left, words, by="Ines", at=a_week_ago)
    guest.goto(f"{address}/session")
    guest.get_by_placeholder("Search by word").fill("gone on with")
    guest.keyboard.press("Enter")
    expect(guest.locator("[class*=st-key-door-quiet]")).to_have_count(1)
    guest.get_by_role("button", name="Continue").click()
    expect(busy_with(guest)).to_contain_text("Left open")
    expect(guest.locator(".st-key-talk")).to_contain_text("to be gone on with")
    expect(guest.locator(".st-key-host-gone")).to_contain_text("Ines is not here right now")


def test_a_draft_its_caret_and_its_focus_stay_while_others_write_and_plan(
    address: str, new_page: Open, notebooks: Notebooks
) -> None:
    """A line comes without a run of the page, and the agenda with one of the whole page."""
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    turn_to(host, ActivityKind.TOPIC, "Drafts")
    expect(busy_with(guest)).to_contain_text("Drafts")
    room = room_of(host)
    topic = notebooks.sessions.read(room).current
    assert topic
    box = guest.get_by_placeholder("A line worth keeping")
    box.fill("half draft")
    box.evaluate("field => field.setSelectionRange(5, 5)")
    said = Jotted(activity=topic, id=new_id(), text="from elsewhere")
    notebooks.sessions.write(room, said, by="Elsewhere", at=datetime.now(UTC))
    expect(guest.locator(".st-key-talk .mv-lines li")).to_have_count(1)
    plan(notebooks, room, "Later on")
    expect(guest.locator(".st-key-agenda")).to_contain_text("Later on")
    expect(box).to_be_focused()
    guest.keyboard.type("a ")
    expect(box).to_have_value("half a draft")


def test_thirty_write_for_some_seconds_and_nothing_is_lost(
    address: str, new_page: Open, notebooks: Notebooks
) -> None:
    """Into the session's journal, from another process, while two pages show it."""
    host = begin_room(new_page(), address, "Maya")
    guest = join(new_page(), link_of(host), "Tomás")
    turn_to(host, ActivityKind.TOPIC, "Everybody writes")
    room = room_of(host)
    topic = notebooks.sessions.read(room).current
    assert topic
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(5):
                said = Jotted(activity=topic, id=new_id(), text=f"{name} {number}")
                notebooks.sessions.write(room, said, by=name, at=datetime.now(UTC))
        except BaseException as failure:  # noqa: BLE001 - whatever it is, the test shall tell it
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(f"writer{number}",)) for number in range(30)]
    for thread in threads:
        thread.start()
    jot(host, "the host writes as well")
    for thread in threads:
        thread.join()
    assert not failures
    expected = {f"writer{writer} {number}" for writer in range(30) for number in range(5)}
    expected.add("the host writes as well")
    for page in (host, guest):
        lines = page.locator(".st-key-talk .mv-lines li")
        expect(lines).to_have_count(len(expected))
    session: Session = notebooks.sessions.read(room)
    assert {line.text for line in session.jotted[topic]} == expected
    assert len(session.jotted[topic]) == len(expected)
