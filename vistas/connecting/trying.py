"""What somebody pasted, tried at once: what it may be, what it is, what it has."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

from vistas.connecting.credentials import NOBODY, Credentials, lent, signed, unsigned
from vistas.errors import VistasError
from vistas.extensions.discovery import Introduction, Machine, Offer, Standing, introduce, meant_by
from vistas.redaction import Redactor
from vistas.source import Deadline

AT_ONCE: Final = 8
"""How many offers are tried at the same time."""
LONGEST: Final = 4096
_SECONDS: Final = 0.2
"""How much longer than its deadline something is waited for that keeps to it."""
_TELLING: Final = {standing: rank for rank, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text without the credentials that stood in it. `offers` are what it may mean, the likeliest first.

    `others` are what somebody may choose instead, such as the other contexts of a kubeconfig.
    """

    text: str
    offers: tuple[Offer, ...]
    credentials: Credentials = NOBODY
    others: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """An offer as it should be kept, without credentials, and what came of trying it."""

    offer: Offer
    told: Introduction


def recognise(pasted: str, machine: Machine) -> Pasted:
    """What a pasted text may mean. Nobody is asked, and what was said of a user and a password is set apart."""
    text, credentials = _without_credentials(pasted.strip().strip("\"'<>").strip()[:LONGEST])
    meant = meant_by(text, machine) if text else ()
    others = tuple(offer for offer in meant if offer.on_request)
    return Pasted(text, tuple(offer for offer in meant if not offer.on_request), credentials, others)


def try_out(
    offers: Sequence[Offer], redactor: Redactor, deadline: Deadline, *, credentials: Credentials = NOBODY
) -> tuple[Tried, ...]:
    """Try everything that is offered, side by side; one result for each way of being tried and name.

    What answers comes first, then what is the most telling. Credentials go to what an offer names and nowhere
    else. What is not tried in time is slow.
    """
    offers = _unseen(offers) if credentials else offers
    with lent(credentials) as says:
        results = list(_arriving(offers, says, redactor, deadline))
    best: dict[tuple[str, str], Tried] = {}
    for _, tried in sorted(results, key=lambda each: (_TELLING[each[1].told.standing], each[0])):
        best.setdefault((tried.offer.finder, tried.offer.name), tried)
    return tuple(best.values())


def _arriving(
    offers: Sequence[Offer], says: dict[str, str], redactor: Redactor, deadline: Deadline
) -> Iterator[tuple[int, Tried]]:
    """Daemon threads, as for a gathering: none keeps a process from ending."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    arrived: queue.SimpleQueue[tuple[int, Tried]] = queue.SimpleQueue()
    for number in range(len(offers)):
        waiting.put(number)

    def work() -> None:
        while not deadline.passed:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            arrived.put((number, _try(offers[number], says, redactor, deadline)))

    for _ in range(min(AT_ONCE, len(offers))):
        threading.Thread(target=work, name="try", daemon=True).start()
    missing = set(range(len(offers)))
    while missing:
        try:
            number, tried = arrived.get(timeout=deadline.remaining() + _SECONDS)
        except queue.Empty:
            break
        missing.discard(number)
        yield number, tried
    yield from ((number, Tried(offers[number], _TOO_LATE)) for number in missing)


def _unseen(offers: Sequence[Offer]) -> Sequence[Offer]:
    """Where an address was written without its scheme, credentials go to https alone."""
    hosts = {urlsplit(url).netloc for offer in offers if (url := url_of(offer)).startswith("https://")}
    return [
        offer
        for offer in offers
        if url_of(offer).startswith("https://") or urlsplit(url_of(offer)).netloc not in hosts
    ]


def url_of(offer: Offer) -> str:
    """Whom trying it asks; empty where that is no address."""
    table = offer.table
    for key in offer.sign_in or ():
        table = table.get(key, {})
    return str(table.get("url", ""))


_TOO_LATE: Final = Introduction(
    Standing.SLOW, "It gave no answer in time.", "Is it overloaded, or far away? Try again in a moment."
)


def _try(offer: Offer, says: dict[str, str], redactor: Redactor, deadline: Deadline) -> Tried:
    began = time.monotonic()
    try:
        table = signed(offer.table, offer.sign_in, says) if offer.sign_in is not None else dict(offer.table)
        told = introduce(replace(offer, table=table), redactor, deadline)
    except VistasError as error:
        took = timedelta(seconds=time.monotonic() - began)
        said = redactor.begin().text(str(error))
        return Tried(offer, Introduction(Standing.SOMETHING_ELSE, said, "Correct it, and try again.", took))
    return Tried(
        replace(offer, table=unsigned(told.table or offer.table, offer.sign_in)), replace(told, table=None)
    )


_USER = re.compile(r"(?i)(https?://)([^/?#@]*)@(.+)")


def _without_credentials(text: str) -> tuple[str, Credentials]:
    """`https://user:password@host` is how some write it."""
    found = _USER.fullmatch(text)
    if not found:
        return text, NOBODY
    user, _, password = found[2].partition(":")
    user, password = unquote(user), unquote(password)
    usable = user and password and password.isprintable()
    return found[1] + found[3], Credentials(user, password) if usable else NOBODY
