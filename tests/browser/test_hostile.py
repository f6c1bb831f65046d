"""Hostile input breaks no page: not what tools and people wrote, and not a stranger's file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import PATIENCE, rest
from tests.browser.hostile_vista import ELSEWHERE, LINE, STOPS, hostile_vista
from tests.servers.remembered import remember
from tests.vistas.sharing.making import bundle, members, vista, with_document, zipped
from vistas.sharing.document import SCHEMA
from vistas.store import Search, Store
from vistas.vista import Vista

APP = Path(__file__).parents[2] / "streamlit_app.py"
BROKEN = "[data-testid=stException], [data-testid=stAlertContentError]"
SAID = f"http://{ELSEWHERE}/p.png"
"""An address that is written out may be followed, by a click; it leads where it says."""
A_TURN = """new Promise(done => {
    const began = performance.now();
    setTimeout(() => done(performance.now() - began));
})"""
"""How many milliseconds the page takes to come round to something new."""
TURNS = 3
AT_ONCE = 2000
TRACES = ("Traceback", "encountered an error", "This page cannot be shown", "ValidationError")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    """The app's own store, filled from outside as a gathering or an import would."""
    (home / "data" / "blobs").mkdir(parents=True)
    opened = Store.open(f"sqlite:///{home / 'data' / 'vistas.db'}", home / "data" / "blobs")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def kept(store: Store) -> Vista:
    made = hostile_vista(saved=True)
    store.put(made)
    return made


@pytest.fixture(scope="module")
def walked(store: Store) -> Vista:
    made = hostile_vista(saved=False)
    store.put(made)
    return made


@pytest.fixture(scope="module")
def address(app_server: Callable[..., str], home: Path, kept: Vista, walked: Vista) -> str:
    """With the walker of the hostile vista looking, so that everything that is offered to its author is there."""
    settings = home / "vistas.toml"
    settings.write_text(
        f'person = {json.dumps(walked.author)}\nteam = {json.dumps(LINE[:80])}\ndata = "{home}/data"\n'
    )
    return app_server(APP, env={"VISTAS_CONFIG": str(settings)})


@pytest.fixture
def page(browser_page: Page) -> Iterator[Page]:
    """A page that must stay on this machine and run nobody's script but ours."""
    asked: list[str] = []
    remember(browser_page.context, LINE[:80])
    browser_page.on("request", lambda request: asked.append(request.url))
    yield browser_page
    strangers = {url[:200] for url in asked if not stays_here(url)}
    assert not strangers
    assert browser_page.evaluate("window.hurt") is None


def stays_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname == "127.0.0.1"


def expect_whole(page: Page) -> None:
    """Everything is drawn, nothing is broken, and the page still answers at once."""
    rest(page)
    expect(page.locator(BROKEN)).to_have_count(0)
    text = page.locator("[data-testid=stMain]").inner_text()
    assert [sign for sign in TRACES if sign in text] == []
    assert page.locator(f"a[href^='javascript'], img[src*='{ELSEWHERE}'], .katex").count() == 0
    addresses = page.locator(f"a[href*='{ELSEWHERE}']").evaluate_all("links => links.map(link => link.href)")
    assert set(addresses) <= {SAID}
    assert min(page.evaluate(A_TURN) for _ in range(TURNS)) < AT_ONCE


def at(address: str, place: str, vista: Vista, stop: str = "") -> str:
    return f"{address}/{place}?vista={vista.id}" + (f"&stop={stop}" if stop else "")


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.stop)
@pytest.mark.parametrize("place", ["walk", "replay"])
def test_every_stop_is_drawn_and_says_what_was_written(
    place: str, stop: object, address: str, walked: Vista, kept: Vista, page: Page
) -> None:
    """As text: the question stands there letter by letter. What is a click away is opened, too."""
    vista = walked if place == "walk" else kept
    page.goto(at(address, place, vista, stop.stop))
    expect(page.get_by_role("heading", level=1)).to_have_text(LINE, timeout=PATIENCE)
    drawn = {"lines": ".mv-drawn .xtick text", "tables": "tbody tr", "requests": ".mv-drawn .xtick text"}
    page.wait_for_selector(drawn[stop.stop], timeout=PATIENCE)
    expect(page.locator(".st-key-margin").get_by_text(LINE).first).to_be_visible(timeout=PATIENCE)
    expect_whole(page)
    for name in ("Why I look here", "What normal looks like"):
        page.get_by_role("radio", name=name).click()
        expect_whole(page)
    page.locator("[class*=st-key-from-] button").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible(timeout=PATIENCE)
    expect_whole(page)


