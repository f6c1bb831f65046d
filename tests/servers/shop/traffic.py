"""Who visits the shop and what they ask for: a plan of requests, always the same for the same span."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.servers.shop.inventory import WAYS_IN, WayIn
from tests.servers.shop.metrics.front_door import SHARES, SPREAD, requests_per_second, share_of, typical_seconds
from tests.servers.shop.metrics.series import SEED

BROWSERS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile",
    "LanternApp/4.2 (Android 16)",
    "ExampleBot/2.1 (+https://bot.example/about)",
)
CLIENT_RANGES = ("203.0.113", "198.51.100", "192.0.2")
TITLES = (
    "the-lamplighter",
    "night-trains",
    "a-field-of-clocks",
    "salt-and-paper",
    "the-quiet-orchard",
    "northern-light",
)
WORDS = ("poetry", "atlas", "night+trains", "cook+book", "lighthouse", "second+hand", "tove", "maps+of+the+moon")
SLOW_ANSWER = 6.0
"""Seconds after which nginx has given up, so that it answers 504."""


@dataclass(frozen=True)
class Request:
    """One request as planned. `answer` is what each pod in turn does: a status, `close` or `hang`."""

    at: float
    way: WayIn
    method: str
    target: str
    client: str
    agent: str
    answer: str
    seconds: float
    size: int
    patience: float = 30.0
    """After how many seconds the client gives up."""


def requests(begin: float, until: float) -> Iterator[Request]:
    """Every planned request from `begin` until `until`, in order of time."""
    chance = random.Random(f"{SEED} {begin}")  # noqa: S311 - visitors, not secrets
    moment = begin
    while moment < until:
        minute = [
            _request(way, moment + chance.uniform(0, 60), chance)
            for way in WAYS_IN
            for _ in range(_poisson(60 * requests_per_second(way, moment), chance))
        ]
        yield from sorted(minute, key=lambda request: request.at)
        moment += 60


def _request(way: WayIn, at: float, chance: random.Random) -> Request:
    weights = [share_of(way, status, at) for status in SHARES]
    status = chance.choices(list(SHARES), weights)[0]
    method, target = _asks_for(way, chance)
    if status == "404":
        target = chance.choice(("/wp-login.php", "/.env", "/books/0", "/favicon-old.ico"))
        target = target if way.path == "/" else f"{way.path}{target}"
    planned = Request(
        at=at,
        way=way,
        method=method,
        target=target,
        client=f"{chance.choice(CLIENT_RANGES)}.{int(chance.paretovariate(0.6)) % 254 + 1}",
        agent=chance.choices(BROWSERS, (20, 18, 30, 16, 12, 4))[0],
        answer=_answers(way, status, at),
        seconds=min(4.5, typical_seconds(way, at) * math.exp(chance.gauss(0, SPREAD))),
        size=0 if status in {"304", "302"} else int(chance.lognormvariate(9.2, 0.7)),
    )
    return _given_up(planned, chance) if status == "499" else planned


def _given_up(planned: Request, chance: random.Random) -> Request:
    patience = chance.uniform(0.4, 3.0)
    return Request(**{**planned.__dict__, "answer": "200", "patience": patience, "seconds": patience + 1.0})


def _answers(way: WayIn, status: str, at: float) -> str:
    if status == "502":
        return "close"
    if status == "504":
        return "hang"
    if way.service == "search" and share_of(way, "502", at) > 0.1 and int(at) % 3 == 0:
        # The broken pod drops it and the other one answers: nginx tries both.
        return f"close,{status}"
    return "200" if status == "499" else status


def _asks_for(way: WayIn, chance: random.Random) -> tuple[str, str]:
    number = chance.randint(1000, 9999)
    if way.name == "search":
        return "GET", f"/search?q={chance.choice(WORDS)}&page={int(chance.paretovariate(1.5))}"
    if way.name == "checkout":
        return chance.choice((("POST", f"/checkout/orders/{number}/pay"), ("GET", f"/checkout/carts/{number}")))
    if way.name == "accounts":
        secret = f"{chance.getrandbits(64):x}"
        return chance.choice(
            (
                ("GET", "/profile"),
                ("POST", "/login"),
                ("GET", f"/confirm?email=ana{number}@example.org&token={secret}"),
            )
        )
    if way.name == "thumbs":
        return "GET", f"/thumbs/{chance.getrandbits(40):010x}.webp?w={chance.choice((160, 320, 640))}"
    title = chance.choice(TITLES)
    return "GET", chance.choices(("/", f"/books/{number}/{title}", "/new", f"/authors/{number}"), (3, 8, 2, 2))[0]


def _poisson(mean: float, chance: random.Random) -> int:
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count
