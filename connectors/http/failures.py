"""Translates HTTP errors and statuses into reasons in plain words; no other module judges them."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from ssl import SSLError
from typing import Any

import requests.exceptions as failed
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.exceptions import IncompleteRead as BodyCutOff

from connectors.http.json_answers import NoJson, read_any
from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

FOREIGN = (failed.RequestException, HTTPError, HTTPException, OSError)
"""Everything that the HTTP library and the sockets below it raise for what the outside world does."""


class Unspeakable(HTTPException):
    """What HTTP does not have stood in an answer, or would stand in a request."""


_LONGEST_MESSAGE = 400
_TOO_SLOW = frozenset({408, 504})
_TOO_LONG = "Ask for less: a shorter window or a narrower query."
_REASONS = {
    "timeout": GapReason.TOO_SLOW,
    "canceled": GapReason.TOO_SLOW,
    "unavailable": GapReason.UNREACHABLE,
    "internal": GapReason.UNREACHABLE,
}
"""What Prometheus' API calls an error (`errorType`), where it is not the query's fault."""
FAILED = ("error", "fail", "failure")
"""What a status within an answer says where there is no answer."""
_MESSAGES = ("error", "errors", "message", "detail", "details", "reason", "msg", "error_description", "title")
"""Where a message may stand, the likelier first."""
_DEEPEST, _LOOKED_AT = 5, 8
_HINTS = {
    400: "Correct the query, or whatever the message names.",
    401: "Set username and password_file, or bearer_token_file, or the tenant (an X-Scope-OrgID header).",
    403: "The credentials or the tenant (the X-Scope-OrgID header) are not allowed to read this.",
    404: "Check the address: many installations are under a path prefix, such as /prometheus.",
    407: "The proxy in between wants credentials: check HTTPS_PROXY and NO_PROXY.",
    422: "The tool understood the query but could not run it: correct or narrow it.",
    429: "It limits how often it can be asked: lower at_once in the source's settings, or wait a little.",
    502: "Whatever is in front of it cannot reach it: is it running?",
    503: "It is starting, overloaded or shutting down: try again in a moment.",
}
_NO_SUCH_PATH = "unsupported path requested"
"""How VictoriaMetrics and its relatives say 404, with status 400."""
_RELATIVES = (
    "Check the address: a VictoriaMetrics cluster is asked under /select/0/prometheus, and VictoriaLogs cannot be "
    "asked like a Prometheus or a Loki: write victoria_logs in place of loki for it."
)


class Refused(Unobtainable):
    """The tool answered with an HTTP status of 400 or more."""

    def __init__(self, reason: GapReason, message: str, hint: str, *, status: int) -> None:
        super().__init__(reason, message, hint)
        self.status = status


def refused(origin: str, status: int, phrase: str, body: bytes) -> Refused:
    """A status of 400 or more as a reason, with the tool's own message where it gave one."""
    message, kind = _message(body)
    if _NO_SUCH_PATH in message:
        return Refused(GapReason.REFUSED, _sentence(f"{origin} answered: {message}"), _RELATIVES, status=404)
    said = f"{origin} answered {status} {phrase}".rstrip() + (f": {message}" if message else "")
    if status in (401, 403, 407):
        reason = GapReason.REFUSED
    elif status in _TOO_SLOW or kind == "timeout":
        reason = GapReason.TOO_SLOW
    else:
        reason = GapReason.REFUSED if status < 500 else GapReason.UNREACHABLE  # noqa: PLR2004
    hint = _TOO_LONG if reason is GapReason.TOO_SLOW else ""
    return Refused(reason, _sentence(said), hint or _HINTS.get(status, "Its own log says more."), status=status)


def expect_success(origin: str, told: Any) -> None:
    """Raises Unobtainable where an answer of status 200 says that it is an error."""
    if isinstance(told, dict) and (told.get("status") in FAILED or (told.get("error") and "data" not in told)):
        raise failed_inside(origin, *message_of(told))


def failed_inside(origin: str, message: str, kind: str) -> Unobtainable:
    """An error told in an answer of status 200, by its message and what the tool calls its kind."""
    reason = _REASONS.get(kind, GapReason.REFUSED)
    said = f"{origin} answered with an error" + (f": {message}" if message else "")
    hint = _TOO_LONG if reason is GapReason.TOO_SLOW else "Correct or narrow the query, or check its own log."
    return Unobtainable(reason, _sentence(said), hint)


def _message(body: bytes) -> tuple[str, str]:
    """The tool's message and its kind of error: of an API's JSON, or the first line of plain text."""
    try:
        told = read_any(body)
    except NoJson:
        text = body.decode(errors="replace").strip()
        return ("" if text.startswith("<") else _clip(text.split("\n", 1)[0])), ""
    return message_of(told)


