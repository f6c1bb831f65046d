"""A dependency matrix marked by two at once: blind, then revealed, and what they see differently asked next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import rest
from tests.servers.remembered import remember
from tests.waiting import eventually
from vistas.practice import Notebooks
from vistas.practice.matrix import Hardness
from vistas.practice.matrix.entries import BlindBegan, CellNoticed, ElementAdded
from vistas.practice.session import Activity, ActivityKind
from vistas.practice.session.entries import HostTaken, Planned, Turned
from vistas.store import Store
from vistas.vista import new_id

APP = Path(__file__).parents[2] / "streamlit_app.py"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SHOP, CART, BASE = (UUID(int=number) for number in range(1, 4))
ADDED = (
    ElementAdded(id=SHOP, name="shop"),
    ElementAdded(id=CART, name="cart"),
    ElementAdded(id=BASE, name="base"),
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Nothing is connected."""
    home = tmp_path_factory.mktemp("matrix")
    return {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "XDG_CONFIG_HOME": str(home)}


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], environment: dict[str, str]) -> str:
    return app_server(APP, env=environment)


@pytest.fixture
def notebooks(address: str, environment: dict[str, str]) -> Iterator[Notebooks]:
    """The app's own, opened beside it."""
    data = environment["VISTAS_DATA"]
    store = Store.open(f"sqlite:///{data}/vistas.db", Path(data) / "blobs")
    yield Notebooks(store.journals)
    store.close()


def open_matrix(page: Page, url: str, name: str) -> Page:
    remember(page.context, name)
    page.goto(url)
    expect(page.locator(".mv-square")).to_have_count(6)
    rest(page)
    return page


def square(page: Page, needs: UUID = SHOP, needed: UUID = CART) -> Locator:
    return page.locator(f'[data-at="{needs}/{needed}"]')


def mark(page: Page, key: str, needs: UUID = SHOP, needed: UUID = CART) -> None:
    square(page, needs, needed).focus()
    page.keyboard.press(key)


def test_blind_marks_are_seen_by_nobody_else_until_they_are_revealed_and_asked_about(
    address: str, notebooks: Notebooks, new_page: Callable[..., Page]
) -> None:
    """In a room: what two mark apart from each other becomes the next question on the agenda."""
    journal = notebooks.matrices.begin("Path", *ADDED, BlindBegan(), by="Maya", at=NOW)
    activity = Activity(id=new_id(), kind=ActivityKind.MATRIX, title="Path", about=journal)
    room = notebooks.sessions.begin(
        "Monday",
        HostTaken(host="Maya"),
        Planned(activity=activity),
        Turned(activity=activity.id),
        by="Maya",
        at=NOW,
    )
    maya, tomas = (open_matrix(new_page(), f"{address}/session?room={room}", name) for name in ("Maya", "Tomás"))
    mark(maya, "1")
    mark(tomas, "3")
    mark(tomas, "2", CART, BASE)
    assert eventually(lambda: len(notebooks.matrices.read(journal).beliefs.get("Tomás", {})) == 2)
    for page in (maya, tomas):
        expect(page.get_by_text("2 people have marked so far")).to_be_visible()
        expect(square(page).locator(".mv-band-of")).to_have_count(1)
    expect(square(maya)).to_have_attribute("aria-label", "shop needs cart; you: stops us")
    expect(square(maya, CART, BASE).locator(".mv-band-of")).to_have_count(0)
    tomas.get_by_role("button", name="Reveal").click()
    asks = "When cart is gone: does it stop shop, or only slow it? What have you seen?"
    for page in (maya, tomas):
        expect(square(page).locator(".mv-band-of")).to_have_count(2)
        expect(page.get_by_text(asks)).to_be_visible()
    maya.locator(f".st-key-matrix-question-{SHOP.hex}-{CART.hex}").get_by_role("button").click()

    def planned() -> bool:
        return [
            each.title for each in notebooks.sessions.read(room).agenda if each.kind is ActivityKind.QUESTION
        ] == [asks]

    assert eventually(planned)


def test_keys_walk_over_the_diagonal_and_go_through_the_answers(
    address: str, notebooks: Notebooks, new_page: Callable[..., Page]
) -> None:
    """A notice that one is writing stays while another writes one on the same cell."""
    journal = notebooks.matrices.begin("Path", *ADDED, by="Maya", at=NOW)
    page = open_matrix(new_page(), f"{address}/knowledge?of=Matrices&journal={journal}", "Maya")
    expect(page.get_by_role("button", name="Maya")).to_be_visible()
    square(page, SHOP, CART).click()
    expect(square(page, SHOP, CART).locator(".mv-hard-1.mv-mine")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(square(page, BASE, CART)).to_be_focused()
    for hardness in (1, 2, 3):
        page.keyboard.press("Enter")
        expect(square(page, BASE, CART).locator(f".mv-hard-{hardness}.mv-mine")).to_be_visible()
    line = page.get_by_label("A notice on this cell")
    line.fill("Since the move")
    other = CellNoticed(id=new_id(), needs=BASE, needed=CART, text="Only on Mondays")
    notebooks.matrices.write(journal, other, by="Tomás", at=NOW)
    expect(page.locator(".mv-cell-notice")).to_contain_text(["Only on Mondays"])
    expect(line).to_be_focused()
    expect(line).to_have_value("Since the move")
    line.press("Enter")
    expect(page.locator(".mv-cell-notice")).to_contain_text(["Only on Mondays", "Since the move"])

    def kept() -> bool:
        marks = notebooks.matrices.read(journal).beliefs.get("Maya", {})
        return marks == {(SHOP, CART): Hardness.STOPS, (BASE, CART): Hardness.SLOWS}

    assert eventually(kept)
