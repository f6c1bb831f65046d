"""Bounded HTTP reading: however a tool misbehaves, an answer is whole, in time and of bearable size, or a reason.

The caller of a request watches the clock while the exchange runs in a thread of its own. So every phase is
bounded, those that know no timeout included: name resolution, several addresses tried in turn, headers or a
body that come byte by byte. When time is up the caller goes on at once, and the connection is shut down
under the exchange, which ends it too.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import orjson
import requests
import urllib3
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies

from connectors.http_credentials import Credentials
from connectors.http_exchange import Exchange, HeldAdapter, OutOfTime
from connectors.http_failures import FOREIGN, refused, unreachable
from connectors.http_settings import MEBIBYTE, HttpSettings
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

CONNECT_WITHIN = 5.0
IDLE_AT_MOST = 30.0
"""Something in between may have forgotten a connection unused for so long: a new one is made."""
REDIRECTS_AT_MOST = 5
ERROR_BODY_AT_MOST = 1 << 16

_CHUNK = 1 << 16
_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")


Feed = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class _Bounds:
    deadline: Deadline
    pages: bool
    into: Feed | None


class _Asked(NamedTuple):
    method: str
    params: Any
    data: Any
    headers: Mapping[str, str] | None
    json: Any


class BoundedSession(requests.Session):
    """A requests session for one tool, used `within` a deadline, from several threads at once.

    `request`, and all that rests on it, returns a response that was read whole and whose status is below
    400, or raises Unobtainable. Redirects are followed within the tool's own origin, so that credentials
    stay there.
    """

    def __init__(self, settings: HttpSettings) -> None:
        super().__init__()
        parts = urlsplit(settings.url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        # Compressing pays across a network only.
        encoding = "identity" if _LOOPBACK.fullmatch(parts.hostname or "") else "gzip"
        self.headers.update({"Accept": "application/json", "Accept-Encoding": encoding})
        self.headers.update({name: value for name, value in settings.headers.items() if isinstance(value, str)})
        self.auth = Credentials(settings)
        self._trusts = not settings.insecure_skip_verify and (str(settings.ca_file) if settings.ca_file else True)
        self.cert = _client_certificate(settings)
        # The environment is read once: requests would go through all of it, twice, for every request. With it go
        # ~/.netrc and REQUESTS_CA_BUNDLE, which have no say here.
        self.proxies, self.trust_env = get_environ_proxies(settings.url), False
        if settings.insecure_skip_verify:
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._patience, self._max_bytes = settings.timeout, settings.max_bytes
        self._adapter = HeldAdapter(pool_maxsize=settings.at_once, max_retries=0)
        self._here = threading.local()
        self._used_at = time.monotonic()

    @contextmanager
    def within(self, deadline: Deadline, *, pages: bool = False, into: Feed | None = None) -> Iterator[None]:
        """Bound this thread's requests by `deadline`, beside the timeout of the settings.

        An HTML page in place of data is a reason to stop, unless `pages` says that one may come. Where `into`
        is given, it gets the body of a good answer piece by piece, in another thread, and the response has none.
        """
        self._here.bounds = _Bounds(deadline, pages, into)
        try:
            yield
        finally:
            del self._here.bounds

    def remaining(self) -> float:
        """Seconds that a request made now may take."""
        bounds: _Bounds = self._here.bounds
        return min(bounds.deadline.remaining(), self._patience)

    def get_adapter(self, url: str | bytes) -> HeldAdapter:  # noqa: ARG002 - the same for every address
        """Our own, whatever a library mounts."""
        return self._adapter

    def close(self) -> None:
        super().close()
        self._adapter.close()

    def request(
        self,
        method: str | bytes,
        url: str | bytes,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        *_: Any,
        json: Any = None,
        **__: Any,
    ) -> requests.Response:
        """See the class. What else requests knows, such as `timeout` or `verify`, is for the settings to say."""
        bounds: _Bounds = self._here.bounds
        patience = self.remaining()
        self._forget_idle_connections()
        asked = _Asked(str(method), params, data, headers, json)
        exchange = Exchange()
        if patience > 0:
            exchange.begin(lambda: self._converse(exchange, bounds, asked, str(url), patience))
        try:
            return exchange.wait(bounds.deadline, patience)
        except OutOfTime as error:
            raise self._out_of_time(bounds.deadline, patience, exchange.received) from error
        except FOREIGN as error:
            raise unreachable(self.origin, error) from error

    def _converse(
        self, exchange: Exchange, bounds: _Bounds, asked: _Asked, url: str, patience: float
    ) -> requests.Response:
        for _ in range(REDIRECTS_AT_MOST + 1):
            with self._send(asked, url, patience) as response:
                if not response.is_redirect:
                    self._read(exchange, bounds, response)
                    return response
                url = self._redirected(response)
                asked = asked._replace(params=None)
        says = f"{self.origin} redirects in circles."
        raise Unobtainable(
            GapReason.GARBLED, says, "Check the address and its path prefix; a sign-in page may do this."
        )

    def _send(self, asked: _Asked, url: str, patience: float) -> requests.Response:
        """As requests sends it, but for settings of one request's own: merging these takes as long as the rest."""
        request, headers = requests.PreparedRequest(), CaseInsensitiveDict(self.headers)
        headers.update(asked.headers or {})
        request.method, request.headers = asked.method, headers  # type: ignore[assignment]  # none is of bytes
        request.prepare_url(url, asked.params)
        if len(self.cookies):
            request.prepare_cookies(self.cookies)
        request.prepare_body(asked.data, None, asked.json)
        request.prepare_auth(self.auth)
        # A second longer than the exchange waits, so that it is always the exchange that says why.
        timeout = (min(CONNECT_WITHIN, patience + 1), patience + 1)
        response = self._adapter.send(
            request, stream=True, timeout=timeout, verify=self._trusts, cert=self.cert, proxies=self.proxies
        )
        if len(response.cookies):
            self.cookies.update(response.cookies)
        return response

    def _redirected(self, response: requests.Response) -> str:
        target = urlsplit(urljoin(response.url, response.headers["location"]))
        origin = f"{target.scheme}://{target.netloc.rpartition('@')[2]}"
        if origin == self.origin:
            return target.geturl()
        hint = (
            "If that is a sign-in page, set credentials for this source; if it has moved, write its new address."
        )
        raise Unobtainable(GapReason.REFUSED, f"{self.origin} sends us on to {origin}.", hint)

    def _read(self, exchange: Exchange, bounds: _Bounds, response: requests.Response) -> None:
        failed = response.status_code >= requests.codes.bad_request
        limit = ERROR_BODY_AT_MOST if failed else self._max_bytes
        body, received = bytearray(), 0
        keep = body.extend if failed or bounds.into is None else bounds.into
        for piece in _as_it_comes(response.raw):
            if not (received or failed or bounds.pages):
                _expect_no_page(response, piece, self.origin)
            received += len(piece)
            exchange.received = received
            if exchange.is_cut or received > limit:
                break
            keep(piece)
        if failed:
            raise refused(self.origin, response.status_code, response.reason or "", bytes(body))
        if received > limit:
            raise self._too_much()
        # What the `content` of requests would set, if it knew a limit.
        response._content, response._content_consumed = bytes(body), True  # type: ignore[attr-defined]  # noqa: SLF001

    def _forget_idle_connections(self) -> None:
        now = time.monotonic()
        idle, self._used_at = now - self._used_at, now
        if idle > IDLE_AT_MOST:
            self._adapter.close()

    def _too_much(self) -> Unobtainable:
        return Unobtainable(
            GapReason.TOO_MUCH,
            f"The answer of {self.origin} is larger than {self._max_bytes / MEBIBYTE:,.0f} MiB.",
            "Ask for less: sum the series up, or a shorter window. Or raise max_bytes in the source's settings.",
        )

    def _out_of_time(self, deadline: Deadline, patience: float, received: int | None) -> Unobtainable:
        if deadline.cancelled:
            return Unobtainable(GapReason.CANCELLED, f"Called off before {self.origin} had answered.")
        if patience <= 0:
            says, hint = (
                f"No time was left to ask {self.origin}.",
                "Give the gathering more time, or ask for less.",
            )
        elif received is not None:
            says = (
                f"{self.origin} was still sending after {patience:.3g} s ({received / MEBIBYTE:.3g} MiB so far)."
            )
            hint = (
                "Ask for less, or raise timeout in the source's settings; a proxy in between may also hold it up."
            )
        else:
            says = f"{self.origin} gave no answer within {patience:.3g} s."
            hint = (
                "It may hang or be overloaded; if the query is heavy, narrow it or raise timeout in the settings."
            )
        return Unobtainable(GapReason.TOO_SLOW, says, hint)


