"""A walk of one namespace: chosen from what Prometheus knows, kept in the name and in the address."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.gestures import place_of, rest
from tests.servers import Prometheus, Series
from tests.servers.fixtures import require

APP = Path(__file__).parents[2] / "streamlit_app.py"
SETTINGS = """\
data = "data"
routines = "routines"
[sources.main]
type = "prometheus"
url = "{url}"
[sources.gone]
type = "prometheus"
url = "http://127.0.0.1:9"
"""
SHOP = """\
routine: shop
title: One of our shops
about: What runs in a namespace, and whether its machine was well.
window: 1h
variables:
  - {variable: namespace, title: Namespace, label: namespace, of: shop_pod_info, source: main}
  - {variable: team, title: Team, label: team, source: gone, several: true, every: .*}
stops:
  - stop: pods
    title: Pods
    question: What runs in $namespace?
    why: To know.
    normal: A few.
    plainly: Programs.
    looks:
      - look: both
        title: Pods and restarts of $namespace
        text: What is restarting often may be short of memory.
        source: main
        take: range
        offset: 1m
        queries:
          - {name: "pods of {{namespace}}", query: 'sum by (namespace) (shop_pod_info{namespace="$namespace"})'}
          - {name: restarts, query: 'sum(shop_restarts{namespace="$namespace"})'}
      - look: machine
        title: Its machine
        source: main
        take: range
        query: shop_machine
        draw: states
        states: {0: down, 1: up}
        name: "{{machine}}"
"""


@pytest.fixture(scope="module")
def prometheus() -> Iterator[Prometheus]:
    require("prometheus")
    with Prometheus() as server:
        written(server)
        yield server


def written(prometheus: Prometheus) -> None:
    now = time.time()
    times = [now - 60 * minute for minute in range(20, 0, -1)]
    prometheus.remote_write(
        [
            *(
                Series({"__name__": name, "namespace": namespace}, [(at, float(many)) for at in times])
                for namespace, many in (("checkout", 3), ("search", 5))
                for name in ("shop_pod_info", "shop_restarts")
            ),
            Series(
                {"__name__": "shop_machine", "machine": "machine-1"},
                [(at, float(not 8 < place < 12)) for place, at in enumerate(times)],
            ),
        ]
    )


def test_a_namespace_is_chosen_walked_and_kept(
    app_server: Callable[..., str], prometheus: Prometheus, browser_page: Page, tmp_path: Path
) -> None:
    """From what the tool has; a tool that is gone does not keep one from typing, and a link chooses beforehand."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "shop.yaml").write_text(SHOP)
    (tmp_path / "vistas.toml").write_text(SETTINGS.format(url=prometheus.url))
    address = app_server(APP, env={"VISTAS_CONFIG": str(tmp_path / "vistas.toml")})
    page = browser_page
    page.goto(address)
    page.get_by_text("Another path, or another window").click()
    card = page.locator(".st-key-path-shop")
    card.get_by_role("button", name="Walk").click()
    expect(card.get_by_text("Choose Namespace first.")).to_be_visible()
    expect(card.get_by_text("You can type a value.")).to_be_visible()
    expect(card.get_by_text("Asking")).to_have_count(0)
    rest(page)
    namespace = card.get_by_role("combobox", name="Namespace")
    place_of(namespace)  # A list that opens while the page still scrolls is closed again.
    namespace.click()
    options = page.get_by_role("option")
    expect(options).to_have_text(["checkout", "search"])
    options.filter(has_text="search").click()
    expect(card.get_by_text("Choose Namespace first.")).to_have_count(0)
    team = card.get_by_role("combobox", name="Team")
    team.fill("platform")
    team.press("Enter")
    team.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert findings(page) == []
    card.get_by_role("button", name="Walk").click()
    expect(page.get_by_role("heading", name="What runs in search?")).to_be_visible()
    expect(page.locator(".mv-label")).to_have_count(2)
    assert set(page.locator(".mv-label").all_inner_texts()) == {"pods of search", "restarts"}
    expect(page.get_by_text("1 minute earlier")).to_be_visible()
    expect(page.get_by_text("What is restarting often may be short of memory.")).to_be_visible()
    expect(page.locator(".mv-state").first).to_have_text("up")
    expect(page).to_have_url(re.compile("of-namespace=search.*of-team=platform"))
    page.reload()
    expect(page.get_by_role("heading", name="What runs in search?")).to_be_visible()
    expect(page).to_have_url(re.compile("of-namespace=search"))
    assert findings(page) == []
    page.get_by_role("button", name="Wrap up").click()
    title = page.get_by_label("What was this morning about?")
    expect(title).to_have_value(re.compile("^One of our shops · search · platform, "))
    page.get_by_role("button", name="Save this morning").click()
    page.get_by_role("button", name="Replay").click()
    page.get_by_role("button", name=re.compile("Walk today as")).click()
    dialog = page.get_by_role("dialog")
    again = dialog.get_by_role("combobox", name="Namespace")
    expect(again).to_have_value("search")
    again.click()
    options.filter(has_text="checkout").click()
    dialog.get_by_role("button", name=re.compile("Walk today as")).click()
    expect(page.get_by_role("heading", name="What runs in checkout?")).to_be_visible()
    expect(page.get_by_text("following One of our shops · search")).to_be_visible()
    page.goto(f"{address}/?of-namespace=checkout")
    expect(card.get_by_role("combobox", name="Namespace")).to_have_value("checkout")
