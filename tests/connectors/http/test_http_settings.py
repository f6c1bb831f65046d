"""What vistas.toml may say about reaching a tool."""

from typing import Any

import pytest

from connectors.prometheus import PrometheusSettings
from connectors.source_settings import read_settings
from vistas.errors import SettingsError

URL = {"url": "https://prometheus.example.org/prefix/"}


def read(**more: Any) -> PrometheusSettings:
    return read_settings("shop", PrometheusSettings, URL | more)


def test_an_address_keeps_its_prefix_and_loses_its_last_slash() -> None:
    assert read().url == "https://prometheus.example.org/prefix"


def test_a_misspelt_key_is_told_rather_than_the_one_it_leaves_missing() -> None:
    with pytest.raises(SettingsError, match=r"sources\.shop\.urll is not a setting; known are .*url"):
        read_settings("shop", PrometheusSettings, {"urll": "https://prometheus.example.org"})


def test_values_of_the_environment_are_texts_and_still_fit() -> None:
    """`VISTAS_SOURCES__SHOP__TIMEOUT=5` arrives as text."""
    settings = read(timeout="5", insecure_skip_verify="true", at_once="2")
    assert (settings.timeout, settings.insecure_skip_verify, settings.at_once) == (5.0, True, 2)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"url": "prometheus:9090"}, "sources.shop.url: write a full address"),
    ({"url": "http://"}, "sources.shop.url"),
    ({"url": "http://a:b"}, "sources.shop.url"),
    ({"url": "https://me:hunter2@prometheus.example.org"}, "sources.shop.url: no user or password"),
    ({"url": "https://prometheus.example.org/?a=b"}, "sources.shop.url"),
    ({"pasword_file": "x"}, "sources.shop.pasword_file is not a setting; known are at_once"),
    ({"password": "hunter2"}, "sources.shop.password is a secret"),
    ({"token": "hunter2"}, "bearer_token_file or bearer_token_env"),
    ({"bearer_token": "hunter2"}, "sources.shop.bearer_token is a secret"),
    ({"headers": {"Authorization": "Bearer hunter2"}}, "sources.shop.headers: Authorization is a secret"),
    ({"headers": {"X-Api-Key": "hunter2"}}, "sources.shop.headers"),
    ({"headers": {"Cookie": "sid=hunter2"}}, "headers: Cookie is a secret"),
    ({"headers": {"X-Auth": "hunter2"}}, "headers: X-Auth is a secret"),
    ({"headers": {"DD-APPLICATION-KEY": "hunter2"}}, "headers: DD-APPLICATION-KEY is a secret"),
    ({"headers": {"Ocp-Apim-Subscription-Key": "hunter2"}}, "is a secret"),
    ({"headers": {"X-Session": "hunter2"}}, "headers: X-Session is a secret"),
    ({"headers": {"X-Forwarded-User": "Bearer hunter2"}}, "headers: X-Forwarded-User is a secret"),
    ({"headers": {"X-Upstream": "https://ann:hunter2@db/"}}, "headers: X-Upstream is a secret"),
    ({"headers": {"X-Scope": "hunter2" + "qX7bKd9ZpW3vRt6M"}}, "headers: X-Scope is a secret"),
    (
        {"headers": {"Authorization: Bearer hunter2": ""}},
        "one of the names has a character that header names cannot have",
    ),
    ({"headers": {"X": "a\r\nY: b"}}, "sources.shop.headers"),
    ({"headers": {"X": {"evn": "A"}}}, "sources.shop.headers.X.evn is not a setting; known are env, file"),
    ({"headers": {"X Y": "a"}}, "sources.shop.headers"),
    ({"headers": {"X": {"env": "A", "file": "b"}}}, "sources.shop.headers"),
    ({"username": "reader"}, "sources.shop: username and password_file"),
    ({"password_file": "x"}, "sources.shop: username"),
    ({"username": "a", "password_file": "x", "password_env": "Y"}, "keep one"),
    ({"username": "a", "password_file": "x", "bearer_token_file": "y"}, "not both"),
    ({"sign_in": "aws"}, 'sources.shop: sign_in = "aws" needs region'),
    ({"sign_in": "ibm"}, "sources.shop.sign_in"),
    ({"sign_in": "aws", "region": "eu-central-1", "scope": "x"}, "scope belongs to"),
    ({"sign_in": "google", "profile": "ops"}, 'profile belongs to sign_in = "aws"'),
    ({"region": "eu-central-1"}, 'region belongs to sign_in = "aws"'),
    ({"sign_in": "aws", "region": "eu central"}, "sources.shop.region"),
    ({"sign_in": "azure", "bearer_token_env": "X"}, "sign_in stands for"),
    ({"sign_in": "azure", "username": "a", "password_env": "X"}, "sign_in stands for"),
    ({"client_key": "x"}, "sources.shop: client_key needs client_cert"),
    ({"timeout": 0}, "sources.shop.timeout"),
    ({"timeout": "soon"}, "sources.shop.timeout"),
    ({"max_bytes": 1}, "sources.shop.max_bytes"),
    ({"at_once": 0}, "sources.shop.at_once"),
    ({"parameters": {"dedup": True}}, "sources.shop.parameters"),
    ({"parameters": {"api_token": "hunter2"}}, "sources.shop.parameters: api_token looks like a secret"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG, ids=[str(wrong) for wrong, _ in WRONG])
def test_a_mistake_names_its_key_and_tells_no_secret(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(**wrong)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert "hunter2" not in str(error.value)


def test_a_header_that_is_no_secret_stands_in_the_settings() -> None:
    """Tenants, proxies' names and the kind of answer wanted are written as they are."""
    headers = {
        "X-Scope-OrgID": "shop|search",
        "Accept-Language": "en",
        "X-Requested-By": "vistas",
        "AccountID": "1:2",
    }
    parameters = {"dedup": "true", "extra_filters[]": ['{namespace="shop"}'], "max_source_resolution": "5m"}
    assert read(headers=headers, parameters=parameters).headers == headers


def test_a_source_needs_an_address() -> None:
    with pytest.raises(SettingsError, match=r"sources\.shop\.url is missing: its address"):
        read_settings("shop", PrometheusSettings, {})


def test_every_setting_says_what_it_is() -> None:
    """The descriptions are what people read in errors and docs."""
    assert [name for name, field in PrometheusSettings.model_fields.items() if not field.description] == []
