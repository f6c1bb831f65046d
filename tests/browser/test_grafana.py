"""A look opens in Grafana and Prometheus, then and now side by side; a notice goes to Grafana and is followed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings
from tests.browser.gestures import drag, rest, write
from tests.servers.grafana import ALL, DELETE, GrafanaServer
from vistas.sharing import read_bundle
from vistas.store import Store
from vistas.vista import Vista
from vistas.workspace import bundled

APP = Path(__file__).parents[2] / "streamlit_app.py"

IN_GRAFANA = re.compile(r"(^|\s)In Grafana")
"""Unlike *Annotate in Grafana*."""


@dataclass(frozen=True)
class Team:
    """The app of a team that has a Grafana, with Thursday and Friday in its library."""

    address: str
    grafana: GrafanaServer
    mornings: tuple[Vista, ...]

    def at(self, stop: str, **more: object) -> str:
        asked = {"vista": self.mornings[-1].id, "stop": stop, **more}
        return f"{self.address}/walk?{'&'.join(f'{key}={value}' for key, value in asked.items())}"


@pytest.fixture
def team(app_server: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    home = tmp_path_factory.mktemp("grafana")
    mornings = tuple(read_bundle(path) for path in bundled())
    store = Store.open(f"sqlite:///{home}/data/vistas.db", home / "data" / "blobs")
    for vista in mornings:
        store.put(vista)
    store.close()
    with GrafanaServer() as grafana:
        (home / "vistas.toml").write_text(
            f'[grafana]\nurl = "{grafana.url}"\ntoken_env = "GRAFANA_TOKEN"\ntags = ["shop"]\n'
            '[sources.prometheus]\ntype = "prometheus"\nurl = "http://127.0.0.1:9"\n'
            '[sources.prometheus.open]\npage = "https://prometheus.example.org"\ngrafana_uid = "main"\n'
        )
        env = {"VISTAS_DATA": str(home / "data"), "HOME": str(home), "VISTAS_CONFIG": str(home / "vistas.toml")}
        yield Team(app_server(APP, env={**env, "GRAFANA_TOKEN": grafana.token}), grafana, mornings)


def panes(link: Locator) -> list[dict[str, object]]:
    told = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    return list(json.loads(told["panes"][0]).values())


def notice(page: Page) -> Locator:
    return page.locator("[class*=st-key-notice-drawn-]", has_text="it fell <here>")


def close(page: Page) -> None:
    """What was opened to change something stays open once it was saved."""
    rest(page)
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)


def test_a_look_opens_elsewhere_over_the_same_times(team: Team, browser_page: Page) -> None:
    page, (then, now) = browser_page, team.mornings
    page.goto(team.at("errors", beside=then.id))
    expect(page.locator(".mv-target").first).to_be_visible()
    rest(page)
    page.get_by_role("button", name="Where this comes from").first.click()
    (pane,) = panes(page.get_by_role("link", name="Grafana Explore", exact=True))
    share = next(each for each in now.at("errors") if each.look == "share")
    assert pane["range"] == {
        "from": str(round(share.provenance.asked.start.timestamp() * 1000)),
        "to": str(round(share.provenance.asked.end.timestamp() * 1000)),
    }
    assert [query["expr"] for query in pane["queries"]] == [share.provenance.query]  # type: ignore[attr-defined]
    graph = page.get_by_role("link", name="Prometheus", exact=True).get_attribute("href") or ""
    assert graph.startswith("https://prometheus.example.org/graph?g0.expr=")
    assert findings(page, "[data-testid=stPopoverBody]") == []
    page.keyboard.press("Escape")
    before, after = panes(page.get_by_role("link", name="Then and now in Grafana Explore").first)
    assert before["queries"] == after["queries"] == pane["queries"]
    assert after["range"] == pane["range"] != before["range"]


def test_a_notice_goes_to_grafana_and_follows_there(
    team: Team, browser_page: Page, new_page: Callable[..., Page]
) -> None:
    """Nothing is sent before the click; what is edited and removed here is there, too."""
    page, kept = browser_page, team.grafana.annotations
    page.goto(team.at("errors"))
    expect(page.locator(".mv-target").first).to_be_visible()
    rest(page)
    drag(page, page.locator(".mv-target").first, 0.4, 0.6)
    write(page, "it fell <here>")
    notice(page).get_by_role("button", name="Annotate in Grafana").click()
    expect(page.get_by_text("Maya, noticed. Checkout is stuck, and parser leaks")).to_be_visible()
    page.get_by_text("Word for word").click()
    expect(page.get_by_text("it fell &lt;here&gt;")).to_be_visible()
    assert findings(page, "[data-testid=stPopoverBody]") == []
    assert kept == {}
    page.get_by_role("button", name="Annotate", exact=True).click()
    expect(notice(page).get_by_role("button", name=IN_GRAFANA)).to_be_visible()
    (number,) = kept
    assert kept[number]["text"].startswith('it fell &lt;here&gt;\nMaya, noticed. <a href="http')
    assert kept[number]["tags"] == ["morning-vistas", "shop"]
    assert kept[number]["timeEnd"] > kept[number]["time"]

    mate = new_page(name="Jonas")
    mate.goto(page.url)
    expect(notice(mate)).to_be_visible()
    expect(notice(mate).get_by_role("button", name=IN_GRAFANA)).to_have_count(0)

    rest(page)
    notice(page).get_by_role("button", name="Edit or remove").click()
    page.get_by_label("What you noticed").fill("it fell <here>, and rose")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(notice(page)).to_contain_text("and rose")
    close(page)
    assert kept[number]["text"].startswith("it fell &lt;here&gt;, and rose\n")

    notice(page).get_by_role("button", name="Edit or remove").click()
    page.get_by_text("In Grafana too").click()
    page.get_by_label("What you noticed").fill("it fell <here>, and rests")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(notice(page)).to_contain_text("and rests")
    close(page)
    assert "and rests" not in kept[number]["text"]
    notice(page).get_by_role("button", name=IN_GRAFANA).click()
    page.get_by_role("button", name="Update in Grafana").click()
    expect(page.get_by_text("It stands in Grafana as it stands here.")).to_be_visible()
    assert "and rests" in kept[number]["text"]
    close(page)

    team.grafana.may = ALL - {DELETE}
    notice(page).get_by_role("button", name="Edit or remove").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("needs the permission annotations:delete")).to_be_visible()
    team.grafana.may = ALL
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(notice(page)).to_have_count(0)
    assert kept == {}
