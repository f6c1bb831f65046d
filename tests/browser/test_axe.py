"""axe finds nothing on any page, in light and dark, with whatever unfolds or opens on it opened once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import findings
from tests.browser.gestures import drag, rest, write
from tests.browser.sample_session import notebooks_of, practise
from tests.vistas.importing.dashboards.sample import shop
from vistas.practice import Notebooks
from vistas.practice.expertise import LineKind
from vistas.practice.expertise.entries import LineWritten, open_map
from vistas.practice.landscape import Part, PartKind
from vistas.practice.rounds.entries import (
    Answered,
    AnswersRevealed,
    Grouped,
    GroupNamed,
    QuestionAsked,
    RoundEntry,
    WritingBegan,
)
from vistas.practice.routines import Routines
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import Planned
from vistas.practice.session.words import CarriedOver, Jotted, Learned
from vistas.store import Store
from vistas.vista import new_id

APP = Path(__file__).parents[2] / "streamlit_app.py"
STOPS = ("ringing", "Front door", "Errors", "Pace", "Workloads", "Ground", "Horizon")
UNFOLD = """() => {
    const shut = [...document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary')];
    shut.forEach((summary) => summary.click());
    return shut.length;
}"""


@dataclass(frozen=True)
class House:
    """The app after an hour of practice."""

    address: str
    room: UUID
    activities: dict[ActivityKind, Activity]
    written: UUID
    """A round that is being written."""

    def at(self, path: str, **parameters: object) -> str:
        return f"{self.address}/{path}?{'&'.join(f'{key}={value}' for key, value in parameters.items())}"


def _changed(store: Store, now: datetime) -> None:
    """The first routine has a second version, of which somebody made one of their own."""
    routines = Routines(store.journals)
    first = routines.find("landscape")
    shorter = first.model_copy(update={"stops": first.stops[:-1]})
    second = routines.save(shorter, because="Quicker.", by="Maya", at=now)
    routines.fork(second, title="Search, before the others wake", by="Ana", at=now)


@pytest.fixture(scope="module")
def house(
    app_server: Callable[..., str], chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    home = tmp_path_factory.mktemp("axe")
    data = home / "data"
    env = {"VISTAS_DATA": str(data), "HOME": str(home), "XDG_CONFIG_HOME": str(home), "VISTAS_PERSON": "Maya"}
    address = app_server(APP, env=env)
    _bring_in_the_recordings(chromium, address)
    now = datetime.now(UTC)
    with notebooks_of(data) as (notebooks, store):
        room, activities = practise(notebooks, store, now)
        for kind, title in ((ActivityKind.WALK, "The morning"), (ActivityKind.WRAP_UP, "What we take home")):
            activities[kind] = Activity(id=new_id(), kind=kind, title=title)
        activities[ActivityKind.TOPIC] = topic = Activity(id=new_id(), kind=ActivityKind.TOPIC, title="The pager")
        question = _round(notebooks, "What puzzles you?", now, revealed=True)
        activities[ActivityKind.QUESTION] = Activity(
            id=new_id(), kind=ActivityKind.QUESTION, title="What puzzles you?", about=question
        )
        said = (
            Jotted(activity=topic.id, id=new_id(), text="It rang twice."),
            Learned(id=new_id(), text="Disks fill at night."),
            CarriedOver(id=new_id(), text="Who owns the cache?"),
        )
        planned = (Planned(activity=each) for each in activities.values())
        notebooks.sessions.write(room, *planned, *said, by="Maya", at=now)
        _changed(store, now)
        part = Part(sort=PartKind.WORKLOAD, name="shop/checkout")
        told = (LineWritten(id=new_id(), part=part, kind=kind, text=kind.value) for kind in LineKind)
        notebooks.expertise.write(open_map(notebooks.expertise, by="Maya", at=now), *told, by="Maya", at=now)
        yield House(address, room, activities, _round(notebooks, "And now?", now, revealed=False))


def _bring_in_the_recordings(chromium: Browser, address: str) -> None:
    """As the first visit does: the wheel turns over what they show."""
    page = chromium.new_page()
    page.goto(address)
    expect(page.locator("[class*=st-key-card-]").first).to_be_visible()
    page.close()


def _round(notebooks: Notebooks, question: str, now: datetime, *, revealed: bool) -> UUID:
    answer, group = new_id(), new_id()
    entries: list[RoundEntry] = [
        QuestionAsked(question=question),
        WritingBegan(),
        Answered(id=answer, text="The cache"),
    ]
    if revealed:
        shown = (GroupNamed(group=group, name="Caches"), Grouped(answer=answer, group=group))
        entries += [AnswersRevealed(), *shown]
    return notebooks.rounds.begin(question, *entries, by="Maya", at=now)


LOOKED_INTO: set[str] = set()
"""Names of popovers."""


def found_with_all_that_opens(page: Page) -> list[str]:
    """On the page, then in one popover of each name that was not looked into on another page."""
    rest(page)
    while page.evaluate(UNFOLD):
        rest(page)
    found = findings(page)
    doors = page.locator("[data-testid=stPopover] button:visible:enabled")
    names = doors.all_inner_texts()
    for name in dict.fromkeys(each for each in names if each not in LOOKED_INTO):
        LOOKED_INTO.add(name)
        doors.nth(names.index(name)).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        rest(page)
        found += findings(page, "[data-testid=stPopoverBody]")
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    return found


def nothing(found: list[str]) -> None:
    assert "\n\n".join(dict.fromkeys(found)) == ""


def begin_a_walk(page: Page, house: House) -> None:
    page.goto(house.address)
    rest(page)
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.locator("[class*=st-key-rail-here]")).to_be_visible()
    expect(page.locator(".st-key-gathering")).to_have_count(0)


def to_stop(page: Page, name: str) -> None:
    page.locator(".st-key-rail").get_by_role("button", name=re.compile(name)).click()
    expect(page.locator("[class*=st-key-rail-here]").filter(has_text=name)).to_be_visible()
    rest(page)


def home(page: Page, house: House) -> None:
    page.goto(house.address)
    expect(page.locator("[class*=st-key-card-]").first).to_be_visible()


def replay(page: Page, house: House) -> None:
    home(page, house)
    page.get_by_role("button", name="Replay").first.click()
    expect(page.locator(".st-key-replaying")).to_be_visible()
    expect(page.locator(".st-key-margin [data-testid=stText]").first).to_be_visible()


def comparison(page: Page, house: House) -> None:
    """Of the two recordings, chosen by their cards."""
    page.goto(house.at("library"))
    cards = page.locator("[class*=st-key-card-found-]")
    cards.filter(has_text="Checkout is stuck").get_by_role("button", name="Compare with…").click()
    cards.filter(has_text="Search stumbled").get_by_role("button", name="Compare with this one").click()
    expect(page.locator(".mv-rest")).to_be_attached()


def beside(page: Page, house: House) -> None:
    comparison(page, house)
    page.locator(".mv-stop h3 a", has_text="Errors").click()
    expect(page.locator(".st-key-replaying")).to_be_visible()
    page.goto(f"{page.url}&beside=yesterday")
    expect(page.locator(".mv-beside").first).to_be_visible()


def wrap_up(page: Page, house: House) -> None:
    begin_a_walk(page, house)
    line = page.get_by_test_id("stChatInputTextArea")
    line.fill("a quiet one")
    line.press("Enter")
    expect(page.locator(".st-key-margin").get_by_text("a quiet one")).to_be_visible()
    page.goto(page.url.replace("/walk", "/wrap-up"))
    expect(page.get_by_text("a quiet one").first).to_be_visible()


def at(path: str, shows: str, **parameters: object) -> Callable[[Page, House], None]:
    def go(page: Page, house: House) -> None:
        page.goto(house.at(path, **parameters))
        expect(page.locator(shows).first).to_be_visible()

    return go


def one_of(section: str, kind: ActivityKind, shows: str) -> Callable[[Page, House], None]:
    """A journal as it is found outside sessions."""

    def go(page: Page, house: House) -> None:
        page.goto(house.at("knowledge", of=section, journal=house.activities[kind].about))
        expect(page.locator(shows).first).to_be_visible()

    return go


def written(page: Page, house: House) -> None:
    page.goto(house.at("knowledge", of="Rounds", journal=house.written))
    expect(page.get_by_label("Your answer", exact=True)).to_be_visible()


def brought(page: Page, house: House) -> None:
    """A dashboard that was dropped, with one of its stops open."""
    page.goto(house.at("import"))
    content = json.dumps(shop()).encode()
    file = {"name": "shop.json", "mimeType": "application/json", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator(".st-key-arranging")).to_be_visible()
    page.get_by_role("button", name="1 Front door").click()
    expect(page.locator(".st-key-import-open")).to_be_visible()


PAGES = {
    "home": home,
    "bringing a dashboard": at("import", ".st-key-bringing"),
    "a dashboard that was brought": brought,
    "no walk": at("walk", "h1"),
    "replay": replay,
    "no such vista": at("replay", "h1", vista=UUID(int=1)),
    "wrap-up": wrap_up,
    "library": at("library", "[class*=st-key-card-found-]"),
    "nothing to compare yet": at("compare", "h1"),
    "two to compare": comparison,
    "a replay beside another": beside,
    "sources": at("sources", "[class*=st-key-source-row-] >> text=A recording of"),
    "lobby": at("session", "[class*=st-key-door-]"),
    "no such session": at("session", "h1", room=UUID(int=1)),
    "decisions": at("knowledge", "[class*=st-key-card-]", of="Decisions"),
    "expertise": at("knowledge", "[class*=st-key-known-part-]", of="Expertise"),
    "wheels": at("knowledge", "[class*=st-key-card-]", of="Wheels"),
    "rounds": at("knowledge", "[class*=st-key-card-]", of="Rounds"),
    "matrices": at("knowledge", "[class*=st-key-card-]", of="Matrices"),
    "glossary": at("knowledge", "text=Explain a word", of="Glossary"),
    "a decision table": one_of("Decisions", ActivityKind.DECISIONS, ".mv-decision"),
    "a wheel": one_of("Wheels", ActivityKind.WHEEL, ".mv-segment"),
    "a round": one_of("Rounds", ActivityKind.QUESTION, ".mv-group-card"),
    "a matrix": one_of("Matrices", ActivityKind.MATRIX, ".mv-square"),
    "a round being written": written,
    "nothing to record with": at("record", "h1"),
    "a routine and its family": at("routine", ".st-key-routine-family", routine="landscape"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page(name: str, house: House, new_page: Callable[..., Page]) -> None:
    page = new_page(name="Maya")
    PAGES[name](page, house)
    nothing(found_with_all_that_opens(page))


def test_axe_finds_nothing_on_a_walk(house: House, new_page: Callable[..., Page]) -> None:
    """At every stop; with the line open on a chart, and with what was written there."""
    page = new_page(name="Maya")
    begin_a_walk(page, house)
    found = findings(page)
    for place in range(1, page.locator(".st-key-rail button").count()):
        page.locator(".st-key-rail button").nth(place).click()
        expect(page.locator(f"[class*=st-key-rail-here-{place + 1}]")).to_be_visible()
        found += found_with_all_that_opens(page)
    to_stop(page, "Front door")
    page.wait_for_selector(".mv-drawn .xtick text")
    drag(page, page.locator(".mv-target").first, 0.5, 0.8)
    expect(page.locator(".mv-composer:not([hidden])")).to_be_visible()
    found += findings(page)
    write(page, "busier than I thought")
    expect(page.locator(".st-key-margin")).to_contain_text("busier than I thought")
    nothing(found + found_with_all_that_opens(page))


@pytest.mark.parametrize("kind", ActivityKind)
def test_axe_finds_nothing_in_a_room(kind: ActivityKind, house: House, new_page: Callable[..., Page]) -> None:
    """As its host, who can do everything."""
    page = new_page(name="Maya")
    activity = house.activities[kind]
    page.goto(house.at("session", room=house.room, activity=activity.id))
    expect(page.locator(f".st-key-activity-{activity.id}")).to_be_visible()
    nothing(found_with_all_that_opens(page))


def test_axe_finds_nothing_in_a_matrix_seen_as_a_graph(house: House, new_page: Callable[..., Page]) -> None:
    page = new_page(name="Maya")
    PAGES["a matrix"](page, house)
    page.get_by_text("Graph", exact=True).click()
    expect(page.locator(".mv-square")).to_have_count(0)
    nothing(found_with_all_that_opens(page))


def test_axe_finds_nothing_in_what_the_keyboard_opens(house: House, new_page: Callable[..., Page]) -> None:
    """The keys of a walk, and the glossary."""
    page = new_page(name="Maya")
    begin_a_walk(page, house)
    page.locator(".mv-keys").wait_for(state="attached")
    rest(page)
    found: list[str] = []
    for key, dialog in (("?", "Keyboard shortcuts"), ("Alt+g", "Glossary")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        found += findings(page)
        page.keyboard.press("Escape")
    nothing(found)


def test_axe_finds_nothing_where_one_is_asked_who_one_is(house: House, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(house.at("session", room=house.room))
    expect(page.get_by_role("button", name="Join")).to_be_visible()
    nothing(found_with_all_that_opens(page))