def message_of(told: Any) -> tuple[str, str]:
    """The message in an error's JSON, and its kind where the API is Prometheus'; both may be empty.

    Where it stands differs: beside the status (Prometheus), within `error` (Google, Elasticsearch), in a list of
    errors (Google again, Datadog), in `detail` (RFC 9457 and frameworks), with a capital letter (AWS).
    """
    kind = told.get("errorType", "") if isinstance(told, dict) else ""
    return _clip(_message_in(told, _DEEPEST)), kind if isinstance(kind, str) else ""


def _message_in(told: Any, depth: int) -> str:
    """The text found where a message may stand, looking into what holds one: a sentence before a mere word."""
    if isinstance(told, str):
        return told
    if depth == 0:
        return ""
    if isinstance(told, list):
        return next((said for each in told[:_LOOKED_AT] if (said := _message_in(each, depth - 1))), "")
    if not isinstance(told, dict):
        return ""
    by_name = {name.lower(): value for name, value in told.items()}
    texts = [text for name in _MESSAGES if (text := _message_in(by_name.get(name), depth - 1))]
    return next((text for text in texts if " " in text.strip()), texts[0] if texts else "")


def unreachable(origin: str, error: BaseException) -> Unobtainable:
    """An error of the HTTP library, or of the sockets below it, as a reason."""
    causes = list(_chain(error))
    if (tls := next((cause for cause in reversed(causes) if isinstance(cause, SSLError)), None)) is not None:
        return _untrusted(origin, str(tls))
    for kind, verdict in _VERDICTS:
        if any(isinstance(cause, kind) for cause in causes):
            return verdict.about(origin)
    if isinstance(error, OSError) and "invalid path" in str(error):
        message = _sentence(_clip(str(error)))
        return Unobtainable(GapReason.REFUSED, message, "Check ca_file, client_cert and client_key.")
    message = f"Talking to {origin} failed ({type(causes[-1]).__name__})."
    return Unobtainable(GapReason.UNREACHABLE, message, "Check the source's address and settings.")


def _untrusted(origin: str, detail: str) -> Unobtainable:
    if re.search(r"WRONG_VERSION_NUMBER|RECORD_LAYER_FAILURE|HTTP_REQUEST", detail, re.IGNORECASE):
        message = f"{origin} does not speak TLS."
        return Unobtainable(GapReason.UNREACHABLE, message, "Write http:// instead of https://.")
    if re.search(r"alert.*(certificate|handshake.failure|unknown.ca)|CERTIFICATE_REQUIRED", detail, re.IGNORECASE):
        message = f"{origin} wants a client certificate that it trusts."
        return Unobtainable(GapReason.REFUSED, message, "Set client_cert and client_key in the source's settings.")
    if "EOF" in detail:
        # Since TLS 1.3 a client learns only after the handshake that its certificate was not enough.
        message = f"{origin} closed the TLS connection."
        return Unobtainable(
            GapReason.REFUSED, message, "It may want a client certificate: set client_cert and client_key."
        )
    what = re.sub(r"^\[[^\]]*\]\s*|\s*\(_ssl\.c:\d+\)$", "", _clip(detail))
    hint = "If its certificate authority is your own, set ca_file in the source's settings to its certificate."
    return Unobtainable(GapReason.UNREACHABLE, _sentence(f"No trusted TLS connection to {origin}: {what}"), hint)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one kind of error means; `message` has `{origin}` in it."""

    reason: GapReason
    message: str
    hint: str

    def about(self, origin: str) -> Unobtainable:
        return Unobtainable(self.reason, self.message.format(origin=origin), self.hint)


_CUT_OFF = "Something in between may have cut off the answer: try again."
_VERDICTS: tuple[tuple[type[BaseException], _Verdict], ...] = (
    (
        failed.InvalidSchema,
        _Verdict(
            GapReason.UNREACHABLE,
            "The proxy in front of {origin} is of a kind that cannot be used here, such as SOCKS.",
            "Set HTTPS_PROXY or HTTP_PROXY to an http:// proxy, or add the tool to NO_PROXY.",
        ),
    ),
    (
        failed.InvalidProxyURL,
        _Verdict(
            GapReason.UNREACHABLE,
            "The address of the proxy in front of {origin} cannot be used.",
            "Check HTTPS_PROXY and HTTP_PROXY.",
        ),
    ),
    (
        failed.ProxyError,
        _Verdict(
            GapReason.UNREACHABLE,
            "The proxy in front of {origin} failed.",
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
    (BodyCutOff, _Verdict(GapReason.GARBLED, "The answer from {origin} was cut off in the middle.", _CUT_OFF)),
    (DecodeError, _Verdict(GapReason.GARBLED, "The answer from {origin} is badly compressed.", _CUT_OFF)),
    (
        ConnectionError,
        _Verdict(
            GapReason.UNREACHABLE,
            "{origin} closed the connection before the answer was complete.",
            "Is it being restarted? Does it want TLS, or a client certificate (client_cert, client_key)?",
        ),
    ),
    (
        HTTPException,
        _Verdict(
            GapReason.GARBLED, "Whatever listens at {origin} does not speak HTTP properly.", "Is the port right?"
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
