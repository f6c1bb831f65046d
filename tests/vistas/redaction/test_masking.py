"""What never reaches the disk."""

from __future__ import annotations

import base64
import string
import time
from collections import Counter
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.redaction import MASK, RULE_NAMES, Clients, Redactor

KEY = b"a key for these tests"
JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
BASIC = base64.b64encode(b"ann:correct horse").decode()


def text(written: str) -> str:
    return Redactor(KEY).begin().text(written)


def target(written: str) -> str:
    return Redactor(KEY).begin().target(written)


SECRETS = [
    ("password=hunter2 in a shell", "password=*** in a shell", "password"),
    ("DB_PASSWORD: hunter2", "DB_PASSWORD: ***", "password"),
    ('{"password": "hun\\"ter2", "user": "ann"}', '{"password": "***", "user": "ann"}', "password"),
    ('msg="{\\"api_key\\":\\"hunter2\\",\\"n\\":1}"', 'msg="{\\"api_key\\":\\"***\\",\\"n\\":1}"', "password"),
    ("--client-secret=hunter2 --port=80", "--client-secret=*** --port=80", "password"),
    ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key = ***", "password"),
    (f"got {JWT} from", "got *** from", "jwt"),
    (f"cut off {JWT[:30]}", "cut off ***", "jwt"),
    ("Authorization: Bearer hunter2secret", "Authorization: ***", "authorization"),
    ('"Authorization":["Basic aHVudGVyMg=="]', '"Authorization":["***"]', "authorization"),
    ("sent Bearer abc.def-123 to it", "sent Bearer *** to it", "authorization"),
    (f"curl -H 'x: Basic {BASIC}'", "curl -H 'x: Basic ***'", "authorization"),
    ('Proxy-Authorization: Digest username="a", response="6629"', "Proxy-Authorization: ***", "authorization"),
    ("Cookie: a=b; sid=hunter2", "Cookie: ***", "cookie"),
    ("Set-Cookie: sid=hunter2; Path=/; HttpOnly", "Set-Cookie: ***", "cookie"),
    ('"Cookie":["sid=hunter2"],"x":1', '"Cookie":["***"],"x":1', "cookie"),
    ("postgres://ann:p@ss@db:5432/shop", "postgres://***@db:5432/shop", "url password"),
    ("mail to ann.b+x@example.co.uk now", "mail to *** now", "e-mail"),
    ("key AKIAIOSFODNN7EXAMPLE used", "key *** used", "token"),
    ("pushed with ghp_16C7e42F292c6912E7710c838347Ae178B4a", "pushed with ***", "token"),
    ("https://shop.example/a?q=ann&b=", "https://shop.example/a?q=***&b=", "query value"),
    ("https://x.example/cb#id=1&state=2", "https://x.example/cb#id=***&state=***", "query value"),
    (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE-ab\n-----END RSA PRIVATE KEY----- then",
        "*** then",
        "private key",
    ),
    ("-----BEGIN PRIVATE KEY-----\nMIIEcut", "***", "private key"),
    (
        '"GET /reset/Xk29dPqL7vRt3ZbN8mWc5YhA HTTP/1.1" 200',
        '"GET /reset/*** HTTP/1.1" 200',
        "token in path",
    ),
    (
        '{"request_uri":"/reset/Xk29dPqL7vRt3ZbN8mWc5YhA","status":200}',
        '{"request_uri":"/reset/***","status":200}',
        "token in path",
    ),
    ('"GET /?q=\\x22ann\\x22 HTTP/1.1"', '"GET /?q=*** HTTP/1.1"', "query value"),
    ("/a%3Fpassword%3Dhunter2%26b", "/a%3Fpassword%3D***%26***", "query value"),
    ("\\x22password\\x22:\\x22hunter2\\x22", "\\x22password\\x22:\\x22***\\x22", "password"),
    ('{"uri":"/a?b=c\\u0026token=hunter2"}', '{"uri":"/a?b=***"}', "query value"),
]


