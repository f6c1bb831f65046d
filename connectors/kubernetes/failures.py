"""What an API server, or whatever stands in front of it, can do wrong, in words for people."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import orjson

from connectors.taking import Unobtainable
from vistas.snapshot import GapReason

SPOKEN = 200
"""How much of a server's own message is passed on, in characters."""

_PASSWORD = re.compile(r"//[^/]*@")
REDIRECTION = 3
ABSENT = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_ACCEPTABLE}
SIGN_IN_AGAIN = (
    "Sign in again, or renew the kubeconfig's token; kubectl get nodes should work with the same context."
)
IN_FRONT = "A sign-in page or a proxy is in front: set the API server's own address in the kubeconfig."
BROKEN_OFF = "stopped in the middle of its answer, or does not speak HTTP"
CUT_SHORT = "Try again; if it happens again, something between here and the cluster is cutting answers short."


@dataclass(frozen=True, slots=True)
class Right:
    """What the account must be allowed: one line of a role."""

    verb: str
    group: str
    resource: str
    namespace: str | None = None

    @property
    def rule(self) -> str:
        return f'{{apiGroups: ["{self.group}"], resources: ["{self.resource}"], verbs: ["{self.verb}"]}}'

    @property
    def description(self) -> str:
        group = f" of the group {self.group}" if self.group else ""
        place = f"in the namespace {self.namespace}" if self.namespace else "in the whole cluster"
        return f"{self.verb} {self.resource}{group} {place}"


def unusable(why: str, hint: str = "") -> Unobtainable:
    """A kubeconfig, or one of its entries, with which no cluster can be reached."""
    return Unobtainable(
        GapReason.UNREACHABLE,
        f"The kubeconfig cannot be used: {why.replace(str(Path.home()), '~')}.",
        hint or "Set kubeconfig and context for this source in vistas.toml to what works with kubectl.",
    )


class Expired(Exception):
    """410: the list has changed too much since its first page."""


class Absent(Unobtainable):
    """404: what was asked for is not there, in this version at least."""

    def __init__(self, what: str) -> None:
        super().__init__(
            GapReason.NOT_HERE,
            f"The cluster does not have {what}.",
            "Nothing to do if it is not installed there; otherwise check that its API service is up.",
        )


def refusal(status: int, body: bytes, what: str, right: Right | None) -> Unobtainable:
    """Why an answer that is not 200 is no answer."""
    if status in ABSENT:
        return Absent(what)
    if status == HTTPStatus.FORBIDDEN:
        return _not_allowed(body, what, right)
    return _other_refusal(status, _message(body), what)


def _other_refusal(status: int, said: str, what: str) -> Unobtainable:
    if status == HTTPStatus.UNAUTHORIZED:
        return Unobtainable(GapReason.REFUSED, "The cluster does not accept our credentials.", SIGN_IN_AGAIN)
    if status == HTTPStatus.BAD_REQUEST:
        return Unobtainable(GapReason.REFUSED, f"The cluster does not accept the request for {what}: {said}")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        busy = f"The API server is too busy to return {what} right now."
        return Unobtainable(GapReason.REFUSED, busy, "Try again in a minute, or narrow the look to a namespace.")
    if status // 100 == REDIRECTION:
        elsewhere = f"Asked for {what}, the address redirected us elsewhere."
        return Unobtainable(GapReason.GARBLED, elsewhere, IN_FRONT)
    return Unobtainable(
        GapReason.UNREACHABLE,
        f"Asked for {what}, the API server failed with {status}{f' ({said})' if said else ''}.",
        "Try again; if it happens again, look at the API server, or at the service behind this API group.",
    )


def _not_allowed(body: bytes, what: str, right: Right | None) -> Unobtainable:
    if b"system:anonymous" in body:
        return Unobtainable(
            GapReason.REFUSED,
            f"The cluster treated us as an anonymous user and refused {what}.",
            "The kubeconfig's user has no credentials for the cluster: give it a token or a certificate.",
        )
    if right is None:
        return Unobtainable(GapReason.REFUSED, f"The cluster refused us {what}.", SIGN_IN_AGAIN)
    return Unobtainable(
        GapReason.REFUSED,
        f"The account may not {right.description}.",
        f"Add the rule {right.rule} to its role; docs/kubernetes-clusterrole.yaml has all the rules needed.",
    )


