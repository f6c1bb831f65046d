"""What is asked about before somebody keeps it."""

from __future__ import annotations

import base64
import string
from random import Random

import pytest

from vistas.redaction import RULE_NAMES, looks_secret

RANDOM = Random(9)  # noqa: S311 - made up, and the same each time


def letters(number: int) -> str:
    return "".join(RANDOM.choices(string.ascii_letters + string.digits, k=number))


def in_base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


SUSPECTED = [
    ("the password=hunter2 is on the wiki", "password"),
    ("DB_PASSWORD: hunter2", "password"),
    (f"export API_KEY={letters(24)}", "password"),
    (f"it logs in with ghp_{letters(36)}", "token"),
    (f"AKIA{letters(16).upper()} is the one", "token"),
    (f"eyJ{in_base64('hbGciOiJIUzI1NiJ9')}.eyJ{letters(20)}.{letters(30)}", "jwt"),
    ("db is postgres://svc:Hunter2correct9horse@db/shop", "url password"),
    ("Cookie: sid=hunter2", "cookie"),
    ("Set-Cookie: sid=hunter2; Path=/", "cookie"),
    (f"Authorization: Bearer {letters(20)}", "authorization"),
    (f"curl sends Bearer {letters(20)}", "authorization"),
    ("-----BEGIN PRIVATE KEY-----\nMIIE", "private key"),
    ("\\x22password\\x22:\\x22hunter2\\x22", "password"),
]


@pytest.mark.parametrize(("text", "kind"), SUSPECTED)
def test_credential_is_named_by_its_kind(text: str, kind: str) -> None:
    """What would open something is told, by the name of the rule that finds it."""
    assert looks_secret(text) == kind
    assert kind in RULE_NAMES


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ask ann@example.org about it",
        "192.0.2.7 and 2001:db8::1 again",
        'client: 192.0.2.7, "10.0.0.1"',
        "/search?q=shoes&page=2 is slow",
        "the token expired at 06:00, and everybody logs in again",
        "p99 of /checkout doubled since the release of 9f3c2d1",
        "cart-7d9f8b6c5d-x2x4z restarts every 20 minutes",
        "https://shop.example.org/orders/6f1c1b1e-2d5e-4c39-9d0b-1f7f3b9a1c2d",
        'secret "db-credentials" not found',
    ],
)
def test_private_or_ordinary_words_are_not_asked_about(text: str) -> None:
    """Addresses of people and machines, query values and what is written every morning hold no credential."""
    assert looks_secret(text) == ""


def test_kind_told_is_that_of_the_first_credential() -> None:
    assert looks_secret("Cookie: a=b and then password=hunter2") == "cookie"