@pytest.mark.parametrize(("written", "kept", "rule"), SECRETS)
def test_secret_is_masked_and_counted(written: str, kept: str, rule: str) -> None:
    """Each shape of a secret goes, what stands around it stays, and the rule's count says so."""
    redaction = Redactor(KEY).begin()
    assert redaction.text(written) == kept
    assert rule in redaction.counts
    assert set(redaction.counts) <= RULE_NAMES


EVIDENCE = [
    "shop-checkout-7d9f8b6c5d-x2x4z",
    "registry.example/shop/cart@sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    "registry.example/shop/cart:2f7c5e1d9b8a4c3e6f0d1b2a3c4d5e6f7a8b9c0d",
    "containerd://4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    "pod 6f1c1b1e-2d5e-4c39-9d0b-1f7f3b9a1c2d was evicted",
    "/kubepods/burstable/pod6f1c1b1e/4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    'secret "db-credentials" not found',
    "Back-off restarting failed container app in pod cart-0_shop(6f1c1b1e)",
    'sum by (ingress) (rate(nginx_ingress_controller_requests{status=~"5.."}[5m]))',
    "Basic authentication required",
    "Bearer token missing",
    "https://shop.example/documentation/GettingStartedWithKubernetes2024",
    "test@docker",
    "10.244.0.9:5678",
    "password: null",
    "2026-11-22T21:38:44.123Z",
]


@pytest.mark.parametrize("written", EVIDENCE)
def test_evidence_is_left_alone(written: str) -> None:
    """Names, digests, ids and times that a team needs in the morning are not secrets."""
    assert text(written) == written


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/search?q=ann&page=2", "/search?q=***&page=***"),
        ("/search?justatoken", "/search?***"),
        ("/a?b=c d\"e'f&g", "/a?b=***&***"),
        ("/orders/6f1c1b1e-2d5e-4c39-9d0b-1f7f3b9a1c2d", "/orders/6f1c1b1e-2d5e-4c39-9d0b-1f7f3b9a1c2d"),
        ("/orders/12345678901234567890123456", "/orders/12345678901234567890123456"),
        ("/reset/9f86d081884c7d659a2feaa0c55ad015/go", "/reset/***/go"),
        ("/assets/app.9f86d081884c7d659a2feaa0c55ad015.js", "/assets/app.9f86d081884c7d659a2feaa0c55ad015.js"),
        ("/v2/cart/blobs/sha256:9f86d081884c7d659a2feaa0c55ad015", None),
        ("http://ann:pw@shop/a?b=c", "http://***@shop/a?b=***"),
        ("/a;jsessionid=12AB?x=1", "/a;jsessionid=***"),
        ("*", "*"),
        ("", ""),
        ("\\x16\\x03\\x01", "\\x16\\x03\\x01"),
    ],
)
def test_target_keeps_its_route_and_query_keys(written: str, kept: str | None) -> None:
    """What was asked for stays readable; what was passed along does not."""
    assert target(written) == (written if kept is None else kept)


@pytest.mark.parametrize(
    "same",
    [
        ("192.0.2.7", " 192.0.2.7 ", "192.0.2.7:4711", "::ffff:192.0.2.7", "[::ffff:192.0.2.7]:80"),
        ("2001:db8::1", "2001:0DB8:0:0::1", "[2001:db8::1]", "[2001:db8::1]:443", "2001:db8::1%eth0"),
        ("192.0.2.7, 10.0.0.1", "192.0.2.7", "-, 192.0.2.7", '"192.0.2.7"'),
        ("Client.Example.", "client.example"),
    ],
)
def test_one_client_has_one_pseudonym(same: tuple[str, ...]) -> None:
    """Equality survives hiding, however the address was written."""
    hidden = {Redactor(KEY).begin().client(written) for written in same}
    assert len(hidden) == 1
    assert hidden.pop().startswith("visitor-")