def _message(body: bytes) -> str:
    """The message of a Status object, shortened; empty when it is anything else."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    message = said.get("message") if isinstance(said, dict) else None
    return " ".join(str(message).split())[:SPOKEN].rstrip(".") if message else ""


def unreachable(failure: BaseException, server: str, patience: float) -> Unobtainable:
    """Why no answer, or no whole one, came; `patience` is how long a byte was waited for, in seconds.

    The failure's own words are not told: a library may quote headers, and with them a token.
    """
    from urllib3 import exceptions

    cause, server = _cause(failure), _PASSWORD.sub("//", server)
    # What it takes to go by SOCKS is only imported when a proxy is of that kind.
    unconnected = exceptions.NewConnectionError, exceptions.ProxyError, exceptions.ProxySchemeUnknown, ImportError
    if isinstance(cause, unconnected):
        return Unobtainable(GapReason.UNREACHABLE, *_unconnected(cause, server))
    if isinstance(cause, exceptions.TimeoutError):
        slow = f"{server} did not respond for {patience:.0f} s."
        hint = (
            "Check that the VPN is up and the API server is healthy, or allow more time (timeout of this source)."
        )
        return Unobtainable(GapReason.TOO_SLOW, slow, hint)
    if isinstance(cause, exceptions.SSLError | ssl.SSLError):
        hint = "The kubeconfig's certificate-authority must be the one that signed the server's certificate."
        return Unobtainable(GapReason.UNREACHABLE, f"No trusted connection to {server}{_distrust(cause)}.", hint)
    if isinstance(cause, exceptions.DecodeError | exceptions.ProtocolError):
        packed = isinstance(cause, exceptions.DecodeError)
        how = "sent a body that cannot be decompressed" if packed else BROKEN_OFF
        return Unobtainable(GapReason.GARBLED, f"{server} {how}.", CUT_SHORT)
    message = f"{server} cannot be reached ({_kind_of(cause)})."
    return Unobtainable(GapReason.UNREACHABLE, message, "Check whether kubectl works with this context.")


def _unconnected(cause: BaseException, server: str) -> tuple[str, str]:
    """What to say of a connection that did not come about, and what to do."""
    from urllib3 import exceptions

    if isinstance(cause, exceptions.NameResolutionError):
        return f"The host name in {server} is not known.", "Check that the VPN is up and the kubeconfig is right."
    if isinstance(cause, exceptions.NewConnectionError):
        return (
            f"Nothing answers at {server}.",
            "Check that the cluster is running, the VPN is up and the address is right.",
        )
    return f"The proxy in front of {server} cannot be used.", "Check proxy-url in the kubeconfig, and HTTPS_PROXY."


@contextmanager
def foreign_failures(server: str, patience: float) -> Iterator[None]:
    """Whatever the official client, or what it stands on, raises inside is Unobtainable, without its words."""
    from http.client import HTTPException

    from kubernetes.client.exceptions import OpenApiException
    from urllib3.exceptions import HTTPError

    try:
        yield
    except (
        HTTPError,
        OpenApiException,
        HTTPException,
        OSError,
        ValueError,
        TypeError,
        AttributeError,
        ImportError,
    ) as failure:
        raise unreachable(failure, server, patience) from None


def _cause(failure: BaseException) -> BaseException:
    """What lies behind a failure of the official client, or behind the last of its tries."""
    from kubernetes.client.exceptions import ApiException
    from urllib3.exceptions import MaxRetryError

    if isinstance(failure, ApiException) and failure.__context__ is not None:
        return _cause(failure.__context__)
    if isinstance(failure, MaxRetryError) and failure.reason:
        return _cause(failure.reason)
    return failure


def _distrust(failure: BaseException) -> str:
    """What OpenSSL says about a certificate, which is one of its own phrases."""
    for cause in (failure, *failure.args, failure.__cause__, failure.__context__):
        if isinstance(cause, ssl.SSLCertVerificationError) and cause.verify_message:
            return f": {cause.verify_message.rstrip('.')}"
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return f": {cause.reason.lower().replace('_', ' ')}"
    return ""


def _kind_of(failure: BaseException) -> str:
    said = failure.strerror if isinstance(failure, OSError) else None
    return said or type(failure).__name__


def not_json(body: bytes | bytearray, what: str) -> Unobtainable:
    if body.lstrip()[:1] == b"<":
        return Unobtainable(
            GapReason.GARBLED, f"Asked for {what}, the address answered with a web page.", IN_FRONT
        )
    return Unobtainable(GapReason.GARBLED, f"The answer for {what} is not complete JSON.", CUT_SHORT)


def too_big(what: str, limit: int) -> Unobtainable:
    return Unobtainable(
        GapReason.TOO_MUCH,
        f"The answer for {what} is larger than {limit / 1e6:.0f} MB.",
        "Narrow the look to a namespace, or raise max_bytes of this source.",
    )
