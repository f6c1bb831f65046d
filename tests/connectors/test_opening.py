"""`[sources.NAME.open]`: which addresses are taken, and what a source says of where it can be seen."""

from __future__ import annotations

from typing import Any

import pytest

from vistas.errors import SettingsError
from vistas.linking import Elsewhere, Tool
from vistas.redaction import Redactor
from vistas.source import build_source

PROMETHEUS = {"type": "prometheus", "url": "https://prometheus.example.org/x/"}
LOKI = {"url": "http://loki-gateway", "selector": '{app="ingress-nginx"}'}


def elsewhere(table: dict[str, Any]) -> Elsewhere:
    found = build_source("main", table, Redactor(b"key")).elsewhere  # type: ignore[attr-defined]
    assert isinstance(found, Elsewhere)
    return found


def test_an_address_without_credentials_may_be_one_for_people() -> None:
    assert elsewhere(PROMETHEUS) == Elsewhere(Tool.PROMETHEUS, url="https://prometheus.example.org/x")


@pytest.mark.parametrize(
    "credentials",
    [
        {"username": "reader", "password_env": "P"},
        {"bearer_token_env": "T"},
        {"headers": {"X-Scope-OrgID": "shop"}},
        {"client_cert": "client.pem"},
    ],
)
def test_where_credentials_are_wanted_the_address_is_no_page(credentials: dict[str, Any]) -> None:
    assert elsewhere({**PROMETHEUS, **credentials}).url == ""
    page = {"open": {"page": "https://p.example.org"}}
    assert elsewhere({**PROMETHEUS, **credentials, **page}).page == "https://p.example.org"


def test_all_that_can_be_set_is_kept() -> None:
    to = {"page": "", "grafana": "https://g.example.org/", "grafana_uid": "main_1", "grafana_org": 2}
    there = elsewhere({**PROMETHEUS, "open": to})
    assert (there.page, there.grafana, there.uid, there.org) == ("", "https://g.example.org", "main_1", 2)


def test_alertmanager_has_a_page_and_loki_a_grafana() -> None:
    alerts = {"type": "alertmanager", "url": "http://a:9093", "open": {"page": "https://alerts.example.org"}}
    assert elsewhere(alerts).page == "https://alerts.example.org"
    there = elsewhere({"type": "ingress", "loki": {**LOKI, "open": {"grafana_uid": "loki"}}})
    assert (there.tool, there.uid, there.selector) == (Tool.LOKI, "loki", '{app="ingress-nginx"}')


def test_logs_in_files_can_be_seen_nowhere_else() -> None:
    source = build_source("door", {"type": "ingress", "files": ["access.log"]}, Redactor(b"key"))
    assert source.elsewhere is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ({"page": "javascript:alert(1)"}, "sources.main.open.page: write a full address"),
        ({"page": "https://ann:hunter2@p.example.org"}, "sources.main.open.page: no user or password"),
        ({"page": "https://p.example.org/?x=1"}, "sources.main.open.page: write the address up to"),
        ({"grafana": "ftp://g", "grafana_uid": "a"}, "sources.main.open.grafana: write a full address"),
        ({"grafana": "https://g.example.org"}, "sources.main.open: needs grafana_uid"),
        ({"grafana_uid": "a b"}, "sources.main.open.grafana_uid"),
        ({"uid": "a"}, "sources.main.open.uid is not a setting; known are grafana, grafana_org,"),
    ],
)
def test_what_is_wrong_is_named_and_not_told(to: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        build_source("main", {**PROMETHEUS, "open": to}, Redactor(b"key"))
    assert str(refused.value).startswith(says)
    assert "hunter2" not in str(refused.value)


def test_a_page_of_alertmanager_is_all_that_can_be_opened() -> None:
    table = {"type": "alertmanager", "url": "http://a:9093", "open": {"grafana_uid": "a"}}
    with pytest.raises(SettingsError, match=r"open\.grafana_uid is not a setting; known are page"):
        build_source("main", table, Redactor(b"key"))
