"""A decision table that several write in at once: both keep their words, and nobody is disturbed while typing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.gestures import rest
from tests.servers.remembered import remember
from tests.vistas.sharing.making import PODS, vista
from tests.waiting import eventually
from vistas.practice import Notebook, Notebooks
from vistas.practice.decisions import COLUMNS, DecisionTable, Evidence, Field
from vistas.practice.decisions.entries import DecisionEntry, Linked, RowAdded, RowMoved, Wrote
from vistas.store import Store
from vistas.vista import new_id

APP = Path(__file__).parents[2] / "streamlit_app.py"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)
STORY = "It began with one slow card payment, and for an hour nobody thought of the provider. " * 3


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decisions")


@pytest.fixture(scope="module")
def address(data: Path, app_server: Callable[..., str]) -> str:
    return app_server(APP, env={"VISTAS_DATA": str(data)})


@pytest.fixture(scope="module")
def store(data: Path, address: str) -> Iterator[Store]:
    """The app's own, opened beside it."""
    opened = Store.open(f"sqlite:///{data}/vistas.db", data / "blobs")
    yield opened
    opened.close()


@pytest.fixture
def tables(store: Store) -> Notebook[DecisionTable, DecisionEntry]:
    return Notebooks(store.journals).decisions


def wrote(text: str, row: UUID = ONE, field: Field = Field.DECISION, *knew: UUID) -> Wrote:
    return Wrote(id=new_id(), row=row, field=field, text=text, knew=frozenset(knew))


def begun(tables: Notebook[DecisionTable, DecisionEntry], *more: DecisionEntry) -> UUID:
    return tables.begin("One night", wrote("Roll back?"), wrote("Wake them?", TWO), *more, by="Ada", at=NOW)


def open_table(page: Page, address: str, journal: UUID, name: str) -> Page:
    remember(page.context, name)
    page.goto(f"{address}/knowledge?of=Decisions&journal={journal}")
    expect(page.locator(".mv-decision")).to_have_count(2)
    rest(page)
    return page


def cell(page: Page, field: Field, row: UUID = ONE) -> Locator:
    return page.locator(f'[data-at="{row}/{field}"]')


def begin_to_write(page: Page, field: Field, text: str) -> Locator:
    """Open a cell and type; what is typed is not kept yet."""
    cell(page, field).locator(".mv-face").click()
    line = page.locator(".mv-editor textarea")
    expect(line).to_be_focused()
    page.keyboard.type(text)
    return line


def test_two_who_write_one_cell_at_once_both_keep_their_words_until_one_joins_them(
    address: str, tables: Notebook[DecisionTable, DecisionEntry], new_page: Callable[..., Page]
) -> None:
    journal = begun(tables)
    maya, tomas = (open_table(new_page(), address, journal, name) for name in ("Maya", "Tomás"))
    begin_to_write(maya, Field.CUES, "The queue grew")
    begin_to_write(tomas, Field.CUES, "No 5xx at all")
    maya.keyboard.press("Control+Enter")
    expect(tomas.locator(".mv-news")).to_contain_text("Maya wrote here in the meantime")
    expect(tomas.locator(".mv-editor textarea")).to_have_value("No 5xx at all")
    tomas.keyboard.press("Control+Enter")
    for page in (maya, tomas):
        expect(cell(page, Field.CUES).locator(".mv-one-of .mv-words")).to_have_text(
            ["The queue grew", "No 5xx at all"]
        )
    cell(maya, Field.CUES).get_by_role("button", name="Combine").click()
    expect(maya.locator(".mv-editor textarea")).to_have_value("The queue grew\nNo 5xx at all")
    maya.keyboard.press("Tab")
    expect(maya.locator(".mv-editor-title")).to_have_text("Strategies")
    for page in (maya, tomas):
        expect(cell(page, Field.CUES).locator(".mv-face .mv-words")).to_have_text("The queue grew\nNo 5xx at all")


def test_typing_goes_on_while_others_write(
    address: str, tables: Notebook[DecisionTable, DecisionEntry], new_page: Callable[..., Page]
) -> None:
    """Twenty updates come in meanwhile: other cells, this very cell, rows that move and rows that are new."""
    journal = begun(tables)
    page = open_table(new_page(), address, journal, "Maya")
    line = begin_to_write(page, Field.STRATEGIES, "Wait, then go. ")
    others = [wrote(f"said meanwhile {number}", TWO, field) for number, field in enumerate(COLUMNS[1:] * 2)]
    changes = [
        wrote("also here", ONE, Field.STRATEGIES),
        RowMoved(row=ONE),
        RowAdded(row=UUID(int=3)),
        *others[:17],
    ]
    step = len(STORY) // len(changes)
    for place, change in enumerate(changes):
        tables.write(journal, change, by="Tomás", at=NOW)
        page.keyboard.type(STORY[place * step : (place + 1) * step], delay=5)
    page.keyboard.type(STORY[len(changes) * step :])
    expect(page.locator(".mv-decision")).to_have_count(3)
    expect(page.locator(".mv-news")).to_contain_text("also here")
    expect(line).to_be_focused()
    expect(line).to_have_value(f"Wait, then go. {STORY}")
    cell(page, Field.WHO).locator(".mv-face").click()
    expect(page.locator(".mv-editor-title")).to_have_text("Who to ask")
    page.keyboard.press("Escape")

    def kept() -> bool:
        row = tables.read(journal).row(ONE)
        return row is not None and {"also here", f"Wait, then go. {STORY}".strip()} == {
            said.text for said in row.cell(Field.STRATEGIES).texts
        }

    assert eventually(kept)


def test_what_one_has_begun_to_write_outlives_a_reload(
    address: str, tables: Notebook[DecisionTable, DecisionEntry], new_page: Callable[..., Page]
) -> None:
    page = open_table(new_page(), address, begun(tables), "Maya")
    begin_to_write(page, Field.ERRORS, "Rolling back because one can")
    page.reload()
    expect(cell(page, Field.ERRORS)).to_contain_text("Not saved yet")
    rest(page)
    cell(page, Field.ERRORS).locator(".mv-face").click()
    expect(page.locator(".mv-editor textarea")).to_have_value("Rolling back because one can")


def test_evidence_opens_its_stop_as_it_was(
    address: str, store: Store, tables: Notebook[DecisionTable, DecisionEntry], new_page: Callable[..., Page]
) -> None:
    kept = vista()
    store.put(kept)
    seen = Evidence(title="Pods restart", routine="landscape", stop="errors", look=PODS.look, vista=kept.id)
    page = open_table(new_page(), address, begun(tables, Linked(id=new_id(), row=ONE, evidence=seen)), "Maya")
    with page.context.expect_page() as opened:
        cell(page, Field.CUES).get_by_role("link", name="Pods restart, as it was").click()
    replay = opened.value
    expect(replay).to_have_url(re.compile(f"/replay\\?vista={kept.id}&stop=errors"))
    expect(replay.get_by_role("heading", name="Whom do we fail?")).to_be_visible()
