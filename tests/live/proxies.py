"""Every proxy that is tried, what a client did to it, and what its log says of it by the proxy's own rules."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from tests.servers import Server
from tests.servers.ports import has_ipv6
from tests.servers.proxies.backend import Backend
from tests.servers.proxies.caddy import Caddy
from tests.servers.proxies.driving import Client, Exchange
from tests.servers.proxies.envoy import GATEWAY_LOG, ISTIO_LOG, Envoy
from tests.servers.proxies.haproxy import HAProxy
from tests.servers.proxies.nginx import Nginx, in_front_of
from tests.servers.proxies.traefik import Traefik

Entry = tuple[str, str, int]
"""A request as a log counts it: method, route, status."""
NO_REQUEST = "(no request)"
ANSWERS_WITHIN = 60.0


@dataclass(frozen=True)
class Proxy:
    """How one is made, from its `backend`'s address and its `directory`, in which its logs are files.

    `unread` are the exchanges in which it sees no request that it could serve: it answers by itself, if at all,
    and logs a line without a request, or none where `logs_unread` is not set. `left` is the status under which
    it logs a client that went away.
    """

    make: Callable[..., Server]
    logs: tuple[str, ...]
    left: int
    unread: frozenset[str]
    logs_unread: bool

    def entry(self, exchange: Exchange) -> Entry | None:
        """What its log says of an exchange; None is nothing."""
        if exchange.what in self.unread:
            status = 400 if exchange.status is None else exchange.status
            return ("", NO_REQUEST, status) if self.logs_unread else None
        if exchange.what == "closed":
            return None
        status = self.left if exchange.what == "left" else exchange.status
        assert status is not None, exchange
        return exchange.method, exchange.route, status


def _nginx(*, backend: str, directory: Path) -> Nginx:
    return Nginx(http=in_front_of(backend), directory=directory)


NEITHER_READ = frozenset({"tls", "junk"})
GO_READS_NOT = NEITHER_READ | {"blank", "future"}
"""Go's HTTP server answers these before any handler, and so any access log, hears of them."""


def _traefik(logs: Literal["common", "json"]) -> Proxy:
    return Proxy(
        make=partial(Traefik, logs=logs),
        logs=("traefik.log",),
        left=499,
        unread=GO_READS_NOT,
        logs_unread=False,
    )


def _haproxy(logs: Literal["httplog", "httpslog"]) -> Proxy:
    """`<BADREQ>`, also for a client that says nothing (unless told not to, by `option dontlognull`)."""
    return Proxy(
        make=partial(HAProxy, logs=logs),
        logs=("haproxy.log",),
        left=400,
        unread=NEITHER_READ | {"blank", "fat", "raw", "closed"},
        logs_unread=True,
    )


PROXIES = {
    # Logs the line of a request as far as it got it, whatever it answers.
    "nginx": Proxy(
        make=_nginx,
        logs=("ingress.log", "combined.log", "f5.log", "kong.log"),
        left=499,
        unread=NEITHER_READ,
        logs_unread=True,
    ),
    "traefik": _traefik("common"),
    "traefik-json": _traefik("json"),
    # Has a limit of its own for headers.
    "caddy": Proxy(make=Caddy, logs=("caddy.log",), left=499, unread=GO_READS_NOT | {"fat"}, logs_unread=False),
    # Its codec refuses HTTP/1.0, unknown methods and bytes beyond ASCII; 0 is what a client got that is gone.
    "envoy": Proxy(
        make=Envoy,
        logs=("envoy.log", ISTIO_LOG, GATEWAY_LOG),
        left=0,
        unread=GO_READS_NOT | {"fat", "old", "brew", "raw"},
        logs_unread=True,
    ),
    "haproxy": _haproxy("httplog"),
    "haproxy-https": _haproxy("httpslog"),
}