def test_pseudonyms_mean_nothing_in_another_workspace() -> None:
    assert Redactor(KEY).begin().client("192.0.2.7") != Redactor(b"another").begin().client("192.0.2.7")


@pytest.mark.parametrize("nobody", ["", "-", "unix:", "unknown"])
def test_nobody_stays_nobody(nobody: str) -> None:
    redaction = Redactor(KEY).begin()
    assert redaction.client(nobody) == nobody
    assert not redaction.counts


def test_clients_can_be_truncated_instead() -> None:
    redaction = Redactor(KEY, clients=Clients.TRUNCATE).begin()
    assert redaction.client("192.0.2.77:80") == "192.0.2.0/24"
    assert redaction.client("192.0.2.0/24") == "192.0.2.0/24"
    assert redaction.client("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert redaction.client("a.example").startswith("visitor-")


@pytest.mark.parametrize(
    "line",
    [
        '192.0.2.7 - - [07/Feb/2020:11:49:30 +0000] "GET / HTTP/1.1" 200 59 "-" "curl/7.54.0"',
        '2022-01-28T16:04:05.413656027Z stdout F 192.0.2.7 - - [28/Jan/2022:16:04:05 +0000] "GET / HTTP/1.1"',
        '172.24.0.3:80 [x] "GET / HTTP/1.1" 200 615 "-" "curl" "192.0.2.7, 10.10.1.1"',
        "2020/02/07 [error] 6#6: upstream timed out, client: 192.0.2.7, server: shop.example",
        '{"remote_ip":"192.0.2.7","remote_port":"44790"}',
        '"X-Forwarded-For":["192.0.2.7"]',
    ],
)
def test_client_of_a_log_line_becomes_the_same_pseudonym(line: str) -> None:
    """A line's client is the client of the table beside it."""
    redaction = Redactor(KEY).begin()
    kept = redaction.text(line)
    assert "192.0.2.7" not in kept
    assert redaction.client("192.0.2.7") in kept


def test_every_address_can_be_hidden() -> None:
    redaction = Redactor(KEY, addresses=True).begin()
    kept = redaction.text("from 10.244.0.9:5678 to 2001:db8::1 at 12:30:59, version 1.2.3.4.5")
    assert "10.244.0.9" not in kept
    assert "2001:db8::1" not in kept
    assert "12:30:59" in kept
    assert "1.2.3.4.5" in kept


def test_patterns_of_ones_own_are_masked_in_columns_too() -> None:
    redaction = Redactor(KEY, also=[r"customer \d+"]).begin()
    assert redaction.texts(pl.Series(["order of customer 4711"])).to_list() == [f"order of {MASK}"]
    assert redaction.counts == Counter({"own pattern": 1})


def test_rule_that_is_off_leaves_its_texts() -> None:
    redaction = Redactor(KEY, off=["e-mail"]).begin()
    assert redaction.text("ann@example.com password=x") == "ann@example.com password=***"


def test_labels_are_masked_by_their_values_too() -> None:
    """A drawn value hides under any name but that of an id; pods, digests and classes stay."""
    drawn = "".join(Random(5).choices(string.ascii_letters + string.digits, k=24))  # noqa: S311 - made up
    values = {"session": drawn, "user_key": drawn, "cluster_id": drawn[:20], "pod": "cart-7d9f8b6c5d-x2x4z"}
    data = pl.DataFrame({"labels": [[{"name": name, "value": value} for name, value in values.items()]]})
    redaction = Redactor(KEY).begin()
    kept = {pair["name"]: pair["value"] for pair in redaction.frame(data)["labels"].item().to_list()}
    assert kept == values | {"session": MASK, "user_key": MASK}
    assert redaction.counts == Counter({"token": 2})


SIGNS = ["?", "&", "=", "***", "192.0.2.7", "::1", ", ", "client: ", ";", "/", " ", '"', "\\", "%3D", "a", "\n"]
PLAIN = ["/orders/12?q=ann&page=2", "/a?b=***", "/a?b=x&c=", "/a?b=1&b=2#c=3", "a=b", "?a=b"]
PIECES = [case[0] for case in SECRETS] + EVIDENCE + SIGNS + PLAIN
WILD = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=5).map("".join)


