"""What goes wrong over HTTP, in words: the only place where the HTTP library's errors and statuses are judged."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from ssl import SSLError
from typing import Any

import orjson
import requests.exceptions as failed
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.exceptions import IncompleteRead as BodyCutOff

from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

FOREIGN = (failed.RequestException, HTTPError, OSError)
"""Everything that the HTTP library and the sockets below it raise for what the outside world does."""

_LONGEST_MESSAGE = 400
_TOO_SLOW = frozenset({408, 504})
_HINTS = {
    400: "Correct the query, or whatever the message names.",
    401: "Set username and password_file, or bearer_token_file, or the tenant (an X-Scope-OrgID header).",
    403: "The credentials or the tenant (the X-Scope-OrgID header) have no right to read this.",
    404: "Check the address: many installations live below a path prefix, such as /prometheus.",
    407: "The proxy on the way wants credentials: see HTTPS_PROXY and NO_PROXY.",
    422: "The tool understood the query and could not carry it out: correct or narrow it.",
    429: "It limits how often it may be asked: lower at_once in the source's settings, or wait a little.",
    502: "What stands in front of it cannot reach it: is it running?",
    503: "It is starting, overloaded or being stopped: try again in a moment.",
}


class Refused(Unobtainable):
    """The tool answered with an HTTP status of 400 or more."""

    def __init__(self, reason: GapReason, says: str, hint: str, *, status: int) -> None:
        super().__init__(reason, says, hint)
        self.status = status


def refused(origin: str, status: int, phrase: str, body: bytes) -> Refused:
    """A status of 400 or more as a reason, with the tool's own message where it gave one."""
    message, kind = _message(body)
    said = f"{origin} answered {status} {phrase}".rstrip() + (f": {message}" if message else "")
    if status in (401, 403, 407):
        reason = GapReason.REFUSED
    elif status in _TOO_SLOW or kind == "timeout":
        reason = GapReason.TOO_SLOW
    elif status == 404:  # noqa: PLR2004
        reason = GapReason.NOT_HERE
    else:
        reason = GapReason.REFUSED if status < 500 else GapReason.UNREACHABLE  # noqa: PLR2004
    hint = "Ask for less: a shorter window or a narrower query." if reason is GapReason.TOO_SLOW else ""
    return Refused(reason, _sentence(said), hint or _HINTS.get(status, "Its own log says more."), status=status)


def _message(body: bytes) -> tuple[str, str]:
    """The tool's message and its kind of error: of an API's JSON, or the first line of plain text."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        text = body.decode(errors="replace").strip()
        return ("" if text.startswith("<") else _clip(text.split("\n", 1)[0])), ""
    if isinstance(told, str):
        return _clip(told), ""
    if not isinstance(told, dict):
        return "", ""
    message = next((told[key] for key in ("error", "message") if isinstance(told.get(key), str)), "")
    return _clip(message), str(told.get("errorType", ""))


def unreachable(origin: str, error: BaseException) -> Unobtainable:
    """An error of the HTTP library, or of the sockets below it, as a reason."""
    causes = list(_chain(error))
    if (tls := next((cause for cause in reversed(causes) if isinstance(cause, SSLError)), None)) is not None:
        return _untrusted(origin, str(tls))
    for kind, verdict in _VERDICTS:
        if any(isinstance(cause, kind) for cause in causes):
            return verdict.about(origin)
    if isinstance(error, OSError) and "invalid path" in str(error):
        says = _sentence(_clip(str(error)))
        return Unobtainable(GapReason.REFUSED, says, "Check ca_file, client_cert and client_key.")
    says = f"Talking to {origin} failed ({type(causes[-1]).__name__})."
    return Unobtainable(GapReason.UNREACHABLE, says, "Check the source's address and settings.")


def _untrusted(origin: str, detail: str) -> Unobtainable:
    if re.search(r"WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|HTTP_REQUEST", detail, re.IGNORECASE):
        says = f"{origin} does not speak TLS."
        return Unobtainable(GapReason.UNREACHABLE, says, "Write http:// instead of https://.")
    if re.search(r"alert.*(certificate|handshake.failure|unknown.ca)|CERTIFICATE_REQUIRED", detail, re.IGNORECASE):
        says = f"{origin} wants a client certificate that it trusts."
        return Unobtainable(GapReason.REFUSED, says, "Set client_cert and client_key in the source's settings.")
    if "EOF" in detail:
        # Since TLS 1.3 a client learns only after the handshake that its certificate was not enough.
        says = f"{origin} broke the TLS connection off."
        return Unobtainable(
            GapReason.REFUSED, says, "It may want a client certificate: set client_cert and client_key."
        )
    what = re.sub(r"^\[[^\]]*\]\s*|\s*\(_ssl\.c:\d+\)$", "", _clip(detail))
    hint = "If its authority is your own, name that authority's certificate as ca_file in the source's settings."
    return Unobtainable(GapReason.UNREACHABLE, _sentence(f"No trusted TLS connection to {origin}: {what}"), hint)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one kind of error means; `says` has `{origin}` in it."""

    reason: GapReason
    says: str
    hint: str

    def about(self, origin: str) -> Unobtainable:
        return Unobtainable(self.reason, self.says.format(origin=origin), self.hint)


_CUT_OFF = "Something in between may have cut the answer off: try again."
_VERDICTS: tuple[tuple[type[BaseException], _Verdict], ...] = (
    (
        failed.ProxyError,
        _Verdict(
            GapReason.UNREACHABLE,
            "The proxy on the way to {origin} failed.",
            "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.",
        ),
    ),
    (
        socket.gaierror,
        _Verdict(
            GapReason.UNREACHABLE,
            "The host name of {origin} is not known here.",
            "Check the spelling, and DNS or the VPN.",
        ),
    ),
    (
        ConnectionRefusedError,
        _Verdict(
            GapReason.UNREACHABLE,
            "Nothing listens at {origin}.",
            "Is it running, and is the port right? A port-forward may have ended.",
        ),
    ),
    (
        failed.ConnectTimeout,
        _Verdict(
            GapReason.UNREACHABLE,
            "{origin} did not accept a connection in time.",
            "Check the address, the network or VPN, and any firewall in between.",
        ),
    ),
    (
        ReadTimeoutError,
        _Verdict(
            GapReason.TOO_SLOW,
            "{origin} did not answer in time.",
            "Ask for less, or raise timeout in the source's settings.",
        ),
    ),
    (BodyCutOff, _Verdict(GapReason.GARBLED, "The answer of {origin} broke off in the middle.", _CUT_OFF)),
    (DecodeError, _Verdict(GapReason.GARBLED, "The answer of {origin} is compressed wrongly.", _CUT_OFF)),
    (
        ConnectionError,
        _Verdict(
            GapReason.UNREACHABLE,
            "{origin} closed the connection without a whole answer.",
            "Is it being restarted? Does it want TLS, or a client certificate (client_cert, client_key)?",
        ),
    ),
    (
        HTTPException,
        _Verdict(
            GapReason.GARBLED, "What listens at {origin} does not speak HTTP as it should.", "Is the port right?"
        ),
    ),
)
"""The first kind found among an error and its causes decides, so the particular stand before the general."""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything it was made from, outermost first."""
    seen: set[int] = set()
    waiting: list[Any] = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [getattr(cause, "reason", None), *cause.args, cause.__cause__, cause.__context__]


def _clip(text: str) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f]", " ", text)).strip()
    return text if len(text) <= _LONGEST_MESSAGE else text[: _LONGEST_MESSAGE - 1] + "…"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else text + "."
