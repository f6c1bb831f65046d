"""A real nginx, logging each request in three formats: what is counted is what the client did."""

import base64
import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.ingress import IngressSource
from tests.servers import Nginx
from tests.servers.fixtures import require
from tests.servers.ports import has_ipv6
from tests.servers.proxies.nginx import INGRESS_NGINX_FORMAT
from tests.waiting import PATIENCE, eventually
from vistas.redaction import Redactor
from vistas.routine import Look
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline

pytestmark = pytest.mark.live

JSON_RECIPE = """\
log_format recipe escape=json '{"time": "$time_iso8601", "remote_addr": "$remote_addr", '
    '"x_forwarded_for": "$proxy_add_x_forwarded_for", "request_id": "$request_id", "remote_user": "$remote_user", '
    '"bytes_sent": $bytes_sent, "request_time": $request_time, "status": $status, "vhost": "$host", '
    '"request_proto": "$server_protocol", "path": "$uri", "request_query": "$args", '
    '"request_length": $request_length, "duration": $request_time, "content_length": $content_length,'
    '"method": "$request_method", "http_referrer": "$http_referer", "http_user_agent": "$http_user_agent" }';
"""
"""ingress-nginx's documented recipe, with one more number that a request mostly does not have."""

HTTP = (
    INGRESS_NGINX_FORMAT
    + JSON_RECIPE
    + """\
access_log @DIR@/ingress.log upstreaminfo;
access_log @DIR@/combined.log combined;
access_log @DIR@/recipe.log recipe;
upstream flaky { server 127.0.0.1:1 max_fails=0; server unix:@DIR@/shop.sock backup; }
upstream gone { server 127.0.0.1:1 max_fails=0; server 127.0.0.2:1 max_fails=0; }
server {
    listen 127.0.0.1:@PORT@ default_server;
    IPV6
    set $proxy_upstream_name "shop-web-80";
    set $proxy_alternative_upstream_name "";
    location = /healthz { access_log off; return 200 "ok"; }
    location / { proxy_pass http://unix:@DIR@/shop.sock; }
    location /retried { proxy_pass http://flaky; }
    location /pay { set $proxy_upstream_name "shop-pay-80"; proxy_pass http://gone; }
    location /rescued { proxy_pass http://gone; error_page 502 = @rescue; }
    location @rescue { proxy_pass http://unix:@DIR@/shop.sock; }
    location /hangs { proxy_pass http://unix:@DIR@/hangs.sock; }
}
server {
    listen unix:@DIR@/shop.sock;
    access_log off;
    location / { return 200 "a page of the shop\\n"; }
    location /missing { return 404 "no such book\\n"; }
}
"""
)


