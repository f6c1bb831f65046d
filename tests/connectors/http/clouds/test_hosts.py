"""A managed Prometheus that somebody pastes is signed in to as its cloud wants it."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.http.clouds.hosts import sign_in_at
from connectors.http.settings import HttpSettings
from connectors.prometheus.finding import meant
from vistas.extensions.discovery import Machine

HOME = Machine({}, Path("/nowhere"), Path("/nowhere"))


@pytest.mark.parametrize(
    ("pasted", "base", "signs_in"),
    [
        (
            "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1/api/v1/query",
            "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1",
            {"sign_in": "aws", "region": "eu-central-1"},
        ),
        (
            "https://monitoring.googleapis.com/v1/projects/shop/location/global/prometheus",
            "https://monitoring.googleapis.com/v1/projects/shop/location/global/prometheus",
            {"sign_in": "google"},
        ),
        (
            "https://shop-a1b2.eastus.prometheus.monitor.azure.com",
            "https://shop-a1b2.eastus.prometheus.monitor.azure.com",
            {"sign_in": "azure"},
        ),
    ],
)
def test_what_is_pasted_says_how_to_sign_in(pasted: str, base: str, signs_in: dict[str, str]) -> None:
    offer = next(offer for offer in meant(pasted, HOME) if offer.table["url"] == base)
    assert offer.table == {"type": "prometheus", "url": base, **signs_in}
    HttpSettings.model_validate({key: value for key, value in offer.table.items() if key != "type"})


@pytest.mark.parametrize(
    "url",
    [
        "http://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1",
        "https://aps-workspaces.eu-central-1.amazonaws.com.example.org",
        "https://example.org/monitoring.googleapis.com",
        "https://prometheus.monitor.azure.com.example.org",
        "http://localhost:9090",
    ],
)
def test_nobody_else_gets_a_cloud_s_credentials(url: str) -> None:
    """Nor does the cloud where nothing is encrypted."""
    assert sign_in_at(url) == {}
