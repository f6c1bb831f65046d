"""What vistas.toml may say about a cluster, and how a mistake is named."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from connectors.kubernetes import KubernetesSource
from connectors.kubernetes.settings import KubernetesSettings
from vistas.errors import SettingsError
from vistas.redaction import Redactor
from vistas.source import build_source


def test_a_source_is_built_from_its_table() -> None:
    source = build_source(
        "shop", {"type": "kubernetes", "at_once": 7, "namespaces": ["shop"]}, Redactor(b"k" * 32)
    )
    assert isinstance(source, KubernetesSource)
    assert (source.name, source.at_once) == ("shop", 7)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"kubeconf": "x"}, "sources.shop.kubeconf"),
        ({"timeout": 0}, "sources.shop.timeout"),
        ({"timeout": "soon"}, "sources.shop.timeout"),
        ({"page_size": 0}, "sources.shop.page_size"),
        ({"max_bytes": 1}, "sources.shop.max_bytes"),
        ({"at_once": 99}, "sources.shop.at_once"),
        ({"namespaces": ["Not A Name"]}, "sources.shop.namespaces.0"),
        ({"context": ""}, "sources.shop.context"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        KubernetesSource.from_settings("shop", settings, Redactor(b"k" * 32))
    assert str(caught.value).startswith(key)
    assert "\n" not in str(caught.value)


def test_every_setting_explains_itself() -> None:
    assert [name for name, setting in KubernetesSettings.model_fields.items() if not setting.description] == []


def test_importing_the_connector_loads_neither_the_client_nor_polars() -> None:
    code = "import sys, connectors.kubernetes; print({'kubernetes', 'polars', 'urllib3'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