@dataclass
class Client:
    """Sends bytes as they are, and remembers which answer each request must have got."""

    nginx: Nginx
    statuses: Counter[int] = field(default_factory=Counter)
    routes: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def connect(self, host: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection((host, self.nginx.port), timeout=PATIENCE)

    def get(self, target: str, status: int, route: str, *, headers: str = "", host: str = "127.0.0.1") -> None:
        request = f"GET {target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n{headers}\r\n"
        self.send(request.encode(), status, ("GET", route), host=host)

    def send(self, request: bytes, status: int, route: tuple[str, str], *, host: str = "127.0.0.1") -> None:
        """Send, and read to the end of the answer."""
        with self.connect(host) as connection:
            connection.sendall(request)
            while connection.recv(4096):
                pass
        self.expect(status, route)

    def leave(self, target: str, route: str) -> None:
        """Ask, and go away before the answer: nginx's 499."""
        with self.connect() as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: shop.example\r\n\r\n".encode())
            time.sleep(1)
        self.expect(499, ("GET", route))

    def speak_tls(self) -> None:
        """A TLS handshake where plain HTTP is spoken."""
        with self.connect() as connection, pytest.raises(OSError, match=r"SSL|reset|EOF"):
            ssl.create_default_context().wrap_socket(connection, server_hostname="shop.example")
        self.expect(400, ("", "(no request)"))

    def expect(self, status: int, route: tuple[str, str]) -> None:
        self.statuses[status] += 1
        self.routes[(*route, status)] += 1


def drive(client: Client) -> None:
    for number in range(7):
        client.get(f"/orders/{number}?token=hunter2", 200, "/orders/:id")
    client.get("/missing", 404, "/missing", headers='User-Agent: say "hi" \\ and more\r\n')
    client.get("/a%20b/%22q%22", 200, '/a b/"q"')
    client.get("/caf\u00e9", 200, "/caf\u00e9")
    client.get("/retried", 200, "/retried")
    client.get("/rescued", 200, "/rescued")
    for _ in range(3):
        client.get("/pay", 502, "/pay")
    user = base64.b64encode(b"ann of ops:hunter2").decode()
    client.get("/", 200, "/", headers=f"Authorization: Basic {user}\r\nReferer: https://else.example/?me=ann\r\n")
    client.send(b"GET /old\r\n", 200, ("GET", "/old"))
    client.send(b"\x00\xff\x01 junk\r\n\r\n", 400, ("", "(no request)"))
    client.send(b"BREW /pot HTTP/9.9\r\n\r\n", 505, ("BREW", "/pot"))
    client.speak_tls()
    client.leave("/hangs", "/hangs")
    if has_ipv6():
        client.get("/six", 200, "/six", host="::1")


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    require("nginx")
    listen = "listen [::1]:@PORT@;" if has_ipv6() else ""
    with Nginx(http=HTTP.replace("IPV6", listen)) as nginx, socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(str(nginx.directory / "hangs.sock"))
        hangs.listen()
        client = Client(nginx)
        drive(client)
        recipe = nginx.directory / "recipe.log"
        # nginx answers first and logs then.
        eventually(lambda: len(recipe.read_bytes().splitlines()) >= client.statuses.total())
        yield client


def snapshot(logs: Sequence[Path], what: str, **where: str) -> Snapshot:
    settings = {"files": [str(log) for log in logs]}
    source = IngressSource.from_settings("edge", settings, Redactor(b"a key for these tests"))
    now = datetime.now(UTC)
    look = Look(look="a-look", title="A look", source="edge", take=what, where=where)
    window = Window(now - timedelta(hours=1), now + timedelta(minutes=1))
    return source.take("front-door", look, window, Deadline(timedelta(seconds=PATIENCE)))


def taken(log: Path, what: str, **where: str) -> list[dict[str, Any]]:
    found = snapshot([log], what, **where)
    assert found.frame is not None, found.gap
    assert found.provenance.warnings == ()
    return found.frame.data.rows(named=True)


@pytest.mark.parametrize("log", ["ingress.log", "combined.log", "recipe.log"])
def test_statuses_are_what_the_client_got(client: Client, log: str) -> None:
    """Every request once, under its status, in each format."""
    counted: Counter[int] = Counter()
    for cell in taken(client.nginx.directory / log, "requests"):
        counted[cell["status"]] += cell["requests"]
    assert counted == client.statuses


@pytest.mark.parametrize("log", ["ingress.log", "combined.log"])
def test_routes_are_what_the_client_asked_for(client: Client, log: str) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for row in taken(client.nginx.directory / log, "routes"):
        counted[row["method"], row["route"]] += row["requests"]
    asked: Counter[tuple[str, str]] = Counter()
    for (method, route, _), requests in client.routes.items():
        asked[method, route] += requests
    assert counted == asked


def test_upstreams_are_who_was_tried(client: Client) -> None:
    """Retries and fallbacks count where they went."""
    found: Counter[str] = Counter()
    retried: Counter[str] = Counter()
    for row in taken(client.nginx.directory / "ingress.log", "upstreams"):
        found[row["upstream"]] += row["failures"]
        retried[row["upstream"]] += row["retried"]
    # Both dead servers were tried by three /pay and one /rescued, the first also by /retried.
    assert (found["127.0.0.1:1"], found["127.0.0.2:1"]) == (5, 4)
    assert retried["127.0.0.1:1"] + retried["127.0.0.2:1"] == 3 + 2 + 1
    shop = f"unix:{client.nginx.directory}/shop.sock"
    assert (found[shop], retried[shop]) == (0, 0)


def test_hosts_come_from_the_recipe(client: Client) -> None:
    by_host: Counter[str] = Counter()
    for cell in taken(client.nginx.directory / "recipe.log", "requests"):
        by_host[cell["host"]] += cell["requests"]
    assert by_host["shop.example"] >= client.statuses[200] - 1


def test_failing_service_is_named(client: Client) -> None:
    """And the latency of a request that never reached anybody is still there."""
    (row,) = taken(client.nginx.directory / "ingress.log", "routes", service="shop-pay-80")
    assert (row["route"], row["requests"], row["errors_5xx"]) == ("/pay", 3, 3)
    assert row["p99_seconds"] is not None


@pytest.mark.parametrize("what", sorted(IngressSource.takes))
def test_nothing_personal_is_kept(client: Client, what: str) -> None:
    """Of logs of several controllers, which some looks set side by side."""
    logs = [client.nginx.directory / log for log in ("ingress.log", "combined.log", "recipe.log")]
    found = snapshot(logs, what)
    assert found.frame is not None, found.gap
    kept = str(found.frame.data.rows(named=True))
    for secret in ("hunter2", "ann", "else.example", "say"):
        assert secret not in kept
