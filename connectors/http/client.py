"""Bounded HTTP: however a tool misbehaves, an answer is complete, in time and within its size limit, or a reason.

The caller watches the clock while the exchange runs in a thread of its own. So every phase is bounded, also those
that have no timeout: name resolution, several addresses tried in turn, headers or a body that arrive byte by byte.
When time is up the caller goes on at once, and the connection is shut down under the exchange, which ends it too.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.exceptions import InvalidProxyURL
from requests.utils import get_environ_proxies

from connectors.http.credentials import HttpCredentials
from connectors.http.echoes import in_headers, without
from connectors.http.exchange import Exchange, HeldAdapter, OutOfTime
from connectors.http.failures import FOREIGN, Refused, Unspeakable, expect_success, refused, unreachable
from connectors.http.json_answers import NoJson, read_any
from connectors.http.settings import MEBIBYTE, HttpSettings
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason
from vistas.source import Deadline

CONNECT_WITHIN = 5.0
IDLE_AT_MOST = 30.0
"""Something in between may have forgotten a connection unused for so long: a new one is made."""
REDIRECTS_AT_MOST = 5
ERROR_BODY_AT_MOST = 1 << 16

_CHUNK = 1 << 16
_JSON_OPENINGS = frozenset({b"", b"{", b"[", b'"'})
_WHO_ARE_YOU = frozenset({401, 403})
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
    stay there. What a refusal repeats of them, or of `secrets`, is masked.
    """

    def __init__(self, settings: HttpSettings, *, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secrets)
        self._secret_headers = [name for name, value in settings.headers.items() if not isinstance(value, str)]
        parts = urlsplit(settings.url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        # Compressing pays across a network only.
        encoding = "identity" if _LOOPBACK.fullmatch(parts.hostname or "") else "gzip"
        self.headers.update({"Accept": "application/json", "Accept-Encoding": encoding})
        self.headers.update({name: value for name, value in settings.headers.items() if isinstance(value, str)})
        self.auth = self._credentials = HttpCredentials(settings)
        self.verify = not settings.insecure_skip_verify and (str(settings.ca_file) if settings.ca_file else True)
        self.cert = _client_certificate(settings)
        # Of the environment, proxies alone have a say here; ~/.netrc and REQUESTS_CA_BUNDLE have none.
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
        message = f"{self.origin} redirects in a loop."
        raise Unobtainable(
            GapReason.GARBLED, message, "Check the address and its path prefix; a sign-in page can cause this."
        )

    def _send(self, asked: _Asked, url: str, patience: float) -> requests.Response:
        request = self.prepare_request(requests.Request(**asked._asdict(), url=url))
        # A second longer than the exchange waits, so that it is always the exchange that says why.
        timeout = (min(CONNECT_WITHIN, patience + 1), patience + 1)
        try:
            return self.send(request, stream=True, timeout=timeout, allow_redirects=False)
        except ValueError as error:
            raise (InvalidProxyURL if self.proxies else Unspeakable) from error

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: requests would read all of a redirect's body, however large. `_converse` goes on by itself."""

    def _redirected(self, response: requests.Response) -> str:
        try:
            target = urlsplit(urljoin(response.url, response.headers["location"]))
        except ValueError as error:
            message = f"{self.origin} redirects us to an invalid address."
            hint = "Whatever is in front of it is misconfigured; look at its Location header with curl."
            raise Unobtainable(GapReason.GARBLED, message, hint) from error
        origin = f"{target.scheme}://{target.netloc.rpartition('@')[2]}"
        if origin == self.origin:
            return target.geturl()
        hint = "If that is a sign-in page, set credentials for this source; if it has moved, use its new address."
        raise Unobtainable(GapReason.REFUSED, f"{self.origin} redirects us to {origin}.", hint)

    def _read(self, exchange: Exchange, bounds: _Bounds, response: requests.Response) -> None:
        failed = response.status_code >= requests.codes.bad_request
        limit = ERROR_BODY_AT_MOST if failed else self._max_bytes
        body, received = bytearray(), 0
        keep = body.extend if failed or bounds.into is None else bounds.into
        for piece in _decoded_pieces(response):
            if not (received or failed or bounds.pages):
                _expect_no_page(response, piece, self.origin)
            received += len(piece)
            exchange.received = received
            if exchange.is_cut or received > limit:
                break
            keep(piece)
        if failed:
            raise self._refused(response, bytes(body))
        if received > limit:
            raise self._too_much()
        # What the `content` of requests would set, if it knew a limit.
        response._content, response._content_consumed = bytes(body), True  # type: ignore[attr-defined]  # noqa: SLF001

    def _refused(self, response: requests.Response, body: bytes) -> Refused:
        sent = (*in_headers(response.request.headers, self._secret_headers), *self._secrets)
        phrase = without((response.reason or "").encode(), sent).decode()
        said = refused(self.origin, response.status_code, phrase, without(body, sent))
        if self._credentials.hint and response.status_code in _WHO_ARE_YOU:
            return Refused(said.gap.reason, said.gap.message, self._credentials.hint, status=said.status)
        return said

    def _forget_idle_connections(self) -> None:
        now = time.monotonic()
        idle, self._used_at = now - self._used_at, now
        if idle > IDLE_AT_MOST:
            self._adapter.close()

    def _too_much(self) -> Unobtainable:
        return Unobtainable(
            GapReason.TOO_MUCH,
            f"The answer from {self.origin} is larger than {self._max_bytes / MEBIBYTE:,.0f} MiB.",
            "Ask for less: aggregate, or use a shorter window. Or raise max_bytes in the source's settings.",
        )

    def _out_of_time(self, deadline: Deadline, patience: float, received: int | None) -> Unobtainable:
        if deadline.cancelled:
            return Unobtainable(GapReason.CANCELLED, f"Cancelled before {self.origin} had answered.")
        if patience <= 0:
            message, hint = (
                f"There was no time left to ask {self.origin}.",
                "Give the gathering more time, or ask for less.",
            )
        elif received is not None:
            message = (
                f"{self.origin} was still sending after {_about(patience)} ({received / MEBIBYTE:.3g} MiB so far)."
            )
            hint = "Ask for less, or raise timeout in the source's settings; a proxy in between may be slow."
        else:
            message = f"{self.origin} gave no answer within {_about(patience)}."
            hint = (
                "It may hang or be overloaded; if the query is heavy, narrow it or raise timeout in the settings."
            )
        return Unobtainable(GapReason.TOO_SLOW, message, hint)


def _about(seconds: float) -> str:
    """What was left of a deadline is a moment less than what somebody set: 0.6 s rather than 0.597 s."""
    return f"{max(round(seconds, 1), 0.1):g} s"


def _decoded_pieces(response: requests.Response) -> Iterator[bytes]:
    """The decoded body, each piece as soon as it is there."""
    raw = response.raw
    try:
        if raw.chunked:
            yield from raw.stream(_CHUNK, decode_content=True)
        else:
            yield from iter(partial(raw.read1, _CHUNK, decode_content=True), b"")
    except (ValueError, ArithmeticError) as error:
        raise Unspeakable from error


def _client_certificate(settings: HttpSettings) -> str | tuple[str, str] | None:
    if settings.client_cert is None:
        return None
    return (
        (str(settings.client_cert), str(settings.client_key)) if settings.client_key else str(settings.client_cert)
    )


def read_json(response: requests.Response, origin: str) -> Any:
    """The answer's JSON. Raises Unobtainable when it is no whole JSON, or tells of an error."""
    try:
        told = read_any(response.content)
    except NoJson as error:
        raise not_json(response, origin) from error
    expect_success(origin, told)
    return told


def not_json(response: requests.Response, origin: str) -> Unobtainable:
    """The reason for an answer that cannot be read."""
    message = f"The answer from {origin} ({len(response.content):,} bytes) is not JSON, or is cut off."
    return Unobtainable(
        GapReason.GARBLED, message, "Try again; if it happens again, look at the answer with curl."
    )


def _expect_no_page(response: requests.Response, opening: bytes, origin: str) -> None:
    """Raises Unobtainable when a page came where data was expected. JSON is JSON, whatever it is labelled."""
    begins = opening.removeprefix(b"\xef\xbb\xbf").lstrip()
    is_labelled = "html" in response.headers.get("Content-Type", "").lower()
    if not begins.startswith(b"<") and (not is_labelled or begins[:1] in _JSON_OPENINGS):
        return
    title = re.search(r"(?is)<title[^>]*>(.*?)</title>", opening.decode(errors="replace"))
    named = f" (“{' '.join(unescape(title[1]).split())[:80]}”)" if title else ""
    raise Unobtainable(
        GapReason.GARBLED,
        f"{origin} answered with an HTML page{named} where JSON was expected.",
        "A proxy may want you to sign in (set credentials), or the address lacks its path prefix.",
    )
