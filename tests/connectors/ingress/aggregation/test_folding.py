"""Routes and patterns: what names one thing becomes a placeholder."""

import re
import string
from random import Random

import polars as pl
import pytest

from connectors.ingress.aggregation.folding import fold_patterns, fold_routes
from tests.connectors.ingress.lines import KLOG_WARNING, NGINX_ERROR
from vistas.redaction import Redactor


@pytest.mark.parametrize(
    ("target", "route"),
    [
        ("/", "/"),
        ("/orders/17/lines/3", "/orders/:id/lines/:id"),
        ("/12/13/14", "/:id/:id/:id"),
        ("/orders/order-12345", "/orders/order-:id"),
        ("/u/550e8400-e29b-41d4-a716-446655440000.json", "/u/:id.json"),
        ("/reset/Xk29dPqL7vRt3ZbN8mWc5YhA", "/reset/:id"),
        ("/d/2024-01-02/", "/d/:id/"),
        ("/a/ann@x.example/b", "/a/:id/b"),
        ("/static/main.3f2a1b9c.js", "/static/main.:hash.js"),
        ("/apis/v1beta1/x", "/apis/v1beta1/x"),
        ("/2fa", "/2fa"),
        ("/blog/how-to-make-a-very-long-title", "/blog/how-to-make-a-very-long-title"),
        ("http://shop.example/x/5", "/x/:id"),
        ("http://shop.example", "/"),
        ("/a//b/1", "/a//b/:id"),
        ("/caf\\xC3\\xA9/\\x22q\\x22", '/café/"q"'),
        ("/bad\\xFF\\x00", "/bad\\xFF\\x00"),
        ("/caf%C3%A9/%22q%22", '/café/"q"'),
        ("/one%2Fsegment%3f", "/one%2Fsegment%3f"),
        ("/bad%FF%00/100%", "/bad%FF%00/100%"),
        ("/not\\xZZ", "/not\\xZZ"),
        ("*", "*"),
        ("", "(no request)"),
    ],
)
def test_route(target: str, route: str) -> None:
    assert fold_routes(pl.Series([target])).to_list() == [route]


LETTERS = string.ascii_letters + string.digits
TOKENS = {
    "16 letters": (LETTERS, "{16}"),
    "22 letters": (LETTERS, "{22}"),
    "22 letters for URLs": (LETTERS + "-_", "{22}"),
    "43 letters for URLs": (LETTERS + "-_", "{43}"),
    "no digit": (string.ascii_letters, "{30}"),
    "escaped": (LETTERS, "{12}%3D{14}"),
    "signed, with dots": (LETTERS, "{16}.{6}.{27}"),
    "signed, with colons": (LETTERS, "{20}:{6}:{43}"),
    "a bot's": (LETTERS, "bot123456789:AA{33}"),
}


@pytest.mark.parametrize("kind", TOKENS)
def test_token_never_becomes_a_route(kind: str) -> None:
    """Whatever was drawn, however many: one route, and nothing of the token in it."""
    letters, shape = TOKENS[kind]
    random = Random(6)  # noqa: S311 - made up, and the same each time
    drawn = re.compile(r"\{(\d+)\}")
    tokens = [
        drawn.sub(lambda found: "".join(random.choices(letters, k=int(found[1]))), shape) for _ in range(300)
    ]
    routes = fold_routes(pl.Series([f"/reset/{token}/go" for token in tokens]))
    masked = Redactor(b"any").begin().targets(routes)
    assert (routes == "/reset/:id/go").mean() >= 0.98
    assert set(masked) <= {"/reset/:id/go", "/reset/***/go"}


@pytest.mark.parametrize(
    "target",
    [
        "/api/ResetPasswordRequestController/listPending",
        "/documentation/GettingStartedWithKubernetes",
        "/apis/external-secrets.io/v1beta1/clustersecretstores",
        "/assets/application.bundle.min.js",
        "/shop.checkout.v1.CheckoutService/PlaceOrder",
    ],
)
def test_name_stays_a_route(target: str) -> None:
    """Long names of several words are chosen, not drawn."""
    assert fold_routes(pl.Series([target])).to_list() == [target]


def test_routes_keep_their_order() -> None:
    """One route a target, in the order of the targets."""
    targets = pl.Series(["/b/2", "/a/1", "/b/3", "/a/1"])
    assert fold_routes(targets).to_list() == ["/b/:id", "/a/:id", "/b/:id", "/a/:id"]


@pytest.mark.parametrize(
    ("line", "pattern"),
    [
        (KLOG_WARNING, 'W controller.go:<n>] Service "shop/web" has no active Endpoint.'),
        (
            NGINX_ERROR,
            (
                "[error] connect() failed (<n>: Connection refused) while connecting to upstream, "
                'client: <ip>, server: shop.example, request: "<url>", upstream: "<url>", host: "shop.example", '
                'referrer: "<url>"'
            ),
        ),
        ("203.0.113.9 - ann [22/Nov/2026:06:00:00 +0000] odd", "<ip> - <user> [<n>/Nov/<n>:<time> +<n>] odd"),
        ("got 2001:db8:0:1::7 at 06:00:01.5", "got <ip> at <time>"),
        ("id 550e8400-e29b-41d4-a716-446655440000 hash 3f2a1b9c77aa", "id <id> hash <hex>"),
        ("/a?token=hunter2 b", "/a?<query> b"),
    ],
)
def test_pattern(line: str, pattern: str) -> None:
    assert fold_patterns(pl.Series([line])).to_list() == [pattern]
