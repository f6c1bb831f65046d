"""What is asked of a shop, how often, how it answers, and by whom: what `access_log` draws from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, product
from random import Random
from typing import Literal

Kind = Literal["number", "slug", "uuid", "token", "picture", "release"]

WORDS = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "heath",
    "iris",
    "juniper",
    "kelp",
    "linen",
)
PICTURES, RELEASES = 20_000, 6


@dataclass(frozen=True)
class Service:
    host: str
    upstream: str
    pods: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    service: Service
    method: str
    target: str
    """With one `%s` where an identifier goes, if one does."""
    share: float
    """How often, beside the other routes."""
    typical: float
    """The logarithm of its usual seconds."""
    statuses: tuple[int, ...]
    by_statuses: tuple[float, ...]
    """Shares of the statuses, added up."""
    identified_by: Kind | None = None
    query: str = ""
    referer: str = ""


def _service(number: int, host: str, upstream: str, pods: int) -> Service:
    return Service(host, upstream, tuple(f"10.42.{number}.{10 + pod}:8080" for pod in range(pods)))


WEB = _service(1, "shop.example.com", "shop-web-80", 4)
API = _service(2, "api.example.com", "shop-api-8080", 6)
CHECKOUT = _service(3, "api.example.com", "shop-checkout-8080", 3)
SEARCH = _service(4, "search.example.com", "search-query-9200", 3)
MEDIA = _service(5, "media.example.com", "media-images-80", 2)
ACCOUNTS = _service(6, "id.example.com", "accounts-login-8443", 2)
TRACKING = _service(7, "t.example.com", "tracking-collector-80", 2)
BACK_OFFICE = _service(8, "office.example.com", "office-admin-3000", 1)

READ = {200: 90.0, 304: 6.0, 404: 2.0, 500: 0.2, 502: 0.2, 503: 0.1}
FILE = {200: 70.0, 304: 28.0, 404: 1.5, 206: 0.5}
WRITE = {200: 60.0, 201: 32.0, 400: 3.0, 401: 2.0, 409: 1.0, 422: 1.0, 500: 0.6, 503: 0.2, 504: 0.1}
LOGIN = {200: 70.0, 302: 15.0, 401: 12.0, 429: 2.5, 500: 0.2}
GONE = {204: 99.0, 400: 0.6, 429: 0.4}


def _route(
    service: Service,
    method: str,
    target: str,
    share: float,
    typical: float,
    answers: Mapping[int, float],
    identified_by: Kind | None = None,
    query: str = "",
    referer: str = "",
) -> Route:
    shares = tuple(accumulate(answers.values()))
    return Route(service, method, target, share, typical, tuple(answers), shares, identified_by, query, referer)


ROUTES = (
    _route(WEB, "GET", "/", 6, -4, READ, query="utm_source=newsletter&utm_campaign="),
    _route(WEB, "GET", "/products/%s", 9, -3.4, READ, "slug", referer="/search"),
    _route(WEB, "GET", "/categories/%s", 5, -3.2, READ, "slug", "page=", "/"),
    _route(WEB, "GET", "/cart", 2, -3.5, READ, referer="/products"),
    _route(WEB, "GET", "/orders/%s/confirmation", 0.6, -3.1, READ, "number", referer="/checkout"),
    _route(WEB, "GET", "/static/js/main.%s.js", 5, -6.5, FILE, "release", referer="/"),
    _route(WEB, "GET", "/static/css/app.%s.css", 4, -6.5, FILE, "release", referer="/"),
    _route(WEB, "GET", "/favicon.ico", 2, -6.9, FILE),
    _route(WEB, "GET", "/wp-login.php", 0.1, -6, {404: 1.0}),
    _route(API, "GET", "/api/v1/products/%s", 11, -4, READ, "number", referer="/"),
    _route(API, "GET", "/api/v1/products/%s/reviews", 4, -3.3, READ, "number", "limit=20&offset=", "/products"),
    _route(API, "GET", "/api/v1/stock/%s", 5, -4.6, READ, "uuid"),
    _route(API, "GET", "/api/v1/orders", 2, -2.6, READ, query="state=open&page="),
    _route(API, "GET", "/api/v1/orders/%s", 4, -3.4, READ, "uuid"),
    _route(API, "PATCH", "/api/v1/orders/%s", 0.7, -2.6, WRITE, "uuid"),
    _route(API, "DELETE", "/api/v1/carts/%s", 0.3, -3.5, GONE, "uuid"),
    _route(API, "POST", "/graphql", 3, -2.9, WRITE, referer="/"),
    _route(API, "OPTIONS", "/api/v1/orders", 1, -6.9, GONE),
    _route(CHECKOUT, "POST", "/checkout/v2/carts/%s/items", 3, -2.8, WRITE, "uuid", referer="/cart"),
    _route(CHECKOUT, "POST", "/checkout/v2/orders", 1.2, -1.2, WRITE, referer="/cart"),
    _route(CHECKOUT, "GET", "/checkout/v2/payments/%s/state", 2, -3, READ, "token", referer="/checkout"),
    _route(SEARCH, "GET", "/search", 5, -1.9, READ, query="q=winter+coat&size=M&page=", referer="/"),
    _route(SEARCH, "GET", "/suggest", 6, -4.2, READ, query="q=wint&n=", referer="/"),
    _route(MEDIA, "GET", "/images/%s/large.webp", 8, -5.3, FILE, "picture", "w=", "/products"),
    _route(MEDIA, "GET", "/images/%s/thumbnail.webp", 10, -5.8, FILE, "picture", referer="/categories"),
    _route(ACCOUNTS, "POST", "/realms/shop/login", 0.8, -1.9, LOGIN, referer="/login"),
    _route(ACCOUNTS, "GET", "/realms/shop/userinfo", 2, -4.6, LOGIN),
    _route(ACCOUNTS, "GET", "/users/%s/avatar", 1, -5.2, FILE, "number", referer="/account"),
    _route(TRACKING, "POST", "/collect", 9, -5.9, GONE, query="v=2&tid=G-", referer="/"),
    _route(TRACKING, "GET", "/pixel/%s.gif", 3, -6.5, FILE, "uuid", referer="/"),
    _route(BACK_OFFICE, "GET", "/reports/daily/%s", 0.1, 0.7, READ, "number"),
    _route(BACK_OFFICE, "PUT", "/api/prices/%s", 0.2, -1.9, WRITE, "number"),
)


def identifier(random: Random, kind: Kind) -> str:
    """Orders, carts and payments are new each time; products, pictures and releases come again, some far more."""
    if kind == "number":
        return str(int(1_000 + 400_000 * random.random() ** 4))
    if kind == "slug":
        return f"{random.choice(WORDS)}-{random.choice(WORDS)}-{random.randrange(16)}"
    if kind == "picture":
        return _digest(int(PICTURES * random.random() ** 2))
    if kind == "release":
        return _digest(-1 - random.randrange(RELEASES))
    digits = f"{random.getrandbits(128):032x}"
    if kind == "token":
        return digits[:20]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _digest(number: int) -> str:
    """Hexadecimal digits that look like chance, the same for the same number."""
    return f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC835 & (1 << 128) - 1:032x}"[:20]


def user_agents(random: Random) -> list[str]:
    """Some three hundred browsers and programs, in no order."""
    systems = (
        "Windows NT 10.0; Win64; x64",
        "Macintosh; Intel Mac OS X 10_15_7",
        "X11; Linux x86_64",
        "Linux; Android 10; K",
    )
    found = [
        f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36"
        for system, version in product(systems, range(110, 143))
    ]
    found += [
        f"Mozilla/5.0 ({system}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
        for system, version in product(systems[:3], range(110, 145))
    ]
    found += [
        f"Mozilla/5.0 (iPhone; CPU iPhone OS {major}_{minor} like Mac OS X) AppleWebKit/605.1.15 "
        f"(KHTML, like Gecko) Version/{major}.{minor} Mobile/15E148 Safari/604.1"
        for major, minor in product(range(15, 19), range(6))
    ]
    found += ["curl/8.14.1", "Go-http-client/2.0", "python-requests/2.32.5", "kube-probe/1.34", "-"]
    found += ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"]
    random.shuffle(found)
    return found
