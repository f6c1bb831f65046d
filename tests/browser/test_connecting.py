"""From an empty folder to a walk over one's own tools, by the page alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.gestures import rest
from tests.servers.fixtures import require
from tests.servers.landscape import Landscape, landscape

pytestmark = pytest.mark.live

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(scope="module")
def shop() -> Iterator[Landscape]:
    require("prometheus", "etcd", "kube-apiserver", "nginx")
    with landscape() as running:
        yield running


def connect(page: Page, pasted: str, told: str) -> None:
    """What it is told to be, and kept under the name that it was given."""
    field = page.get_by_label("What to connect")
    field.fill(pasted)
    field.press("Enter")
    found = page.locator(".st-key-connect-found")
    expect(found.get_by_role("heading", name=told)).to_be_visible()
    rest(page)
    found.get_by_role("button", name="Keep it").click()
    expect(found).to_have_count(0)


def test_three_tools_are_connected_walked_and_saved(
    app_server: Callable[..., str], browser_page: Page, shop: Landscape, tmp_path: Path
) -> None:
    """Nothing is edited and nothing restarted; what was removed comes back by a click."""
    (folder := tmp_path / "mine").mkdir()
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "VISTAS_DATA": str(tmp_path / "data")}
    page = browser_page
    page.goto(f"{app_server(APP, env={**env, 'VISTAS_PERSON': 'Maya'}, folder=folder)}/sources")
    expect(page.get_by_text("None of yours is connected yet")).to_be_visible()
    rest(page)
    assert findings(page) == []

    connect(page, f"127.0.0.1:{shop.prometheus.port}/graph?g0.expr=up", "Prometheus")
    expect(page.locator(".st-key-source-row-prometheus").get_by_text("answers at")).to_be_visible()
    connect(page, str(shop.kube_api.kubeconfig), "Kubernetes")
    connect(page, str(shop.nginx.access_log), "log")
    rows = page.locator("[class*=st-key-source-row-]")
    expect(rows).to_have_count(3)
    rest(page)
    assert findings(page) == []
    written = (folder / "vistas.toml").read_text()
    assert written.count("[sources.") == 3

    rows.first.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(3)
    assert (folder / "vistas.toml").read_text() == written
    rows.first.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("paused by Maya")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text("paused by Maya")).to_have_count(0)

    before = (folder / "vistas.toml").read_text()
    rows.filter(has_text="prometheus").first.get_by_role("button", name="Change").click()
    page.get_by_label("Name", exact=True).fill("metrics")
    page.get_by_label("Address").fill(f"http://localhost:{shop.prometheus.port}")
    page.get_by_role("button", name="Save").click()
    expect(rows.filter(has_text="metrics").get_by_text("localhost")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(rows.filter(has_text="metrics")).to_have_count(0)
    assert (folder / "vistas.toml").read_text() == before

    field = page.get_by_label("What to connect")
    field.fill(f"http://127.0.0.1:{shop.prometheus.port}")
    field.press("Enter")
    expect(page.get_by_text("It is connected already")).to_be_visible()

    page.get_by_role("link", name="Morning Vistas").click()
    page.get_by_role("button", name="Start the morning walk").click()
    expect(page.locator("[class*=st-key-rail-here]")).to_be_visible()
    expect(page.locator(".st-key-gathering")).to_have_count(0)
    page.locator(".st-key-rail").get_by_role("button", name="Front door").click()
    expect(page.locator(".mv-drawn").first).to_be_visible()


def test_what_cannot_be_connected_says_why(
    app_server: Callable[..., str], browser_page: Page, tmp_path: Path
) -> None:
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "VISTAS_DATA": str(tmp_path / "data")}
    page = browser_page
    page.goto(f"{app_server(APP, env=env, folder=tmp_path)}/sources")
    field = page.get_by_label("What to connect")
    field.fill("http://127.0.0.1:9")
    field.press("Enter")
    found = page.locator(".st-key-connect-found")
    expect(found.get_by_text("Is it running, and is the port right?")).to_be_visible()
    rest(page)
    assert findings(page) == []
    found.get_by_role("button", name="Never mind").click()
    expect(found).to_have_count(0)
    assert not (tmp_path / "vistas.toml").exists()