@pytest.mark.parametrize("place", ["", "library", "sources"])
def test_pages_around_it_are_whole(place: str, address: str, kept: Vista, page: Page) -> None:
    """The card carries the name as it was written."""
    page.goto(f"{address}/{place}")
    if place != "sources":
        expect(
            page.locator("[class*=st-key-card-]").get_by_text(LINE).locator("visible=true").first
        ).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    expect_whole(page)


@pytest.mark.parametrize("saved", [True, False])
def test_wrap_up_is_whole(*, saved: bool, address: str, kept: Vista, walked: Vista, page: Page) -> None:
    """Every question and notice is there as text, and so is what could not be seen."""
    page.goto(at(address, "wrap-up", kept if saved else walked))
    expect(page.get_by_role("heading", name=LINE, exact=True)).to_have_count(len(STOPS), timeout=PATIENCE)
    expect_whole(page)


def test_one_can_walk_on_through_it(address: str, walked: Vista, page: Page) -> None:
    """The keys still turn the page, and the line can still be written into."""
    page.goto(at(address, "walk", walked, "lines"))
    page.wait_for_selector(".mv-drawn .xtick text", timeout=PATIENCE)
    page.get_by_role("button", name="Next").click()
    page.wait_for_selector("tbody tr", timeout=PATIENCE)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(f"{LINE} again")
    box.press("Enter")
    expect(page.locator(".st-key-margin").get_by_text(f"{LINE} again")).to_be_visible(timeout=PATIENCE)
    expect_whole(page)


def another_checksum() -> bytes:
    parts = members(bundle())
    name = next(name for name in parts if name.startswith("frames/"))
    parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])
    return zipped(parts).getvalue()


def a_future_schema() -> bytes:
    def future(document: dict[str, object]) -> None:
        document["schema"] = SCHEMA + 1

    return with_document(future).getvalue()


def a_bomb() -> bytes:
    return zipped({**members(bundle()), "vista.json": b" " * 4_000_000}).getvalue()


FILES = {
    "a bomb": (
        lambda: zipped({**members(bundle()), "vista.json": b" " * 4_000_000}).getvalue(),
        "times its size",
    ),
    "a way out": (
        lambda: zipped({**members(bundle()), "../../escaped": b"x"}).getvalue(),
        "the file has a part that does not belong in a vista",
    ),
    "another checksum": (another_checksum, "its checksum does not match"),
    "a future schema": (a_future_schema, "written by a newer version"),
    "no zip": (lambda: b"<script>window.hurt=1</script>" * 99, "this is not a .vista file"),
    "nothing": (lambda: b"", "this is not a .vista file"),
    "half of one": (lambda: bundle()[:900], "only a part of one"),
}


def everything(store: Store, home: Path) -> tuple[set[str], set[Path]]:
    """What is in the library, and which files there are."""
    found = store.library(Search(saved_only=False, limit=100)).vistas
    files = {path for path in home.parent.rglob("*") if path.is_file() and "vistas.db" not in path.name}
    return {str(vista.id) for vista in found}, files


def bring_in(page: Page, address: str, name: str, content: bytes) -> None:
    page.goto(f"{address}/library")
    expect(page.locator("[class*=st-key-card-found-]").first).to_be_visible(timeout=PATIENCE)
    rest(page)
    page.get_by_role("button", name="Import a .vista file").click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/zip", "buffer": content}
    )


@pytest.mark.parametrize("which", FILES)
def test_a_hostile_file_is_told_and_changes_nothing(
    which: str, address: str, store: Store, home: Path, page: Page
) -> None:
    make, says = FILES[which]
    page.goto(f"{address}/library")
    expect(page.locator("[class*=st-key-card-found-]").first).to_be_visible(timeout=PATIENCE)
    before = everything(store, home)
    bring_in(page, address, f"{which}.vista", make())
    told = page.get_by_test_id("stPopoverBody")
    expect(told).to_contain_text("nothing was changed", timeout=PATIENCE)
    expect(told).to_contain_text(says)
    assert everything(store, home) == before


def test_a_good_file_is_brought_in_and_replayed(address: str, store: Store, page: Page) -> None:
    """What the refusals above are measured against."""
    made = vista(title="From a friend")
    bring_in(page, address, "friend.vista", bundle(made))
    expect(page.locator(".st-key-replaying")).to_contain_text("From a friend", timeout=PATIENCE)
    assert store.vista(made.id).name == "From a friend"
