"""A look opened elsewhere asks there what it asked here, over the same times; or there is a reason for no link."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import windows
from vistas.linking import Elsewhere, Tool, is_reached_by_people, then_and_now, ways_out
from vistas.redaction import MASK
from vistas.routine import Look, NamedQuery
from vistas.snapshot import Provenance, Window

HERE = Elsewhere(
    Tool.PROMETHEUS,
    page="https://prometheus.example.org/shop",
    grafana="https://grafana.example.org",
    uid="main-1",
    org=2,
)
WINDOW = Window.ending(datetime(2026, 11, 30, 7, 30, tzinfo=UTC), timedelta(hours=12))
QUERIES = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=200).filter(
    lambda text: MASK not in text
)


def a_look(*queries: str, take: str = "range", **more: object) -> Look:
    return Look.model_validate(
        {"look": "a", "title": "A", "source": "prometheus", "take": take, "query": queries, **more}
    )


def provenance(query: str = "", window: Window = WINDOW) -> Provenance:
    return Provenance("main", "prometheus", query, window, window.end, timedelta(seconds=1))


def panes(address: str) -> dict[str, dict[str, object]]:
    """As Grafana reads them."""
    told = parse_qs(urlsplit(address).query, strict_parsing=True)
    assert told["schemaVersion"] == ["1"]
    read: dict[str, dict[str, object]] = json.loads(told["panes"][0])
    assert all(len(name) == 3 and re.search("[a-z]", name) for name in read)
    return read


def asked_of(pane: dict[str, object]) -> list[str]:
    queries = pane["queries"]
    assert isinstance(queries, list)
    assert len({query["refId"] for query in queries}) == len(queries)
    return [query["expr"] for query in queries]


def range_of(pane: dict[str, object]) -> tuple[datetime, datetime]:
    told = pane["range"]
    assert isinstance(told, dict)
    start, end = (datetime.fromtimestamp(int(told[at]) / 1000, tz=UTC) for at in ("from", "to"))
    return start, end


def address(links: tuple[object, ...], label: str) -> str:
    (found,) = [link for link in links if getattr(link, "label", None) == label]
    return str(getattr(found, "address", ""))


@given(st.lists(QUERIES, min_size=1, max_size=12, unique=True), windows(), st.sampled_from(["range", "instant"]))
def test_explore_asks_the_same_over_the_same_times(queries: list[str], window: Window, take: str) -> None:
    named = tuple(NamedQuery(name=f"{number} {{{{device}}}}", query=query) for number, query in enumerate(queries))
    look = a_look(take=take, queries=named)
    links = ways_out(look, provenance("joined", window), HERE)
    if links[0].reason:
        assert sum(map(len, queries)) > 500
        return
    (pane,) = panes(address(links, "Grafana Explore")).values()
    assert pane["datasource"] == "main-1"
    assert asked_of(pane) == queries
    start, end = range_of(pane)
    assert abs(start - window.start) <= timedelta(milliseconds=1)
    assert abs(end - window.end) <= timedelta(milliseconds=1)
    written = pane["queries"]
    assert isinstance(written, list)
    assert [each["legendFormat"] for each in written] == [each.name for each in named]
    assert {each["instant"] for each in written} == {take == "instant"}
    assert {each["range"] for each in written} == {take == "range"}


@given(st.lists(QUERIES, min_size=1, max_size=12, unique=True), windows(), st.sampled_from(["range", "instant"]))
def test_prometheus_asks_the_same_over_the_same_times(queries: list[str], window: Window, take: str) -> None:
    """To the second, as its page has them; a second that has begun belongs to it."""
    named = tuple(NamedQuery(name=str(number), query=query) for number, query in enumerate(queries))
    links = ways_out(a_look(take=take, queries=named), provenance("joined", window), HERE)
    if links[0].reason or all(link.label != "Prometheus" for link in links):
        assert sum(map(len, queries)) > 300
        return
    parts = urlsplit(address(links, "Prometheus"))
    told = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert parts.path == "/shop/graph"
    assert [told[f"g{number}.expr"] for number in range(len(queries))] == [[query] for query in queries]
    end = datetime.strptime(told["g0.end_input"][0], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    assert timedelta() <= end - window.end < timedelta(seconds=1)
    start = end - seconds(told["g0.range_input"][0])
    assert timedelta() <= window.start - start < timedelta(seconds=1)
    assert told["g0.moment_input"] == told["g0.end_input"]
    assert told["g0.tab"] == ["1" if take == "instant" else "0"]


def seconds(span: str) -> timedelta:
    """As Prometheus reads a span."""
    sizes = {"d": 86400, "h": 3600, "m": 60, "s": 1}
    return timedelta(seconds=sum(int(n) * sizes[unit] for n, unit in re.findall(r"(\d+)([dhms])", span)))


def test_of_alternatives_the_one_that_answered_is_opened() -> None:
    look = a_look("nginx_requests", "traefik_requests")
    (pane,) = panes(ways_out(look, provenance("traefik_requests"), HERE)[0].address).values()
    assert asked_of(pane) == ["traefik_requests"]


def test_of_alternatives_that_did_not_answer_all_are_opened() -> None:
    look = a_look("nginx_requests", "traefik_requests")
    (pane,) = panes(ways_out(look, provenance("nginx_requests | traefik_requests"), HERE)[0].address).values()
    assert asked_of(pane) == ["nginx_requests", "traefik_requests"]


@pytest.mark.parametrize(
    ("look", "query"),
    [(a_look(f'up{{token="{MASK}"}}'), f'up{{token="{MASK}"}}'), (a_look("up"), f'up{{token="{MASK}"}}')],
)
def test_what_was_masked_is_not_opened_and_says_why(look: Look, query: str) -> None:
    (link,) = ways_out(look, provenance(query), HERE)
    assert link.address == ""
    assert "masked" in link.reason


def test_what_is_too_long_for_an_address_says_so() -> None:
    named = tuple(NamedQuery(name=str(number), query="{" * 2000) for number in range(12))
    (link,) = ways_out(a_look(queries=named), provenance(), HERE)
    assert link.address == ""
    assert "too long" in link.reason


def test_a_source_without_pages_has_no_links() -> None:
    assert ways_out(a_look("up"), provenance("up"), Elsewhere(Tool.PROMETHEUS)) == ()
    assert ways_out(a_look(f"up{MASK}"), provenance(f"up{MASK}"), Elsewhere(Tool.PROMETHEUS)) == ()


def test_a_data_source_without_a_grafana_has_no_link() -> None:
    assert ways_out(a_look("up"), provenance("up"), Elsewhere(Tool.PROMETHEUS, uid="main")) == ()


def test_then_and_now_stand_side_by_side() -> None:
    earlier = Window(WINDOW.start - timedelta(days=7), WINDOW.end - timedelta(days=7))
    look = a_look("up")
    link = then_and_now((look, provenance("up", earlier), HERE), (look, provenance("up"), HERE))
    assert link
    read = panes(link.address)
    assert list(read) == ["thn", "now"]
    assert range_of(read["thn"]) == (earlier.start, earlier.end)
    assert range_of(read["now"]) == (WINDOW.start, WINDOW.end)


def test_then_and_now_are_of_one_grafana() -> None:
    look = a_look("up")
    there = Elsewhere(Tool.PROMETHEUS, grafana="https://other.example.org", uid="main-1")
    assert then_and_now((look, provenance("up"), there), (look, provenance("up"), HERE)) is None


def test_what_rings_opens_in_alertmanager_by_its_labels() -> None:
    """`state` is no label there, and an alert's name is one called alertname."""
    look = a_look(take="alerts", where={"alert": 'A "b" \\ &', "severity": "page", "state": "active"})
    there = Elsewhere(Tool.ALERTMANAGER, page="https://alerts.example.org")
    (link,) = ways_out(look, provenance(), there)
    page, _, behind = link.address.partition("?")
    assert page == "https://alerts.example.org/#/alerts"
    told = parse_qs(behind, strict_parsing=True)
    assert told["filter"] == ['{alertname="A \\"b\\" \\\\ &", severity="page"}']
    assert told["silenced"] == told["active"] == ["true"]