def _as_it_comes(raw: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """The decoded body, each piece as soon as it is there."""
    if raw.chunked:
        return raw.stream(_CHUNK, decode_content=True)
    return iter(partial(raw.read1, _CHUNK, decode_content=True), b"")


def _client_certificate(settings: HttpSettings) -> str | tuple[str, str] | None:
    if settings.client_cert is None:
        return None
    return (
        (str(settings.client_cert), str(settings.client_key)) if settings.client_key else str(settings.client_cert)
    )


def read_json(response: requests.Response, origin: str) -> Any:
    """The answer's JSON. Raises Unobtainable when it is no whole JSON."""
    try:
        return orjson.loads(response.content)
    except orjson.JSONDecodeError as error:
        says = f"The answer of {origin} ({len(response.content):,} bytes) is no JSON, or it breaks off."
        hint = "Try again; if it stays, look at the answer with curl."
        raise Unobtainable(GapReason.GARBLED, says, hint) from error


def _expect_no_page(response: requests.Response, opening: bytes, origin: str) -> None:
    """Raises Unobtainable when a page came where data was expected."""
    if "html" not in response.headers.get("Content-Type", "").lower() and not opening.lstrip().startswith(b"<"):
        return
    title = re.search(r"(?is)<title[^>]*>(.*?)</title>", opening.decode(errors="replace"))
    named = f" (“{' '.join(unescape(title[1]).split())[:80]}”)" if title else ""
    raise Unobtainable(
        GapReason.GARBLED,
        f"{origin} answered with an HTML page{named} where JSON was expected.",
        "A proxy may want you to sign in (set credentials), or the address lacks its path prefix.",
    )