@given(WILD, st.sampled_from(Clients), st.booleans())
def test_masking_twice_is_masking_once(written: str, clients: Clients, addresses: bool) -> None:
    redaction = Redactor(KEY, clients=clients, addresses=addresses).begin()
    for mask in (redaction.text, redaction.target, redaction.client):
        once = mask(written)
        assert mask(once) == once


@given(st.lists(st.none() | WILD, max_size=5))
def test_columns_are_masked_like_their_texts(written: list[str | None]) -> None:
    """The fast path over a column finds what the careful path finds, and counts the same."""
    column = pl.Series("text", written, dtype=pl.String)
    for one, many in (("text", "texts"), ("target", "targets"), ("client", "clients")):
        careful, fast = Redactor(KEY).begin(), Redactor(KEY).begin()
        expected = [value if value is None else getattr(careful, one)(value) for value in written]
        assert getattr(fast, many)(column).to_list() == expected
        assert fast.counts == careful.counts


def test_frame_is_masked_in_lists_and_structs() -> None:
    """Labels, nested lists and categories are strings too; shape, order, nulls and other types stay."""
    data = pl.DataFrame(
        {
            "labels": [
                [{"name": "url", "value": "http://a:b@c/"}, {"name": "__param_token", "value": "hunter2"}],
                [],
                None,
                [{"name": "mail", "value": "ann@example.com"}, {"name": None, "value": None}],
            ],
            "values": [[1.0, float("nan")], [], None, [2.0]],
            "message": pl.Series(["password=hunter2", None, "fine", "fine"]).cast(pl.Categorical),
            "images": [["a:b", "ann@example.com"], None, [], ["c"]],
        }
    )
    redaction = Redactor(KEY).begin()
    kept = redaction.frame(data)
    assert kept["labels"].to_list() == [
        [{"name": "url", "value": "http://***@c/"}, {"name": "__param_token", "value": "***"}],
        [],
        None,
        [{"name": "mail", "value": "***"}, {"name": None, "value": None}],
    ]
    assert kept["values"].equals(data["values"])
    assert kept["message"].to_list() == ["password=***", None, "fine", "fine"]
    assert kept["images"].to_list() == [["a:b", "***"], None, [], ["c"]]
    assert redaction.counts == Counter({"e-mail": 2, "url password": 1, "password": 2})
    assert kept.columns == data.columns


@given(st.lists(st.tuples(WILD, st.lists(WILD, max_size=2)), max_size=4))
def test_texts_of_all_columns_are_masked_together(rows: list[tuple[str, list[str]]]) -> None:
    """Wherever a text stands, it becomes what it would by itself, and counts as often as it occurs."""
    careful, fast = Redactor(KEY).begin(), Redactor(KEY).begin()
    expected = [(careful.text(one), [careful.text(text) for text in many]) for one, many in rows]
    data = pl.DataFrame(rows, schema={"one": pl.String, "many": pl.List(pl.String)}, orient="row")
    assert fast.frame(data).rows() == expected
    assert fast.counts == careful.counts


def test_clean_columns_cost_little() -> None:
    """A hundred thousand clean names at once cost less than a tenth of masking them one by one."""
    names = [f"cart-{number:06d}-x2x4z" for number in range(100_000)]
    data = pl.DataFrame({"pod": names})
    started = time.process_time()
    assert Redactor(KEY).begin().frame(data).equals(data)
    at_once = time.process_time() - started
    redaction = Redactor(KEY).begin()
    started = time.process_time()
    for name in names[::50]:
        redaction.text(name)
    one_by_one = 50 * (time.process_time() - started)
    assert at_once < one_by_one / 10