def test_log_lines_open_by_their_selector() -> None:
    there = Elsewhere(
        Tool.LOKI, grafana="https://grafana.example.org", uid="logs", selector='{app="ingress-nginx"}'
    )
    (link,) = ways_out(a_look(take="requests"), provenance("12 lines"), there)
    (pane,) = panes(link.address).values()
    (query,) = pane["queries"]  # type: ignore[misc]
    assert query["expr"] == '{app="ingress-nginx"}'
    assert query["datasource"] == {"type": "loki", "uid": "logs"}
    assert query["queryType"] == "range"


@pytest.mark.parametrize("take", ["alerts", "rules", "targets"])
def test_what_prometheus_has_a_page_of_opens_there(take: str) -> None:
    (link,) = ways_out(a_look(take=take), provenance(take), HERE)
    assert link.address == f"https://prometheus.example.org/shop/{take}"
    assert "as they are now" in link.label


@pytest.mark.parametrize(
    ("url", "anywhere", "on_this_machine"),
    [
        ("https://prometheus.example.org/x", True, True),
        ("http://10.1.2.3:9090", True, True),
        ("http://[fd00::1]:9090", True, True),
        ("http://localhost:9090", False, True),
        ("http://127.0.0.1:9090", False, True),
        ("http://[::1]:9090", False, True),
        ("http://prometheus:9090", False, False),
        ("http://prometheus.monitoring.svc:9090", False, False),
        ("http://prometheus.monitoring.svc.cluster.local.:9090", False, False),
        ("http://prometheus.eu-west-1.compute.internal", False, False),
    ],
)
def test_an_address_that_only_a_cluster_knows_is_no_page(url: str, anywhere: bool, on_this_machine: bool) -> None:
    assert is_reached_by_people(url, on_this_machine=False) is anywhere
    assert is_reached_by_people(url, on_this_machine=True) is on_this_machine
    links = ways_out(a_look("up"), provenance("up"), Elsewhere(Tool.PROMETHEUS, url=url))
    assert bool(links) is anywhere


def test_no_page_is_one_that_was_switched_off() -> None:
    there = Elsewhere(Tool.PROMETHEUS, page="", url="https://prometheus.example.org")
    assert ways_out(a_look("up"), provenance("up"), there) == ()


def test_a_page_of_its_own_wins_over_the_address_that_is_asked() -> None:
    there = Elsewhere(Tool.PROMETHEUS, page="https://p.example.org", url="https://prometheus.example.org")
    (link,) = ways_out(a_look("up"), provenance("up"), there)
    assert link.address.startswith("https://p.example.org/graph?")
