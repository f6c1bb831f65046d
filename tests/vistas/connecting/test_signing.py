"""Who asks, in a source's table: said in one way at a time."""

from __future__ import annotations

from vistas.connecting.credentials import signed, unsigned, who_asks

CLOUD = {"url": "https://aps.example", "sign_in": "aws", "region": "eu-central-1", "service": "es", "timeout": 5}
TOKEN = {"bearer_token_file": "/run/token"}


def test_a_token_stands_in_place_of_a_cloud_s_account() -> None:
    assert signed(CLOUD, (), TOKEN) == {"url": "https://aps.example", "timeout": 5, **TOKEN}
    assert set(who_asks(CLOUD)) > {"sign_in", "region", "username"}


def test_a_setting_that_is_only_called_so_stays() -> None:
    """A source of another package may have a service or a scope of its own."""
    own = {"url": "https://a.example", "service": "checkout", "scope": "all"}
    assert signed(own, (), TOKEN) == {**own, **TOKEN}
    assert "service" not in who_asks(own)


def test_what_was_typed_is_taken_out_and_a_cloud_s_account_is_not() -> None:
    assert unsigned({**CLOUD, **TOKEN}, ()) == CLOUD
    assert unsigned({"loki": {**CLOUD, **TOKEN}}, ("loki",)) == {"loki": CLOUD}
