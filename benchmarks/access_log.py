"""Ordinary access logs of any length: the traffic of a shop, from 5,000 clients, through ingress-nginx.

The same arguments always give the same bytes. Lines come in the order of their time, 46 a second, fewer and more
by the hour: a longer file is a longer time. Clients and routes are as uneven as they are in life, and a few
requests are retried, refused, given up or are no requests at all.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Literal

from benchmarks.shop_traffic import ROUTES, Route, Service, identifier, user_agents
from tests.servers.cache import cache_directory

Format = Literal["ingress-nginx", "combined"]

VERSION = 2
"""Part of every file's name: raised when the lines change, so that no older file is taken for a new one."""
CLIENTS = 5_000
BEGIN = datetime(2026, 11, 19, tzinfo=UTC)
PER_SECOND = 46.0
AT_ONCE = 20_000
RETRIED, GIVEN_UP, NO_REQUEST = 0.003, 0.004, 0.0005
"""How many of all lines: sent to a second pod, left by the client, or not even HTTP."""
OVER_IPV6, WITH_QUERY = 0.05, 0.6


def access_log(written_as: Format, lines: int) -> Path:
    """The file of so many lines, made where it is not in the cache yet."""
    folder = cache_directory().parent / "benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{written_as}-v{VERSION}-{lines}.log"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        with unfinished.open("w", encoding="ascii") as out:
            for text in _written(written_as, lines):
                out.write(text)
        unfinished.rename(path)
    return path


def _written(written_as: Format, lines: int) -> Iterator[str]:
    """The log, some lines at a time."""
    random = Random(f"{written_as} {VERSION}")  # noqa: S311 — no secret is made of it
    clients, agents = _clients(random), user_agents(random)
    by_clients = list(accumulate(1 / (place + 20) for place in range(CLIENTS)))
    by_routes = list(accumulate(route.share for route in ROUTES))
    whole = written_as == "ingress-nginx"
    moment = 0.0
    for first in range(0, lines, AT_ONCE):
        count = min(AT_ONCE, lines - first)
        chosen = zip(
            random.choices(range(CLIENTS), cum_weights=by_clients, k=count),
            random.choices(ROUTES, cum_weights=by_routes, k=count),
            strict=True,
        )
        second, stamp, texts = -1, "", []
        for client, route in chosen:
            moment += -math.log(1 - random.random()) / (PER_SECOND * _busyness(moment))
            if int(moment) != second:
                second = int(moment)
                stamp = (BEGIN + timedelta(seconds=second)).strftime("%d/%b/%Y:%H:%M:%S +0000")
            common, rest = _line(random, stamp, clients[client], agents[client % len(agents)], route)
            texts.append(f"{common}{rest}\n" if whole else f"{common}\n")
        yield "".join(texts)


def _busyness(moment: float) -> float:
    """Quiet at four in the morning, busy at four in the afternoon."""
    return 1 - 0.6 * math.cos((moment / 3600 - 4) * math.pi / 12)


def _clients(random: Random) -> list[str]:
    """Distinct addresses, one of twenty IPv6."""
    found: dict[str, None] = {}
    while len(found) < CLIENTS:
        if random.random() < OVER_IPV6:
            address = f"2001:db8:{random.getrandbits(16):x}:{random.getrandbits(16):x}::{random.getrandbits(8):x}"
        else:
            address = ".".join(str(random.randrange(1, 255)) for _ in range(4))
        found[address] = None
    return list(found)


def _line(random: Random, stamp: str, client: str, agent: str, route: Route) -> tuple[str, str]:
    """What the combined format has of a line, and what ingress-nginx writes after it."""
    fate = random.random()
    if fate < NO_REQUEST:
        return _no_request(random, stamp, client)
    target = route.target % identifier(random, route.identified_by) if route.identified_by else route.target
    if route.query and random.random() < WITH_QUERY:
        target = f"{target}?{route.query}{random.randrange(1, 40)}"
    status = random.choices(route.statuses, cum_weights=route.by_statuses)[0]
    seconds = random.lognormvariate(route.typical, 0.7)
    answer, sent, upstreams = _upstreams(random, route.service, status, seconds, fate)
    referer = f"https://{route.service.host}{route.referer}" if route.referer else "-"
    common = f'{client} - - [{stamp}] "{route.method} {target} HTTP/2.0" {answer} {sent} "{referer}" "{agent}"'
    rest = f" {random.randrange(60, 1400)} {upstreams} {random.getrandbits(128):032x}"
    return common, rest


def _upstreams(random: Random, service: Service, status: int, seconds: float, fate: float) -> tuple[int, int, str]:
    """The status that was answered, the bytes sent, and the format's fields from the request's time on."""
    pod = random.choice(service.pods)
    named = f"[{service.upstream}] []"
    size = 0 if status in (204, 304) else int(random.lognormvariate(7.5, 1.4))
    if fate < NO_REQUEST + RETRIED:
        other = random.choice(service.pods)
        wasted = seconds / 3
        attempts = f"{pod}, {other} 0, {size} {wasted:.3f}, {seconds:.3f} 502, {status}"
        return status, size, f"{seconds + wasted:.3f} {named} {attempts}"
    if fate < NO_REQUEST + RETRIED + GIVEN_UP:
        return 499, 0, f"{seconds:.3f} {named} {pod} 0 {seconds:.3f} -"
    return status, size, f"{seconds:.3f} {named} {pod} {size} {seconds:.3f} {status}"


def _no_request(random: Random, stamp: str, client: str) -> tuple[str, str]:
    """TLS spoken to the plain port."""
    common = f'{client} - - [{stamp}] "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03" 400 150 "-" "-"'
    return common, f" 0 0.{random.randrange(1000):03d} [] [] - - - - {random.getrandbits(128):032x}"
