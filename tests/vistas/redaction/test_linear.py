"""Masking takes time in proportion to the text, whoever wrote it to make it take more."""

from __future__ import annotations

import time

import pytest

from vistas.redaction import Redactor

SHORT, LONG = 4_000, 16_000
NOISE = 0.005
"""Seconds that are not worth comparing."""
PIECES = [
    *(
        "a",
        "eyJ",
        "a@",
        "a.",
        "a.b",
        "ab-",
        "a:b/",
        "a:b@",
        "aB3",
        "aB3dE5gH7jK9mN1pQ.",
        "A",
        "sk-",
        "LS0tLS1CRUdJTi",
    ),
    *("-----BEGIN PRIVATE KEY-----", '{"kty":', "eyJa.b.c.d.", "$2y$", "xoxb-", "s.", "hvs.", "SG.a"),
    *(
        "://",
        "://a@",
        "http://",
        "https://a:b",
        "svc/",
        "thin:a/",
        "user:pass@h:1 ",
        "/",
        "GET /",
        "/reset/",
        "?",
        "#",
    ),
    *(
        "?a=",
        "=",
        "&a",
        "x=y&",
        ";a=",
        "%25",
        "\\x22",
        "&quot;",
        "\\/",
        "a; ",
        ":",
        "1:",
        "1.1.1.1, ",
        "@",
        "-",
        " - ",
    ),
    *("password ", "password=", "password=\\", 'password="', "password='", "password:|\n", "password:\n"),
    *('password:["a",', "secret: word ", "token is ", "token is “", "token: oauth: ", "AB_KEY=", "Key=", 'key="'),
    *(
        "--password ",
        "<password>",
        "name=token value=",
        '{a="',
        "-u a:",
        "mysql -p ",
        "IDENTIFIED BY '",
        "login a ",
    ),
    *(
        "Bearer ",
        "authorization: digest ",
        "authorization:[",
        'cookie: a="',
        "cookie=[",
        "cookie: a='b;",
        "cookie: ",
    ),
    *("\\", '"', "'", "{", "[", "(", "`", "“", '\\"', "\x00\n"),
]


def seconds(text: str) -> float:
    """How long both ways of masking take, the quicker of two tries."""
    tries = []
    for _ in range(2):
        redaction = Redactor(b"any", addresses=True).begin()
        started = time.process_time()
        redaction.target(text)
        tries.append(time.process_time() - started)
    return max(min(tries), NOISE)


@pytest.mark.slow("time is measured")
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", ["", "password:"])
def test_time_grows_with_the_text_and_no_faster(start: str, piece: str) -> None:
    """Four times the text takes about four times as long; where it is quadratic, sixteen times."""
    short, long = (seconds(start + piece * (length // len(piece))) for length in (SHORT, LONG))
    assert long / short < 10, f"{short:.3f} s, then {long:.3f} s"


def test_time_grows_no_faster_where_everything_comes_together() -> None:
    short, long = (seconds("".join(piece * (times // len(piece)) for piece in PIECES)) for times in (200, 800))
    assert long / short < 10, f"{short:.3f} s, then {long:.3f} s"