@dataclass(frozen=True)
class Drive:
    """What was done to a proxy, and the logs it wrote about it. `reached` counts arrivals at the backend."""

    proxy: Proxy
    exchanges: tuple[Exchange, ...]
    reached: Mapping[str, int]
    logs: Mapping[str, Path]

    @property
    def entries(self) -> Counter[Entry]:
        return Counter(entry for each in self.exchanges if (entry := self.proxy.entry(each)))

    @property
    def attempts_again(self) -> Counter[str]:
        """How many attempts at each route were made again: those the backend dropped, two for each refusal."""
        dropped = sum(count - 1 for path, count in self.reached.items() if path.startswith("/retried/"))
        refused = sum(each.route == "/refused" for each in self.exchanges)
        return Counter({"/retried/:id": dropped, "/refused": 2 * refused})


def drive(proxy: Proxy, directory: Path, logged: Callable[[Path, int], bool]) -> Drive:
    """Start the proxy, use it, stop it. `logged` says whether so many requests are in a log."""
    with Backend() as backend, proxy.make(backend=backend.address, directory=directory) as server:
        client = Client(server.port, server.http2_port if isinstance(server, Nginx) else server.port)
        wait_until_served(client)
        ask(client)
        misbehave(client)
        done = Drive(
            proxy, tuple(client.exchanges), dict(backend.reached), {name: directory / name for name in proxy.logs}
        )
        deadline = time.monotonic() + ANSWERS_WITHIN
        while not all(logged(log, done.entries.total()) for log in done.logs.values()):
            if time.monotonic() > deadline:
                break  # What is missing is for a test to say.
            time.sleep(0.1)
    return done


def wait_until_served(client: Client) -> None:
    """A proxy may be ready before its routes are; what it answers then is in its log, too."""
    deadline = time.monotonic() + ANSWERS_WITHIN
    client.ask("/", "/")
    while client.exchanges[-1].status != 200:
        assert time.monotonic() < deadline, client.exchanges[-1]
        time.sleep(0.05)
        client.ask("/", "/")


def ask(client: Client) -> None:
    """What clients ordinarily do."""
    for number in range(7):
        client.ask(f"/orders/{number}?token=hunter2", "/orders/:id")
    for _ in range(3):
        client.ask("/orders", "/orders", method="POST", body="book=1984")
    client.ask("/orders/17/lines/3", "/orders/:id/lines/:id")
    client.ask("/orders/3", "/orders/:id", method="HEAD")
    client.ask("/missing", "/missing", headers='User-Agent: say "hi" \\ and more\r\n')
    client.ask("/fails/1", "/fails/:id", headers="User-Agent: caf\u00e9 \u2615\r\n")
    client.ask("/", "/", headers="Authorization: Basic YW5uIG9mIG9wczpodW50ZXIy\r\n")
    client.ask("/", "/", headers="Referer: https://else.example/?me=ann\r\n")
    client.ask("/a%20b/%22q%22", '/a b/"q"')
    client.ask("http://shop.example/absolute", "/absolute")
    client.pipeline([("/orders/1", "/orders/:id"), ("/missing", "/missing"), ("/orders", "/orders")])
    client.http2([("/orders/9", "/orders/:id"), ("/missing", "/missing"), ("/fails", "/fails")])
    if has_ipv6():
        client.ask("/six", "/six", host="::1")
    for number in range(2):
        client.ask(f"/retried/{number}", "/retried/:id")
    for _ in range(3):
        client.ask("/refused", "/refused")
    client.ask("/slow", "/slow")


def misbehave(client: Client) -> None:
    """What clients do as well."""
    client.ask('/q"b"\\c', '/q"b"\\c')
    client.ask("/caf\u00e9", "/caf\u00e9", what="raw")
    client.ask("/long/" + "x" * 3000, "/long/:id")
    client.ask("/pot", "/pot", method="BREW", what="brew")
    client.ask("/old", "/old", version="HTTP/1.0", what="old")
    client.ask("/future", "/future", version="HTTP/9.9", what="future")
    client.ask("/a b", "/a", what="blank")
    client.ask("/fat", "/fat", headers=f"Cookie: {'y' * 100_000}\r\n", what="fat")
    client.leave("/hangs", "/hangs")
    client.close_at_once()
    client.speak_tls()
    client.send(b"\x00\xff\x01 junk " + b"z" * 64 + b"\r\n\r\n", "", NO_REQUEST, what="junk")
