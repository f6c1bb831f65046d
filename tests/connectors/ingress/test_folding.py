"""Routes and patterns: what names one thing becomes a placeholder."""

import polars as pl
import pytest

from connectors.ingress.folding import fold_patterns, fold_routes
from tests.connectors.ingress.lines import KLOG_WARNING, NGINX_ERROR


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
